"""Health Canada DPD: ``drug``, ``ingred``, ``form``, ``route``, ``package`` and ``status`` of the data extract."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from easeoff.medicines.importing.faults import refuse
from easeoff.medicines.importing.readers import Add, Advance, pick
from easeoff.medicines.importing.store import Store, Table
from easeoff.medicines.importing.textrecords import quoted_rows

_WIDTHS = {"drug": 14, "ingred": 15, "form": 4, "route": 4, "package": 8, "status": 7}
TABLES = (
    Table("drug", ("code", "class", "din", "brand", "updated")),
    Table("ingred", ("code", "substance", "strength", "unit", "per", "per_unit"), 0, ("code",)),
    Table("form", ("code", "form"), 0, ("code",)),
    Table("route", ("code", "route"), 0, ("code",)),
    Table("package", ("code", "pack"), 0, ("code",)),
    Table("status", ("code", "status")),
)
#: Which fields of each file are kept.
_KEPT = {
    "drug": (0, 2, 3, 4, 9), "ingred": (0, 2, 4, 5, 7, 9), "form": (0, 2), "route": (0, 2), "package": (0, 5),
    "status": (0, 2),
}  # fmt: skip


def roles(paths: Sequence[Path]) -> dict[str, Path]:
    """Which file is which. Raises `ImportRefused` where one is missing."""
    found = pick(paths, lambda name: name[:-4] if name[:-4] in _WIDTHS and name.endswith(".txt") else "")
    for role in _WIDTHS:
        if role not in found:
            raise refuse("DPD", f"{role}.txt is missing", hint="Give the files of one DPD extract.")
    return found


def load(role: str, path: Path, add: Add, advance: Advance) -> None:
    """Read one file, with or without a header row. Of the status history only the current one is kept."""
    rows = 0
    for line, cells in quoted_rows(path, _WIDTHS[role], advance):
        if line == 1 and cells[0].upper() == "DRUG_CODE":
            continue
        if not re.fullmatch(r"\d{1,9}", cells[0]):
            raise refuse(path.name, "its drug code is not a number", line, cells[0])
        rows += 1
        if role == "status" and cells[1] != "Y":
            continue
        if role == "drug" and cells[2] == "Human" and not re.fullmatch(r"\d{8}", cells[3]):
            raise refuse(path.name, "its DIN is not eight digits", line, cells[3])
        add(role, line, tuple(" ".join(cells[place].split()) for place in _KEPT[role]))
    if not rows:
        raise refuse(path.name, "it holds no row")


def released(_found: Mapping[str, Path], store: Store) -> date | None:
    """The newest change of a product: the files do not say when they were made."""
    days = [day for (text,) in store.rows("SELECT DISTINCT updated FROM drug") if (day := _day(text))]
    return max(days, default=None)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d-%b-%Y").date()  # noqa: DTZ007 - a civil date without a time
    except ValueError:
        return None
