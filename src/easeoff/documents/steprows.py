"""The plan in words, row by row: what page, terminal and paper all print. No markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate

from easeoff.documents.crosswords import dose_text, intake_dose_text
from easeoff.documents.wording import (
    days_text,
    drop_text,
    figure_mg,
    intake_text,
    span_text,
    time_text,
    unit_of,
)
from easeoff.medicines.model import Formulary
from easeoff.planning.methods.over_class import over_class
from easeoff.planning.plan import EffectKind, Intake, Plan, Status, Step
from easeoff.planning.request import MethodName
from easeoff.quantities import format_date, format_mg, format_percent, plain, rounded

LARGEST_DROP = "the largest drop of this plan"
OVER_LIMIT = "over the limit"
OVER_CLASS = "over the limits that we use for this class"
NOT_DISTINCT = "too close to the step before to measure apart"
AFTER_REVIEW = "after the review"
NO_DATE_YET = "no date for now"
#: A screen shows every step of a plan that has no more than these. Project choice: hundreds of small cuts help nobody who
#: scrolls a phone, and the plan file holds them all.
MOST_ROWS = 60
#: Of a longer plan, one row for so many days.
OUTLINE_DAYS = 28
LEFT_OUT = f"There are many small cuts, so only one is shown for every {OUTLINE_DAYS} days. The saved plan holds every one."
#: In these nothing after the dose that is taken has a date, nor a day counted from a first one.
WAITING = frozenset({Status.HELD, Status.STEPPED_BACK, Status.FROZEN})


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """What is taken at one time: ``when`` ("at 08:00"), ``dose`` in mg, the portions, how to measure each."""

    when: str
    dose: str
    text: str
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in words, every number with its unit.

    A plan that ends at zero has a last row for that goal: ``is_goal`` is true, nothing is taken, and it
    carries the last drop. ``worst_drop`` is empty where there is no other curve, ``days`` where
    the step has no end.
    """

    number: int
    name: str
    when: str
    dated: bool
    days: str
    dose: str
    intakes: tuple[IntakeRow, ...]
    delivered: str
    ideal: str
    effect: str
    percent_of_start: str
    drop: str
    worst_drop: str
    is_worst: bool
    within: bool
    is_goal: bool
    marks: tuple[str, ...]
    because: tuple[str, ...]


def step_rows(plan: Plan, formulary: Formulary) -> tuple[StepRow, ...]:
    """Every step of ``plan`` in words, the drop to zero included.

    Raises `EaseoffError` where a product of the plan is not in the formulary at the same strength.
    """
    spans = _spans(plan)
    worst = plan.worst_step
    rows = [
        _step_row(step, when, plan, formulary, is_worst=step.number == worst)
        for step, when in zip(plan.steps, spans, strict=True)
    ]
    rows += [_goal_row(plan)] if plan.goal_mg == 0 else []
    over = over_class(plan, formulary)
    return tuple(replace(r, marks=(*r.marks, OVER_CLASS)) if r.number in over else r for r in rows)


def outlined(rows: Sequence[StepRow], plan: Plan, near: range) -> tuple[StepRow, ...]:
    """The ``rows`` to show on a screen: all of a plan of usual length; of one of many small cuts every row within ``near``
    (places, from 0), and of the others the first in every 28 days and the last."""
    if len(rows) <= MOST_ROWS:
        return tuple(rows)
    begins = [0, *accumulate(step.days for step in plan.steps)]
    kept, stretch = [], -1
    for place, row in enumerate(rows):
        begun = begins[place] // OUTLINE_DAYS
        if place in near or place == len(rows) - 1 or begun > stretch:
            kept.append(row)
        stretch = begun
    return tuple(kept)


def _spans(plan: Plan) -> list[str]:
    spans, day = [], 1
    any_dated = any(step.start for step in plan.steps)
    for step in plan.steps:
        if step.start:
            spans.append(span_text(step.start, step.end))
        elif plan.status in WAITING or (plan.dated_to is not None and step.number <= plan.dated_to):
            spans.append(NO_DATE_YET)
        elif any_dated:
            spans.append(AFTER_REVIEW)
        else:
            spans.append(f"day {day} to day {day + step.days - 1}" if step.days else f"from day {day} on")
        day += step.days
    return spans


def _step_row(step: Step, when: str, plan: Plan, formulary: Formulary, *, is_worst: bool) -> StepRow:
    kind = plan.summary.effect_kind
    stays = plan.goal_mg > 0 and step.number == len(plan.steps)
    if stays and step.start:
        when = span_text(step.start, None)
    return StepRow(
        number=step.number,
        name=f"Step {step.number}",
        when=when,
        dated=step.start is not None,
        days="" if stays or _goes_on(step) else days_text(step.days),
        dose=format_mg(step.dose_mg) if plan.crossover is None else dose_text(plan, step),
        intakes=tuple(
            IntakeRow(time_text(intake), _intake_dose(plan, intake), intake_text(intake, formulary),
                      tuple(portion.how for portion in intake.portions if portion.how))
            for intake in step.intakes
        ),
        delivered="" if plan.crossover is not None else _delivered(step),
        ideal="" if plan.crossover is not None else figure_mg(step.ideal_mg),
        effect=effect_text(step.effect, kind),
        percent_of_start=format_percent(rounded(step.percent_of_start, 1)),
        drop=drop_text(step.drop, kind, within=step.within),
        worst_drop="" if step.worst_drop is None else drop_text(step.worst_drop, kind),
        is_worst=is_worst and plan.crossover is None,
        within=step.within,
        is_goal=False,
        marks=_marks(is_worst and plan.crossover is None, step.within, step.distinct or _by_week(plan)),
        because=step.because,
    )  # fmt: skip


def _intake_dose(plan: Plan, intake: Intake) -> str:
    return format_mg(intake.mg) if plan.crossover is None else intake_dose_text(plan, intake)


def _goes_on(step: Step) -> bool:
    """Whether the step is taken until something is recorded."""
    return step.start is not None and step.end is None


def _delivered(step: Step) -> str:
    if step.low_mg == step.high_mg:
        return format_mg(step.dose_mg)
    return f"{figure_mg(step.low_mg, 5)} to {figure_mg(step.high_mg, 5)}"


def _goal_row(plan: Plan) -> StepRow:
    summary = plan.summary
    number, kind = len(plan.steps) + 1, summary.effect_kind
    is_worst, within = plan.worst_step == number, last_drop_within(plan)
    return StepRow(
        number=number,
        name=f"Step {number}",
        when=f"from {format_date(plan.arrives_on)} on" if plan.arrives_on else "after the last step",
        dated=plan.arrives_on is not None,
        days="",
        dose=format_mg(0),
        intakes=(),
        delivered=format_mg(0),
        ideal=format_mg(0),
        effect=effect_text(Decimal(0), kind),
        percent_of_start=format_percent(0),
        drop=drop_text(summary.last_drop, kind, within=within),
        worst_drop="" if summary.worst_last_drop is None else drop_text(summary.worst_last_drop, kind),
        is_worst=is_worst,
        within=within,
        is_goal=True,
        marks=_marks(is_worst, within, distinct=True),
        because=(),
    )


def last_drop_within(plan: Plan) -> bool:
    """Whether the drop to zero keeps the limits: the plan says so of the whole, its steps of themselves."""
    if plan.summary.within_limit:
        return True
    if all(step.within for step in plan.steps):
        return False
    limits, drop = plan.method.limits, plan.summary.last_drop
    dose = plan.steps[-1].dose_mg if plan.steps else plan.start_dose_mg
    in_kind = limits.points if plan.summary.effect_kind is EffectKind.OCCUPANCY_POINTS else None
    shares = (in_kind, limits.percent_of_start, limits.tail_percent_of_start)
    amounts = (limits.mg, limits.last_steps_mg)
    kept = [drop <= limit for limit in shares if limit is not None]
    kept += [dose <= limit for limit in amounts if limit is not None]
    kept += [dose <= band.cut_mg for band in plan.method.bands if band.above_mg == 0]
    return bool(kept) and all(kept)


def effect_text(effect: Decimal, kind: EffectKind) -> str:
    """What remains: ``87.3 points`` of the starting effect, or ``50 % of the starting dose``."""
    figure = rounded(effect, 1)
    return f"{plain(figure)} {unit_of(kind, figure)}"


def _by_week(plan: Plan) -> bool:
    """A daily micro-taper is judged by the means of weeks, in one warning for all of it."""
    return plan.method.name is MethodName.MICRO


def _marks(is_worst: bool, within: bool, distinct: bool) -> tuple[str, ...]:
    return tuple(
        words
        for words, said in ((LARGEST_DROP, is_worst), (OVER_LIMIT, not within), (NOT_DISTINCT, not distinct))
        if said
    )
