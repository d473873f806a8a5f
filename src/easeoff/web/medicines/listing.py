"""The products of one medicine by country, in words short enough for a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from easeoff.medicines import countries, load_formulary
from easeoff.medicines.files import DATA_ROOT, read_toml
from easeoff.medicines.model import Product, Property
from easeoff.medicines.productwords import (
    easiest_first,
    handling_words,
    packs_words,
    property_words,
    tier_words,
)
from easeoff.medicines.reporting import OLD_AFTER_DAYS, to_plan_with
from easeoff.quantities import format_date
from easeoff.web.medicines.citing import Citations, Fact


@dataclass(frozen=True, slots=True)
class ShownProduct:
    """One product. ``listed`` is set only where its date or list is not that of its country."""

    name: str
    supply: str
    handling: str
    facts: tuple[int, ...]
    listed: str
    number: int


@dataclass(frozen=True, slots=True)
class ShownCountry:
    """One country's products, the easiest to get first, and the facts on what may be done to them."""

    code: str
    name: str
    note: str
    listed_on: str
    number: int
    old: bool
    products: tuple[ShownProduct, ...]
    facts: tuple[Fact, ...]


def shown_countries(name: str, citations: Citations, today: date) -> tuple[ShownCountry, ...]:
    """Every country with a product list."""
    about = read_toml(DATA_ROOT / "countries.toml")
    return tuple(_shown(name, code, about[code], citations, today) for code in countries())


def _shown(name: str, code: str, about: dict[str, object], citations: Citations, today: date) -> ShownCountry:
    products = sorted(load_formulary(name, code).products, key=easiest_first)
    listed_on, source = about["listed_on"], str(about["products_source"])
    assert isinstance(listed_on, date)
    facts = list(dict.fromkeys(found for product in products for found in product.properties))
    return ShownCountry(
        code=code,
        name=countries()[code],
        note=str(about["note"]),
        listed_on=format_date(listed_on),
        number=citations.number(source),
        old=(today - listed_on).days > OLD_AFTER_DAYS,
        products=tuple(_product(product, facts, listed_on, source, citations) for product in products),
        facts=tuple(citations.fact(property_words(found), found.provenance) for found in facts),
    )


def _product(
    product: Product, facts: list[Property], listed_on: date, source: str, citations: Citations
) -> ShownProduct:
    elsewhere = product.listed_on != listed_on or product.source != source
    return ShownProduct(
        name=product.name,
        supply=f"{tier_words(product)}; {packs_words(product)}{_unplanned(product)}",
        handling=handling_words(product),
        facts=tuple(sorted(facts.index(found) + 1 for found in product.properties)),
        listed=f"listed on {format_date(product.listed_on)}" if elsewhere else "",
        number=citations.number(product.source) if elsewhere else 0,
    )


def _unplanned(product: Product) -> str:
    """Why a product with a tier is not planned with all the same."""
    if product.tier is None or to_plan_with(product):
        return ""
    if product.combination_with:
        return f"; holds {' and '.join(product.combination_with)} too: not planned with"
    return f"; {product.route}: not planned with"
