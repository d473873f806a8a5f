"""A product in words: how it is supplied and what may be done to it. The same on every surface."""

from __future__ import annotations

from fractions import Fraction

from easeoff.medicines.model import Product, Property, Tier
from easeoff.quantities import format_mg, plain

_TIER_WORDS = {
    Tier.LICENSED: "licensed",
    Tier.TARIFF: "tariff (a special with a set price)",
    Tier.SPECIAL: "special (made or brought in to order)",
}
_SUPPLIED = {
    Tier.LICENSED: "licensed",
    Tier.TARIFF: "a special with a set price",
    Tier.SPECIAL: "a special, made to order",
}
_PARTS_WORDS = {1: "do not divide", 2: "may be halved", 3: "may be divided in three", 4: "may be quartered"}
_DIVIDING_WORDS = {"1": "no", "2": "in halves", "3": "in thirds", "4": "in quarters", "unknown": "not known"}
_NOT_WORDS = {
    "plan_with": "Not a product to come down with",
    "interchangeable": "Not to be swapped for other products of this medicine",
}
_LAST = 9


def easiest_first(product: Product) -> tuple[int, str, Fraction, str]:
    """A sort key: the easiest to get first, then by form and strength."""
    rank = product.tier.rank if product.tier is not None else _LAST
    strength = (
        product.concentration.mg_per_ml
        if product.concentration is not None
        else Fraction(product.mg_per_unit or 0)
    )
    return (rank, f"{product.form_group} {product.release.value}", strength, product.id)


def supplied_as(product: Product) -> str:
    """How a product of a plan is supplied, in running text: ``a special, made to order``."""
    assert product.tier is not None
    return "brought in from another country" if product.is_imported else _SUPPLIED[product.tier]


def tier_words(product: Product) -> str:
    """How it is supplied: ``Licensed``, or why nothing is planned with it."""
    tier = (
        _TIER_WORDS[product.tier]
        if product.tier is not None
        else f"{product.availability.removesuffix('_listed')}: never planned with"
    )
    return f"{tier[:1].upper()}{tier[1:]}"


def packs_words(product: Product) -> str:
    """Pack sizes and the list price, where the list has them."""
    unit = "mL" if product.is_liquid else ""
    packs = ", ".join(plain(size) for size in product.pack_sizes)
    sizes = f"packs of {packs} {unit}".rstrip() if packs else "pack size not listed"
    if product.price is None:
        return f"{sizes}; no list price"
    price = f"{product.price.currency} {product.price.amount:f} for {plain(product.price.pack_size)} {unit}".rstrip()
    return f"{sizes}; {price}"


def handling_words(product: Product) -> str:
    """What may be done to it, as the planner goes by; empty where there is nothing to say."""
    said = []
    if not product.is_liquid:
        said.append(
            _PARTS_WORDS.get(product.parts or 0, "whether it may be divided is not known: ask the pharmacist")
        )
    if product.mg_per_drop is not None:
        said.append(f"counted in drops of {format_mg(product.mg_per_drop)}")
    if product.must_dilute:
        said.append("mixed into a drink before it is taken, as the label says")
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def property_words(found: Property) -> str:
    """One record of what may be done: ``Crushable no: whole class.``"""
    condition = f": {found.condition.rstrip('.')}" if found.condition else ""
    if found.name == "divisible":
        return f"Dividing: {_DIVIDING_WORDS.get(found.value, found.value)}{condition}."
    if found.name == "acts_hours":
        return f"Made to act for about {found.value} hours{condition}."
    if found.name in _NOT_WORDS:
        return f"{_NOT_WORDS[found.name]}{condition}."
    return f"{found.name.replace('_', ' ').capitalize()} {found.value}{condition}."
