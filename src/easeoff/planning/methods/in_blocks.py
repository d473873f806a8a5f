"""The block slide and the daily micro-taper: a timetable of small cuts, judged by what a whole block takes away."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

from easeoff.planning.findings import Finding
from easeoff.planning.methods.approach import Approach
from easeoff.planning.methods.asking import Asking
from easeoff.planning.methods.blocks import Block, block_timetable
from easeoff.planning.methods.by_dose import dose_rule, percent
from easeoff.planning.methods.class_limits import end_dose, last_steps, share_of
from easeoff.planning.methods.registry import choices
from easeoff.planning.pace import common_pace
from easeoff.planning.plan import EffectKind, Method
from easeoff.planning.request import Base, MethodName, TaperRequest
from easeoff.quantities import format_percent, plain

#: So many days are called a month.
_MONTH = range(28, 32)


def block_of(request: TaperRequest, name: MethodName) -> Block:
    """The block that was asked for, with our figures where none was given."""
    settings, ours = request.settings, choices()
    if name is MethodName.MICRO:
        days = request.every or ours.micro_days
        month = Fraction(request.limit or ours.micro_percent) / 100
        return Block(month / days, days, 1)
    return Block(
        Fraction(request.limit or ours.slide_percent) / 100,
        settings.cuts or ours.slide_cuts,
        request.every or ours.slide_days,
        ours.slide_hold if settings.hold is None else settings.hold,
        compound=settings.base is Base.CURRENT,
    )


def with_more_days(request: TaperRequest, method: Method, times: Fraction) -> tuple[TaperRequest, Method]:
    """The same cuts with ``times`` as many days between them, 1 or more, rounded up: as a request and as a method."""
    block = block_of(request, method.name)
    if method.name is MethodName.MICRO:
        longer = replace(request, every=ceil(block.cuts * times))
    else:
        settings = replace(request.settings, hold=ceil(block.hold * times))
        longer = replace(request, every=ceil(block.every * times), settings=settings)
    block = block_of(longer, method.name)
    base = _base(method.name, request.settings.base, block)
    return longer, replace(method, base=base, block_days=block.days)


def judged_as(asking: Asking) -> MethodName:
    """The method whose limit a whole block is held to."""
    return MethodName.PERCENT_START if asking.settings.base is Base.START else MethodName.PERCENT_CURRENT


def in_blocks(asking: Asking, block: Block, findings: tuple[Finding, ...]) -> Approach:
    """Blocks down to the end dose, then parts of the start in the same rhythm. One fall is a block's at most."""
    judged, whole = judged_as(asking), percent(block.whole)
    method, rule = dose_rule(asking, judged, whole, block.days)
    linear = judged is MethodName.PERCENT_START
    end = asking.start if linear else end_dose(asking.request, asking.start)
    part = whole if linear else min(whole, common_pace().tail_percent_of_start)
    tail = share_of(asking.start, part)
    last = last_steps(asking.formulary, asking.pace)
    if last is not None:
        tail = min(tail, Fraction(last * block.cuts))
    timetable = block_timetable(asking.start, block, end, tail, choices().longest_days)
    method = replace(
        method,
        base=_base(asking.name, asking.settings.base, block),
        block_days=block.days,
        because=_because(asking, method.because),
    )
    return Approach(
        method,
        rule,
        EffectKind.PERCENT_OF_START,
        block.days,
        asking.pace,
        None,
        (),
        findings,
        replace(asking.rhythm(), every=block.days),
        timetable,
    )


def _base(name: MethodName, base: Base | None, block: Block) -> str:
    if name is MethodName.MICRO:
        span = "each month" if block.cuts in _MONTH else f"every {block.cuts} days"
        of = "the starting dose" if base is Base.START else f"the dose at the start of {span}"
        month = format_percent(percent(block.whole))
        return f"{of}: {month} of it over {block.cuts} days, the same amount less each day"
    of = "the dose before each cut" if block.compound else "the dose at the start of each block"
    rest = f", then {block.hold} days more" if block.hold else ""
    cut, whole = format_percent(percent(block.share)), plain(_shortened(percent(block.whole)))
    return f"{of}: {block.cuts} cuts of {cut}, {block.every} days apart{rest}. A block takes away {whole} % in {block.days} days"


def _shortened(figure: Decimal) -> Decimal:
    return figure.quantize(Decimal("0.01")) if figure != figure.to_integral() else figure


def _because(asking: Asking, because: tuple[str, ...]) -> tuple[str, ...]:
    ours = choices()
    if asking.name is MethodName.MICRO:
        chosen = asking.request.limit is None or asking.request.every is None
        return (*because, ours.micro_basis) if chosen else because
    said = (asking.request.limit, asking.request.every, asking.settings.cuts, asking.settings.hold)
    return (*because, ours.slide_basis) if None in said else because
