"""What may be done to a product: finding the records that speak of it and reading them with caution.

The most specific record wins and among equals the more cautious. A record that names a brand says nothing
about a generic row of a product list: it is kept as evidence and decides nothing. Neither does a record that
is marked ``unverified``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from easeoff.medicines.files import DataError, Row
from easeoff.medicines.model import Confidence, Product, Property, Release
from easeoff.medicines.records import provenance

#: Pieces that may carry a score line; every other form is given whole.
DIVIDABLE_FORMS = frozenset({"tablet", "dispersible_tablet", "chewable_tablet"})
PATTERN_KEYS = frozenset({"code", "name", "strength", "release"})
#: The properties there are, and the words or numbers they may have, from the most cautious on.
VALUES: dict[str, tuple[str, ...] | None] = {
    "divisible": ("1", "unknown", "3", "2", "4"),
    "crushable": ("no", "yes"),
    "dispersible": ("no", "unknown", "yes"),
    "openable": ("no", "yes"),
    "sublingual": ("no", "yes"),
    "bead_countable": ("no", "by_brand", "yes"),
    "dilutable": ("must", "yes"),
    "measure_by": ("drops",),
    "shelf_life_opened_days": None,
    "mg_per_drop": None,
    "dilution_ml": None,
    "acts_hours": None,
    "strength_basis": ("differs",),
    "plan_with": ("no",),
    "interchangeable": ("no",),
}
#: A tablet scored in three cannot be halved, and thirds are not planned.
_PARTS = {"1": 1, "2": 2, "3": 1, "4": 4, "unknown": None}
NO_DROP_SIZE = "It is measured in drops, and no record says how many mg one drop holds."
OTHER_BASIS = "Its label counts another salt than most of the list, so its mg cannot be compared and it is not planned with."
_STRENGTH = re.compile(r"([\d.]+) (mg|microgram)(?:/(?:([\d.]+) )?ml)?")


@dataclass(frozen=True, slots=True)
class PropertyRule:
    """One row of ``data/product_properties``: which products it speaks of, and what it says of them."""

    medicine: str
    form_group: str
    country: str
    keys: tuple[tuple[str, tuple[str, ...]], ...]
    said: Property

    def values(self, key: str) -> tuple[str, ...]:
        """The values of a pattern key; empty where the pattern does not use it."""
        return dict(self.keys).get(key, ())

    @property
    def decides(self) -> bool:
        """Whether it may decide anything: not for a record of one brand, nor for an unverified one."""
        return not self.values("name") and self.said.provenance.confidence is not Confidence.UNVERIFIED

    @property
    def rank(self) -> tuple[bool, bool, int, bool]:
        """How specific it is."""
        return (bool(self.values("code")), self.medicine != "any", len(self.keys), self.country != "any")


def to_rule(row: Row, where: str) -> PropertyRule:
    """One row as a rule. Raises `DataError` for a pattern, property or value that is not known."""
    keys: dict[str, tuple[str, ...]] = {}
    for part in [] if row["pattern"] == "*" else row["pattern"].split(";"):
        key, _, value = (text.strip() for text in part.partition("="))
        if key not in PATTERN_KEYS or not value:
            known = ", ".join(sorted(PATTERN_KEYS))
            raise DataError(where, f"pattern {part.strip()!r} is not key=value with a key of {known}")
        keys[key] = (*keys.get(key, ()), value)
    for strength in keys.get("strength", ()):
        strength_of(strength, where)
    brands = ", ".join(keys.get("name", ()))
    condition = f"Only {brands}: {row['condition']}" if brands else row["condition"]
    said = Property(row["property"], row["value"], condition, provenance(row, where))
    return PropertyRule(row["medicine"], row["form_group"], row["country"], tuple(keys.items()), said)


def with_properties(product: Product, rules: tuple[PropertyRule, ...]) -> Product:
    """``product`` with what the records say of it.

    One measured in drops of unknown size gets no tier, nor does one whose label counts another salt than the rest, nor
    one that a record keeps out of plans (its condition says why).
    """
    matching = tuple(rule for rule in rules if speaks_of(rule, product))
    drop = _decided(matching, "mg_per_drop")
    in_drops = product.form_group == "oral_drops" or _decided(matching, "measure_by") is not None
    unsized = in_drops and drop is None
    other_basis = _decided(matching, "strength_basis") is not None
    kept_out = _decided(matching, "plan_with")
    why_not = [why for holds, why in ((unsized, NO_DROP_SIZE), (other_basis, OTHER_BASIS)) if holds]
    why_not += [] if kept_out is None else [kept_out.said.condition]
    dilution = _decided(matching, "dilutable")
    hours = _decided(matching, "acts_hours")
    return replace(
        product,
        properties=tuple(rule.said for rule in matching),
        parts=_parts(product, matching),
        mg_per_drop=None if drop is None else Decimal(drop.said.value),
        must_dilute=dilution is not None and dilution.said.value == "must",
        acts_hours=None if hours is None else Decimal(hours.said.value),
        tier=None if why_not else product.tier,
        note=" ".join([product.note, *why_not]).strip(),
    )


def speaks_of(rule: PropertyRule, product: Product) -> bool:
    """Whether a record is about this product, or about one brand of it."""
    if rule.medicine not in ("any", product.medicine) or rule.country not in ("any", product.country):
        return False
    if rule.form_group != product.form_group:
        return False
    codes, releases = rule.values("code"), rule.values("release")
    if codes and not set(codes) & set(product.codes):
        return False
    if releases and product.release not in releases:
        return False
    return _strength_fits(rule, product)


@lru_cache(maxsize=512)
def strength_of(text: str, where: str = "pattern") -> tuple[Fraction, bool]:
    """A pattern's strength as (mg, False) of a piece or (mg per mL, True). Raises `DataError`."""
    match = _STRENGTH.fullmatch(text.strip())
    if match is None:
        raise DataError(where, f"strength {text!r} is not such as 20 mg or 20 mg/5 ml")
    mg = Fraction(match[1]) / (1000 if match[2] == "microgram" else 1)
    return mg / Fraction(match[3] or 1), "/" in text


def _strength_fits(rule: PropertyRule, product: Product) -> bool:
    """The pattern's strengths, and a strength inside a brand's name (Cipralex 10 mg), against the label."""
    stated = list(rule.values("strength"))
    if not stated:
        named = [re.search(r"[\d.]+ mg\b", name) for name in rule.values("name")]
        stated = [found[0] for found in named if found]
    if not stated:
        return True
    if product.concentration is not None:
        label = (product.concentration.mg_per_ml, True)
    else:
        label = (Fraction(product.mg_per_unit or 0), False)
    return label in [strength_of(text) for text in stated]


def _decided(rules: tuple[PropertyRule, ...], name: str) -> PropertyRule | None:
    """The rule that decides a property: the most specific, among equals the more cautious."""
    candidates = [rule for rule in rules if rule.said.name == name and rule.decides]
    best = max((rule.rank for rule in candidates), default=None)
    return min((rule for rule in candidates if rule.rank == best), key=_caution, default=None)


def _caution(rule: PropertyRule) -> tuple[int, Decimal]:
    words = VALUES[rule.said.name]
    return (words.index(rule.said.value), Decimal(0)) if words else (0, Decimal(rule.said.value))


def _parts(product: Product, rules: tuple[PropertyRule, ...]) -> int | None:
    rule = _decided(rules, "divisible")
    own = rule is not None and bool(rule.values("code"))
    if own and not _covered(product, rules):
        # Brands differ: what is on record for some of its codes says nothing of the others.
        return None if _may_carry_a_line(product) else 1
    if not own and not _may_carry_a_line(product):
        return 1
    return None if rule is None else _PARTS[rule.said.value]


def _may_carry_a_line(product: Product) -> bool:
    return product.release is Release.IR and product.form_group in DIVIDABLE_FORMS


def _covered(product: Product, rules: tuple[PropertyRule, ...]) -> bool:
    """Whether every product code of the row has a record of its own on dividing it."""
    spoken = {
        code
        for rule in rules
        if rule.said.name == "divisible" and rule.decides
        for code in rule.values("code")
    }
    return spoken >= set(product.codes)
