"""What is at hand, as portions, pieces and kits: worked out once for every search of one proposal."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from operator import attrgetter

from easeoff.medicines.model import Device, Formulary, Product
from easeoff.medicines.portions import MARK_LEVELS, Measuring, PortionChoice, portions_of
from easeoff.planning.forms import StartForm, equivalent_factor
from easeoff.planning.solving.kits import Kit, Pieces
from easeoff.planning.solving.regimens import Regimens

#: What tells two things apart in the memory of a larder.
_Key = tuple[object, ...]


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
class _Standing:
    """How easy a product is to get and use, and what it has in common with another that can stand for it."""

    preference: _Key
    strength: _Key


@dataclass(frozen=True)
class Larder:
    """Portions and kits of one medicine for someone who takes it in ``form``. Two products with one id are taken for the same."""

    formulary: Formulary
    form: StartForm
    _portions: dict[_Key, tuple[PortionChoice, ...]] = field(default_factory=dict)
    _standings: dict[str, _Standing] = field(default_factory=dict)
    _pieces: dict[_Key, Pieces] = field(default_factory=dict)
    _levels: dict[_Key, tuple[Kit, ...]] = field(default_factory=dict)
    _regimens: dict[Kit, Regimens] = field(default_factory=dict)

    def portions(self, product: Product, at_hand: AtHand, mark_multiple: int) -> tuple[PortionChoice, ...]:
        """What can be taken of ``product``, in rising order."""
        devices = tuple(d.id for d in at_hand.devices)
        key = (product.id, devices, at_hand.halves, at_hand.max_pieces, mark_multiple)
        known = self._portions.get(key)
        if known is None:
            measuring = Measuring(at_hand.devices, at_hand.halves, at_hand.max_pieces)
            known = self._portions[key] = portions_of(
                product, self._factor(product), measuring, mark_multiple
            )
        return known

    def kits(self, at_hand: AtHand, ceiling: int, only: Product | None = None) -> Iterator[tuple[Kit, ...]]:
        """For each liquid (or none where there is none) the kits from coarse to fine marks; ``ceiling`` is the largest intake."""
        pieces = self._pieces_of(at_hand, ceiling)
        liquids: list[Product | None] = [only] if only is not None else []
        if only is None:
            liquids = [*self.representatives(tuple(p for p in at_hand.products if p.is_liquid))]
        for liquid in liquids or [None]:
            yield self._levels_of(pieces, liquid, at_hand)

    def regimens(self, kit: Kit) -> Regimens:
        """The ways of making a day from a kit of this larder."""
        if kit not in self._regimens:
            self._regimens[kit] = Regimens(kit)
        return self._regimens[kit]

    def _levels_of(self, pieces: Pieces, liquid: Product | None, at_hand: AtHand) -> tuple[Kit, ...]:
        """The kits of these pieces, which are kept, and this liquid."""
        key: _Key = (id(pieces),)
        if liquid is not None:
            key = (id(pieces), liquid.id, *(d.id for d in at_hand.devices))
        known = self._levels.get(key)
        if known is None:
            marks = MARK_LEVELS if liquid is not None and liquid.mg_per_drop is None else (1,)
            draws = [self.portions(liquid, at_hand, mark) if liquid is not None else () for mark in marks]
            known = tuple(Kit(pieces, _up_to(pieces.ceiling, portions)) for portions in draws)
            self._levels[key] = known
        return known

    def _pieces_of(self, at_hand: AtHand, ceiling: int) -> Pieces:
        """Every combination of pieces."""
        solids = tuple(p for p in at_hand.products if not p.is_liquid)
        key = (ceiling, at_hand.halves, at_hand.max_products, at_hand.max_pieces, *(p.id for p in solids))
        known = self._pieces.get(key)
        if known is None:
            choices = [_up_to(ceiling, self.portions(p, at_hand, 1)) for p in self.representatives(solids)]
            known = self._pieces[key] = Pieces(
                tuple(c for c in choices if c), at_hand.max_products, at_hand.max_pieces, ceiling
            )
        return known

    def representatives(self, products: tuple[Product, ...]) -> list[Product]:
        """One product for each strength: the form taken now first, then the easiest to get, then the cheapest."""
        best: dict[_Key, Product] = {}
        for product in sorted(products, key=lambda p: self._standing(p).preference):
            best.setdefault(self._standing(product).strength, product)
        return list(best.values())

    def _standing(self, product: Product) -> _Standing:
        known = self._standings.get(product.id)
        if known is None:
            strength = (*_strength(product, self._factor(product)), product.parts, product.mg_per_drop)
            known = self._standings[product.id] = _Standing(self._preference(product), strength)
        return known

    def _preference(self, product: Product) -> _Key:
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

    def _factor(self, product: Product) -> Fraction:
        factor = equivalent_factor(self.formulary, product, self.form)
        assert factor is not None, "usable_products lets no product through without a factor"
        return factor


def _up_to(ceiling: int, portions: tuple[PortionChoice, ...]) -> tuple[PortionChoice, ...]:
    """The portions that are not above the ceiling; they come in rising order."""
    return portions[: bisect_right(portions, ceiling, key=_equivalent)]


_equivalent = attrgetter("equivalent")


def _strength(product: Product, factor: Fraction) -> _Key:
    if product.concentration is not None:
        return ("liquid", product.concentration.mg_per_ml * factor)
    assert product.mg_per_unit is not None
    return ("piece", Fraction(product.mg_per_unit) * factor)
