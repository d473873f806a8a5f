"""Every other day beside half the dose every day, over eight days: one description, drawn for screen and paper and in letters.

Nothing hangs on colour: every other day is a solid line, half the dose every day a dashed one.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np

from easeoff.pharmacology.kinetics import Floats
from easeoff.simulating.simulation import Simulation

_DAYS = 8
_WIDTH, _HEIGHT = 360, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 350, 62, 204
_FONT = 'font-family="sans-serif" font-size="12" fill="currentColor" stroke="none"'


@dataclass(frozen=True, slots=True, eq=False)
class WaveChart:
    """Two courses by the hour over the same days, in percent (or points) of the start."""

    title: str
    unit: str
    alternative: str
    other: Floats
    half: Floats

    @property
    def top(self) -> int:
        """The upper end of the scale: the next fifty above what is drawn."""
        return max(100, int(-(-float(max(self.other.max(), self.half.max())) // 50)) * 50)


def wave_chart(found: Simulation) -> WaveChart:
    """The chart of a simulation: effect where a curve may be used, else level."""
    with_points = found.course.points is not None
    what, unit = ("effect", "points") if with_points else ("level", "percent")
    other, half = found.waves
    ends = [round(float(end)) for line in (other, half) for end in (line.min(), line.max())]
    return WaveChart(
        title=f"{found.medicine.capitalize()}: every other day, and half the dose every day",
        unit=f"{what.capitalize()} ({'100' if with_points else '100 %'} = on the dose now)",
        alternative=(
            f"Taken every other day the {what} of {found.medicine} goes up and down between {ends[0]} and {ends[1]} {unit}. "
            f"On half the dose every day it stays between {ends[2]} and {ends[3]} {unit}."
        ),
        other=np.tile(other, _DAYS // 2),
        half=np.tile(half, _DAYS),
    )


def wave_svg(chart: WaveChart, name: str = "wave-chart") -> str:
    """The chart as one SVG element without styles, scripts or fonts. ``name`` begins its ids."""
    ids = escape(name)
    lines = (
        ("chart-effect", chart.other, 'stroke-width="2.2"', 24, "every other day"),
        (
            "chart-dose",
            chart.half,
            'stroke-width="1.8" stroke-dasharray="6 3"',
            42,
            "half the dose every day",
        ),
    )
    marks = "".join(
        f'<path class="{kind}" d="{path}" fill="none" stroke="currentColor" {dash}/>'
        for kind, values, dash, y, _ in lines
        for path in (_path(chart, values), f"M{_LEFT} {y + 4}h26")
    )
    words = "".join(_text(_LEFT + 32, y + 8, said) for *_, y, said in lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" class="chart" '
        f'aria-labelledby="{ids}-title {ids}-desc"><title id="{ids}-title">{escape(chart.title)}</title>'
        f'<desc id="{ids}-desc">{escape(chart.alternative)}</desc>{_axes(chart)}{marks}{_text(4, 14, chart.unit)}{words}</svg>\n'
    )


def _y(chart: WaveChart, value: float) -> float:
    return _BOTTOM - value * (_BOTTOM - _TOP) / chart.top


def _x(day: float) -> float:
    return _LEFT + day * (_RIGHT - _LEFT) / _DAYS


def _path(chart: WaveChart, values: Floats) -> str:
    return "M" + "L".join(f"{_x(hour / 24):.1f} {_y(chart, value):.1f}" for hour, value in enumerate(values))


def _axes(chart: WaveChart) -> str:
    frame = f'<g class="chart-axis"><path d="M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}" fill="none" stroke="currentColor" stroke-width="1"/>'
    for value in range(0, chart.top + 1, 50 if chart.top > 150 else 25):
        y = _y(chart, value)
        frame += f'<path d="M{_LEFT - 4} {y:.1f}h4" stroke="currentColor" stroke-width="1"/>'
        frame += _text(_LEFT - 7, y + 4, str(value), "end")
    for day in range(_DAYS):
        frame += f'<path d="M{_x(day):.1f} {_BOTTOM}v4" stroke="currentColor" stroke-width="1"/>'
        frame += _text(_x(day + 0.5), _BOTTOM + 18, str(day + 1), "middle")
    return frame + _text((_LEFT + _RIGHT) / 2, _BOTTOM + 36, "day", "middle") + "</g>"


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {_FONT}>{escape(words)}</text>'


def wave_letters(chart: WaveChart, width: int, height: int = 8) -> list[str]:
    """The chart in letters: ``#`` every other day, ``-`` half the dose every day."""
    columns = max(_DAYS * 2, (width - 8) // _DAYS * _DAYS)
    grid = [[" "] * columns for _ in range(height + 1)]
    for values, letter in ((chart.half, "-"), (chart.other, "#")):
        for column in range(columns):
            value = float(values[column * len(values) // columns])
            grid[max(0, min(height, round(value * height / chart.top)))][column] = letter
    lines = [
        f"{round(row * chart.top / height) if row % 2 == 0 else '':>5} |{''.join(grid[row]).rstrip()}"
        for row in range(height, -1, -1)
    ]
    days = "".join(f"day {day + 1}".ljust(columns // _DAYS)[: columns // _DAYS] for day in range(_DAYS))
    return [*lines, "      +" + "-" * columns, "       " + days.rstrip()]
