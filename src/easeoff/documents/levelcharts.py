"""One description of a level chart, and its two drawings: an SVG for page and paper, and letters for a terminal.

Nothing hangs on colour: the average adult is a solid line, the band an area with a thin edge, the dose a dotted
stair. Pointing at a step names its values; the table “The chart in numbers” holds the same for keyboard and ear.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from easeoff.documents.levelwords import level_alternative
from easeoff.simulating.simulation import Simulation

_WIDTH, _HEIGHT = 360, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 350, 72, 248
_FONT = 'font-family="sans-serif" font-size="12" fill="currentColor" stroke="none"'
#: Points of a line; more cannot be told apart at this width.
_MOST_POINTS = 240
_TICKS = (7, 14, 28, 56, 84, 168, 336, 672, 1344, 2688)


@dataclass(frozen=True, slots=True)
class Spell:
    """One dose on the chart: from a day on, in percent of the starting dose, and what to say of it."""

    first_day: int
    dose_percent: float
    words: str


@dataclass(frozen=True, slots=True)
class LevelChart:
    """What to draw: days from the first change, values in percent (or points) of the start."""

    title: str
    unit: str
    alternative: str
    days: tuple[int, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    spells: tuple[Spell, ...]

    @property
    def top(self) -> int:
        """The upper end of the scale: 100, or the next fifty above what is drawn."""
        highest = max(*self.high, *self.mean, 100.0)
        return 120 if highest <= 120 else int(-(-highest // 50)) * 50


def level_chart(found: Simulation) -> LevelChart:
    """The chart of a simulation: effect where a curve may be used, else level."""
    line = found.course.shown
    with_points = found.course.points is not None
    every = max(1, -(-len(line.low) // _MOST_POINTS))
    picked = sorted({*range(0, len(line.low), every), len(line.low) - 1})
    mean = line.day_mean
    what = "Expected effect in the brain" if with_points else "Level in the blood"
    return LevelChart(
        title=f"{found.medicine.capitalize()}: {what.lower()}, average adult and band",
        unit=f"{what} ({'100' if with_points else '100 %'} = on the dose now)",
        alternative=level_alternative(found),
        days=tuple(day - found.lead_days for day in picked),
        mean=tuple(float(mean[day]) for day in picked),
        low=tuple(float(line.low[day]) for day in picked),
        high=tuple(float(line.high[day]) for day in picked),
        spells=_spells(found),
    )


def _spells(found: Simulation) -> tuple[Spell, ...]:
    line, spells, day = found.course.shown, [], 0
    start = found.stretches[0].mg
    unit = "points" if found.course.points is not None else "%"
    for stretch in found.stretches:
        end = day + stretch.days - 1
        name = "Now" if not stretch.number else f"Step {stretch.number}" if stretch.mg else "No more doses"
        mean, low, high = (round(float(part[end])) for part in (line.day_mean, line.low, line.high))
        words = f"{name}, {stretch.mg:g} mg a day: {mean} {unit} at the end ({low} to {high} for 90 of 100 people)"
        spells.append(Spell(day - found.lead_days, 100 * stretch.mg / start, words))
        day += stretch.days
    return tuple(spells)


def level_svg(chart: LevelChart, name: str = "level-chart") -> str:
    """The chart as one SVG element without styles, scripts or fonts. ``name`` begins its ids."""
    canvas = _Canvas(chart)
    ids = escape(name)
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" class="chart" '
            f'aria-labelledby="{ids}-title {ids}-desc">',
            f'<title id="{ids}-title">{escape(chart.title)}</title>',
            f'<desc id="{ids}-desc">{escape(chart.alternative)}</desc>',
            canvas.band(),
            canvas.axes(),
            canvas.stair(),
            canvas.line(),
            canvas.key(),
            canvas.spells(),
            "</svg>\n",
        ]
    )


class _Canvas:
    """Where things lie, and their marks."""

    def __init__(self, chart: LevelChart) -> None:
        self.chart = chart
        self.first, self.last = chart.days[0], chart.days[-1]

    def x(self, day: float) -> str:
        """Pixels from the left of a day."""
        return f"{_LEFT + (day - self.first) * (_RIGHT - _LEFT) / max(self.last - self.first, 1):.1f}"

    def y(self, value: float) -> str:
        """Pixels from the top of a value."""
        return f"{_BOTTOM - value * (_BOTTOM - _TOP) / self.chart.top:.1f}"

    def _path(self, values: tuple[float, ...]) -> str:
        return "L".join(
            f"{self.x(day)} {self.y(value)}" for day, value in zip(self.chart.days, values, strict=True)
        )

    def band(self) -> str:
        """The area that holds 90 of 100 people."""
        back = "L".join(reversed(self._path(self.chart.low).split("L")))
        return (
            f'<path class="chart-band" d="M{self._path(self.chart.high)}L{back}Z" fill="currentColor" fill-opacity="0.16" '
            'stroke="currentColor" stroke-opacity="0.5" stroke-width="0.75"/>'
        )

    def line(self) -> str:
        """The average adult."""
        return (
            f'<path class="chart-effect" d="M{self._path(self.chart.mean)}" fill="none" stroke="currentColor" '
            'stroke-width="2.2" stroke-linejoin="round"/>'
        )

    def stair(self) -> str:
        """The dose, as a share of the starting dose."""
        path = f"M{_LEFT} {self.y(self.chart.spells[0].dose_percent)}"
        for spell in self.chart.spells[1:]:
            path += f"H{self.x(spell.first_day)}V{self.y(spell.dose_percent)}"
        return (
            f'<path class="chart-dose" d="{path}H{_RIGHT}" fill="none" stroke="currentColor" stroke-width="1.3" '
            'stroke-dasharray="1.5 2.5"/>'
        )

    def axes(self) -> str:
        """Frame, ticks and their numbers."""
        parts = [
            '<g class="chart-axis">'
            f'<path d="M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}" fill="none" stroke="currentColor" stroke-width="1"/>'
        ]
        every = 50 if self.chart.top > 150 else 25
        for value in range(0, self.chart.top + 1, every):
            parts.append(f'<path d="M{_LEFT - 4} {self.y(value)}h4" stroke="currentColor" stroke-width="1"/>')
            parts.append(_text(_LEFT - 7, float(self.y(value)) + 4, str(value), "end"))
        for day in day_ticks(self.last):
            parts.append(f'<path d="M{self.x(day)} {_BOTTOM}v4" stroke="currentColor" stroke-width="1"/>')
            parts.append(_text(float(self.x(day)), _BOTTOM + 18, str(day // 7), "middle"))
        middle = (_LEFT + _RIGHT) / 2
        return "".join([*parts, _text(middle, _BOTTOM + 36, "weeks from the first change", "middle"), "</g>"])

    def key(self) -> str:
        """What each mark is."""
        x, room = _LEFT, _LEFT + 32
        return "".join(
            [
                _text(4, 14, self.chart.unit),
                f'<path class="chart-effect" d="M{x} 28h26" fill="none" stroke="currentColor" stroke-width="2.2"/>',
                _text(room, 32, "average adult (a model, not measured)"),
                f'<path class="chart-band" d="M{x} 39h26v10h-26z" fill="currentColor" fill-opacity="0.16" '
                'stroke="currentColor" stroke-opacity="0.5" stroke-width="0.75"/>',
                _text(room, 48, "90 of 100 people"),
                f'<path class="chart-dose" d="M{x + 150} 44h26" fill="none" stroke="currentColor" stroke-width="1.3" '
                'stroke-dasharray="1.5 2.5"/>',
                _text(room + 150, 48, "dose, % of start"),
            ]
        )

    def spells(self) -> str:
        """An area for each dose that names its values under the pointer."""
        edges = [spell.first_day for spell in self.chart.spells] + [self.last]
        return "".join(
            f'<rect x="{self.x(begin)}" y="{_TOP}" width="{max(float(self.x(end)) - float(self.x(begin)), 0.1):.1f}" '
            f'height="{_BOTTOM - _TOP}" fill="#000" fill-opacity="0"><title>{escape(spell.words)}</title></rect>'
            for spell, begin, end in zip(self.chart.spells, edges, edges[1:], strict=False)
        )


def day_ticks(last: int) -> list[int]:
    """The days of whole weeks from day 0 on, six ticks at most."""
    every = next((step for step in _TICKS if last / step <= 5), 2 * _TICKS[-1])
    return list(range(0, last + 1, every))


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {_FONT}>{escape(words)}</text>'


def level_letters(chart: LevelChart, width: int, height: int = 12) -> list[str]:
    """The chart in letters: ``#`` the average adult, ``:`` the band, one column for so many days."""
    columns = max(10, width - 7)
    grid = [[" "] * columns for _ in range(height + 1)]
    for column in range(columns):
        place = round(column * (len(chart.days) - 1) / (columns - 1))
        low, mean, high = (
            _row(values[place], chart.top, height) for values in (chart.low, chart.mean, chart.high)
        )
        for row in range(low, high + 1):
            grid[row][column] = ":"
        grid[mean][column] = "#"
    lines = [f"{round(row * chart.top / height):>5} |{''.join(grid[row]).rstrip()}" if row % 3 == 0
             else f"      |{''.join(grid[row]).rstrip()}" for row in range(height, -1, -1)]  # fmt: skip
    axis = [" "] * columns
    for day in day_ticks(chart.days[-1]):
        at = round((day - chart.days[0]) * (columns - 1) / max(chart.days[-1] - chart.days[0], 1))
        for offset, letter in enumerate(str(day // 7)):
            if at + offset < columns:
                axis[at + offset] = letter
    return [*lines, "      +" + "-" * columns, "       " + "".join(axis).rstrip()]


def _row(value: float, top: int, height: int) -> int:
    return max(0, min(height, round(value * height / top)))
