"""Real proposals that papers are printed from, worked out once."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from functools import cache
from typing import Any

import pypdf

from easeoff.medicines.model import Tier
from easeoff.planning.request import Indication, IntakeDose, Person, Pregnancy, TaperRequest
from easeoff.proposing import plan_taper
from easeoff.proposing.proposal import Proposal

ANSWERED = Person(
    indication=Indication.DEPRESSION, age=45, pregnancy=Pregnancy.NO, years=D(3), days_a_week=7, steady=True, others=(),
    alcohol_units=D(4), alcohol_dependence=False, drugs=False, seizures=False, past_withdrawal=False, psychosis=False,
    suicidal=False, crisis=False, liver=False, kidney=False, heart=False, breathing=False,
)  # fmt: skip
THREE_SYRINGES = ("oral-syringe-1ml", "oral-syringe-5ml", "oral-syringe-10ml")
SPECIALS = {"tier": Tier.SPECIAL}

#: Plans within their limits, in both paper countries, by every way of making a dose but drops.
PLANS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "sertraline": ("sertraline", "50", "GB", {**SPECIALS, "devices": THREE_SYRINGES, "halves": True}),
    "diazepam": ("diazepam", "10", "GB", {"intakes": (IntakeDose("08:00", D(4)), IntakeDose("22:00", D(6))),
                                          "person": replace(ANSWERED, indication=Indication.ANXIETY)}),
    "mirtazapine": ("mirtazapine", "30", "GB", SPECIALS),
    "zopiclone": ("zopiclone", "7.5", "GB", {"halves": True, "person": replace(ANSWERED, indication=Indication.SLEEP)}),
    "aripiprazole": ("aripiprazole", "10", "US", {"goal": D(0), "person": replace(ANSWERED, indication=Indication.OTHER,
                                                                                 relapse_plan=True)}),
    "lamotrigine": ("lamotrigine", "100", "GB", {"person": replace(ANSWERED, indication=Indication.PAIN)}),
}  # fmt: skip
#: Drafts: a letter and nothing else.
DRAFTS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "sertraline with specials": ("sertraline", "50", "GB", SPECIALS),
    "escitalopram": ("escitalopram", "5", "GB", {}),
    "sertraline, nothing answered": ("sertraline", "50", "GB", {**SPECIALS, "person": Person()}),
    "zopiclone, nothing answered": ("zopiclone", "7.5", "GB", {"halves": True, "person": Person()}),
    "venlafaxine capsules": ("venlafaxine", "75", "US", {"form": "MR capsule"}),
    "a dose nothing makes": ("sertraline", "33", "FR", {}),
}  # fmt: skip


@cache
def proposal_of(name: str) -> Proposal:
    """The proposal for one of the cases above."""
    medicine, dose, country, asked = {**PLANS, **DRAFTS}[name]
    asked = {"person": ANSWERED, "start": date(2027, 1, 4), **asked}
    return plan_taper(TaperRequest(medicine, D(dose), country, today=date(2026, 11, 23), **asked))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, with single spaces, and words whole that a line ends within."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [re.sub(r"(?<=\w)- (?=\w)", "-", re.sub(r"\s+", " ", page.extract_text())) for page in pages]


def text_of(pdf: bytes) -> str:
    """All of it."""
    return " ".join(pages_of(pdf))
