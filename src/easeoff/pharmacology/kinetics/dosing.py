"""Which doses are taken, day by day and at which times of day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from easeoff.pharmacology.kinetics.model import HOURS_A_DAY, Floats, Kinetics
from easeoff.quantities import EaseoffError

#: Thirty years. Longer is a slip of the finger.
LONGEST_DAYS = 10957


@dataclass(frozen=True, slots=True, eq=False)
class Dosing:
    """Doses in mg: ``mg[day, slot]`` at ``times_h[slot]`` hours after that day's midnight.

    ``before_mg[day, slot]`` is the pattern that was repeated for ever before the first day, so that levels begin at
    steady state. Raises `EaseoffError` for what cannot be taken.
    """

    times_h: Floats
    mg: Floats
    before_mg: Floats

    def __post_init__(self) -> None:
        slots = len(self.times_h)
        if (
            self.mg.ndim != 2
            or self.before_mg.ndim != 2
            or {self.mg.shape[1], self.before_mg.shape[1]} != {slots}
        ):
            raise EaseoffError("Doses and times of day do not fit together.",
                               "Give one dose for each time of each day.")  # fmt: skip
        if not 1 <= len(self.mg) <= LONGEST_DAYS or not len(self.before_mg):
            raise EaseoffError(f"{len(self.mg)} days cannot be simulated.",
                               f"Give 1 to {LONGEST_DAYS} days.")  # fmt: skip
        if not ((self.times_h >= 0) & (self.times_h < HOURS_A_DAY)).all():
            raise EaseoffError("A time of day is outside the day.", "Give hours from 0 to below 24.")
        for doses in (self.mg, self.before_mg):
            if not (np.isfinite(doses) & (doses >= 0)).all():
                raise EaseoffError("A dose is below zero or not a number.", "Give zero mg or more.")

    @property
    def days(self) -> int:
        """How many days are simulated."""
        return len(self.mg)

    def on_days(self, first: int, last: int) -> Floats:
        """The doses of days ``first`` to ``last - 1``; days below 0 repeat what was taken before."""
        early = np.arange(first, min(last, 0))
        return np.concatenate(
            [self.before_mg[early % len(self.before_mg)], self.mg[max(first, 0) : max(last, 0)]]
        )


def dosing(
    times_h: Sequence[float], mg: Sequence[Sequence[float]], before_mg: Sequence[Sequence[float]]
) -> Dosing:
    """`Dosing` from plain numbers. Raises `EaseoffError`."""
    slots = len(times_h)
    if any(len(day) != slots for day in (*mg, *before_mg)):
        raise EaseoffError("Doses and times of day do not fit together.",
                           "Give one dose for each time of each day.")  # fmt: skip
    arrays = (np.array(doses, dtype=float).reshape(len(doses), slots) for doses in (mg, before_mg))
    return Dosing(np.array(times_h, dtype=float), *arrays)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a dose that goes in within one day: ``share`` of the dose of ``slot`` ``days_later`` days after it was taken,
    from ``start_h`` on for ``length_h`` hours (0: at once)."""

    slot: int
    days_later: int
    start_h: float
    length_h: float
    share: float


def pieces_of(times_h: Floats, kinetics: Kinetics) -> tuple[Piece, ...]:
    """Every slot's dose, after the lag, cut at midnight where it is let go slowly."""
    return tuple(piece for slot, time in enumerate(times_h) for piece in _pieces(slot, float(time), kinetics))


def _pieces(slot: int, time_h: float, kinetics: Kinetics) -> list[Piece]:
    begin, total = time_h + kinetics.lag_h, kinetics.release_h
    day = int(begin // HOURS_A_DAY)
    start = begin - day * HOURS_A_DAY
    if total == 0:
        return [Piece(slot, day, start, 0.0, 1.0)]
    found, left = [], total
    while left > 0:
        length = min(left, HOURS_A_DAY - start)
        found.append(Piece(slot, day, start, length, length / total))
        left -= length
        day, start = day + 1, 0.0
    return found
