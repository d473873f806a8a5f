"""Reading the data files: where they are, and the strict reading of TOML and CSV."""

from __future__ import annotations

import csv
import tomllib
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from easeoff.quantities import EaseoffError

#: The curated data that Easeoff ships with.
DATA_ROOT = Path(__file__).resolve().parent.parent / "data"

Record = dict[str, Any]
Row = dict[str, str]
Word = TypeVar("Word", bound=StrEnum)


class DataError(EaseoffError):
    """A data file that does not say what it should. ``where`` names the record."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"The data has a fault at {where}: {what}.", "Run “easeoff data check” to see all.")
        self.where = where
        self.what = what


@lru_cache(maxsize=256)
def read_toml(path: Path) -> Record:
    """One TOML file, numbers with a point as ``Decimal``; not to be changed. Raises `DataError`."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(path.name, f"it is not valid TOML ({error})") from error


@lru_cache(maxsize=256)
def read_rows(path: Path) -> tuple[Row, ...]:
    """The rows of one CSV file; not to be changed. Raises `DataError` where a row is too long or short."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        rows = []
        for number, cells in enumerate(reader, start=2):
            if len(cells) != len(header):
                what = f"{len(cells)} cells where the header has {len(header)}"
                raise DataError(f"{path.name} row {number}", what)
            rows.append(dict(zip(header, cells, strict=True)))
    return tuple(rows)


def decimal(value: object, where: str) -> Decimal:
    """A number of a data file. Raises `DataError`, for a float too: it is not what was written."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise DataError(where, f"{value!r} is not a number")
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise DataError(where, f"{value!r} is not a number") from error
    if not number.is_finite():
        raise DataError(where, f"{value!r} is not a number")
    return number


def optional_decimal(value: object, where: str) -> Decimal | None:
    """The same, or ``None`` for an empty cell or a missing key."""
    return None if value is None or value == "" else decimal(value, where)


def split(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several, with ``|`` between them."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def choice(kind: type[Word], value: str, where: str) -> Word:
    """A word out of a fixed set. Raises `DataError`, naming the set."""
    try:
        return kind(value)
    except ValueError as error:
        raise DataError(where, f"{value!r} is not one of {', '.join(kind)}") from error
