"""Plans that are followed in the tests: asked for once, shown, agreed, started."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from functools import cache
from typing import Any

from easeoff.documents.history import identity
from easeoff.medicines.model import Tier
from easeoff.planning.lifecycle import Kind
from easeoff.planning.plan import Plan
from easeoff.planning.request import Indication, IntakeDose, Person, Pregnancy, TaperRequest
from easeoff.proposing import plan_taper
from easeoff.proposing.following import Followed, Happening, follow

MONDAY = date(2027, 1, 4)
BY = "A prescriber; GP; 1234567"
#: Propranolol leaves the body fast, so its times of day are asked before anybody can agree.
IN_THE_MORNING = (IntakeDose("08:00", D(80)),)
_NO = dict.fromkeys(("alcohol_dependence", "drugs", "seizures", "past_withdrawal", "psychosis", "suicidal", "crisis", "liver",
                     "kidney", "heart", "breathing"), False)  # fmt: skip
SETTLED = Person(indication=Indication.DEPRESSION, age=41, pregnancy=Pregnancy.NO, years=D(3), days_a_week=7, steady=True,
                 others=(), alcohol_units=D(0), relapse_plan=True, **_NO)  # fmt: skip


def day(number: int) -> date:
    """So many days after the first Monday."""
    return MONDAY + timedelta(number)


def record(plan: Plan, kind: str, number: int, **more: Any) -> Followed:
    """What happens on that day."""
    return follow(
        plan, Happening(Kind(kind), day(number), **more), replaces=identity(plan), today=day(number)
    )


@cache
def draft(medicine: str, dose: str, country: str = "GB", goal: str = "0", **more: Any) -> Plan:
    """The proposal's plan."""
    wish = TaperRequest(medicine, D(dose), country, MONDAY, goal=D(goal), start=MONDAY,
                        **{"form": "tablet", "person": SETTLED, **more})  # fmt: skip
    plan = plan_taper(wish).plan
    assert plan is not None
    return plan


@cache
def running(medicine: str, dose: str, country: str = "GB", goal: str = "0", **more: Any) -> Plan:
    """The same, shown, agreed and begun on the first Monday."""
    plan = draft(medicine, dose, country, goal, **more)
    for kind in ("hand-over", "agree", "start"):
        plan = record(plan, kind, 0, by=BY).plan
    return plan


def mirtazapine() -> Plan:
    """From 30 mg to nothing with a listed special: 23 steps, percent of the current dose."""
    return running("mirtazapine", "30", tier=Tier.SPECIAL)


def citalopram() -> Plan:
    """From 20 mg to 4 mg: occupancy."""
    return running("citalopram", "20", goal="4", tier=Tier.SPECIAL)


def lamotrigine() -> Plan:
    """Never put back up alone."""
    return running("lamotrigine", "100", goal="50", every=28, limit=D(25))


def propranolol() -> Plan:
    """Three steps to nothing."""
    return running("propranolol", "80", intakes=IN_THE_MORNING)
