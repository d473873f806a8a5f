"""What people ask: a missed dose, a late one, two at once, every other day, stopping today, how often a day.

Each answer is for the average adult, at one dose, at steady state before it happens; figures are in percent of what is usual
at that dose (levels) and in points of the person's own start (occupancy). They describe; none of them is a way to take a medicine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from easeoff.pharmacology.kinetics import (
    HOURS_A_DAY,
    Dosing,
    Floats,
    average_adult,
    levels,
    occupancy_percent,
)
from easeoff.simulating.known import Known
from easeoff.simulating.schedules import Day

#: Back to usual: within so many percent of the usual course. Project choice.
_NEAR = 5.0
#: A late dose is so many hours late. Project choice.
LATE_HOURS = 12.0
#: Days drawn after something happens.
_AFTER = 120
#: Days after a stop that are asked for.
STOP_DAYS = (1, 2, 3, 7, 14, 28, 56)


class Event(StrEnum):
    """Something that happens to one dose."""

    MISSED = "missed"
    LATE = "late"
    DOUBLE = "double"


@dataclass(frozen=True, slots=True)
class Swing:
    """Lowest and highest of a pattern that repeats itself, in percent of the start: level, and points where there is a curve."""

    what: str
    low: float
    high: float
    mean: float
    points_low: float | None
    points_high: float | None
    points_mean: float | None


@dataclass(frozen=True, slots=True)
class Upset:
    """What one missed, late or double dose does beside the usual course.

    ``extreme`` is the lowest (after a double dose the highest) level in percent of the start, ``usual`` what the level would have been in the lowest (highest) hour of
    an ordinary day; ``back_hours`` until it is again within 5 % of the usual course.
    """

    event: Event
    mg: float
    extreme: float
    usual: float
    points_extreme: float | None
    points_usual: float | None
    back_hours: float


@dataclass(frozen=True, slots=True)
class Stopped:
    """What is left so many days after the last dose, if it were stopped at once: percent of the start, and points."""

    days: int
    level: float
    points: float | None


@dataclass(frozen=True, slots=True)
class Scale:
    """What 100 is: the mean level and occupancy of a day at steady state on the starting dose."""

    level: float
    occupancy: float | None


def scale_of(known: Known, start: Day) -> Scale:
    """100, for the doses taken at the start."""
    level, occupancy = _settled(known, [start])
    return Scale(float(level.mean()), None if occupancy is None else float(occupancy.mean()))


def swings_by_times(known: Known, start: Day, scale: Scale) -> tuple[Swing, ...]:
    """The starting dose taken once, twice and three times a day, evenly."""
    total = sum(mg for _, mg in start)
    words = {1: "once a day", 2: "twice a day", 3: "three times a day"}
    return tuple(
        _swing(known, text, [tuple((HOURS_A_DAY / times * n, total / times) for n in range(times))], scale)
        for times, text in words.items()
    )


def alternate_days(known: Known, day: Day, scale: Scale) -> tuple[Swing, ...]:
    """One dose daily, every other day, two days on and one off; and beside the last two, the same mean taken every day."""
    half, two_thirds = (tuple((at, mg * part) for at, mg in day) for part in (1 / 2, 2 / 3))
    return (
        _swing(known, "every day", [day], scale),
        _swing(known, "every other day", [day, ()], scale),
        _swing(known, "half the dose every day", [half], scale),
        _swing(known, "two days on, one day off", [day, day, ()], scale),
        _swing(known, "two thirds of the dose every day", [two_thirds], scale),
    )


def waves(known: Known, day: Day, scale: Scale) -> tuple[Floats, Floats]:
    """Every other day over two days, and half the dose every day over one, by the hour: points where there is a curve, else percent."""
    half = tuple((at, mg / 2) for at, mg in day)
    return _by_the_hour(known, [day, ()], scale), _by_the_hour(known, [half], scale)


def _by_the_hour(known: Known, pattern: Sequence[Day], scale: Scale) -> Floats:
    level, occupancy = _settled(known, pattern)
    if occupancy is not None and scale.occupancy is not None:
        return 100 * occupancy.ravel() / scale.occupancy
    found: Floats = 100 * level.ravel() / scale.level
    return found


def upsets(known: Known, day: Day, scale: Scale) -> tuple[Upset, ...]:
    """The day's first dose missed, 12 hours late, or taken twice."""
    (at, mg), *rest = day
    if at + LATE_HOURS < HOURS_A_DAY:
        late: list[Day] = [((at + LATE_HOURS, mg), *rest), day]
    else:
        late = [tuple(rest), (*day, (at + LATE_HOURS - HOURS_A_DAY, mg))]
    return (
        _upset(known, Event.MISSED, day, [tuple(rest)], scale, min),
        _upset(known, Event.LATE, day, late, scale, min),
        _upset(known, Event.DOUBLE, day, [((at, 2 * mg), *rest)], scale, max),
    )


def stopping(known: Known, start: Day, scale: Scale) -> tuple[Stopped, ...]:
    """What is left at the end of so many days without any dose."""
    level, occupancy = _run(known, [start], [()] * (max(STOP_DAYS) + 1))
    return tuple(
        Stopped(days, 100 * float(level[days, 0]) / scale.level,
                None if occupancy is None or scale.occupancy is None else 100 * float(occupancy[days, 0]) / scale.occupancy)
        for days in STOP_DAYS
    )  # fmt: skip


def steepest_day(known: Known, start: Day) -> float:
    """How many percent of the level is lost in a day, at the steepest, if it were stopped at once."""
    level, _ = _run(known, [start], [()] * 30)
    means = level.mean(axis=1)
    return float(100 * (1 - means[1:] / means[:-1]).max())


def _swing(known: Known, what: str, pattern: Sequence[Day], scale: Scale) -> Swing:
    level, occupancy = _settled(known, pattern)
    share = 100 * level / scale.level
    points: list[float | None] = [None] * 3
    if occupancy is not None and scale.occupancy is not None:
        found = 100 * occupancy / scale.occupancy
        points = [float(found.min()), float(found.max()), float(found.mean())]
    return Swing(what, float(share.min()), float(share.max()), float(share.mean()), *points)


def _upset(
    known: Known,
    event: Event,
    day: Day,
    changed: Sequence[Day],
    scale: Scale,
    worst: Callable[[float, float], float],
) -> Upset:
    usual, usual_occupancy = _settled(known, [day])
    level, occupancy = _run(known, [day], [*changed, *[day] * (_AFTER - len(changed))])
    far = np.flatnonzero(
        np.abs(level - usual).ravel() > _NEAR / 100 * np.broadcast_to(usual, level.shape).ravel()
    )
    back = 0.0 if not far.size else float(far[-1] + 1 - far[0])
    lowest = worst is min
    points: list[float | None] = [None, None]
    if occupancy is not None and usual_occupancy is not None and scale.occupancy is not None:
        points = [100 * _end(x, lowest=lowest) / scale.occupancy for x in (occupancy, usual_occupancy)]
    return Upset(
        event,
        sum(mg for _, mg in day),
        100 * _end(level, lowest=lowest) / scale.level,
        100 * _end(usual, lowest=lowest) / scale.level,
        points[0],
        points[1],
        back,
    )


def _end(values: Floats, *, lowest: bool) -> float:
    return float(values.min() if lowest else values.max())


def _settled(known: Known, pattern: Sequence[Day]) -> tuple[Floats, Floats | None]:
    return _run(known, pattern, pattern)


def _run(known: Known, before: Sequence[Day], after: Sequence[Day]) -> tuple[Floats, Floats | None]:
    """Level and occupancy of the average adult (days, hours)."""
    hours = sorted({at for day in (*before, *after) for at, _ in day})

    def rows(days: Sequence[Day]) -> Floats:
        return np.array([[sum(mg for at, mg in day if at == hour) for hour in hours] for day in days])

    dosing = Dosing(np.array(hours), rows(after), rows(before))
    found = levels(known.kinetics, dosing)
    if known.curve is None:
        return found[0], None
    return found[0], occupancy_percent(found, known.emax_percent, known.ed50_mg, average_adult())[0]
