"""What may be proposed to somebody who follows a plan: to continue, to hold, to go slower, to ask. Nothing else.

Going faster is no member of `Suggestion`, so no part of the program can propose it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from easeoff.planning.lifecycle.causes import (
    ASK_FIRST,
    RED_FLAG,
    RESTART,
    after_a_gap,
    after_a_red_flag,
    restarting,
)
from easeoff.planning.lifecycle.kinds import Kind
from easeoff.planning.lifecycle.standing import has_arrived, review_overdue, step_by_date
from easeoff.planning.lifecycle.taken import mark_at, step_text, taken_text
from easeoff.planning.plan import Plan, Status
from easeoff.quantities import format_date, format_mg

#: So many holds and steps back since the pace was last changed mean that slower is worth asking for. Project choice.
HOLDS_BEFORE_SLOWER = 2
_NEW_PACE = frozenset({Kind.SLOWER, Kind.EDIT, Kind.START})
_TROUBLE = frozenset({Kind.HOLD, Kind.STEP_BACK})


class Suggestion(StrEnum):
    """The only things that may be proposed."""

    CONTINUE = "continue"
    HOLD = "hold"
    SLOWER = "slower"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What may be done next, and why, in one or two sentences."""

    what: Suggestion
    text: str


def suggestion(plan: Plan, on: date) -> Suggestions:
    """What stands next on this day."""
    step = step_by_date(plan, on)
    now = taken_text(plan, step)
    if restarting(plan.events) and plan.status is not Status.FROZEN:
        return Suggestions(Suggestion.ASK, RESTART)
    match plan.status:
        case Status.DRAFT | Status.WITH_PRESCRIBER:
            return Suggestions(Suggestion.ASK, f"Keep taking {now} a day. A prescriber has to agree first.")
        case Status.AGREED:
            return Suggestions(
                Suggestion.ASK, f"Keep taking {now} a day until a first day is agreed and recorded."
            )
        case Status.FROZEN:
            return Suggestions(Suggestion.ASK, _frozen(plan, now))
        case Status.AT_GOAL | Status.REVIEWED:
            return Suggestions(Suggestion.ASK, _after_the_goal(plan, on))
    begins = plan.steps[step - 1].start if plan.status is Status.STEPPED_BACK and step else None
    if begins is not None and begins >= on:
        return Suggestions(Suggestion.HOLD, f"{back_from(now, begins)} Then stay on it as long as you need.")
    if _much_trouble(plan) and plan.crossover is not None:
        return Suggestions(
            Suggestion.ASK,
            f"You had to wait or go back {HOLDS_BEFORE_SLOWER} times or more. Stay on {now} a day and ask your prescriber how the crossover"
            " goes on.",
        )
    if _much_trouble(plan):
        return Suggestions(
            Suggestion.SLOWER,
            f"You had to wait or go back {HOLDS_BEFORE_SLOWER} times or more. Stay on {now} a day and ask for a slower plan."
            f"{_overdue(plan, on)}",
        )
    if plan.status in (Status.HELD, Status.STEPPED_BACK):
        return Suggestions(
            Suggestion.HOLD,
            f"Stay on {now} a day as long as you need. Go on only when it is tolerable again.{_overdue(plan, on)}",
        )
    return _running(plan, step, on, now)


def back_from(dose: str, begins: date | None) -> str:
    """From when a dose that was gone back to is taken: another one may have been taken on that day already."""
    when = (
        ""
        if begins is None
        else f" on {format_date(begins)}, or the day after if you took that day's dose already"
    )
    return f"Take {dose} a day from your next dose{when}. Never take more today to make up."


def _frozen(plan: Plan, now: str) -> str:
    """By what froze it: nobody with a red-flag sign is told not to stop, nobody after a gap to go on in full."""
    gap = f"{ASK_FIRST} After missed doses {now} a day may be too much at once, and missing more can be harmful too."
    if after_a_red_flag(plan.events):
        return f"{RED_FLAG} {gap}" if after_a_gap(plan.events) else RED_FLAG
    if after_a_gap(plan.events):
        return gap
    return f"Keep taking {now} a day. Do not cut and do not stop. Contact your prescriber before anything changes."


def _running(plan: Plan, step: int, on: date, now: str) -> Suggestions:
    if step > len(plan.steps):
        return Suggestions(Suggestion.ASK, "By its dates the last dose is over. Record whether that is so.")
    following = plan.steps[step] if step < len(plan.steps) else None
    begins = following.start if following is not None else plan.arrives_on
    today = _may_begin_today(plan, step, on)
    if begins is None or begins <= on:
        planned = f" It is planned for {format_date(plan.review_on)}." if plan.review_on else ""
        stay = "Then stay on it" if today else f"Stay on {now} a day"
        return Suggestions(
            Suggestion.CONTINUE if today else Suggestion.ASK,
            f"{today}{stay} until your review has taken place.{_overdue(plan, on) or planned}",
        )
    if following is not None and step_text(plan, following) == now:
        return Suggestions(
            Suggestion.CONTINUE,
            f"{today or f'Take {now} a day. '}From {format_date(begins)} on it is the same dose, made as the new plan says.",
        )
    lower = step_text(plan, following) if following is not None else format_mg(plan.goal_mg)
    checked = "your prescriber has checked, " if plan.crossover is not None and step else ""
    return Suggestions(
        Suggestion.CONTINUE,
        f"{today or f'Take {now} a day. '}{lower[:1].upper()}{lower[1:]} may begin on {format_date(begins)}, and only if {checked}this dose is"
        " tolerable, nothing has changed and there is no red-flag sign.",
    )


def _may_begin_today(plan: Plan, step: int, on: date) -> str:
    """On the first day of a lower dose nobody is told to take it, only when it may be taken; else empty."""
    begins_today = 0 < step <= len(plan.steps) and plan.steps[step - 1].start == on
    if not begins_today or mark_at(plan, step) >= mark_at(plan, step - 1):
        return ""
    now, before = taken_text(plan, step), taken_text(plan, step - 1)
    return (
        f"From today {now} a day may be taken instead of {before}, and only if {before} is tolerable, nothing has changed and there is"
        f" no red-flag sign. Otherwise stay on {before} a day and record hold. "
    )


def _overdue(plan: Plan, on: date) -> str:
    """A review whose day has passed is said to be overdue: no lower dose has a date without one."""
    due = review_overdue(plan, on)
    return "" if due is None else f" {overdue_words(due)}"


def overdue_words(due: date) -> str:
    """That a review is overdue, since when, and what to do."""
    return (
        f"Your review is overdue: it was planned for {format_date(due)}, and none is recorded. Ask your prescriber for it"
        " today. No lower dose begins before it."
    )


def _after_the_goal(plan: Plan, on: date) -> str:
    stay = "Take none of it." if has_arrived(plan) else f"Stay on {_goal_text(plan)} a day."
    due = review_overdue(plan, on)
    if due is not None:
        return f"{stay} Your review is overdue: it was planned for {format_date(due)}. Ask your prescriber for it today."
    when = (
        f"on {format_date(plan.review_on)}" if plan.review_on else "on a day you agree with your prescriber"
    )
    own = " Coming down from there is a plan of its own." if plan.crossover is not None else ""
    return f"{stay} The next review is {when}.{own}"


def _goal_text(plan: Plan) -> str:
    return format_mg(plan.goal_mg) if plan.crossover is None else step_text(plan, plan.steps[-1])


def _much_trouble(plan: Plan) -> bool:
    since = 0
    for event in plan.events:
        if event.kind in _NEW_PACE:
            since = 0
        since += event.kind in _TROUBLE
    return since >= HOLDS_BEFORE_SLOWER
