"""What each kind of event does to steps, dates and goal. What an event does may never change again: a corpus of files says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from easeoff.planning.lifecycle.dating import dated_to, earliest_next, going_on, waiting
from easeoff.planning.lifecycle.kinds import Kind
from easeoff.planning.plan import Course, Event, Plan, Status, Step
from easeoff.quantities import EaseoffError

#: In these the steps up to the review have dates.
DATED = frozenset({Status.RUNNING, Status.SLOWED})


def _only_status(plan: Plan, _event: Event) -> Plan:
    return plan


def _start(plan: Plan, event: Event) -> Plan:
    return going_on(
        replace(plan, dated_to=event.review_steps or dated_to(plan)), 0, event.next_on or event.on
    )


def _hold(plan: Plan, event: Event) -> Plan:
    return waiting(plan, _step(event))


def _freeze(plan: Plan, event: Event) -> Plan:
    return replace(waiting(plan, _step(event)), review_on=None)


def _resume(plan: Plan, event: Event) -> Plan:
    step = _step(event)
    return _reviewed_on(
        going_on(plan, step, max(event.next_on or event.on, earliest_next(plan, step, event.on))), event
    )


def _reviewed_on(plan: Plan, event: Event) -> Plan:
    """With the day for the review that the event names, where the dates give none."""
    return plan if plan.review_on is not None else replace(plan, review_on=event.review_on)


def _missed(plan: Plan, event: Event) -> Plan:
    """Nothing changes, but where another step is taken than the dates gave: then they begin again from that one."""
    step = _step(event)
    if plan.status in (Status.AT_GOAL, Status.REVIEWED):
        return plan
    if plan.status not in DATED:
        return waiting(plan, step)
    if event.next_on is not None:
        return going_on(plan, step, event.next_on)
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
        return _reviewed_on(waiting(further, step), event)
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
    return going_on(changed, step, max(event.next_on or event.on, earliest_next(changed, step, event.on)))


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


def _step(event: Event) -> int:
    if event.step is None:
        raise EaseoffError(
            f"The event {event.kind} does not say which step is taken.", "Use the file as it was saved."
        )
    return event.step


EFFECTS: dict[Kind, Callable[[Plan, Event], Plan]] = {
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
