"""How a day's intakes are made with one kit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, combinations, product

from easeoff.planning.solving.handling import Handling, Way
from easeoff.planning.solving.kits import NOTHING, Combination, Kit, Making, Makings, Portions, Weight

#: What is taken at each time of day, in grid units; none is below zero.
Split = tuple[int, ...]
#: A day's intakes, each with its portions, and the weight of the whole day.
Day = tuple[tuple[Portions, ...], Weight]
#: The ways of making something, one for each set of product ids.
Days = dict[frozenset[str], Day]

_NO_MAKINGS: Makings = {frozenset(): NOTHING}
_NO_WEIGHT: Weight = (0, 0, 0)


class Regimens:
    """The ways of making a day from a kit: one day may take no more products than one dose."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self._days: dict[Split, Days] = {}
        self._lightest: dict[Split, Days] = {}
        self._choices: dict[int, _Choices] = {}

    def portions(self, split: Split, products: frozenset[str]) -> tuple[Portions, ...]:
        """The portions of each intake when the day is made from exactly these products. Raises `KeyError`."""
        known = self._lightest.get(split, {})
        return (known if products in known else self._of(split))[products][0]

    def ways(self, split: Split) -> tuple[Way, ...]:
        """Every way of making this day, the lightest for each set of products."""
        return _as_ways(self._of(split))

    def lightest_ways(self, split: Split) -> tuple[Way, ...]:
        """The ways of making this day from the fewest products, the fewest pieces and the fewest divided: much quicker to find."""
        found = self._lightest.get(split)
        if found is None:
            found = self._lightest[split] = self._make_lightest(split)
        return _as_ways(found)

    def makeable(self, splits: Iterable[Split]) -> list[Split]:
        """Those days for which some choice of makings keeps the whole day within the products that one dose may take."""
        each = [split for split in splits if self._intakes.issuperset(split)]
        if len(self.kit.product_ids) <= self.kit.max_products:
            return each
        shared_by = self._choices_of(self.kit.max_products).shared_by
        return [split for split in each if shared_by(split)]

    def can_make(self, split: Split) -> bool:
        """Whether this is such a day."""
        return bool(self.makeable((split,)))

    @cached_property
    def _intakes(self) -> frozenset[int]:
        """What can be taken at one time, nothing included."""
        return self.kit.doses | {0}

    def _choices_of(self, size: int) -> _Choices:
        if size not in self._choices:
            self._choices[size] = _Choices(self.kit, size)
        return self._choices[size]

    def _make_lightest(self, split: Split) -> Days:
        if len(split) == 1:
            return _days_of_one(self.kit.make_lightest(split[0]))
        for size in range(1, min(self.kit.max_products, len(self.kit.product_ids)) + 1):
            days = self._choices_of(size).lightest_days(split)
            if days:
                return days
        return {}

    def _of(self, split: Split) -> Days:
        found = self._days.get(split)
        if found is None:
            found = self._days[split] = self._make(split)
        return found

    def _make(self, split: Split) -> Days:
        if len(split) == 1:
            return _days_of_one(self.kit.make(split[0]))
        days: Days = {frozenset(): ((), _NO_WEIGHT)}
        for dose in split:
            makings = self.kit.make(dose) if dose else _NO_MAKINGS
            joined: Days = {}
            for (known, (intakes, weight)), (products, making) in product(days.items(), makings.items()):
                union, heavier = known | products, _sum(weight, making.weight)
                if len(union) <= self.kit.max_products and (
                    union not in joined or heavier < joined[union][1]
                ):
                    joined[union] = ((*intakes, making.portions), heavier)
            days = joined
        return days


class _Choices:
    """Every choice of so many products, as the bits of a number: for each dose those that can make it.

    A day can be made from what all its doses share, however many of them there are.
    """

    def __init__(self, kit: Kit, size: int) -> None:
        self._kit = kit
        self._size = size
        self._chosen = tuple(map(frozenset, combinations(kit.product_ids, size)))
        self._every = (1 << len(self._chosen)) - 1
        self._with_one = {
            product: sum(1 << bit for bit, chosen in enumerate(self._chosen) if product in chosen)
            for product in kit.product_ids
        }
        self._holding: dict[frozenset[str], int] = {}
        self._making: dict[int, int] = {}
        self._makings: dict[int, Makings] = {}
        self._lightest: dict[tuple[int, frozenset[str]], Making] = {}
        pieces = kit.pieces.by_size
        self._of_pieces = self._by_total(
            c for of_size in pieces[: size + 1] for c in chain(*of_size.values())
        )
        based = chain.from_iterable(chain(*of_size.values()) for of_size in pieces[:size])
        self._with_liquid = self._by_total(based, kit.liquid_id) if kit.liquid else {}

    def shared_by(self, split: Split) -> int:
        """The choices from which every dose of this day can be made."""
        shared = self._every
        for dose in split:
            if dose:
                shared &= self._that_make(dose)
        return shared

    def lightest_days(self, split: Split) -> Days:
        """The lightest days by choice; no fewer products may make the day, else a choice would not be used up."""
        days = {products: self._day(split, products) for products in self._among(self.shared_by(split))}
        least = min((weight[:2] for _, weight in days.values()), default=None)
        return {products: day for products, day in days.items() if day[1][:2] == least}

    def _day(self, split: Split, products: frozenset[str]) -> Day:
        makings = [self._lightest_of(dose, products) if dose else NOTHING for dose in split]
        weight = _NO_WEIGHT
        for making in makings:
            weight = _sum(weight, making.weight)
        return tuple(making.portions for making in makings), weight

    def _lightest_of(self, dose: int, products: frozenset[str]) -> Making:
        key = (dose, products)
        found = self._lightest.get(key)
        if found is None:
            makings = self._makings.get(dose)
            if makings is None:
                makings = self._makings[dose] = self._kit.make(dose, self._size)
            fitting = (making for used, making in makings.items() if used <= products)
            found = self._lightest[key] = min(fitting, key=lambda making: making.weight)
        return found

    def _that_make(self, dose: int) -> int:
        found = self._making.get(dose)
        if found is None:
            found = self._of_pieces.get(dose, 0)
            amounts, based = self._kit.by_amount, self._with_liquid
            if len(based) <= len(amounts):
                for total, choices in based.items():
                    if dose - total in amounts:
                        found |= choices
            else:
                for amount in amounts:
                    found |= based.get(dose - amount, 0)
            self._making[dose] = found
        return found

    def _by_total(self, made: Iterable[Combination], also: frozenset[str] = frozenset()) -> dict[int, int]:
        """For each sum of pieces the choices that hold what it takes, with what comes to it besides."""
        found: dict[int, int] = {}
        for combination in made:
            holding = self._that_hold(combination.products | also)
            found[combination.total] = found.get(combination.total, 0) | holding
        return found

    def _that_hold(self, used: frozenset[str]) -> int:
        found = self._holding.get(used)
        if found is None:
            found = self._every
            for product_id in used:
                found &= self._with_one[product_id]
            self._holding[used] = found
        return found

    def _among(self, bits: int) -> Iterator[frozenset[str]]:
        while bits:
            low = bits & -bits
            yield self._chosen[low.bit_length() - 1]
            bits ^= low


def _days_of_one(makings: Makings) -> Days:
    return {products: ((making.portions,), making.weight) for products, making in makings.items()}


def _as_ways(days: Days) -> tuple[Way, ...]:
    return tuple(Way(products, Handling(len(products), *weight)) for products, (_, weight) in days.items())


def _sum(weight: Weight, other: Weight) -> Weight:
    return (weight[0] + other[0], weight[1] + other[1], weight[2] + other[2])
