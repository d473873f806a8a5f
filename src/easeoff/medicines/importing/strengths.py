"""The strength on a label: a figure and unit, for a piece, a volume, a time or a dose. Exact, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from easeoff.medicines.importing.faults import RowFault
from easeoff.quantities import exact_decimal, plain

#: Units of mass by the words of the releases (English and French), with their mg.
_MASS = {
    "mg": ("mg", Decimal(1)), "milligram": ("mg", Decimal(1)), "milligrammes": ("mg", Decimal(1)),
    "microgram": ("microgram", Decimal("0.001")), "micrograms": ("microgram", Decimal("0.001")),
    "mcg": ("microgram", Decimal("0.001")), "µg": ("microgram", Decimal("0.001")),
    "μg": ("microgram", Decimal("0.001")), "ug": ("microgram", Decimal("0.001")),
    "microgramme": ("microgram", Decimal("0.001")), "microgrammes": ("microgram", Decimal("0.001")),
    "g": ("g", Decimal(1000)), "gm": ("g", Decimal(1000)), "gram": ("g", Decimal(1000)),
    "grams": ("g", Decimal(1000)), "gramme": ("g", Decimal(1000)), "grammes": ("g", Decimal(1000)),
}  # fmt: skip
#: What a strength may be "per": the words of the releases and ours.
_PER = {
    "ml": "ml", "millilitre": "ml", "hour": "hour", "hours": "hour", "hr": "hour", "h": "hour", "heure": "hour",
    "heures": "hour", "dose": "dose", "spray": "spray", "pulvérisation": "spray", "actuation": "actuation",
    "act": "actuation", "activation": "actuation", "vial": "vial", "implant": "implant", "packet": "packet",
    "sachet": "packet",
}  # fmt: skip
#: Words for one piece: a strength for one of these is a strength for a piece.
_PIECES = frozenset({
    "ampoule", "applicator", "bottle", "cachet", "capsule", "cartridge", "container", "device", "enema", "film",
    "lozenge", "pack", "pastille", "patch", "piece", "plaster", "pouch", "pre-filled disposable injection", "strip",
    "suppository", "syringe", "system", "tablet", "tube", "unit dose",
})  # fmt: skip
_WHOLE_PIECES = frozenset({"dose", "spray", "actuation", "vial", "implant", "packet"})
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NAMED = re.compile(
    r"(?<![A-Za-z\d.,])((?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)*)\s*(micrograms?|microgrammes?|milligrammes|mcg|mg|grammes?|grams?|g)\b"
    r"(?:\s*(?:/|per|pour)\s*(\d[\d ]*(?:[.,]\d+)?)?\s*"
    r"(ml|hours?|hr|h\b|heures?|dose|pulvérisation|spray|actuation|vial)\b)?",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Strength:
    """``value`` ``unit`` in ``per_value`` ``per_unit``; the last two are empty for one piece."""

    value: Decimal
    unit: str
    per_value: Decimal | None = None
    per_unit: str = ""

    @property
    def mg(self) -> Decimal:
        """The figure in mg, without what it is per."""
        return self.value * dict(_MASS.values())[self.unit]

    @property
    def ratio(self) -> tuple[Fraction, str]:
        """mg for one piece, 1 ml or 1 hour, to compare strengths that are written differently."""
        per = "" if self.per_unit in _WHOLE_PIECES else self.per_unit
        return Fraction(self.mg) / Fraction(self.per_value or 1), per

    @property
    def mg_per_unit(self) -> str:
        """mg in one piece; empty for liquids, and for patches that are labelled by the hour."""
        return "" if self.per_unit in ("ml", "hour") else self._per_one()

    @property
    def mg_per_ml(self) -> str:
        """mg in 1 ml; empty for all else, and where it has no exact decimal (1064 mg in 3.9 ml)."""
        return self._per_one() if self.per_unit == "ml" else ""

    def _per_one(self) -> str:
        exact = exact_decimal(self.ratio[0])
        return "" if exact is None else plain(exact)

    def __str__(self) -> str:
        text = f"{plain(self.value)} {self.unit}"
        if not self.per_unit:
            return text
        return f"{text}/{'' if self.per_value == 1 else plain(self.per_value or Decimal(1)) + ' '}{self.per_unit}"


def number(text: str) -> Decimal:
    """A plain number above zero, as releases write them. Raises `RowFault`."""
    stripped = text.strip()
    if stripped.startswith("."):
        stripped = f"0{stripped}"
    if not _NUMBER.fullmatch(stripped):
        raise RowFault(f"the figure “{text}” is not a number")
    value = Decimal(stripped)
    if value <= 0:
        raise RowFault(f"the figure “{text}” is not above zero")
    return value


def french_number(text: str) -> Decimal:
    """A number with decimal comma, and blanks or commas between thousands. Raises `RowFault`."""
    parts = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").split(",")
    if any(len(part) != 3 for part in parts[1:-1]):
        raise RowFault(f"the figure “{text}” is not a number")
    return number("".join(parts[:-1]) + "." + parts[-1] if len(parts) > 1 else parts[0])


def strength(value: Decimal, unit: str, per_value: Decimal | None = None, per_unit: str = "") -> Strength:
    """A strength from the words of a release. Raises `RowFault` for a unit that is not known."""
    if "/" in unit and not per_unit:
        unit, _, per = unit.partition("/")
        figure, _, word = per.rpartition(" ")
        return strength(value, unit, number(figure) if figure else None, word)
    mass = _MASS.get(unit.strip().casefold())
    if mass is None:
        raise RowFault(f"the strength unit “{unit}” is not one that can be read")
    if not per_unit:
        return Strength(value, mass[0])
    per, times = per_unit.strip().casefold(), Decimal(1)
    if per in _PIECES and per_value in (None, Decimal(1)):
        return Strength(value, mass[0])
    if per in ("litre", "l"):
        per, times = "ml", Decimal(1000)
    if per not in _PER:
        raise RowFault(f"the strength is per “{per_unit}”, which cannot be read")
    return Strength(value, mass[0], (per_value or Decimal(1)) * times, _PER[per])


def strengths_in_name(name: str, *, french: bool = False) -> tuple[Strength, ...]:
    """Every strength that a product name states, in order. A part without its own volume gets the next one's
    (“8mg/500mg/5ml” is 8 mg in 5 ml and 500 mg in 5 ml)."""
    read = french_number if french else _english
    found: list[Strength] = []
    for match in _NAMED.finditer(name):
        try:
            value = read(match[1].strip())
            per = read(match[3].strip()) if match[3] else None
        except (RowFault, InvalidOperation):
            continue
        found.append(strength(value, match[2], per, match[4] or ""))
    for place in range(len(found) - 2, -1, -1):
        here, after = found[place], found[place + 1]
        if not here.per_unit and after.per_unit:
            found[place] = Strength(here.value, here.unit, after.per_value, after.per_unit)
    return tuple(found)


def _english(text: str) -> Decimal:
    return number(text.replace(",", "").replace(" ", ""))
