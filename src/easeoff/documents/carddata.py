"""Everything the preparation cards say: one card for each way of making a dose that the plan uses up to its review.

A way stands here only where the planner took it from a product's record or from what was confirmed for the brand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING, Decimal

from easeoff.documents.drawings import drawing_of
from easeoff.documents.eachmedicine import as_labelled, change_text
from easeoff.documents.jsontext import JsonValue
from easeoff.documents.needs import near_steps
from easeoff.documents.preparing import CAREFUL, TITLES, WORDS, Way, way_of
from easeoff.documents.recorded import override_sentence
from easeoff.documents.requestfile import JsonObject
from easeoff.documents.sourcing import confidence_words
from easeoff.documents.wording import figure_mg, portion_text, strength_text
from easeoff.medicines.model import Confidence, Device, Formulary, Product, Property
from easeoff.planning.plan import Plan, Portion
from easeoff.quantities import EaseoffError, format_date, format_mg, format_percent
from easeoff.safety.words import NOTICE

INTRO = (
    "One card for each way in which a dose of this plan is made ready. Ask your pharmacist to go through it with you once,"
    " with the product in hand."
)
_COLUMNS = ("For", "Take", "What really arrives", "Error")
#: Which records of a product speak of which way.
_RECORDS = {
    Way.HALVE: ("divisible",), Way.QUARTER: ("divisible",), Way.DISPERSE: ("dispersible",),
    Way.DILUTE: ("dilutable", "dilution_ml"), Way.DROPS: ("mg_per_drop", "measure_by", "dilutable"),
    Way.SYRINGE: ("dilutable", "shelf_life_opened_days"), Way.BEADS: ("bead_countable", "openable"),
}  # fmt: skip

_Key = tuple[Way, str, str]


def card_data(plan: Plan, formulary: Formulary, person: str = "", on: date | None = None) -> JsonObject:
    """The texts of the cards, of a later version from the step taken on the day ``on``. Raises `EaseoffError` where every dose is of whole pieces and nothing has to be made ready."""
    cards = [_card(key, found, formulary) for key, found in _ways(plan, formulary, on).items()]
    if not cards:
        raise EaseoffError("No card is needed: every dose up to the review is of whole pieces.",
                           "Take them as the schedule says.")  # fmt: skip
    name = change_text(plan)
    return {
        "title": f"{name}: how to make each dose ready",
        "name": f"For {person}" if person else "",
        "intro": INTRO,
        "override": override_sentence(plan.request.override, plan.findings),
        "cards": cards,
        "columns": _COLUMNS,
        "notice": NOTICE,
        "footer": f"{name}, version {plan.version} of {format_date(plan.created_on)}. How to make each dose ready.",
    }


def needs_a_card(plan: Plan, formulary: Formulary, on: date | None = None) -> bool:
    """Whether some dose up to the review is more than whole pieces."""
    return bool(_ways(plan, formulary, on))


def _ways(
    plan: Plan, formulary: Formulary, on: date | None
) -> dict[_Key, dict[Decimal, tuple[Portion, list[int]]]]:
    """For each way, product and syringe the different amounts, each with the steps that use it."""
    found: dict[_Key, dict[Decimal, tuple[Portion, list[int]]]] = {}
    for number, portion in _portions(plan, on):
        way = way_of(portion, formulary.product(portion.product))
        if way is None:
            continue
        amounts = found.setdefault((way, portion.product, portion.device), {})
        steps = amounts.setdefault(portion.amount, (as_labelled(plan, portion), []))[1]
        if number not in steps:
            steps.append(number)
    return found


def _portions(plan: Plan, on: date | None) -> Iterator[tuple[int, Portion]]:
    for step in near_steps(plan, on):
        for intake in step.intakes:
            for portion in intake.portions:
                yield step.number, portion


def _card(key: _Key, amounts: dict[Decimal, tuple[Portion, list[int]]], formulary: Formulary) -> JsonObject:
    way, product_id, device_id = key
    product = formulary.product(product_id)
    device = next((device for device in formulary.devices if device.id == device_id), None)
    first = next(iter(amounts.values()))[0]
    drawing = drawing_of(first, formulary)
    return {
        "heading": f"{TITLES[way]}: {product.name}",
        "strength": strength_text(product),
        "device": _device(device),
        "drawings": [drawing] if drawing is not None else [],
        "drawn": f"The drawing shows {portion_text(first, formulary)}." if drawing is not None else "",
        "how": [_filled(words, product) for words in WORDS[way]],
        "careful": CAREFUL[way],
        "rows": [_row(portion, steps, formulary) for portion, steps in amounts.values()],
        "counts": [],
        "counted": (),
        "records": [*records_of(way, product, formulary)],
    }


def _device(device: Device | None) -> str:
    if device is None:
        return ""
    return f"You need one {device.name}. Look at yours: if its marks are different, ask your pharmacist before you use it."


def _filled(words: str, product: Product) -> str:
    """The sentence with what the product's own record says put in; the most cautious where it says nothing."""
    volume = next(
        (f"about {fact.value} mL" for fact in _facts(product, ("dilution_ml",))),
        "the amount that its label says",
    )
    drinks = next((fact.condition for fact in _facts(product, ("dilutable",))), "")
    return words.format(volume=volume, drinks=f" ({drinks})" if drinks else "")


def _row(portion: Portion, steps: list[int], formulary: Formulary) -> list[JsonValue]:
    which = ("Step " if len(steps) == 1 else "Steps ") + ", ".join(str(number) for number in steps)
    low, high, mg = portion.low_mg, portion.high_mg, portion.equivalent_mg
    between = f"{figure_mg(low)} to {figure_mg(high)}"
    return [which, portion_text(portion, formulary), between, _error(max(high - mg, mg - low), mg)]


def _error(off: Decimal, mg: Decimal) -> str:
    """The larger of both sides in percent, rounded up: never smaller than it is."""
    percent = (off * 100 / mg).quantize(Decimal(1), rounding=ROUND_CEILING)
    return f"up to {format_percent(percent)} either way" if off else f"none counted ({format_mg(mg)})"


def _facts(product: Product, names: tuple[str, ...]) -> Iterator[Property]:
    for fact in product.properties:
        of_one_brand = fact.condition.startswith("Only ")
        if (
            fact.name in names
            and not of_one_brand
            and fact.provenance.confidence is not Confidence.UNVERIFIED
        ):
            yield fact


def records_of(way: Way, product: Product, formulary: Formulary) -> Iterator[str]:
    """What the records say of this way, with the source; or that none does."""
    said = False
    for fact in _facts(product, _RECORDS[way]):
        if fact.value in ("unknown", "1") and fact.name == "divisible":
            continue
        said = True
        words = (
            "must be diluted" if (fact.name, fact.value) == ("dilutable", "must") else _FACT_WORDS[fact.name]
        )
        told = f"{words.format(value=fact.value.replace('_', ' '))}{f': {fact.condition}' if fact.condition else ''}"
        title = formulary.source(fact.provenance.source).title.rstrip(".")
        yield f"On record: {told}. {title} ({confidence_words(fact.provenance.confidence.value)})."
    if not said and way in (Way.HALVE, Way.QUARTER) and not product.parts:
        yield "No record says that these tablets may be divided. The plan rests on a pharmacist’s confirmation for your brand."


_FACT_WORDS = {
    "divisible": "may be divided into {value} equal parts",
    "dispersible": "may be dispersed: {value}",
    "dilutable": "may be diluted",
    "dilution_ml": "into about {value} mL",
    "mg_per_drop": "one drop holds {value} mg",
    "measure_by": "measured by {value}",
    "bead_countable": "beads can be counted: {value}",
    "openable": "may be opened: {value}",
    "shelf_life_opened_days": "keeps {value} days once opened",
}
