"""The figures behind an occupancy curve: what is expected on average at a daily dose, and how far that may be off.

Shown to teach. Nothing here is planned with, and no figure describes one person (docs/explanation).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from easeoff.medicines import (
    Curve,
    CurveModel,
    Medicine,
    Source,
    countries,
    load_formulary,
    load_medicine,
    load_sources,
    medicine_names,
)
from easeoff.pharmacology import planning_curve
from easeoff.pharmacology.curves import WORST_ED50_DIVISOR
from easeoff.quantities import EaseoffError, format_mg

_RELEASES = ("IR", "MR", "GR")


@dataclass(frozen=True, slots=True)
class Expected:
    """Expected occupancy at one daily dose, in whole percent: by the curve, and the band around it."""

    dose_mg: Decimal
    percent: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class OccupancyCurve:
    """One medicine's published curve, those beside it, and the largest dose to draw, in mg a day."""

    medicine: Medicine
    curve: Curve
    beside: tuple[Curve, ...]
    largest_mg: Decimal
    source: Source

    def at(self, dose_mg: Decimal) -> Expected:
        """What is expected at ``dose_mg``. The band reaches over the other published fits and a third of the ED50."""
        exact = [self.exact(dose_mg), *self._band(dose_mg)]
        whole = [round(value) for value in exact]
        return Expected(dose_mg, whole[0], min(whole), max(whole))

    def exact(self, dose_mg: Decimal) -> Fraction:
        """Expected occupancy in percent by the curve itself, not rounded."""
        assert self.curve.ed50_mg is not None
        return _occupancy(self.curve.emax_percent, self.curve.ed50_mg, dose_mg)

    def band(self, dose_mg: Decimal) -> tuple[Fraction, Fraction]:
        """The ends of the band in percent, not rounded."""
        values = [self.exact(dose_mg), *self._band(dose_mg)]
        return min(values), max(values)

    def _band(self, dose_mg: Decimal) -> list[Fraction]:
        assert self.curve.ed50_mg is not None
        third = Fraction(self.curve.ed50_mg) / WORST_ED50_DIVISOR
        others = [
            _occupancy(c.emax_percent, c.ed50_mg, dose_mg) for c in self.beside if c.ed50_mg is not None
        ]
        return [*others, _occupancy(self.curve.emax_percent, third, dose_mg)]


def _occupancy(emax: Decimal, ed50: Decimal | Fraction, dose: Decimal) -> Fraction:
    """``emax * D / (ed50 + D)``, at most 100."""
    value = Fraction(emax) * Fraction(dose) / (Fraction(ed50) + Fraction(dose))
    return min(value, Fraction(100))


@lru_cache(maxsize=1)
def medicines_with_curve() -> tuple[str, ...]:
    """The medicines that have a curve doses may be planned with, in order."""
    return tuple(name for name in medicine_names() if _curve(load_medicine(name)) is not None)


@lru_cache(maxsize=32)
def occupancy_curve(name: str) -> OccupancyCurve:
    """The curve of one medicine by its INN. Raises `EaseoffError` where there is none to draw."""
    known = medicines_with_curve()
    if name not in known:
        raise EaseoffError(
            f"There is no curve to draw for {name!r}.", f"There is one for {', '.join(known)}."
        )
    medicine = load_medicine(name)
    curve = _curve(medicine)
    assert curve is not None
    beside = tuple(
        other for other in medicine.curves
        if other is not curve and other.model is CurveModel.DAILY_DOSE and other.target == curve.target
    )  # fmt: skip
    source = next(source for source in load_sources() if source.id == curve.provenance.source)
    return OccupancyCurve(medicine, curve, beside, _largest_piece(name, curve), source)


def checked_dose(curve: OccupancyCurve, dose_mg: Decimal) -> Decimal:
    """``dose_mg`` where it can be drawn. Raises `EaseoffError`."""
    if not 0 <= dose_mg <= curve.largest_mg:
        raise EaseoffError(
            f"The picture for {curve.medicine.name} goes from {format_mg(0)} to {format_mg(curve.largest_mg)} a day.",
            "That is the largest tablet or capsule on our list. Choose a dose between them.",
        )
    return dose_mg


def _curve(medicine: Medicine) -> Curve | None:
    return next((curve for release in _RELEASES if (curve := planning_curve(medicine, release))), None)


def _largest_piece(name: str, curve: Curve) -> Decimal:
    """The largest single tablet or capsule of the first country that lists one: a round dose that exists.

    It is not a largest dose. Countries stand in the order of ``countries.toml``.
    """
    for country in countries():
        pieces = [
            product.mg_per_unit for product in load_formulary(name, country).products
            if product.mg_per_unit is not None and product.tier is not None and product.route == "oral"
            and product.release in curve.releases and not product.combination_with
        ]  # fmt: skip
        if pieces:
            return max(pieces)
    raise EaseoffError(f"No tablet or capsule of {name} is listed.", "The picture needs one for its scale.")
