"""Whatever happened to a plan: what is handed over begins with the dose of now, and every file holds the same doses."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from random import Random

import pytest
from histories import begun, happening, later, proposals, record

from easeoff.directory import crisis_panel
from easeoff.documents import calendar_file, fhir_bundle, plan_table, read_fhir_doses, read_fhir_plan
from easeoff.documents.issuing import steps_ahead
from easeoff.documents.scheduledata import schedule_data
from easeoff.documents.standing import begins_today, standing
from easeoff.documents.supplydata import supply_data
from easeoff.planning.lifecycle import dose_at, step_by_date
from easeoff.planning.plan import Plan, Status
from easeoff.proposing import Proposal
from easeoff.proposing.issuing import proposal_of_version
from easeoff.quantities import EaseoffError, format_mg

NOW = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
_NOTHING_TO_FOLLOW = {Status.HELD, Status.FROZEN, Status.AT_GOAL, Status.REVIEWED}


def _life(seed: int) -> tuple[Plan, date]:
    pick = Random(seed).choice
    plan = begun(pick(proposals()))
    today = plan.created_on
    for _ in range(pick(range(1, 10))):
        today = later(today, pick)
        try:
            plan = record(plan, happening(plan, today, pick), today).plan
        except EaseoffError:
            continue
    return plan, later(today, pick)


@pytest.mark.hazard("H-001", "H-002", "H-021")
def test_every_version_hands_over_the_dose_of_now_or_nothing() -> None:
    issued = 0
    for seed in range(150):
        plan, today = _life(seed)
        made = proposal_of_version(plan, today)
        if plan.status in _NOTHING_TO_FOLLOW:
            assert not made.may_issue_schedule
        if made.may_issue_schedule:
            issued += 1
            _check_paper(plan, made, today)
            _check_files(plan, made, today)
    assert issued > 30


def _check_paper(plan: Plan, made: Proposal, today: date) -> None:
    now, dose = step_by_date(plan, today), format_mg(dose_at(plan, step_by_date(plan, today)))
    panel = crisis_panel((), plan.country, today)
    data = schedule_data(plan, made.formulary, panel, "", today, made.findings)
    assert data["facts"][0][1].startswith(f"{dose} a day")  # type: ignore[index,call-overload,union-attr]
    begins = begins_today(plan, standing(plan, today))
    keep = (
        f", or {dose} once you have begun step {now}."
        if begins
        else f"eep taking {dose} a day as you do now."
    )
    assert keep in str(data["agreement"])
    if now:
        assert str(data["blocks"][0]["heading"]).startswith(f"Step {now}: {dose}")  # type: ignore[index,call-overload]
    assert f" {dose} a day " in str(supply_data(plan, made.formulary, "", today)["course"])


def _check_files(plan: Plan, made: Proposal, today: date) -> None:
    wanted = Counter[date]()
    for covered in steps_ahead(plan, standing(plan, today)):
        taken = sum((p.mg for i in covered.step.intakes for p in i.portions), Decimal(0))
        assert covered.start is not None
        wanted |= Counter({covered.start + timedelta(n): taken for n in range(covered.days)})  # type: ignore[dict-item]
    fhir = fhir_bundle(made, NOW)
    doses = Counter[date]()
    for dose in read_fhir_doses(fhir):
        assert dose.date is not None
        doses[dose.date] += dose.mg  # type: ignore[assignment]
    assert doses == wanted and read_fhir_plan(fhir) == plan
    days = csv.DictReader(StringIO(plan_table(made, "days")))
    assert {date.fromisoformat(row["date"]) for row in days} == set(wanted)
    assert calendar_file(made, NOW).startswith(b"BEGIN:VCALENDAR")
