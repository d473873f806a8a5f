"""Loading what one plan needs from ``data/``: one medicine, its products in one country, devices and sources.

Every function takes ``root``, the data folder, so that another folder can be checked or tried.
Results are immutable and kept.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from easeoff.medicines.bands import PortionBands
from easeoff.medicines.errors import UnknownCountry, UnknownMedicine
from easeoff.medicines.files import DATA_ROOT, DataError, decimal, read_rows, read_toml
from easeoff.medicines.model import (
    Device,
    DoseEquivalence,
    FormEquivalence,
    Formulary,
    Medicine,
    Product,
    Source,
)
from easeoff.medicines.productrows import to_dose_equivalence, to_form_equivalence, to_product
from easeoff.medicines.properties import PropertyRule, to_rule, with_properties
from easeoff.medicines.records import need, to_device, to_medicine, to_source


@lru_cache(maxsize=128)
def load_formulary(medicine: str, country: str, root: Path = DATA_ROOT) -> Formulary:
    """One medicine (by its INN) with everything a plan in one country needs.

    All listed products are there; those that must not be planned with have no tier. A medicine that is not
    listed in the country has no products. Raises `UnknownMedicine` and `UnknownCountry`.
    """
    if country not in countries(root):
        raise UnknownCountry(country, countries(root))
    record = load_medicine(medicine, root)
    return Formulary(
        medicine=record,
        country=country,
        products=_products(medicine, country, root),
        form_equivalences=_form_equivalences(medicine, country, root),
        dose_equivalences=_dose_equivalences(medicine, root),
        devices=load_devices(root),
        sources=load_sources(root),
        data_version=data_version(root),
    )


@lru_cache(maxsize=128)
def load_medicine(name: str, root: Path = DATA_ROOT) -> Medicine:
    """One medicine by its INN (`find_medicine` knows brands too). Raises `UnknownMedicine`."""
    if name not in medicine_names(root):
        raise UnknownMedicine(name)
    return to_medicine(read_toml(root / "medicines" / f"{name}.toml"), name)


@lru_cache(maxsize=8)
def medicine_names(root: Path = DATA_ROOT) -> tuple[str, ...]:
    """The INN of every medicine on record, in order."""
    return tuple(sorted(path.stem for path in (root / "medicines").glob("*.toml")))


def countries(root: Path = DATA_ROOT) -> dict[str, str]:
    """Country codes and names, for which there is a product list."""
    records = read_toml(root / "countries.toml")
    return {code: need(record, "name", code) for code, record in records.items()}


def country_in_words(code: str, root: Path = DATA_ROOT) -> str:
    """The country as it stands in a sentence: ``the United Kingdom``, ``France``; the code where it has no product list."""
    name = countries(root).get(code, code)
    return f"the {name}" if name.split()[0] in {"United", "Netherlands"} else name


@lru_cache(maxsize=8)
def load_bands(root: Path = DATA_ROOT) -> PortionBands:
    """How far whole pieces, halves, quarters, drops and shares may be off."""
    records = read_toml(root / "portion_bands.toml")
    fractions = {name: decimal(need(record, "fraction", name), name) for name, record in records.items()}
    try:
        return PortionBands(**fractions)
    except TypeError as error:
        what = "it must name whole, half, quarter, drop and share"
        raise DataError("portion_bands.toml", what) from error


@lru_cache(maxsize=8)
def load_devices(root: Path = DATA_ROOT) -> tuple[Device, ...]:
    """Every oral syringe on record."""
    records = need(read_toml(root / "devices.toml"), "device", "devices.toml")
    return tuple(to_device(record, f"devices.toml device {n}") for n, record in enumerate(records, 1))


#: The works that records cite, and those that only the safety rules cite.
SOURCE_FILES = ("sources.toml", "safety_sources.toml")


@lru_cache(maxsize=8)
def load_sources(root: Path = DATA_ROOT) -> tuple[Source, ...]:
    """Every work and list that a record cites, those that only the safety rules cite included."""
    paths = [path for name in SOURCE_FILES if (path := root / name).is_file()]
    return tuple(
        to_source(source_id, record) for path in paths for source_id, record in read_toml(path).items()
    )


@lru_cache(maxsize=8)
def data_version(root: Path = DATA_ROOT) -> str:
    """The version of the data, such as ``2026.11``; every plan is stamped with it."""
    return (root / "VERSION").read_text(encoding="utf-8").strip()


@lru_cache(maxsize=64)
def load_rules(medicine: str, root: Path = DATA_ROOT) -> tuple[PropertyRule, ...]:
    """The property records of one medicine and those of any medicine."""
    paths = [root / "product_properties" / f"{stem}.csv" for stem in ("any", medicine)]
    return tuple(to_rule(row, f"{path.name} row {n}") for path in paths if path.is_file()
                 for n, row in enumerate(read_rows(path), 2))  # fmt: skip


def _products(medicine: str, country: str, root: Path) -> tuple[Product, ...]:
    path = root / "products" / country / f"{medicine}.csv"
    if not path.is_file():
        return ()
    rules = load_rules(medicine, root)
    return tuple(with_properties(to_product(row, row["id"]), rules) for row in read_rows(path))


def _form_equivalences(medicine: str, country: str, root: Path) -> tuple[FormEquivalence, ...]:
    rows = read_rows(root / "form_equivalences.csv")
    return tuple(to_form_equivalence(row, f"form_equivalences.csv row {n}") for n, row in enumerate(rows, 2)
                 if row["medicine"] == medicine and row["country"] == country)  # fmt: skip


def _dose_equivalences(medicine: str, root: Path) -> tuple[DoseEquivalence, ...]:
    rows = read_rows(root / "dose_equivalences.csv")
    return tuple(to_dose_equivalence(row, f"dose_equivalences.csv row {n}") for n, row in enumerate(rows, 2)
                 if row["medicine"] == medicine)  # fmt: skip
