"""Reading what people type: strict, and asking back rather than guessing.

A comma is never taken for a decimal point or for a thousands mark, because it can be either; a number
without its unit is never given one.
"""

from __future__ import annotations

import re
from decimal import Decimal

from easeoff.quantities.amounts import Mass, Volume
from easeoff.quantities.errors import QuantityError

_NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)"
_AMOUNT = re.compile(rf"^\s*({_NUMBER})\s*([A-Za-zµμ]+)\.?\s*$")
_MASS_UNITS = {
    "mg": Decimal(1),
    "milligram": Decimal(1),
    "milligrams": Decimal(1),
    "mgs": Decimal(1),
    "mcg": Decimal("0.001"),
    "ug": Decimal("0.001"),
    "µg": Decimal("0.001"),
    "μg": Decimal("0.001"),
    "microgram": Decimal("0.001"),
    "micrograms": Decimal("0.001"),
    "g": Decimal(1000),
    "gram": Decimal(1000),
    "grams": Decimal(1000),
}
_VOLUME_UNITS = {
    "ml": Decimal(1),
    "millilitre": Decimal(1),
    "millilitres": Decimal(1),
    "milliliter": Decimal(1),
    "milliliters": Decimal(1),
}
#: More digits than any dose or volume needs; a longer number is a slip of the finger.
_LONGEST_NUMBER = 12


def parse_number(text: str, *, what: str = "number") -> Decimal:
    """A plain positive number such as ``12.5``. Raises `QuantityError`, one sentence and a hint."""
    stripped = text.strip()
    if "," in stripped:
        _refuse_comma(stripped)
    if stripped.startswith(("-", "−")):
        raise QuantityError(f"“{stripped}” is below zero.", f"Give a {what} of zero or more.")
    if not re.fullmatch(_NUMBER, stripped) or len(stripped) > _LONGEST_NUMBER:
        raise QuantityError(
            f"“{_shown(stripped)}” is not a {what} we can read.", "Write it in figures, such as 12.5."
        )
    return Decimal(stripped)


def parse_amount(text: str) -> Mass | Volume:
    """``100mg``, ``12.5 mcg`` or ``0.5 ml``. Raises `QuantityError`, one sentence and a hint."""
    stripped = text.strip()
    if not stripped:
        raise QuantityError("No amount was given.", "Write a number and its unit, such as 100 mg.")
    if "," in stripped:
        _refuse_comma(stripped)
    if stripped.startswith(("-", "−")):
        raise QuantityError(
            f"“{_shown(stripped)}” is below zero.", "Give an amount above zero, such as 100 mg."
        )
    if re.fullmatch(_NUMBER, stripped):
        raise QuantityError(
            f"“{_shown(stripped)}” has no unit.", f"Write {stripped} mg if you mean milligrams."
        )
    match = _AMOUNT.match(stripped)
    if match is None or len(match[1]) > _LONGEST_NUMBER:
        raise QuantityError(
            f"“{_shown(stripped)}” is not an amount we can read.",
            "Write a number and its unit, such as 100 mg or 0.5 mL.",
        )
    number, unit = Decimal(match[1]), match[2].lower()
    if unit in _MASS_UNITS:
        return Mass(number * _MASS_UNITS[unit])
    if unit in _VOLUME_UNITS:
        return Volume(number * _VOLUME_UNITS[unit])
    raise QuantityError(f"“{match[2]}” is not a unit we know.", "Use mg, mcg, g or mL.")


def parse_mass(text: str) -> Mass:
    """A dose in mg, mcg or g. A volume is asked back, because mL says nothing without the bottle's strength."""
    amount = parse_amount(text)
    if isinstance(amount, Volume):
        raise QuantityError(
            f"“{text.strip()}” is a volume, not a dose.",
            "Say how many mg it holds: the bottle says so many mg in so many mL.",
        )
    return amount


_MEDICINE_AND_DOSE = re.compile(r"^\s*(?P<name>[^\d.,−-]*[^\d.,−\s-])\s*(?P<dose>[\d.,−-].*)?$")


def parse_medicine_and_dose(text: str) -> tuple[str, Mass]:
    """``sertraline 100 mg`` as its two parts. Raises `QuantityError` where either is missing or unclear."""
    match = _MEDICINE_AND_DOSE.match(text)
    if match is None:
        raise QuantityError(
            f"“{_shown(text)}” names no medicine.", "Write its name and dose, such as sertraline 100 mg."
        )
    if not match["dose"]:
        raise QuantityError(
            f"“{_shown(text)}” gives no dose.", f"Write the dose too, such as {match['name'].strip()} 100 mg."
        )
    return match["name"].strip(), parse_mass(match["dose"])


def _refuse_comma(text: str) -> None:
    asked = text.replace(",", ".")
    raise QuantityError(
        f"“{_shown(text)}” has a comma, which can mean two things.",
        f"Write {_shown(asked)} if the comma is a decimal point, or leave it out if it marks thousands.",
    )


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
