"""The same way down with more days between its steps: as the request and the method that the new version keeps."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil

from easeoff.planning.methods import with_more_days
from easeoff.planning.plan import Method, Plan
from easeoff.planning.request import BandCut, MethodName, TaperRequest


def stretched(plan: Plan, request: TaperRequest, every: int) -> tuple[TaperRequest, Method]:
    """``request`` and the plan's method, so that a plan made or changed from them is as slow as one with ``every`` days a step.

    What has days of its own (blocks of small cuts, bands, a ramp) is stretched in proportion; a published schedule stays its source's.
    """
    method, times = plan.method, Fraction(every, plan.interval_days)
    if method.schedule is not None:
        return request, method
    if method.block_days is not None:
        return with_more_days(request, method, times)
    ramp, bands = tuple(ceil(days * times) for days in method.ramp), _longer(method.bands, times)
    # Half and then a share has bands of its own making, which are not asked for.
    asked = bands if method.name is MethodName.BANDS else request.settings.bands
    settings = replace(request.settings, ramp=ramp, bands=asked)
    longer = replace(request, every=None if ramp else every, settings=settings)
    return longer, replace(method, ramp=ramp, bands=bands)


def _longer(bands: tuple[BandCut, ...], times: Fraction) -> tuple[BandCut, ...]:
    return tuple(band if band.days is None else replace(band, days=ceil(band.days * times)) for band in bands)
