"""The steps of a plan: a table where there is room for one, else block by block."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from easeoff.cli.layout import Column, Sheet, Style
from easeoff.documents.crosswords import UNIT_NOTE
from easeoff.documents.issuing import steps_to_come
from easeoff.documents.presenting import (
    NOT_YET,
    StepRow,
    course_sentence,
    dates_sentence,
    step_rows,
    worst_drop_sentence,
)
from easeoff.documents.standing import standing
from easeoff.documents.steprows import WAITING
from easeoff.documents.supplywords import RUNNING_OUT, supply_sentences
from easeoff.documents.wording import NO_TIME_SAID
from easeoff.medicines.model import Formulary, Product
from easeoff.medicines.productwords import supplied_as
from easeoff.planning.lifecycle import overdue_words, review_overdue
from easeoff.planning.plan import EffectKind, Plan
from easeoff.quantities import format_date, format_ml
from easeoff.safety import START_ONLY_IF

_NARROWEST_TABLE = 72
_WHEN, _DROP = 16, 15
#: A row of more columns than this is hard to follow with the eye.
_WIDEST_HOW = 44
#: The doses of two medicines are folded.
_WIDEST_DOSE = 16
_UNIT_NOTES = {
    EffectKind.OCCUPANCY_POINTS: "100 points is what the medicine does in the brain at your starting dose. 0 points is none of it.",
    EffectKind.PERCENT_OF_START: "Each drop is a share of the dose you started from.",
}


def say_steps(
    sheet: Sheet, plan: Plan, formulary: Formulary, *, followable: bool, on: date | None = None
) -> None:
    """Every step, the worst one marked in words, and what is needed to take them; of a followed plan as of the day ``on``.

    ``followable`` is false for a draft: one with open questions, or not within its limits.
    """
    sheet.heading("Steps" if followable else NOT_YET)
    if not followable:
        sheet.say(course_sentence(plan))
    sheet.say(worst_drop_sentence(plan), style=None if plan.summary.within_limit else Style.STOP)
    sheet.say(UNIT_NOTE if plan.crossover is not None else _UNIT_NOTES[plan.summary.effect_kind])
    if followable:
        sheet.say(f"At every step: {START_ONLY_IF} You can stay on any step as long as you like.")
    for text in _dates_said(plan, on):
        sheet.say(text)
    sheet.say("")
    rows = step_rows(plan, formulary)
    if sheet.width >= _NARROWEST_TABLE:
        _say_table(sheet, rows)
    else:
        for row in rows:
            _say_block(sheet, row)
    _say_things(sheet, plan, formulary)
    if followable:
        _say_measuring(sheet, plan, on)


def _dates_said(plan: Plan, on: date | None) -> Iterator[str]:
    """How far dates stand; while a plan waits, that there are none."""
    overdue = None if on is None else review_overdue(plan, on)
    if plan.status in WAITING:
        yield "While the plan waits, nothing after the dose you take now has a date. What stands below is how long a step lasts."
    if overdue is not None:
        yield overdue_words(overdue)
    elif plan.status in WAITING:
        if plan.review_on is not None:
            yield f"Your review stays on {format_date(plan.review_on)}."
    elif plan.review_on is not None:
        yield dates_sentence(plan)


def say_supply(sheet: Sheet, plan: Plan, formulary: Formulary) -> None:
    """What is needed from the pharmacy, and what to do when it runs out."""
    if not plan.supply:
        return
    sheet.heading("What is needed from the pharmacy")
    for text in supply_sentences(plan, formulary):
        sheet.item(text)
    sheet.say(RUNNING_OUT)


def _say_table(sheet: Sheet, rows: tuple[StepRow, ...]) -> None:
    ideal_known = any(row.ideal for row in rows)
    dose = max(8, *(min(len(text), _WIDEST_DOSE) for row in rows for text in (row.dose, f"({row.ideal})")))
    how = min(sheet.width - 4 - dose - _WHEN - _DROP - 8, _WIDEST_HOW)
    worst_known = any(row.worst_drop for row in rows)
    columns = (
        Column("Step", 4),
        Column("Dose\n(ideal)" if ideal_known else "Dose", dose),
        Column("How to make it", how),
        Column("When", _WHEN),
        Column("Drop\n(at worst)" if worst_known else "Drop", _DROP),
    )
    several = any(len(row.intakes) > 1 for row in rows)
    sheet.table(columns, [(_cells(row), _remarks(row)) for row in rows], spaced=several)
    sheet.say("")
    if ideal_known:
        sheet.say("(ideal): the dose the method would like best. It is not a dose to take.")
    if worst_known:
        sheet.say("(at worst): the drop by the least favourable published curve.")


def _cells(row: StepRow) -> tuple[str, ...]:
    ideal = "" if row.is_goal or not row.ideal else f"\n({row.ideal})"
    worst = f"\n({row.worst_drop})" if row.worst_drop else ""
    return (str(row.number), f"{row.dose}{ideal}", _how(row), _when(row), f"{row.drop}{worst}")


def _how(row: StepRow) -> str:
    if row.is_goal:
        return "nothing to take"
    if len(row.intakes) == 1 and row.intakes[0].when == NO_TIME_SAID:
        return row.intakes[0].text
    return "\n".join(f"{intake.when}: {intake.text}" for intake in row.intakes)


def _when(row: StepRow) -> str:
    return f"{row.when} ({row.days})" if row.days and not row.when.startswith("day ") else row.when


def _remarks(row: StepRow) -> tuple[str, ...]:
    return (", ".join(row.marks),) if row.marks else ()


def _say_block(sheet: Sheet, row: StepRow) -> None:
    sheet.say(f"{row.name}: {row.dose}" + ("" if row.is_goal else " a day"), style=Style.HEADING)
    sheet.item(_when(row), mark="  ")
    for line in _how(row).split("\n"):
        sheet.item(line, mark="  ")
    worst = f"; at worst {row.worst_drop}, by the least favourable published curve" if row.worst_drop else ""
    sheet.item(f"Drop: {row.drop}{worst}", mark="  ")
    for remark in _remarks(row):
        sheet.item(remark, mark="  >> ", style=Style.WARN)
    sheet.say("")


def _say_things(sheet: Sheet, plan: Plan, formulary: Formulary) -> None:
    sheet.heading("What it is made from")
    for product_id in plan.summary.products:
        sheet.item(_product_line(formulary.product(product_id)))
    used = {portion.device for step in plan.steps for intake in step.intakes for portion in intake.portions}
    for device in formulary.devices:
        if device.id in used:
            sheet.item(f"{device.name} (measures from {format_ml(device.floor_ml)} up)")


def _product_line(product: Product) -> str:
    tier = f"{supplied_as(product)}, " if product.tier is not None else ""
    return f"{product.name} ({tier}listed on {format_date(product.listed_on)})"


def _say_measuring(sheet: Sheet, plan: Plan, on: date | None) -> None:
    """How each dose up to the review is measured; what lies after it may change, and what is over is not said again."""
    near = plan.steps[: plan.near_steps]
    if plan.first is not None:
        near = tuple(covered.step for covered in steps_to_come(plan, standing(plan, on)))
    told = [
        (
            f"Step {step.number}" + (f" at {intake.time}" if intake.time else ""),
            " ".join(p.how for p in intake.portions),
        )
        for step in near
        for intake in step.intakes
        if any(p.how and (p.unit in {"mL", "drop"} or p.amount % 1) for p in intake.portions)
    ]
    if told:
        sheet.heading("How to measure, up to the review")
        for name, how in told:
            sheet.item(f"{name}: {how}")
