"""What may happen to the times of day on the way down: which may be left out, and which goes first.

Fast medicines keep every time of day until the end, because a dose left out would widen the gap that the body has to bridge.
"""

from __future__ import annotations

from decimal import Decimal

from easeoff.medicines.model import Medicine
from easeoff.planning.request import TaperRequest
from easeoff.quantities import EaseoffError

#: At or below so many hours (the value on record, or the low end of its range; of the active metabolite where that stays
#: longer) a medicine counts as fast. Project choice;
#: one whose half-life is not on record counts as fast, too.
FAST_HOURS = Decimal(12)
#: Classes for which a source says which time of day goes first: daytime before night (benzodiazepine reduction, ADFD).
_DAYTIME_FIRST = frozenset({"benzodiazepine"})
EVENLY = "evenly"


def leaves_fast(medicine: Medicine) -> bool:
    """Whether no time of day may be left out before the end."""
    known = medicine.half_life
    if known is None:
        return True
    own = known.hours if known.hours is not None else known.low_hours
    hours = [h for h in (own, known.metabolite_hours) if h is not None]
    return max(hours, default=Decimal(0)) <= FAST_HOURS


def check_reduce_first(request: TaperRequest, medicine: Medicine) -> None:
    """Raise `EaseoffError` where the time of day that is to go first may not, or is not one of them."""
    time, times = request.reduce_first, [intake.time for intake in request.intakes]
    if time is None:
        return
    if medicine.drug_class not in _DAYTIME_FIRST:
        raise EaseoffError(
            f"No source says which time of day goes first with {medicine.name}.",
            f"Use --reduce-first {EVENLY}, or leave it out.",
        )
    if leaves_fast(medicine):
        raise EaseoffError(
            f"{medicine.name.capitalize()} leaves the body fast, so no time of day is emptied before the others.",
            f"Use --reduce-first {EVENLY}, or leave it out.",
        )
    if len(times) < 2 or time not in times:
        known = ", ".join(times) or "none were given"
        raise EaseoffError(f"“{time[:20]}” is not one of several times of day: {known}.",
                           'Give them with --intakes "08:00=2,22:00=4".')  # fmt: skip
    if time == times[-1]:
        raise EaseoffError(
            f"{time} is the last dose of the day, and daytime doses go before the night dose.",
            f"Name an earlier time: {', '.join(times[:-1])}.",
        )


def first_to_go(request: TaperRequest, times: tuple[str, ...]) -> int | None:
    """The place among ``times`` of the one that goes first; ``None`` where all go down evenly."""
    return times.index(request.reduce_first) if request.reduce_first in times and len(times) > 1 else None


def sharing_sentence(request: TaperRequest, medicine: Medicine) -> str:
    """How the day is shared on the way down, for the plan's own reasons."""
    if request.reduce_first is not None:
        return (
            f"The dose at {request.reduce_first} goes first, as you asked; the others stay until it is gone and then go down"
            " evenly. That daytime doses go before the night dose is what a benzodiazepine charity advises."
        )
    if leaves_fast(medicine):
        fast = "leaves the body fast" if medicine.half_life is not None else "has no half-life on record here"
        return (
            f"{medicine.name.capitalize()} {fast}, so no time of day is left out before the last step. The times stay as they are,"
            " none ever rises, and each keeps its share as nearly as the doses that can be made allow."
        )
    return ""
