"""A later version of a plan, as the proposal that papers and files are made from: looked at again on the day it is handed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from easeoff.medicines.model import Formulary, Medicine
from easeoff.planning.crossover.two_medicines import formulary_of
from easeoff.planning.findings import Finding, Level
from easeoff.planning.lifecycle import Change, Kind, review_overdue, step_by_date, taken_text
from easeoff.planning.lifecycle.causes import RESTART, restarting
from easeoff.planning.lifecycle.standing import has_arrived, has_begun
from easeoff.planning.plan import Plan, Status
from easeoff.proposing.drafting import by_weight
from easeoff.proposing.proposal import Proposal, Waits
from easeoff.proposing.propose import plan_taper
from easeoff.quantities import format_date
from easeoff.safety import review
from easeoff.safety.crossing import screen_all
from easeoff.safety.happenings import SIGNS_FIRST, words_for
from easeoff.safety.words import GO_ON, as_now

#: Nobody has agreed to these, so a letter may still ask.
NOT_AGREED = frozenset({Status.DRAFT, Status.WITH_PRESCRIBER})
_AT_THE_GOAL = frozenset({Status.AT_GOAL, Status.REVIEWED})


def proposal_of_version(plan: Plan, today: date) -> Proposal:
    """``plan``, a later version, with what the rules and the product list of today say of it. Nothing in it is worked out anew.

    A stop of today is among the findings; ``waits`` says why no schedule may be made from this version now. Raises
    `EaseoffError` where newer data no longer know the medicine or its answers.
    """
    on = max(today, plan.created_on)
    formulary = formulary_of(plan)
    made = plan_taper(plan.request) if plan.status in NOT_AGREED else _agreed(plan, formulary)
    return replace(
        made,
        request=replace(plan.request, today=on),
        plan=plan,
        within_limit=plan.summary.within_limit,
        findings=by_weight([*_findings(plan, made, on)]),
        on=on,
        waits=_waits(plan, formulary.medicine, on),
    )


def _agreed(plan: Plan, formulary: Formulary) -> Proposal:
    """No question was open when it was agreed to, so the stops and warnings of today are what is left to ask."""
    found = screen_all(formulary, plan.request)
    if plan.status not in _AT_THE_GOAL:
        found = (*found, *review(formulary, plan.request, plan))
    return Proposal(plan.request, plan, plan.summary.within_limit, (), found, (), None, (), (), formulary)


def _findings(plan: Plan, made: Proposal, on: date) -> Iterator[Finding]:
    """What the version says, and what only today's rules say; a dose named as taken now is the one taken now."""
    known = {finding.rule for finding in plan.findings}
    new = (
        f for f in made.findings if f.level is Level.STOP or (f.level is Level.WARN and f.rule not in known)
    )
    yield from _as_of(plan, new, on)
    yield from findings_as_of(plan, on)


def findings_as_of(plan: Plan, on: date) -> tuple[Finding, ...]:
    """The warnings and notes of a version, with the dose that is taken on the day ``on`` where one is named as taken now."""
    return _as_of(plan, (f for f in plan.findings if f.level is not Level.STOP), on)


def _as_of(plan: Plan, findings: Iterable[Finding], on: date) -> tuple[Finding, ...]:
    stale, now = as_now(plan.start_dose_mg), as_now(taken_text(plan, step_by_date(plan, on)))
    return tuple(replace(finding, text=finding.text.replace(stale, now)) for finding in findings)


def _waits(plan: Plan, medicine: Medicine, on: date) -> Waits | None:
    now = taken_text(plan, step_by_date(plan, on))
    keep = f"Keep taking {now} a day as you do now. {GO_ON} {SIGNS_FIRST}"
    if plan.status is not Status.FROZEN and restarting(plan.events):
        return Waits("until the dose that you take now is said", RESTART)
    if plan.status is Status.HELD:
        return Waits(
            "while the plan is on hold",
            f"{keep} When it is tolerable again, record that it goes on (resume) and print that version.",
        )
    if plan.status is Status.FROZEN:
        return Waits("while the plan is frozen", _frozen_words(plan, medicine, on))
    if plan.status in _AT_THE_GOAL:
        return Waits("once the goal is reached", _goal_words(plan, now, on))
    if not has_begun(plan):
        return _before_the_start(plan, on, keep)
    if all(step.start is None for step in plan.steps):
        return Waits(
            "while no lower step has a date",
            f"{keep} When it is tolerable, record that it goes on (resume) and print that version.",
        )
    return _overdue(plan, on, keep)


def _frozen_words(plan: Plan, medicine: Medicine, on: date) -> str:
    """After a gap nobody is told to go on with the full dose: the words of what froze it are said again, once each."""
    since = [event for event in plan.events if event.kind in (Kind.GAP, Kind.FREEZE, Kind.CLEAR)]
    while any(event.kind == Kind.CLEAR for event in since):
        since.pop(0)
    gaps = [event for event in since if event.kind == Kind.GAP]
    signs = [event for event in since if event.change == Change.RED_FLAG]
    told = (*signs[-1:], *gaps[-1:]) or since[-1:]
    dose = taken_text(plan, step_by_date(plan, on))
    words = [text for e in told for text in words_for(Kind(e.kind), medicine, dose, e.change)]
    return " ".join((*words, "Once a prescriber looked at it, record that (clear)."))


def _goal_words(plan: Plan, now: str, on: date) -> str:
    stay = "Nothing is taken any more." if has_arrived(plan) else f"Keep taking {now} a day as you do now."
    when = (
        f"on {format_date(plan.review_on)}" if plan.review_on else "on a day you agree with your prescriber"
    )
    if review_overdue(plan, on) is not None:
        return f"{stay} The review planned for {when.removeprefix('on ')} is overdue: ask your prescriber for it today."
    return f"{stay} The next review is {when}."


def _before_the_start(plan: Plan, on: date, keep: str) -> Waits | None:
    """Dates that have passed while nobody began must not look like steps that were missed."""
    first = plan.steps[0].start if plan.steps else None
    if first is None or first >= on:
        return None
    agreed = "Once it is agreed, record" if plan.status in NOT_AGREED else "Record"
    return Waits(
        f"because its first day, {format_date(first)}, has passed and it was not started",
        f"{keep} {agreed} start with the new first day, and print that version.",
    )


def _overdue(plan: Plan, on: date, keep: str) -> Waits | None:
    """By its dates it is over, or its review is due: what comes next is a person's to record."""
    if plan.goal_mg == 0 and plan.arrives_on is not None and on >= plan.arrives_on:
        last = taken_text(plan, len(plan.steps))
        return Waits(
            "because by its dates the last step is over, and that is not recorded",
            f"If you still take {last} a day, stay on it and ask your prescriber today. If you take nothing any more, record that the goal is reached (arrive).",
        )
    if plan.review_on is not None and on >= plan.review_on:
        return Waits(
            f"because its review, planned for {format_date(plan.review_on)}, is "
            f"{'overdue: none is recorded' if on > plan.review_on else 'not recorded'}",
            f"{keep} After the review record it, and print that version.",
        )
    return None
