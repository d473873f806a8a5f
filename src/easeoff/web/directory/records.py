"""Between the table and the core: a record as a `Service`, a `Service` as the fields of a record."""

from __future__ import annotations

from typing import Any

from easeoff.directory import COLUMNS, Service, to_row
from easeoff.directory.loading import YES_NO_COLUMNS, optional_date, to_service
from easeoff.web.directory.models import ServiceRecord

#: Columns of ``services.csv`` whose field has another name here.
_OTHER_NAMES = {
    "id": "slug", "area": "service_area", "hours": "schedule", "offers": "description", "cost": "fees_description",
    "successor_id": "successor_slug", "last_human_check": "assured_date", "old_names": "alternate_name",
}  # fmt: skip
#: Each column of ``services.csv`` with its field of `ServiceRecord`.
FIELD_OF = {column: _OTHER_NAMES.get(column, column) for column in COLUMNS}
COLUMN_OF = {field: column for column, field in FIELD_OF.items()}


def row_of(record: ServiceRecord) -> dict[str, str]:
    """Every column as the CSV file writes it."""
    return {column: _cell(getattr(record, field)) for column, field in FIELD_OF.items()}


def service_of(record: ServiceRecord) -> Service:
    """The record as the core knows it. Raises `DataError` where no service could be like that."""
    return to_service(row_of(record), record.slug)


def fields_of(service: Service) -> dict[str, Any]:
    """The fields of a record that would hold ``service``."""
    return fields_of_row(to_row(service))


def fields_of_row(row: dict[str, str]) -> dict[str, Any]:
    """The fields of a record that would hold a row of the CSV file."""
    return {field: _value(column, row[column]) for column, field in FIELD_OF.items()}


def _value(column: str, cell: str) -> object:
    if column in YES_NO_COLUMNS:
        return cell == "yes"
    return optional_date(cell, column) if column == "last_human_check" else cell


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
