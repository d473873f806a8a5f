"""What is needed from the pharmacy, in sentences: by step and by 28 days, in whole packs, with a buffer."""

from __future__ import annotations

from decimal import Decimal

from easeoff.documents.wording import days_text
from easeoff.medicines.model import Formulary
from easeoff.planning.plan import Plan, SupplyLine
from easeoff.planning.supply import STRETCH_DAYS
from easeoff.quantities import format_date, plain, plural
from easeoff.safety.happenings import RUNNING_OUT

__all__ = ["RUNNING_OUT", "amount_text", "supply_sentences"]


def supply_sentences(plan: Plan, formulary: Formulary) -> tuple[str, ...]:
    """One paragraph a product."""
    return tuple(_sentences(line, formulary) for line in plan.supply)


def amount_text(line: SupplyLine, amount: Decimal | None = None) -> str:
    """An amount of a line with its unit, the whole by default."""
    number = line.amount if amount is None else amount
    return f"{plain(number)} {plural(line.unit, number)}"


def _sentences(line: SupplyLine, formulary: Formulary) -> str:
    known = {product.id: product.name for product in formulary.products}
    name = known.get(line.product, f"{line.product} (no longer listed)")
    told = [f"{name}: {amount_text(line)} for {days_text(line.period_days)}."]
    if len(line.steps) > 1:
        by_step = ", ".join(f"step {one.step} {amount_text(line, one.amount)}" for one in line.steps)
        told.append(f"By step: {by_step}.")
    if len(line.per_28_days) > 1:
        told.append(
            f"For each {STRETCH_DAYS} days: {', '.join(amount_text(line, a) for a in line.per_28_days)}."
        )
    if line.buffer is not None and line.buffer_days is not None:
        told.append(
            f"Keep {days_text(line.buffer_days)} in hand on top: {amount_text(line, line.buffer)} (our choice of days)."
        )
    if line.packs_with_buffer is not None and line.pack_size is not None:
        told.append(_packs(line))
    elif line.packs is None:
        told.append("No pack size is on record: ask your pharmacist.")
    if line.reorder_on is not None:
        told.append(f"Ask for more on {format_date(line.reorder_on)}.")
    return " ".join(told)


def _packs(line: SupplyLine) -> str:
    assert line.packs_with_buffer is not None and line.pack_size is not None
    count = f"{line.packs_with_buffer} {'pack' if line.packs_with_buffer == 1 else 'packs'} of {plain(line.pack_size)}"
    over = (
        f", with {amount_text(line, line.leftover)} over at the end, the buffer in it"
        if line.leftover
        else ""
    )
    return f"With that: {count}{over}."
