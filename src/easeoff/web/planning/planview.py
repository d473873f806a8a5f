"""A proposal as the plan's page shows it: the words come from ``documents``, the order and the buttons from here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from easeoff.directory import CrisisPanel
from easeoff.documents import (
    NOT_YET,
    about_sentences,
    chart_alternative,
    finding_blocks,
    headline,
    limits_sentence,
    method_sentence,
    plan_chart,
    remedy_text,
    step_rows,
    worst_drop_sentence,
)
from easeoff.documents.crosswords import (
    UNIT_NOTE,
    afterwards,
    check_text,
    equivalent_sentences,
    table_rows,
)
from easeoff.documents.presenting import dates_sentence, no_way_sentence, plan_title, until_answered
from easeoff.documents.recorded import override_sentence
from easeoff.documents.scheduledata import steps_to_review
from easeoff.documents.sourcing import confidence_words
from easeoff.documents.steprows import LEFT_OUT, outlined
from easeoff.documents.supplywords import RUNNING_OUT, supply_sentences
from easeoff.medicines.model import Formulary
from easeoff.planning.findings import Finding, Level, OpenQuestion
from easeoff.planning.plan import CitedSource, EffectKind, Plan
from easeoff.planning.request import TaperRequest
from easeoff.proposing import Outcome, Proposal
from easeoff.quantities import format_date, format_mg
from easeoff.safety import START_ONLY_IF, merge_stops, red_flags
from easeoff.web.onward.panel import panel as onward_panel
from easeoff.web.planning.flow import answers_from
from easeoff.web.planning.lookup import Facts
from easeoff.web.planning.machineview import machine_context
from easeoff.web.planning.pages import page_with
from easeoff.web.planning.paperview import papers_context
from easeoff.web.planning.state import seal

_TITLES = {
    Outcome.DRAFT: "Draft with open questions",
    Outcome.NOT_WITHIN_LIMITS: "Draft not within your limits",
    Outcome.STOPPED: "Stop: keep taking it as you do now",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A way on, with the signed answers that its button sends; ``state`` is empty where there is nothing to send."""

    text: str
    state: str
    keeps_limits: bool = True
    label: str = "Show this plan"


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question and the page that asks it."""

    text: str
    why: str
    slug: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as it is listed."""

    title: str
    address: str
    confidence: str


def plan_context(proposal: Proposal, panel: CrisisPanel) -> dict[str, object]:
    """Everything the page shows. A stopped proposal brings no doses with it, whatever it holds."""
    stopped = proposal.outcome is Outcome.STOPPED
    context: dict[str, object] = {
        "outcome": proposal.outcome.name.lower(),
        "title": _title(proposal),
        "headline": headline(proposal).removeprefix(f"{_title(proposal)}. "),
        "medicine": proposal.formulary.medicine.name,
        **finding_parts(proposal.findings, proposal.formulary),
        "override": override_sentence(proposal.request.override, proposal.findings),
        "may_override": stopped and all(f.liftable for f in proposal.findings if f.level is Level.STOP),
        "panel": panel,
        "red_flags": red_flags(proposal.formulary.medicine),
        "answers_form": "flow",
        "onward": onward_panel(
            proposal.formulary.medicine.drug_class, proposal.request.country, below_stop=stopped
        ),
    }
    if stopped:
        medicine, dose = proposal.formulary.medicine, proposal.request.dose
        return context | {"card": merge_stops(proposal.findings, medicine, dose), **papers_context(proposal)}
    context |= {
        "questions": tuple(
            _asked(q, Facts(proposal.request.country, proposal.formulary)) for q in proposal.open_questions
        ),
        "until_answered": until_answered(proposal.request),
        "reasons": proposal.reasons,
        "remedies": _remedies(proposal),
        "no_way": no_way_sentence(proposal),
        "dose_now": format_mg(proposal.request.dose),
        "gentler": tuple(Choice(text, _sealed(wish)) for text, wish in proposal.gentler),
        "may_issue": proposal.may_issue_schedule,
        "may_record": any(q.key == "crossover" for q in proposal.open_questions),
        **papers_context(proposal),
        **machine_context(proposal),
        "not_yet": "" if proposal.outcome is Outcome.PLAN else NOT_YET,
    }
    return context | (plan_parts(proposal.plan, proposal.formulary) if proposal.plan else {})


def _title(proposal: Proposal) -> str:
    if proposal.outcome is Outcome.STOPPED:
        return _TITLES[proposal.outcome]
    if proposal.plan is None:
        return "No plan can be drawn from this"
    return plan_title(proposal.plan) if proposal.outcome is Outcome.PLAN else _TITLES[proposal.outcome]


def finding_parts(findings: tuple[Finding, ...], formulary: Formulary) -> dict[str, object]:
    """The findings in order of weight, how many of each, and what they rest on."""
    count = {level: sum(f.level is level for f in findings) for level in Level}
    return {
        "findings": finding_blocks(findings),
        "warnings": count[Level.WARN],
        "notes": count[Level.NOTE],
        "other_findings": count[Level.WARN] + count[Level.NOTE],
        "finding_sources": _sources_of(findings, formulary),
    }


def plan_parts(plan: Plan, formulary: Formulary, near: range | None = None) -> dict[str, object]:
    """What is shown of the plan itself, made now or read from a file; ``near`` are the places of the steps that count now."""
    rows = step_rows(plan, formulary)
    near = _up_to_review(plan, len(rows)) if near is None else near
    shown = outlined(rows, plan, near)
    return {
        "plan": plan,
        "crossover": None if plan.crossover is None else _crossing(plan),
        "chart": _svg(plan) if plan.crossover is None else "",
        "chart_alternative": chart_alternative(plan),
        "step_count": len(rows),
        "steps": shown,
        "left_out": LEFT_OUT if len(shown) < len(rows) else "",
        "behind_count": near.start,
        "behind_steps": tuple(row for row in shown if row.number <= near.start),
        "near_steps": rows[near.start : near.stop],
        "later_steps": tuple(row for row in shown if row.number > near.stop),
        "unit_note": _unit_note(plan),
        "worst": worst_drop_sentence(plan),
        "method": method_sentence(plan),
        "method_because": (*plan.method.because, *about_sentences(plan)),
        "limits": limits_sentence(plan),
        "start_only_if": START_ONLY_IF,
        "dates": dates_sentence(plan),
        "review_on": format_date(plan.review_on) if plan.review_on else "",
        "sources": tuple(_cited(source) for source in plan.sources),
        "data_version": plan.data_version,
        "made_on": format_date(plan.created_on),
        "supply": supply_sentences(plan, formulary),
        "running_out": RUNNING_OUT,
    }


def _up_to_review(plan: Plan, rows: int) -> range:
    near = steps_to_review(plan)
    return range(near + 1 if rows == near + 1 else near)  # A last row alone is not worth a click.


def _svg(plan: Plan) -> SafeString:
    """The chart's markup, which is ours: every text in it has been escaped where it was made."""
    return mark_safe(plan_chart(plan))


def _crossing(plan: Plan) -> dict[str, object]:
    """The equivalent beside all tables, the check after each exchange, and what follows."""
    entered, beside = equivalent_sentences(plan)
    return {
        "entered": entered,
        "beside": beside,
        "tables": table_rows(plan),
        "checks": tuple(f"{' '.join(step.because)} {check_text(plan, step)}" for step in plan.steps),
        "afterwards": afterwards(plan),
    }


def _unit_note(plan: Plan) -> str:
    if plan.crossover is not None:
        return UNIT_NOTE
    if plan.summary.effect_kind is EffectKind.OCCUPANCY_POINTS:
        return (
            "100 points is what the medicine does in the brain at your starting dose. 0 points is none of it."
        )
    return "Each drop is a share of the dose you started from."


def _asked(question: OpenQuestion, facts: Facts) -> Asked:
    key = {
        "goal": "goal_kind",
        "intakes": "dose_1",
        "pace": "limit",
        "crossover": "cross_to",
        "equivalent": "cross_to",
    }.get(question.key, question.key)
    page = page_with(key, facts)
    return Asked(question.text, question.why, page.slug if page else "")


def _remedies(proposal: Proposal) -> tuple[Choice, ...]:
    kind = proposal.plan.summary.effect_kind if proposal.plan else None
    return tuple(
        Choice(
            remedy_text(r, kind),
            _sealed(r.request),
            r.within_limit,
            "Show the first plan" if r.is_second_plan(proposal.request) else "Show this plan",
        )
        for r in proposal.remedies
    )


def _sealed(request: TaperRequest | None) -> str:
    return seal(answers_from(request)) if request is not None else ""


def _cited(cited: CitedSource) -> Cited:
    return Cited(cited.source.title, cited.source.doi_or_url, confidence_words(cited.confidence))


def _sources_of(findings: tuple[Finding, ...], formulary: Formulary) -> tuple[Cited, ...]:
    known = {source.id: source for source in formulary.sources}
    ids = dict.fromkeys(source for finding in findings for source in finding.sources)
    return tuple(Cited(known[i].title, known[i].doi_or_url, "") for i in ids if i in known)
