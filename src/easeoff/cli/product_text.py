"""The products of a medicine: how they are supplied and what may be done to them."""

from __future__ import annotations

from easeoff.cli.layout import Sheet
from easeoff.cli.sources_text import origin
from easeoff.medicines import country_in_words, load_formulary
from easeoff.medicines.model import Product, Property
from easeoff.medicines.productwords import (
    easiest_first,
    handling_words,
    packs_words,
    property_words,
    tier_words,
)
from easeoff.quantities import format_date


def say_products(sheet: Sheet, name: str, country: str) -> None:
    """The products of one medicine in one country, the easiest to get first, and what may be done to each."""
    formulary = load_formulary(name, country)
    sheet.heading(f"Products in {country_in_words(country)} ({len(formulary.products)})")
    if not formulary.products:
        sheet.say("None is listed.")
    facts = list(
        dict.fromkeys(_fact_line(found) for product in formulary.products for found in product.properties)
    )
    for product in sorted(formulary.products, key=easiest_first):
        _say_product(sheet, product, facts)
    if facts:
        sheet.heading(f"What may be done to products in {country_in_words(country)}: facts")
        for number, fact in enumerate(facts, start=1):
            sheet.item(fact, mark=f"{number}. ")


def _say_product(sheet: Sheet, product: Product, facts: list[str]) -> None:
    sheet.item(product.name)
    sheet.say(f"id {product.id}", indent=1)
    sheet.say(
        f"{tier_words(product)}; {packs_words(product)}; listed on {format_date(product.listed_on)} [{product.source}]",
        indent=1,
    )
    numbers = sorted(facts.index(_fact_line(found)) + 1 for found in product.properties)
    which = f"({'fact' if len(numbers) == 1 else 'facts'} {', '.join(map(str, numbers))})" if numbers else ""
    said = " ".join(filter(None, (handling_words(product), which)))
    if said:
        sheet.say(said, indent=1)


def _fact_line(found: Property) -> str:
    return f"{property_words(found)} {origin(found.provenance)}"
