"""A crossover in words: both medicines by name in every line, the equivalent beside all tables, the checks, and what comes after."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from easeoff.documents.sourcing import confidence_words
from easeoff.documents.wording import days_text, span_text
from easeoff.planning.crossover.tables import OWN_JUDGEMENT
from easeoff.planning.lifecycle import mark_at, step_text
from easeoff.planning.plan import Crossover, Intake, Plan, Step, TableFigure
from easeoff.quantities import format_mg, format_percent, plain, rounded

UNIT_NOTE = (
    "Both medicines are counted together, by the equivalent that the prescriber entered. The total never rises. It falls a little where the "
    "new medicine cannot be made exactly: then it is rounded down."
)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One named table: what it gives for today's dose, and whether it may be used."""

    table: str
    figure: str
    standing: str


def dose_text(plan: Plan, step: Step) -> str:
    """``alprazolam 1 mg and diazepam 6.6 mg``."""
    return step_text(plan, step)


def intake_dose_text(plan: Plan, intake: Intake) -> str:
    """The same for one time of day."""
    assert plan.crossover is not None
    names = (plan.medicine, plan.crossover.medicine)
    return _both(
        (name, sum((p.mg for p in intake.portions if p.medicine == name), Decimal(0))) for name in names
    )


def _both(doses: Iterable[tuple[str, Decimal]]) -> str:
    said = [f"{name} {format_mg(mg)}" for name, mg in doses if mg]
    return " and ".join(said) or "nothing"


def course_text(plan: Plan) -> str:
    """From which medicine to which, in how many exchanges and days."""
    crossover = _crossover(plan)
    marks = [mark_at(plan, number) for number in range(len(plan.steps) + 1)]
    number = sum(after < before for before, after in pairwise(marks))
    steps = "1 exchange" if number == 1 else f"{number} exchanges"
    last = dose_text(plan, plan.steps[-1])
    days = f" over {days_text(plan.summary.days)}" if plan.summary.days else ""
    return (
        f"From {plan.medicine} {format_mg(plan.start_dose_mg)} a day to {last} a day, in {steps}{days}. "
        f"Changing to {crossover.medicine} is done only with a prescriber."
    )


def lost_text(plan: Plan) -> str:
    """How much the total falls on the way, which is only what cannot be made."""
    lost = rounded((plan.start_dose_mg - plan.goal_mg) * 100 / plan.start_dose_mg, 1)
    if not lost:
        return "The total, counted by the equivalent that was entered, stays as it is today."
    worst = plan.steps[plan.worst_step - 1]
    return (
        f"The total, counted by the equivalent that was entered, never rises. In all it ends {format_percent(lost)} lower than today, because "
        f"doses that cannot be made are rounded down. The most it falls at once is {format_percent(rounded(worst.drop, 1))}, at step "
        f"{worst.number}."
    )


def limits_text(plan: Plan) -> str:
    """What a crossover is held to."""
    most = plan.method.limits.percent_of_start
    kept = (
        "Every step keeps within this."
        if plan.summary.within_limit
        else "This draft does not keep within this."
    )
    return (
        f"Each step lasts {days_text(plan.interval_days)} or longer, and the next begins only after the check. One exchange may lose at most "
        f"{format_percent(most or 0)} of the day's dose by rounding. {kept}"
    )


def equivalent_sentences(plan: Plan) -> tuple[str, ...]:
    """The equivalent as it was entered, whose table it is, and the range over all tables."""
    crossover = _crossover(plan)
    start = f"{format_mg(plan.start_dose_mg)} of {plan.medicine} a day"
    by = (
        "the prescriber's own judgement"
        if crossover.table == OWN_JUDGEMENT
        else f"the table “{crossover.table}”"
    )
    entered = f"Entered by the prescriber: {start} stands for {format_mg(crossover.mg)} of {crossover.medicine}, by {by}."
    if crossover.low_mg is None or crossover.high_mg is None:
        return entered, "No table on record that may be used lists both medicines."
    where = "within" if crossover.in_range else "OUTSIDE"
    span = _span(crossover.low_mg, crossover.high_mg)
    return entered, (
        f"The named tables on record that may be used give {span} of {crossover.medicine}. What was entered lies {where} that range."
    )


def table_rows(plan: Plan) -> tuple[TableRow, ...]:
    """Every table on record that lists both medicines; those that are not verified are shown and never used."""
    crossover = _crossover(plan)
    return figure_rows(crossover.figures, crossover.medicine, crossover.table)


def figure_rows(figures: Iterable[TableFigure], medicine: str, named: str) -> tuple[TableRow, ...]:
    """The same for figures in mg of ``medicine`` that no plan holds; ``named`` is the table the prescriber goes by."""
    return tuple(_table_row(figure, medicine, named) for figure in figures)


def _table_row(figure: TableFigure, medicine: str, named: str) -> TableRow:
    standing = confidence_words(figure.confidence)
    if not figure.usable:
        standing = "not verified, so never used"
    elif figure.table == named:
        standing = f"the one the prescriber named ({standing})"
    return TableRow(figure.table, f"{_span(figure.low_mg, figure.high_mg)} of {medicine}", standing)


def check_text(plan: Plan, step: Step) -> str:
    """When a prescriber looks after this exchange."""
    first, last = _crossover(plan).check_days
    days = check_span(plan, step)
    when = "" if days is None else f" ({span_text(*days)})"
    return f"Check with your prescriber on day {first} to {last} of this step{when}, before the next one."


def check_span(plan: Plan, step: Step) -> tuple[date, date] | None:
    """The first and the last day of that check; ``None`` for a step without a date."""
    first, last = _crossover(plan).check_days
    if step.start is None:
        return None
    return step.start + timedelta(first - 1), step.start + timedelta(last - 1)


def afterwards(plan: Plan) -> str:
    """What follows the crossover: a plan of its own."""
    crossover = _crossover(plan)
    if crossover.kept_mg:
        return (
            "After the crossover two medicines are left. Coming down from them is a plan of its own for one at a time, and the prescriber says "
            "which goes first."
        )
    return (
        f"After the crossover, coming down from {format_mg(crossover.arrives_mg)} of {crossover.medicine} is a plan of its own, once the dose "
        "has been steady for a month or as long as the prescriber says."
    )


def next_command(plan: Plan) -> tuple[str, ...]:
    """The command that plans on from the dose arrived at; empty where two medicines are left."""
    crossover = _crossover(plan)
    if crossover.kept_mg:
        return ()
    words = [
        "easeoff",
        "plan",
        f"{crossover.medicine} {format_mg(crossover.arrives_mg)}",
        "--country",
        plan.country,
    ]
    said = [
        f"{intake.time}={plain(sum((p.mg for p in intake.portions), Decimal(0)))}"
        for intake in plan.steps[-1].intakes
        if intake.time and intake.portions
    ]
    if said:
        words += ["--intakes", ",".join(said)]
    return tuple(shlex.quote(word) for word in words)


def _span(low: Decimal, high: Decimal) -> str:
    return format_mg(low) if low == high else f"{format_mg(low)} to {format_mg(high)}"


def _crossover(plan: Plan) -> Crossover:
    assert plan.crossover is not None
    return plan.crossover
