"""One service as a row of text, in the columns of ``services.csv``."""

from __future__ import annotations

from datetime import date

from easeoff.directory.loading import COLUMNS
from easeoff.directory.model import Service


def to_row(service: Service) -> dict[str, str]:
    """Every column of one service as text."""
    return {column: _cell(getattr(service, column)) for column in COLUMNS}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)
