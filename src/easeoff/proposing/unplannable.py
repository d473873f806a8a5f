"""Why nothing that a country lists of a medicine can be planned with."""

from __future__ import annotations

from easeoff.medicines import country_in_words
from easeoff.medicines.model import Formulary, Product
from easeoff.medicines.reporting import to_plan_with

_BY_ROUTE = {
    "sublingual": "is taken under the tongue", "oromucosal": "is taken up in the mouth", "transdermal": "is a patch",
    "intramuscular": "is injected", "subcutaneous": "is injected", "rectal": "is put into the back passage",
    "nasal": "is taken through the nose", "implant": "is an implant",
}  # fmt: skip


def why_unplannable(formulary: Formulary) -> str | None:
    """One sentence where the list has the medicine and a plan may use none of it, of any tier; else ``None``."""
    if not formulary.products or any(to_plan_with(product) for product in formulary.products):
        return None
    reasons = list(dict.fromkeys(_why(product) for product in formulary.products))
    said = " or ".join(filter(None, (", ".join(reasons[:-1]), reasons[-1])))
    return (
        f"In the product list for {country_in_words(formulary.country)} every entry of {formulary.medicine.name} {said}, "
        "so nothing can be planned from it."
    )


def _why(product: Product) -> str:
    if product.combination_with:
        return f"holds {' and '.join(product.combination_with)} too"
    if product.route != "oral":
        return _BY_ROUTE[product.route]
    if any(said.name == "plan_with" for said in product.properties):
        return "is no product to come down with by its record"
    return "is discontinued" if product.availability == "discontinued" else "is not known to be sold"
