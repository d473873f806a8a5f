"""BDPM (France): ``CIS_bdpm.txt``, ``CIS_COMPO_bdpm.txt`` and, where it is given, ``CIS_CIP_bdpm.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from easeoff.medicines.importing.faults import refuse
from easeoff.medicines.importing.readers import Add, Advance, pick
from easeoff.medicines.importing.store import Store, Table
from easeoff.medicines.importing.textrecords import plain_rows

_ROLES = {"cis_bdpm.txt": "cis", "cis_compo_bdpm.txt": "compo", "cis_cip_bdpm.txt": "cip"}
_WIDTHS = {"cis": 12, "compo": 8, "cip": 13}
TABLES = (
    Table("cis", ("code", "name", "form", "routes", "status", "marketed", "approved")),
    Table("compo", ("code", "substance", "amount", "reference", "nature", "link"), 0, ("code",)),
    Table("cip", ("cip13", "code", "pack", "marketed"), index=("code",)),
)


def roles(paths: Sequence[Path]) -> dict[str, Path]:
    """Which file is which. Raises `ImportRefused` where the products or their composition are missing."""
    found = pick(paths, lambda name: _ROLES.get(name, ""))
    for file, role in list(_ROLES.items())[:2]:
        if role not in found:
            raise refuse(
                "BDPM", f"{file.replace('cis', 'CIS', 1)} is missing", hint="Give the BDPM files of one day."
            )
    return found


def load(role: str, path: Path, add: Add, advance: Advance) -> None:
    """Read one file. The encodings differ inside one download, so each file is looked at by itself."""
    rows = 0
    for line, cells in _rows(path, role, advance):
        row = [" ".join(cell.split()) for cell in cells]
        if not re.fullmatch(r"\d{8}", row[0]):
            raise refuse(path.name, "its CIS code is not eight digits", line, row[0])
        rows += 1
        if role == "cis":
            add("cis", line, (row[0], row[1], row[2], row[3], row[4], row[6], row[7]))
        elif role == "compo":
            add("compo", line, (row[0], row[3], row[4], row[5], row[6], row[7]))
        else:
            add("cip", line, (row[6], row[0], row[2], row[4]))
    if not rows:
        raise refuse(path.name, "it holds no row")


def _rows(path: Path, role: str, advance: Advance) -> Iterator[tuple[int, list[str]]]:
    """The rows; the composition file ends each line with a tab, the last field of the others may be empty."""
    with path.open("rb") as file:
        tabs = file.readline().rstrip(b"\r\n").count(b"\t")
    width = tabs + 1 if role == "compo" and tabs == _WIDTHS[role] else _WIDTHS[role]
    return plain_rows(path, "\t", width, advance)


def released(_found: Mapping[str, Path], store: Store) -> date | None:
    """The newest authorisation: the files do not say when they were made."""
    days = [day for (text,) in store.rows("SELECT DISTINCT approved FROM cis") if (day := _day(text))]
    return max(days, default=None)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a civil date without a time
    except ValueError:
        return None
