"""One event on: from a plan to its next version. Nothing is worked out here that newer data could change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from easeoff.planning.lifecycle.dating import dated_to
from easeoff.planning.lifecycle.effects import EFFECTS
from easeoff.planning.lifecycle.kinds import NEEDS_COURSE, Kind
from easeoff.planning.lifecycle.moves import next_status
from easeoff.planning.lifecycle.recording import refuse_in_crossover
from easeoff.planning.lifecycle.standing import step_by_date
from easeoff.planning.lifecycle.taken import last_mark, mark_at
from easeoff.planning.plan import Course, Event, Plan, Step, Summary
from easeoff.quantities import EaseoffError, format_date, rounded


def advance(plan: Plan, event: Event, replaces: str) -> Plan:
    """The next version of ``plan``, which stays as it is. ``replaces`` is the identity of ``plan``.

    Raises `EaseoffError` where the event may not happen now or does not fit the plan.
    """
    kind = Kind(event.kind)
    refuse_in_crossover(plan, kind)
    status = next_status(plan.status, kind, plan.events, (plan.first or plan).status)
    _check(plan, event, kind)
    changed = EFFECTS[kind](replace(_falling_ahead(plan, event), status=status), event)
    return replace(
        changed,
        created_on=event.on,
        status=status,
        version=plan.version + 1,
        replaces=replaces,
        events=(*plan.events, event),
        supply=plan.supply if event.supply is None else event.supply,
        first=plan.first or plan,
        summary=_summary(changed, event.course),
    )


def replay(first: Plan, events: Iterable[Event], identity: Callable[[Plan], str]) -> Iterator[Plan]:
    """The first version and every one that the events make of it, in order."""
    plan = first
    yield plan
    for event in events:
        plan = advance(plan, event, identity(plan))
        yield plan


def _falling_ahead(plan: Plan, event: Event) -> Plan:
    """The plan with steps after ``step`` only where they go down.

    Somebody who did not go back, or not down, as recorded takes a dose of an earlier step: what was put in after it must
    never lie ahead as a rise, or as the same dose again.
    """
    step = event.step
    if step is None:
        return plan
    kept, ahead = plan.steps[:step], list(plan.steps[step:])
    lowest = last_mark(plan)
    falling: list[Step] = []
    for later in reversed(ahead):
        mark = mark_at(plan, later.number)
        if lowest <= mark < mark_at(plan, step) and (mark > lowest or not falling):
            falling.insert(0, later)
            lowest = mark
    if len(falling) == len(ahead):
        return plan
    if kept:
        # It may have been cut short by what was put in after it: it is taken again, for as long as was agreed.
        kept = (*kept[:-1], replace(kept[-1], days=max(kept[-1].days, plan.interval_days)))
    before = kept[-1].effect if kept else Decimal(100)
    steps = list(kept)
    for later in falling:
        steps.append(replace(later, number=len(steps) + 1, drop=before - later.effect, start=None, end=None))
        before = later.effect
    left = max(0, dated_to(plan) - step_by_date(plan, event.on))
    return replace(plan, steps=tuple(steps), dated_to=step + left)


def _check(plan: Plan, event: Event, kind: Kind) -> None:
    before = plan.events[-1].on if plan.first is not None else plan.created_on
    if event.on < before:
        raise EaseoffError(
            f"{format_date(event.on)} lies before what was recorded last, on {format_date(before)}.",
            "Give that day or a later one.",
        )
    if event.step is not None and not 0 <= event.step <= len(plan.steps):
        raise EaseoffError(f"This plan has no step {event.step}.", "Use the file as it was saved.")
    if (event.course is not None) != (kind in NEEDS_COURSE):
        raise EaseoffError(
            f"The way on of the event {kind} is missing or too much.", "Use the file as it was saved."
        )
    for step in event.course.steps if event.course else ():
        if step.dose_mg > plan.start_dose_mg:
            raise EaseoffError("No dose may be above the starting dose.", "Use the file as it was saved.")


def _summary(plan: Plan, course: Course | None) -> Summary:
    """The whole plan in figures, what lies behind included."""
    old, steps, stays = plan.summary, plan.steps, plan.goal_mg > 0
    last, worst_last = old.last_drop, old.worst_last_drop
    if stays and steps:
        last, worst_last = steps[-1].drop, steps[-1].worst_drop
    elif course is not None:
        last, worst_last = course.last_drop, course.worst_last_drop
    gaps = [abs(step.dose_mg - step.ideal_mg) * 100 / plan.start_dose_mg for step in steps]
    checked = course.checked if course is not None else old.checked_steps
    return replace(
        old,
        steps=len(steps) + (not stays),
        days=sum(step.days for step in (steps[:-1] if stays else steps)),
        largest_drop=max((*(step.drop for step in steps), last)),
        last_drop=last,
        worst_last_drop=worst_last,
        within_limit=course.within_limit if course is not None else old.within_limit,
        products=tuple(sorted({p.product for s in steps for i in s.intakes for p in i.portions})),
        mean_gap_to_ideal=rounded(sum(gaps, Decimal(0)) / len(gaps), 2) if gaps else Decimal(0),
        checked_steps=checked,
        checked_largest_drop=checked,
        checked_handling=old.checked_handling and checked,
    )
