"""From the tables of dm+d to products: one for each VMP of a medicine of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from easeoff.medicines.checkdigit import verhoeff_valid
from easeoff.medicines.importing.catalogue import Catalogue, Substance
from easeoff.medicines.importing.dmd_supply import supply_of
from easeoff.medicines.importing.faults import Fault, RowFault
from easeoff.medicines.importing.forms import depot_label, form_of
from easeoff.medicines.importing.listing import Listing
from easeoff.medicines.importing.readers import in_scope
from easeoff.medicines.importing.store import Store
from easeoff.medicines.importing.strengths import Strength, number, strength, strengths_in_name

_PRODUCTS = """
    SELECT VPID, NM, VPIDPREV, line FROM vmp WHERE VPID IN (SELECT VPID FROM vpi WHERE ISID IN (SELECT ISID FROM ours))
    UNION SELECT VPID, NM, VPIDPREV, line FROM vmp WHERE VTMID IN (SELECT VTMID FROM ours_vtm) ORDER BY VPID"""
_INGREDIENTS = """
    SELECT i.NM, v.BASIS, b.NM, v.TOP, v.TOP_UNIT, t.DESC, v.BOTTOM, v.BOTTOM_UNIT, d.DESC, v.ISID FROM vpi v
    LEFT JOIN ing i ON i.ISID = v.ISID LEFT JOIN ing b ON b.ISID = v.BASE
    LEFT JOIN lookup t ON t.kind = 'UNIT_OF_MEASURE' AND t.CD = v.TOP_UNIT
    LEFT JOIN lookup d ON d.kind = 'UNIT_OF_MEASURE' AND d.CD = v.BOTTOM_UNIT WHERE v.VPID = ?"""
_WORDS = """
    SELECT l.DESC FROM {table} x LEFT JOIN lookup l ON l.kind = ? AND l.CD = x.{code} WHERE x.VPID = ? ORDER BY l.DESC"""
_FIGURE = re.compile(
    r"\d[\d.,]*\s*(?:micrograms?|mg|g)\b(?:\s*/\s*[\d.]*\s*(?:ml|hours?|dose))?", re.IGNORECASE
)
_TWO_PRODUCTS = re.compile(r"\d.* and [A-Z].*\d")
_BASE_SUBSTANCE = "0002"


def listings(store: Store, catalogue: Catalogue) -> Iterator[Listing | Fault]:
    """Each product of a medicine of ours; a `Fault` for one that cannot be read."""
    _mark_ours(store, catalogue)
    file = store.one("SELECT name FROM files WHERE role = 'vmp'")
    for code, name, previous, line in store.rows(_PRODUCTS).fetchall():
        try:
            found = _listing(store, catalogue, code, name)
        except RowFault as fault:
            yield Fault(file, line, code, f"{name}: {fault}")
            continue
        if found is not None:
            yield replace(found, file=file, line=line, previous_code=previous)


def _mark_ours(store: Store, catalogue: Catalogue) -> None:
    for table, source, key in (("ours", "ing", "ISID"), ("ours_vtm", "vtm", "VTMID")):
        store.rows(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({key} TEXT PRIMARY KEY)")
        store.rows(f"DELETE FROM {table}")
        for code, name in store.rows(f"SELECT {key}, NM FROM {source}").fetchall():
            parts = [catalogue.find(part) for part in name.split(" + ")]
            if any(part is not None and part.ours for part in parts):
                store.rows(f"INSERT INTO {table} VALUES (?)", (code,))


def _listing(store: Store, catalogue: Catalogue, code: str, name: str) -> Listing | None:
    parts = store.rows(_INGREDIENTS, (code,)).fetchall()
    if not parts:
        raise RowFault("it has no ingredient record, so its strength is not known")
    for part in parts:
        if part[0] is None:
            raise RowFault(f"its ingredient {part[9]} is not in the ingredient file")
    substances = [catalogue.find(part[0]) for part in parts]
    filed = in_scope(substances, catalogue)
    if filed is None:
        return None
    principal, partners = filed
    forms, ways = _words(store, "dform", "FORM", code), _words(store, "droute", "ROUTE", code)
    form = form_of(
        f"{forms} {name}", ways or _route_of(name), f"{principal.salt} {name.casefold()}", principal.name
    )
    if form is None:
        return None
    if _TWO_PRODUCTS.search(name):
        raise RowFault("it is a pack of two different products")
    if not verhoeff_valid(code):
        raise RowFault("the check digit of its code is wrong")
    known = [
        (found, _amount(part)) for found, part in zip(substances, parts, strict=True) if found is not None
    ]
    label = _label(name, principal, known, mixed=not partners and len(known) > 1)
    supply = supply_of(store, code)
    note = [_basis_note(principal, parts[substances.index(principal)], catalogue)] if not _mixed(partners, known) else [
        "strength is the total of amfetamine and dexamfetamine"]  # fmt: skip
    note += [f"with {found.name} {plain_part(amount)}" for found, amount in known if found.name in partners]
    note += [supply.note]
    return Listing(
        file="", line=0, code=code, medicine=principal.name, form=_form_words(name), form_group=form.group,
        strength=depot_label(label, form, name, whole=True), release=form.release, route=form.route, combination_with=partners,
        availability=supply.availability, product_name=name, label=name, score=form.score,
        note="; ".join(filter(None, note)), pack_sizes=supply.pack_sizes, price=supply.price,
    )  # fmt: skip


def _words(store: Store, table: str, kind: str, code: str) -> str:
    column = f"{kind}CD"
    found = store.rows(_WORDS.format(table=table, code=column), (kind, code)).fetchall()
    if any(word is None for (word,) in found):
        raise RowFault(f"its {kind.lower()} code is not in the lookup file")
    return " ".join(word for (word,) in found)


def _route_of(name: str) -> str:
    return "" if re.search(r"inject|infusion", name) else "oral"


def _amount(part: tuple[str, ...]) -> Strength:
    _, _, _, top, top_code, top_unit, bottom, bottom_code, bottom_unit, _ = part
    if not top:
        raise RowFault("its ingredient record states no strength")
    for code, unit in ((top_code, top_unit), (bottom_code, bottom_unit)):
        if code and unit is None:
            raise RowFault(f"the unit code {code} of its strength is not in the lookup file")
    return strength(number(top), top_unit or "", number(bottom) if bottom else None, bottom_unit or "")


def _label(
    name: str, principal: Substance, known: list[tuple[Substance, Strength]], *, mixed: bool
) -> Strength:
    """The label's strength, read from the name and compared with the ingredient record: they must agree."""
    if mixed:
        amounts = [amount for _, amount in known]
        if len({(amount.unit, amount.per_value, amount.per_unit) for amount in amounts}) > 1:
            raise RowFault("its parts are stated in different units")
        return strength(
            sum((a.value for a in amounts), Decimal(0)),
            amounts[0].unit,
            amounts[0].per_value,
            amounts[0].per_unit,
        )
    stated = next(amount for found, amount in known if found == principal)
    named = strengths_in_name(name)
    if not named:
        return stated
    fitting = [one for one in named if one.ratio == stated.ratio]
    if not fitting:
        said = ", ".join(str(one) for one in named)
        raise RowFault(f"its name says {said}, its ingredient record says {stated}")
    return fitting[0]


def _mixed(partners: tuple[str, ...], known: list[tuple[Substance, Strength]]) -> bool:
    return not partners and len(known) > 1


def _basis_note(principal: Substance, part: tuple[str, ...], catalogue: Catalogue) -> str:
    """Which salt the strength is of, where the record says that it is of a salt."""
    if part[1] == _BASE_SUBSTANCE:
        if part[2] is None:
            raise RowFault("the base substance of its strength is not in the ingredient file")
        base = catalogue.find(part[2])
        if base is None or base.name != principal.name:
            raise RowFault(f"its strength is of {part[2]}, which is not a form of {principal.name}")
        return f"strength is of {base.full_name}" if base.salt else ""
    return f"strength is of {principal.full_name}" if principal.salt else ""


def _form_words(name: str) -> str:
    end = max((match.end() for match in _FIGURE.finditer(name)), default=0)
    return name[end:].strip(" /") or name


def plain_part(amount: Strength) -> str:
    """The amount of a partner, without its volume."""
    return str(Strength(amount.value, amount.unit)) if amount.per_unit in ("", "ml") else str(amount)
