"""Crossovers that papers and files are made from: agreed to by a prescriber, open, and one that nothing listed can do gently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from functools import cache

from paper_cases import ANSWERED

from easeoff.planning.request import (
    CrossoverWish,
    Indication,
    IntakeDose,
    MethodName,
    Override,
    Person,
    TaperRequest,
)
from easeoff.proposing import plan_taper
from easeoff.proposing.proposal import Proposal

TODAY, START = date(2026, 12, 20), date(2027, 1, 4)
PRESCRIBER = Override("Dr A Example", "GP", "GMC 7654321", "short acting and hard to take down", TODAY)
SETTLED = replace(ANSWERED, indication=Indication.ANXIETY)
THREE_TIMES = tuple(IntakeDose(time, D("0.5")) for time in ("08:00", "14:00", "22:00"))

ALPRAZOLAM = TaperRequest(
    "alprazolam", D("1.5"), "GB", TODAY, start=START, intakes=THREE_TIMES, method=MethodName.CROSSOVER, person=SETTLED,
    override=PRESCRIBER, crossover=CrossoverWish("diazepam", D(20), "prescriber"),
)  # fmt: skip
REQUESTS: dict[str, TaperRequest] = {
    "agreed": ALPRAZOLAM,
    "part of it stays": replace(ALPRAZOLAM, goal=D("0.5")),
    "once a day in parts": TaperRequest(
        "zopiclone", D("7.5"), "GB", TODAY, start=START, method=MethodName.CROSSOVER, override=PRESCRIBER,
        person=replace(SETTLED, indication=Indication.SLEEP), crossover=CrossoverWish("diazepam", D(5), "NHS Scotland 2024", 2),
    ),
    "all at once": replace(
        ALPRAZOLAM, medicine="loprazolam", dose=D(1), intakes=(IntakeDose("22:00", D(1)),), crossover=CrossoverWish("diazepam", D(10), "prescriber")
    ),
    "four times a day in the US": replace(
        ALPRAZOLAM, country="US", dose=D(2), intakes=tuple(IntakeDose(t, D("0.5")) for t in ("08:00", "12:00", "17:00", "22:00")),
        crossover=CrossoverWish("clonazepam", D("1.1"), "prescriber"), review=4, every=14, halves=True,
        person=replace(SETTLED, alcohol_units=D(9), crisis=None, suicidal=True),
    ),
    "with no prescriber on record": replace(ALPRAZOLAM, override=None),
    "nothing answered": replace(ALPRAZOLAM, override=None, person=Person()),
    "an equivalent outside all tables": replace(
        ALPRAZOLAM, override=None, crossover=CrossoverWish("diazepam", D(10), "prescriber")
    ),
    "too coarse": replace(
        ALPRAZOLAM, medicine="diazepam", dose=D(10), intakes=(IntakeDose("08:00", D(5)), IntakeDose("22:00", D(5))),
        crossover=CrossoverWish("chlordiazepoxide", D(23), "prescriber"),
    ),
    "nothing listed would do": replace(
        ALPRAZOLAM, medicine="temazepam", dose=D(30), country="US", intakes=(),
        crossover=CrossoverWish("zolpidem", D(9), "prescriber"),
    ),
}  # fmt: skip
ISSUED = ("agreed", "part of it stays", "once a day in parts")


@cache
def crossing(name: str) -> Proposal:
    """The proposal of this name."""
    return plan_taper(REQUESTS[name])
