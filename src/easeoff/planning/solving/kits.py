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
    def by_size(self) -> tuple[dict[int, list[Combination]], ...]:
        """The same by how many products they take, then by their sums."""
        sizes: tuple[dict[int, list[Combination]], ...] = tuple({} for _ in range(self.max_products + 1))
        for combination in self.combinations:
            sizes[len(combination.products)].setdefault(combination.total, []).append(combination)
        return sizes

    @cached_property
    def bases(self) -> frozenset[int]:
        """The sums to which one more product may be added."""
        return frozenset(c.total for c in self.combinations if len(c.products) < self.max_products)

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
        sums.update(c.total for c in self.pieces.combinations)
        sums.discard(0)
        return frozenset(sums)

    @cached_property
    def smallest(self) -> int | None:
        """The smallest dose that can be made, in grid units."""
        portions = [choices[0].equivalent for choices in (*self.pieces.solids, self.liquid) if choices]
        return min(portions, default=None)

    @cached_property
    def product_ids(self) -> tuple[str, ...]:
        """What the kit has, by id."""
        return tuple(choices[0].product.id for choices in (*self.pieces.solids, self.liquid) if choices)

    @property
    def size(self) -> int:
        """How many combinations of portions there are to look through."""
        return len(self.pieces.combinations) * (1 + len(self.liquid))

    def make(self, dose: int, most: int | None = None) -> Makings:
        """For each set of products that can make ``dose``, of at most so many where a number is given, the lightest way of making it."""
        best: Makings = {}
        for size in range(1, (self.max_products if most is None else most) + 1):
            for pieces, draw in self._of_size(dose, size):
                self._keep_lighter(best, pieces, draw)
        return best

    def make_lightest(self, dose: int) -> Makings:
        """Of the ways of making ``dose`` those of the fewest products, of these the fewest pieces, then the fewest divided."""
        for size in range(1, self.max_products + 1):
            least = min((pieces.making.weight[:2] for pieces, _ in self._of_size(dose, size)), default=None)
            if least is not None:
                best: Makings = {}
                for pieces, draw in self._of_size(dose, size):
                    if pieces.making.weight[:2] == least:
                        self._keep_lighter(best, pieces, draw)
                return best
        return {}

    def _of_size(self, dose: int, size: int) -> Iterator[tuple[Combination, PortionChoice | None]]:
        """Every way of making ``dose`` from so many products: pieces, and what is drawn besides."""
        for pieces in self.pieces.by_size[size].get(dose, ()):
            if pieces.making.portions:
                yield pieces, None
        smaller, amounts = self.pieces.by_size[size - 1], self.by_amount
        if len(amounts) < len(smaller):
            for amount, draws in amounts.items():
                for draw, pieces in product(draws, smaller.get(dose - amount, ())):
                    yield pieces, draw
        else:
            for total, based in smaller.items():
                for draw, pieces in product(amounts.get(dose - total, ()), based):
                    yield pieces, draw

    def _keep_lighter(self, best: Makings, pieces: Combination, draw: PortionChoice | None) -> None:
        products, making = pieces.products, pieces.making
        if draw is None:
            known = best.get(products)
            if known is None or making.weight < known.weight:
                best[products] = making
            return
        products |= self.liquid_id
        known = best.get(products)
        count, divided, draws = making.weight
        weight = (count, divided, draws + draw.draws)
        if known is None or weight < known.weight:
            best[products] = Making((*making.portions, draw), weight)

    @cached_property
    def by_amount(self) -> dict[int, list[PortionChoice]]:
        """The draws by what they hold, in grid units."""
        amounts: dict[int, list[PortionChoice]] = {}
        for draw in self.liquid:
            amounts.setdefault(draw.equivalent, []).append(draw)
        return amounts

    @cached_property
    def liquid_id(self) -> frozenset[str]:
        """The id of the liquid, alone; nothing where there is none."""
        return frozenset(draw.product.id for draw in self.liquid[:1])


def _making(portions: Portions) -> Making:
    weight = (
        sum(p.pieces for p in portions),
        sum(p.divided for p in portions),
        sum(p.draws for p in portions),
    )
    return Making(portions, weight)
