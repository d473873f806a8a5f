"""Strict checks of the CSV files: products, their properties, equivalences."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from easeoff.medicines.checkdigit import verhoeff_valid
from easeoff.medicines.files import Row, decimal, optional_decimal, read_rows
from easeoff.medicines.model import Product, Release
from easeoff.medicines.problems import Checker
from easeoff.medicines.productrows import (
    label_concentration,
    label_mg,
    piece_mg,
    to_dose_equivalence,
    to_product,
)
from easeoff.medicines.properties import VALUES, to_rule
from easeoff.quantities import exact_decimal, plain

PRODUCT_COLUMNS = (
    "id", "country", "medicine", "class", "form", "form_group", "name", "strength_value", "strength_unit", "per_value",
    "per_unit", "mg_per_unit", "mg_per_ml", "release", "route", "combination_with", "availability", "pack_sizes",
    "product_code", "product_code_system", "product_name", "score", "lowest_price", "price_currency",
    "price_pack_size", "source_id", "source_date", "note",
)  # fmt: skip
PROPERTY_COLUMNS = (
    "medicine", "form_group", "pattern", "country", "property", "value", "condition", "source", "confidence", "note",
)  # fmt: skip
FORM_COLUMNS = ("medicine", "from_form", "to_form", "country", "factor", "source", "confidence", "note")
DOSE_COLUMNS = (
    "table", "reference_medicine", "reference_mg", "medicine", "low_mg", "high_mg", "source", "confidence", "note",
)  # fmt: skip
FORM_GROUPS = frozenset({
    "tablet", "dispersible_tablet", "chewable_tablet", "orodispersible", "capsule", "granules", "oral_solution",
    "oral_suspension", "oral_drops", "oral_concentrate", "oral_film", "oral_spray", "sublingual_tablet",
    "sublingual_film", "sublingual_spray", "buccal_tablet", "buccal_film", "lozenge", "oromucosal_liquid", "patch",
    "nasal_spray", "suppository", "rectal_liquid", "depot_injection", "implant",
})  # fmt: skip
_CODES = {
    "dm+d VMP (SNOMED CT)": r"\d{6,18}",
    "FDA application/product number": r"[AN]\d{6}/\d{3}",
    "FDA NDC labeler-product code (first three)": r"\d{4,5}-\d{3,4}",
    "BDPM CIS": r"\d{8}",
    "Health Canada DIN": r"\d{8}",
    # A Dutch number may name the registration it is the twin (=) or the parallel import (//) of.
    "NL RVG or EU registration number (first three)": r"\d{3,6}((=|//)\d{3,6})?|EU/\d/\d\d/\d{3,4}(/\d{3})?",
}
_SLOW = re.compile(r"prolonged|modified|extended|gastro-resistant|delayed|retard", re.IGNORECASE)


def check_products(checker: Checker, root: Path) -> None:
    """``products/<country>/<medicine>.csv``: the strengths recomputed, ids unique, codes well formed."""
    for path in sorted((root / "products").glob("*/*")):
        country, medicine = path.parent.name, path.stem
        with checker.reading(f"products/{country}/{path.name}"):
            checker.ensure(country in checker.countries, country, "this country is not in countries.toml")
            checker.ensure(medicine in checker.medicines, medicine, "there is no record of this medicine")
            rows = _rows(checker, path, PRODUCT_COLUMNS)
            for row in rows:
                with checker.record(row["id"]):
                    _check_product(checker, row, country, medicine)
            _check_unique(checker, [row["id"] for row in rows])


def check_properties(checker: Checker, root: Path) -> None:
    """``product_properties/<medicine>.csv`` and ``any.csv``."""
    for path in sorted((root / "product_properties").glob("*")):
        with checker.reading(f"product_properties/{path.name}"):
            checker.ensure(
                path.stem in checker.medicines | {"any"}, path.stem, "there is no record of this medicine"
            )
            for number, row in enumerate(_rows(checker, path, PROPERTY_COLUMNS), 2):
                where = f"row {number}"
                with checker.record(where):
                    checker.ensure(
                        row["medicine"] == path.stem, where, "its medicine is not that of its file"
                    )
                    checker.ensure(
                        row["form_group"] in FORM_GROUPS, where, f"form {row['form_group']!r} is not known"
                    )
                    well_formed = row["country"] == "any" or re.fullmatch("[A-Z]{2}", row["country"])
                    checker.ensure(
                        bool(well_formed), where, f"country {row['country']!r} is not “any” or two capitals"
                    )
                    checker.origin(row, where)
                    _check_value(checker, row, where)
                    to_rule(row, where)


def check_form_equivalences(checker: Checker, root: Path) -> None:
    """``form_equivalences.csv``."""
    with checker.reading("form_equivalences.csv"):
        rows = _rows(checker, root / "form_equivalences.csv", FORM_COLUMNS)
        for number, row in enumerate(rows, 2):
            where = f"row {number}"
            with checker.record(where):
                _check_known(checker, row, where)
                for column in ("from_form", "to_form"):
                    checker.ensure(row[column] in FORM_GROUPS, where, f"form {row[column]!r} is not known")
                checker.ensure(decimal(row["factor"], where) > 0, where, "the factor is not above zero")
                checker.origin(row, where)
        _check_unique(checker, [" ".join(list(row.values())[:4]) for row in rows])


def check_dose_equivalences(checker: Checker, root: Path) -> None:
    """``dose_equivalences.csv``."""
    with checker.reading("dose_equivalences.csv"):
        rows = _rows(checker, root / "dose_equivalences.csv", DOSE_COLUMNS)
        for number, row in enumerate(rows, 2):
            where = f"row {number}"
            with checker.record(where):
                found = to_dose_equivalence(row, where)
                checker.ensure(
                    0 < found.low_mg <= found.high_mg, where, "the range is not above zero or upside down"
                )
                checker.ensure(found.reference_mg > 0, where, "the reference dose is not above zero")
                checker.ensure(bool(found.table), where, "the table has no name")
                checker.origin(row, where)
        _check_unique(
            checker, [f"{row['table']}: {row['reference_medicine']} to {row['medicine']}" for row in rows]
        )


def _rows(checker: Checker, path: Path, columns: tuple[str, ...]) -> tuple[Row, ...]:
    rows = read_rows(path)
    header = tuple(rows[0]) if rows else ()
    if header != columns:
        odd = sorted(set(header) ^ set(columns))
        checker.report(
            "header", f"the columns are not those that are known: {', '.join(odd) or 'another order'}"
        )
        return ()
    return rows


def _check_product(checker: Checker, row: Row, country: str, medicine: str) -> None:
    where = row["id"]
    product = to_product(row, where)
    checker.ensure(product.country == country, where, "its country is not that of its folder")
    checker.ensure(product.medicine == medicine, where, "its medicine is not that of its file")
    checker.ensure(product.form_group in FORM_GROUPS, where, f"form {product.form_group!r} is not known")
    checker.ensure(bool(product.name and product.route), where, "it has no name or no route")
    checker.ensure(
        product.source in checker.sources, where, f"source {product.source!r} is not in sources.toml"
    )
    checker.ensure(all(size > 0 for size in product.pack_sizes), where, "a pack size is not above zero")
    slow = _SLOW.search(row["product_name"]) and product.release is Release.IR
    checker.ensure(not slow, where, "its name says modified release or gastro-resistant, its release says IR")
    _check_strength(checker, row, product)
    _check_codes(checker, product)


def _check_strength(checker: Checker, row: Row, product: Product) -> None:
    """mg_per_unit and mg_per_ml recomputed from the label, and the id's strength from them."""
    where = row["id"]
    label = label_concentration(row, where)
    mg = label_mg(row, where)
    stated, stated_ml = optional_decimal(row["mg_per_unit"], where), optional_decimal(row["mg_per_ml"], where)
    if row["per_unit"] == "hour":
        checker.ensure(product.form_group == "patch", where, "only a patch is labelled by the hour")
        checker.ensure(
            mg > 0 and stated is None and stated_ml is None, where, "its label tells no mg in a piece"
        )
        hours = decimal(row["per_value"], where)
        strength = f"{plain(mg)}mg-per-hour" if hours == 1 else f"{plain(mg)}mg-per-{plain(hours)}-hours"
    elif label is None:
        mg = piece_mg(row, where)
        checker.ensure(
            mg > 0 and stated == mg and stated_ml is None, where, f"the label says {mg} mg a piece"
        )
        strength = f"{plain(mg)}mg"
    else:
        per_ml = exact_decimal(label.mg_per_ml)
        checker.ensure(stated_ml == per_ml and stated is None, where, f"the label says {per_ml} mg in 1 mL")
        strength = f"{plain(mg)}mg-per-{plain(label.ml)}ml" if per_ml is None else f"{plain(per_ml)}mg-per-ml"
    begins = f"{product.country}-{product.medicine.replace(' ', '-')}-{product.form_group}-{strength}"
    fits = where == begins or where.startswith(f"{begins}-")
    checker.ensure(fits, where, f"the id does not begin with {begins}")


def _check_codes(checker: Checker, product: Product) -> None:
    pattern = _CODES.get(product.code_system)
    checker.ensure(pattern is not None, product.id, f"code system {product.code_system!r} is not known")
    checker.ensure(bool(product.codes), product.id, "it has no product code")
    for code in product.codes:
        fits = pattern is None or re.fullmatch(pattern, code) is not None
        if fits and "SNOMED" in product.code_system:
            fits = verhoeff_valid(code)
        checker.ensure(fits, product.id, f"product code {code!r} is not well formed")


def _check_value(checker: Checker, row: Row, where: str) -> None:
    name, value = row["property"], row["value"]
    if name not in VALUES:
        checker.report(where, f"property {name!r} is not known")
        return
    checker.ensure(name != "plan_with" or bool(row["condition"]), where, "plan_with does not say why not")
    allowed = VALUES[name]
    if allowed is None:
        checker.ensure(decimal(value, where) > 0, where, f"{name} is not above zero")
    else:
        checker.ensure(value in allowed, where, f"{name} {value!r} is not one of {', '.join(allowed)}")


def _check_known(checker: Checker, row: Row, where: str) -> None:
    checker.ensure(row["medicine"] in checker.medicines, where, f"there is no record of {row['medicine']!r}")
    checker.ensure(
        row["country"] in checker.countries, where, f"country {row['country']!r} is not in countries.toml"
    )


def _check_unique(checker: Checker, keys: list[str]) -> None:
    for key in sorted(key for key, times in Counter(keys).items() if times > 1):
        checker.report(key, "it stands more than once")
