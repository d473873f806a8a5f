"""Published measurements beside the model: what a scanner found, and what the model says for the same dose and hour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from easeoff.medicines import load_medicine
from easeoff.medicines.kinetics import MeasuredPoint, load_points
from easeoff.medicines.model import Release
from easeoff.pharmacology import planning_curve
from easeoff.pharmacology.kinetics import Dosing, Floats, People, average_adult, levels, occupancy_percent
from easeoff.simulating.known import Known, MissingKinetics, known_of
from easeoff.simulating.people import draw

_PEOPLE = 1000
#: Samples a day, so that the hour of a scan is met to a quarter of an hour.
_SAMPLES = 96


@dataclass(frozen=True, slots=True)
class Beside:
    """One measurement and the model's figures in percent: the average adult, and 90 of 100 people who differ."""

    point: MeasuredPoint
    model: float
    low: float
    high: float

    @property
    def measured(self) -> tuple[float, float]:
        """The range that was measured; the mean twice where only that is printed."""
        mean = self.point.occupancy_percent
        ends = (
            self.point.low if self.point.low is not None else mean,
            self.point.high if self.point.high is not None else mean,
        )
        return float(ends[0] or 0), float(ends[1] or 0)

    @property
    def missed_by(self) -> float:
        """How many percent of occupancy the average adult lies above (below: negative) what was measured; 0 within it."""
        low, high = self.measured
        return self.model - high if self.model > high else min(0.0, self.model - low)


def beside_the_model() -> tuple[tuple[Beside, ...], tuple[MeasuredPoint, ...]]:
    """Every point that a curve of the same target can be set beside, and those that none can."""
    return set_beside(load_points())


def set_beside(points: Iterable[MeasuredPoint]) -> tuple[tuple[Beside, ...], tuple[MeasuredPoint, ...]]:
    """Those of ``points`` that a curve of the same target can be set beside (any target where none is named), and those that none can."""
    shown, left = list[Beside](), list[MeasuredPoint]()
    for point in points:
        known = _known(point)
        if known is None:
            left.append(point)
        else:
            shown.append(_beside(point, known))
    return tuple(shown), tuple(left)


def _known(point: MeasuredPoint) -> Known | None:
    return next(
        (known for release in _releases(point) if (known := _in_form(point, release)) is not None), None
    )


def _releases(point: MeasuredPoint) -> tuple[Release, ...]:
    """The form that was measured; where nobody says which, whichever has a curve, the plain one first."""
    if not point.formulation:
        return (Release.IR, Release.MR, Release.GR)
    if "gastro" in point.formulation:
        return (Release.GR,)
    return (Release.MR,) if "extended" in point.formulation else (Release.IR,)


def _in_form(point: MeasuredPoint, release: Release) -> Known | None:
    medicine = load_medicine(point.medicine)
    curve = planning_curve(medicine, release)
    if curve is None or point.target not in ("", curve.target):
        return None
    try:
        return known_of(medicine, release, curve)
    except MissingKinetics:
        return None


def _beside(point: MeasuredPoint, known: Known) -> Beside:
    dose = float(point.dose_mg)
    before = np.array([[0.0 if point.single_dose else dose]])
    days = 1 if point.time_h is None else int(point.time_h // 24) + 1
    mg = np.array([[dose]] + [[0.0]] * (days - 1)) if point.single_dose else np.full((days, 1), dose)
    people = draw(known.spread, 1, 0, _PEOPLE)
    one, many = (
        _occupancy(known, Dosing(np.array([0.0]), mg, before), who, point)
        for who in (average_adult(), people)
    )
    low, high = np.percentile(many, (5, 95))
    return Beside(point, float(one[0]), float(low), float(high))


def _occupancy(known: Known, dosing: Dosing, people: People, point: MeasuredPoint) -> Floats:
    """At the hour of the scan; without one, of a single dose the highest, of repeated doses the mean of a day."""
    level = levels(known.kinetics, dosing, people, _SAMPLES).reshape(len(people), -1)
    found = occupancy_percent(level, known.emax_percent, known.ed50_mg, people)
    if point.time_h is not None:
        at: Floats = found[:, round(float(point.time_h) * _SAMPLES / 24)]
        return at
    top: Floats = found.max(axis=1) if point.single_dose else found.mean(axis=1)
    return top
