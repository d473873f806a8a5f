"""One event on: from a plan to its next version. Nothing is worked out here that newer data could change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from easeoff.planning.lifecycle.dating import dated_to, earliest_next, going_on, waiting
from easeoff.planning.lifecycle.kinds import NEEDS_COURSE, Kind
from easeoff.planning.lifecycle.moves import next_status
from easeoff.planning.lifecycle.standing import dose_at, step_by_date
from easeoff.planning.plan import Course, Event, Plan, Status, Step, Summary
from easeoff.quantities import EaseoffError, format_date, rounded

#: In these the steps up to the review have dates.
DATED = frozenset({Status.RUNNING, Status.SLOWED})


def advance(plan: Plan, event: Event, replaces: str) -> Plan:
    """The next version of ``plan``, which stays as it is. ``replaces`` is the identity of ``plan``.

    Raises `EaseoffError` where the event may not happen now or does not fit the plan.
    """
    kind = Kind(event.kind)
    status = next_status(plan.status, kind, plan.events)
    _check(plan, event, kind)
    changed = _EFFECTS[kind](replace(_falling_ahead(plan, event), status=status), event)
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
    lowest = plan.goal_mg
    falling: list[Step] = []
    for later in reversed(ahead):
        if lowest <= later.dose_mg < dose_at(plan, step) and (later.dose_mg > lowest or not falling):
            falling.insert(0, later)
            lowest = later.dose_mg
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


def _step(event: Event) -> int:
    if event.step is None:
        raise EaseoffError(
            f"The event {event.kind} does not say which step is taken.", "Use the file as it was saved."
        )
    return event.step


def _only_status(plan: Plan, _event: Event) -> Plan:
    return plan


def _start(plan: Plan, event: Event) -> Plan:
    return going_on(replace(plan, dated_to=dated_to(plan)), 0, event.next_on or event.on)


def _hold(plan: Plan, event: Event) -> Plan:
    return waiting(plan, _step(event))


def _freeze(plan: Plan, event: Event) -> Plan:
    return replace(waiting(plan, _step(event)), review_on=None)


def _resume(plan: Plan, event: Event) -> Plan:
    step = _step(event)
    return going_on(plan, step, max(event.next_on or event.on, earliest_next(plan, step, event.on)))


def _missed(plan: Plan, event: Event) -> Plan:
    """Nothing changes, but where another step is taken than the dates gave: then they begin again from that one."""
    step = _step(event)
    if plan.status in (Status.AT_GOAL, Status.REVIEWED):
        return plan
    if plan.status not in DATED:
        return waiting(plan, step)
    planned = plan.steps[step].start if step < len(plan.steps) else plan.arrives_on
    stands = planned is not None and planned > event.on
    return going_on(plan, step, planned if stands and planned else earliest_next(plan, step, event.on))


def _stay(plan: Plan, event: Event) -> Plan:
    step = _step(event)
    if not 0 < step <= len(plan.steps):
        raise EaseoffError("There is no lower dose yet to stay on.", "Record hold instead.")
    last = replace(plan.steps[step - 1], end=None)
    return replace(plan, steps=(*plan.steps[: step - 1], last), goal_mg=last.dose_mg, arrives_on=last.start,
                   review_on=event.review_on)  # fmt: skip


def _arrive(plan: Plan, event: Event) -> Plan:
    step, on = _step(event), event.on
    if step != len(plan.steps):
        raise EaseoffError(
            "There are lower steps before the goal.", "Record arrive once the last one is over."
        )
    if plan.goal_mg > 0:
        return replace(waiting(plan, step), arrives_on=plan.steps[-1].start, review_on=event.review_on)
    ends = going_on(plan, step, on)
    return replace(ends, arrives_on=on, review_on=event.review_on)


def _review(plan: Plan, event: Event) -> Plan:
    if plan.status is Status.REVIEWED:
        return replace(plan, review_on=event.review_on)
    step = _step(event)
    further = replace(plan, dated_to=step + (event.review_steps or plan.request.review), review_on=None)
    if plan.status not in DATED:
        return waiting(further, step)
    return going_on(further, step, max(event.next_on or event.on, earliest_next(plan, step, event.on)))


def _slower(plan: Plan, event: Event) -> Plan:
    """The steps after the one that is taken are the course's; the one that is taken lasts as long as the new ones."""
    step, course = _step(event), _course(event)
    kept = plan.steps[:step]
    if kept:
        kept = (*kept[:-1], replace(kept[-1], days=max(kept[-1].days, course.interval_days) if not course.faster
                                    else course.interval_days))  # fmt: skip
    changed = _with_course(plan, kept, course)
    if plan.status not in DATED:
        return waiting(changed, step)
    return going_on(changed, step, earliest_next(changed, step, event.on))


def _new_step(plan: Plan, event: Event) -> Plan:
    """The course begins with a step of its own: the dose gone back to, or the same dose from another product."""
    step, course = _step(event), _course(event)
    kept = plan.steps[:step]
    begins = event.on
    if kept and kept[-1].start is not None:
        # A dose that was taken this morning is not changed the same day.
        begins = max(begins, kept[-1].start + timedelta(1))
        kept = (*kept[:-1], replace(kept[-1], end=begins - timedelta(1), days=(begins - kept[-1].start).days))
    changed = _with_course(plan, kept, course)
    steps = list(changed.steps)
    steps[step] = replace(steps[step], start=begins, end=None)
    changed = replace(changed, steps=tuple(steps), dated_to=max(dated_to(plan), step) + 1)
    if plan.status not in DATED:
        return waiting(changed, step + 1)
    return going_on(changed, step + 1, earliest_next(changed, step + 1, begins))


def _course(event: Event) -> Course:
    assert event.course is not None, "checked before"
    return event.course


def _with_course(plan: Plan, kept: tuple[Step, ...], course: Course) -> Plan:
    steps = (*kept, *course.steps)
    numbered = tuple(replace(step, number=number) for number, step in enumerate(steps, 1))
    return replace(
        plan,
        engine_version=course.engine_version,
        data_version=course.data_version,
        request=course.request,
        method=course.method,
        interval_days=course.interval_days,
        goal_mg=course.goal_mg,
        steps=numbered,
        findings=course.findings,
        sources=course.sources,
    )


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


_EFFECTS: dict[Kind, Callable[[Plan, Event], Plan]] = {
    Kind.HAND_OVER: _only_status,
    Kind.AGREE: _only_status,
    Kind.START: _start,
    Kind.HOLD: _hold,
    Kind.RESUME: _resume,
    Kind.STEP_BACK: _new_step,
    Kind.SLOWER: _slower,
    Kind.EDIT: _slower,
    Kind.STAY: _stay,
    Kind.MISSED: _missed,
    Kind.GAP: _freeze,
    Kind.CHANGE_PRODUCT: _new_step,
    Kind.FREEZE: _freeze,
    Kind.CLEAR: _only_status,
    Kind.ARRIVE: _arrive,
    Kind.REVIEW: _review,
}
