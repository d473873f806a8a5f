"""Over everything that may be taken: the kit, the marks and the doses that make the best plan.

The doses are chosen from the finest marks. Coarser marks are used where they do just as well, because they are easier to read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from operator import attrgetter

from easeoff.medicines.model import Device, Formulary, Product
from easeoff.medicines.portions import MARK_LEVELS, Measuring, PortionChoice, portions_of
from easeoff.planning.forms import StartForm, equivalent_factor
from easeoff.planning.kits import Kit, Pieces
from easeoff.planning.regimens import Regimens
from easeoff.planning.rules import StepRule
from easeoff.planning.solver import Ladder, Shape, Solution, solve

#: Portions by product, devices, halves, pieces and marks: shared by every search of one proposal.
PortionsKnown = dict[tuple[object, ...], tuple[PortionChoice, ...]]


@dataclass(frozen=True, slots=True)
class AtHand:
    """What may be used: products, syringes, halving where confirmed, and how much one dose may take."""

    products: tuple[Product, ...]
    devices: tuple[Device, ...]
    halves: bool
    max_products: int
    max_pieces: int

    def with_product(self, product: Product) -> AtHand:
        """The same with one more product."""
        return replace(self, products=(*self.products, product))


#: With several intakes a day finer marks are left out where they would make more combinations than this to look
#: through. Project choice: it keeps an answer within a second.
MOST_COMBINATIONS = 10_000


@dataclass(frozen=True, slots=True)
class Found:
    """The best kit's doses before handling is weighed."""

    shape: Shape
    ladder: Ladder
    regimens: Regimens


@dataclass
class Search:
    """One person's way from ``starts`` (grid units by intake) to ``goal``, over whatever is at hand.

    Portions and the bound are worked out once and used for every set of things at hand that is tried.
    """

    formulary: Formulary
    form: StartForm
    rule: StepRule
    starts: tuple[int, ...]
    goal: int
    known: PortionsKnown = field(default_factory=dict)
    _known_pieces: dict[tuple[object, ...], Pieces] = field(default_factory=dict)

    @property
    def _several(self) -> bool:
        return len(self.starts) > 1

    @property
    def start(self) -> int:
        """Today's total in grid units."""
        return sum(self.starts)

    def best(self, at_hand: AtHand, liquid: Product | None = None) -> Found | None:
        """The best doses over these products with the finest marks, or ``None`` where they cannot make the goal.

        With ``liquid`` only the kit with that liquid is looked at.
        """
        kits = [levels[-1] for levels in self._kits(at_hand, liquid)]
        # A kit whose smallest dose is too large a last step cannot keep within the limits: look at the others first.
        promising = [kit for kit in kits if self._may_end(kit)]
        found = [f for kit in promising or kits if (f := self._found(kit)) is not None]
        return min(found, key=lambda f: rank(f.shape), default=None)

    def every(self, at_hand: AtHand) -> list[Found]:
        """What each kit of these products makes of it, with the finest marks."""
        return [f for levels in self._kits(at_hand) if (f := self._found(levels[-1])) is not None]

    def may_suffice(self, at_hand: AtHand, liquid: Product | None = None) -> bool:
        """False where no kit of these products has a small enough last dose, which is quick to tell."""
        return any(self._may_end(levels[-1]) for levels in self._kits(at_hand, liquid))

    def _may_end(self, kit: Kit) -> bool:
        return self.goal > 0 or (kit.smallest is not None and self.rule.floor(kit.smallest) == 0)

    def from_dose(self, dose: int) -> Search:
        """The same way down, begun at a lower dose taken at one time, under the same limits."""
        return replace(self, starts=(dose,), _known_pieces={})

    def solution(self, at_hand: AtHand) -> tuple[Solution, Regimens] | None:
        """The best plan over these products, with the least handling among the kits that do equally well."""
        several = len(self.starts) > 1
        kits = list(self._kits(at_hand))
        finest = [(f, levels) for levels in kits if (f := self._found(levels[-1])) is not None]
        found = [f for f, _ in finest] + (
            [f for levels in kits for kit in levels[:-1] if (f := self._found(kit)) is not None]
            if several
            else []
        )
        if not found:
            return None
        best = min(rank(f.shape) for f in found)
        solved = [(solve(f.ladder, f.regimens.ways), f.regimens) for f in found if rank(f.shape) == best]
        solution, regimens = min(solved, key=lambda pair: pair[0].cost)
        chosen = next((levels for f, levels in finest if f.regimens is regimens), ())
        return self._with_coarser_marks(solution, chosen) or (solution, regimens)

    def smallest(self, at_hand: AtHand) -> int | None:
        """The smallest dose that can be measured, in grid units."""
        amounts = [c.equivalent for p in at_hand.products for c in self.portions(p, at_hand, 1)]
        return min(amounts, default=None)

    def makeable(self, at_hand: AtHand) -> list[int]:
        """Every day's total below today's that can be made, rising, in grid units; the finest marks."""
        totals: set[int] = set()
        for kits in self._kits(at_hand):
            totals |= Regimens(kits[-1], self.starts).totals()
        return sorted(totals)

    def portions(self, product: Product, at_hand: AtHand, mark_multiple: int) -> tuple[PortionChoice, ...]:
        """What can be taken of ``product``, remembered."""
        key = (
            product.id,
            tuple(d.id for d in at_hand.devices),
            at_hand.halves,
            at_hand.max_pieces,
            mark_multiple,
        )
        known = self.known.get(key)
        if known is None:
            factor = equivalent_factor(self.formulary, product, self.form)
            assert factor is not None, "usable_products lets no product through without a factor"
            measuring = Measuring(at_hand.devices, at_hand.halves, at_hand.max_pieces)
            known = self.known[key] = portions_of(product, factor, measuring, mark_multiple)
        return known

    def _with_coarser_marks(
        self, solution: Solution, levels: Sequence[Kit]
    ) -> tuple[Solution, Regimens] | None:
        """A plan that is as short, as even in its largest drop and as light to handle, over marks that are easier to read."""
        for kit in levels[:-1]:
            found = self._found(kit)
            if found is not None and rank(found.shape) == rank(solution.shape):
                coarser = solve(found.ladder, found.regimens.ways)
                if coarser.cost[0] == solution.cost[0]:
                    return coarser, found.regimens
        return None

    def _found(self, kit: Kit) -> Found | None:
        regimens = Regimens(kit, self.starts)
        totals = regimens.totals()
        if self.goal and self.goal not in totals:
            return None
        ladder = Ladder(tuple(totals), self.start, self.goal, self.rule)
        return Found(ladder.shape(), ladder, regimens)

    def _kits(self, at_hand: AtHand, only: Product | None = None) -> Iterator[tuple[Kit, ...]]:
        """For each liquid (or none where there is none) the kits from coarse to fine marks."""
        pieces = self._pieces(at_hand)
        liquids: list[Product | None] = [only] if only is not None else []
        if only is None:
            liquids = [*self._representatives(tuple(p for p in at_hand.products if p.is_liquid))]
        for liquid in liquids or [None]:
            levels = MARK_LEVELS if liquid is not None and liquid.mg_per_drop is None else (1,)
            draws = [self.portions(liquid, at_hand, level) if liquid is not None else () for level in levels]
            kits = [Kit(pieces, _up_to(pieces.ceiling, portions)) for portions in draws]
            yield (
                tuple([kit for kit in kits if kit.size <= MOST_COMBINATIONS] or kits[:1])
                if self._several
                else tuple(kits)
            )

    def _pieces(self, at_hand: AtHand) -> Pieces:
        """Every combination of pieces, remembered for all kits of this search."""
        solids = tuple(p for p in at_hand.products if not p.is_liquid)
        key = (*(p.id for p in solids), at_hand.halves, at_hand.max_products, at_hand.max_pieces)
        known = self._known_pieces.get(key)
        if known is None:
            ceiling = max(self.starts)
            choices = [_up_to(ceiling, self.portions(p, at_hand, 1)) for p in self._representatives(solids)]
            known = self._known_pieces[key] = Pieces(
                tuple(c for c in choices if c), at_hand.max_products, at_hand.max_pieces, ceiling
            )
        return known

    def _representatives(self, products: tuple[Product, ...]) -> list[Product]:
        """One product for each strength: the form taken now first, then the easiest to get, then the cheapest."""
        best: dict[tuple[object, ...], Product] = {}
        for product in sorted(products, key=self._preference):
            factor = equivalent_factor(self.formulary, product, self.form)
            assert factor is not None
            best.setdefault((*_strength(product, factor), product.parts, product.mg_per_drop), product)
        return list(best.values())

    def _preference(self, product: Product) -> tuple[object, ...]:
        price = product.price
        per_unit = Fraction(price.amount) / Fraction(price.pack_size) if price is not None else None
        tier = product.tier.rank if product.tier is not None else 9
        return (
            tier,
            product.form_group != self.form.form_group,
            product.must_dilute,
            per_unit is None,
            per_unit or 0,
            product.id,
        )


def _up_to(ceiling: int, portions: tuple[PortionChoice, ...]) -> tuple[PortionChoice, ...]:
    """The portions that are not above the ceiling; they come in rising order."""
    return portions[: bisect_right(portions, ceiling, key=_equivalent)]


_equivalent = attrgetter("equivalent")


def _strength(product: Product, factor: Fraction) -> tuple[object, ...]:
    if product.concentration is not None:
        return ("liquid", product.concentration.mg_per_ml * factor)
    assert product.mg_per_unit is not None
    return ("piece", Fraction(product.mg_per_unit) * factor)


def rank(shape: Shape) -> tuple[tuple[int, ...], int, int]:
    """The order in which shapes are better: fewer drops over the limits, fewer steps, a smaller largest drop."""
    return (shape.unavoidable, shape.steps, shape.bin)


__all__ = ["AtHand", "Found", "Search"]
