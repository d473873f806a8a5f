"""The limits that a class sets whatever the method: the end dose, the fastest cut, the last steps."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from easeoff.medicines.model import Confidence, Formulary
from easeoff.pharmacology import PER_POINT
from easeoff.planning.pace import Pace, common_pace
from easeoff.planning.request import TaperRequest
from easeoff.quantities import EaseoffError, format_mg, on_grid, to_grid

#: Limits for a method that is not the class's own. Project choices: the gentlest that the class tables use.
OTHER_POINTS = Decimal(5)
OTHER_PERCENT_OF_START = Decimal(10)
OTHER_CAP_PERCENT = Decimal(25)
DAYS_OF_FASTEST_CUT = 14


def end_dose(request: TaperRequest, start: int) -> int:
    """Where percent of the current dose ends, in grid units: as asked, or a share of the start.

    planner.md lets it rise to the smallest measurable dose. That never changes which step is allowed, because below that
    dose there is only zero and the tail limit decides; so the rule keeps the share, and the larger one is only shown.
    """
    if request.end_dose is not None:
        end = on_grid(request.end_dose) or 0
        if not 0 < end < to_grid(request.dose):
            raise EaseoffError(
                f"An end dose of {format_mg(request.end_dose)} cannot be used.",
                f"Give one above 0 mg and below {format_mg(request.dose)}.",
            )
        return end
    return int(start * Fraction(common_pace().end_dose_share))


def fastest_cut(pace: Pace, days: int) -> Decimal | None:
    """The class's fastest cut as percent of current for one step of so many days; never over the two-week figure."""
    if pace.most_percent_per_14_days is None:
        return None
    return pace.most_percent_per_14_days * min(days, DAYS_OF_FASTEST_CUT) / DAYS_OF_FASTEST_CUT


def last_steps(formulary: Formulary, pace: Pace) -> int | None:
    """The largest of the last cuts of a benzodiazepine, in grid units, by the table that gives the highest equivalent."""
    if pace.last_steps_diazepam_mg is None:
        return None
    if formulary.medicine.name == "diazepam":
        return to_grid(pace.last_steps_diazepam_mg)
    ratios = [
        Fraction(e.low_mg) / Fraction(e.reference_mg)
        for e in formulary.dose_equivalences
        if e.reference_medicine == "diazepam"
        and e.medicine == formulary.medicine.name
        and e.provenance.confidence is not Confidence.UNVERIFIED
    ]
    if not ratios:
        return None
    return int(Fraction(pace.last_steps_diazepam_mg) * min(ratios) * to_grid(Decimal(1)))


def share(percent: Decimal | None) -> Fraction | None:
    """A percentage as a share."""
    return None if percent is None else Fraction(percent) / 100


def share_of(units: int, percent: Decimal) -> Fraction:
    """So many percent of ``units``."""
    return units * Fraction(percent) / 100


def millionths(points: Decimal) -> int:
    """Points as millionths of a point."""
    return int(Fraction(points) * PER_POINT)
