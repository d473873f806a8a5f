"""The regimens a plan may use, from today's down, and how each is made."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from math import lcm

from easeoff.planning.kits import NOTHING, Kit, Makings, Portions, Weight
from easeoff.planning.solver import Handling, Way

#: A day's intakes, each with its portions, and the weight of the whole day.
Day = tuple[tuple[Portions, ...], Weight]

_NO_MAKINGS: Makings = {frozenset(): NOTHING}


class Regimens:
    """The totals that a day may have, with the portions of each intake.

    With one intake a day every dose that can be made is one. With several, today's times and shares stay:
    each intake takes the most it can make that is not above its share of the day's total, so that none ever rises. Where
    several could go down next, the earliest in the day does and the last keeps longest.
    """

    def __init__(self, kit: Kit, starts: Sequence[int]) -> None:
        self.kit = kit
        self.starts = tuple(starts)
        self._days: dict[int, dict[frozenset[str], Day]] = {}
        self._split: dict[int, tuple[int, ...]] = {} if len(starts) == 1 else self._staircase()

    def totals(self) -> frozenset[int]:
        """Every day's total above zero that can be made and is below today's, in grid units."""
        if len(self.starts) == 1:
            return self.kit.doses - {self.starts[0]}
        return frozenset(t for t, doses in self._split.items() if t and self._few_products(doses))

    def portions(self, total: int, products: frozenset[str]) -> tuple[Portions, ...]:
        """The portions of each intake when this total is made from exactly these products. Raises `KeyError`."""
        return self._of(total)[products][0]

    def ways(self, total: int) -> tuple[Way, ...]:
        """The ways of making this total, for the solver."""
        return tuple(
            Way(products, Handling(len(products), *weight))
            for products, (_, weight) in self._of(total).items()
        )

    def _few_products(self, doses: tuple[int, ...]) -> bool:
        """Whether some choice of makings keeps the whole day within the products that one dose may take."""
        if any(dose and dose not in self.kit.menu for dose in doses):
            # An intake still at today's dose, which this kit cannot make.
            return False
        unions = {frozenset[str]()}
        for dose in doses:
            if dose:
                makings = self.kit.menu[dose]
                joined = {known | products for known in unions for products in makings}
                unions = {union for union in joined if len(union) <= self.kit.max_products}
        return bool(unions)

    def _of(self, total: int) -> dict[frozenset[str], Day]:
        found = self._days.get(total)
        if found is None:
            found = self._days[total] = self._make(total)
        return found

    def _make(self, total: int) -> dict[frozenset[str], Day]:
        if len(self.starts) == 1:
            return {products: ((m.portions,), m.weight) for products, m in self.kit.make(total).items()}
        days: dict[frozenset[str], Day] = {frozenset(): ((), (0, 0, 0))}
        for dose in self._split[total]:
            makings = self.kit.menu[dose] if dose else _NO_MAKINGS
            joined: dict[frozenset[str], Day] = {}
            for (known, (intakes, weight)), (products, making) in product(days.items(), makings.items()):
                union, heavier = known | products, _sum(weight, making.weight)
                if len(union) <= self.kit.max_products and (
                    union not in joined or heavier < joined[union][1]
                ):
                    joined[union] = ((*intakes, making.portions), heavier)
            days = joined
        return days

    def _staircase(self) -> dict[int, tuple[int, ...]]:
        """Totals and the dose of each intake, from today's down to nothing, one intake lower at each step."""
        makeable = sorted(self.kit.menu)
        common = lcm(*self.starts)
        falls: list[tuple[int, int, int]] = []
        for index, start in enumerate(self.starts):
            rungs = [0, *(d for d in makeable if d < start), start]
            # An intake leaves a rung when its share of the total falls below it; equal shares fall in order of the day.
            falls += ((-upper * (common // start), index, lower) for lower, upper in pairwise(rungs))
        current = list(self.starts)
        split: dict[int, tuple[int, ...]] = {}
        for _, index, lower in sorted(falls):
            current[index] = lower
            split[sum(current)] = tuple(current)
        return split


def _sum(weight: Weight, other: Weight) -> Weight:
    return (weight[0] + other[0], weight[1] + other[1], weight[2] + other[2])
