"""NHS dm+d: the XML files of one weekly release (VTM, ingredient, lookup, VMP, AMP, VMPP, AMPP; GTIN is not read)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from easeoff.medicines.importing.faults import refuse
from easeoff.medicines.importing.readers import Add, Advance, pick
from easeoff.medicines.importing.store import Store, Table
from easeoff.medicines.importing.xmlrecords import xml_records

_NAME = re.compile(r"f_(vtm|ingredient|lookup|vmp|amp|vmpp|ampp)2?_\d?(\d{6})\.xml")
_ROOTS = {
    "vtm": "VIRTUAL_THERAPEUTIC_MOIETIES",
    "ingredient": "INGREDIENT_SUBSTANCES",
    "lookup": "LOOKUP",
    "vmp": "VIRTUAL_MED_PRODUCTS",
    "amp": "ACTUAL_MEDICINAL_PRODUCTS",
    "vmpp": "VIRTUAL_MED_PRODUCT_PACK",
    "ampp": "ACTUAL_MEDICINAL_PROD_PACKS",
}
_LOOKUPS = (
    "UNIT_OF_MEASURE", "FORM", "ROUTE", "BASIS_OF_STRNTH", "LICENSING_AUTHORITY", "AVAILABILITY_RESTRICTION",
    "DT_PAYMENT_CATEGORY",
)  # fmt: skip
#: For each role, the records read: their place in the file, our table, and the fields kept (those with ! are needed).
_RECORDS: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "vtm": {"VTM": ("vtm", ("VTMID!", "NM!"))},
    "ingredient": {"ING": ("ing", ("ISID!", "NM!"))},
    "lookup": {f"{name}/INFO": ("lookup", (name, "CD!", "DESC")) for name in _LOOKUPS},
    "vmp": {
        "VMPS/VMP": ("vmp", ("VPID!", "VTMID", "NM!", "VPIDPREV")),
        "VIRTUAL_PRODUCT_INGREDIENT/VPI": ("vpi", (
            "VPID!", "ISID!", "BASIS_STRNTCD", "BS_SUBID", "STRNT_NMRTR_VAL", "STRNT_NMRTR_UOMCD",
            "STRNT_DNMTR_VAL", "STRNT_DNMTR_UOMCD")),
        "DRUG_FORM/DFORM": ("dform", ("VPID!", "FORMCD!")),
        "DRUG_ROUTE/DROUTE": ("droute", ("VPID!", "ROUTECD!")),
    },
    "amp": {"AMPS/AMP": ("amp", ("APID!", "VPID!", "LIC_AUTHCD", "AVAIL_RESTRICTCD"))},
    "vmpp": {
        "VMPPS/VMPP": ("vmpp", ("VPPID!", "VPID!", "QTYVAL", "QTY_UOMCD")),
        "DRUG_TARIFF_INFO/DTINFO": ("dt", ("VPPID!", "PAY_CATCD", "PRICE")),
    },
    "ampp": {
        "AMPPS/AMPP": ("ampp", ("APPID!", "VPPID!", "APID!", "DISCCD")),
        "MEDICINAL_PRODUCT_PRICE/PRICE_INFO": ("price", ("APPID!", "PRICE", "PRICE_BASISCD")),
    },
}  # fmt: skip
#: Each file must hold at least one of these, or it is not the file it says it is.
_MAIN = {
    "vtm": "vtm",
    "ingredient": "ing",
    "lookup": "lookup",
    "vmp": "vmp",
    "amp": "amp",
    "vmpp": "vmpp",
    "ampp": "ampp",
}

TABLES = (
    Table("vtm", ("VTMID", "NM")),
    Table("ing", ("ISID", "NM")),
    Table("lookup", ("kind", "CD", "DESC"), unique=2),
    Table("vmp", ("VPID", "VTMID", "NM", "VPIDPREV"), index=("VTMID",)),
    Table(
        "vpi",
        ("VPID", "ISID", "BASIS", "BASE", "TOP", "TOP_UNIT", "BOTTOM", "BOTTOM_UNIT"),
        0,
        ("VPID", "ISID"),
    ),
    Table("dform", ("VPID", "FORMCD"), 0, ("VPID",)),
    Table("droute", ("VPID", "ROUTECD"), 0, ("VPID",)),
    Table("amp", ("APID", "VPID", "LICENCE", "RESTRICTION")),
    Table("vmpp", ("VPPID", "VPID", "QTY", "UNIT"), index=("VPID",)),
    Table("dt", ("VPPID", "CATEGORY", "PRICE")),
    Table("ampp", ("APPID", "VPPID", "APID", "DISCONTINUED"), index=("VPPID",)),
    Table("price", ("APPID", "PRICE", "BASIS")),
)


def roles(paths: Sequence[Path]) -> dict[str, Path]:
    """Which file is which, by its name. Raises `ImportRefused` where one is missing or their dates differ."""
    found = pick(paths, lambda name: match[1] if (match := _NAME.fullmatch(name)) else "")
    for role in _ROOTS:
        if role not in found:
            what = f"the {role} file is missing (its name begins with f_{role}2_)"
            raise refuse("dm+d release", what, hint="Give every f_*.xml file of one release.")
    days = {path.name: _day(path) for path in found.values()}
    if len(set(days.values())) > 1:
        shown = ", ".join(sorted(days))
        raise refuse("dm+d release", f"the files are of different weeks: {shown}",
                     hint="Give the files of one release only.")  # fmt: skip
    return found


def load(role: str, path: Path, add: Add, advance: Advance) -> None:
    """Read one file into the store. Records that are marked invalid are left out."""
    records, main = _RECORDS[role], 0
    fields_of = {tag: tuple(name.rstrip("!") for name in names) for tag, (_, names) in records.items()}
    needed = {
        tag: tuple(name[:-1] for name in names if name.endswith("!")) for tag, (_, names) in records.items()
    }
    for tag, fields, line in xml_records(path, _ROOTS[role], frozenset(records), advance):
        table = records[tag][0]
        main += table == _MAIN[role]
        if fields.get("INVALID") == "1":
            continue
        for name in needed[tag]:
            if not fields.get(name):
                raise refuse(path.name, f"a {tag} record has no {name}", line)
        if table == "lookup":
            kind = tag.partition("/")[0]
            add(table, line, (kind, fields["CD"], fields.get("DESC", "")))
        else:
            add(table, line, tuple(fields.get(name, "") for name in fields_of[tag]))
    if not main:
        raise refuse(path.name, "it holds no record that can be read")


def released(found: Mapping[str, Path], _store: Store) -> date | None:
    """The date in the file names."""
    return _day(found["vmp"])


def _day(path: Path) -> date:
    match = _NAME.fullmatch(path.name.casefold())
    digits = match[2] if match else ""
    try:
        return date(2000 + int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError as error:
        raise refuse(path.name, f"{digits} in its name is not a date such as 010419") from error
