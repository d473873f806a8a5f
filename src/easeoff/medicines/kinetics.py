"""Figures for simulation only: how fast medicines come and go, how people differ, what was measured in the brain.

Read from ``data/kinetics.csv``, ``data/depots.csv`` and ``data/occupancy_points.csv``. None of these ever reaches a dose.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from easeoff.medicines.files import DATA_ROOT, DataError, Row, choice, decimal, optional_decimal, read_rows
from easeoff.medicines.model import Confidence, Provenance

ANY = "any"


class Quantity(StrEnum):
    """What a figure of ``kinetics.csv`` is, with its unit."""

    PEAK_H = "tmax_h"  #: hours from a dose to the highest level
    RELEASE_H = "release_h"  #: hours over which a slow product lets its dose go
    LAG_H = "lag_h"  #: hours before anything is taken up
    METABOLITE_SHARE = (
        "metabolite_share"  #: part of the active level that the active metabolite is, at steady state
    )
    EFFECT_HALF_LIFE_H = (
        "effect_half_life_h"  #: hours for the place of effect to close half the gap to the blood
    )
    CLEARANCE_CV = "clearance_cv_percent"  #: coefficient of variation of clearance between people
    HALF_LIFE_LOG_SD = (
        "half_life_log_sd"  #: standard deviation of the logarithm of the half-life between people
    )
    ED50_LOG_SD = "ed50_log_sd"  #: the same for the dose of half effect


@dataclass(frozen=True, slots=True)
class KineticFigure:
    """One figure, of one medicine or of ``any``, for one release or ``any``."""

    medicine: str
    release: str
    quantity: Quantity
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Depot:
    """A long-acting injection: its apparent half-life in hours, set by how slowly it lets go, with the outermost figures."""

    name: str
    medicine: str
    half_life_h: Decimal
    low_h: Decimal
    high_h: Decimal
    lag_h: Decimal
    every_days: int
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class MeasuredPoint:
    """Occupancy in percent as a scanner found it: a mean, a range, or both, after ``dose_mg``."""

    medicine: str
    formulation: str
    target: str
    region: str
    dose_mg: Decimal
    plasma_ng_per_ml: Decimal | None
    time_h: Decimal | None
    occupancy_percent: Decimal | None
    low: Decimal | None
    high: Decimal | None
    people: int | None
    provenance: Provenance

    @property
    def single_dose(self) -> bool:
        """Whether it was measured after one dose."""
        return "single dose" in self.formulation


@lru_cache(maxsize=8)
def load_kinetics(root: Path = DATA_ROOT) -> tuple[KineticFigure, ...]:
    """Every figure of ``kinetics.csv``. Raises `DataError`."""
    return tuple(
        to_figure(row, f"kinetics.csv row {n}") for n, row in enumerate(read_rows(root / "kinetics.csv"), 2)
    )


@lru_cache(maxsize=8)
def load_depots(root: Path = DATA_ROOT) -> tuple[Depot, ...]:
    """Every long-acting injection on record. Raises `DataError`."""
    return tuple(
        to_depot(row, f"depots.csv row {n}") for n, row in enumerate(read_rows(root / "depots.csv"), 2)
    )


@lru_cache(maxsize=8)
def load_points(root: Path = DATA_ROOT) -> tuple[MeasuredPoint, ...]:
    """Every published measurement on record. Raises `DataError`."""
    rows = read_rows(root / "occupancy_points.csv")
    return tuple(to_point(row, f"occupancy_points.csv row {n}") for n, row in enumerate(rows, 2))


def kinetic_figure(
    medicine: str, release: str, quantity: Quantity, root: Path = DATA_ROOT
) -> KineticFigure | None:
    """The most particular figure there is: of this medicine before any, of this release before any. Never unverified."""
    for name in (medicine, ANY):
        for form in (release, ANY):
            for figure in load_kinetics(root):
                found = (figure.medicine, figure.release, figure.quantity) == (name, form, quantity)
                if found and figure.provenance.confidence is not Confidence.UNVERIFIED:
                    return figure
    return None


def to_figure(row: Row, where: str) -> KineticFigure:
    """One row of ``kinetics.csv``. Raises `DataError`."""
    return KineticFigure(
        row["medicine"],
        row["release"],
        choice(Quantity, row["quantity"], where),
        decimal(row["value"], where),
        optional_decimal(row["low"], where),
        optional_decimal(row["high"], where),
        _provenance(row, where),
    )


def to_depot(row: Row, where: str) -> Depot:
    """One row of ``depots.csv``. Raises `DataError`."""
    return Depot(
        row["name"],
        row["medicine"],
        decimal(row["half_life_h"], where),
        decimal(row["low_h"], where),
        decimal(row["high_h"], where),
        decimal(row["lag_h"], where),
        _whole(row["every_days"], where),
        _provenance(row, where),
    )


def to_point(row: Row, where: str) -> MeasuredPoint:
    """One row of ``occupancy_points.csv``. Raises `DataError`."""
    return MeasuredPoint(
        row["medicine"],
        row["formulation"],
        row["target"],
        row["region"],
        decimal(row["dose_mg"], where),
        optional_decimal(row["plasma_ng_per_ml"], where),
        optional_decimal(row["time_h"], where),
        optional_decimal(row["occupancy_percent"], where),
        optional_decimal(row["low"], where),
        optional_decimal(row["high"], where),
        _whole(row["people"], where) if row["people"] else None,
        _provenance(row, where),
    )


def _whole(cell: str, where: str) -> int:
    if not cell.isdecimal():
        raise DataError(where, f"{cell!r} is not a whole number")
    return int(cell)


def _provenance(row: Row, where: str) -> Provenance:
    return Provenance(row["source"], choice(Confidence, row["confidence"], where), row["note"])
