"""From the DPD tables to products: those for people that are marketed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from easeoff.medicines.importing.catalogue import Catalogue, Substance, plain_name
from easeoff.medicines.importing.faults import Fault, RowFault
from easeoff.medicines.importing.forms import depot_label, form_of
from easeoff.medicines.importing.listing import Listing
from easeoff.medicines.importing.readers import in_scope
from easeoff.medicines.importing.spellings import SALTS
from easeoff.medicines.importing.store import Store
from easeoff.medicines.importing.strengths import Strength, number, strength

_MARKETED = """
    SELECT d.code, d.din, d.brand, d.line FROM drug d JOIN status s ON s.code = d.code
    WHERE d.class = 'Human' AND s.status = 'MARKETED' ORDER BY d.din"""
_WHOLE = re.compile(r"\d+")
_MIXED = "mixed salts amphetamine"


def listings(store: Store, catalogue: Catalogue) -> Iterator[Listing | Fault]:
    """Each product of a medicine of ours; a `Fault` for one that cannot be read."""
    file = store.one("SELECT name FROM files WHERE role = 'drug'")
    seen: dict[str, str] = {}
    for code, din, brand, line in store.rows(_MARKETED).fetchall():
        parts = store.rows(
            "SELECT substance, strength, unit, per, per_unit FROM ingred WHERE code = ?", (code,)
        ).fetchall()
        substances = [catalogue.find(part[0]) for part in parts]
        filed = in_scope(list({found.name if found else place: found for place, found in enumerate(substances)}.values()),
                         catalogue)  # fmt: skip
        if filed is None:
            continue
        try:
            if din in seen:
                raise RowFault(f"its DIN stands twice (drug codes {seen[din]} and {code})")
            seen[din] = code
            found = _listing(store, code, filed, parts, substances)
        except RowFault as fault:
            yield Fault(file, line, din, f"{brand}: {fault}")
            continue
        if found is not None:
            yield replace(found, file=file, line=line, code=din, pack_sizes=_packs(store, code))


def _listing(
    store: Store, code: str, filed: tuple[Substance, tuple[str, ...]], parts: list[tuple[str, ...]],
    substances: list[Substance | None],
) -> Listing | None:  # fmt: skip
    principal, partners = filed
    named = " ".join(part[0] for part in parts)
    salts = " ".join(word for word in re.split(r"[ ()]+", plain_name(named)) if word in SALTS)
    words = _words(store, "form", code)
    form = form_of(" ".join(words), " ".join(_words(store, "route", code)), salts, principal.name)
    if form is None:
        return None
    amounts = [
        (found, _amount(part)) for found, part in zip(substances, parts, strict=True) if found is not None
    ]
    own = {amount for found, amount in amounts if found.name == principal.name}
    if len(own) != 1:
        raise RowFault(f"it states {len(own)} strengths of {principal.name}")
    label = own.pop()
    others = [
        (found.name, Strength(amount.value, amount.unit))
        for found, amount in amounts
        if found.name in partners
    ]
    mixed = _MIXED in plain_name(named)
    basis = "strength is the total of mixed amfetamine salts" if mixed else (
        f"strength is of {principal.full_name}" if principal.salt else "")  # fmt: skip
    main = next((word for word in words if word != "kit"), words[0])
    text = " / ".join([f"{principal.name} {label}", *(f"{name} {amount}" for name, amount in others)])
    return Listing(
        file="", line=0, code="", medicine=principal.name, form=main, form_group=form.group, strength=depot_label(label, form, main),
        release=form.release, route=form.route, combination_with=partners, availability="licensed_listed",
        product_name=f"{text} {main}", label=f"{text[0].upper()}{text[1:]} {main}", score=form.score,
        note="; ".join(filter(None, [basis, *(f"with {name} {amount}" for name, amount in others)])),
    )  # fmt: skip


def _words(store: Store, table: str, code: str) -> list[str]:
    found = [
        word.casefold()
        for (word,) in store.rows(f"SELECT {table} FROM {table} WHERE code = ? ORDER BY 1", (code,))
    ]
    if not found:
        raise RowFault(f"it has no row in {table}.txt")
    return found


def _amount(part: tuple[str, ...]) -> Strength:
    _, value, unit, per, per_unit = part
    if not value:
        raise RowFault("its ingredient row states no strength")
    return strength(number(value), unit, number(per) if per else None, per_unit)


def _packs(store: Store, code: str) -> tuple[Decimal, ...]:
    """Pack sizes: the text is free, so only plain figures with strokes between them are taken."""
    sizes: set[Decimal] = set()
    for (text,) in store.rows("SELECT pack FROM package WHERE code = ?", (code,)):
        figures = [part.strip() for part in text.split("/")]
        if all(_WHOLE.fullmatch(figure) for figure in figures):
            sizes |= {Decimal(figure) for figure in figures if int(figure) > 0}
    return tuple(sorted(sizes))
