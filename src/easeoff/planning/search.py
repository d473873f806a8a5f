"""Over everything that may be taken: the kit, the marks and the doses that make the best plan.

Marks start coarse and are refined only while a finer mark could still make the plan shorter or its largest drop smaller: a bound
that no product can beat tells when to stop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from easeoff.medicines.model import Device, Formulary, Product
from easeoff.medicines.portions import MARK_LEVELS, Measuring, PortionChoice, portions_of
from easeoff.pharmacology import PER_POINT
from easeoff.planning.forms import StartForm, equivalent_factor
from easeoff.planning.kits import Kit
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
    _bound: Shape | None = None

    @property
    def start(self) -> int:
        """Today's total in grid units."""
        return sum(self.starts)

    def best(self, at_hand: AtHand, liquid: Product | None = None) -> Found | None:
        """The best doses over these products with the finest marks, or ``None`` where they cannot make the goal.

        With ``liquid`` only the kit with that liquid is looked at.
        """
        kits = (levels[-1] for levels in self._kits(at_hand, liquid))
        found = [f for kit in kits if (f := self._found(kit)) is not None]
        return min(found, key=lambda f: rank(f.shape), default=None)

    def from_dose(self, dose: int) -> Search:
        """The same way down, begun at a lower dose taken at one time, under the same limits."""
        return replace(self, starts=(dose,), _bound=None)

    def solution(self, at_hand: AtHand) -> tuple[Solution, Regimens] | None:
        """The best plan over these products, with the least handling among the kits that do equally well."""
        found = [f for levels in self._kits(at_hand) if (f := self._refined(levels)) is not None]
        if not found:
            return None
        best = min(rank(f.shape) for f in found)
        solved = [(solve(f.ladder, f.regimens.ways), f.regimens) for f in found if rank(f.shape) == best]
        return min(solved, key=lambda pair: pair[0].cost)

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

    def bound(self) -> Shape:
        """What no set of products can beat: every dose on the grid can be made."""
        if self._bound is None:
            self._bound = _bound(self.rule, self.start, self.goal)
        return self._bound

    def _refined(self, levels: Sequence[Kit]) -> Found | None:
        """The coarsest of these kits, which differ only in their marks, that does as well as the finest."""
        best: Found | None = None
        for kit in levels:
            found = self._found(kit)
            if found is None:
                continue
            if best is None or rank(found.shape) < rank(best.shape):
                best = found
            if rank(best.shape) == rank(self.bound()):
                break
        return best

    def _found(self, kit: Kit) -> Found | None:
        regimens = Regimens(kit, self.starts)
        totals = regimens.totals()
        if self.goal and self.goal not in totals:
            return None
        ladder = Ladder(tuple(totals), self.start, self.goal, self.rule)
        return Found(ladder.shape(), ladder, regimens)

    def _kits(self, at_hand: AtHand, only: Product | None = None) -> Iterator[tuple[Kit, ...]]:
        """For each liquid (or none where there is none) the kits from coarse to fine marks."""
        solids = self._representatives([p for p in at_hand.products if not p.is_liquid])
        liquids: list[Product | None] = [only] if only is not None else []
        if only is None:
            liquids = [*self._representatives([p for p in at_hand.products if p.is_liquid])]
        for liquid in liquids or [None]:
            levels = MARK_LEVELS if liquid is not None and liquid.mg_per_drop is None else (1,)
            yield tuple(self._kit(at_hand, solids, liquid, level) for level in levels)

    def _kit(self, at_hand: AtHand, solids: Sequence[Product], liquid: Product | None, level: int) -> Kit:
        ceiling = max(self.starts)
        choices = [tuple(c for c in self.portions(p, at_hand, 1) if c.equivalent <= ceiling) for p in solids]
        draws = self.portions(liquid, at_hand, level) if liquid is not None else ()
        return Kit(
            solids=tuple(c for c in choices if c),
            liquid=tuple(c for c in draws if c.equivalent <= ceiling),
            max_products=at_hand.max_products,
            max_pieces=at_hand.max_pieces,
            ceiling=ceiling,
        )

    def _representatives(self, products: Sequence[Product]) -> list[Product]:
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


def _strength(product: Product, factor: Fraction) -> tuple[object, ...]:
    if product.concentration is not None:
        return ("liquid", product.concentration.mg_per_ml * factor)
    assert product.mg_per_unit is not None
    return ("piece", Fraction(product.mg_per_unit) * factor)


def rank(shape: Shape) -> tuple[tuple[int, ...], int, int]:
    """The order in which shapes are better: fewer drops over the limits, fewer steps, a smaller largest drop."""
    return (shape.unavoidable, shape.steps, shape.bin)


def _bound(rule: StepRule, start: int, goal: int) -> Shape:
    """The fewest steps and the least bin if every dose on the grid could be made."""
    steps = _descent(rule, start, goal, None)
    assert steps is not None
    low, high = 0, 100
    while low < high:
        middle = (low + high) // 2
        tried = _descent(rule, start, goal, middle * PER_POINT, steps)
        if tried is not None:
            high = middle
        else:
            low = middle + 1
    return Shape((), steps, high)


def _descent(rule: StepRule, start: int, goal: int, limit: int | None, most: int | None = None) -> int | None:
    """How many steps lead to the goal when each goes as far as it may; ``None`` where ``most`` do not suffice."""
    dose, steps = start, 0
    while dose > goal:
        if most is not None and steps >= most:
            return None
        floor = rule.floor(dose)
        if limit is not None:
            floor = max(floor, rule.scale.lowest_dose(rule.scale.effect(dose) - limit))
        if floor >= dose:
            return None
        dose, steps = max(floor, goal), steps + 1
    return steps


__all__ = ["AtHand", "Found", "Search"]
