"""The directory as a CSV file, out and in.

A spreadsheet runs a cell that begins with ``= + - @``, a tab or a line break. In the columns of free text such a
cell gets an apostrophe in front, and so does one that begins with an apostrophe; reading takes exactly one off.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from easeoff.directory.loading import COLUMNS
from easeoff.directory.model import Service
from easeoff.directory.proposals import ProposedChange, propose
from easeoff.directory.rows import to_row
from easeoff.directory.tombstones import by_id
from easeoff.quantities import EaseoffError

#: The columns that hold what people wrote freely.
FREE_TEXT = frozenset({"name", "area", "hours", "offers", "cost", "note", "old_names", "places", "stance"})
#: How large a file may be, in letters, and how many rows it may have.
LARGEST_FILE = 5_000_000
MOST_ROWS = 50_000
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARK = "'"


def escape_cell(text: str) -> str:
    """``text`` with an apostrophe in front where a spreadsheet would run it."""
    return f"{_MARK}{text}" if text.startswith((*_RUNS, _MARK)) else text


def unescape_cell(text: str) -> str:
    """What `escape_cell` was given."""
    return text[1:] if text.startswith(_MARK) and text[1:2] in (*_RUNS, _MARK) else text


def to_csv(services: Iterable[Service]) -> str:
    """Every column of the services, with a header; free text escaped."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for service in services:
        row = to_row(service)
        writer.writerow(
            {name: escape_cell(cell) if name in FREE_TEXT else cell for name, cell in row.items()}
        )
    return out.getvalue()


def from_csv(text: str, known: Iterable[Service]) -> tuple[ProposedChange, ...]:
    """What a CSV file would change, for the review queue; nothing is taken over.

    The file needs a column ``id``; columns that are missing are left as they are. A service that the file
    leaves out is left as it is. Raises `EaseoffError`, naming the row, where the file cannot be read.
    """
    held = by_id(known)
    proposed = []
    seen: set[str] = set()
    for number, row in _rows(text):
        change = propose(row, held, f"Row {number}")
        if row["id"].strip() in seen:
            raise EaseoffError(
                f"Row {number} has an id that stands in the file twice.", "Keep one row for each service."
            )
        seen.add(row["id"].strip())
        if change is not None:
            proposed.append(change)
    return tuple(proposed)


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    if len(text) > LARGEST_FILE:
        raise EaseoffError(
            "This file is too large.", f"A file may have {LARGEST_FILE // 1_000_000} million letters."
        )
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    number = 1
    try:
        header = _header(next(reader, []))
        for number, cells in enumerate(reader, 2):
            if number > MOST_ROWS:
                raise EaseoffError("This file has too many rows.", f"A file may have {MOST_ROWS} rows.")
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                what = f"Row {number} does not have as many cells as the first row, which has {len(header)}."
                raise EaseoffError(what, "Save the file as CSV with commas and import it again.")
            yield number, {name: unescape_cell(cell) if name in FREE_TEXT else cell
                           for name, cell in zip(header, cells, strict=True)}  # fmt: skip
    except csv.Error as error:
        raise EaseoffError(
            f"Row {number} or the next cannot be read as CSV.", "Save the file as CSV with commas."
        ) from error


def _header(cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    if "id" not in names:
        raise EaseoffError(
            "The first row has no column “id”.", "Begin with an export of this directory and change that."
        )
    for name in names:
        if name not in COLUMNS:
            raise EaseoffError(f"We do not know the column “{name[:40]}”.", f"Use {', '.join(COLUMNS)}.")
        if names.count(name) > 1:
            raise EaseoffError(f"The column “{name}” stands there twice.", "Keep one of them.")
    return names
