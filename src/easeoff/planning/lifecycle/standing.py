"""Which dose is taken on a day. Where that can be two things it is asked back, never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from easeoff.planning.lifecycle.kinds import Kind
from easeoff.planning.lifecycle.taken import last_mark, mark_at, mark_text
from easeoff.planning.plan import Plan, Status
from easeoff.quantities import EaseoffError, format_date, format_mg

#: Nothing later has a date in these, so the last dated step goes on whatever the day.
_GOES_ON = frozenset({Status.HELD, Status.STEPPED_BACK, Status.FROZEN, Status.AT_GOAL, Status.REVIEWED})

_AT_THE_GOAL = frozenset({Status.AT_GOAL, Status.REVIEWED})


def has_begun(plan: Plan) -> bool:
    """Whether the first lower dose was given a day by an event; dates of a draft are a proposal only."""
    return any(event.kind == Kind.START for event in plan.events)


def has_arrived(plan: Plan) -> bool:
    """Whether nothing is taken any more: a goal of 0 mg was reached and recorded."""
    return plan.goal_mg == 0 and any(e.kind == Kind.ARRIVE for e in plan.events)


def review_overdue(plan: Plan, on: date) -> date | None:
    """The day of a review that has passed without one being recorded, else ``None``."""
    due = plan.review_on
    return due if due is not None and due < on and has_begun(plan) else None


def step_by_date(plan: Plan, on: date) -> int:
    """The step that the dates give for this day: 0 before the first, one more than there are after the last dose."""
    if not has_begun(plan):
        return 0
    if has_arrived(plan):
        return len(plan.steps) + 1
    dated = [step for step in plan.steps if step.start is not None]
    if plan.status in _GOES_ON:
        return dated[-1].number if dated else 0
    if plan.goal_mg == 0 and plan.arrives_on is not None and on >= plan.arrives_on:
        return len(plan.steps) + 1
    return max((step.number for step in dated if step.start is not None and step.start <= on), default=0)


def step_taken(plan: Plan, on: date, taking: Decimal | None) -> int:
    """The step that is really taken on this day: ``taking`` in mg, or by the dates where those leave no doubt. In a crossover
    ``taking`` is the dose of the medicine that goes.

    Raises `EaseoffError` where the dates leave a doubt, or where that dose was not reached by this plan.
    """
    by_date = step_by_date(plan, on)
    if taking is None:
        _ask_if_unclear(plan, on, by_date)
        return by_date
    if plan.status in _AT_THE_GOAL and taking != mark_at(plan, by_date):
        raise EaseoffError(
            f"It is recorded that the goal of {mark_text(plan, last_mark(plan))} is reached, so {mark_text(plan, taking)} cannot be what"
            " you take.",
            "If you went back to it, record step-back. If you take less, contact your prescriber today.",
        )
    known = [n for n in range(by_date, -1, -1) if mark_at(plan, n) == taking >= last_mark(plan)]
    if not known:
        raise _not_reached(plan, taking, mark_at(plan, by_date))
    return known[0]


def _ask_if_unclear(plan: Plan, on: date, step: int) -> None:
    if plan.status in _GOES_ON or step == 0:
        return
    before, now = mark_at(plan, step - 1), mark_at(plan, step)
    which = "" if plan.crossover is None else f", which is the dose of {plan.medicine}"
    if step > len(plan.steps):
        raise EaseoffError(
            f"By its dates this plan has come to an end, but that is not recorded: do you still take {format_mg(before)}?",
            f'Say so with --taking "{format_mg(before)}", or record arrive.',
        )
    if plan.steps[step - 1].start == on:
        raise EaseoffError(
            f"Step {step} begins on {format_date(on)}, so it is not clear which dose you take.",
            f'Say so with --taking "{format_mg(before)}" or --taking "{format_mg(now)}"{which}.',
        )


def _not_reached(plan: Plan, taking: Decimal, by_plan: Decimal) -> EaseoffError:
    if taking < by_plan:
        return EaseoffError(
            f"{mark_text(plan, taking)} is less than this plan has come to, which is {format_mg(by_plan)}.",
            "Do not go up or down alone. Contact your prescriber today, and make a new plan from the dose you take.",
        )
    if taking > plan.start_dose_mg:
        return EaseoffError(
            f"{mark_text(plan, taking)} is more than the {format_mg(plan.start_dose_mg)} this plan began with.",
            "Do not change it alone. Contact your prescriber today.",
        )
    return EaseoffError(
        f"{mark_text(plan, taking)} is no dose of this plan up to now.",
        "Give the dose of a step. If you really take this one, do not change it alone and contact your prescriber today.",
    )
