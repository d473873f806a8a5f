"""Exact amounts with their units. Nothing here is a float.

A mass is held in milligrams and a volume in millilitres, each as a ``Decimal``. A concentration is kept as
the two numbers on the label (5 mg per 5 mL), so that no strength is rounded before it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import total_ordering

from easeoff.quantities.errors import QuantityError


def exact_decimal(value: Fraction) -> Decimal | None:
    """The same number as a ``Decimal``, or ``None`` where its decimals never end (1/3)."""
    denominator = value.denominator
    places = 0
    while denominator % 10 == 0:
        denominator //= 10
        places += 1
    while denominator % 2 == 0:
        denominator //= 2
        places += 1
    while denominator % 5 == 0:
        denominator //= 5
        places += 1
    if denominator != 1:
        return None
    # Built from its digits: arithmetic on Decimal would round to the context's precision.
    digits = int(value * 10**places)
    return Decimal((digits < 0, tuple(int(d) for d in str(abs(digits))), -places))


@total_ordering
@dataclass(frozen=True, slots=True)
class Mass:
    """An amount of medicine in milligrams, never negative."""

    mg: Decimal

    def __post_init__(self) -> None:
        if not self.mg.is_finite() or self.mg < 0:
            raise QuantityError(f"{self.mg} mg is not an amount.", "Give zero or more.")

    def __add__(self, other: Mass) -> Mass:
        return Mass(self.mg + other.mg)

    def __sub__(self, other: Mass) -> Mass:
        return Mass(self.mg - other.mg)

    def __mul__(self, factor: Decimal | int) -> Mass:
        return Mass(self.mg * factor)

    def __lt__(self, other: Mass) -> bool:
        return self.mg < other.mg


@total_ordering
@dataclass(frozen=True, slots=True)
class Volume:
    """An amount of liquid in millilitres, never negative."""

    ml: Decimal

    def __post_init__(self) -> None:
        if not self.ml.is_finite() or self.ml < 0:
            raise QuantityError(f"{self.ml} mL is not an amount.", "Give zero or more.")

    def __add__(self, other: Volume) -> Volume:
        return Volume(self.ml + other.ml)

    def __lt__(self, other: Volume) -> bool:
        return self.ml < other.ml


@dataclass(frozen=True, slots=True)
class Concentration:
    """Milligrams in so many millilitres, as the label says: ``Concentration(Decimal(50), Decimal(5))``."""

    mg: Decimal
    ml: Decimal

    def __post_init__(self) -> None:
        if self.mg <= 0 or self.ml <= 0:
            raise QuantityError(
                f"{self.mg} mg in {self.ml} mL is not a strength.", "Both numbers must be above zero."
            )

    @property
    def mg_per_ml(self) -> Fraction:
        """Milligrams in one millilitre, exactly."""
        return Fraction(self.mg) / Fraction(self.ml)

    def mass_in(self, volume: Volume) -> Mass | None:
        """What ``volume`` holds, or ``None`` where that has no exact decimal."""
        mg = exact_decimal(self.mg_per_ml * Fraction(volume.ml))
        return None if mg is None else Mass(mg)

    def volume_of(self, mass: Mass) -> Volume | None:
        """How much liquid holds ``mass``, or ``None`` where that has no exact decimal."""
        ml = exact_decimal(Fraction(mass.mg) / self.mg_per_ml)
        return None if ml is None else Volume(ml)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of pieces (tablets, capsules, sachets, drops), in whole pieces or binary fractions of one."""

    pieces: Decimal

    def __post_init__(self) -> None:
        if not self.pieces.is_finite() or self.pieces < 0:
            raise QuantityError(f"{self.pieces} pieces is not an amount.", "Give zero or more.")
