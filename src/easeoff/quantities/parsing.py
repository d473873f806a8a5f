"""Reading what people type: strict, and asking back rather than guessing.

A comma is never taken for a decimal point or for a thousands mark, because it can be either; a number
without its unit is never given one.
"""

from __future__ import annotations

import re
from decimal import Decimal

from easeoff.quantities.amounts import Mass, Volume
from easeoff.quantities.errors import QuantityError

_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
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
#: No name and dose is longer than this.
_LONGEST_TEXT = 200


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


_DOSE_BEGINS = re.compile(r"[0-9.,−-]")


def parse_medicine_and_dose(text: str) -> tuple[str, Mass]:
    """``sertraline 100 mg`` as its two parts. Raises `QuantityError` where either is missing or unclear."""
    words = " ".join(text[:_LONGEST_TEXT].split())
    begins = _dose_begins(words)
    name, dose = words[:begins].strip(), words[begins:].strip()
    if not name:
        raise QuantityError(
            f"“{_shown(words)}” names no medicine.", "Write its name and dose, such as sertraline 100 mg."
        )
    if not dose:
        raise QuantityError(
            f"“{_shown(words)}” gives no dose.", f"Write the dose too, such as {_shown(name)} 100 mg."
        )
    return name, parse_mass(dose)


def _dose_begins(words: str) -> int:
    """Where the dose begins: at the first figure, with the sign or point before it. A hyphen inside a name is no sign."""
    for match in _DOSE_BEGINS.finditer(words):
        inside_a_word = match.start() > 0 and words[match.start() - 1].isalpha()
        if match[0].isdigit() or not inside_a_word:
            return match.start()
    return len(words)


def _refuse_comma(text: str) -> None:
    if "." in text or text.count(",") > 1:
        raise QuantityError(
            f"“{_shown(text)}” has commas and can be read in two ways.", "Write the number without commas."
        )
    asked = text.replace(",", ".")
    raise QuantityError(
        f"“{_shown(text)}” has a comma, which can mean two things.",
        f"Write {_shown(asked)} if the comma is a decimal point, or leave it out if it marks thousands.",
    )


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
