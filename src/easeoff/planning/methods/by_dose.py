"""Methods that look at the dose alone: percent of current or of the start, a fixed amount, bands, half then, halving to the unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from easeoff.medicines.schedules import find_schedule
from easeoff.pharmacology import ShareOfStart
from easeoff.planning.findings import Finding
from easeoff.planning.methods.approach import Approach
from easeoff.planning.methods.asking import Asking
from easeoff.planning.methods.class_limits import end_dose, fastest_cut, last_steps, share, share_of
from easeoff.planning.pace import common_pace
from easeoff.planning.plan import EffectKind, Limits, Method
from easeoff.planning.request import BandCut, MethodName
from easeoff.planning.rules import StepRule
from easeoff.quantities import exact_decimal, format_mg, from_grid, to_grid

_PERCENT_PLACES = 10**6


def by_dose(asking: Asking, limit: Decimal, findings: tuple[Finding, ...]) -> Approach:
    """The approach of a method that needs no curve; ``limit`` in its own unit, unused by bands."""
    bands = _bands(asking, limit)
    method, rule = dose_rule(asking, asking.name, limit, asking.days, bands)
    if asking.name is MethodName.BANDS and asking.settings.schedule is not None:
        lent = find_schedule(asking.settings.schedule)
        method = replace(
            method, because=(*method.because, f"The bands are those of {lent.title} ({lent.id}).")
        )
    rhythm = asking.rhythm(asking.settings.bands if asking.name is MethodName.BANDS else ())
    return Approach(
        method,
        rule,
        EffectKind.PERCENT_OF_START,
        asking.days,
        asking.pace,
        None,
        (),
        findings,
        rhythm,
    )


def _bands(asking: Asking, limit: Decimal) -> tuple[BandCut, ...]:
    """The cuts by dose: as asked, or of a share that is counted from a lower level further down."""
    settings = asking.settings
    if asking.name is MethodName.BANDS:
        return tuple(replace(band, days=band.days or asking.days) for band in settings.bands)
    if asking.name is not MethodName.PERCENT_START or settings.half_then is None:
        return ()
    # On the grid, downwards: a cut is never larger than its share.
    level = int(share_of(asking.start, settings.half_then))
    upper, lower = int(share_of(asking.start, limit)), int(share_of(level, limit))
    return (BandCut(from_grid(level), from_grid(upper)), BandCut(Decimal(0), from_grid(lower)))


def dose_rule(
    asking: Asking, name: MethodName, limit: Decimal, days: int, bands: tuple[BandCut, ...] = ()
) -> tuple[Method, StepRule]:
    """The method in words and its rule. ``name`` decides what ``limit`` is of: percent of current or of the start, mg, nothing."""
    request, pace, start = asking.request, asking.pace, asking.start
    to_unit = asking.settings.unit
    is_current = name is MethodName.PERCENT_CURRENT
    end = end_dose(request, start) if to_unit is None else to_grid(to_unit / 2)
    cap = request.cap if request.cap is not None else pace.cap_percent
    tail_percent = min(limit, common_pace().tail_percent_of_start)
    if to_unit is not None:
        # From half of the smallest piece the next dose is nothing; rounded up, so that it is allowed.
        tail_percent = Decimal(-(-end * 100 * _PERCENT_PLACES // start)) / _PERCENT_PLACES
    last = last_steps(asking.formulary, pace)
    current = min(_given(cap, limit if is_current else None, fastest_cut(pace, days)), default=None)
    amount: int | None = None
    if name is MethodName.PERCENT_START:
        amount = int(share_of(start, limit))
    elif name is MethodName.FIXED:
        amount = to_grid(limit)
    tail = min(_given(int(share_of(start, tail_percent)) if is_current else None, last), default=None)
    limits = Limits(
        percent_of_current=current,
        percent_of_start=limit if name is MethodName.PERCENT_START else None,
        tail_percent_of_start=tail_percent if is_current else None,
        mg=limit if name is MethodName.FIXED else None,
        first_cut_percent=asking.first_cut,
        last_steps_mg=None if last is None else from_grid(last),
    )
    rule = StepRule(
        ShareOfStart(start),
        start,
        cap=share(current),
        cap_above=end,
        amount=amount,
        tail=tail,
        first_cut=share(asking.first_cut),
        bands=tuple((to_grid(b.above_mg), to_grid(b.cut_mg)) for b in bands),
    )
    shown = max(end, asking.smallest or 0) if is_current and _end_is_ours(asking) else end
    end_shown = from_grid(shown) if current is not None or tail is not None else None
    reasons = (
        (*asking.because, common_pace().tail_basis) if is_current and to_unit is None else asking.because
    )
    if is_current and shown != end:
        reasons = (
            *reasons,
            f"The smallest dose that can be measured is {format_mg(from_grid(shown))}, so the end rule begins there.",
        )
    method = Method(
        asking.name,
        asking.base,
        limits,
        end_shown,
        reasons,
        bands=bands,
        ramp=asking.settings.ramp,
        about=asking.about,
    )
    return method, rule


def _end_is_ours(asking: Asking) -> bool:
    return asking.request.end_dose is None and asking.settings.unit is None


_Amount = TypeVar("_Amount", Decimal, int)


def _given(*values: _Amount | None) -> list[_Amount]:
    return [value for value in values if value is not None]


def percent(part: Fraction) -> Decimal:
    """A share as a percentage; its digits end."""
    found = exact_decimal(part * 100)
    assert found is not None, "shares are given in percent with few decimals"
    return found
