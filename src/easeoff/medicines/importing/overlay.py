"""The review overlay: what a person decided about listed products. Imports never write it; it is laid on top.

``data/overlay/<country>.csv`` has one decision a row. ``who`` is a role (pharmacist), never a name.

exclude: the code is left out. correct: ``field`` of the code is ``value``. note: ``value`` is added to its note.
keep: the code cannot be read in the release, and the row that we have of it is right and stays.
confirm: what the code has changed to (``field`` such as strength, ``value`` such as 25 mg) was looked at and is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from easeoff.medicines.files import DataError, Row, read_rows
from easeoff.medicines.importing.difference import Change
from easeoff.medicines.importing.faults import RowFault
from easeoff.medicines.importing.ids import strength_of_row
from easeoff.medicines.importing.listing import ProductRow

COLUMNS = ("code", "action", "field", "value", "who", "when", "why")
ACTIONS = ("exclude", "correct", "note", "confirm", "keep")
#: What a person may correct; the mg columns follow from the strength.
CORRECTABLE = frozenset({
    "availability", "combination_with", "form", "form_group", "medicine", "name", "note", "pack_sizes", "per_unit",
    "per_value", "product_name", "release", "route", "score", "strength_unit", "strength_value",
})  # fmt: skip
#: What may change under a code once a person has confirmed it.
CONFIRMABLE = frozenset({"combination_with", "form_group", "medicine", "release", "strength"})


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the overlay."""

    code: str
    action: str
    field: str
    value: str
    who: str
    when: date
    why: str


def read_overlay(path: Path) -> tuple[Decision, ...]:
    """The decisions of one country; none where there is no file. Raises `DataError`."""
    if not path.is_file():
        return ()
    read_rows.cache_clear()
    return tuple(
        _decision(row, f"overlay/{path.name} row {place}") for place, row in enumerate(read_rows(path), 2)
    )


def apply_overlay(
    rows: Sequence[ProductRow], decisions: Sequence[Decision], classes: dict[str, str]
) -> list[ProductRow]:
    """The rows with the decisions laid on top. A corrected code leaves the row that it shared with others."""
    by_code: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_code.setdefault(decision.code, []).append(decision)
    result: list[ProductRow] = []
    for row in rows:
        rest = []
        for code in row.codes:
            said = [d for d in by_code.get(code, ()) if d.action not in ("confirm", "keep")]
            if not said:
                rest.append(code)
            elif all(decision.action != "exclude" for decision in said):
                result.append(_corrected(replace(row, id="", product_code=code), said, classes))
        if rest:
            same = len(rest) == len(row.codes)
            result.append(row if same else replace(row, product_code="|".join(rest)))
    return _joined(result)


def undecided(changes: Sequence[Change], decisions: Sequence[Decision]) -> tuple[Change, ...]:
    """Of the changes that need a decision, those that have none."""
    return tuple(
        change for change in changes if not all(_decided(change, code, decisions) for code in change.codes)
    )


def _decided(change: Change, code: str, decisions: Sequence[Decision]) -> bool:
    said = [decision for decision in decisions if decision.code == code]
    if any(decision.action in ("exclude", "keep") for decision in said):
        return True
    return any((d.action, d.field, d.value) == ("confirm", change.field, change.new) for d in said)


def _corrected(row: ProductRow, said: Sequence[Decision], classes: dict[str, str]) -> ProductRow:
    for decision in said:
        if decision.action == "note":
            row = replace(row, note="; ".join(filter(None, [row.note, decision.value])))
        else:
            row = replace(row, **{decision.field: decision.value})  # type: ignore[arg-type]
    row = replace(row, drug_class=classes.get(row.medicine, row.drug_class))
    try:
        amount = strength_of_row(row)
        return replace(row, mg_per_unit=amount.mg_per_unit, mg_per_ml=amount.mg_per_ml)
    except (RowFault, ArithmeticError, ValueError):
        return row  # the row checks name the fault


def _joined(rows: Sequence[ProductRow]) -> list[ProductRow]:
    """Corrected codes that have become the same thing share a row again."""
    found: dict[object, ProductRow] = {}
    for row in rows:
        key = (row.country == "GB" and row.product_code) or replace(
            row,
            id="",
            name="",
            product_name="",
            product_code="",
            pack_sizes="",
            origin=("", 0),
            previous_codes=(),
        )
        if key in found:
            other = found[key]
            packs = sorted({*other.pack_sizes.split("|"), *row.pack_sizes.split("|")} - {""}, key=float)
            codes = "|".join(sorted({*other.codes, *row.codes}))
            row = replace(other, product_code=codes, pack_sizes="|".join(packs))
        found[key] = row
    return list(found.values())


def _decision(row: Row, where: str) -> Decision:
    if tuple(row) != COLUMNS:
        raise DataError(where, f"its columns are not {', '.join(COLUMNS)}")
    if row["action"] not in ACTIONS:
        raise DataError(where, f"action {row['action']!r} is not one of {', '.join(ACTIONS)}")
    if row["action"] == "correct" and row["field"] not in CORRECTABLE:
        raise DataError(where, f"field {row['field']!r} cannot be corrected")
    for name in ("code", "who", "why"):
        if not row[name].strip():
            raise DataError(where, f"“{name}” is empty")
    if row["action"] == "note" and not row["value"]:
        raise DataError(where, "“value” is empty")
    if row["action"] == "confirm" and row["field"] not in CONFIRMABLE:
        raise DataError(where, f"field {row['field']!r} cannot be confirmed")
    try:
        when = date.fromisoformat(row["when"])
    except ValueError as error:
        raise DataError(where, f"“when” is not a date such as 2026-11-23: {row['when']!r}") from error
    return Decision(row["code"], row["action"], row["field"], row["value"], row["who"], when, row["why"])
