"""Slower plans that stand beside one: smaller steps, and more time between them."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from easeoff.planning.methods.class_limits import DAYS_OF_FASTEST_CUT
from easeoff.planning.methods.registry import choices
from easeoff.planning.plan import Plan
from easeoff.planning.request import BandCut, MethodName, TaperRequest

Wish = tuple[str, TaperRequest]
#: What can be asked for: six decimal places.
_GRID = Decimal("0.000001")


def gentler(request: TaperRequest, plan: Plan) -> tuple[Wish, ...]:
    """Requests for slower plans by the same method, each with a sentence; a published schedule only knows its own days."""
    if plan.method.block_days is not None and plan.summary.days * 2 > choices().longest_days:
        return ()
    match plan.method.name:
        case MethodName.TABLE:
            return ()
        case MethodName.SLIDE:
            return _slower_slide(request)
        case MethodName.MICRO:
            return _slower_month(request)
        case MethodName.BANDS:
            return _slower_bands(request, plan)
        case _:
            return _by_limit(request, plan)


def _by_limit(request: TaperRequest, plan: Plan) -> tuple[Wish, ...]:
    limits = plan.method.limits
    limit = limits.points or limits.percent_of_start or limits.mg or limits.percent_of_current
    slower = [_longer(request, plan)]
    if limit is not None:
        every = None if request.settings.ramp else _longest(plan)
        settings = replace(request.settings, ramp=_ramp_as_kept(request, plan))
        cap = _cap_as_kept(request, plan)
        smaller = replace(request, limit=_half(limit), cap=cap, every=every, settings=settings)
        slower.insert(0, ("Smaller steps: half the limit", smaller))
    return tuple(slower)


def _ramp_as_kept(request: TaperRequest, plan: Plan) -> tuple[int, ...]:
    """The ramp with what a least length has added to each of its steps; with more steps it would add less, and doses come sooner."""
    ramp = request.settings.ramp
    added = max(0, plan.steps[0].days - ramp[0]) if ramp and plan.steps else 0
    return tuple(days + added for days in ramp)


def _cap_as_kept(request: TaperRequest, plan: Plan) -> Decimal | None:
    """The cap of a plan whose first days between steps are under two weeks: the class's fastest cut grows with those days."""
    days = request.settings.ramp[0] if request.settings.ramp else request.every
    cap = plan.method.limits.percent_of_current
    if cap is None or days is None or days >= DAYS_OF_FASTEST_CUT:
        return request.cap
    return _asked(cap)


def _longest(plan: Plan) -> int:
    """Days of the longest step: a least length is shared out, so that some steps have a day more than others."""
    return max((step.days for step in plan.steps), default=plan.interval_days)


def _longer(request: TaperRequest, plan: Plan) -> Wish:
    cap = _cap_as_kept(request, plan)
    if request.settings.ramp:
        kept = _ramp_as_kept(request, plan)
        slower = tuple(days * 3 // 2 for days in kept)
        return (
            f"More time: {slower[0]} days between the first steps instead of {kept[0]}, and so on",
            replace(request, cap=cap, settings=replace(request.settings, ramp=slower)),
        )
    days = _longest(plan)
    longer = days * 3 // 2
    slower_request = replace(request, cap=cap, every=longer)
    return f"More time: {longer} days between steps instead of {days}", slower_request


def _slower_slide(request: TaperRequest) -> tuple[Wish, ...]:
    ours = choices()
    limit = request.limit or ours.slide_percent
    hold = ours.slide_hold if request.settings.hold is None else request.settings.hold
    longer = hold + ours.slide_hold
    return (
        ("Smaller cuts: half of each", replace(request, limit=_half(limit))),
        (
            f"A longer rest: {longer} days more after each block instead of {hold}",
            replace(request, settings=replace(request.settings, hold=longer)),
        ),
    )


def _slower_month(request: TaperRequest) -> tuple[Wish, ...]:
    limit = request.limit or choices().micro_percent
    return (("Smaller cuts: half as much a month", replace(request, limit=_half(limit))),)


def _slower_bands(request: TaperRequest, plan: Plan) -> tuple[Wish, ...]:
    days = plan.interval_days
    longer = days * 3 // 2
    bands = _bands_as_kept(plan)
    halved = tuple(replace(band, cut_mg=_half(band.cut_mg)) for band in bands)
    lasting = tuple(replace(band, days=own * 3 // 2) for band in bands if (own := band.days))
    kept = replace(
        request, cap=_cap_as_kept(request, plan), settings=replace(request.settings, schedule=None)
    )
    return (
        (
            "Smaller cuts: half of each",
            replace(kept, every=days, settings=replace(kept.settings, bands=halved)),
        ),
        (
            f"More time: {longer} days or more between steps instead of {days}",
            replace(kept, every=longer, settings=replace(kept.settings, bands=lasting)),
        ),
    )


def _bands_as_kept(plan: Plan) -> tuple[BandCut, ...]:
    """The bands with the most days that a least length has added to a step; with more or longer steps it would add fewer."""
    bands, before, added = plan.method.bands, plan.start_dose_mg, 0
    for step in plan.steps[:-1]:
        asked = next(band.days for band in bands if before > band.above_mg)
        added = max(added, step.days - (asked or plan.interval_days))
        before = step.dose_mg
    return tuple(replace(band, days=(band.days or plan.interval_days) + added) for band in bands)


def _half(number: Decimal) -> Decimal:
    return _asked(number / 2)


def _asked(number: Decimal) -> Decimal:
    """The number, rounded down where it has more places than can be asked for: never more than it."""
    return number if number == number.quantize(_GRID) else number.quantize(_GRID, ROUND_DOWN)
