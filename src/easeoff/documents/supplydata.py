"""Everything the pharmacy supply list says, as plain texts in the order of the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from easeoff.documents.eachmedicine import change_text
from easeoff.documents.jsontext import JsonValue
from easeoff.documents.needs import (
    PERIOD_DAYS,
    Need,
    code_text,
    is_unlicensed,
    list_price,
    listed_text,
    near_steps,
    needs,
    periods,
    price_of,
    price_with_buffer,
    quantity_text,
    supply_words,
)
from easeoff.documents.recorded import override_sentence
from easeoff.documents.requestfile import JsonObject
from easeoff.documents.standing import Standing, begins_today, standing
from easeoff.documents.supplywords import amount_text, in_hand_text, with_buffer_text
from easeoff.documents.wording import days_text, strength_text
from easeoff.medicines.model import Confidence, Formulary, Product
from easeoff.planning.plan import Plan, Status
from easeoff.planning.supply import BUFFER_DAYS
from easeoff.quantities import format_date, format_mg, plain
from easeoff.safety.beside_every_plan import MOST_CONTROLLED_DAYS, MOST_DAYS_WHEN_AT_RISK
from easeoff.safety.words import NOTICE

INTRO = (
    "This lists what a plan needs. It is not a prescription: supply only what is prescribed. The quantities are the"
    f" plan’s own, day by day, and {days_text(BUFFER_DAYS)} in hand on top, so that a late delivery is no sudden stop. How many days"
    " is our choice. Nothing else is added for spills or losses."
)
IF_LATE = (
    "If something cannot be had in time, please ring the prescriber and the person the same day. The person should go on"
    " with the dose of today from what is left, take no next step, and not stop."
)
LEFTOVERS = (
    "Leftovers and old strengths go back to the pharmacy, so that two strengths are never mixed up at home."
)
#: Findings that a pharmacist has to know of; their words are not said again here.
_FOR_THE_PHARMACY = (
    "change-of-form", "slow-release-kinds", "same-brand-and-salt", "unlicensed-product", "imported-product", "divided-tablets", "old-product-list", "controlled-drug",
    "supply-over-controlled-limit", "weekly-supply", "supply-over-weekly", "blurred-steps",
    "crossover-sedation", "crossover-two-medicines",
)  # fmt: skip
_WEEKLY = frozenset({"weekly-supply", "supply-over-weekly"})
_CONTROLLED = frozenset({"controlled-drug", "supply-over-controlled-limit"})
_COLUMNS = ("For these days", "Quantity", "By the list")


def supply_data(plan: Plan, formulary: Formulary, person: str = "", on: date | None = None) -> JsonObject:
    """The texts of the supply list up to the review, of a later version from the day ``on``. Raises `EaseoffError` where its products are not known."""
    name = change_text(plan)
    wanted = needs(plan, formulary, on)
    return {
        "title": f"{name}: supply list for the pharmacy",
        "name": f"For {person}" if person else "",
        "course": _course(plan, on),
        "intro": INTRO,
        "limit": limit_text(plan),
        "override": override_sentence(plan.request.override, plan.findings),
        "products": [_product(need, plan, on) for need in wanted],
        "columns": _COLUMNS,
        "devices": _devices(plan, formulary, on),
        "notes": (IF_LATE, LEFTOVERS),
        "told": [f.text for f in plan.findings if f.rule in _FOR_THE_PHARMACY],
        "total": _total(wanted, "for these days" if plan.status is Status.HELD else "to the review"),
        "notice": NOTICE,
        "footer": f"{name}, version {plan.version} of {format_date(plan.created_on)}. Supply list.",
    }


def limit_text(plan: Plan) -> str:
    """How much is given out at once, before any quantity; empty where nothing limits it."""
    rules = {finding.rule for finding in plan.findings}
    told = []
    if rules & _WEEKLY:
        told.append(
            f"Give out at most {days_text(MOST_DAYS_WHEN_AT_RISK)} at a time, whatever is added up below; what is in hand stays at"
            " the pharmacy."
        )
    if rules & _CONTROLLED:
        told.append(f"A controlled drug: at most {days_text(MOST_CONTROLLED_DAYS)} on one prescription.")
    return " ".join(told)


def _course(plan: Plan, on: date | None) -> str:
    days = sum(step.days for step in near_steps(plan, on))
    now = standing(plan, on)
    if plan.status is Status.HELD:
        return (
            f"{_taken_now(plan, now)}. The plan is on hold, so no lower dose has a date. This covers {days} days of this dose,"
            f" from {format_date(now.on)}."
        )
    review = f" on {format_date(plan.review_on)}" if plan.review_on else ""
    return (
        f"{_taken_now(plan, now)}. This covers the"
        f" {days} days up to the next review{review}, in periods of {PERIOD_DAYS} days."
    )


def _taken_now(plan: Plan, now: Standing) -> str:
    if plan.crossover is not None:
        course = (
            "is taken now"
            if _stays(plan, now)
            else f"is to be changed to {plan.crossover.medicine}, one dose after the other"
        )
        return f"{_upper(now.taken)} a day {course}"
    return f"{plan.medicine.capitalize()} {format_mg(now.dose_mg)} a day {_onward(plan, now)}"


def _onward(plan: Plan, now: Standing) -> str:
    """Nobody knows yet whether the dose of a step is taken on its first day, so that it is only said to be due."""
    if not _stays(plan, now):
        return "is to be reduced in steps"
    return "is due from today" if begins_today(plan, now) else "is taken now"


def _stays(plan: Plan, now: Standing) -> bool:
    """Whether nothing that is covered lies below the dose of now, or after the last exchange."""
    near = near_steps(plan, now.on)
    if plan.crossover is not None:
        return now.later and all(step.number <= now.step for step in near)
    return now.later and all(step.dose_mg >= now.dose_mg for step in near)


def _product(need: Need, plan: Plan, on: date | None) -> JsonObject:
    product = need.product
    rows: list[JsonValue] = [
        [period.words, quantity_text(line), price_of(line, product) if line else ""]
        for period, line in zip(periods(plan, on), need.by_period, strict=True)
    ]
    if need.in_all.buffer is not None:
        rows.append([_upper(in_hand_text(need.in_all)), amount_text(need.in_all, need.in_all.buffer), ""])
    rows.append(["In all", with_buffer_text(need.in_all), price_with_buffer(need.in_all, product)])
    return {
        "name": product.name,
        "facts": _facts(product),
        "rows": rows,
        "asks": _asks(product, plan, on),
    }


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _facts(product: Product) -> list[JsonValue]:
    facts = [
        ("Supply", f"{supply_words(product)}; {listed_text(product)}"),
        ("Strength", strength_text(product)),
        ("Code", code_text(product)),
        ("List price", list_price(product)),
    ]
    return [list(fact) for fact in facts if fact[1]]


def _asks(product: Product, plan: Plan, on: date | None) -> list[JsonValue]:
    asks: list[JsonValue] = []
    if product.is_liquid and product.mg_per_drop is None:
        asks.append(
            f"Please write the strength on the label as {strength_text(product)}, and give the volume in mL."
        )
    if is_unlicensed(product):
        asks.append("Please keep to one maker, and say so if the maker or the strength changes.")
    days = opened_days(product)
    if days is not None:
        asks.append(f"Once opened it keeps {plain(days)} days: count bottles by that too.")
    if _is_divided(product, plan, on):
        asks.append(_dividing(product))
    return asks


def _is_divided(product: Product, plan: Plan, on: date | None) -> bool:
    portions = (p for step in near_steps(plan, on) for intake in step.intakes for p in intake.portions)
    return any(p.product == product.id and p.unit == "tablet" and p.amount % 1 for p in portions)


def _dividing(product: Product) -> str:
    if product.parts is not None and product.parts > 1:
        return f"The plan divides these tablets: the record says into {product.parts} equal parts."
    return (
        "The plan divides these tablets. The list does not say whether they may be: please confirm it for the brand that"
        " you supply, and keep to that brand."
    )


def opened_days(product: Product) -> Decimal | None:
    """For how many days an opened bottle keeps, by the most cautious record that is not of one brand alone."""
    said = [
        Decimal(fact.value)
        for fact in product.properties
        if fact.name == "shelf_life_opened_days"
        and not fact.condition.startswith("Only ")
        and fact.provenance.confidence is not Confidence.UNVERIFIED
    ]
    return min(said, default=None)


def _devices(plan: Plan, formulary: Formulary, on: date | None) -> list[JsonValue]:
    used = {p.device for step in near_steps(plan, on) for intake in step.intakes for p in intake.portions}
    return [f"{device.name}" for device in formulary.devices if device.id in used]


def _total(wanted: tuple[Need, ...], reach: str) -> str:
    priced = [price_with_buffer(need.in_all, need.product) for need in wanted]
    known = [text.split(" ") for text in priced if text]
    if not known or len({currency for currency, _ in known}) != 1:
        return ""
    amount = sum((Decimal(figure) for _, figure in known), Decimal(0))
    rest = "" if len(known) == len(priced) else " Products without a list price are not in it."
    return f"List prices {reach}, what is in hand with it: {known[0][0]} {amount:.2f}.{rest}"
