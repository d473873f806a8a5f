"""``easeoff simulate --measured FILE.csv``: measurements that somebody else has, beside the model."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from easeoff.cli import exits
from easeoff.cli.arguments import Values
from easeoff.cli.layout import Column, Sheet
from easeoff.cli.terminal import say, wants_colour, width
from easeoff.cli.typed import tidy
from easeoff.documents.measuredchart import row_name
from easeoff.medicines import find_medicine
from easeoff.medicines.kinetics import MeasuredPoint
from easeoff.medicines.model import Confidence, Provenance
from easeoff.quantities import EaseoffError
from easeoff.simulating.measured import Beside, set_beside

_LARGEST_FILE, _MOST_ROWS = 200_000, 500
_MOST_MG, _MOST_HOURS = Decimal(100_000), Decimal(1000)
_OWN = Provenance("given", Confidence.UNVERIFIED)
_WANTED = "The first row names the columns: medicine, dose_mg, and occupancy_percent or low and high."


def measured(values: Values) -> int:
    """Print each measurement of the file with what the model says. Raises `EaseoffError`."""
    if values.plan or values.depot is not None or values.quantiles is not None or values.format is not None:
        raise EaseoffError("--measured stands alone: it needs no plan.", "Leave out the rest.")
    shown, left = set_beside(_points(_text(Path(values.measured))))
    sheet = Sheet(width(), wants_colour(sys.stdout))
    sheet.heading("Measured, and what the model says")
    sheet.say(
        "Occupancy in percent. The model is an average adult; 90 of 100 people lie in its range. Nothing of your file is kept."
    )
    if shown:
        first = max(20, sheet.width - 4 * 15)
        names = ("Measured", "Model", "90 of 100", "Model is off by")
        columns = (Column("Measurement", first), *(Column(name, 13) for name in names))
        sheet.table(columns, [(_row(beside), ()) for beside in shown])
        meets = sum(b.measured[1] >= b.low and b.measured[0] <= b.high for b in shown)
        sheet.say(f"The range of the model meets {meets} of {len(shown)}.")
    for point in left:
        sheet.item(
            f"{_name(point)}: no curve of this medicine, form and target may be used, so nothing is set beside it."
        )
    say(sheet.text())
    return exits.DONE


def _name(point: MeasuredPoint) -> str:
    return f"{point.medicine} {point.dose_mg.normalize():f} mg{f', {point.target}' if point.target else ''}"


def _row(beside: Beside) -> tuple[str, ...]:
    low, high = beside.measured
    off = "within" if beside.missed_by == 0 else f"{beside.missed_by:+.0f} points"
    found = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return row_name(beside), found, f"{beside.model:.0f}", f"{beside.low:.0f} to {beside.high:.0f}", off


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise EaseoffError(f"“{path.name[:60]}” is too large.", "Give at most 500 rows.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EaseoffError(f"“{path.name[:60]}” is not a text file.", "Save it as UTF-8 CSV.") from None
    except OSError as problem:
        raise EaseoffError(f"“{tidy(str(path))[:60]}” cannot be read.",
                           f"{problem.strerror or 'Check the file'}.") from None  # fmt: skip


def _points(text: str) -> list[MeasuredPoint]:
    try:
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error:
        raise EaseoffError("This is not a CSV file that we can read.", _WANTED) from None
    names = set(rows[0]) if rows else set()
    if not {"medicine", "dose_mg"} <= names or not ("occupancy_percent" in names or {"low", "high"} <= names):
        raise EaseoffError("The columns of measurements are not there.", _WANTED)
    if len(rows) > _MOST_ROWS:
        raise EaseoffError(f"{len(rows)} rows are too many.", f"Give at most {_MOST_ROWS}.")
    return [_point(row, number) for number, row in enumerate(rows, 2)]


def _point(row: Mapping[str, str | None], number: int) -> MeasuredPoint:
    def word(name: str) -> str:
        return tidy(row.get(name) or "").strip()

    def value(name: str, most: Decimal, *, above: Decimal | None = None) -> Decimal | None:
        if not word(name):
            return None
        try:
            found = Decimal(word(name))
        except InvalidOperation:
            found = Decimal("NaN")
        if not (found.is_finite() and 0 <= found <= most) or found == above:
            raise EaseoffError(f"Row {number}: “{word(name)[:20]}” cannot be {name}.",
                               f"Give a number {'above' if above is not None else 'from'} 0{' up' if above is not None else ''} to {most}.")  # fmt: skip
        return found

    dose = value("dose_mg", _MOST_MG, above=Decimal(0))
    mean, low, high = (value(name, Decimal(100)) for name in ("occupancy_percent", "low", "high"))
    if dose is None or (mean is None and (low is None or high is None)):
        raise EaseoffError(f"Row {number}: the dose or what was measured is missing.", _WANTED)
    if low is not None and high is not None and low > high:
        raise EaseoffError(f"Row {number}: low is above high.", "Swap them.")
    return MeasuredPoint(
        find_medicine(word("medicine")), word("formulation"), word("target"), word("region"), dose, None,
        value("time_h", _MOST_HOURS), mean, low, high, None, _OWN,
    )  # fmt: skip
