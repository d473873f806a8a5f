"""Which published fit doses may be planned with, and which others stand beside it as the worst case."""

from __future__ import annotations

from fractions import Fraction

from easeoff.medicines.model import Confidence, Curve, CurveModel, Medicine
from easeoff.pharmacology.scales import Occupancy
from easeoff.quantities import to_grid

#: How much smaller than the preferred ED50 the worst curve's is taken to be (``planner.md``: "ED50/3").
#: Between the published regions of one medicine it differs by about this much.
WORST_ED50_DIVISOR = 3


def planning_curve(medicine: Medicine, release: str) -> Curve | None:
    """The fit that doses of this release may be planned with, or ``None``."""
    for curve in medicine.curves:
        usable = curve.plan_with and curve.model is CurveModel.DAILY_DOSE and curve.ed50_mg is not None
        if usable and release in curve.releases and curve.provenance.confidence is not Confidence.UNVERIFIED:
            return curve
    return None


def scale_of(curve: Curve, start: int, factor: Fraction = Fraction(1)) -> Occupancy:
    """The curve as a scale from ``start`` (grid units). Raises `ValueError` where it has no dose axis.

    ``factor`` is how many mg of the form that was studied 1 mg of the form taken stands for.
    """
    if curve.ed50_mg is None:
        raise ValueError(f"the fit for {curve.region} has no dose axis")
    return Occupancy(ed50=round(to_grid(curve.ed50_mg) / factor), start=start)


def worst_scales(
    medicine: Medicine, preferred: Curve, start: int, factor: Fraction = Fraction(1)
) -> tuple[Occupancy, ...]:
    """The preferred curve, every other published daily-dose fit of its target, and ED50/3."""
    others = [
        scale_of(curve, start, factor)
        for curve in medicine.curves
        if curve.model is CurveModel.DAILY_DOSE
        and curve.target == preferred.target
        and curve.ed50_mg is not None
    ]
    assert preferred.ed50_mg is not None
    third = max(1, round(to_grid(preferred.ed50_mg) / factor / WORST_ED50_DIVISOR))
    return (*others, Occupancy(ed50=third, start=start))
