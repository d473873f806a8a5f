"""What each step does: how far it falls, and how long until nine tenths of the fall are done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from easeoff.pharmacology.kinetics import Dosing, Floats, average_adult, levels, occupancy_percent
from easeoff.simulating.known import Known
from easeoff.simulating.schedules import Stretch, dosing_of

#: The share of a fall after which a new dose is said to have settled.
SETTLED = 0.9
#: Slower than this nothing on record goes; then no number of days is given.
_LONGEST = 730


@dataclass(frozen=True, slots=True)
class StepFall:
    """One change of dose, from one steady state to the next, for the average adult.

    Levels and points are means of a day in percent of the start. ``settled_days`` is how many whole days after the first day of
    the new dose nine tenths of the fall in level are done, ``effect_settled_days`` the same for occupancy; ``None`` where
    that takes longer than two years. ``reached`` says whether the plan's own days suffice for it, ``None`` where the step has no end.
    """

    number: int
    mg: float
    level_before: float
    level_after: float
    points_before: float | None
    points_after: float | None
    settled_days: int | None
    effect_settled_days: int | None
    reached: bool | None

    @property
    def level_fall(self) -> float:
        """How far the level falls."""
        return self.level_before - self.level_after

    @property
    def points_fall(self) -> float | None:
        """How far occupancy falls, in points."""
        if self.points_before is None or self.points_after is None:
            return None
        return self.points_before - self.points_after


def step_falls(known: Known, stretches: Sequence[Stretch]) -> tuple[StepFall, ...]:
    """Every change of ``stretches``; the first stretch is what is taken now."""
    start = _settled_means(known, stretches[0])
    last = len(stretches) - 1
    return tuple(
        _fall(known, before, after, start, endless=number == last)
        for number, (before, after) in enumerate(pairwise(stretches), 1)
    )


def _fall(
    known: Known, before: Stretch, after: Stretch, start: tuple[float, float | None], *, endless: bool
) -> StepFall:
    old, new = _settled_means(known, before), _settled_means(known, after)
    level, occupancy = _course(known, before, after)
    settled = _days_until(level, old[0], new[0])
    points: tuple[float | None, float | None] = (None, None)
    effect = None
    if occupancy is not None and old[1] is not None and new[1] is not None and start[1] is not None:
        points = (100 * old[1] / start[1], 100 * new[1] / start[1])
        effect = _days_until(occupancy, old[1], new[1])
    return StepFall(
        after.number,
        after.mg,
        100 * old[0] / start[0],
        100 * new[0] / start[0],
        *points,
        settled,
        effect,
        None if endless else settled is not None and settled <= after.days,
    )


def _settled_means(known: Known, stretch: Stretch) -> tuple[float, float | None]:
    """Mean level and occupancy of a day at steady state."""
    level, occupancy = _means(known, dosing_of([Stretch(0, stretch.day, 1, None)]))
    return float(level[0]), None if occupancy is None else float(occupancy[0])


def _course(known: Known, before: Stretch, after: Stretch) -> tuple[Floats, Floats | None]:
    """Day means after the change, from its first day on."""
    days = 32
    while True:
        level, occupancy = _means(
            known, dosing_of([Stretch(0, before.day, 1, None), Stretch(1, after.day, days, None)])
        )
        left = abs(float(level[-1]) - _settled_means(known, after)[0])
        if (
            days >= _LONGEST
            or left <= (1 - SETTLED) * abs(float(level[0]) - _settled_means(known, after)[0]) / 100
        ):
            return level[1:], None if occupancy is None else occupancy[1:]
        days = min(4 * days, _LONGEST)


def _means(known: Known, dosing: Dosing) -> tuple[Floats, Floats | None]:
    found = levels(known.kinetics, dosing)
    level = found.mean(axis=2)[0]
    if known.curve is None:
        return level, None
    return level, occupancy_percent(found, known.emax_percent, known.ed50_mg, average_adult()).mean(axis=2)[0]


def _days_until(means: Floats, old: float, new: float) -> int | None:
    """The first day, counted from 1, whose mean has done nine tenths of the way; 0 where there is no way to go."""
    if old == new:
        return 0
    done = (old - means) / (old - new) >= SETTLED
    return int(np.argmax(done)) + 1 if done.any() else None
