"""What is needed from the pharmacy, in sentences: by step and by 28 days, in whole packs, with a buffer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from easeoff.documents.wording import days_text
from easeoff.medicines.model import Formulary
from easeoff.planning.plan import Plan, SupplyLine
from easeoff.planning.supply import STRETCH_DAYS, is_taken_afterwards
from easeoff.quantities import format_date, plain, plural
from easeoff.safety.happenings import RUNNING_OUT

__all__ = ["RUNNING_OUT", "amount_text", "in_hand_text", "packs_text", "supply_sentences", "with_buffer_text"]


def supply_sentences(plan: Plan, formulary: Formulary) -> tuple[str, ...]:
    """One paragraph a product. No day to ask for more of one that is not taken any more by then, in older plan files too."""
    return tuple(
        _sentences(
            line if is_taken_afterwards(plan, line.product) else replace(line, reorder_on=None), formulary
        )
        for line in plan.supply
    )


def amount_text(line: SupplyLine, amount: Decimal | None = None) -> str:
    """An amount of a line with its unit, the whole by default."""
    number = line.amount if amount is None else amount
    return f"{plain(number)} {plural(line.unit, number)}"


def packs_text(line: SupplyLine, packs: int) -> str:
    """``4 packs of 28``, ``1 pack of 150 mL``."""
    assert line.pack_size is not None
    unit = " mL" if line.unit in ("mL", "drop") else ""
    return f"{packs} {'pack' if packs == 1 else 'packs'} of {plain(line.pack_size)}{unit}"


def in_hand_text(line: SupplyLine) -> str:
    """``7 days in hand on top (our choice of days)``; empty in plans made before it was counted."""
    return (
        ""
        if line.buffer_days is None
        else f"{days_text(line.buffer_days)} in hand on top (our choice of days)"
    )


def with_buffer_text(line: SupplyLine) -> str:
    """What is needed in all, what is to be in hand with it: ``98 tablets (4 packs of 28)``."""
    packs = line.packs if line.buffer is None else line.packs_with_buffer
    amount = amount_text(line, line.amount + (line.buffer or 0))
    return amount if packs is None or line.pack_size is None else f"{amount} ({packs_text(line, packs)})"


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
    if line.buffer is not None:
        told.append(f"Keep {in_hand_text(line)}: {amount_text(line, line.buffer)}.")
    if line.packs_with_buffer is not None and line.pack_size is not None:
        told.append(_packs(line))
    elif line.packs is None:
        told.append("No pack size is on record: ask your pharmacist.")
    if line.reorder_on is not None:
        told.append(_ask_for_more(line, line.reorder_on))
    return " ".join(told)


def _ask_for_more(line: SupplyLine, on: date) -> str:
    """Many prescriptions hold less than what is needed until a review, those of controlled medicines nearly all."""
    by_then = f"Ask for more on {format_date(on)}"
    if len(line.per_28_days) < 2 or line.buffer_days is None:
        return f"{by_then}."
    return f"{by_then}; if you are given less at a time, {days_text(line.buffer_days)} before each supply runs out."


def _packs(line: SupplyLine) -> str:
    assert line.packs_with_buffer is not None and line.pack_size is not None
    over = (
        f", with {amount_text(line, line.leftover)} over at the end, the buffer in it"
        if line.leftover
        else ""
    )
    return f"With that: {packs_text(line, line.packs_with_buffer)}{over}."
