"""Strict checks of ``kinetics.csv``, ``depots.csv`` and ``occupancy_points.csv``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from easeoff.medicines.files import Row, read_rows
from easeoff.medicines.kinetics import (
    ANY,
    Depot,
    KineticFigure,
    MeasuredPoint,
    Quantity,
    to_depot,
    to_figure,
    to_point,
)
from easeoff.medicines.model import Confidence, Provenance, Release
from easeoff.medicines.problems import Checker

_Record = TypeVar("_Record")
_RELEASES = frozenset({ANY, *Release})


def check_kinetics(checker: Checker, root: Path) -> None:
    """Every row is of a medicine we know, above zero, and says where it comes from; none stands twice."""
    seen: set[tuple[str, str, Quantity]] = set()

    def figure(found: KineticFigure, where: str) -> None:
        _check_figure(checker, found, where)
        key = (found.medicine, found.release, found.quantity)
        checker.ensure(key not in seen, where, "this figure stands twice")
        seen.add(key)

    _each(checker, root / "kinetics.csv", to_figure, figure)
    _each(checker, root / "depots.csv", to_depot, lambda found, where: _check_depot(checker, found, where))
    _each(checker, root / "occupancy_points.csv", to_point,
          lambda found, where: _check_point(checker, found, where))  # fmt: skip


def _each(
    checker: Checker, path: Path, read: Callable[[Row, str], _Record], check: Callable[[_Record, str], None]
) -> None:
    with checker.reading(path.name):
        for number, row in enumerate(read_rows(path), 2):
            where = f"row {number}"
            with checker.record(where):
                check(read(row, where), where)


def _check_figure(checker: Checker, found: KineticFigure, where: str) -> None:
    known = found.medicine == ANY or found.medicine in checker.medicines
    checker.ensure(known, where, f"{found.medicine!r} is no medicine on record")
    checker.ensure(found.release in _RELEASES, where, f"{found.release!r} is no release")
    checker.ensure(found.value > 0, where, "a figure is above zero")
    checker.ensure(
        found.quantity is not Quantity.METABOLITE_SHARE or found.value < 1, where, "a share is below 1"
    )
    low, high = found.low or found.value, found.high or found.value
    checker.ensure(low <= found.value <= high, where, "the value lies outside its range")
    _check_origin(checker, found.provenance, where)


def _check_depot(checker: Checker, found: Depot, where: str) -> None:
    checker.ensure(found.medicine in checker.medicines, where, f"{found.medicine!r} is no medicine on record")
    checker.ensure(
        0 < found.low_h <= found.half_life_h <= found.high_h, where, "the half-life lies outside its range"
    )
    checker.ensure(found.lag_h >= 0 and found.every_days > 0, where, "the lag or the interval cannot be")
    _check_origin(checker, found.provenance, where)


def _check_point(checker: Checker, found: MeasuredPoint, where: str) -> None:
    checker.ensure(found.medicine in checker.medicines, where, f"{found.medicine!r} is no medicine on record")
    given = [x for x in (found.low, found.occupancy_percent, found.high) if x is not None]
    checker.ensure(bool(given) and sorted(given) == given, where, "mean and range do not fit together")
    checker.ensure(all(0 <= x <= 100 for x in given), where, "an occupancy is not from 0 to 100")
    checker.ensure(found.dose_mg > 0, where, "a dose is above zero")
    _check_origin(checker, found.provenance, where)


def _check_origin(checker: Checker, origin: Provenance, where: str) -> None:
    checker.origin({"source": origin.source, "confidence": origin.confidence}, where)
    checker.ensure(
        origin.confidence is not Confidence.UNVERIFIED, where, "an unverified figure is not used here"
    )
    checker.ensure(bool(origin.note.strip()), where, "the note is empty")
