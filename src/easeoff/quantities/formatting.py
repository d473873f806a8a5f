"""The one way in which an amount is written, everywhere.

A leading zero always, a trailing zero never, no exponent, the unit always, and a space before it.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal


def plain(number: Decimal | int) -> str:
    """``number`` in plain digits: 0.5, 12.5, 100. Exact: nothing is rounded."""
    text = format(Decimal(number), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def rounded(number: Decimal, places: int) -> Decimal:
    """``number`` to so many decimal places, half to even. For figures about a dose, never for a dose."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def format_mg(mg: Decimal | int) -> str:
    """``12.5 mg``."""
    return f"{plain(mg)} mg"


def format_ml(ml: Decimal | int) -> str:
    """``0.25 mL``."""
    return f"{plain(ml)} mL"


def format_percent(value: Decimal | int) -> str:
    """``12.5 %``."""
    return f"{plain(value)} %"


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def format_date(day: date) -> str:
    """``4 January 2027``: a civil date, in full, so that no order of figures can be misread."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


_FRACTIONS = {Decimal("0.25"): "a quarter", Decimal("0.5"): "half", Decimal("0.75"): "three quarters"}
_UNITS_UNCHANGED = frozenset({"mL"})


def plural(unit: str, amount: Decimal) -> str:
    """The unit's word for this amount: 0 tablets, half a tablet, 1 tablet, 2 tablets."""
    return unit if unit in _UNITS_UNCHANGED or 0 < amount <= 1 else f"{unit}s"


def count_in_words(amount: Decimal, unit: str) -> str:
    """``half a tablet``, ``1 tablet``, ``1 and a half tablets``, ``2 tablets``: what a person reads."""
    whole = int(amount)
    part = amount - whole
    if part == 0:
        return f"{whole} {plural(unit, amount)}"
    words = _FRACTIONS[part]
    if whole == 0:
        joiner = "an" if unit[0] in "aeiou" else "a"
        return f"{words} {joiner} {unit}" if part == Decimal("0.5") else f"{words} of {joiner} {unit}"
    middle = "a half" if part == Decimal("0.5") else words
    return f"{whole} and {middle} {unit}s"
