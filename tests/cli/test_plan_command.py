"""``easeoff plan``: what is printed, and the exit status that goes with it."""

from __future__ import annotations

import json
import re

import pytest

CASES = [
    ("sertraline 100 mg", ()),
    ("venlafaxine 75 mg", ("--as", "MR capsule")),
    ("escitalopram 10 mg", ()),
    ("diazepam 20 mg", ()),
    ("zopiclone 7.5 mg", ()),
    ("quetiapine 100 mg", ()),
    ("mirtazapine 15 mg", ()),
]
STATE = {0: ("Draft until ",), 1: ("Draft not within your limits.", "No plan can be drawn")}
#: Answered, this is a plan within its limits from licensed products.
PLANNED = ("plan", "fluoxetine 20 mg", "--country", "GB", "--start", "2026-12-07")


@pytest.mark.parametrize("country", ["GB", "US"])
@pytest.mark.parametrize(("medicine", "more"), CASES, ids=[case[0] for case in CASES])
def test_the_text_begins_with_the_state_that_the_exit_status_tells(run, medicine, more, country):
    ran = run("plan", medicine, "--country", country, *more)

    assert ran.status in STATE
    assert ran.out.startswith(STATE[ran.status])
    assert ran.err == ""
    assert "Questions to answer" in ran.out
    assert "This is not medical advice" in ran.out
    assert f"Keep taking {medicine.split(maxsplit=1)[1]} a day as you do now" in ran.out


@pytest.mark.parametrize("country", ["GB", "US"])
@pytest.mark.parametrize(("medicine", "more"), CASES, ids=[case[0] for case in CASES])
def test_the_json_says_the_same_and_nothing_else_is_printed(run, medicine, more, country):
    ran = run("plan", medicine, "--country", country, *more, "--json")
    proposal = json.loads(ran.out)

    assert ran.err == ""
    assert proposal["format"] == "easeoff-proposal/1"
    assert ran.status == (0 if proposal["within_limit"] else 1)
    assert proposal["request"]["today"] == "2026-12-01"


@pytest.mark.parametrize(("medicine", "more"), CASES, ids=[case[0] for case in CASES])
def test_every_dose_of_the_plan_stands_in_the_table(run, medicine, more):
    asked = ("plan", medicine, "--country", "GB", *more)
    plan = json.loads(run(*asked, "--json").out)["plan"]
    table = run(*asked).out.split("How to make it")[1]

    for step in plan["steps"]:
        assert re.search(rf"^{step['number']} +{re.escape(step['dose_mg'])} mg ", table, re.MULTILINE)


def test_a_draft_over_the_limits_names_the_blocking_dose_the_worst_step_and_the_remedies(run):
    ran = run("plan", "sertraline 100 mg", "--country", "GB")
    proposal = json.loads(run("plan", "sertraline 100 mg", "--country", "GB", "--json").out)

    assert ran.status == 1
    assert f"Blocking dose: {proposal['blocking_dose_mg']} mg a day." in ran.out
    assert ran.out.index("From 2 mg nothing at hand") < ran.out.index("Not a plan to follow yet.")
    assert ">> the largest drop of this plan, over the limit" in ran.out
    assert "What would help" in ran.out
    assert ran.out.rstrip().endswith("Draft not within your limits. Do not follow it.")
    assert "How to measure" not in ran.out


def _words(ran) -> str:
    return " ".join(ran.out.split())


def test_the_limit_that_is_broken_is_named_in_percent_of_the_dose_before_it(run, answers):
    said = _words(run("plan", "clonazepam 1 mg", "--country", "GB", *answers))
    assert "The step from 0.18 mg to 0.16 mg takes away 11.11 % of the dose before it" in said
    assert "the limit in percent of the current dose allows a fall to 0.162 mg at most." in said
    said = _words(run("plan", "escitalopram 10 mg", "--country", "GB", *answers))
    assert "the limit in points allows a fall to 5.03 mg at most." in said, (
        "rounded up, never looser than the limit"
    )


def test_where_nothing_is_known_that_helps_that_is_said_with_what_to_do(run, answers):
    said = _words(run("plan", "desvenlafaxine 50 mg", "--country", "US", *answers))
    assert "What would help Nothing that is listed here" in said and "Stay on 50 mg a day for now" in said
    assert "Nothing that is listed here" not in _words(
        run("plan", "sertraline 100 mg", "--country", "GB", *answers)
    )


def test_what_holds_only_for_the_form_that_was_assumed_says_so(run, answers):
    wish = ("plan", "fluvoxamine 100 mg", "--country", "US", *answers)
    assert "This holds for the form “MR capsule”: which one you take was not said." in _words(run(*wish))
    assert "This holds for the form" not in _words(run(*wish, "--as", "tablet"))


@pytest.mark.hazard("H-033")
def test_a_record_where_no_stop_stood_does_not_claim_that_one_was_lifted(run, answers):
    record = ("--override", "A. Prescriber; GP; 1234567; agreed in clinic")
    said = _words(run("plan", "mirtazapine 15 mg", "--country", "GB", *answers, *record))
    assert "Responsibility was taken by A. Prescriber, GP, registration 1234567" in said
    assert "Stops were lifted" not in said
    pregnant = tuple(text.replace("pregnancy=no", "pregnancy=pregnant") for text in answers)
    assert "Stops were lifted by A. Prescriber" in _words(
        run("plan", "mirtazapine 15 mg", "--country", "GB", *pregnant, *record)
    )


def test_a_plan_within_its_limits_says_so_and_how_to_measure_it(run, answers):
    ran = run(*PLANNED, *answers)

    assert ran.status == 0
    assert ran.out.startswith("Plan within its limits. A proposal to take to your prescriber.")
    assert "Questions to answer" not in ran.out
    assert "Start only if" in ran.out
    assert "7 December 2026" in ran.out


def test_the_worst_step_is_marked_in_words(run, answers):
    assert run(*PLANNED, *answers).out.count(">> the largest drop of this plan") == 1


@pytest.mark.hazard("H-013")
def test_lithium_is_a_stop_without_any_schedule(run):
    ran = run("plan", "lithium 400 mg", "--country", "GB")

    assert ran.status == 3
    assert ran.out.startswith("Stop. No doses are shown.")
    assert "Keep taking 400 mg as you do now. Do not cut and do not stop." in " ".join(ran.out.split())
    assert "Step" not in ran.out
    assert set(re.findall(r"[\d.]+ mg", ran.out)) == {"400 mg"}


def test_a_stop_prints_a_proposal_without_plan_or_remedies_as_json(run):
    ran = run("plan", "lithium 400 mg", "--country", "GB", "--json")
    proposal = json.loads(ran.out)

    assert ran.status == 3
    assert proposal["plan"] is None
    assert proposal["remedies"] == []
    assert proposal["blocking_dose_mg"] is None


def test_an_answer_can_bring_a_stop(run):
    ran = run("plan", "sertraline 100 mg", "--country", "GB", "--person", "age=16")

    assert ran.status == 3
    assert "How to make it" not in ran.out


def test_a_recorded_override_lifts_the_stop_and_stays_visible(run):
    record = "Name of a prescriber; GP; number 12345; seen today; agreed"
    ran = run(
        "plan", "sertraline 100 mg", "--country", "GB", "--person", "pregnancy=pregnant", "--override", record
    )

    assert ran.status == 1
    assert "Stops were lifted by Name of a prescriber, GP, registration number 12345" in " ".join(
        ran.out.split()
    )
    assert "seen today; agreed" in " ".join(ran.out.split())


def test_with_few_questions_left_each_says_what_it_changes(run, answers):
    ran = run(
        "plan", "quetiapine 100 mg", "--country", "GB", "--as", "tablet", "--intakes", "22:00=100", *answers
    )

    assert ran.status == 0
    assert ran.out.startswith("Draft until 2 questions are answered.")
    assert "--goal DOSE" in ran.out
    assert "Early signs of relapse mean contact today." in " ".join(ran.out.split())


def test_the_form_is_asked_back_where_it_matters(run):
    assert '--as "FORM"' in run("plan", "venlafaxine 75 mg", "--country", "GB").out
    assert '--as "FORM"' not in run("plan", "venlafaxine 75 mg", "--country", "GB", "--as", "MR capsule").out


def test_words_without_quotation_marks_are_read_together(run):
    together = run("plan", "sertraline 100 mg", "--country", "gb", "--json")

    assert run("plan", "Sertraline", "100mg", "--country", "GB", "--json").out == together.out


def test_the_same_command_prints_the_same_bytes(run):
    asked = ("plan", "mirtazapine 15 mg", "--country", "GB")

    assert run(*asked).out == run(*asked).out
    assert run(*asked, "--json").out == run(*asked, "--json").out


def test_several_intakes_keep_their_times_and_are_put_in_order(run):
    ran = run("plan", "diazepam 10 mg", "--country", "US", "--intakes", "22:00=6 mg,8:00=4")

    assert "4 mg at 08:00, 6 mg at 22:00" in ran.out
    assert re.search(r"at 08:00: .*", ran.out)


@pytest.mark.parametrize("goal", ["5", "5 mg", "5mg"])
def test_the_goal_may_say_its_unit(run, goal):
    assert (
        json.loads(run("plan", "diazepam 10 mg", "--country", "GB", "--goal", goal, "--json").out)["request"][
            "goal_mg"
        ]
        == "5"
    )


def test_a_medicine_that_the_country_does_not_list_is_said_to_be_so(run):
    ran = run("plan", "zopiclone 7.5 mg", "--country", "US")

    assert ran.status == 1
    assert ran.out.startswith("No plan can be drawn")
    assert "not in the product list for the United States" in " ".join(ran.out.split())


@pytest.mark.hazard("H-018", "H-028")
@pytest.mark.parametrize("asked", [("lithium 400 mg", "--person", "crisis=yes"), ("sertraline 100 mg",)])
def test_the_terminal_names_no_crisis_number_that_nobody_has_checked(run, monkeypatch, asked):
    plain = run("plan", *asked, "--country", "GB").out
    assert "If life is in danger, ring your local emergency number now." in plain
    assert "Samaritans, samaritans.org;" in " ".join(plain.split())
    assert not re.search(r"116 ?123|85258|\b111\b", plain)
    monkeypatch.setenv("EASEOFF_EMERGENCY_NUMBERS", "GB=999")
    assert "If life is in danger, ring 999 now." in run("plan", *asked, "--country", "GB").out


def test_emergency_numbers_that_cannot_be_read_are_asked_back(run, monkeypatch):
    monkeypatch.setenv("EASEOFF_EMERGENCY_NUMBERS", "GB:999")
    ran = run("plan", "sertraline 100 mg", "--country", "GB")
    assert ran.status == 2
    assert "Write it like GB=999,US=911." in ran.err


def test_a_draft_with_open_questions_says_before_its_steps_that_it_is_no_plan_to_follow(run):
    ran = run(*PLANNED)
    assert ran.status == 0
    before, _, steps = ran.out.partition("What this would look like. Not a plan to follow yet.")
    assert "Questions to answer" in before
    assert "How to make it" in steps
    assert "Start only if" not in steps and "How to measure" not in steps


@pytest.mark.parametrize(("name", "begins"), [("plan.json", '{"format'), ("PLAN.JSON", '{"format'), ("notes.txt", "Draft"), ("notes", "Draft")])  # fmt: skip
def test_without_a_format_the_ending_of_the_file_says_what_is_written(run, tmp_path, name, begins) -> None:
    ran = run("plan", "mirtazapine 15 mg", "--country", "GB", "--as", "tablet", "-o", str(tmp_path / name))
    assert ran.out == "" and "Written to" in ran.err
    written = (tmp_path / name).read_text(encoding="utf-8")
    assert "".join(written.split()).startswith(begins)


def test_a_paper_of_a_draft_is_refused_by_its_ending_too(run, tmp_path) -> None:
    ran = run("plan", "sertraline 100 mg", "--country", "GB", "-o", str(tmp_path / "schedule.pdf"))
    assert ran.status == 1 and "No schedule is written" in ran.err
    assert not list(tmp_path.iterdir())
