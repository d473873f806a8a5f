"""Draws 60 numbers from the data, always the same ones, so that each can be traced to its source by hand.

``python docs/sample_numbers.py`` prints them as CSV. ``--check`` says whether docs/reference/sample-of-60.csv still holds
these numbers: where the data has changed, the trace has to be made again. Numbers that came in after the drawing and were
each traced, with the words that were read, stand in docs/reference/traced-later.csv: they are not drawn from, so that the
first trace stands, and the data has to hold every one of them.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from easeoff.medicines.files import DATA_ROOT, read_rows, read_toml

RESULTS = Path(__file__).resolve().parent / "reference" / "sample-of-60.csv"
LATER = RESULTS.with_name("traced-later.csv")
SEED = 20261123
#: How many of each kind, so that no kind is left out because another has more rows.
SHARES = {"products": 24, "curves": 8, "half-lives": 14, "equivalents": 8, "properties": 3, "paces": 3}
COLUMNS = ("kind", "file", "record", "field", "value", "source")

Number = tuple[str, str, str, str, str, str]


def sample() -> list[Number]:
    """The 60 numbers: kind, file, record, field, value, source."""
    draw, later = random.Random(SEED), set(traced(LATER))
    drawn: list[Number] = []
    for kind, numbers in _numbers().items():
        drawn += sorted(draw.sample(sorted(set(numbers) - later), SHARES[kind]))
    return drawn


def traced(path: Path) -> list[Number]:
    """The numbers that a file of traces holds."""
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row[column] for column in COLUMNS) for row in csv.DictReader(file)]  # type: ignore[misc]


def no_longer_held() -> list[Number]:
    """Numbers of `LATER` that the data does not hold as they were traced."""
    held = {number for numbers in _numbers().values() for number in numbers}
    return [number for number in traced(LATER) if number not in held]


def _numbers() -> dict[str, list[Number]]:
    found: dict[str, list[Number]] = {kind: [] for kind in SHARES}
    for number in (*_products(), *_medicines(), *_equivalents(), *_properties(), *_paces()):
        found[number[0]].append(number)
    return found


def _products() -> Iterator[Number]:
    for path in sorted((DATA_ROOT / "products").glob("*/*.csv")):
        for row in read_rows(path):
            for field in ("strength_value", "lowest_price"):
                if row[field]:
                    name = path.relative_to(DATA_ROOT).as_posix()
                    yield ("products", name, row["id"], field, row[field], row["source_id"])


def _medicines() -> Iterator[Number]:
    for path in sorted((DATA_ROOT / "medicines").glob("*.toml")):
        record = read_toml(path)
        yield from _tables("curves", path.name, record.get("curve", []), ("emax_percent", "ed50_mg"))
        fields = ("hours", "low_hours", "high_hours", "metabolite_hours")
        yield from _tables("half-lives", path.name, record.get("half_life", []), fields)


def _tables(kind: str, name: str, tables: list[dict[str, Any]], fields: tuple[str, ...]) -> Iterator[Number]:
    for place, table in enumerate(tables, 1):
        for field in fields:
            if field in table:
                yield (kind, f"medicines/{name}", f"{place:02}", field, str(table[field]), table["source"])


def _equivalents() -> Iterator[Number]:
    for row in read_rows(DATA_ROOT / "dose_equivalences.csv"):
        record = f"{row['table']}: {row['reference_medicine']} to {row['medicine']}"
        yield ("equivalents", "dose_equivalences.csv", record, "low_mg", row["low_mg"], row["source"])


def _properties() -> Iterator[Number]:
    for path in sorted((DATA_ROOT / "product_properties").glob("*.csv")):
        for row in read_rows(path):
            if row["value"].isdigit():
                record = f"{row['form_group']} {row['pattern']}"
                name = path.relative_to(DATA_ROOT).as_posix()
                yield ("properties", name, record, row["property"], row["value"], row["source"])


def _paces() -> Iterator[Number]:
    for pace in read_toml(DATA_ROOT / "paces.toml")["pace"]:
        for field in ("limit", "days"):
            yield ("paces", "paces.toml", pace["id"], field, str(pace[field]), pace["sources"][0])


def main(arguments: list[str]) -> int:
    """Print the numbers, or with ``--check`` compare them with the recorded trace."""
    drawn = sample()
    if "--check" not in arguments:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([COLUMNS, *drawn])
        return 0
    if traced(RESULTS) == drawn and not no_longer_held():
        return 0
    sys.stderr.write("sample-of-60.csv holds other numbers than are drawn now, or traced-later.csv numbers that the data does\n"
                     "not hold. Trace what is new or has changed.\n")  # fmt: skip
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
