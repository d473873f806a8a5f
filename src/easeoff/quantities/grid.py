"""Doses as whole numbers, so that sums and comparisons cannot drift.

One grid unit is a millionth of a milligram. Anything that does not fall on the grid is refused, never rounded.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

#: Grid units in one milligram.
GRID_PER_MG = 10**6


def on_grid(mg: Decimal | Fraction) -> int | None:
    """``mg`` in grid units, or ``None`` where it falls between two."""
    units = Fraction(mg) * GRID_PER_MG
    return units.numerator if units.denominator == 1 else None


def to_grid(mg: Decimal | Fraction) -> int:
    """``mg`` in grid units. Raises `ValueError` where it falls between two."""
    units = on_grid(mg)
    if units is None:
        raise ValueError(f"{mg} mg is not a whole number of millionths of a milligram")
    return units


def from_grid(units: int) -> Decimal:
    """Grid units as mg, without trailing zeros and without an exponent."""
    whole, part = divmod(units, GRID_PER_MG)
    if part == 0:
        return Decimal(whole)
    return Decimal(f"{whole}.{part:06d}".rstrip("0"))
