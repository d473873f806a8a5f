"""How much a dose does, on a scale where the starting dose is 100.

Effects are whole millionths of a point (or of a percent), rounded once from the exact fraction, so that a
step is allowed or not by integers alone. Doses are grid units (`easeoff.quantities.grid`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

#: Millionths in one point.
PER_POINT = 10**6
#: The effect of the starting dose: 100 points.
FULL = 100 * PER_POINT


class Scale(Protocol):
    """A rising relation between dose and effect, with the starting dose at `FULL` and zero at zero."""

    def effect(self, dose: int) -> int:
        """The effect of ``dose`` in millionths of a point."""
        ...

    def lowest_dose(self, effect: int) -> int:
        """The lowest dose whose effect is at least ``effect``."""
        ...


@dataclass(frozen=True, slots=True)
class ShareOfStart:
    """Effect taken as the dose's share of the starting dose: where no curve may be planned with."""

    start: int

    def effect(self, dose: int) -> int:
        return _divide_rounded(FULL * dose, self.start)

    def lowest_dose(self, effect: int) -> int:
        if effect <= 0:
            return 0
        # effect(d) >= e  <=>  2 FULL d + start >= 2 e start, because effect rounds halves up.
        return -(-self.start * (2 * effect - 1) // (2 * FULL))


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Expected occupancy ``Emax * D / (ED50 + D)`` as percent of the occupancy at the starting dose.

    Emax cancels out. ``ed50`` and ``start`` are grid units. The relation is an average over people;
    it does not describe one of them (docs/explanation/planner.md).
    """

    ed50: int
    start: int

    def effect(self, dose: int) -> int:
        return _divide_rounded(FULL * dose * (self.ed50 + self.start), self.start * (self.ed50 + dose))

    def lowest_dose(self, effect: int) -> int:
        if effect <= 0:
            return 0
        # effect(d) >= e, with the rounding of ``effect`` multiplied out and solved for d.
        odd = 2 * effect - 1
        return -(-self.start * self.ed50 * odd // (2 * FULL * (self.ed50 + self.start) - self.start * odd))


def _divide_rounded(numerator: int, denominator: int) -> int:
    """The nearest whole number, halves up."""
    return (2 * numerator + denominator) // (2 * denominator)
