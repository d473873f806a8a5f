"""Amounts, dates and drops in words that a person reads. Doses are never rounded; figures about them are.

Liquids always read "X mg = Y mL of Z mg/mL liquid", so that mg cannot be taken for mL.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from easeoff.medicines.model import Formulary, Product, Release
from easeoff.planning.plan import EffectKind, Intake, Portion
from easeoff.quantities import (
    MONTHS,
    EaseoffError,
    exact_decimal,
    format_date,
    format_mg,
    format_ml,
    plain,
    rounded,
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NO_TIME_SAID = "at your usual time"
_NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PARTS = {Decimal("0.25"): "a quarter", Decimal("0.5"): "a half", Decimal("0.75"): "three quarters"}
_RELEASE_WORDS = {Release.MR: "slow-release ", Release.GR: "gastro-resistant "}


def span_text(first: date, last: date | None) -> str:
    """``4 January to 31 January 2027``; one day alone, ``4 January 2027``; with no last day, ``from 4 January 2027 on``."""
    if last is None:
        return f"from {format_date(first)} on"
    if last == first:
        return format_date(first)
    start = format_date(first) if first.year != last.year else f"{first.day} {MONTHS[first.month - 1]}"
    return f"{start} to {format_date(last)}"


def days_text(days: int) -> str:
    """``1 day``, ``28 days``."""
    return "1 day" if days == 1 else f"{days} days"


def drop_text(drop: Decimal, kind: EffectKind, *, within: bool = True) -> str:
    """A drop to one decimal with its unit; one over the limit to two, so that it never looks within it."""
    figure = rounded(drop, 1 if within else 2)
    return f"{plain(figure)} {unit_of(kind, figure)}"


def unit_of(kind: EffectKind, figure: Decimal) -> str:
    """The words that follow a drop or an effect."""
    if kind is EffectKind.PERCENT_OF_START:
        return "% of the starting dose"
    return "point" if figure == 1 else "points"


def figure_mg(mg: Decimal, digits: int = 3) -> str:
    """A figure about a dose that nobody measures out, such as the ideal: to three significant digits."""
    places = max(0, digits - 1 - mg.adjusted()) if mg else 0
    return format_mg(rounded(mg, places))


def product_of(portion: Portion, formulary: Formulary) -> Product:
    """The product of a portion, checked: its strength must give the portion's mg.

    Raises `EaseoffError` where the data no longer hold the product or hold another strength of it.
    """
    try:
        product = formulary.product(portion.product)
    except KeyError:
        raise EaseoffError(f"The product {portion.product} is not in this version's data.",
                           "Make the plan again with the products listed now.") from None  # fmt: skip
    if _mg_by_strength(portion, product) != portion.mg:
        raise EaseoffError(f"The plan and the data disagree about the strength of {product.name}.",
                           "Make the plan again with the products listed now.")  # fmt: skip
    return product


def _mg_by_strength(portion: Portion, product: Product) -> Decimal | None:
    if portion.unit == "drop" and product.mg_per_drop is not None:
        return portion.amount * product.mg_per_drop
    if product.concentration is not None:
        return exact_decimal(product.concentration.mg_per_ml * portion.amount.as_integer_ratio()[0]
                             / portion.amount.as_integer_ratio()[1])  # fmt: skip
    return None if product.mg_per_unit is None else portion.amount * product.mg_per_unit


def strength_text(product: Product) -> str:
    """``25 mg`` for one piece, ``10 mg/mL`` for a liquid, ``10 mg in 3 mL`` where the division never ends."""
    if product.concentration is None:
        return "" if product.mg_per_unit is None else format_mg(product.mg_per_unit)
    per_ml = exact_decimal(product.concentration.mg_per_ml)
    if per_ml is None:
        return f"{format_mg(product.concentration.mg)} in {format_ml(product.concentration.ml)}"
    return f"{plain(per_ml)} mg/mL"


def portion_text(portion: Portion, formulary: Formulary) -> str:
    """``half a 25 mg tablet (12.5 mg)``, ``4 mg = 0.4 mL of 10 mg/mL liquid``, ``4 drops (8 mg) of ...``."""
    product = product_of(portion, formulary)
    strength = strength_text(product)
    if portion.unit == "mL":
        text = f"{format_mg(portion.mg)} = {format_ml(portion.amount)} of {strength} liquid"
    elif portion.unit == "drop":
        drops = "1 drop" if portion.amount == 1 else f"{plain(portion.amount)} drops"
        text = f"{drops} ({format_mg(portion.mg)}) of {strength} liquid"
    else:
        text = f"{_pieces_text(portion.amount, strength, _piece_word(portion, product))}{_total(portion)}"
    if portion.medicine and portion.medicine != formulary.medicine.name:
        return f"{portion.medicine}: {text}"
    if portion.medicine:
        text = f"{portion.medicine}: {text}"
    if portion.equivalent_mg != portion.mg:
        text += f", which counts as {format_mg(portion.equivalent_mg)} of the form taken at the start"
    return text


def _piece_word(portion: Portion, product: Product) -> str:
    return _RELEASE_WORDS.get(product.release, "") + portion.unit


def _total(portion: Portion) -> str:
    return "" if portion.amount == 1 else f" ({format_mg(portion.mg)})"


def _pieces_text(amount: Decimal, strength: str, piece: str) -> str:
    """Counts in words beside a strength in figures: "one 25 mg tablet"."""
    whole, part = int(amount), amount - int(amount)
    if part and part not in _PARTS:
        raise EaseoffError(f"{plain(amount)} of a {strength} {piece} is not a part that can be cut.",
                           "Give halves or quarters.")  # fmt: skip
    if whole == 0:
        article = "an" if strength.startswith(("8", "11 ", "18 ")) else "a"
        share = "half" if part == Decimal("0.5") else f"{_PARTS[part]} of"
        return f"{share} {article} {strength} {piece}"
    count = _NUMBER_WORDS[whole] if whole < len(_NUMBER_WORDS) else f"{whole} ×"
    if part:
        return f"{count} and {_PARTS[part]} {strength} {piece}s"
    return f"{count} {strength} {piece}" + ("" if whole == 1 else "s")


def intake_text(intake: Intake, formulary: Formulary) -> str:
    """An intake's portions in one line, joined with "and"; ``nothing`` for a time of day that is left out."""
    if not intake.portions:
        return "nothing"
    parts = [portion_text(portion, formulary) for portion in intake.portions]
    return parts[0] if len(parts) == 1 else "; ".join(parts[:-1]) + "; and " + parts[-1]


def time_text(intake: Intake) -> str:
    """``at 08:00``, or ``at your usual time`` where no time was said."""
    return f"at {intake.time}" if intake.time else NO_TIME_SAID
