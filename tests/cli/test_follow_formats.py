"""easeoff follow PLAN.json --format NAME: papers and files of a version that is followed."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from easeoff.documents import read_fhir_plan, read_plan

PDFS = ("pdf", "supply", "cards")


@pytest.fixture
def followed(run, answers, tmp_path, monkeypatch):
    """A running plan, on the twentieth day of its first step; records more, each version in a file of its own."""
    path = tmp_path / "plan-1.json"
    ran = run("plan", "mirtazapine 15 mg", "--country", "GB", "--as", "tablet", "--goal", "7.5", "--start", "2026-12-01",
              "--tier", "special", *answers, "--format", "json", "-o", str(path))  # fmt: skip
    assert ran.status == 0, ran.err
    monkeypatch.setattr("easeoff.cli.reading.today", lambda: date(2027, 1, 8))

    def record(*words: str) -> Path:
        nonlocal path
        new = tmp_path / f"plan-{int(path.stem.rsplit('-', 1)[1]) + 1}.json"
        ran = run("follow", str(path), *words, "-o", str(new))
        assert ran.status == 0, ran.err
        path = new
        return path

    record("hand-over", "--on", "2026-12-01")
    record("agree", "--on", "2026-12-01", "--by", "A prescriber; GP")
    record("start", "--on", "2026-12-01", "--taking", "12.3 mg")
    return record


@pytest.fixture
def running(followed) -> Path:
    return followed("missed", "--on", "2027-01-05")


@pytest.mark.parametrize("form", PDFS)
def test_each_paper_is_written_beside_the_plan(run, running, tmp_path, form):
    out = tmp_path / "paper.pdf"
    ran = run(
        "follow", str(running), "--format", form, "-o", str(out), "--paper", "us-letter", "--large-print"
    )
    assert (ran.status, ran.out) == (0, "")
    assert "of version 5, running." in ran.err
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.hazard("H-002")
def test_table_calendar_and_fhir_document_begin_with_the_step_taken_now(run, running, tmp_path):
    plan = read_plan(running.read_text())
    ran = run("follow", str(running), "--format", "csv", "--rows", "days")
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert ran.status == 0 and rows[0]["step"] == "2" and rows[0]["dose"] == str(plan.steps[1].dose_mg)
    ran = run("follow", str(running), "--format", "ics", "--titles", "doses")
    titles = [str(event["summary"]) for event in Calendar.from_ical(ran.out).walk("VEVENT")]
    assert titles[0] == "Reminder" and titles[1].startswith("Mirtazapine: step 2,")
    ran = run("follow", str(running), "--format", "fhir", "--fhir-steps", "separate")
    assert ran.status == 0 and read_fhir_plan(ran.out) == plan


@pytest.mark.hazard("H-012")
@pytest.mark.parametrize(
    ("words", "why"), [(("hold",), "on hold"), (("freeze", "--change", "illness"), "frozen")]
)
def test_a_plan_that_waits_gives_one_sentence_and_the_dose_to_keep(run, followed, tmp_path, words, why):
    path, out = followed(*words), tmp_path / "schedule.pdf"
    dose = read_plan(path.read_text()).steps[1].dose_mg
    for form in ("pdf", "fhir", "csv"):
        ran = run("follow", str(path), "--format", form, "-o", str(out))
        assert (ran.status, ran.out, out.exists()) == (1, "", False)
        assert why in ran.err and f"Keep taking {dose} mg" in ran.err


@pytest.mark.hazard("H-022")
@pytest.mark.parametrize("words", [("hold",), ("freeze", "--change", "illness")])
def test_a_plan_that_waits_gives_a_calendar_that_only_cancels(run, followed, tmp_path, words):
    before = followed("missed", "--on", "2027-01-05")
    path, out = followed(*words), tmp_path / "x.ics"
    ran = run("follow", str(path), "--format", "ics", "--earlier", str(before), "-o", str(out))
    assert ran.status == 0 and "only cancels" in ran.err
    events = Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    told = {str(event["uid"]).split("-", 1)[1]: str(event["status"]) for event in events}
    assert told.pop("reminders-end") == "CONFIRMED"
    assert {"2", "3", "review"} <= told.keys() and set(told.values()) == {"CANCELLED"}


@pytest.mark.hazard("H-022")
def test_after_a_hold_the_terminal_says_to_renew_the_calendar(run, followed):
    running = followed("missed", "--on", "2027-01-05")
    text = " ".join(run("follow", str(running), "hold").out.split())
    assert "Did you put this plan into a calendar? Take in a new one" in text and "--format ics" in text


def test_a_letter_is_for_before_the_agreement(run, running, tmp_path):
    out = tmp_path / "letter.pdf"
    before = running.with_name("plan-2.json")
    assert read_plan(before.read_text()).status.value == "with prescriber"
    assert run("follow", str(before), "--format", "letter", "-o", str(out)).status == 0
    ran = run("follow", str(running), "--format", "letter", "-o", str(tmp_path / "other.pdf"))
    assert ran.status == 1 and "once a plan is agreed" in ran.err and "Hand over the schedule" in ran.err


@pytest.mark.parametrize(("more", "why"), [
    (("hold", "--format", "pdf", "-o", "x.pdf"), "records nothing"),
    (("--format", "pd"), "Did you mean pdf?"),
    (("--format", "csv", "--on", "2027-02-01"), "--on changes nothing"),
    (("--format", "csv", "--json"), "two things"),
    (("--reminders",), "belongs to --format ics"),
    (("--format", "csv", "--large-print"), "is for what is printed"),
])  # fmt: skip
def test_what_would_do_nothing_is_asked_back(run, running, more, why):
    ran = run("follow", str(running), *more)
    assert (ran.status, ran.out) == (2, "") and why in ran.err


@pytest.mark.hazard("H-022")
def test_a_paper_is_never_written_over_the_plan_unasked(run, running):
    before = running.read_bytes()
    ran = run("follow", str(running), "--format", "csv", "-o", str(running))
    assert ran.status == 2 and "is there already" in ran.err and running.read_bytes() == before


def test_while_a_plan_waits_the_terminal_says_that_there_are_no_dates(run, followed):
    ran = run("follow", str(followed("hold")))
    text = " ".join(ran.out.split())
    assert "While the plan waits, nothing after the dose you take now has a date." in text
    assert "Dates stand up to your review" not in text and "no date for now" in text
    assert "day 85" not in text
