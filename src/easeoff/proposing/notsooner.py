"""The last check of a slower way on: no dose may be reached earlier than before."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from easeoff.planning.lifecycle import Kind
from easeoff.planning.plan import Course, Step
from easeoff.proposing.now import NoSuchPlan, Now
from easeoff.quantities import format_mg


def refuse_sooner(now: Now, course: Course, kind: Kind) -> None:
    """Raise `NoSuchPlan` where a dose ahead would be reached in fewer days than by the plan as it stands."""
    plan = now.plan
    waits = plan.steps[now.step - 1].days if now.step else 0
    # A step that was gone back to leads the course; else the step of now goes on for as long as the new ones.
    slower = max(waits, course.interval_days) if now.step and kind is Kind.SLOWER else 0
    before, after = plan.steps[now.step :], course.steps
    for dose in (*(step.dose_mg for step in before), plan.goal_mg):
        if _days_until(dose, after, slower) < _days_until(dose, before, waits):
            raise NoSuchPlan(
                f"A slower plan cannot be worked out here: {format_mg(dose)} would be reached earlier than before.",
                "Record hold, and ask your prescriber for a new plan.",
            )


def _days_until(dose: Decimal, steps: Iterable[Step], days: int) -> int:
    """Days until a step takes ``dose`` or less, after ``days`` that come first."""
    for step in steps:
        if step.dose_mg <= dose:
            return days
        days += step.days
    return days
