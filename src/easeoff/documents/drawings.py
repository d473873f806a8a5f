"""What to draw of a portion: pieces cut as they are taken, or a syringe filled to its line. No markup.

A drawing stands beside the words and never instead of them; what cannot be drawn simply is left to the words.
"""

from __future__ import annotations

from decimal import Decimal

from easeoff.documents.jsontext import JsonValue
from easeoff.documents.requestfile import JsonObject
from easeoff.medicines.model import Device, Formulary
from easeoff.planning.plan import Portion
from easeoff.quantities import format_ml, plain

#: Pieces of one portion that are still counted at a glance. Project choice.
_MOST_PIECES = 6
#: Marks that can still be told apart in the drawing. Project choice.
_MOST_MARKS = 50
#: Numbers that fit below a syringe without touching. Project choice.
_MOST_NUMBERS = 5
#: How far apart numbers stand, in mL: the first that gives few enough.
_NUMBERED_EVERY = (Decimal("0.1"), Decimal("0.2"), Decimal("0.5"), Decimal(1), Decimal(2), Decimal(5))
_QUARTERS = {Decimal("0.25"): 1, Decimal("0.5"): 2, Decimal("0.75"): 3}


def drawing_of(portion: Portion, formulary: Formulary) -> JsonObject | None:
    """A drawing's numbers, or ``None``. ``fill`` is in thousandths of the syringe’s size."""
    if portion.unit == "mL":
        return _syringe(portion, formulary)
    whole, part = int(portion.amount), portion.amount - int(portion.amount)
    if portion.unit not in ("tablet", "capsule") or whole > _MOST_PIECES or (part and part not in _QUARTERS):
        return None
    return {"kind": portion.unit, "whole": whole, "quarters": _QUARTERS[part] if part else 0}


def _marks(device: Device) -> int:
    """How many divisions to draw: the syringe's own where they can be told apart, else tenths of its size."""
    own = device.size_ml / device.mark_ml
    return int(own) if own <= _MOST_MARKS and own % 1 == 0 else 10


def _syringe(portion: Portion, formulary: Formulary) -> JsonObject | None:
    device = next((device for device in formulary.devices if device.id == portion.device), None)
    if device is None or portion.amount > device.size_ml:
        return None
    return {
        "kind": "syringe",
        "fill": int(portion.amount * 1000 / device.size_ml),
        "label": format_ml(portion.amount),
        "size": format_ml(device.size_ml),
        "marks": _marks(device),
        "numbers": _numbers(device),
    }


def _numbers(device: Device) -> list[JsonValue]:
    """The numbers along the syringe, each with its place in thousandths of the size; the size itself stands apart."""
    size = device.size_ml
    every = next((step for step in _NUMBERED_EVERY if size / step <= _MOST_NUMBERS), size)
    count = int(size / every)
    return [[int(every * n * 1000 / size), plain(every * n)] for n in range(count + 1) if every * n < size]
