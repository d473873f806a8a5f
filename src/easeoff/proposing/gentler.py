"""Slower plans that stand beside one: smaller steps, and more time between them."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from easeoff.planning.methods.registry import choices
from easeoff.planning.plan import Plan
from easeoff.planning.request import MethodName, TaperRequest

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
        smaller = replace(request, limit=_half(limit), every=every, settings=settings)
        slower.insert(0, ("Smaller steps: half the limit", smaller))
    return tuple(slower)


def _ramp_as_kept(request: TaperRequest, plan: Plan) -> tuple[int, ...]:
    """The ramp with what a least length has added to each of its steps; with more steps it would add less, and doses come sooner."""
    ramp = request.settings.ramp
    added = max(0, plan.steps[0].days - ramp[0]) if ramp and plan.steps else 0
    return tuple(days + added for days in ramp)


def _longest(plan: Plan) -> int:
    """Days of the longest step: a least length is shared out, so that some steps have a day more than others."""
    return max((step.days for step in plan.steps), default=plan.interval_days)


def _longer(request: TaperRequest, plan: Plan) -> Wish:
    if request.settings.ramp:
        kept = _ramp_as_kept(request, plan)
        slower = tuple(days * 3 // 2 for days in kept)
        return (
            f"More time: {slower[0]} days between the first steps instead of {kept[0]}, and so on",
            replace(request, settings=replace(request.settings, ramp=slower)),
        )
    days = _longest(plan)
    longer = days * 3 // 2
    return f"More time: {longer} days between steps instead of {days}", replace(request, every=longer)


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
    bands = plan.method.bands
    days = _longest(plan)
    longer = days * 3 // 2
    # A least length has lengthened every step; with more steps it would lengthen each less, and the first come sooner.
    stretch = days - min(band.days or request.every or days for band in bands)
    halved = tuple(
        replace(b, cut_mg=_half(b.cut_mg), days=None if b.days is None else b.days + stretch) for b in bands
    )
    lasting = tuple(replace(b, days=None if b.days is None else b.days * 3 // 2) for b in bands)
    own = replace(request.settings, schedule=None)
    return (
        ("Smaller cuts: half of each", replace(request, every=days, settings=replace(own, bands=halved))),
        (
            f"More time: {longer} days or more between steps instead of {days}",
            replace(request, every=longer, settings=replace(own, bands=lasting)),
        ),
    )


def _half(number: Decimal) -> Decimal:
    """Half of it, rounded down where it has more places than can be asked for: never more than half."""
    half = number / 2
    return half if half == half.quantize(_GRID) else half.quantize(_GRID, ROUND_DOWN)
