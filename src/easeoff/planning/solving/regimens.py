"""How a day's intakes are made with one kit."""

from __future__ import annotations

from functools import cached_property
from itertools import product

from easeoff.planning.solving.handling import Handling, Way
from easeoff.planning.solving.kits import NOTHING, Kit, Makings, Portions, Weight

#: What is taken at each time of day, in grid units; none is below zero.
Split = tuple[int, ...]
#: A day's intakes, each with its portions, and the weight of the whole day.
Day = tuple[tuple[Portions, ...], Weight]

_NO_MAKINGS: Makings = {frozenset(): NOTHING}
_NO_PRODUCTS = frozenset({frozenset[str]()})


class Regimens:
    """The ways of making a day from a kit: one day may take no more products than one dose."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self._days: dict[Split, dict[frozenset[str], Day]] = {}
        self._ways: dict[Split, tuple[Way, ...]] = {}
        self._joined: dict[tuple[object, object], frozenset[frozenset[str]]] = {}

    def portions(self, split: Split, products: frozenset[str]) -> tuple[Portions, ...]:
        """The portions of each intake when the day is made from exactly these products. Raises `KeyError`."""
        return self._of(split)[products][0]

    def ways(self, split: Split) -> tuple[Way, ...]:
        """The ways of making this day, for the solver."""
        found = self._ways.get(split)
        if found is None:
            made = self._of(split).items()
            found = tuple(Way(products, Handling(len(products), *weight)) for products, (_, weight) in made)
            self._ways[split] = found
        return found

    def can_make(self, split: Split) -> bool:
        """Whether some choice of makings keeps the whole day within the products that one dose may take."""
        if not self._intakes.issuperset(split):
            return False
        if self._few_products:
            return True
        unions = _NO_PRODUCTS
        for dose in split:
            if dose:
                unions = self._unions(unions, self.product_sets[dose])
        return bool(unions)

    @cached_property
    def _intakes(self) -> frozenset[int]:
        """What can be taken at one time, nothing included."""
        return frozenset((0, *self.product_sets))

    @cached_property
    def _few_products(self) -> bool:
        products = {p for sets in self.product_sets.values() for used in sets for p in used}
        return len(products) <= self.kit.max_products

    @cached_property
    def product_sets(self) -> dict[int, frozenset[frozenset[str]]]:
        """For each dose the sets of products that make it, by their ids."""
        return {dose: frozenset(makings) for dose, makings in self.kit.menu.items()}

    def _unions(
        self, known: frozenset[frozenset[str]], more: frozenset[frozenset[str]]
    ) -> frozenset[frozenset[str]]:
        found = self._joined.get((known, more))
        if found is None:
            unions = {a | b for a in known for b in more}
            found = frozenset(union for union in unions if len(union) <= self.kit.max_products)
            self._joined[known, more] = found
        return found

    def _of(self, split: Split) -> dict[frozenset[str], Day]:
        found = self._days.get(split)
        if found is None:
            found = self._days[split] = self._make(split)
        return found

    def _make(self, split: Split) -> dict[frozenset[str], Day]:
        if len(split) == 1:
            return {products: ((m.portions,), m.weight) for products, m in self.kit.make(split[0]).items()}
        days: dict[frozenset[str], Day] = {frozenset(): ((), (0, 0, 0))}
        for dose in split:
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


def _sum(weight: Weight, other: Weight) -> Weight:
    return (weight[0] + other[0], weight[1] + other[1], weight[2] + other[2])
