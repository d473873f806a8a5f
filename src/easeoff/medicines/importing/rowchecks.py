"""The checks that every row of a country file must pass, imported or corrected by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from easeoff.medicines.checkdigit import verhoeff_valid
from easeoff.medicines.checking_rows import FORM_GROUPS
from easeoff.medicines.importing.faults import Fault, RowFault
from easeoff.medicines.importing.ids import strength_of_row
from easeoff.medicines.importing.listing import ProductRow
from easeoff.medicines.productrows import NO_TIER, TIERS
from easeoff.quantities import exact_decimal

_SLOW = re.compile(
    r"prolonged|modified|extended|sustained|controlled.release|gastro.?r[eé]sistant|delayed|enteric|retard"
    r"|lib[eé]ration (?:prolong|modifi)|\bLP\b", re.IGNORECASE)  # fmt: skip
_CODES = {"GB": r"\d{6,18}", "US": r"[AN]\d{6}/\d{3}", "FR": r"\d{8}", "CA": r"\d{8}"}
_MG = {"mg": Fraction(1), "microgram": Fraction(1, 1000), "g": Fraction(1000)}


def sound_rows(rows: Iterable[ProductRow]) -> tuple[list[ProductRow], list[Fault]]:
    """The rows that pass, and a fault for each code of those that do not."""
    sound: list[ProductRow] = []
    faults: list[Fault] = []
    for row in rows:
        wrong = row_fault(row)
        if wrong:
            faults += [Fault(*row.origin, code, f"{row.product_name}: {wrong}") for code in row.codes]
        else:
            sound.append(row)
    return sound, faults


def row_fault(row: ProductRow) -> str:
    """What is wrong with a row; empty if nothing is."""
    try:
        return _strength_fault(row) or _word_fault(row) or _code_fault(row)
    except (RowFault, InvalidOperation, ZeroDivisionError, ValueError) as error:
        return str(error) if isinstance(error, RowFault) else "one of its figures is not a number"


def _strength_fault(row: ProductRow) -> str:
    """mg in a piece or in 1 ml, recomputed from the strength columns."""
    amount = strength_of_row(row)
    if amount.value <= 0 or (amount.per_value is not None and amount.per_value <= 0):
        return "its strength is not above zero"
    if bool(row.per_unit) != bool(row.per_value):
        return "its strength is per something without a figure or a unit"
    one = Fraction(row.strength_value) * _MG[row.strength_unit] / Fraction(row.per_value or 1)
    piece = None if row.per_unit in ("ml", "hour") else one
    volume = one if row.per_unit == "ml" and exact_decimal(one) is not None else None
    for name, stated, wanted in (("piece", row.mg_per_unit, piece), ("ml", row.mg_per_ml, volume)):
        if (Fraction(stated) if stated else None) != wanted:
            return f"its mg in one {name} ({stated or 'none'}) does not follow from its strength"
    return ""


def _word_fault(row: ProductRow) -> str:
    if row.form_group not in FORM_GROUPS:
        return f"the form group “{row.form_group}” is not known"
    if row.release not in ("IR", "MR", "GR", "depot"):
        return f"the release “{row.release}” is not known"
    if row.release == "IR" and _SLOW.search(f"{row.product_name} {row.form}"):
        return "its name says modified release or gastro-resistant, its release says IR"
    if row.availability not in TIERS and row.availability not in NO_TIER:
        return f"the availability “{row.availability}” is not known"
    if not row.route or not row.product_name:
        return "it has no route or no name"
    if any(Decimal(size) <= 0 for size in row.pack_sizes.split("|") if size):
        return "a pack size is not above zero"
    return ""


def _code_fault(row: ProductRow) -> str:
    for code in row.codes:
        if not re.fullmatch(_CODES[row.country], code):
            return f"its code “{code}” is not well formed"
        if row.country == "GB" and not verhoeff_valid(code):
            return "the check digit of its code is wrong"
    return ""
