"""What other programs read, from the command line: written from a plan that may be issued, and from nothing else."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

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
    ran = run(*a_plan(answers, "--format", "csv", "--table", "days", "--language", "de"))
    rows = list(csv.DictReader(StringIO(ran.out, newline="")))

    assert len(rows) == 84
    assert rows[-1]["date"] == "2027-03-28"
    assert "einmal täglich" in rows[0]["dosage"]


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (PLANNED, 1, "questions are open"),
        (("plan", "sertraline 100 mg", "--country", "GB"), 1, "not within your limits"),
        (("plan", "lithium 400 mg", "--country", "GB"), 3, "there is a stop"),
    ],
)
@pytest.mark.parametrize(("form", "what"), [("csv", "table")])
def test_nothing_is_written_from_a_draft_or_a_stop(run, tmp_path, asked, status, said, form, what):
    ran = run(*asked, "--format", form, "-o", str(tmp_path / "out"))

    assert ran.status == status
    assert ran.err.startswith(f"No {what} is written")
    assert said in ran.err
    assert ran.out == ""
    assert list(tmp_path.iterdir()) == []
