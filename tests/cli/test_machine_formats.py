"""What other programs read, from the command line: written from a plan that may be issued, and from nothing else."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from easeoff.documents import write_plan
from easeoff.documents.fhir import read_fhir_plan

PLANNED = ("plan", "diazepam 10 mg", "--country", "GB", "--start", "2027-01-04")


def a_plan(answers, *more):
    return (*PLANNED, *answers, "relapse_plan=yes", *more)


def test_the_tables_go_to_standard_output(run, answers):
    ran = run(*a_plan(answers, "--format", "csv"))
    rows = list(csv.DictReader(StringIO(ran.out, newline="")))

    assert ran.status == 0
    assert rows[0]["from"] == "2027-01-04"
    assert rows[0]["dosage"].startswith("Take 8 mg = 4 tablets of 2 mg, plus 1.12 mg")


def test_a_table_of_days_and_another_language(run, answers):
    ran = run(*a_plan(answers, "--format", "csv", "--rows", "days", "--language", "de"))
    rows = list(csv.DictReader(StringIO(ran.out, newline="")))

    assert len(rows) == 84
    assert rows[-1]["date"] == "2027-03-28"
    assert "einmal täglich" in rows[0]["dosage"]


def test_the_calendar_is_neutral_and_cancels_what_an_earlier_plan_had(run, answers, tmp_path):
    earlier, target = tmp_path / "earlier.json", tmp_path / "reminders.ics"
    run(*a_plan(answers, "--format", "json", "-o", str(earlier)))
    times = ("--intakes", "08:00=4,22:00=6", "--reminders")
    ran = run(*a_plan(answers, *times, "--format", "ics", "--earlier", str(earlier), "-o", str(target)))
    text = target.read_text()

    assert ran.status == 0
    assert text.count("STATUS:TENTATIVE") == 4 + 6
    assert text.count("STATUS:CANCELLED") == 4
    assert "diazepam" not in text.lower()


def test_a_calendar_without_dates_or_times_is_refused(run, answers, tmp_path):
    dateless = run(
        "plan", "diazepam 10 mg", "--country", "GB", *answers, "relapse_plan=yes", "--format", "ics"
    )
    timeless = run(*a_plan(answers, "--format", "ics", "--reminders"))
    lost = run(*a_plan(answers, "--format", "ics", "--earlier", str(tmp_path / "none.json")))

    assert "has no dates" in dateless.err and "has no times of day" in timeless.err
    assert "cannot be read as a plan file" in lost.err
    assert (dateless.status, timeless.status, lost.status) == (2, 2, 2)


def test_the_fhir_document_comes_back_as_the_plan_that_was_written(run, answers, tmp_path):
    plan, document = tmp_path / "plan.json", tmp_path / "plan.fhir.json"
    run(*a_plan(answers, "--format", "json", "-o", str(plan)))
    ran = run(*a_plan(answers, "--format", "fhir", "--fhir-steps", "separate", "-o", str(document)))

    assert ran.status == 0
    assert write_plan(read_fhir_plan(document.read_text())) == plan.read_text()
    assert document.read_text().count('"on-hold"') == 4


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (PLANNED, 1, "questions are open"),
        (("plan", "sertraline 100 mg", "--country", "GB"), 1, "not within your limits"),
        (("plan", "lithium 400 mg", "--country", "GB"), 3, "there is a stop"),
    ],
)
@pytest.mark.parametrize(("form", "what"), [("csv", "table"), ("ics", "calendar"), ("fhir", "FHIR document")])
def test_nothing_is_written_from_a_draft_or_a_stop(run, tmp_path, asked, status, said, form, what):
    ran = run(*asked, "--format", form, "-o", str(tmp_path / "out"))

    assert ran.status == status
    assert ran.err.startswith(f"No {what} is written")
    assert said in ran.err
    assert ran.out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("table", ["steps", "days", "portions"])
def test_a_table_of_ours_is_not_taken_for_a_pasted_schedule(run, answers, tmp_path, table):
    target = tmp_path / "plan.csv"
    run(*a_plan(answers, "--format", "csv", "--rows", table, "-o", str(target)))
    ran = run("compare", str(target))

    assert ran.status == 2
    assert "a table that Easeoff wrote" in ran.err
    assert "plan file" in ran.err
