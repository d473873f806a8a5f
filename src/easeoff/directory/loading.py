"""Reading the directory's own entries from ``data/directory/services.csv``, strictly."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from easeoff.directory.model import DrugClass, Kind, Service, Status
from easeoff.medicines.files import DATA_ROOT, DataError, Row, choice, read_rows

#: The columns that hold several values with a semicolon between them.
LIST_COLUMNS = frozenset({"drug_classes", "languages", "evidence_url", "old_names", "old_numbers", "places"})
#: The columns that hold yes or no.
YES_NO_COLUMNS = frozenset({"on_founding_page", "online", "do_not_list"})
#: Every column, in the order of the file.
COLUMNS = (
    "id", "name", "kind", "country", "area", "phone", "text_line", "url", "email", "hours", "drug_classes", "offers",
    "languages", "cost", "status", "successor_id", "on_founding_page", "evidence_url", "evidence_date",
    "last_human_check", "note", "old_names", "old_numbers", "places", "online", "stance", "do_not_list",
)  # fmt: skip


@lru_cache(maxsize=4)
def load_services(root: Path = DATA_ROOT) -> tuple[Service, ...]:
    """Every entry that Easeoff ships with. Raises `DataError`."""
    path = root / "directory" / "services.csv"
    services = tuple(to_service(row, f"{path.name} row {n}") for n, row in enumerate(read_rows(path), 2))
    known: set[str] = set()
    for service in services:
        if service.id in known:
            raise DataError(service.id, "another service has this id")
        known.add(service.id)
    for service in services:
        if service.successor_id and service.successor_id not in known:
            raise DataError(service.id, f"its successor {service.successor_id!r} is not in the list")
    return services


def to_service(row: Row, where: str) -> Service:
    """One row as a service. Raises `DataError`, naming ``where``."""
    missing = [column for column in COLUMNS if column not in row]
    if missing:
        raise DataError(where, f"the column {missing[0]} is missing")
    if not row["id"] or not row["name"]:
        raise DataError(where, "it has no id or no name")
    return Service(
        id=row["id"],
        name=row["name"],
        kind=choice(Kind, row["kind"], where),
        country=row["country"],
        area=row["area"],
        phone=row["phone"],
        text_line=row["text_line"],
        url=row["url"],
        email=row["email"],
        hours=row["hours"],
        drug_classes=tuple(choice(DrugClass, name, where) for name in several(row["drug_classes"])),
        offers=row["offers"],
        languages=several(row["languages"]),
        cost=row["cost"],
        status=choice(Status, row["status"], where),
        successor_id=row["successor_id"],
        on_founding_page=yes_no(row["on_founding_page"], where),
        evidence_url=several(row["evidence_url"]),
        evidence_date=row["evidence_date"],
        last_human_check=optional_date(row["last_human_check"], where),
        note=row["note"],
        old_names=several(row["old_names"]),
        old_numbers=several(row["old_numbers"]),
        places=several(row["places"]),
        online=yes_no(row["online"], where),
        stance=row["stance"],
        do_not_list=yes_no(row["do_not_list"], where),
    )


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds a list."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def yes_no(cell: str, where: str) -> bool:
    """``yes`` or ``no``. Raises `DataError` for anything else."""
    if cell not in ("yes", "no"):
        raise DataError(where, f"{cell!r} is not yes or no")
    return cell == "yes"


def optional_date(cell: str, where: str) -> date | None:
    """An ISO date, or ``None`` for an empty cell. Raises `DataError`."""
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise DataError(where, f"{cell!r} is not a date such as 2026-05-03") from error
