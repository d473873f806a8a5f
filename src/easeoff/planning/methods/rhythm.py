"""How many days each step lasts: the same for all, by the band of the dose, or shortening on request; never less than the least whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from easeoff.planning.plan import EASY_CUTS


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Days between steps. ``by_band``: for a cut from a dose above the first (grid units, the highest first) the second.

    ``ramp`` replaces ``every``, its next entry after each pair of cuts. ``at_least`` is the least length of the whole.
    """

    every: int
    by_band: tuple[tuple[int, int], ...] = ()
    ramp: tuple[int, ...] = ()
    at_least: int | None = None

    def days(self, path: Sequence[int]) -> list[int]:
        """For each dose after the first of ``path`` the days it is kept; a minimum only ever lengthens."""
        return self.lengthened([self._of(number, path[number]) for number in range(len(path) - 1)])

    def lengthened(self, days: Sequence[int]) -> list[int]:
        """``days`` of all doses after the start, the goal's last, stretched evenly to the least length of the whole."""
        longer = list(days)
        ending = len(longer) - 1
        short = (self.at_least or 0) - sum(longer[:ending])
        if short <= 0 or ending < 1:
            return longer
        each, rest = divmod(short, ending)
        return [d + each + (n < rest) if n < ending else d for n, d in enumerate(longer)]

    def _of(self, number: int, dose: int) -> int:
        if self.ramp:
            return self.ramp[min(number // EASY_CUTS, len(self.ramp) - 1)]
        return next((days for above, days in self.by_band if dose > above), self.every)
