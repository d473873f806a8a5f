"""Forty cases over medicine, country and syringe, as the speed of the planner is judged by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from easeoff.medicines.model import Tier
from easeoff.planning.request import Indication, IntakeDose, Person, Pregnancy, TaperRequest

TODAY = date(2027, 1, 4)
#: Someone who answered everything, and for whom nothing is a stop.
ANSWERED = Person(
    indication=Indication.DEPRESSION, age=41, pregnancy=Pregnancy.NO, years=Decimal(3), days_a_week=7, steady=True, others=(),
    alcohol_units=Decimal(0), alcohol_dependence=False, drugs=False, seizures=False, past_withdrawal=False,
    psychosis=False, suicidal=False, crisis=False, liver=False, kidney=False, heart=False, breathing=False, relapse_plan=True,
)  # fmt: skip
_DOSES = {
    "sertraline": ("100", "tablet"),
    "citalopram": ("20", "tablet"),
    "escitalopram": ("10", "tablet"),
    "paroxetine": ("20", "tablet"),
    "fluoxetine": ("20", "capsule"),
    "mirtazapine": ("30", "tablet"),
    "olanzapine": ("10", "tablet"),
    "quetiapine": ("300", "tablet"),
    "diazepam": ("10", "tablet"),
    "pregabalin": ("150", "capsule"),
}
#: What is often taken at several times of day, in mg for each of them.
_SHARES = {
    "pregabalin": ("150 150", "200 200 200"),
    "gabapentin": ("600 600", "300 300 600"),
    "lamotrigine": ("100 100", "50 50 100"),
    "quetiapine": ("100 200", "50 50 200"),
    "diazepam": ("5 5", "2 2 6"),
    "buspirone": ("15 15", "10 10 10"),
}
_TIMES = {2: ("08:00", "22:00"), 3: ("08:00", "14:00", "22:00")}
_SYRINGES = {"usual": None, "1 mL": ("oral-syringe-1ml",)}


@dataclass(frozen=True)
class Case:
    """One request with its name for the table."""

    name: str
    request: TaperRequest


def cases() -> Iterator[Case]:
    """Ten medicines, two countries, two sets of syringes: everything listed in the one, licensed products in the other."""
    for medicine, (mg, form) in _DOSES.items():
        for country in ("GB", "US"):
            for syringes, devices in _SYRINGES.items():
                tier = Tier.SPECIAL if syringes == "usual" else Tier.LICENSED
                request = TaperRequest(
                    medicine,
                    Decimal(mg),
                    country,
                    TODAY,
                    form=form,
                    goal=Decimal(0),
                    tier=tier,
                    devices=devices,
                    person=ANSWERED,
                )
                yield Case(f"{medicine} {mg} mg {country}, {syringes} syringes, {tier.value}", request)


def cases_by_time_of_day() -> Iterator[Case]:
    """Six medicines taken twice and three times a day, in two countries, from licensed products."""
    for medicine, shares in _SHARES.items():
        for share in shares:
            doses = [Decimal(mg) for mg in share.split()]
            intakes = tuple(IntakeDose(time, mg) for time, mg in zip(_TIMES[len(doses)], doses, strict=True))
            for country in ("GB", "US"):
                request = TaperRequest(
                    medicine,
                    sum(doses, Decimal(0)),
                    country,
                    TODAY,
                    goal=Decimal(0),
                    intakes=intakes,
                    person=ANSWERED,
                )
                yield Case(f"{medicine} {' + '.join(share.split())} mg {country}", request)
