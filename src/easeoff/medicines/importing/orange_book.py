"""FDA Orange Book: ``products.txt`` of the monthly data files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from easeoff.medicines.importing.catalogue import Catalogue, Substance
from easeoff.medicines.importing.faults import Fault, RowFault, refuse
from easeoff.medicines.importing.forms import depot_label, form_of
from easeoff.medicines.importing.listing import Listing
from easeoff.medicines.importing.readers import Add, Advance, in_scope, pick
from easeoff.medicines.importing.store import Store, Table
from easeoff.medicines.importing.strengths import Strength, number, strength
from easeoff.medicines.importing.textrecords import plain_rows

_HEADER = (
    "Ingredient", "DF;Route", "Trade_Name", "Applicant", "Strength", "Appl_Type", "Appl_No", "Product_No", "TE_Code",
    "Approval_Date", "RLD", "RS", "Type", "Applicant_Full_Name",
)  # fmt: skip
TABLES = (Table("product", ("code", "ingredient", "form", "name", "strength", "type", "approved")),)
_AVAILABILITY = {"RX": "licensed_listed", "OTC": "licensed_listed", "DISCN": "discontinued"}
_AMOUNT = re.compile(
    r"(EQ )?([\d.,]+)\s*(MG|MCG|GM|G)(?: ([A-Z ]+?))?(?:/([\d.]+)?\s*([A-Z]+))?(?:\s*\(.*\))?$"
)  # fmt: skip
#: Salts of these two together are labelled by their total.
_MIXED = frozenset({"amfetamine", "dexamfetamine"})


def roles(paths: Sequence[Path]) -> dict[str, Path]:
    """``products.txt``; ``patent.txt`` and ``exclusivity.txt`` are not read."""
    found = pick(paths, lambda name: "products" if name.startswith("products") else "")
    if not found:
        raise refuse("Orange Book", "products.txt is missing", hint="Give products.txt of the data files.")
    return found


def load(_role: str, path: Path, add: Add, advance: Advance) -> None:
    """Read the file. The columns must be those that are known, in their order."""
    rows = plain_rows(path, "~", len(_HEADER), advance)
    _, header = next(rows, (1, []))
    if tuple(header) != _HEADER:
        raise refuse(path.name, "its first line does not name the columns of products.txt", 1)
    for line, cells in rows:
        row = dict(zip(_HEADER, (cell.strip() for cell in cells), strict=True))
        code = f"{row['Appl_Type']}{row['Appl_No']}/{row['Product_No']}"
        if not re.fullmatch(r"[AN]\d{6}/\d{3}", code):
            raise refuse(path.name, "its application or product number is not well formed", line, code)
        if row["Type"] not in _AVAILABILITY:
            raise refuse(path.name, f"its section {row['Type']} is not RX, OTC or DISCN", line, code)
        add("product", line, (code, row["Ingredient"], row["DF;Route"], row["Trade_Name"], row["Strength"],
                              row["Type"], row["Approval_Date"]))  # fmt: skip


def released(_found: Mapping[str, Path], store: Store) -> date | None:
    """The newest approval: the file itself does not say when it was made."""
    days = [day for (text,) in store.rows("SELECT DISTINCT approved FROM product") if (day := _day(text))]
    return max(days, default=None)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%b %d, %Y").date()  # noqa: DTZ007 - a civil date without a time
    except ValueError:
        return None


def listings(store: Store, catalogue: Catalogue) -> Iterator[Listing | Fault]:
    """Each product of a medicine of ours; a `Fault` for one that cannot be read."""
    file = store.one("SELECT name FROM files")
    found_here: list[Listing] = []
    for code, ingredient, form, name, label, section, _, line, _ in store.rows(
        "SELECT * FROM product ORDER BY code"
    ):
        try:
            found = _listing(catalogue, ingredient, form, label)
        except RowFault as fault:
            yield Fault(file, line, code, f"{name} {label}: {fault}")
            continue
        if found is not None:
            note = "; ".join(filter(None, [found.note, "over the counter" if section == "OTC" else ""]))
            availability = _AVAILABILITY[section]
            found_here.append(
                replace(found, file=file, line=line, code=code, availability=availability, note=note)
            )
    listed = {_kind(one) for one in found_here if one.availability != "discontinued"}
    yield from (one for one in found_here if one.availability != "discontinued" or _kind(one) not in listed)


def _kind(one: Listing) -> tuple[object, ...]:
    """A discontinued licence is of no interest while the same thing is listed by another maker."""
    return one.medicine, one.form, one.route, one.strength, one.combination_with, one.note


def _listing(catalogue: Catalogue, ingredient: str, form_route: str, label: str) -> Listing | None:
    names = [part.strip() for part in ingredient.split(";")]
    if names[0].startswith("ESTROGENS") or any(name.startswith("ESTROGENS") for name in names):
        names = [name.replace(", ", " ") for name in names]
    substances = [catalogue.find(name.partition("/DEXTROAMPHETAMINE")[0]) for name in names]
    filed = in_scope(_without_repeats(substances), catalogue)
    if filed is None:
        return None
    principal, partners = filed
    words, _, route = form_route.partition(";")
    form = form_of(words, _route(route), principal.salt, principal.name)
    if form is None:
        return None
    raw = [part.strip() for part in label.partition("**")[0].split(";")]
    amounts = [_amount(part) for part in raw]
    if len(amounts) != len(substances):
        amounts = _shared(amounts, substances)
    own = [
        amount
        for amount, found in zip(amounts, substances, strict=True)
        if found and _filed(found, principal)
    ]
    total, note = _total(own, principal, [found for found in substances if found])
    others = [(found.name, amount[0]) for amount, found in zip(amounts, substances, strict=True)
              if found and found.name in partners]  # fmt: skip
    notes = [note, *(f"with {name} {amount}" for name, amount in others)]
    mine = [text for text, found in zip(raw, substances, strict=False) if found and _filed(found, principal)]
    said = [f"{principal.name} {' + '.join(mine)}", *(f"{found.name} {text}" for text, found in zip(raw, substances, strict=False)
            if found and found.name in partners)]  # fmt: skip
    text = " / ".join([f"{principal.name} {total}", *(f"{name} {amount}" for name, amount in others)])
    return Listing(
        file="", line=0, code="", medicine=principal.name, form=words.strip().lower(), form_group=form.group,
        strength=depot_label(total, form, words), release=form.release, route=form.route, combination_with=partners, availability="",
        product_name=f"{' / '.join(said)} {words.strip().lower()}", label=f"{text[0].upper()}{text[1:]} {words.strip().lower()}",
        score=form.score, note="; ".join(filter(None, notes)),
    )  # fmt: skip


def _without_repeats(substances: list[Substance | None]) -> list[Substance | None]:
    kept: dict[object, Substance | None] = {}
    for place, found in enumerate(substances):
        kept.setdefault(found.name if found else place, found)
    return list(kept.values())


def _filed(found: Substance, principal: Substance) -> bool:
    return found.name == principal.name or {found.name, principal.name} <= _MIXED


def _route(text: str) -> str:
    return text.replace("IMPLANTATION", "IMPLANT").replace("BUCCAL, SUBLINGUAL", "SUBLINGUAL")


def _amount(text: str) -> tuple[Strength, str, bool]:
    """The amount, the salt word in it, and whether it is stated as another form (EQ)."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        raise RowFault(f"the strength “{text.strip()}” cannot be read")
    per = number(match[5]) if match[5] else None
    unit = {"GM": "g", "G": "g"}.get(match[3], match[3])
    return (
        strength(number(match[2].replace(",", "")), unit, per, match[6] or ""),
        (match[4] or "").lower(),
        bool(match[1]),
    )


def _shared(
    amounts: list[tuple[Strength, str, bool]], substances: list[Substance | None]
) -> list[tuple[Strength, str, bool]]:
    names = {found.name for found in substances if found}
    if names <= _MIXED and len(amounts) == 1:
        zero = amounts[0]
        return [zero, *[(replace(zero[0], value=Decimal(0)), "", False)] * (len(substances) - 1)]
    raise RowFault(f"it has {len(substances)} ingredients but {len(amounts)} strengths")


def _total(
    own: list[tuple[Strength, str, bool]], principal: Substance, found: list[Substance]
) -> tuple[Strength, str]:
    first, basis, equal = own[0]
    mixed = {one.name for one in found} >= _MIXED or (len(own) > 1 and principal.name in _MIXED)
    if len(own) > 1 and mixed:
        if len({(amount.unit, amount.per_value, amount.per_unit) for amount, _, _ in own}) > 1:
            raise RowFault("its parts are stated in different units")
        first = replace(first, value=sum((amount.value for amount, _, _ in own), Decimal(0)))
        return first, "strength is the total of mixed amfetamine salts"
    if mixed:
        return first, "strength is the total of mixed amfetamine salts"
    if not equal:
        return first, _salt_note(principal)
    if basis == "base":
        return first, ""
    return first, f"strength is stated as {_whole(principal.name, basis)}" if basis else ""


def _whole(name: str, basis: str) -> str:
    return basis if basis == "valproic acid" or name in basis else f"{name} {basis}"


def _salt_note(principal: Substance) -> str:
    return f"strength is of {principal.full_name}" if principal.salt else ""
