"""A simulation for other programs: ``easeoff-simulation/1`` as JSON, and one row a day as CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from datetime import date, timedelta
from math import floor, log10

from easeoff.documents.levelwords import KEEP_TAKING, NOT_MEASURED, NOT_WITHDRAWAL
from easeoff.pharmacology.kinetics import Floats
from easeoff.simulating.course import Line
from easeoff.simulating.simulation import Simulation

SIMULATION_FORMAT = "easeoff-simulation/1"
#: Significant digits: more would look measured.
_DIGITS = 4
_COLUMNS = ("mean", "lowest", "highest", "band_low", "band_high")


def simulation_json(found: Simulation) -> str:
    """Every figure with what it rests on; days are counted from the first change."""
    known = found.known
    record = {
        "format": SIMULATION_FORMAT,
        "medicine": found.medicine,
        "is": [NOT_MEASURED, NOT_WITHDRAWAL, KEEP_TAKING, *known.remarks],
        "counted_in": {"level": "percent of the mean level of a day on the starting dose",
                       "points": "percent of the mean occupancy of a day on the starting dose"},
        "people": found.course.people,
        "seed": found.course.seed,
        "band_percent": [5, 95],
        "missed_days": [day - found.lead_days for day in found.missed],
        "figures": [{"what": f.what, "value": f.value, "source": f.provenance.source,
                     "confidence": f.provenance.confidence, "note": f.provenance.note} for f in known.figures],
        "left_out": [{"what": f.value, "source": f.provenance.source, "confidence": f.provenance.confidence}
                     for f in known.left_out],
        "steps": [asdict(fall) for fall in found.falls],
        "times_a_day": [asdict(swing) for swing in found.swings],
        "alternate_days": [asdict(swing) for swing in found.alternate],
        "missed_late_double": [asdict(upset) for upset in (*found.upsets_now, *found.upsets_low)],
        "stopped_at_once": [asdict(stopped) for stopped in found.stopped],
        "steepest_day_percent": found.steepest_day_percent,
        "days": [dict(zip(_header(found), row, strict=True)) for row in _rows(found)],
    }  # fmt: skip
    return json.dumps(_rounded(record), ensure_ascii=False, indent=1) + "\n"


def simulation_csv(found: Simulation) -> str:
    """One row a day: date where the plan has one, dose, and level (and points) of the average adult and the band."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_header(found))
    writer.writerows([_rounded(cell) for cell in row] for row in _rows(found))
    return text.getvalue()


def _header(found: Simulation) -> list[str]:
    kinds = ["level", *(["points"] if found.course.points is not None else [])]
    return ["day", "date", "step", "dose_mg", *(f"{kind}_{column}" for kind in kinds for column in _COLUMNS)]


def _rows(found: Simulation) -> list[list[object]]:
    lines = [found.course.level, *([found.course.points] if found.course.points is not None else [])]
    columns = [column for line in lines for column in _columns(line)]
    rows: list[list[object]] = []
    for stretch in found.stretches:
        for day_of in range(stretch.days):
            day = len(rows)
            dose = float(found.dosing.mg[day].sum())
            cells = [float(column[day]) for column in columns]
            rows.append([day - found.lead_days, _date(stretch.start, day_of), stretch.number, dose, *cells])
    return rows


def _columns(line: Line) -> list[Floats]:
    return [line.day_mean, line.day_low, line.day_high, line.low, line.high]


def _date(start: date | None, days: int) -> str:
    return "" if start is None else (start + timedelta(days=days)).isoformat()


def _rounded(value: object) -> object:
    """Floats to a few significant digits, all through."""
    if isinstance(value, float):
        return 0 if value == 0 else round(value, _DIGITS - 1 - floor(log10(abs(value))))
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value
