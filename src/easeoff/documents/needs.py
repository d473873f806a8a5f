"""What the pharmacy has to supply, period by period of 28 days, counted from the plan's own days up to the review."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from easeoff.documents.issuing import Covered, steps_ahead
from easeoff.documents.presenting import price_text
from easeoff.documents.standing import standing
from easeoff.documents.supplywords import amount_text, packs_text
from easeoff.documents.wording import span_text
from easeoff.medicines.model import Formulary, Product, Tier
from easeoff.planning.plan import Plan, Status, Step, SupplyLine
from easeoff.planning.supply import supply_until_review
from easeoff.quantities import format_date

#: Days of one prescription as they are counted here. Project choice: whole weeks, and within the 30 days of a controlled drug.
PERIOD_DAYS = 28

_SUPPLY_WORDS = {
    Tier.LICENSED: "licensed",
    Tier.TARIFF: "special with a set price, unlicensed",
    Tier.SPECIAL: "special, made or brought in to order, unlicensed",
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the plan, counted from 0; ``start`` is the civil date of the first, ``None`` in a plan without dates."""

    first: int
    days: int
    start: date | None

    @property
    def words(self) -> str:
        """``4 January to 31 January 2027``, or ``day 1 to day 28``."""
        if self.start is None:
            return f"day {self.first + 1} to day {self.first + self.days}"
        return span_text(self.start, self.start + timedelta(self.days - 1))


@dataclass(frozen=True, slots=True)
class Need:
    """What is needed of one product: for each period, ``None`` where nothing is, and in all."""

    product: Product
    by_period: tuple[SupplyLine | None, ...]
    in_all: SupplyLine


def near_steps(plan: Plan, on: date | None = None) -> tuple[Step, ...]:
    """The steps that stand before the next review: those with dates, and without any the first few.

    Of a later version what is left of them on the day ``on``, from the step that is taken now; of one on hold 28 days of that step.
    """
    if plan.first is not None:
        now = standing(plan, on)
        if plan.status is Status.HELD:
            return tuple(
                replace(s, start=now.on, days=PERIOD_DAYS) for s in plan.steps if s.number == now.step
            )
        return tuple(_left(covered, now.on) for covered in steps_ahead(plan, now))
    dated = tuple(step for step in plan.steps if step.start is not None)
    return dated or plan.steps[: plan.near_steps]


def _left(covered: Covered, on: date) -> Step:
    start = None if covered.start is None else max(covered.start, on)
    return replace(covered.step, start=start, days=covered.days_left(on))


def periods(plan: Plan, on: date | None = None) -> tuple[Period, ...]:
    """The days up to the review in periods of 28; the last may be shorter."""
    near = near_steps(plan, on)
    days = sum(step.days for step in near)
    start = near[0].start if near else None
    return tuple(
        Period(first, min(PERIOD_DAYS, days - first), start + timedelta(first) if start else None)
        for first in range(0, days, PERIOD_DAYS)
    )


def needs(plan: Plan, formulary: Formulary, on: date | None = None) -> tuple[Need, ...]:
    """Each product that the plan takes up to its review, in the order in which it is first taken."""
    steps = near_steps(plan, on)
    every = _lines(formulary, steps)
    parts = [_lines(formulary, _within(steps, period)) for period in periods(plan, on)]
    order = dict.fromkeys(p.product for step in steps for intake in step.intakes for p in intake.portions)
    return tuple(
        Need(formulary.product(one), tuple(part.get(one) for part in parts), every[one]) for one in order
    )


def _lines(formulary: Formulary, steps: tuple[Step, ...]) -> dict[str, SupplyLine]:
    if not steps:
        return {}
    return {line.product: line for line in supply_until_review(formulary, steps, steps[-1].number)}


def _within(steps: tuple[Step, ...], period: Period) -> tuple[Step, ...]:
    """The steps cut to the days that fall into ``period``."""
    cut, begins = [], 0
    for step in steps:
        days = min(begins + step.days, period.first + period.days) - max(begins, period.first)
        if days > 0:
            cut.append(replace(step, days=days))
        begins += step.days
    return tuple(cut)


def quantity_text(line: SupplyLine | None) -> str:
    """``98 tablets (4 packs of 28)``, ``140 mL (1 pack of 150 mL)``; a dash where nothing is needed."""
    if line is None:
        return "–"
    if line.packs is None or line.pack_size is None:
        return amount_text(line)
    return f"{amount_text(line)} ({packs_text(line, line.packs)})"


def supply_words(product: Product) -> str:
    """How it is supplied: licensed, or which kind of special."""
    return (
        _SUPPLY_WORDS[product.tier]
        if product.tier is not None
        else "not on the list of what may be planned with"
    )


def is_unlicensed(product: Product) -> bool:
    """Whether it is made or brought in to order, without a licence."""
    return product.tier in (Tier.TARIFF, Tier.SPECIAL)


def list_price(product: Product) -> str:
    """``GBP 9.00 for 28 tablets``, or that none is listed."""
    return price_text(product.price) if product.price is not None else "no price listed"


def price_of(line: SupplyLine, product: Product) -> str:
    """What these packs cost by the list, ``GBP 27.00``; empty where the price is not for this pack."""
    return _price(line, product, line.packs)


def price_with_buffer(line: SupplyLine, product: Product) -> str:
    """The same for all packs, what is to be in hand with them."""
    return _price(line, product, line.packs if line.buffer is None else line.packs_with_buffer)


def _price(line: SupplyLine, product: Product, packs: int | None) -> str:
    price = product.price
    if price is None or packs is None or price.pack_size != line.pack_size:
        return ""
    return f"{price.currency} {price.amount * Decimal(packs):.2f}"


def code_text(product: Product) -> str:
    """The list's own code, so that no other product is taken for it; empty where it has none."""
    return f"{product.code_system} {product.codes[0]}".strip() if product.codes else ""


def listed_text(product: Product) -> str:
    """``listed on 14 August 2025``: never more than that."""
    return f"listed on {format_date(product.listed_on)}"
