"""The course of one schedule: the average adult, and the band that 5 to 95 of 100 people who differ lie in.

Everything is counted from the person's own start: 100 is the mean level, or the mean occupancy, of a day at steady state on the
starting dose. So nobody is told an occupancy that only a scanner could tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from easeoff.pharmacology.kinetics import (
    Dosing,
    Engine,
    Floats,
    People,
    average_adult,
    levels,
    occupancy_percent,
)
from easeoff.simulating.known import Known
from easeoff.simulating.people import BLOCK, blocks, draw

#: What the band leaves out on either side, in percent of people.
BAND_PERCENT = (5.0, 95.0)
#: People worked out at once, so that memory stays small.
_AT_ONCE = 128
#: Samples a day for the band: every two hours is near enough to the lowest and highest hour.
_BAND_SAMPLES = 12

#: Lowest and highest of each day, (people, days) each.
_Days = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One quantity over time, in percent of the person's own start.

    ``hourly`` (days, samples) is the average adult's; ``day_low``, ``day_mean`` and ``day_high`` are that day's; ``low`` and ``high``
    hold 90 of 100 people who differ for the whole day: at most 5 have an hour below, at most 5 one above.
    """

    hourly: Floats
    low: Floats
    high: Floats

    @property
    def day_mean(self) -> Floats:
        """The mean of each day."""
        found: Floats = self.hourly.mean(axis=1)
        return found

    @property
    def day_low(self) -> Floats:
        """The lowest hour of each day."""
        found: Floats = self.hourly.min(axis=1)
        return found

    @property
    def day_high(self) -> Floats:
        """The highest hour of each day."""
        found: Floats = self.hourly.max(axis=1)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Level, and occupancy where a curve may be used, over a whole schedule."""

    level: Line
    points: Line | None
    people: int
    seed: int

    @property
    def shown(self) -> Line:
        """Occupancy where there is a curve, else level."""
        return self.level if self.points is None else self.points


def course(known: Known, dosing: Dosing, people: int, seed: int, engine: Engine = Engine.FAST) -> Course:
    """The course of ``dosing`` for the average adult and for ``people`` who differ."""
    level, points = both(known, dosing, average_adult(), engine)
    days = [_lows_and_highs(known, dosing, part) for part in _parts(known, people, seed)]
    drawn = None
    if points is not None:
        drawn = Line(points[0], *_band([day for _, day in days if day is not None]))
    return Course(Line(level[0], *_band([day for day, _ in days])), drawn, people, seed)


def both(
    known: Known, dosing: Dosing, people: People, engine: Engine = Engine.FAST, samples_a_day: int = 24
) -> tuple[Floats, Floats | None]:
    """Levels, and occupancy where there is a curve: (people, days, samples) in percent of each person's own start."""
    found = levels(known.kinetics, dosing, people, samples_a_day, engine)
    before = levels(known.kinetics, _before(dosing), people, samples_a_day, engine)
    level = 100 * found / before.mean(axis=(1, 2), keepdims=True)
    if known.curve is None:
        return level, None
    occupied = (occupancy_percent(x, known.emax_percent, known.ed50_mg, people) for x in (found, before))
    now, start = occupied
    return level, 100 * now / start.mean(axis=(1, 2), keepdims=True)


def _before(dosing: Dosing) -> Dosing:
    """The pattern before the first day, once."""
    return Dosing(dosing.times_h, dosing.before_mg, dosing.before_mg)


def _parts(known: Known, people: int, seed: int) -> list[People]:
    found = []
    for block in blocks(people):
        drawn = draw(known.spread, seed, block, people)
        for first in range(0, min(BLOCK, len(drawn)), _AT_ONCE):
            found.append(drawn.some(slice(first, first + _AT_ONCE)))
    return found


def _lows_and_highs(known: Known, dosing: Dosing, people: People) -> tuple[_Days, _Days | None]:
    level, points = both(known, dosing, people, samples_a_day=_BAND_SAMPLES)
    return _extremes(level), None if points is None else _extremes(points)


def _extremes(values: Floats) -> _Days:
    return values.min(axis=2), values.max(axis=2)


def _band(parts: Sequence[_Days]) -> tuple[Floats, Floats]:
    """At most 5 of 100 people have an hour below, at most 5 one above: 90 stay inside all day."""
    low = np.percentile(np.concatenate([lowest for lowest, _ in parts]), BAND_PERCENT[0], axis=0)
    high = np.percentile(np.concatenate([highest for _, highest in parts]), BAND_PERCENT[1], axis=0)
    return low, high
