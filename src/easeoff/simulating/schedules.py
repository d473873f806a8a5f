"""From a plan to the doses that are taken, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from easeoff.pharmacology.kinetics import Dosing
from easeoff.pharmacology.kinetics.dosing import LONGEST_DAYS
from easeoff.planning.plan import Intake, Plan
from easeoff.quantities import EaseoffError

#: Hours after midnight of a dose whose time nobody said. Project choice, shown.
USUAL_HOUR = 8.0
#: Days at the starting dose that are drawn before the first step. Project choice.
LEAD_DAYS = 7

#: One day's doses: hours after midnight and mg, in order.
Day = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """One regimen kept for some days; ``number`` is the step's, 0 before the first step, and one more than the last for
    what comes after a plan that ends at zero."""

    number: int
    day: Day
    days: int
    start: date | None

    @property
    def mg(self) -> float:
        """The dose of a day."""
        return sum(mg for _, mg in self.day)


def stretches_of(plan: Plan, tail_days: int) -> tuple[Stretch, ...]:
    """What is taken now, each step, and ``tail_days`` after the last change. Raises `EaseoffError` for a plan with gaps."""
    _check(plan)
    now = tuple((_hour(intake.time), float(intake.mg)) for intake in plan.request.intakes)
    found = [Stretch(0, now or ((USUAL_HOUR, float(plan.start_dose_mg)),), LEAD_DAYS, None)]
    found += [Stretch(step.number, _day(step.intakes), step.days, step.start) for step in plan.steps]
    if plan.goal_mg == 0:
        last = plan.steps[-1]
        after = last.end + timedelta(days=1) if last.end is not None else None
        found.append(Stretch(len(plan.steps) + 1, (), tail_days, after))
    if sum(stretch.days for stretch in found) > LONGEST_DAYS:
        raise EaseoffError(
            f"This plan lasts longer than {LONGEST_DAYS} days.", "Check the days of its steps."
        )
    return tuple(found)


def dosing_of(stretches: Sequence[Stretch]) -> Dosing:
    """The doses of each stretch after the other; the first one's were taken for ever before."""
    hours = sorted({hour for stretch in stretches for hour, _ in stretch.day}) or [USUAL_HOUR]
    rows = [_row(stretch.day, hours) for stretch in stretches]
    mg = np.repeat(np.array(rows), [stretch.days for stretch in stretches], axis=0)
    return Dosing(np.array(hours), mg, np.array(rows[:1]))


def _row(day: Day, hours: Sequence[float]) -> list[float]:
    return [sum(mg for at, mg in day if at == hour) for hour in hours]


def _day(intakes: tuple[Intake, ...]) -> Day:
    return tuple((_hour(intake.time), float(intake.mg)) for intake in intakes if intake.mg)


def _hour(time: str) -> float:
    if not time:
        return USUAL_HOUR
    hour, _, minute = time.partition(":")
    return int(hour) + int(minute or 0) / 60


def _check(plan: Plan) -> None:
    if not plan.steps:
        raise EaseoffError("This plan has no steps, so there is nothing to simulate.", "Make a plan first.")
    for before, after in pairwise(plan.steps):
        # Later steps have no dates yet; a date after a step without one leaves a gap that nobody can count.
        if after.start is not None and (before.end is None or after.start != before.end + timedelta(days=1)):
            raise EaseoffError(
                f"The plan has a gap or an overlap between step {before.number} and step {after.number}.",
                "Each step has to begin on the day after the one before ends.",
            )
    for step in plan.steps:
        if step.days < 1:
            raise EaseoffError(
                f"Step {step.number} lasts {step.days} days.", "Each step lasts one day or more."
            )
        if step.start is not None and step.end is not None and (step.end - step.start).days + 1 != step.days:
            raise EaseoffError(
                f"Step {step.number} is said to last {step.days} days, but its dates say otherwise.",
                "Dates and days of a step have to agree.",
            )
