"""An occupancy curve as SVG, without styles, scripts or fonts of its own.

Everything is drawn in ``currentColor``; screens colour it by the classes ``curve-line``, ``curve-band``, ``curve-mark``
and ``chart-axis``. The band is also dotted at its edge, so that nothing hangs on colour.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from easeoff.library.occupancy import OccupancyCurve
from easeoff.quantities import plain

_WIDTH, _HEIGHT = 360, 292
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 344, 34, 236
#: Points of the drawn line; they lie closer together at low doses, where it bends.
_SAMPLES = 36
_FONT = 'font-family="sans-serif" font-size="13" fill="currentColor" stroke="none"'


def draw_curve(
    curve: OccupancyCurve, name: str, title: str, alternative: str, doses: tuple[Decimal, ...]
) -> str:
    """One SVG element. ``name`` begins its ids; ``doses`` get a dot each, the first of them the id ``name-mark``."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" class="chart" '
        f"aria-labelledby={quoteattr(f'{name}-title {name}-desc')}>",
        f'<title id="{escape(name)}-title">{escape(title)}</title>',
        f'<desc id="{escape(name)}-desc">{escape(alternative)}</desc>',
        *_axes(curve),
        _band(curve),
        _line(curve),
        *(_dot(curve, dose, f"{name}-mark" if number == 0 else "") for number, dose in enumerate(doses)),
    ]
    return "".join([*parts, "</svg>"])


def position(curve: OccupancyCurve, dose_mg: Decimal) -> tuple[str, str]:
    """Where a dose stands in the drawing: x and y in its own units."""
    return _at(_x(curve, dose_mg)), _at(_y(curve.exact(dose_mg)))


def _x(curve: OccupancyCurve, dose: Decimal | Fraction) -> Fraction:
    return _LEFT + Fraction(dose) / Fraction(curve.largest_mg) * (_RIGHT - _LEFT)


def _y(percent: Fraction | int) -> Fraction:
    return _BOTTOM - Fraction(percent) / 100 * (_BOTTOM - _TOP)


def _at(pixels: Fraction | int) -> str:
    value = Decimal(Fraction(pixels).numerator) / Decimal(Fraction(pixels).denominator)
    return plain(value.quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN))


def _samples(curve: OccupancyCurve) -> list[Decimal]:
    return [curve.largest_mg * n * n / (_SAMPLES * _SAMPLES) for n in range(_SAMPLES + 1)]


def _path(points: list[tuple[Fraction, Fraction]]) -> str:
    return "M" + "L".join(f"{_at(x)} {_at(y)}" for x, y in points)


def _line(curve: OccupancyCurve) -> str:
    points = [(_x(curve, dose), _y(curve.exact(dose))) for dose in _samples(curve)]
    return (
        f'<path class="curve-line" d="{_path(points)}" fill="none" stroke="currentColor" stroke-width="2.5"/>'
    )


def _band(curve: OccupancyCurve) -> str:
    doses = _samples(curve)
    bands = [curve.band(dose) for dose in doses]
    upper = [(_x(curve, dose), _y(high)) for dose, (_, high) in zip(doses, bands, strict=True)]
    lower = [(_x(curve, dose), _y(low)) for dose, (low, _) in zip(doses, bands, strict=True)]
    return (
        f'<path class="curve-band" d="{_path([*upper, *reversed(lower)])}Z" fill="currentColor" fill-opacity="0.16" '
        f'stroke="currentColor" stroke-width="1" stroke-dasharray="1 4"/>'
    )


def _dot(curve: OccupancyCurve, dose: Decimal, name: str) -> str:
    x, y = position(curve, dose)
    known = f' id="{escape(name)}"' if name else ""
    return f'<circle{known} class="curve-mark" cx="{x}" cy="{y}" r="5" fill="currentColor" stroke="none"/>'


def _text(x: Fraction | int, y: Fraction | int, words: str, anchor: str) -> str:
    return f'<text x="{_at(x)}" y="{_at(y)}" text-anchor="{anchor}" {_FONT}>{escape(words)}</text>'


def _axes(curve: OccupancyCurve) -> list[str]:
    parts = [
        f'<g class="chart-axis"><path d="M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}" fill="none" stroke="currentColor" '
        'stroke-width="1"/>',
        _text(4, 16, "expected occupancy in %", "start"),
    ]
    for percent in (0, 25, 50, 75, 100):
        parts.append(f'<path d="M{_LEFT - 4} {_at(_y(percent))}h4" stroke="currentColor" stroke-width="1"/>')
        parts.append(_text(_LEFT - 8, _y(percent) + 4, str(percent), "end"))
    for quarter in range(5):
        dose = curve.largest_mg * quarter / 4
        parts.append(
            f'<path d="M{_at(_x(curve, dose))} {_BOTTOM}v4" stroke="currentColor" stroke-width="1"/>'
        )
        parts.append(_text(_x(curve, dose), _BOTTOM + 18, plain(dose), "end" if quarter == 4 else "middle"))
    parts.append(_text(Fraction(_LEFT + _RIGHT, 2), _BOTTOM + 40, "dose in mg a day", "middle"))
    return [*parts, "</g>"]
