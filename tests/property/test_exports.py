"""What the engine can plan, every machine format can say: whole, in each language, with equal doses on every day."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from hypothesis import assume, given, settings
from icalendar import Calendar
from invariants import goal_before_the_review
from wishes import plannable

from easeoff.documents import (
    calendar_file,
    fhir_bundle,
    plan_table,
    read_fhir_doses,
    read_fhir_plan,
    step_dosage,
)
from easeoff.documents.dosage import LANGUAGES
from easeoff.documents.fhir import StepStyle
from easeoff.documents.tables import TABLES
from easeoff.planning.plan import Plan
from easeoff.planning.request import TaperRequest
from easeoff.proposing import Outcome, Proposal, plan_taper
from easeoff.quantities import EaseoffError

NOW = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
START = date(2027, 3, 20)


def issued(request: TaperRequest) -> Proposal:
    """The proposal as if every question were answered and every limit kept: its shape is what counts here."""
    try:
        found = plan_taper(request)
    except EaseoffError:
        assume(False)
        raise
    assume(found.plan is not None and found.plan.steps and found.outcome is not Outcome.STOPPED)
    assert found.plan is not None
    return replace(found, plan=dated(found.plan), within_limit=True, open_questions=())


def dated(plan: Plan) -> Plan:
    """The plan with dates up to its review, as the engine gives them to a plan that may be issued."""
    if plan.request.start is None:
        return plan
    steps, day = list(plan.steps), START
    for place in range(min(plan.near_steps, len(steps))):
        step = steps[place]
        stays = plan.goal_mg > 0 and place == len(steps) - 1
        end = None if stays else day + timedelta(step.days - 1)
        steps[place] = replace(step, start=day, end=end)
        day += timedelta(step.days)
    arrives = day if goal_before_the_review(plan) else None
    return replace(plan, steps=tuple(steps), review_on=day, arrives_on=arrives)


def due(plan: Plan) -> Counter[tuple[int, str, str, str]]:
    """Every dose of every day up to the review, straight from the steps."""
    found, day = Counter[tuple[int, str, str, str]](), 1
    for step in plan.steps[: plan.near_steps]:
        for offset in range(step.days):
            for intake in step.intakes:
                for portion in intake.portions:
                    found[day + offset, intake.time, portion.product, f"{portion.mg.normalize():f}"] += 1
        day += step.days
    return found


@pytest.mark.hazard("H-009", "H-031")
@settings(max_examples=max(10, settings().max_examples // 2))
@given(plannable())
def test_every_plan_goes_out_whole_and_comes_back_alike(request: TaperRequest) -> None:
    proposal = issued(request)
    plan = proposal.plan
    assert plan is not None
    for code in LANGUAGES:
        for step in plan.steps:
            stays = plan.goal_mg > 0 and step.number == len(plan.steps)
            assert step_dosage(step, proposal.formulary, code, stays=stays).endswith(".")
    styles: tuple[StepStyle, ...] = ("sequence", "separate")
    for style in styles:
        text = fhir_bundle(proposal, NOW, steps=style)
        assert read_fhir_plan(text) == plan
        read = Counter((d.day, d.time, d.product, f"{d.mg.normalize():f}") for d in read_fhir_doses(text))
        assert read == due(plan)
    tables = {
        table: list(csv.DictReader(StringIO(plan_table(proposal, table), newline=""))) for table in TABLES
    }
    assert len(tables["steps"]) == len(plan.steps) + (plan.goal_mg == 0)
    assert len(tables["days"]) == sum(step.days for step in plan.steps[: plan.near_steps])
    if plan.steps[0].start is not None:
        events = Calendar.from_ical(calendar_file(proposal, NOW)).walk("VEVENT")
        changes = [event["DTSTART"].dt for event in events if str(event["UID"]).rsplit("-", 1)[1].isdigit()]
        assert changes == [step.start for step in plan.steps if step.start is not None]
