"""Quantiles over very many people, one row a day, as CSV or Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import timedelta

from easeoff.pharmacology.kinetics import Floats
from easeoff.quantities import EaseoffError
from easeoff.simulating.crowd import QUANTILES, STATS
from easeoff.simulating.schedules import LEAD_DAYS, Stretch

Column = list[int] | list[float] | list[str]


def quantile_columns(
    stretches: Sequence[Stretch], found: Floats, what: str, names: Sequence[str] = STATS
) -> dict[str, Column]:
    """``found`` (3, days, quantiles) by column; ``what`` is ``points`` or ``level``, ``names`` what was counted."""
    columns: dict[str, Column] = {"day": list(range(-LEAD_DAYS, found.shape[1] - LEAD_DAYS))}
    dates, steps, doses = list[str](), list[int](), list[float]()
    for stretch in stretches:
        for day in range(stretch.days):
            dates.append("" if stretch.start is None else (stretch.start + timedelta(days=day)).isoformat())
            steps.append(stretch.number)
            doses.append(stretch.mg)
    columns |= {"date": dates, "step": steps, "dose_mg": doses}
    for stat, name in enumerate(names):
        for column, percent in enumerate(QUANTILES):
            columns[f"{what}_{name}_p{percent:02d}"] = [round(float(x), 3) for x in found[stat, :, column]]
    return columns


def quantile_csv(columns: dict[str, Column]) -> bytes:
    """The columns as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue().encode("utf-8")


def quantile_parquet(columns: dict[str, Column], notes: dict[str, str]) -> bytes:
    """The columns as Parquet, with ``notes`` in its metadata. Raises `EaseoffError` without pyarrow."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise EaseoffError("Parquet needs pyarrow, which is not installed.",
                           "Name a file that ends in .csv, or install Easeoff with its extra “parquet”.") from None  # fmt: skip
    table = pyarrow.table(columns).replace_schema_metadata(notes)
    held = io.BytesIO()
    parquet.write_table(table, held)
    return held.getvalue()
