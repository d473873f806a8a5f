"""What our data say of one medicine, one kind of figure at a time, in one line.

The line is worked out from the data each time. It stands beside what a second source says (`secondsources`), so that a
comparison with figures that have changed since is noticed.
"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from pathlib import Path

from easeoff.medicines.disagreeing import span
from easeoff.medicines.files import DATA_ROOT, Record, read_toml
from easeoff.medicines.loading import countries, load_formulary
from easeoff.medicines.model import DoseEquivalence, Product
from easeoff.medicines.properties import DIVIDABLE_FORMS
from easeoff.quantities import plain

NOTHING = "none on record"


class FigureKind(StrEnum):
    """The four kinds of figure that are compared. ``DIVISION`` is all that may be done to a product."""

    CURVE = "curve"
    HALF_LIFE = "half-life"
    EQUIVALENT = "equivalent"
    DIVISION = "division"


_PARTS = {4: "in quarters", 2: "in halves", 1: "whole", None: "nobody says"}
_HANDLING = ("crushable", "dispersible", "openable", "bead_countable")
_PIECES = DIVIDABLE_FORMS | {"capsule"}


def held_words(medicine: str, kind: FigureKind, root: Path = DATA_ROOT) -> str:
    """What the data hold of this kind, or `NOTHING`. Raises `DataError` and `UnknownMedicine`."""
    record = read_toml(root / "medicines" / f"{medicine}.toml")
    if kind is FigureKind.CURVE:
        return _curves(record)
    if kind is FigureKind.HALF_LIFE:
        return _half_lives(record)
    if kind is FigureKind.EQUIVALENT:
        return _equivalents(medicine, root)
    return _division(medicine, root)


def _curves(record: Record) -> str:
    """The fit that doses are planned with; where there is none, that the others are shown only."""
    known = record.get("curve", [])
    used = next((row for row in known if row["plan_with"]), None)
    if used is not None:
        return f"{used['target']}, {used['region']}: ED50 {plain(used['ed50_mg'])} mg, ceiling {plain(used['emax_percent'])} %"
    targets = ", ".join(dict.fromkeys(f"{row['target']} ({row['model']})" for row in known))
    return f"shown only, not planned with: {targets}" if targets else NOTHING


def _half_lives(record: Record) -> str:
    """The one that is used; where there is none, all, with why they are not."""
    known = [row for row in record.get("half_life", []) if span(row)]
    used = next((row for row in record.get("half_life", []) if row["preferred"]), None)
    if used is None:
        return "; ".join(f"{span(row)} ({row['confidence']}, {row['route']})" for row in known) or NOTHING
    # Of a medicine that does nothing until it is split, a source may give the active part only.
    metabolite = (
        f"{used['active_metabolite']} {plain(used['metabolite_hours'])} h"
        if "metabolite_hours" in used
        else ""
    )
    return "; ".join(words for words in (span(used), metabolite) if words)


def _equivalents(medicine: str, root: Path) -> str:
    country = next(iter(countries(root)))
    rows = load_formulary(medicine, country, root).dose_equivalences
    return "; ".join(_equivalent(row) for row in rows) or NOTHING


def _equivalent(row: DoseEquivalence) -> str:
    low, high = plain(row.low_mg), plain(row.high_mg)
    mg = low if low == high else f"{low} to {high}"
    return f"{mg} mg for {plain(row.reference_mg)} mg {row.reference_medicine} ({row.table})"


def _division(medicine: str, root: Path) -> str:
    """In which countries products are divided by record, are whole, or nobody says; and what else may be done."""
    parts: dict[int | None, list[str]] = defaultdict(list)
    handling: dict[str, list[str]] = defaultdict(list)
    for country in countries(root):
        for product in load_formulary(medicine, country, root).products:
            if product.form_group in _PIECES and product.tier is not None:
                _note(product, parts, handling)
    told = [f"{words}: {', '.join(dict.fromkeys(parts[key]))}" for key, words in _PARTS.items() if parts[key]]
    told += [f"{key}: {', '.join(sorted(set(places)))}" for key, places in sorted(handling.items())]
    return "; ".join(told) or NOTHING


def _note(product: Product, parts: dict[int | None, list[str]], handling: dict[str, list[str]]) -> None:
    parts[product.parts].append(product.country)
    for said in product.properties:
        if said.name in _HANDLING:
            handling[f"{said.name.replace('_', ' ')} {said.value}"].append(product.country)
