"""Proposals that may be issued: real ones, and hand-built ones of the shapes that are hard to get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D
from functools import cache
from typing import Any

import documents_factory as make

from easeoff.medicines.model import Tier
from easeoff.planning.plan import Portion
from easeoff.planning.request import Indication, IntakeDose, Person, Pregnancy, TaperRequest
from easeoff.proposing import plan_taper
from easeoff.proposing.proposal import Proposal

ANSWERED = Person(
    indication=Indication.DEPRESSION, age=45, pregnancy=Pregnancy.NO, years=D(2), days_a_week=7, steady=True, others=(),
    alcohol_units=D(0), alcohol_dependence=False, drugs=False, seizures=False, past_withdrawal=False, psychosis=False,
    suicidal=False, crisis=False, liver=False, kidney=False, heart=False, breathing=False, relapse_plan=True,
)  # fmt: skip

REAL: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "sertraline with specials, to stay at 10 mg": (
        "sertraline",
        "100",
        "GB",
        {"tier": Tier.SPECIAL, "goal": D(10)},
    ),
    "diazepam twice a day": (
        "diazepam",
        "10",
        "GB",
        {"intakes": (IntakeDose("08:00", D(4)), IntakeDose("22:00", D(6)))},
    ),
    "fluoxetine in the US": ("fluoxetine", "20", "US", {}),
    "citalopram stays at a lower dose": ("citalopram", "40", "GB", {"goal": D(20)}),
    "mirtazapine with specials": ("mirtazapine", "30", "GB", {"tier": Tier.SPECIAL}),
    "without a start": ("diazepam", "10", "GB", {"start": None}),
    "over a leap day and two clock changes": (
        "diazepam",
        "10",
        "GB",
        {
            "today": date(2027, 12, 1),
            "start": date(2028, 2, 7),
            "intakes": (IntakeDose("02:30", D(10)),),
            "review": 8,
        },
    ),
}
BUILT = ("two products in one intake", "a micro-taper of 400 days", "a name in another script")
NAMES = (*REAL, *BUILT)


@cache
def issued(name: str) -> Proposal:
    """The proposal of this name."""
    if name in REAL:
        return _real(name)
    made = {
        "two products in one intake": make.proposal,
        "a micro-taper of 400 days": lambda: make.proposal(micro_taper()),
        "a name in another script": other_script,
    }[name]()
    assert made.may_issue_schedule
    return made


def _real(name: str) -> Proposal:
    medicine, dose, country, asked = REAL[name]
    told = {"today": date(2026, 12, 20), "start": date(2027, 1, 4), "goal": D(0), "person": ANSWERED} | asked
    found = plan_taper(TaperRequest(medicine, D(dose), country, **told))
    assert found.may_issue_schedule, (name, found.outcome, found.open_questions, found.reasons)
    return found


def micro_taper(days: int = 400, start: date = date(2027, 1, 4)) -> Any:
    """One day a step: 40.1 mL of the 1 mg/mL liquid, and a tenth less each day."""
    doses = tuple(
        (str(ml), (make.liquid(str(ml)),)) for ml in (D(days + 1 - n) / 10 for n in range(1, days + 1))
    )
    plan = make.plan(doses, dated=days, days=1)
    request = replace(plan.request, review=days, start=start)
    steps = tuple(
        replace(step, start=start + timedelta(n), end=start + timedelta(n), ideal_mg=step.dose_mg)
        for n, step in enumerate(plan.steps)
    )
    ends = start + timedelta(days)
    return replace(plan, request=request, steps=steps, review_on=ends, arrives_on=ends)


def other_script() -> Proposal:
    """A prescriber whose name a Latin alphabet does not hold, and who writes like a formula."""
    record = replace(make.OVERRIDE, name="د. ليلى 王小明 Ω", reason='=1+1, "agreed"; see\nletter')
    plan = make.plan()
    return make.proposal(replace(plan, request=replace(plan.request, override=record)))


def portions_each_day(proposal: Proposal) -> Iterator[tuple[date, str, Portion]]:
    """Straight from the steps: what is taken on each dated day up to the review, the slow and obvious way."""
    plan = proposal.plan
    assert plan is not None and plan.review_on is not None
    for step in plan.steps:
        day = step.start
        while day is not None and day < plan.review_on and (step.end is None or day <= step.end):
            yield from ((day, intake.time, portion) for intake in step.intakes for portion in intake.portions)
            day += timedelta(1)
