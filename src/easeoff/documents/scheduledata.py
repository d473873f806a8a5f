"""Everything the printed schedule says, as plain texts in the order of the page; the template lays it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from easeoff.directory import CrisisPanel
from easeoff.documents.charts import plan_chart
from easeoff.documents.crosswords import (
    afterwards,
    check_text,
    equivalent_sentences,
    table_rows,
)
from easeoff.documents.drawings import drawing_of
from easeoff.documents.eachmedicine import change_text
from easeoff.documents.history import versions
from easeoff.documents.jsontext import JsonValue
from easeoff.documents.needs import near_steps, needs
from easeoff.documents.presenting import (
    LARGEST_DROP,
    NOT_DISTINCT,
    OVER_CLASS,
    StepRow,
    chart_alternative,
    finding_blocks,
    limits_sentence,
    method_sentence,
    step_rows,
    worst_drop_sentence,
)
from easeoff.documents.recorded import override_sentence
from easeoff.documents.requestfile import JsonObject
from easeoff.documents.sourcing import CONFIDENCE_WORDS, confidence_words
from easeoff.documents.standing import (
    Standing,
    agreement,
    begins_today,
    course_text,
    done_text,
    intakes_now,
    standing,
    start_words,
)
from easeoff.documents.supplywords import amount_text, in_hand_text, with_buffer_text
from easeoff.documents.wording import NO_TIME_SAID, WEEKDAYS, days_text
from easeoff.medicines.model import Formulary
from easeoff.planning.findings import Finding
from easeoff.planning.lifecycle import step_text
from easeoff.planning.plan import CitedSource, Plan, Portion, Step, SupplyLine
from easeoff.quantities import MONTHS, format_date, format_mg
from easeoff.safety.happenings import early_signs
from easeoff.safety.words import NOTICE, RED_CARD_INTRO, red_flags

IF_IT_GETS_HARD = (
    "Stay on the dose you are on. Do not take the next step yet. You may stay as long as you need.",
    "Keep taking your medicine every day. Do not stop all at once, unless a clinician tells you to.",
    "If you miss a dose, never take a double dose. Take the next dose as it stands here.",
    "If you missed more than one dose, ask a clinician today what to take.",
    "Ask your prescriber before you change a dose. Going slower is always possible.",
)
CALL_INTRO = "Whom I call, with the number. Fill this in today:"
CALL = ("My prescriber", "When they are closed", "My pharmacy", "Someone I trust")
SIGNING = ("Prescriber’s name and role", "Signature", "Date")
OUTLINE_NOTE = "You and your prescriber look at these steps again at the review. They may change."
NO_CUT = "This step is no cut."
#: Steps of up to so many days have a box for each day, longer ones a box for each week. Project choice.
_MOST_DAILY_BOXES = 42


def schedule_data(
    plan: Plan,
    formulary: Formulary,
    panel: CrisisPanel,
    person: str = "",
    on: date | None = None,
    findings: tuple[Finding, ...] | None = None,
) -> JsonObject:
    """The texts of ``plan``'s schedule; ``person`` is a name to print, as typed. Raises `EaseoffError` where its
    products are not known.

    A later version begins with the step taken on the day ``on``; ``findings`` stand there in place of the plan's own.
    """
    now = standing(plan, on)
    rows = step_rows(plan, formulary)
    near, first = steps_to_review(plan), max(0, now.step - 1)
    name = change_text(plan)
    left = _days_left(plan, now)
    blocks: list[JsonValue] = [
        _block(plan, step, row, formulary, now)
        | {
            "weeks": _ticks(
                left.get(step.number, step), sum(before.days for before in plan.steps[: step.number - 1])
            )
        }
        for step, row in zip(plan.steps[first:near], rows[first:near], strict=True)
    ]
    agreed = agreement(plan, now)
    said = plan.findings if findings is None else findings
    return {
        "title": f"{name}: schedule to the next review",
        "subtitle": agreed.subtitle,
        "name": f"For {person}" if person else "",
        "course": course_text(plan, now),
        "facts": _facts(plan, now),
        "agreement": agreed.text,
        "signing": SIGNING if agreed.to_sign else (),
        "override": override_sentence(plan.request.override, plan.findings),
        "done": done_text(plan, now),
        "blocks": blocks,
        "outline": [_outline_row(row) for row in rows[near:]],
        "outline_note": OUTLINE_NOTE,
        "review": _review_text(plan, rows, near),
        "hard": (*early_signs(formulary.medicine), *IF_IT_GETS_HARD),
        "call_intro": CALL_INTRO,
        "call": CALL,
        "red_intro": RED_CARD_INTRO,
        "red_flags": red_flags(formulary.medicine),
        "help_now": panel.sentences,
        "findings": [f"{block.heading}: {block.text}" for block in finding_blocks(said)],
        "method": [
            method_sentence(plan),
            *(() if plan.crossover is None else _equivalent_lines(plan)),
            *plan.method.because,
            limits_sentence(plan),
            worst_drop_sentence(plan),
        ],
        "chart": plan_chart(plan) if plan.crossover is None else "",
        "chart_alternative": chart_alternative(plan),
        "products": _product_lines(plan, formulary, now),
        "history": [*_history(plan)],
        "sources": [_source_line(cited) for cited in plan.sources],
        "confidence": _confidence_sentence(plan),
        "notice": NOTICE,
        "footer": f"{name}, version {plan.version} of {format_date(plan.created_on)}. {agreed.subtitle}.",
    }


def _review_text(plan: Plan, rows: tuple[StepRow, ...], near: int) -> str:
    """What is taken once the dated steps are over: no day of a review is a day without a dose, and none begins the next step."""
    if near >= len(rows) or not rows[:near]:
        return ""
    on = f"on {format_date(plan.review_on)}" if plan.review_on else f"after {rows[near - 1].name.lower()}"
    return (
        f"Your review is {on}. Until it has taken place, also when it is late, stay on {rows[near - 1].dose} a day. Do not begin"
        f" {rows[near].name.lower()}, and do not stop unless a clinician tells you to. No review yet? Ask your prescriber or"
        " pharmacist for it that day, and for more of this dose before it runs out."
    )


def steps_to_review(plan: Plan) -> int:
    """How many steps stand before the next review."""
    dated = sum(1 for step in plan.steps if step.start is not None)
    return dated or plan.near_steps


def _facts(plan: Plan, now: Standing) -> list[JsonValue]:
    taken = intakes_now(plan, now)
    dose = now.taken
    goal = format_mg(plan.goal_mg) if plan.crossover is None else step_text(plan, plan.steps[-1])
    review = format_date(plan.review_on) if plan.review_on else "to be agreed"
    made = f"{plan.version}, made on {format_date(plan.created_on)}"
    printed = f", printed on {format_date(now.on)}" if now.later else ""
    return [
        [
            "Dose from today" if begins_today(plan, now) else "Taken now",
            f"{dose} a day" + (f" ({taken})" if taken else ""),
        ],
        ["Goal", f"{goal} a day"],
        ["Version", f"{made}{printed}"],
        ["Replaces", plan.replaces or "nothing: this is the first version"],
        ["Next review", review],
    ]


def _history(plan: Plan) -> Iterator[JsonValue]:
    """What happened to a followed plan, a version a line; nothing for a first version."""
    if plan.first is None:
        return
    for version in versions(plan):
        told = version.difference
        if told is None:
            yield f"Version 1. {format_date(version.plan.created_on)}. The plan was made."
        else:
            yield f"Version {told.version}. {' '.join((told.happened, *_as_it_was(told.changes)))}"


def _as_it_was(changes: tuple[str, ...]) -> Iterator[str]:
    """The changes as history: no dose of then reads as the one of now, and the states in between are left out."""
    for text in changes:
        if not text.startswith("The plan was “"):
            then = text.replace("The dose now is", "The dose then was")
            yield then.replace(" no date now.", " no date then.")


def _block(plan: Plan, step: Step, row: StepRow, formulary: Formulary, now: Standing) -> JsonObject:
    intakes: list[JsonValue] = []
    for intake, words in zip(step.intakes, row.intakes, strict=True):
        drawings = [drawing_of(portion, formulary) for portion in intake.portions]
        intakes.append({
            "when": words.when,
            "dose": words.dose,
            "text": words.text,
            "how": [portion.how for portion in intake.portions if _needs_telling(portion)],
            "drawings": [drawing for drawing in drawings if drawing is not None],
        })  # fmt: skip
    worst = f" By other published curves: up to {row.worst_drop}." if row.worst_drop else ""
    marks = f" This is {LARGEST_DROP}." if row.is_worst else ""
    marks += f" This drop is {OVER_CLASS}." if OVER_CLASS in row.marks else ""
    marks += "" if step.distinct else f" This dose is {NOT_DISTINCT}."
    return {
        "heading": f"{row.name}: {row.dose} a day",
        "when": f"{row.when}, {row.days}" if row.days else row.when,
        "start_only_if": start_words(plan, step, now),
        "intakes": intakes,
        "drop": _drop_line(plan, step, f"Drop: {row.drop}.{worst}{marks}", now),
        "weeks": [],
        "boxes": len(step.intakes) if step.days <= _MOST_DAILY_BOXES else 1,
    }


def _drop_line(plan: Plan, step: Step, drop: str, now: Standing) -> str:
    """What the step takes away, or what it exchanges."""
    if plan.crossover is not None:
        return _exchange(plan, step)
    return drop if step.drop or not now.later else NO_CUT


def _exchange(plan: Plan, step: Step) -> str:
    """What is exchanged and when the prescriber looks."""
    return " ".join((*step.because, check_text(plan, step)))


def _equivalent_lines(plan: Plan) -> list[str]:
    """The equivalent as entered, and every named table beside it."""
    tables = "; ".join(f"{row.table}: {row.figure}, {row.standing}" for row in table_rows(plan))
    return [*equivalent_sentences(plan), f"The tables: {tables}.", afterwards(plan)]


def _days_left(plan: Plan, now: Standing) -> dict[int, Step]:
    """By number the steps of a later version without the days that are over; one that goes on reaches to the review."""
    if not now.later:
        return {}
    return {step.number: step for step in near_steps(plan, now.on)}


def _needs_telling(portion: Portion) -> bool:
    """Whole pieces are told by the line above; what is measured or divided needs its own sentence."""
    return bool(portion.how) and (portion.unit in ("mL", "drop") or portion.amount % 1 != 0)


def _ticks(step: Step, over: int) -> list[JsonValue]:
    """Rows of labels, one for each box: by day, or by week in a long step. A step without end has none.

    ``over`` days of the plan lie before the step: without dates the days are counted on, as its heading counts them.
    """
    if step.days <= _MOST_DAILY_BOXES:
        labels = [_day_label(step.start, day, over) for day in range(step.days)]
        return [labels[at : at + 7] for at in range(0, len(labels), 7)]
    labels = [f"week {week + 1}" for week in range(-(-step.days // 7))]
    return [labels[at : at + 7] for at in range(0, len(labels), 7)]


def _day_label(start: date | None, day: int, over: int) -> str:
    if start is None:
        return f"day {over + day + 1}"
    on = start + timedelta(day)
    return f"{WEEKDAYS[on.weekday()][:3]} {on.day} {MONTHS[on.month - 1][:3]}"


def _outline_row(row: StepRow) -> list[JsonValue]:
    alone = len(row.intakes) == 1 and row.intakes[0].when == NO_TIME_SAID
    said = (intake.text if alone else f"{intake.when}: {intake.text}" for intake in row.intakes)
    taken = "; ".join(said) or "nothing to take"
    marks = f" ({', '.join(row.marks)})" if row.marks else ""
    return [row.name, row.dose, taken, row.days or row.when, row.drop + marks]


def _product_lines(plan: Plan, formulary: Formulary, now: Standing) -> list[JsonValue]:
    """Each product with its list and date, and how much is needed up to the review."""
    used = dict.fromkeys(
        portion.product
        for step in plan.steps
        if not now.is_behind(step)
        for intake in step.intakes
        for portion in intake.portions
    )
    counted = (
        plan.supply
        if plan.crossover is not None
        else (need.in_all for need in needs(plan, formulary, now.on))
    )
    needed = {line.product: line for line in counted}
    lines: list[JsonValue] = []
    for product_id in used:
        product = formulary.product(product_id)
        source = formulary.source(product.source).title.rstrip(".")
        supply = f" {_supply_sentence(needed[product_id])}" if product_id in needed else ""
        lines.append(f"{product.name}: listed on {format_date(product.listed_on)} ({source}).{supply}")
    return lines


def _supply_sentence(line: SupplyLine) -> str:
    in_hand = f" With {in_hand_text(line)}: {with_buffer_text(line)}." if line.buffer is not None else ""
    needed = amount_text(line) if in_hand else with_buffer_text(line)
    return f"Needed for {days_text(line.period_days)}: {needed}.{in_hand}"


def _source_line(cited: CitedSource) -> str:
    source = cited.source
    at = f", {source.doi_or_url}" if source.doi_or_url else ""
    return f"{source.title.rstrip('.')}{at} ({confidence_words(cited.confidence)})"


def _confidence_sentence(plan: Plan) -> str:
    counts = Counter(cited.confidence for cited in plan.sources)
    told = [f"{counts[word]} {words}" for word, words in CONFIDENCE_WORDS.items() if counts[word]]
    how_sure = f" Of its {len(plan.sources)} sources: {'; '.join(told)}." if told else ""
    return f"Made by Easeoff {plan.engine_version} with data version {plan.data_version}.{how_sure}"
