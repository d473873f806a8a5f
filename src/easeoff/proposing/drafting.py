"""What keeps a plan a draft besides the safety questions, and what a draft never holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from easeoff.medicines.model import Formulary, Release
from easeoff.planning.findings import Finding, Level, OpenQuestion
from easeoff.planning.methods import Approach
from easeoff.planning.methods.choosing import class_rule
from easeoff.planning.methods.windows import beyond_windows
from easeoff.planning.plan import Plan
from easeoff.planning.request import MethodName, TaperRequest
from easeoff.proposing.proposal import Proposal, Remedy
from easeoff.proposing.situation import Situation

#: With a half-life of so many hours or less a medicine may be taken more than once a day, so the times are asked. Project choice.
SHORT_HALF_LIFE_HOURS = Decimal(12)
#: Classes taken at night only, whatever their half-life.
_AT_NIGHT = frozenset({"z_drug"})
#: Methods whose cuts are small and come often, so that no single one shows how fast they go.
_MANY_CUTS = frozenset({MethodName.BANDS, MethodName.SLIDE, MethodName.MICRO})
#: Plain forms of this class are taken several times a day whatever the half-life on record, so the times are asked. Project choice.
_SEVERAL_TIMES_A_DAY = "opioid"
#: Slow-release forms of these classes are often taken twice a day, so the times are asked. Project choice.
_OFTEN_TWICE_A_DAY = frozenset({"opioid", "mood_stabiliser_antiepileptic"})
_HALF_A_DAY_HOURS = 12
#: Said before every other warning: it is about a cliff that the method does not see.
_FIRST_WARNINGS = ("falls-above-pace", "drop-by-the-curve")


def question_of_times(situation: Situation) -> Iterator[OpenQuestion]:
    """At what times of day it is taken, where that was not said and the medicine may be taken more than once a day."""
    medicine, half_life = situation.formulary.medicine, situation.formulary.medicine.half_life
    if situation.request.intakes or medicine.drug_class in _AT_NIGHT:
        return
    if situation.form.release is not Release.IR:
        if _may_be_taken_twice(situation):
            yield OpenQuestion(
                "intakes",
                "At what times of day do you take it, and how much each time?",
                "Some slow-release kinds are made to be taken twice a day. The times never change unasked.",
            )
        return
    longest = half_life.longest_hours if half_life is not None else None
    if longest is not None and longest <= SHORT_HALF_LIFE_HOURS:
        yield OpenQuestion(
            "intakes",
            "At what times of day do you take it, and how much each time?",
            "It leaves the body fast, so some people take it more than once a day. The times never change unasked.",
        )
    elif medicine.drug_class == _SEVERAL_TIMES_A_DAY:
        yield OpenQuestion(
            "intakes",
            "At what times of day do you take it, and how much each time?",
            "Many people take a medicine of this class more than once a day. The times never change unasked.",
        )


def _may_be_taken_twice(situation: Situation) -> bool:
    """A slow-release form that is often taken twice a day: by its class, or by a record of how long its kind acts."""
    form = situation.form
    twice_a_day = form.acts_hours is not None and form.acts_hours <= _HALF_A_DAY_HOURS
    one_piece = any(p.mg_per_unit == situation.request.dose for p in situation.at_hand.products)
    return form.release is Release.MR and (
        situation.formulary.medicine.drug_class in _OFTEN_TWICE_A_DAY or (twice_a_day and not one_piece)
    )


def question_of_pace(situation: Situation, approach: Approach) -> Iterator[OpenQuestion]:
    """Whether a prescriber agrees, where more was asked for than the class's pace allows."""
    if approach.findings and situation.request.override is None:
        yield OpenQuestion(
            "pace",
            "Has a prescriber agreed to go faster than is usual for this medicine, and recorded it?",
            "Faster than the usual pace needs a prescriber's name and reason. Until then this stays a draft.",
        )


def falls_above_pace(situation: Situation, plan: Plan) -> tuple[Finding, ...]:
    """What the many small cuts of a method come to within the class's shortest interval, where that is too much."""
    if plan.method.name not in _MANY_CUTS or situation.pace is None:
        return ()
    of_class = class_rule(situation.formulary, situation.request, situation.pace, situation.form)
    return beyond_windows(plan, replace(of_class, first_cut=None), situation.pace)


def without_dates(plan: Plan) -> Plan:
    """The plan without any date: a draft must not look like a schedule."""
    steps = tuple(replace(step, start=None, end=None) for step in plan.steps)
    return replace(plan, steps=steps, arrives_on=None, review_on=None)


def by_weight(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Stops, then warnings with what is most easily overlooked first, then notes."""
    order = [Level.STOP, Level.WARN, Level.NOTE]
    return tuple(sorted(findings, key=lambda f: (order.index(f.level), f.rule not in _FIRST_WARNINGS)))


def without_plan(
    formulary: Formulary,
    request: TaperRequest,
    findings: tuple[Finding, ...],
    questions: tuple[OpenQuestion, ...],
    reasons: tuple[str, ...] = (),
    remedies: tuple[Remedy, ...] = (),
    blocking: Decimal | None = None,
) -> Proposal:
    """The answer where nothing can be drawn, or a stop forbids it; beside a stop no notes are told."""
    if any(f.level is Level.STOP for f in findings):
        findings = tuple(f for f in findings if f.level is not Level.NOTE)
    return Proposal(
        request=request,
        plan=None,
        within_limit=False,
        open_questions=questions,
        findings=findings,
        remedies=remedies,
        blocking_dose_mg=blocking,
        reasons=reasons,
        gentler=(),
        formulary=formulary,
    )
