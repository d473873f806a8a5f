"""Random lives of plans: what happens next is asked of a ``pick`` function, as in ``wishes.py``, so that Hypothesis and the
long run make the same kind of histories.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from wishes import SETTLED, TODAY

from easeoff.documents.history import identity
from easeoff.medicines import load_formulary
from easeoff.medicines.model import Tier
from easeoff.planning.lifecycle import Change, Kind, allowed, mark_at, step_by_date
from easeoff.planning.plan import Plan
from easeoff.planning.request import BandCut, IntakeDose, MethodName, MethodSettings, Override, TaperRequest
from easeoff.proposing import Proposal, plan_taper
from easeoff.proposing.following import Followed, Happening, follow

Pick = Callable[[Sequence[Any]], Any]
D = Decimal
PRESCRIBER = "A prescriber; GP; 1234567"


def _asked(medicine: str, dose: str, country: str, **more: Any) -> TaperRequest:
    return TaperRequest(
        medicine, D(dose), country, TODAY, **{"person": SETTLED, "start": TODAY, "goal": D(0), **more}
    )


AGREED = Override("Dr A", "GP", "1234567", "We agreed on this pace.", TODAY)
#: Wishes that are plans within their limits: several methods, goals, countries, releases and times of day.
WISHES = (
    _asked("mirtazapine", "30", "GB", form="tablet", tier=Tier.SPECIAL),
    _asked("mirtazapine", "15", "GB", form="tablet", goal=D("7.5")),
    _asked("sertraline", "50", "GB", form="tablet", tier=Tier.SPECIAL, goal=D(25)),
    _asked("citalopram", "20", "GB", form="tablet", tier=Tier.SPECIAL, goal=D(4)),
    _asked("diazepam", "6", "GB", form="tablet", tier=Tier.SPECIAL, goal=D(2),
           intakes=(IntakeDose("08:00", D(2)), IntakeDose("22:00", D(4)))),
    _asked("diazepam", "6", "US", form="tablet", goal=D(2)),
    _asked("olanzapine", "20", "GB", form="tablet", goal=D(10), review=2),
    _asked("zopiclone", "7.5", "GB", form="tablet", goal=D("3.75"), halves=True, limit=D(25)),
    _asked("lamotrigine", "100", "GB", form="tablet", goal=D(50), every=28, limit=D(25)),
    _asked("propranolol", "80", "GB", form="tablet"),
    _asked("baclofen", "20", "GB", form="tablet"),
    _asked("amitriptyline", "50", "GB", form="tablet", review=5),
    _asked("sertraline", "100", "CA", form="capsule", goal=D(50)),
    _asked("amitriptyline", "50", "FR", form="tablet", goal=D(20)),
    _asked("mirtazapine", "15", "GB", form="tablet", tier=Tier.SPECIAL, method=MethodName.SLIDE, goal=D("7.5")),
    _asked("mirtazapine", "15", "GB", form="tablet", tier=Tier.SPECIAL, method=MethodName.MICRO, goal=D(12)),
    _asked("sertraline", "100", "GB", form="tablet", tier=Tier.SPECIAL, method=MethodName.TABLE, goal=None,
           settings=MethodSettings(schedule="DTB-SER-100"), override=AGREED),
    _asked("mirtazapine", "30", "GB", form="tablet", tier=Tier.SPECIAL, settings=MethodSettings(ramp=(42, 28, 21)), goal=D("7.5"),
           override=AGREED),
    _asked("propranolol", "80", "GB", form="tablet", method=MethodName.FIXED, limit=D(10)),
    _asked("amitriptyline", "50", "GB", form="tablet", method=MethodName.PERCENT_START, limit=D(20)),
    _asked("baclofen", "20", "GB", form="tablet", settings=MethodSettings(at_least=300)),
    _asked("diazepam", "6", "GB", form="tablet", goal=D(2), tier=Tier.SPECIAL, method=MethodName.BANDS,
           settings=MethodSettings(bands=(BandCut(D(4), D("0.5"), 28), BandCut(D(0), D("0.25"), 28))),
           override=AGREED),
)  # fmt: skip


@cache
def proposals() -> tuple[Proposal, ...]:
    """The proposals of those wishes that may be followed."""
    found = tuple(plan_taper(wish) for wish in WISHES)
    return tuple(one for one in found if one.may_issue_schedule)


def happening(plan: Plan, today: date, pick: Pick) -> Happening:
    """Something that may, or may not, be recorded for ``plan`` on this day."""
    kinds = allowed(plan.status)
    likely = tuple(kind for kind in kinds if kind is not Kind.FREEZE) or kinds
    kind = pick((*kinds, *likely, *likely, *likely, pick(tuple(Kind))))
    by_date = step_by_date(plan, today)
    taken = (mark_at(plan, by_date), mark_at(plan, by_date), mark_at(plan, max(0, by_date - 1)), None, None)
    limit = pick((None, None, D("0.5"), D(2), D("3.3"), D(7), D(20)))
    return Happening(
        kind=kind,
        on=today - timedelta(pick((0, 0, 0, 0, 0, 0, 2, 40))),
        why=pick(("poor sleep", "asked for by the prescriber")) if kind in (Kind.CLEAR, Kind.EDIT) else "",
        by=PRESCRIBER if pick((True, True, True, True, True, False)) else "",
        taking=pick(taken),
        to=pick((None, None, None, plan.start_dose_mg, mark_at(plan, max(0, by_date - 2)))),
        doses=pick((1, 1, 1, 1, 1, 2, 9)),
        change=pick(tuple(Change)),
        every=pick((None, None, 14, 28, 42, 60, 200)),
        limit=limit,
        products=_products(plan, pick) if kind is Kind.CHANGE_PRODUCT else None,
        devices=None,
        review_steps=pick((None, None, 1, 4)) if kind is Kind.REVIEW else None,
    )


def _products(plan: Plan, pick: Pick) -> tuple[str, ...]:
    listed = [
        p.id for p in load_formulary(plan.medicine, plan.country).products if p.route == "oral" and p.tier
    ]
    chosen = [pick(listed) for _ in range(pick((1, 3, 6)))]
    used = plan.summary.products if pick((True, False)) else ()
    return tuple(dict.fromkeys((*chosen, *used)))


def later(today: date, pick: Pick) -> date:
    """Some days on."""
    return today + timedelta(pick((0, 1, 3, 10, 14, 28, 30, 45, 90)))


def record(plan: Plan, one: Happening, today: date) -> Followed:
    """Record it, as terminal and browser do. Raises `EaseoffError` where it may not be."""
    return follow(plan, one, replaces=identity(plan), today=today)


def begun(proposal: Proposal, ahead: int = 0) -> Plan:
    """The proposal's plan, shown, agreed and started, its first step ``ahead`` days from now."""
    assert proposal.plan is not None
    plan = proposal.plan
    for kind in (Kind.HAND_OVER, Kind.AGREE):
        plan = record(plan, Happening(kind, TODAY, by=PRESCRIBER), TODAY).plan
    return record(plan, Happening(Kind.START, TODAY + timedelta(ahead), by=PRESCRIBER), TODAY).plan
