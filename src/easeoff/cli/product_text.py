"""The products of a medicine: how they are supplied and what may be done to them."""

from __future__ import annotations

from fractions import Fraction

from easeoff.cli.layout import Sheet
from easeoff.cli.sources_text import origin
from easeoff.medicines import countries, load_formulary
from easeoff.medicines.model import Product, Property, Tier
from easeoff.quantities import format_date, format_mg, plain

_TIER_WORDS = {
    Tier.LICENSED: "licensed",
    Tier.TARIFF: "tariff (a special with a set price)",
    Tier.SPECIAL: "special (made or brought in to order)",
}
_PARTS_WORDS = {1: "do not divide", 2: "may be halved", 4: "may be quartered"}


def say_products(sheet: Sheet, name: str, country: str) -> None:
    """The products of one medicine in one country, the easiest to get first, and what may be done to each."""
    formulary = load_formulary(name, country)
    sheet.heading(f"Products in {countries()[country]} ({len(formulary.products)})")
    if not formulary.products:
        sheet.say("None is listed.")
    facts = list(
        dict.fromkeys(_fact_line(found) for product in formulary.products for found in product.properties)
    )
    for product in sorted(formulary.products, key=_easiest_first):
        _say_product(sheet, product, facts)
    if facts:
        sheet.heading(f"What may be done to products in {countries()[country]}: facts")
        for number, fact in enumerate(facts, start=1):
            sheet.item(fact, mark=f"{number}. ")


def _easiest_first(product: Product) -> tuple[int, str, Fraction, str]:
    rank = product.tier.rank if product.tier is not None else 9
    strength = (
        product.concentration.mg_per_ml
        if product.concentration is not None
        else Fraction(product.mg_per_unit or 0)
    )
    return (rank, f"{product.form_group} {product.release.value}", strength, product.id)


def _say_product(sheet: Sheet, product: Product, facts: list[str]) -> None:
    sheet.item(product.name)
    sheet.say(f"id {product.id}", indent=1)
    tier = (
        _TIER_WORDS[product.tier]
        if product.tier is not None
        else f"{product.availability}: never planned with"
    )
    sheet.say(
        f"{tier[:1].upper()}{tier[1:]}; {_packs(product)}; listed on {format_date(product.listed_on)} [{product.source}]",
        indent=1,
    )
    numbers = sorted(facts.index(_fact_line(found)) + 1 for found in product.properties)
    which = f"({'fact' if len(numbers) == 1 else 'facts'} {', '.join(map(str, numbers))})" if numbers else ""
    said = " ".join(filter(None, (_handling(product), which)))
    if said:
        sheet.say(said, indent=1)


def _packs(product: Product) -> str:
    unit = "mL" if product.is_liquid else ""
    packs = ", ".join(plain(size) for size in product.pack_sizes)
    sizes = f"packs of {packs} {unit}".rstrip() if packs else "pack size not listed"
    if product.price is None:
        return f"{sizes}; no list price"
    price = f"{product.price.currency} {product.price.amount:f} for {plain(product.price.pack_size)} {unit}".rstrip()
    return f"{sizes}; {price}"


def _handling(product: Product) -> str:
    """What the planner goes by; the facts it rests on are listed below the products."""
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


def _fact_line(found: Property) -> str:
    condition = f": {found.condition.rstrip('.')}" if found.condition else ""
    return f"{found.name.replace('_', ' ').capitalize()} {found.value}{condition}. {origin(found.provenance)}"
