"""What is used together in one plan, and every dose that can be made from it.

A kit holds pieces (tablets, capsules) and at most one liquid in one concentration: two concentrations of one medicine in a home
are a known way to a tenfold error, so a plan never has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from easeoff.medicines.portions import PortionChoice

#: One intake's portions, one a product.
Portions = tuple[PortionChoice, ...]
#: What makes an intake heavier: pieces, then divided pieces, then draws.
Weight = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Making:
    """One way of making an intake: its portions and their weight."""

    portions: Portions
    weight: Weight


NOTHING = Making((), (0, 0, 0))
#: The ways of making something, one for each set of product ids.
Makings = dict[frozenset[str], Making]


@dataclass(frozen=True, slots=True)
class Combination:
    """Pieces taken together: their sum in grid units, their products, and how they are made."""

    total: int
    products: frozenset[str]
    making: Making


@dataclass(frozen=True)
class Pieces:
    """Every combination of pieces for one intake, the empty one included.

    ``solids`` are the portions by product; ``ceiling`` is the largest intake, in grid units.
    """

    solids: tuple[tuple[PortionChoice, ...], ...]
    max_products: int
    max_pieces: int
    ceiling: int

    @cached_property
    def combinations(self) -> tuple[Combination, ...]:
        """All of them, the fewest products first."""
        found = [Combination(0, frozenset(), NOTHING)]
        for size in range(1, self.max_products + 1):
            for chosen in combinations(self.solids, size):
                products = frozenset(portions[0].product.id for portions in chosen)
                found += (
                    Combination(sum(p.equivalent for p in portions), products, _making(portions))
                    for portions in self._within_limits(chosen)
                )
        return tuple(found)

    @cached_property
    def by_total(self) -> dict[int, list[Combination]]:
        """The same by their sums."""
        totals: dict[int, list[Combination]] = {}
        for combination in self.combinations:
            totals.setdefault(combination.total, []).append(combination)
        return totals

    @cached_property
    def bases(self) -> frozenset[int]:
        """The sums to which one more product may be added."""
        return frozenset(c.total for c in self.combinations if len(c.products) < self.max_products)

    @cached_property
    def falling_bases(self) -> tuple[int, ...]:
        """The same, the largest first."""
        return tuple(sorted(self.bases, reverse=True))

    def _within_limits(self, chosen: Sequence[tuple[PortionChoice, ...]]) -> Iterator[Portions]:
        for portions in product(*chosen):
            few_enough = sum(p.pieces for p in portions) <= self.max_pieces
            if few_enough and sum(p.equivalent for p in portions) <= self.ceiling:
                yield portions


@dataclass(frozen=True, eq=False)
class Kit:
    """Pieces and at most one liquid. Two kits are the same only where they are one object: what is worked out is kept by kit."""

    pieces: Pieces
    liquid: tuple[PortionChoice, ...]

    @property
    def max_products(self) -> int:
        """How many products one dose may take."""
        return self.pieces.max_products

    @cached_property
    def doses(self) -> frozenset[int]:
        """Every dose above zero that can be made, up to the ceiling, in grid units."""
        ceiling, draws = self.pieces.ceiling, [draw.equivalent for draw in self.liquid]
        sums = {made for base in self.pieces.bases for draw in draws if (made := base + draw) <= ceiling}
        sums.update(self.pieces.by_total)
        sums.discard(0)
        return frozenset(sums)

    @cached_property
    def smallest(self) -> int | None:
        """The smallest dose that can be made, in grid units."""
        portions = [choices[0].equivalent for choices in (*self.pieces.solids, self.liquid) if choices]
        return min(portions, default=None)

    @property
    def size(self) -> int:
        """How many combinations of portions there are to look through."""
        return len(self.pieces.combinations) * (1 + len(self.liquid))

    def make(self, dose: int) -> Makings:
        """For each set of products that can make ``dose``, the lightest way of making it."""
        best: Makings = {}
        by_total = self.pieces.by_total
        for pieces in by_total.get(dose, ()):
            _keep_lighter(best, pieces.products, pieces.making)
        for draw in self._draws_for(dose):
            for pieces in by_total.get(dose - draw.equivalent, ()):
                if len(pieces.products) < self.max_products:
                    _keep_lighter(best, pieces.products | self._liquid_id, _joined(pieces.making, draw))
        return best

    def _draws_for(self, dose: int) -> Iterator[PortionChoice]:
        """The draws that may make ``dose`` together with pieces, rising; looked for from the shorter list."""
        bases = self.pieces.falling_bases
        if len(self.liquid) <= len(bases):
            yield from self.liquid
            return
        for base in bases:
            yield from self._by_amount.get(dose - base, ())

    @cached_property
    def _by_amount(self) -> dict[int, list[PortionChoice]]:
        amounts: dict[int, list[PortionChoice]] = {}
        for draw in self.liquid:
            amounts.setdefault(draw.equivalent, []).append(draw)
        return amounts

    @cached_property
    def menu(self) -> dict[int, Makings]:
        """Every dose with its makings at once: quicker than `make` where most doses are wanted."""
        menu: dict[int, Makings] = {}
        for pieces in self.pieces.combinations:
            if pieces.total:
                _keep_lighter(menu.setdefault(pieces.total, {}), pieces.products, pieces.making)
            if len(pieces.products) < self.max_products:
                products = pieces.products | self._liquid_id
                for draw in self.liquid:
                    total = pieces.total + draw.equivalent
                    if total <= self.pieces.ceiling:
                        _keep_lighter(menu.setdefault(total, {}), products, _joined(pieces.making, draw))
        return menu

    @cached_property
    def _liquid_id(self) -> frozenset[str]:
        return frozenset(draw.product.id for draw in self.liquid[:1])


def _making(portions: Portions) -> Making:
    weight = (
        sum(p.pieces for p in portions),
        sum(p.divided for p in portions),
        sum(p.draws for p in portions),
    )
    return Making(portions, weight)


def _joined(making: Making, draw: PortionChoice) -> Making:
    pieces, divided, draws = making.weight
    return Making((*making.portions, draw), (pieces, divided, draws + draw.draws))


def _keep_lighter(best: Makings, products: frozenset[str], making: Making) -> None:
    known = best.get(products)
    if making.portions and (known is None or making.weight < known.weight):
        best[products] = making
