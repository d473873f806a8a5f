"""Which step is allowed: every limit as one lower bound on the next dose.

Doses are grid units, effects millionths of a point; shares are exact fractions. A step from ``a`` to ``b`` is allowed when
``floor(a) <= b < a``. ``floor`` never falls as ``a`` rises, which is what makes the fewest steps easy to find.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from easeoff.pharmacology import Scale


class Memory(dict[int, int]):
    """What a function gives for each dose it was asked for, worked out once."""

    def __init__(self, function: Callable[[int], int]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, dose: int) -> int:
        found = self[dose] = self._function(dose)
        return found


@dataclass(frozen=True)
class StepRule:
    """The limits a step is held to; ``None`` where there is no such limit.

    ``effect_drop``: largest fall in effect, from any dose. ``cap``: largest share of the current dose, from
    doses above ``cap_above``. ``amount``: largest fall in dose, from any dose. ``tail``: largest fall from doses
    at or below ``cap_above`` (the end rule of percent-of-current). ``first_cut``: largest share in the first step.
    """

    scale: Scale
    start: int
    effect_drop: int | None = None
    cap: Fraction | None = None
    cap_above: int = 0
    amount: int | None = None
    tail: int | None = None
    first_cut: Fraction | None = None
    bands: tuple[tuple[int, int], ...] = ()

    def floor(self, dose: int) -> int:
        """The lowest dose that one step may lead to from ``dose``."""
        return max(bound for _, bound in self._bounds(dose))

    @cached_property
    def floors(self) -> Memory:
        """`floor` by dose, for everything that is held to this rule."""
        return Memory(self.floor)

    @cached_property
    def effects(self) -> Memory:
        """The effect by dose."""
        return Memory(self.scale.effect)

    def binding(self, dose: int) -> str:
        """The limit that sets the floor of ``dose``, in words that complete "because of"."""
        return max(self._bounds(dose), key=lambda pair: pair[1])[0]

    def _bounds(self, dose: int) -> list[tuple[str, int]]:
        bounds = [("nothing", 0)]
        if self.effect_drop is not None:
            lowest = self.scale.lowest_dose(self.scale.effect(dose) - self.effect_drop)
            bounds.append(("the limit in points", lowest))
        if self.amount is not None:
            bounds.append(("the limit on one step", dose - self.amount))
        band = next(((above, cut) for above, cut in self.bands if dose > above), None)
        if band is not None:
            bounds.append(("the band for this dose", max(dose - band[1], band[0])))
        if dose > self.cap_above:
            if self.cap is not None:
                bounds.append(("the limit in percent of the current dose", _less_share(dose, self.cap)))
            if self.tail is not None:
                # From above the end dose nobody may land where the end dose itself may not lead.
                bounds.append(("the limit for the last part", self.cap_above - self.tail))
        elif self.tail is not None:
            bounds.append(("the limit for the last part", dose - self.tail))
        if self.first_cut is not None and dose >= self.start:
            bounds.append(("the limit on the first cut", _less_share(dose, self.first_cut)))
        return bounds

    def allows(self, dose: int, lower: int) -> bool:
        """Whether one step may lead from ``dose`` to ``lower``."""
        return self.floor(dose) <= lower < dose

    def drop(self, dose: int, lower: int) -> int:
        """The fall in effect from ``dose`` to ``lower``, in millionths of a point."""
        return self.scale.effect(dose) - self.scale.effect(lower)


def _less_share(dose: int, share: Fraction) -> int:
    """``dose`` less this share of it, rounded up to the grid so that the share is never exceeded."""
    kept = dose * (share.denominator - share.numerator)
    return -(-kept // share.denominator)
