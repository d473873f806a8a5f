"""What a person can take of a product: whole pieces, halves where they may be, marks of a syringe, counted drops.

Amounts of medicine are grid units (`easeoff.quantities.grid`); a portion that does not fall on the grid is left out, never rounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from easeoff.medicines.bands import PortionBands
from easeoff.medicines.model import Device, Product
from easeoff.quantities import GRID_PER_MG, on_grid, plain

#: Whole drops in one dose: more are miscounted. Project choice.
MOST_DROPS = 20
#: Multiples of a fine mark, coarse first; only marks finer than `_FINE_MARK_ML` are coarsened. Project choice.
MARK_LEVELS = (10, 5, 1)
_FINE_MARK_ML = Decimal("0.1")


@dataclass(frozen=True, slots=True, eq=False)
class PortionChoice:
    """One amount of one product.

    ``labelled`` is in grid units as the label counts them, ``equivalent`` in those of the starting form. ``pieces`` counts
    what is picked up, ``divided`` the tablets cut, ``draws`` the syringe draws or rounds of counting drops.
    """

    product: Product
    amount: Decimal
    labelled: int
    equivalent: int
    pieces: int = 0
    divided: int = 0
    draws: int = 0
    device: Device | None = None


@dataclass(frozen=True, slots=True)
class Measuring:
    """What is at hand to measure with, and how pieces may be taken."""

    devices: tuple[Device, ...]
    halves_confirmed: bool
    max_pieces: int


@lru_cache(maxsize=4096)
def portions_of(
    product: Product, factor: Fraction, measuring: Measuring, mark_multiple: int = 1
) -> tuple[PortionChoice, ...]:
    """Every portion of ``product`` that may be taken at once, in rising order, remembered; ``factor`` is mg of the starting form for 1 mg of it."""
    if product.mg_per_drop is not None:
        return tuple(_drops(product, factor))
    if product.concentration is not None:
        return tuple(_draws(product, factor, measuring.devices, mark_multiple))
    return tuple(_pieces(product, factor, measuring))


def parts_allowed(product: Product, halves_confirmed: bool) -> int:
    """Into how many parts a piece may be divided: what its record says, or halves where brand and pharmacist confirm."""
    if product.parts is not None:
        return product.parts
    return 2 if halves_confirmed and product.form_group == "tablet" else 1


def band_of(choice: PortionChoice, bands: PortionBands) -> tuple[int, int]:
    """The least and the most that is really delivered, in grid units of the starting form."""
    spread = choice.equivalent * _error(choice, bands)
    return max(0, floor(choice.equivalent - spread)), ceil(choice.equivalent + spread)


def delivery_error(device: Device, volume: Decimal) -> Fraction:
    """How far a draw may be off, as a share of it: the syringe's tolerance and half a mark of reading, added.

    Formula of ISO 7886-1 as quoted in ``data/devices.toml``.
    """
    v, size = Fraction(volume), Fraction(device.size_ml)
    if v < size / 2:
        tolerance = Fraction(device.tolerance_nominal) * size + Fraction(device.tolerance_low) * v
    else:
        tolerance = Fraction(device.tolerance_high) * v
    return (tolerance + Fraction(device.mark_ml) / 2) / v


def _error(choice: PortionChoice, bands: PortionBands) -> Fraction:
    if choice.device is not None:
        return delivery_error(choice.device, choice.amount)
    if choice.product.mg_per_drop is not None:
        return Fraction(bands.drop)
    part = choice.amount - int(choice.amount)
    if not part:
        return Fraction(bands.whole)
    of_part = bands.half if part == Decimal("0.5") else bands.quarter
    # Only the part is uncertain beyond what a whole piece is.
    return (Fraction(bands.whole) * int(choice.amount) + Fraction(of_part) * Fraction(part)) / Fraction(
        choice.amount
    )


def _pieces(product: Product, factor: Fraction, measuring: Measuring) -> Iterator[PortionChoice]:
    assert product.mg_per_unit is not None
    parts = parts_allowed(product, measuring.halves_confirmed)
    for count in range(1, measuring.max_pieces * parts + 1):
        amount = Decimal(count) / parts
        part = bool(count % parts)
        pieces = count // parts + part
        units = on_grid(Fraction(product.mg_per_unit) * count / parts)
        equivalent = None if units is None else _scaled(units, factor)
        if units is not None and equivalent is not None and pieces <= measuring.max_pieces:
            yield PortionChoice(product, amount, units, equivalent, pieces=pieces, divided=int(part))


def _drops(product: Product, factor: Fraction) -> Iterator[PortionChoice]:
    assert product.mg_per_drop is not None
    for drops in range(1, MOST_DROPS + 1):
        units = on_grid(Fraction(product.mg_per_drop) * drops)
        equivalent = None if units is None else _scaled(units, factor)
        if units is not None and equivalent is not None:
            yield PortionChoice(product, Decimal(drops), units, equivalent, draws=1)


def _draws(
    product: Product, factor: Fraction, devices: tuple[Device, ...], mark_multiple: int
) -> Iterator[PortionChoice]:
    assert product.concentration is not None
    per_millilitre = product.concentration.mg_per_ml * GRID_PER_MG
    numerator, denominator = per_millilitre.numerator, per_millilitre.denominator * 1000
    for device, microlitres, volume in _marks(devices, mark_multiple):
        units, rest = divmod(numerator * microlitres, denominator)
        if rest:
            continue
        equivalent = _scaled(units, factor)
        if equivalent is not None:
            yield PortionChoice(product, volume, units, equivalent, draws=1, device=device)


@lru_cache(maxsize=64)
def _marks(devices: tuple[Device, ...], mark_multiple: int) -> tuple[tuple[Device, int, Decimal], ...]:
    """Each volume that may be drawn, in microlitres and mL, with the smallest syringe that holds it."""
    marks: list[tuple[Device, int, Decimal]] = []
    smaller = Decimal(0)
    for device in sorted(devices, key=lambda d: (d.size_ml, d.mark_ml)):
        if device.size_ml == smaller:
            continue
        mark = device.mark_ml * (mark_multiple if device.mark_ml < _FINE_MARK_ML else 1)
        first = ceil(max(device.floor_ml, device.hard_floor_ml) / mark)
        for number in range(first, int(device.size_ml / mark) + 1):
            volume = number * mark
            if volume > smaller:
                marks.append((device, int(volume * 1000), Decimal(plain(volume))))
        smaller = device.size_ml
    return tuple(marks)


def _scaled(units: int, factor: Fraction) -> int | None:
    """``units`` times ``factor``, or ``None`` where that falls between two grid units."""
    product, rest = divmod(units * factor.numerator, factor.denominator)
    return None if rest else product
