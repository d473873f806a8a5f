"""What an import would change: rows that are new, gone or changed, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Literal

from easeoff.medicines.importing.faults import Fault
from easeoff.medicines.importing.ids import match_rows, strength_of_row
from easeoff.medicines.importing.listing import ProductRow

#: Columns that change with every release and say nothing of the product.
_PASSING = frozenset({"id", "name", "source_id", "source_date", "origin", "previous_codes"})
#: What a code stands for. Where one of these changes under the same code, a person decides.
_WHAT_IT_IS = ("medicine", "form_group", "release", "combination_with")


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the report. ``decide`` marks what may not be accepted before a person has decided on it."""

    kind: Literal["new", "gone", "changed"]
    id: str
    codes: tuple[str, ...]
    field: str
    old: str
    new: str
    reason: str
    decide: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """Every change, in the order new, gone, changed."""

    changes: tuple[Change, ...]
    unchanged: int

    def of(self, kind: Literal["new", "gone", "changed"]) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def to_decide(self) -> tuple[Change, ...]:
        """What needs a person's decision first: another strength, form or release under the same code, or a listed row left out."""
        return tuple(change for change in self.changes if change.decide)


def difference(
    old: Sequence[ProductRow], new: Sequence[ProductRow], left_out: Sequence[Fault] = ()
) -> Difference:
    """Compare two lists of one country. ``left_out`` are the products of the release that could not be read."""
    matched = match_rows(old, new)
    kept = set(matched.values())
    reasons = {fault.record: fault for fault in left_out}
    now = {code: row for row in new for code in row.codes}
    was = {code: row for row in old for code in row.codes}
    added = [_added(row, was) for place, row in enumerate(new) if place not in matched]
    gone = [_gone(row, now, reasons) for place, row in enumerate(old) if place not in kept]
    changed = [change for place, at in matched.items() for change in _changed(old[at], new[place])]
    changed += [
        change for place, at in matched.items() for change in _lost(old[at], new[place], now, reasons)
    ]
    changed += _other_things(was, now)
    unchanged = len(matched) - len({change.id for change in changed} & {new[place].id for place in matched})
    return Difference((*added, *gone, *changed), unchanged)


def _added(row: ProductRow, was: dict[str, ProductRow]) -> Change:
    moved = sorted({was[code].id for code in row.codes if code in was})
    reason = f"its codes were in {', '.join(moved)}" if moved else "none of its codes was listed before"
    return Change("new", row.id, row.codes, "", "", row.product_name, reason)


def _gone(row: ProductRow, now: dict[str, ProductRow], reasons: dict[str, Fault]) -> Change:
    unread = [reasons[code] for code in row.codes if code in reasons]
    moved = sorted({now[code].id or now[code].product_name for code in row.codes if code in now})
    if unread:
        reason = f"left out: {unread[0]}"
    elif moved:
        reason = f"its codes are now in {', '.join(moved)}"
    else:
        reason = "none of its codes is in the release"
    return Change("gone", row.id, row.codes, "", row.product_name, "", reason, decide=bool(unread))


def _changed(old: ProductRow, new: ProductRow) -> list[Change]:
    found = []
    for item in fields(ProductRow):
        before, after = getattr(old, item.name), getattr(new, item.name)
        if item.name in _PASSING or before == after:
            continue
        if item.name == "product_code" and set(old.codes) == set(new.codes):
            continue
        reason = f"the release now says so ({new.origin[0]} line {new.origin[1]})" if new.origin[0] else ""
        name = "class" if item.name == "drug_class" else item.name
        found.append(Change("changed", new.id or old.id, new.codes, name, before, after, reason))
    return found


def _lost(
    old: ProductRow, new: ProductRow, now: dict[str, ProductRow], reasons: dict[str, Fault]
) -> list[Change]:
    """Codes of a row that stays which the release holds but that could not be read."""
    codes = [code for code in old.codes if code not in now and code in reasons]
    return [Change("changed", new.id or old.id, (code,), "product_code", code, "", f"left out: {reasons[code]}", True)
            for code in codes]  # fmt: skip


def _other_things(was: dict[str, ProductRow], now: dict[str, ProductRow]) -> list[Change]:
    """Codes that stand for something else now: a dose or a way of taking it could be wrong unseen."""
    found = []
    for code in sorted(was.keys() & now.keys()):
        old, new = was[code], now[code]
        pairs = {name: (getattr(old, name), getattr(new, name)) for name in _WHAT_IT_IS}
        amounts = strength_of_row(old), strength_of_row(new)
        if amounts[0].ratio != amounts[1].ratio:
            pairs["strength"] = str(amounts[0]), str(amounts[1])
        for name, (before, after) in pairs.items():
            if before != after:
                reason = f"the same code has another {name} now ({new.origin[0]} line {new.origin[1]})"
                found.append(Change("changed", new.id, (code,), name, before, after, reason, decide=True))
    return found
