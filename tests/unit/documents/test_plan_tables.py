"""The tables: every day and every step once, exact, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from io import StringIO

import documents_factory as make
import pytest
from issued import NAMES, issued, portions_each_day

from easeoff.documents import step_rows
from easeoff.documents.tables import COLUMNS, FREE_TEXT, TABLES, free_text_of, plan_table
from easeoff.quantities import EaseoffError

pytestmark = pytest.mark.hazard("H-031")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_every_column_and_ends_as_rfc_4180_says(name: str, table: str) -> None:
    text = plan_table(issued(name), table)
    assert text.startswith(",".join(COLUMNS[table]) + "\r\n") and text.endswith("\r\n")
    for row in rows(text):
        assert list(row) == list(COLUMNS[table])
        assert None not in row.values()
        assert row["purpose"].startswith("proposal for a prescriber; not medical advice")
        for column in row:
            assert column.removesuffix("_unit") == column or row[column], f"{column} is empty"


@pytest.mark.parametrize("name", [name for name in NAMES if name != "without a start"])
def test_each_day_has_one_row_with_the_dose_of_that_day(name: str) -> None:
    proposal = issued(name)
    taken: dict[date, D] = defaultdict(D)
    for day, _, portion in portions_each_day(proposal):
        taken[day] += portion.equivalent_mg
    found = {date.fromisoformat(row["date"]): D(row["dose"]) for row in rows(plan_table(proposal, "days"))}
    assert found == dict(taken)
    assert [row["day"] for row in rows(plan_table(proposal, "days"))] == [
        str(n + 1) for n in range(len(taken))
    ]


def test_days_without_a_start_are_counted_and_not_dated() -> None:
    proposal = issued("without a start")
    found = rows(plan_table(proposal, "days"))
    assert proposal.plan is not None
    assert len(found) == sum(step.days for step in proposal.plan.steps[: proposal.plan.request.review])
    assert {row["date"] for row in found} == {""}


@pytest.mark.parametrize("name", NAMES)
def test_each_step_has_one_row_and_dates_stand_only_up_to_the_review(name: str) -> None:
    proposal = issued(name)
    assert proposal.plan is not None
    plan, found = proposal.plan, rows(plan_table(proposal, "steps"))
    assert len(found) == len(step_rows(plan, proposal.formulary))
    for row, step in zip(found, plan.steps, strict=False):
        assert (row["step"], D(row["dose"]), row["dose_unit"]) == (str(step.number), step.dose_mg, "mg")
        assert (row["part"] == "outline") == (step.number > plan.request.review)
        assert bool(row["from"]) == (step.start is not None)
        assert row["dosage"].count("Take ") == len(step.intakes)
    if plan.goal_mg == 0:
        assert (found[-1]["part"], found[-1]["dose"], found[-1]["dosage"]) == ("goal", "0", "")
        assert D(found[-1]["drop"]) == plan.summary.last_drop


@pytest.mark.parametrize("name", NAMES)
def test_portions_add_up_to_the_dose_of_their_step(name: str) -> None:
    proposal = issued(name)
    sums: dict[str, D] = defaultdict(D)
    for row in rows(plan_table(proposal, "portions")):
        sums[row["step"]] += D(row["counts_as"])
    assert proposal.plan is not None
    assert sums == {str(step.number): step.dose_mg for step in proposal.plan.steps}


@pytest.mark.parametrize("table", TABLES)
def test_what_a_person_typed_cannot_become_a_formula_and_comes_back_whole(table: str) -> None:
    proposal = issued("a name in another script")
    assert proposal.plan is not None and proposal.plan.request.override is not None
    for row in rows(plan_table(proposal, table)):
        for column in FREE_TEXT & row.keys():
            assert not row[column].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert "د. ليلى 王小明 Ω" in row["override"]
        assert '=1+1, "agreed"; see\nletter' in row["override"]


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@here", "\tx", "\rx", "'quoted", "plain", ""])
def test_the_rule_for_free_text_is_reversible(text: str) -> None:
    plan = make.plan()
    first, *others = plan.steps
    intake = first.intakes[0]
    portion = replace(intake.portions[0], how=text)
    changed = replace(first, intakes=(replace(intake, portions=(portion,)),))
    written = rows(plan_table(make.proposal(replace(plan, steps=(changed, *others))), "portions"))[0]["how"]
    assert free_text_of(written) == text
    assert written == text or written == f"'{text}"


def test_the_dosage_is_written_in_the_language_asked_for_and_says_how_far_it_was_checked() -> None:
    found = rows(plan_table(issued("diazepam twice a day"), "steps", "de"))[0]
    assert found["dosage"].startswith("Einzunehmen: ")
    assert found["dosage_language"] == "de"
    assert found["dosage_review"] == "machine-checked, not yet reviewed by a native clinician"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"open_questions": (make.QUESTION,)}, "while questions are open: pregnancy"),
        ({"findings": (make.STOP,)}, "while a stop stands"),
        ({"within_limit": False}, "not within your limits"),
    ],
)
def test_nothing_is_written_from_a_draft_or_a_stop(changes: dict[str, object], said: str) -> None:
    with pytest.raises(EaseoffError, match=said):
        plan_table(make.proposal(**changes))


def test_a_gap_between_two_steps_is_refused() -> None:
    plan = make.plan()
    first, second, *others = plan.steps
    assert second.start is not None
    late = replace(second, start=date(2027, 2, 3))
    with pytest.raises(EaseoffError, match="Step 2 of this plan does not begin on the day after step 1 ends"):
        plan_table(make.proposal(replace(plan, steps=(first, late, *others))), "days")


def test_an_unknown_table_is_asked_back() -> None:
    with pytest.raises(EaseoffError, match="not a table we write"):
        plan_table(make.proposal(), "weeks")  # type: ignore[arg-type]


def test_a_dated_step_that_nobody_has_ended_goes_on() -> None:
    plan = make.plan(dated=1)
    waiting = replace(plan, steps=(replace(plan.steps[0], end=None), *plan.steps[1:]))
    proposal = make.proposal(waiting)
    assert rows(plan_table(proposal, "steps"))[0]["dosage"].endswith("until your prescriber changes it.")
    assert len(rows(plan_table(proposal, "days"))) == 28
