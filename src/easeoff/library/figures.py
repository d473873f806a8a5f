"""Figures that the engine draws into articles: a picture, the same in words, the same as a small table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from easeoff.library.drawing import draw_curve, position
from easeoff.library.occupancy import Expected, OccupancyCurve, checked_dose, occupancy_curve
from easeoff.library.wording import sureness
from easeoff.quantities import EaseoffError, format_mg, format_percent

#: Equal cuts in the table beside a curve, and stops of the slider.
_CUTS = 4
_STOPS = 40
_TARGETS = {
    "SERT": "serotonin transporters",
    "NET": "noradrenaline transporters",
    "D2": "dopamine D2 receptors",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its words. ``rows`` are as wide as ``header``; the first cell of each names it."""

    svg: str
    title: str
    alternative: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str
    source_address: str
    sureness: str


@dataclass(frozen=True, slots=True)
class Stop:
    """One dose that the slider can stand at, where it lies in the drawing, and what to say of it."""

    dose: str
    percent: str
    band: str
    x: str
    y: str
    words: str


def make_figure(kind: str, options: Mapping[str, str], name: str) -> Figure:
    """The figure that an article asks for. ``name`` begins its ids. Raises `EaseoffError`."""
    if kind != "occupancy-curve":
        raise EaseoffError(f"There is no figure called {kind!r}.", "There is occupancy-curve.")
    if set(options) != {"medicine"}:
        raise EaseoffError("The figure occupancy-curve takes one option.", "Write medicine= and a name.")
    curve = occupancy_curve(options["medicine"])
    return curve_figure(curve, name, _cuts(curve)[:-1])


def curve_figure(curve: OccupancyCurve, name: str, doses: tuple[Decimal, ...]) -> Figure:
    """The curve of one medicine with a dot at each of ``doses``, and what equal cuts do to it."""
    target = _target(curve)
    medicine = curve.medicine.name
    title = f"{medicine.capitalize()}: dose and expected occupancy"
    rows = _rows(curve)
    spoken = "; ".join(f"{row[0]}: {row[1]}" for row in rows)
    alternative = (
        f"A curve that climbs steeply at low doses and is nearly flat at high ones. "
        f"Expected occupancy of {target} by daily dose: {spoken}."
    )
    return Figure(
        svg=draw_curve(curve, name, title, alternative, doses),
        title=title,
        alternative=alternative,
        caption=(
            f"{medicine.capitalize()}: how many of the {target} are expected to be occupied at each daily dose. "
            "The line is an average from small brain scan studies. The pale band shows how far other published curves "
            "and a more careful reading lie from it. It is not a picture of you: people differ more than this. "
            "Where the line is nearly flat, a large cut can still do harm: the drug acts in other places too."
        ),
        header=("Dose a day", "Expected occupancy", "Band", "What this equal cut takes away"),
        rows=rows,
        source=curve.source.title,
        source_address=_address(curve.source.doi_or_url),
        sureness=sureness(curve.curve.provenance.confidence),
    )


def stops(curve: OccupancyCurve) -> tuple[Stop, ...]:
    """Every dose of the slider, from none to the largest drawn."""
    return tuple(stop_at(curve, curve.largest_mg * n / _STOPS) for n in range(_STOPS + 1))


def stop_at(curve: OccupancyCurve, dose_mg: Decimal) -> Stop:
    """What is said of one dose. Raises `EaseoffError` where it lies outside the drawing."""
    expected = curve.at(checked_dose(curve, dose_mg))
    x, y = position(curve, dose_mg)
    words = (
        f"{format_mg(dose_mg)} a day: about {_percent(expected.percent)} of the {_target(curve)} are expected to be occupied "
        f"(band {_band(expected)})."
    )
    return Stop(format_mg(dose_mg), _percent(expected.percent), _band(expected), x, y, words)


def _cuts(curve: OccupancyCurve) -> tuple[Decimal, ...]:
    return tuple(curve.largest_mg * n / _CUTS for n in range(_CUTS, -1, -1))


def _rows(curve: OccupancyCurve) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = []
    before: int | None = None
    for dose in _cuts(curve):
        expected = curve.at(dose)
        lost = "this is the start" if before is None else _lost(before - expected.percent)
        rows.append((format_mg(dose), _percent(expected.percent), _band(expected), lost))
        before = expected.percent
    return tuple(rows)


def _lost(points: int) -> str:
    return f"{points} percentage {'point' if points == 1 else 'points'}"


def _percent(value: int) -> str:
    return format_percent(value)


def _band(expected: Expected) -> str:
    if expected.low == expected.high:
        return _percent(expected.low)
    return f"{expected.low} to {_percent(expected.high)}"


def _target(curve: OccupancyCurve) -> str:
    return _TARGETS[curve.curve.target]


def _address(doi_or_url: str) -> str:
    return f"https://doi.org/{doi_or_url}" if doi_or_url.startswith("10.") else doi_or_url
