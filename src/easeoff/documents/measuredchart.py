"""Published measurements and the model, row by row, as one SVG in the style of the other charts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from easeoff.simulating.measured import Beside

_WIDTH, _LEFT, _RIGHT, _ROW, _TOP = 620, 330, 600, 22, 58
_FONT = 'font-family="sans-serif" font-size="11" fill="currentColor" stroke="none"'


def row_name(beside: Beside) -> str:
    """Medicine, dose, how it was taken, and the hour of the scan."""
    point = beside.point
    how = "one dose" if point.single_dose else "repeated"
    hour = "" if point.time_h is None else f", {point.time_h.normalize():f} h after"
    return f"{point.medicine} {point.dose_mg.normalize():f} mg, {how}{hour}"


def measured_svg(shown: Sequence[Beside]) -> str:
    """Bars and dots: measured; diamonds: the average adult of the model; thin lines: 90 of 100 people."""
    height = _TOP + _ROW * len(shown) + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="Measured occupancy beside the '
        'model; the table beside it holds the same figures">',
        f'<path d="M{_LEFT} {_TOP - 8}V{height - 36}H{_RIGHT}" fill="none" stroke="currentColor"/>',
        _text(8, 16, "Occupancy in percent. Thick bar or dot: measured (range or mean)."),
        _text(8, 32, "Diamond: the model’s average adult. Thin line: 90 of 100 people in the model."),
    ]
    for tick in range(0, 101, 25):
        parts.append(f'<path d="M{_x(tick)} {height - 36}v4" stroke="currentColor"/>')
        parts.append(_text(_x(tick), height - 20, str(tick), "middle"))
    for number, beside in enumerate(shown):
        parts.append(_row(beside, _TOP + _ROW * number + _ROW / 2))
    return "".join([*parts, "</svg>\n"])


def _row(beside: Beside, y: float) -> str:
    low, high = beside.measured
    measured = (
        f'<path d="M{_x(low)} {y - 3:.1f}H{_x(high)}" stroke="currentColor" stroke-width="7" stroke-opacity="0.45"/>'
        if high > low
        else f'<circle cx="{_x(low)}" cy="{y - 3:.1f}" r="4.5" fill="currentColor" fill-opacity="0.45"/>'
    )
    x = float(_x(beside.model))
    return (
        _text(8, y + 1, row_name(beside))
        + f'<path d="M{_x(beside.low)} {y - 3:.1f}H{_x(beside.high)}" stroke="currentColor" stroke-width="1"/>'
        + measured
        + f'<path d="M{x:.1f} {y - 8:.1f}l5 5l-5 5l-5 -5z" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    )


def _x(percent: float) -> str:
    return f"{_LEFT + percent * (_RIGHT - _LEFT) / 100:.1f}"


def _text(x: float | str, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" {_FONT}>{escape(words)}</text>'
