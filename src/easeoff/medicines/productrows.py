"""From the rows of the CSV files to typed values: products and equivalences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from easeoff.medicines.files import DataError, Row, choice, decimal, optional_decimal, split
from easeoff.medicines.model import PIECES, DoseEquivalence, FormEquivalence, Price, Product, Release, Tier
from easeoff.medicines.records import provenance
from easeoff.quantities import Concentration, plain

#: How a product is supplied, by the word of the product list; see `NO_TIER` for the rest.
TIERS = {
    "licensed_listed": Tier.LICENSED,
    "special_tariff": Tier.TARIFF,
    "special": Tier.SPECIAL,
    "import": Tier.SPECIAL,
}
#: Listed, but not to be planned with.
NO_TIER = frozenset({"doubtful", "unknown", "discontinued"})
_MG = {"mg": Decimal(1), "microgram": Decimal("0.001"), "g": Decimal(1000)}
_UNIT_WORDS = {"microgram": "micrograms", "ml": "mL"}


def to_product(row: Row, where: str) -> Product:
    """One row of a country's file, before its properties are known. Raises `DataError`."""
    availability = row["availability"]
    if availability not in TIERS and availability not in NO_TIER:
        raise DataError(where, f"availability {availability!r} is not known")
    concentration = label_concentration(row, where)
    # A patch that is labelled by what it lets out in an hour: no amount in mg can be told from it.
    by_the_hour = row["per_unit"] == "hour"
    return Product(
        id=row["id"],
        medicine=row["medicine"],
        country=row["country"],
        name=row["name"],
        form=row["form"],
        form_group=row["form_group"],
        strength_text=strength_text(row, where),
        mg_per_unit=None if concentration or by_the_hour else piece_mg(row, where),
        concentration=concentration,
        release=choice(Release, row["release"], where),
        route=row["route"],
        combination_with=split(row["combination_with"]),
        availability=availability,
        tier=None if by_the_hour else TIERS.get(availability),
        pack_sizes=tuple(decimal(size, where) for size in split(row["pack_sizes"])),
        price=_price(row, where),
        codes=split(row["product_code"]),
        code_system=row["product_code_system"],
        listed_on=_date(row["source_date"], where),
        source=row["source_id"],
        note=row["note"],
        properties=(),
        parts=None,
        mg_per_drop=None,
        must_dilute=False,
    )


def label_mg(row: Row, where: str) -> Decimal:
    """The label's strength in mg: of one piece, or of the volume that the label names."""
    if row["strength_unit"] not in _MG:
        raise DataError(where, f"strength unit {row['strength_unit']!r} is not known")
    return decimal(row["strength_value"], where) * _MG[row["strength_unit"]]


def piece_mg(row: Row, where: str) -> Decimal:
    """mg in one piece; a label may name several (28 mg in 2 sprays). Raises `DataError`."""
    mg = label_mg(row, where)
    return mg / decimal(row["per_value"], where) if row["per_value"] else mg


def label_concentration(row: Row, where: str) -> Concentration | None:
    """The label's strength as mg in mL, or ``None`` for a piece."""
    if row["per_unit"] != "ml":
        return None
    return Concentration(label_mg(row, where), decimal(row["per_value"], where))


def strength_text(row: Row, where: str) -> str:
    """The label's strength for people: ``25 mg``, ``50 mg/5 mL``, ``750 micrograms/5 mL``."""
    unit = _UNIT_WORDS.get(row["strength_unit"], row["strength_unit"])
    text = f"{plain(decimal(row['strength_value'], where))} {unit}"
    if not row["per_unit"]:
        return text
    per = decimal(row["per_value"], where)
    volume = _UNIT_WORDS.get(row["per_unit"], row["per_unit"])
    return f"{text}/{volume}" if per == 1 else f"{text}/{plain(per)} {volume}"


def to_form_equivalence(row: Row, where: str) -> FormEquivalence:
    """One row of ``data/form_equivalences.csv``. Raises `DataError`."""
    return FormEquivalence(
        medicine=row["medicine"],
        from_form=row["from_form"],
        to_form=row["to_form"],
        country=row["country"],
        factor=decimal(row["factor"], where),
        provenance=provenance(row, where),
    )


def to_dose_equivalence(row: Row, where: str) -> DoseEquivalence:
    """One row of ``data/dose_equivalences.csv``. Raises `DataError`."""
    return DoseEquivalence(
        table=row["table"],
        reference_medicine=row["reference_medicine"],
        reference_mg=decimal(row["reference_mg"], where),
        medicine=row["medicine"],
        low_mg=decimal(row["low_mg"], where),
        high_mg=decimal(row["high_mg"], where),
        provenance=provenance(row, where),
    )


def _price(row: Row, where: str) -> Price | None:
    amount = optional_decimal(row["lowest_price"], where)
    if amount is None:
        return None
    unit = "mL" if row["mg_per_ml"] else PIECES.get(row["form_group"], "tablet")
    return Price(amount, row["price_currency"], decimal(row["price_pack_size"], where), unit)


def _date(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DataError(where, f"{text!r} is not a date such as 2025-08-14") from error
