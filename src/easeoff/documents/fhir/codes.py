"""Code systems, units and small data types of FHIR R4. Names under ``easeoff.invalid`` are names, not addresses."""

from __future__ import annotations

from decimal import Decimal

from easeoff.documents.jsontext import JsonValue
from easeoff.documents.requestfile import JsonObject
from easeoff.medicines.model import Product

UCUM = "http://unitsofmeasure.org"
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
DIN = "http://hl7.org/fhir/NamingSystem/ca-hc-din"
_OURS = "https://easeoff.invalid/fhir"
PRODUCTS = f"{_OURS}/product"
PLANS = f"{_OURS}/plan"
PURPOSE_URL = f"{_OURS}/intended-purpose"
DOSAGE_TEXT_URL = f"{_OURS}/dosage-text"
AMOUNT_URL = f"{_OURS}/amount"
STEP_URL = f"{_OURS}/step"
DAYS_URL = f"{_OURS}/days-to-review"

#: The plan's units as UCUM has them: counted things are annotations, never ``[drp]``, which is a fixed volume.
UNITS = {
    "mg": "mg",
    "mL": "mL",
    "day": "d",
    "tablet": "{tablet}",
    "capsule": "{capsule}",
    "sachet": "{sachet}",
    "film": "{film}",
    "lozenge": "{lozenge}",
    "drop": "{drop}",
}
#: Which lists of products have a system of codes in FHIR. The others are told by name alone.
_SYSTEMS = {"dm+d VMP (SNOMED CT)": SNOMED, "Health Canada DIN": DIN}
ROUTES = {"oral": ("26643006", "Oral route")}


def quantity(value: Decimal | int, unit: str) -> JsonObject:
    """A `Quantity` with its UCUM code. Raises `KeyError` for a unit that has none here."""
    return {"value": value, "unit": unit, "system": UCUM, "code": UNITS[unit]}


def coding(system: str, code: str, display: str) -> JsonObject:
    """A `Coding`."""
    return {"system": system, "code": code, "display": display}


def extension(url: str, kind: str, value: JsonValue) -> JsonObject:
    """A simple extension: ``extension(url, "String", "...")``."""
    return {"url": url, f"value{kind}": value}


def medication(product: Product) -> JsonObject:
    """A product by our id, by its code where the list has one that stands for it alone, and by its name."""
    codings: list[JsonValue] = [coding(PRODUCTS, product.id, product.name)]
    system = _SYSTEMS.get(product.code_system)
    if system is not None and len(product.codes) == 1:
        codings.append(coding(system, product.codes[0], product.name))
    return {"coding": codings, "text": product.name}
