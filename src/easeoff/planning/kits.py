"""What is used together in one plan, and every dose that can be made from it.

A kit holds pieces (tablets, capsules) and at most one liquid in one concentration: two concentrations of one medicine in a home
are a known way to a tenfold error, so a plan never has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
class _Pieces:
    """A combination of pieces, and the sets of products with and without the kit's liquid."""

    total: int
    products: frozenset[str]
    with_liquid: frozenset[str]
    making: Making


@dataclass(frozen=True)
class Kit:
    """Portions by product, at most one of them a liquid, and how many products and pieces one dose may take.

    ``ceiling`` is the largest intake, in grid units.
    """

    solids: tuple[tuple[PortionChoice, ...], ...]
    liquid: tuple[PortionChoice, ...]
    max_products: int
    max_pieces: int
    ceiling: int

    @cached_property
    def doses(self) -> frozenset[int]:
        """Every dose above zero that can be made, up to the ceiling, in grid units."""
        bases = {c.total for c in self._combinations if len(c.products) < self.max_products}
        sums = {c.total for c in self._combinations}
        ceiling, draws = self.ceiling, list(self._draw_of)
        sums |= {made for base in bases for draw in draws if (made := base + draw) <= ceiling}
        sums.discard(0)
        return frozenset(sums)

    def make(self, dose: int) -> Makings:
        """For each set of products that can make ``dose``, the lightest way of making it."""
        best: Makings = {}
        for pieces in self._by_total.get(dose, ()):
            _keep_lighter(best, pieces.products, pieces.making)
        for equivalent, draw in self._draw_of.items():
            for pieces in self._by_total.get(dose - equivalent, ()):
                if len(pieces.products) < self.max_products:
                    _keep_lighter(best, pieces.with_liquid, _joined(pieces.making, draw))
        return best

    @cached_property
    def smallest(self) -> int | None:
        """The smallest dose that can be made, in grid units."""
        portions = [p.equivalent for choices in (*self.solids, self.liquid) for p in choices]
        return min(portions, default=None)

    @cached_property
    def size(self) -> int:
        """How many combinations of portions there are to look through."""
        return len(self._combinations) * (1 + len(self.liquid))

    @cached_property
    def menu(self) -> dict[int, Makings]:
        """Every dose with its makings at once: quicker than `make` where most doses are wanted."""
        menu: dict[int, Makings] = {}
        for pieces in self._combinations:
            if pieces.total:
                _keep_lighter(menu.setdefault(pieces.total, {}), pieces.products, pieces.making)
            if len(pieces.products) < self.max_products:
                for equivalent, draw in self._draw_of.items():
                    total = pieces.total + equivalent
                    if total <= self.ceiling:
                        making = _joined(pieces.making, draw)
                        _keep_lighter(menu.setdefault(total, {}), pieces.with_liquid, making)
        return menu

    @cached_property
    def _draw_of(self) -> dict[int, PortionChoice]:
        return {draw.equivalent: draw for draw in self.liquid}

    @cached_property
    def _by_total(self) -> dict[int, list[_Pieces]]:
        totals: dict[int, list[_Pieces]] = {}
        for pieces in self._combinations:
            totals.setdefault(pieces.total, []).append(pieces)
        return totals

    @cached_property
    def _combinations(self) -> tuple[_Pieces, ...]:
        """Every combination of pieces within the limits, the empty one included."""
        liquid = frozenset(draw.product.id for draw in self.liquid[:1])
        found = [_Pieces(0, frozenset(), liquid, NOTHING)]
        for size in range(1, self.max_products + 1):
            for chosen in combinations(self.solids, size):
                products = frozenset(portions[0].product.id for portions in chosen)
                found += (
                    _Pieces(
                        sum(p.equivalent for p in portions), products, products | liquid, _making(portions)
                    )
                    for portions in self._within_limits(chosen)
                )
        return tuple(found)

    def _within_limits(self, chosen: Sequence[tuple[PortionChoice, ...]]) -> Iterator[Portions]:
        for portions in product(*chosen):
            few_enough = sum(p.pieces for p in portions) <= self.max_pieces
            if few_enough and sum(p.equivalent for p in portions) <= self.ceiling:
                yield portions


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


def total_weight(weights: Iterable[Weight]) -> Weight:
    """The sum of several intakes' weights."""
    pieces = divided = draws = 0
    for weight in weights:
        pieces, divided, draws = pieces + weight[0], divided + weight[1], draws + weight[2]
    return (pieces, divided, draws)
