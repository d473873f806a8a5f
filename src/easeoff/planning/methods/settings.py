"""Which settings belong to which method. What does not fit is asked back in one sentence, never ignored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from itertools import pairwise

from easeoff.medicines.model import Medicine
from easeoff.medicines.schedules import RuleName
from easeoff.planning.methods.as_published import usable_schedule
from easeoff.planning.request import BandCut, Base, MethodName, MethodSettings, TaperRequest
from easeoff.quantities import EaseoffError, format_mg, format_percent, on_grid, plain

LONGEST_INTERVAL_DAYS = 730
LONGEST_WHOLE_DAYS = 3650
_MOST_CUTS = 31
_MOST_BANDS = 8
_MOST_INTERVALS = 12
#: What each setting is called.
WORDS = {
    "base": "The base", "bands": "A list of bands", "schedule": "A published schedule", "cuts": "A number of cuts",
    "hold": "A rest after each block", "half_then": "A lower level for the cuts", "ramp": "A list of intervals that shorten",
    "at_least": "A least length", "unit": "The smallest piece",
}  # fmt: skip
_BY_LIMIT = frozenset(
    {MethodName.OCCUPANCY, MethodName.PERCENT_CURRENT, MethodName.PERCENT_START, MethodName.FIXED}
)
#: The methods that each setting belongs to.
BELONGS = {
    "base": frozenset(
        {MethodName.SLIDE, MethodName.MICRO, MethodName.PERCENT_CURRENT, MethodName.PERCENT_START}
    ),
    "bands": frozenset({MethodName.BANDS}),
    "schedule": frozenset({MethodName.TABLE, MethodName.BANDS}),
    "cuts": frozenset({MethodName.SLIDE}),
    "hold": frozenset({MethodName.SLIDE}),
    "half_then": frozenset({MethodName.PERCENT_START}),
    "ramp": _BY_LIMIT,
    "at_least": frozenset(MethodName) - {MethodName.TABLE, MethodName.CROSSOVER},
    "unit": frozenset({MethodName.PERCENT_CURRENT}),
}
_BASES = {
    MethodName.SLIDE: (Base.BLOCK, Base.CURRENT),
    MethodName.MICRO: (Base.MONTH, Base.START),
    MethodName.PERCENT_CURRENT: (Base.CURRENT,),
    MethodName.PERCENT_START: (Base.START,),
}


def checked_settings(request: TaperRequest, name: MethodName, medicine: Medicine) -> MethodSettings:
    """The settings as the method takes them, the bands of a published rule among them. Raises `EaseoffError`."""
    settings = request.settings
    for field in _said(settings):
        if name not in BELONGS[field]:
            names = " or ".join(sorted(BELONGS[field])) if len(BELONGS[field]) < 4 else "other methods"
            raise EaseoffError(
                f"{WORDS[field]} does not belong to the method {name.value}.",
                f"It is for {names}. Leave it out, or choose another method.",
            )
    _check_numbers(request, name)
    if name is MethodName.TABLE:
        _check_table(request)
    if name is MethodName.BANDS and request.limit is not None:
        raise EaseoffError("Each band has its own cut.", "Leave out the limit and say the cuts in the bands.")
    return _with_bands(settings, medicine) if name is MethodName.BANDS else settings


def _said(settings: MethodSettings) -> Iterator[str]:
    for field in fields(MethodSettings):
        if getattr(settings, field.name) != field.default:
            yield field.name


def _check_table(request: TaperRequest) -> None:
    if request.settings.schedule is None:
        raise EaseoffError(
            "Which published schedule? That was not said.",
            "Give its id; see them with: easeoff compare --list",
        )
    if request.limit is not None or request.cap is not None or request.end_dose is not None:
        raise EaseoffError(
            "A published schedule has its own doses.", "Leave out the limit, the cap and the end dose."
        )


def _with_bands(settings: MethodSettings, medicine: Medicine) -> MethodSettings:
    if settings.schedule is not None and not settings.bands:
        schedule = usable_schedule(settings.schedule, medicine)
        if schedule.rule is None or schedule.rule.name is not RuleName.BANDS:
            raise EaseoffError(
                f"{schedule.id} has no bands.", "Follow it as it is with the method table, or choose another."
            )
        bands = tuple(BandCut(b.above_mg, b.cut_mg, b.days) for b in schedule.rule.bands)
        return replace(settings, bands=bands)
    if not settings.bands:
        raise EaseoffError(
            "Bands need to be said.",
            "Write them like 20=2,10=1,0=0.5: above 20 mg 2 mg a cut, and so on down to 0.",
        )
    _check_bands(settings.bands)
    return settings


def _check_bands(bands: tuple[BandCut, ...]) -> None:
    write = "Write them from the highest down to 0, such as 20=2,10=1,0=0.5."
    if len(bands) > _MOST_BANDS or bands[-1].above_mg != 0:
        raise EaseoffError("The last band begins above 0 mg, or there are too many.", write)
    if any(a.above_mg <= b.above_mg for a, b in pairwise(bands)):
        raise EaseoffError("The bands do not fall.", write)
    for band in bands:
        if band.cut_mg <= 0 or on_grid(band.cut_mg) is None or on_grid(band.above_mg) is None:
            raise EaseoffError(f"A cut of {format_mg(band.cut_mg)} cannot be used.", write)
        if band.days is not None and not 1 <= band.days <= LONGEST_INTERVAL_DAYS:
            raise EaseoffError(
                f"{band.days} days in a band cannot be used.", f"Give 1 to {LONGEST_INTERVAL_DAYS} days."
            )


def _check_numbers(request: TaperRequest, name: MethodName) -> None:
    settings = request.settings
    if settings.base is not None and settings.base not in _BASES[name]:
        raise EaseoffError(
            f"The method {name.value} does not count from the {settings.base.value}.",
            f"Choose: {' or '.join(_BASES[name])}.",
        )
    _check_range("cuts in a block", settings.cuts, 1, _MOST_CUTS)
    _check_range("days of rest after a block", settings.hold, 0, LONGEST_INTERVAL_DAYS)
    _check_range("days for the whole", settings.at_least, 1, LONGEST_WHOLE_DAYS)
    half = settings.half_then
    if half is not None and not (0 < half < 100 and on_grid(half) is not None):
        raise EaseoffError(
            f"A lower level from {format_percent(half)} of the start cannot be used.",
            "Give a percentage above 0 and below 100.",
        )
    _check_ramp(request)
    unit = settings.unit
    if unit is not None and not (on_grid(unit / 2) is not None and unit > 0 and unit / 2 < request.dose):
        raise EaseoffError(
            f"A smallest piece of {format_mg(unit)} cannot be used.",
            "Give the strength of the smallest piece, less than twice today's dose.",
        )
    if unit is not None and request.end_dose is not None:
        raise EaseoffError("A smallest piece and an end dose ask for two ends.", "Leave one of them out.")


def _check_ramp(request: TaperRequest) -> None:
    ramp = request.settings.ramp
    if not ramp:
        return
    write = "Write days that get fewer, such as 42,28,21."
    if not 2 <= len(ramp) <= _MOST_INTERVALS or any(a <= b for a, b in pairwise(ramp)) or ramp[-1] < 1:
        raise EaseoffError("These intervals do not shorten from one to the next.", write)
    if ramp[0] > LONGEST_INTERVAL_DAYS:
        raise EaseoffError(
            f"{ramp[0]} days between steps cannot be used.", f"Give at most {LONGEST_INTERVAL_DAYS} days."
        )
    if request.every is not None:
        raise EaseoffError(
            "Shortening intervals and days between steps both say how long a step lasts.",
            "Leave one of them out.",
        )


def _check_range(what: str, number: int | None, least: int, most: int) -> None:
    if number is not None and not least <= number <= most:
        raise EaseoffError(f"{number} {what} cannot be used.", f"Give {least} to {most}.")


def refuse_absurd(name: MethodName, limit: Decimal | None, cap: Decimal | None, days: int) -> None:
    """Raise `EaseoffError` for a limit, a cap or an interval that cannot be meant."""
    if limit is not None and (limit <= 0 or (name is not MethodName.FIXED and limit > 100)):
        unit = "points" if name is MethodName.OCCUPANCY else "mg" if name is MethodName.FIXED else "%"
        raise EaseoffError(
            f"A limit of {plain(limit)} {unit} a step cannot be used.", "Give a limit above 0 and up to 100."
        )
    if limit is not None and on_grid(limit) is None:
        raise EaseoffError("The limit has too many decimal places.", "Give it with up to six.")
    if cap is not None and not 0 < cap <= 100:
        raise EaseoffError(f"A cap of {plain(cap)} % cannot be used.", "Give a cap above 0 and up to 100.")
    if not 1 <= days <= LONGEST_INTERVAL_DAYS:
        raise EaseoffError(
            f"{days} days between steps cannot be used.", f"Give 1 to {LONGEST_INTERVAL_DAYS} days."
        )
