"""Dates of steps: only up to the next review, each step right after the one before, and no step ever cut short."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from easeoff.planning.plan import Plan, Step


def dated_to(plan: Plan) -> int:
    """The last step that may have dates; the day of the last cut counts as a step."""
    return plan.request.review if plan.dated_to is None else plan.dated_to


def steps_to_review(plan: Plan, step: int, review: int) -> int:
    """How many steps after ``step`` come before a review that is due after ``review`` steps, or blocks of small cuts."""
    days = [later.days for later in plan.steps[step:]]
    return plan.method.near_steps([*days, *([1] if plan.goal_mg == 0 else [])], review)


def earliest_next(plan: Plan, step: int, on: date) -> date:
    """The first day on which the step after ``step`` may begin: not before ``on``, and no agreed time is cut short."""
    began = plan.steps[step - 1].start if 0 < step <= len(plan.steps) else None
    return on if began is None else max(on, began + timedelta(plan.steps[step - 1].days))


def waiting(plan: Plan, step: int) -> Plan:
    """The plan with ``step`` going on and nothing dated after it. The appointment for the review stays."""
    kept = (*plan.steps[: step - 1], replace(plan.steps[step - 1], end=None)) if step else ()
    return replace(plan, steps=(*kept, *map(_undated, plan.steps[step:])), arrives_on=None)


def going_on(plan: Plan, step: int, next_on: date) -> Plan:
    """The plan with the step after ``step`` on ``next_on``, and dates from there to the review.

    Where the review comes before the next step, ``step`` goes on and nothing later has a date.
    """
    last, stays = dated_to(plan), plan.goal_mg > 0
    total = len(plan.steps) + (not stays)
    if step >= min(last, total):
        return waiting(plan, step)
    steps, day = [*plan.steps[:step]], next_on
    if step:
        steps[-1] = _ending_before(steps[-1], next_on)
    for later in plan.steps[step:]:
        if later.number > last:
            steps.append(_undated(later))
            continue
        end = None if stays and later.number == len(plan.steps) else day + timedelta(later.days - 1)
        steps.append(replace(later, start=day, end=end))
        day += timedelta(later.days)
    arrival = steps[-1].start if stays else day
    return replace(plan, steps=tuple(steps), review_on=day, arrives_on=arrival if total <= last else None)


def _undated(step: Step) -> Step:
    return replace(step, start=None, end=None)


def _ending_before(step: Step, next_on: date) -> Step:
    if step.start is None:
        return step
    return replace(step, end=next_on - timedelta(1), days=(next_on - step.start).days)
