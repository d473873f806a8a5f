"""Which medicines have no liquid and no small dose in a country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from easeoff.medicines.model import Product, Tier

#: A small dose is at most this share of the largest licensed piece. Project choice: it is the share at which the
#: percent-of-current plans change to equal parts of the start.
SMALL_SHARE = Fraction(1, 10)

Listed = Mapping[tuple[str, str], Sequence[Product]]


def without_liquid(names: Sequence[str], country: str, products: Listed) -> tuple[str, ...]:
    """The medicines with licensed products to swallow in ``country``, none of them a liquid."""
    return tuple(
        name for name in names
        if (rows := licensed(products[name, country])) and not any(product.is_liquid for product in rows)
    )  # fmt: skip


def without_small_dose(names: Sequence[str], country: str, products: Listed) -> tuple[str, ...]:
    """The medicines with licensed products to swallow in ``country``, but neither a liquid nor a small portion."""
    return tuple(
        name for name in names if (rows := licensed(products[name, country])) and not _has_small_dose(rows)
    )


def licensed(products: Sequence[Product]) -> list[Product]:
    """Those that are licensed, swallowed and on their own."""
    return [p for p in products if p.route == "oral" and not p.combination_with and p.tier is Tier.LICENSED]


def _has_small_dose(products: Sequence[Product]) -> bool:
    """A liquid counts as one. A portion is a whole piece, or the part that a record lets it be divided into."""
    pieces = [(p.mg_per_unit, p.parts or 1) for p in products if p.mg_per_unit is not None]
    if len(pieces) < len(products):
        return True
    smallest = min(Fraction(mg) / parts for mg, parts in pieces)
    largest = max(Fraction(mg) for mg, _ in pieces)
    return smallest <= largest * SMALL_SHARE
