"""A plan that is followed, as its page shows it: where it stands, what changed, what may be recorded, its history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from easeoff.documents.calendarentries import renewal
from easeoff.documents.crosswords import check_text
from easeoff.documents.history import versions
from easeoff.documents.planfile import write_plan
from easeoff.documents.refusing import refusal_of_paper
from easeoff.documents.supplywords import supply_sentences
from easeoff.planning.crossover.two_medicines import formulary_of
from easeoff.planning.findings import Finding, Level
from easeoff.planning.lifecycle import (
    Difference,
    Kind,
    Suggestion,
    recordable,
    review_overdue,
    step_by_date,
    suggestion,
    taken_text,
)
from easeoff.planning.plan import Plan, Status
from easeoff.planning.request import IntakeDose, TaperRequest
from easeoff.proposing.following import Followed
from easeoff.proposing.issuing import proposal_of_version
from easeoff.quantities import EaseoffError, format_date, format_mg
from easeoff.safety import red_flags
from easeoff.safety.crossing import screen_all
from easeoff.web.directory import selectors as directory
from easeoff.web.onward.panel import panel as onward_panel
from easeoff.web.planning.flow import answers_from
from easeoff.web.planning.followfields import TITLES
from easeoff.web.planning.machineview import machine_context
from easeoff.web.planning.paperview import papers_context
from easeoff.web.planning.planview import Choice, finding_parts, plan_parts
from easeoff.web.planning.state import seal, seal_file

_STATUS_WORDS = {
    Status.DRAFT: "Draft: not shown to a prescriber yet",
    Status.WITH_PRESCRIBER: "With your prescriber",
    Status.AGREED: "Agreed, not started yet",
    Status.RUNNING: "Going on",
    Status.SLOWED: "Going on, slower",
    Status.HELD: "Waiting on this dose",
    Status.STEPPED_BACK: "One step back",
    Status.FROZEN: "Frozen: contact your prescriber",
    Status.AT_GOAL: "At the goal",
    Status.REVIEWED: "At the goal, and reviewed",
}
_ARRIVED = frozenset({Status.AT_GOAL, Status.REVIEWED})
_NOT_YET = frozenset({Status.DRAFT, Status.WITH_PRESCRIBER})


@dataclass(frozen=True, slots=True)
class Told:
    """One version in the history."""

    number: int
    identity: str
    status: str
    happened: str
    changes: tuple[str, ...]
    faster: bool


def choices(plan: Plan) -> tuple[tuple[Kind, str], ...]:
    """What may be recorded now, as the buttons say it."""
    return tuple((kind, TITLES[kind]) for kind in recordable(plan))


def followed_context(plan: Plan, today: date, followed: Followed | None = None) -> dict[str, object]:
    """Everything the page shows; with ``followed`` the difference from the version before."""
    formulary = formulary_of(plan)
    proposed, now = suggestion(plan, today), step_by_date(plan, today)
    dated = sum(1 for step in plan.steps if step.start is not None)
    near = range(max(0, now - 1), max(dated, now) + (plan.arrives_on is not None and plan.goal_mg == 0))
    return {
        **plan_parts(plan, formulary, near),
        **finding_parts(_findings(plan), formulary),
        "status": _status_words(plan, today),
        "overdue": review_overdue(plan, today) is not None,
        "frozen": plan.status is Status.FROZEN,
        "not_agreed": plan.status in _NOT_YET,
        "medicine": plan.medicine,
        "start_dose": taken_text(plan, 0),
        "suggestion": proposed.text,
        "asks": proposed.what is Suggestion.ASK,
        "now": now,
        "supply": () if plan.status in _NOT_YET else supply_sentences(plan, formulary),
        "history": tuple(_told(v.plan, v.identity, v.difference) for v in versions(plan)),
        "choices": choices(plan),
        "difference": None if followed is None else followed.difference,
        "words": () if followed is None else followed.words,
        "renew": "" if followed is None else renewal(plan, today),
        "panel": directory.panel(plan.country, today),
        "red_flags": red_flags(formulary.medicine),
        "onward": onward_panel(formulary.medicine.drug_class, plan.country),
        "checks": _checks(plan, now),
        "onward_plan": _onward_plan(plan, today),
        **_handing_over(plan, today),
        **frame(plan),
    }


def _status_words(plan: Plan, today: date) -> str:
    """Where it stands; a review that did not take place comes first, because nothing goes on without it."""
    words = _STATUS_WORDS[plan.status]
    return words if review_overdue(plan, today) is None else f"{words}, and your review is overdue"


def _checks(plan: Plan, now: int) -> tuple[str, ...]:
    """In a crossover, from the step that is taken on: what is exchanged, and when the prescriber looks."""
    ahead = plan.steps[max(0, now - 1) :] if plan.crossover is not None else ()
    return tuple(f"Step {step.number}: {' '.join(step.because)} {check_text(plan, step)}" for step in ahead)


def _onward_plan(plan: Plan, today: date) -> Choice | None:
    """After a crossover the plan of the new medicine, from the dose arrived at. What the person said of the old one is asked again."""
    crossover = plan.crossover
    if crossover is None or crossover.kept_mg or plan.status not in _ARRIVED:
        return None
    taken = tuple(
        IntakeDose(i.time, sum((p.mg for p in i.portions), Decimal(0)))
        for i in plan.steps[-1].intakes
        if i.portions
    )
    wish = TaperRequest(
        crossover.medicine, crossover.arrives_mg, plan.country, today, intakes=taken if taken[0].time else (),
        person=replace(plan.request.person, years=None, steady=None),
    )  # fmt: skip
    text = f"Coming down from {format_mg(crossover.arrives_mg)} of {crossover.medicine} a day"
    return Choice(text, seal(answers_from(wish)))


def _handing_over(plan: Plan, today: date) -> dict[str, object]:
    """The papers and files of this version, or one sentence on why there are none now."""
    if plan.first is None:
        return {}
    try:
        proposal = proposal_of_version(plan, today)
        papers, programs = papers_context(proposal), machine_context(proposal)
    except EaseoffError as problem:  # Such as a product that newer data no longer hold.
        return {"no_papers": problem}
    refusal = refusal_of_paper(proposal, "schedule")
    return {
        **papers,
        **programs,
        "later_version": True,
        "may_issue": proposal.may_issue_schedule,
        "no_papers": None if refusal is None else EaseoffError(*refusal),
    }


def frame(plan: Plan) -> dict[str, object]:
    """The hidden field of the page: the plan as a file, signed and packed."""
    return {
        "sealed": seal_file(write_plan(plan)),
        "version": plan.version,
        "form_id": "followed",
    }


def _findings(plan: Plan) -> tuple[Finding, ...]:
    """What the plan says, and any rule that would stop it today: it goes first."""
    stops = (f for f in screen_all(formulary_of(plan), plan.request) if f.level is Level.STOP)
    new = tuple(
        Finding(f.rule, Level.WARN, "A rule would stop this plan today. Keep taking what you take now, and ask your prescriber"
                " to look at it before the next step.", f.hazards, f.sources)
        for f in stops
    )  # fmt: skip
    return (*new[:1], *(f for f in plan.findings if f.level is not Level.STOP))


def _told(plan: Plan, identity: str, difference: Difference | None) -> Told:
    if difference is None:
        made = f"Made on {format_date(plan.created_on)}."
        return Told(plan.version, identity, plan.status.value, made, (), False)
    return Told(
        plan.version, identity, plan.status.value, difference.happened, difference.changes, difference.faster
    )
