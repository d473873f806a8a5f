"""How much work a dose is to make, and how the work of a whole plan is summed and compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: More than any plan's total of pieces, draws or squares, so that sums kept in one number cannot run over.
_RADIX = 1 << 40


@dataclass(frozen=True, slots=True)
class Handling:
    """How much work one way of making a dose is, the heaviest first."""

    products: int
    pieces: int
    divided: int
    draws: int


@dataclass(frozen=True, slots=True)
class Way:
    """One way of making a dose: from these products (ids), with this much work."""

    products: frozenset[str]
    handling: Handling


def worth_trying(ways: Sequence[Way]) -> list[Way]:
    """Of the ways to make one dose those with the least products, pieces and divided tablets, which weigh more than changes and draws."""
    weights = [(w.handling.products, w.handling.pieces, w.handling.divided) for w in ways]
    least = min(weights)
    return [way for way, weight in zip(ways, weights, strict=True) if weight == least]


#: No dose is made of more products than this, so no more changes of product separate two ways to it.
MOST_PRODUCTS = 8
#: One change of product, as packed work: heavier than draws, lighter than divided tablets.
CHANGE = _RADIX


def packed(handling: Handling) -> int:
    """The work of one dose as one number, so that sums compare products first, then pieces, divided, changes, draws."""
    work = handling.products
    for part in (handling.pieces, handling.divided, 0, handling.draws):
        work = work * _RADIX + part
    return work


def changes(before: frozenset[str], way: Way | None) -> int:
    """How many products are new in this dose. The first dose changes nothing: what is taken today is not asked by id."""
    if way is None or not before:
        return 0
    return len(way.products - before)
