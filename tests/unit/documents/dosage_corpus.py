"""Reads ``dosage_cases.toml``: each case as the step and the little formulary that the generator is given."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction
from pathlib import Path
from typing import Any

from easeoff.documents.dosage import step_dosage
from easeoff.medicines.model import (
    Concentration,
    Confidence,
    Formulary,
    Medicine,
    Policy,
    Product,
    Provenance,
    Release,
    Tier,
)
from easeoff.planning.plan import Intake, Portion, Step
from easeoff.quantities import exact_decimal

CASES = Path(__file__).resolve().parent / "dosage_cases.toml"
_SEEN = Provenance("corpus", Confidence.READ)
_MEDICINE = Medicine("medicine", "ssri", (), (), "", Policy.WITH_PRESCRIBER, "", _SEEN, (), "", (), (), False, False,
                     (), ())  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One case: what is taken, and what is said of it in each language, or how the refusal begins."""

    about: str
    step: Step
    stays: bool
    refused: str
    said: dict[str, str]
    taken: str

    def text(self, formulary: Formulary, code: str) -> str:
        """What the generator says."""
        return step_dosage(self.step, formulary, code, stays=self.stays)


def formulary() -> Formulary:
    """The products of the corpus."""
    rows = tomllib.loads(CASES.read_text(encoding="utf-8"))["products"]
    products = tuple(_product(name, row) for name, row in rows.items())
    return Formulary(_MEDICINE, "GB", products, (), (), (), (), "corpus")


def cases() -> list[Case]:
    """Every case, in the order of the file."""
    listed = formulary()
    rows = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    return [_case(row, listed) for row in rows]


def _product(name: str, row: dict[str, Any]) -> Product:
    liquid = "ml" in row
    return Product(
        id=name, medicine="medicine", country="GB", name=name, form=row["form"], form_group=row["form"], strength_text="",
        mg_per_unit=None if liquid else D(row["mg"]), concentration=Concentration(D(row["mg"]), D(row["ml"])) if liquid else None,
        release=Release(row.get("release", "IR")), route=row.get("route", "oral"), combination_with=(), availability="licensed_listed",
        tier=Tier.LICENSED, pack_sizes=(), price=None, codes=(), code_system="", listed_on=date(2025, 8, 14), source="corpus", note="",
        properties=(), parts=None, mg_per_drop=D(row["drop"]) if "drop" in row else None, must_dilute=row.get("dilute", False),
    )  # fmt: skip


def _case(row: dict[str, Any], listed: Formulary) -> Case:
    intakes = tuple(
        Intake(intake.get("time", ""), tuple(_portion(text, listed) for text in intake["portions"]))
        for intake in row["intakes"]
    )
    start, days, stays = row.get("from"), row.get("days", 28), row.get("stays", False)
    end = start + timedelta(days - 1) if start and not stays else None
    dose = sum((intake.mg for intake in intakes), D(0))
    step = Step(
        1, start, end, days, dose, dose, dose, dose, intakes, D(50), D(5), None, D(50), True, True, ()
    )
    taken = "; ".join(_words(intake) for intake in row["intakes"])
    bounds = f"from {start}" if start else ""
    bounds += "" if stays else f" {days} days"
    said = {code: row[code] for code in ("en", "de") if code in row}
    if stays:
        bounds += " stays"
    return Case(
        row["about"], step, stays, row.get("refused", ""), said, f"{taken}; {' '.join(bounds.split())}"
    )


def _words(intake: dict[str, Any]) -> str:
    return " ".join(filter(None, (intake.get("time", ""), " + ".join(intake["portions"]) or "nothing")))


def _portion(text: str, listed: Formulary) -> Portion:
    amount, name, *counts = text.split()
    product = listed.product(name)
    mg = exact_decimal(Fraction(amount) * _mg_of_one(product))
    assert mg is not None, f"{text} has no exact mg"
    portion = Portion(name, D(amount), product.unit, mg, mg, mg, mg, "", "")
    return replace(portion, equivalent_mg=D(counts[0][1:])) if counts else portion


def _mg_of_one(product: Product) -> Fraction:
    if product.mg_per_drop is not None:
        return Fraction(product.mg_per_drop)
    if product.concentration is not None:
        return product.concentration.mg_per_ml
    assert product.mg_per_unit is not None
    return Fraction(product.mg_per_unit)
