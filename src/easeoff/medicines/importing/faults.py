"""What can be wrong with an official release: which file, which row, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from easeoff.quantities import EaseoffError

_MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a release: ``row`` is a line of the file (0 for the whole file), ``record`` the code there."""

    file: str
    row: int
    record: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file} line {self.row}" if self.row else self.file
        return f"{place} ({self.record}): {self.reason}" if self.record else f"{place}: {self.reason}"


class ImportRefused(EaseoffError):  # noqa: N818
    """Nothing was imported. ``faults`` names each row and its reason."""

    def __init__(self, faults: Sequence[Fault], hint: str = "") -> None:
        shown = "; ".join(str(fault) for fault in faults[:_MOST_SHOWN])
        more = f"; and {len(faults) - _MOST_SHOWN} more" if len(faults) > _MOST_SHOWN else ""
        hint = hint or "Get the whole release again from its publisher, and give all of its files."
        super().__init__(f"Nothing was imported. {shown}{more}.", hint)
        self.faults = tuple(faults)


class RowFault(Exception):  # noqa: N818
    """One product cannot be read. It is left out of the proposal and reported with this reason."""


def refuse(file: str, reason: str, row: int = 0, record: str = "", hint: str = "") -> ImportRefused:
    """The refusal for one fault, to be raised."""
    return ImportRefused((Fault(file, row, record, reason),), hint)
