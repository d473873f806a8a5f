"""The earliest day of the next lower dose, where the dates of the plan alone would give one too soon."""

from __future__ import annotations

from datetime import date, timedelta

from easeoff.planning.lifecycle import Kind, step_by_date
from easeoff.planning.plan import Course, Plan, Status
from easeoff.proposing.happening import Happening

_DATED = frozenset({Status.RUNNING, Status.SLOWED})
_RECORDS_A_DOSE = frozenset({Kind.MISSED, Kind.SLOWER, Kind.EDIT, Kind.REVIEW})


def next_on(
    plan: Plan, happening: Happening, kind: Kind, on: date, step: int | None, course: Course | None
) -> date | None:
    """Kept with the event; ``None`` where the dates stand as they are. ``step`` is the one really taken on the day ``on``."""
    if kind is Kind.START:
        return happening.on
    if kind is Kind.RESUME:
        behind = _after_being_behind(plan, on, step, plan.interval_days)
        return max(happening.on, behind or on, _after_clearing(plan) or on, _first_agreed(plan, step) or on)
    if kind not in _RECORDS_A_DOSE or plan.status not in _DATED:
        return None
    every = plan.interval_days if course is None else course.interval_days
    behind = _after_being_behind(plan, on, step, every)
    if behind is not None:
        return behind
    # Nothing that is recorded brings the day of the next dose nearer. Before the first there is no step whose days would keep it.
    agreed = plan.steps[step].start if step is not None and step < len(plan.steps) else None
    if kind in (Kind.REVIEW, Kind.EDIT):
        # The dose that was just said to be taken is the dose of that day. A faster pace may bring the next one nearer than agreed.
        stands = agreed if kind is Kind.REVIEW or not step else None
        return max(on + timedelta(1), stands or on)
    return agreed if step == 0 and kind is Kind.SLOWER else None


def _first_agreed(plan: Plan, step: int | None) -> date | None:
    """Before the first cut: the latest day that was said for it. A pause in between brings it no nearer."""
    return max((e.next_on for e in plan.events if e.next_on is not None), default=None) if step == 0 else None


def _after_clearing(plan: Plan) -> date | None:
    """A body that a plan was frozen for gets one whole interval, or block of small cuts, before the next cut.

    Project choice: no source gives a figure; the agreed interval is the least that the person's own plan knows.
    """
    cleared = [event.on for event in plan.events if event.kind == Kind.CLEAR]
    every = max(plan.interval_days, plan.method.block_days or 0)
    return cleared[-1] + timedelta(every) if cleared else None


def _after_being_behind(plan: Plan, on: date, step: int | None, every: int) -> date | None:
    """Who takes an earlier dose than the dates give stays on it for one whole interval from that day on."""
    return on + timedelta(every) if step is not None and step < step_by_date(plan, on) else None
