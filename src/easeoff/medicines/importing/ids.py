"""Ids for imported rows. A row that is already in the data keeps its id and its name: plans refer to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from easeoff.medicines.importing.faults import RowFault
from easeoff.medicines.importing.listing import ProductRow
from easeoff.medicines.importing.strengths import Strength
from easeoff.quantities import exact_decimal, plain

_PARTNER = re.compile(r"with ([a-z]+) ([\d.]+ [a-z]+)")
_SUPPLY = {"licensed_listed": "", "special_tariff": "tariff"}


def strength_of_row(row: ProductRow) -> Strength:
    """The label's strength from the columns of a row. Raises `RowFault`."""
    if row.strength_unit not in ("mg", "microgram", "g"):
        raise RowFault(f"the strength unit “{row.strength_unit}” is not one that can be read")
    per = Decimal(row.per_value) if row.per_value else None
    return Strength(Decimal(row.strength_value), row.strength_unit, per, row.per_unit)


def kind_of_row(row: ProductRow) -> tuple[str, str, tuple[Fraction, str], str, str]:
    """What makes two rows the same thing to take: medicine, form group, strength, release and partners."""
    return row.medicine, row.form_group, strength_of_row(row).ratio, row.release, row.combination_with


def match_rows(old: Sequence[ProductRow], new: Sequence[ProductRow]) -> dict[int, int]:
    """For each new row (by its place) the old row that it goes on from: the same thing with most codes in common."""
    kinds = [kind_of_row(row) for row in old]
    by_code: dict[str, set[int]] = {}
    by_kind: dict[object, list[int]] = {}
    for place, row in enumerate(old):
        by_kind.setdefault(kinds[place], []).append(place)
        for code in row.codes:
            by_code.setdefault(code, set()).add(place)
    offers: list[tuple[int, int, int]] = []
    for place, row in enumerate(new):
        kind = kind_of_row(row)
        shared = Counter(at for code in {*row.codes, *row.previous_codes} for at in by_code.get(code, ()))
        for at in by_kind.get(kind, ()):
            alike = sum(
                getattr(row, name) == getattr(old[at], name) for name in ("form", "availability", "note")
            )
            if shared[at] or alike == 3:
                offers.append((-100 * shared[at] - alike, place, at))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, place, at in sorted(offers):
        if place not in found and at not in taken:
            found[place] = at
            taken.add(at)
    return found


def with_ids(old: Sequence[ProductRow], new: Sequence[ProductRow]) -> tuple[ProductRow, ...]:
    """The new rows with the ids and names of those they go on from, or ids of their own."""
    matched = match_rows(old, new)
    taken = {row.id for row in old}
    named: list[ProductRow] = []
    for place, row in enumerate(new):
        if place in matched:
            before = old[matched[place]]
            named.append(replace(row, id=before.id, name=before.name))
            continue
        found = next(text for text in _candidates(row) if text not in taken)
        taken.add(found)
        named.append(replace(row, id=found))
    return tuple(named)


def _candidates(row: ProductRow) -> Iterable[str]:
    amount = strength_of_row(row)
    one = exact_decimal(amount.ratio[0])
    if row.per_unit == "hour":
        hours = amount.per_value or Decimal(1)
        text = f"{plain(amount.mg)}mg-per-{'hour' if hours == 1 else plain(hours) + '-hours'}"
    elif row.per_unit == "ml":
        text = f"{plain(one)}mg-per-ml" if one is not None else f"{plain(amount.mg)}mg-per-{row.per_value}ml"
    else:
        text = f"{plain(one or amount.mg)}mg"
    base = f"{row.country}-{row.medicine.replace(' ', '-')}-{row.form_group}-{text}"
    if row.release != "IR":
        base += f"-{row.release}"
    partners = dict(_PARTNER.findall(row.note))
    for partner in filter(None, row.combination_with.split("|")):
        base += f"-with-{partner}" + (f"-{partners[partner].replace(' ', '')}" if partner in partners else "")
    yield base
    tail = "-".join(filter(None, [_SUPPLY.get(row.availability, row.availability),
                                  "sugar-free" if "sugar free" in row.form else ""]))  # fmt: skip
    if tail:
        yield f"{base}-{tail}"
    for code in row.codes:
        yield f"{base}-{code.replace('/', '-')}"
