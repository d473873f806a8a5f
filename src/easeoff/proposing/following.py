"""Something happened to a plan: checked, worked out where it has to be, and appended as an event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from easeoff.medicines.model import Formulary
from easeoff.planning.crossover.two_medicines import formulary_of
from easeoff.planning.findings import Level
from easeoff.planning.lifecycle import (
    NEEDS_COURSE,
    Change,
    Difference,
    Kind,
    advance,
    difference,
    mark_text,
    next_status,
    refuse_in_crossover,
    step_by_date,
    step_taken,
    taken_text,
)
from easeoff.planning.lifecycle.causes import RESTART, restarting
from easeoff.planning.lifecycle.dating import steps_to_review
from easeoff.planning.lifecycle.standing import has_arrived
from easeoff.planning.lifecycle.taken import last_mark
from easeoff.planning.pace import pace_for
from easeoff.planning.plan import Event, Plan, Status, SupplyLine
from easeoff.planning.supply import supply_from
from easeoff.proposing.courses import course_for
from easeoff.proposing.drafting import by_weight
from easeoff.proposing.happening import Happening, Stopped, check_happening, kind_of, refuse_unless_followable
from easeoff.proposing.lateness import as_of_today, refuse_running_ahead
from easeoff.proposing.nextday import next_on
from easeoff.proposing.now import Now
from easeoff.quantities import EaseoffError, format_date
from easeoff.safety import review
from easeoff.safety.crossing import words_in_crossover
from easeoff.safety.happenings import words_for
from easeoff.safety.words import red_card

#: For these it matters which dose is really taken.
_BY_DOSE = frozenset({Kind.HOLD, Kind.RESUME, Kind.STEP_BACK, Kind.SLOWER, Kind.EDIT, Kind.STAY, Kind.GAP,
                      Kind.CHANGE_PRODUCT, Kind.FREEZE, Kind.MISSED})  # fmt: skip


#: After a gap that a prescriber looked at, these need the dose that is taken now.
_ONLY_IF_SAID = _BY_DOSE - {Kind.GAP, Kind.MISSED, Kind.FREEZE} | {Kind.REVIEW}

_AT_GOAL = frozenset({Status.AT_GOAL, Status.REVIEWED})
_WAITING = frozenset({Status.HELD, Status.STEPPED_BACK})

_ERRORS = frozenset({"dose-rises", "portions-differ"})


@dataclass(frozen=True, slots=True)
class Followed:
    """The new version, how it differs from the one before, and what to do now in words."""

    plan: Plan
    difference: Difference
    words: tuple[str, ...]


def follow(plan: Plan, happening: Happening, *, replaces: str, today: date) -> Followed:
    """The next version of ``plan``; ``replaces`` is the identity of ``plan``, which itself stays as it is.

    Raises `EaseoffError`, one sentence and a hint, for what may not happen now or cannot be worked out.
    """
    try:
        return _follow(plan, happening, replaces, today)
    except EaseoffError as problem:
        if happening.kind is not Kind.FREEZE or happening.change is not Change.RED_FLAG:
            raise
        medicine = formulary_of(plan).medicine
        raise EaseoffError(
            f"Get help now. {red_card(medicine)}", f"This was not recorded: {problem.message} {problem.hint}"
        ) from None


def _follow(plan: Plan, happening: Happening, replaces: str, today: date) -> Followed:
    kind = kind_of(plan, happening)
    refuse_in_crossover(plan, kind)
    next_status(plan.status, kind, plan.events, (plan.first or plan).status)
    check_happening(plan, happening, kind, today)
    happening = as_of_today(plan, happening, kind, today)
    formulary = formulary_of(plan)
    if kind in (Kind.AGREE, Kind.START):
        refuse_unless_followable(plan, formulary)
    event = _event(plan, happening, kind, formulary, min(happening.on, today))
    made = _with_findings(plan, event, replaces, formulary)
    refuse_running_ahead(made, event, happening, today)
    step = 0 if event.step is None else event.step
    taken, begins = taken_text(plan, step), None
    if kind is Kind.STEP_BACK:
        taken, begins = taken_text(made, step + 1), made.steps[step].start
    words = (
        *words_for(kind, formulary.medicine, taken, event.change, begins),
        *words_in_crossover(made, kind),
    )
    return Followed(made, difference(plan, made), words)


def _event(plan: Plan, happening: Happening, kind: Kind, formulary: Formulary, on: date) -> Event:
    """``on`` is the day of the record; only the first day of a step may lie after it."""
    _ask_after_a_gap(plan, happening, kind)
    step = step_taken(plan, on, happening.taking) if kind in _BY_DOSE else None
    if kind in (Kind.ARRIVE, Kind.REVIEW) and not has_arrived(plan):
        step = _step_behind(plan, happening, kind)
    if step is not None and step > len(plan.steps):
        raise EaseoffError("By its dates this plan has come to its end.", "Record arrive first.")
    if step is not None and kind in (Kind.STEP_BACK, Kind.CHANGE_PRODUCT):
        _refuse_twice_a_day(plan, step, on)
    elif step is not None:
        step = _with_tomorrows_products(plan, step, on)
    course = course_for(Now(plan, step or 0, formulary), happening, kind) if kind in NEEDS_COURSE else None
    return Event(
        kind=kind,
        on=on,
        why=" ".join(happening.why.split()),
        by=" ".join(happening.by.split()),
        step=step,
        doses=happening.doses if kind in (Kind.MISSED, Kind.GAP) else None,
        change=happening.change if kind is Kind.FREEZE else "",
        next_on=next_on(plan, happening, kind, on, step, course),
        review_steps=_review_steps(plan, step or 0, happening, kind),
        review_on=_review_after_the_last(plan, happening, kind, formulary),
        course=course,
    )


def _ask_after_a_gap(plan: Plan, happening: Happening, kind: Kind) -> None:
    """After a gap the dates no longer say which dose is taken, and no dose goes up unasked."""
    if not restarting(plan.events) or kind not in _ONLY_IF_SAID:
        return
    if kind is Kind.STEP_BACK:
        raise EaseoffError("After missed doses or a red-flag sign no dose is put up here.", RESTART)
    if happening.taking is None:
        raise EaseoffError(
            "After missed doses or a red-flag sign the dose you take now has to be said (in the terminal: --taking).",
            RESTART,
        )


def _refuse_twice_a_day(plan: Plan, step: int, on: date) -> None:
    """One change of what is taken a day: a second one would begin while the first is not taken yet."""
    begins = plan.steps[step - 1].start if step else None
    again = any(event.kind == Kind.STEP_BACK and event.on == on for event in plan.events)
    if again or (begins is not None and begins > on):
        raise EaseoffError(
            f"A change of dose or product is recorded for {format_date(begins or on)} already, so a second one cannot be recorded on"
            f" {format_date(on)}.",
            "Give it at least a day. If you cannot wait, contact your prescriber today.",
        )


def _with_tomorrows_products(plan: Plan, step: int, on: date) -> int:
    """The same dose from other products begins tomorrow: that change stands, whatever else is recorded today."""
    if not 0 < step < len(plan.steps) or step != step_by_date(plan, on):
        return step
    taken, following = plan.steps[step - 1], plan.steps[step]
    tomorrow = following.start == on + timedelta(1) and following.dose_mg == taken.dose_mg
    return step + 1 if tomorrow and plan.crossover is None else step


def _step_behind(plan: Plan, happening: Happening, kind: Kind) -> int:
    """The step that is over, or still taken, when the goal is reached or a review takes place."""
    if kind is Kind.REVIEW:
        return step_taken(plan, happening.on, happening.taking)
    last = len(plan.steps)
    if happening.taking is not None and happening.taking > last_mark(plan):
        raise EaseoffError(
            f"You still take {mark_text(plan, happening.taking)}, so the goal of this plan is not reached.",
            "Record arrive once you take no more than the goal.",
        )
    begins = plan.arrives_on if plan.goal_mg == 0 else plan.steps[-1].start
    if begins is None or happening.on < begins:
        when = f"by its dates that is on {format_date(begins)}" if begins else "a review comes first"
        raise EaseoffError(
            f"The goal is not reached yet: {when}.", "Record it on that day, or hold until then."
        )
    return last


def _review_steps(plan: Plan, step: int, happening: Happening, kind: Kind) -> int | None:
    """How many steps get dates up to the next review: for small cuts as many as the agreed number of blocks holds."""
    if kind not in (Kind.START, Kind.REVIEW):
        return happening.review_steps
    asked = happening.review_steps
    if plan.method.block_days is None and not plan.method.ramp:
        return asked
    return steps_to_review(plan, step, asked or plan.request.review) or asked


def _review_after_the_last(plan: Plan, happening: Happening, kind: Kind, formulary: Formulary) -> date | None:
    """One review after the goal is reached: as long after the last dose as the record says, else one more interval.

    The interval is a project choice: no source gives a day for the first review, only how long to watch. A review that took place
    before that day leaves it standing, and a plan that goes on waiting has one, too.
    """
    if kind is Kind.REVIEW and plan.status in _AT_GOAL:
        due = plan.review_on
        return due if due is not None and due > happening.on else None
    if (kind is Kind.REVIEW and plan.status in _WAITING) or (kind is Kind.RESUME and plan.review_on is None):
        return max(happening.on, plan.events[-1].on) + timedelta(plan.interval_days)
    if kind not in (Kind.ARRIVE, Kind.STAY):
        return None
    pace = pace_for(formulary.medicine, plan.request)
    watched = pace.after_last_days if pace is not None and plan.goal_mg == 0 and kind is Kind.ARRIVE else None
    return happening.on + timedelta(watched or plan.interval_days)


def _with_findings(plan: Plan, event: Event, replaces: str, formulary: Formulary) -> Plan:
    """The next version with what is needed from the pharmacy, and with what the rules say where the way on is new."""
    made = advance(plan, event, replaces)
    event = replace(event, supply=_supply(made, event, formulary))
    if event.course is not None:
        found = review(formulary, made.request, made)
        errors = [f for f in found if f.rule in _ERRORS]
        if errors:
            raise EaseoffError(errors[0].text, "Report it, and keep taking what you take now.")
        known = {f.rule for f in found}
        kept = [f for f in event.course.findings if f.rule not in known]
        said = by_weight([*kept, *(f for f in found if f.level is not Level.STOP)])
        event = replace(event, course=replace(event.course, findings=said))
    return advance(plan, event, replaces)


def _supply(made: Plan, event: Event, formulary: Formulary) -> tuple[SupplyLine, ...] | None:
    if made.status in (Status.DRAFT, Status.WITH_PRESCRIBER, Status.AGREED):
        return None
    if event.kind == Kind.ARRIVE and made.goal_mg == 0:
        return ()
    return supply_from(formulary, made, step_by_date(made, event.on), event.on)


__all__ = ["Followed", "Happening", "Stopped", "follow"]
