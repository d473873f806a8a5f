"""One step chart of dose and remaining effect over days, as SVG without styles, scripts or fonts.

Solid is the dose, dashed the effect; the largest drop carries a diamond and its label, so nothing hangs on
colour. Screens style it by the classes ``chart-dose``, ``chart-effect``, ``chart-axis``, ``chart-worst``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from html import escape

from easeoff.documents.presenting import chart_alternative, last_drop_within
from easeoff.documents.wording import drop_text
from easeoff.planning.plan import EffectKind, Plan
from easeoff.planning.schedules.measures import Measured
from easeoff.quantities import format_mg, plain

_WIDTH, _HEIGHT = 360, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 318, 64, 244
#: The flat stretch before the first and after the last change, in pixels.
_LEAD = 14
_FONT = 'font-family="sans-serif" font-size="12" fill="currentColor" stroke="none"'


@dataclass(frozen=True, slots=True)
class _Stair:
    """A value kept from one day on, as a share of the starting value."""

    day: int
    dose: Decimal
    effect: Decimal


def plan_chart(plan: Plan, name: str = "plan-chart") -> str:
    """The chart of ``plan`` as one SVG element. ``name`` begins its ids, one for each chart on a page."""
    stairs = _stairs(plan)
    days = max(sum(step.days for step in plan.steps), 1)
    two_lines = plan.summary.effect_kind is EffectKind.OCCUPANCY_POINTS
    title = f"{plan.medicine.capitalize()}: dose over time"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" class="chart" '
        f'aria-labelledby="{escape(name)}-title {escape(name)}-desc">',
        f'<title id="{escape(name)}-title">{escape(title)}</title>',
        f'<desc id="{escape(name)}-desc">{escape(chart_alternative(plan))}</desc>',
        *_axes(plan.start_dose_mg, days, two_lines),
        *_key(two_lines),
        _line([(s.day, s.dose) for s in stairs], days, "chart-dose", 'stroke-width="2.5"'),
    ]
    if two_lines:
        parts.append(_line([(s.day, s.effect) for s in stairs], days, "chart-effect",
                           'stroke-width="2" stroke-dasharray="5 4"'))  # fmt: skip
    return "".join([*parts, *_worst(plan, stairs, days), "</svg>\n"])


def schedule_chart(measured: Measured, name: str, alternative: str) -> str:
    """The chart of a schedule that somebody else made, in the same style. ``alternative`` says it in words.

    Where a dose rises above the first, the frame reaches to the highest and only the dose is drawn.
    """
    highest = max(step.entry.dose_mg for step in measured.steps)
    two_lines = measured.kind is EffectKind.OCCUPANCY_POINTS and highest == measured.schedule.start_mg
    stairs, day = list[_Stair](), 0
    for step in measured.steps:
        dose = step.entry.dose_mg / highest
        stairs.append(_Stair(day, dose, step.effect / 100 if two_lines else dose))
        day += step.entry.days or 0
    days = max(day, 1)
    largest = measured.largest_step
    words = f"largest drop: {drop_text(largest.drop or Decimal(0), measured.kind)}, to {format_mg(largest.entry.dose_mg)}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" class="chart" '
        f'aria-labelledby="{escape(name)}-title {escape(name)}-desc">',
        f'<title id="{escape(name)}-title">Dose over time</title>',
        f'<desc id="{escape(name)}-desc">{escape(alternative)}</desc>',
        *_axes(highest, days, two_lines, "days from the first dose written"),
        *_key(two_lines),
        _line([(s.day, s.dose) for s in stairs], days, "chart-dose", 'stroke-width="2.5"'),
    ]
    if two_lines:
        parts.append(_line([(s.day, s.effect) for s in stairs], days, "chart-effect",
                           'stroke-width="2" stroke-dasharray="5 4"'))  # fmt: skip
    return "".join([*parts, *_marked(stairs, measured.largest, days, words), "</svg>\n"])


def _stairs(plan: Plan) -> list[_Stair]:
    stairs, day = [_Stair(0, Decimal(1), Decimal(1))], 0
    for step in plan.steps:
        effect = step.effect / 100
        stairs.append(_Stair(day, step.dose_mg / plan.start_dose_mg, effect))
        day += step.days
    if plan.goal_mg == 0:
        stairs.append(_Stair(day, Decimal(0), Decimal(0)))
    return stairs


def _x(day: int, days: int) -> Decimal:
    return Decimal(_LEFT + _LEAD) + Decimal(day) * (_RIGHT - _LEFT - 2 * _LEAD) / days


def _y(share: Decimal) -> Decimal:
    return _BOTTOM - share * (_BOTTOM - _TOP)


def _at(pixels: Decimal | int) -> str:
    return plain(Decimal(pixels).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN))


def _line(points: list[tuple[int, Decimal]], days: int, css: str, stroke: str) -> str:
    path = [f"M{_LEFT} {_at(_y(points[0][1]))}"]
    for day, share in points[1:]:
        path.append(f"H{_at(_x(day, days))}V{_at(_y(share))}")
    path.append(f"H{_RIGHT}")
    return f'<path class="{css}" d="{"".join(path)}" fill="none" stroke="currentColor" {stroke}/>'


def _text(x: Decimal | int, y: Decimal | int, words: str, anchor: str = "start") -> str:
    return f'<text x="{_at(x)}" y="{_at(y)}" text-anchor="{anchor}" {_FONT}>{escape(words)}</text>'


def _axes(
    start_mg: Decimal, days: int, two_lines: bool, counted: str = "days from the first reduced dose"
) -> list[str]:
    """Dose on the left in mg, effect on the right in points: one scale, because both begin at the top."""
    frame = f"M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}" + (f"V{_TOP}" if two_lines else "")
    parts = [f'<g class="chart-axis"><path d="{frame}" fill="none" stroke="currentColor" stroke-width="1"/>']
    for quarter in (0, 1, 2, 3, 4):
        share = Decimal(quarter) / 4
        parts.append(f'<path d="M{_LEFT - 4} {_at(_y(share))}h4" stroke="currentColor" stroke-width="1"/>')
        parts.append(_text(_LEFT - 7, _y(share) + 4, plain(start_mg * share), "end"))
        if two_lines:
            parts.append(_text(_RIGHT + 5, _y(share) + 4, str(25 * quarter)))
    for day in _day_ticks(days):
        parts.append(f'<path d="M{_at(_x(day, days))} {_BOTTOM}v4" stroke="currentColor" stroke-width="1"/>')
        parts.append(_text(_x(day, days), _BOTTOM + 18, str(day), "middle"))
    parts.append(_text(Decimal(_LEFT + _RIGHT) / 2, _BOTTOM + 36, counted, "middle"))
    return [*parts, "</g>"]


def _day_ticks(days: int) -> list[int]:
    """Day 0 and round numbers of weeks, six ticks at most."""
    week_steps = (7, 14, 28, 56, 84, 168, 336, 672, 1344, 2688)
    every = next((step for step in week_steps if days / step <= 5), days)
    return list(range(0, days + 1, every))


def _key(two_lines: bool) -> list[str]:
    parts = [f'<path class="chart-dose" d="M{_LEFT} 14h26" fill="none" stroke="currentColor" '
             f'stroke-width="2.5"/>', _text(_LEFT + 32, 18, "dose in mg a day (left)")]  # fmt: skip
    if two_lines:
        parts.append(f'<path class="chart-effect" d="M{_LEFT} 32h26" fill="none" stroke="currentColor" '
                     f'stroke-width="2" stroke-dasharray="5 4"/>')  # fmt: skip
        parts.append(_text(_LEFT + 32, 36, "expected effect in points (right)"))
    return parts


def _worst(plan: Plan, stairs: list[_Stair], days: int) -> list[str]:
    """A diamond halfway down the largest drop, and the same beside its words in the key."""
    if len(stairs) < 2:
        return []
    at = plan.worst_step
    to_zero = at > len(plan.steps)
    within = last_drop_within(plan) if to_zero else plan.steps[at - 1].within
    drop = drop_text(plan.summary.largest_drop, plan.summary.effect_kind, within=within)
    where = format_mg(0) if to_zero else format_mg(plan.steps[at - 1].dose_mg)
    return _marked(stairs, at, days, f"largest drop: {drop}, to {where}")


def _marked(stairs: list[_Stair], at: int, days: int, words: str) -> list[str]:
    middle = _y((stairs[at - 1].effect + stairs[at].effect) / 2)
    marks = _diamond(_x(stairs[at].day, days), middle) + _diamond(Decimal(_LEFT + 13), Decimal(50))
    return [
        f'<g class="chart-worst">{marks}',
        _text(_LEFT + 32, 54, words),
        "</g>",
    ]


def _diamond(x: Decimal, y: Decimal) -> str:
    return f'<path d="M{_at(x)} {_at(y - 6)}l6 6l-6 6l-6 -6z" fill="currentColor" stroke="none"/>'
