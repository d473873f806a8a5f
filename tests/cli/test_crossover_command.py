"""``easeoff plan --to``: another medicine in its place, with the prescriber's equivalent, as one types it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from easeoff import read_plan, write_plan

THREE_TIMES = ("--intakes", "08:00=0.5,14:00=0.5,22:00=0.5")
TO_DIAZEPAM = ("alprazolam 1.5 mg", "--country", "GB", "--to", "diazepam 20 mg", *THREE_TIMES)
PRESCRIBER = ("--override", "Dr A Example; GP; GMC 7654321; short acting and hard to take down")


def test_it_stays_a_draft_until_a_prescriber_is_on_record(run, answers):
    found = run("plan", *TO_DIAZEPAM, "--table", "prescriber", *answers, "--json")
    said = json.loads(found.out)
    assert found.status == 0
    assert said["outcome"] == "draft"
    assert [question["key"] for question in said["open_questions"]] == ["crossover"]


def test_with_the_prescriber_on_record_it_is_a_plan_with_the_prescriber(run, answers):
    found = run("plan", *TO_DIAZEPAM, "--table", "prescriber", *answers, *PRESCRIBER, "--json")
    said = json.loads(found.out)
    assert said["outcome"] == "plan"
    assert said["plan"]["status"] == "with prescriber"
    assert said["plan"]["crossover"]["in_range"] is True
    assert (said["plan"]["crossover"]["range_low_mg"], said["plan"]["crossover"]["range_high_mg"]) == (
        "15",
        "30",
    )


def test_the_night_dose_goes_first_and_every_line_names_its_medicine(run):
    steps = json.loads(run("plan", *TO_DIAZEPAM, "--table", "prescriber", "--json").out)["plan"]["steps"]
    first = {intake["time"]: {p["medicine"] for p in intake["portions"]} for intake in steps[0]["intakes"]}
    assert first == {"08:00": {"alprazolam"}, "14:00": {"alprazolam"}, "22:00": {"diazepam"}}
    last = [portion for intake in steps[-1]["intakes"] for portion in intake["portions"]]
    assert {portion["medicine"] for portion in last} == {"diazepam"}
    text = run("plan", *TO_DIAZEPAM, "--table", "prescriber").out
    for line in (line for line in text.splitlines() if "at 08:00:" in line or "at 22:00:" in line):
        assert "alprazolam" in line or "diazepam" in line


def test_the_range_over_all_tables_stands_beside_what_was_entered(run):
    said = " ".join(run("plan", *TO_DIAZEPAM, "--table", "prescriber").out.split())
    assert "that may be used give 15 mg to 30 mg of diazepam" in said
    assert "ClinCalc (as reproduced by benzoreform.org): 7.5 mg to 30 mg of diazepam; not verified" in said
    assert "None of these figures is ours." in said
    assert "Check with your prescriber on day 5 to 7" in said
    assert "easeoff plan 'diazepam 19.8 mg' --country GB" in said


def test_an_equivalent_outside_all_tables_is_asked_back(run, answers):
    ten = ("alprazolam 1.5 mg", "--country", "GB", "--to", "diazepam 10 mg", *THREE_TIMES)
    said = json.loads(run("plan", *ten, "--table", "prescriber", *answers, "--json").out)
    assert [question["key"] for question in said["open_questions"]] == ["equivalent", "crossover"]
    assert any(f["rule"] == "crossover-equivalent" and f["level"] == "warn" for f in said["findings"])
    assert "15 mg to 30 mg" in said["open_questions"][0]["text"]


def test_an_equivalent_that_the_named_table_does_not_give_is_asked_back(run):
    said = json.loads(run("plan", *TO_DIAZEPAM, "--table", "ADFD", "--json").out)
    assert "“Ashton type (ADFD)” gives 30 mg and not the 20 mg" in said["open_questions"][0]["text"]


@pytest.mark.parametrize("answer", ["age=65", "liver=yes", "breathing=yes", "pregnancy=pregnant"])
def test_the_gates_before_diazepam_stop_it(run, answers, answer: str):
    key = answer.partition("=")[0]
    changed = (*(a for a in answers if not a.startswith(f"{key}=")), answer)
    found = run("plan", *TO_DIAZEPAM, "--table", "prescriber", *changed, "--json")
    said = json.loads(found.out)
    assert found.status == 3
    assert said["plan"] is None
    assert "6.6" not in found.out


def test_more_than_thirty_milligrams_of_diazepam_is_for_a_specialist(run):
    found = run(
        "plan",
        "alprazolam 1.5 mg",
        "--country",
        "GB",
        "--to",
        "diazepam 31 mg",
        *THREE_TIMES,
        "--table",
        "prescriber",
    )
    assert found.status == 3
    assert "a specialist plans it" in " ".join(found.out.split())


def test_part_of_it_may_stay(run):
    part = run("plan", *TO_DIAZEPAM, "--table", "prescriber", "--goal", "0.5", "--json")
    plan = json.loads(part.out)["plan"]
    assert plan["crossover"]["kept_mg"] == "0.5"
    assert len(plan["steps"]) == 2
    assert any(finding["rule"] == "crossover-two-left" for finding in plan["findings"])


def test_one_dose_at_night_may_be_exchanged_in_parts(run):
    wish = ("zopiclone 7.5 mg", "--country", "GB", "--to", "diazepam 5 mg", "--table", "NHS Scotland")
    plan = json.loads(run("plan", *wish, "--parts", "2", "--json").out)["plan"]
    first = {portion["medicine"] for portion in plan["steps"][0]["intakes"][0]["portions"]}
    assert first == {"zopiclone", "diazepam"}
    assert len(plan["steps"]) == 2


def test_once_a_day_it_goes_in_two_parts_and_all_at_once_is_warned_of(run):
    wish = (
        "plan",
        "zopiclone 7.5 mg",
        "--country",
        "GB",
        "--to",
        "diazepam 5 mg",
        "--table",
        "prescriber",
        "--json",
    )
    assert len(json.loads(run(*wish).out)["plan"]["steps"]) == 2
    found = json.loads(run(*wish, "--parts", "1").out)["plan"]
    assert len(found["steps"]) == 1
    assert any(finding["rule"] == "crossover-at-once" for finding in found["findings"])


def test_the_plan_file_reads_back_to_the_same_bytes(run, tmp_path: Path):
    name = tmp_path / "crossover.json"
    assert run("plan", *TO_DIAZEPAM, "--table", "prescriber", "--format", "json", "-o", str(name)).status == 0
    text = name.read_text(encoding="utf-8")
    assert write_plan(read_plan(text)) == text


def test_it_is_followed_to_its_goal_and_then_says_the_next_command(
    run, answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def version(number: int) -> str:
        return str(tmp_path / f"plan-{number}.json")

    wish = ("plan", *TO_DIAZEPAM, "--start", "2027-01-04", "--table", "prescriber", *answers, *PRESCRIBER)
    assert run(*wish, "--format", "json", "-o", version(1)).status == 0
    assert run("follow", version(1), "agree", "--by", "Dr A Example; GP", "-o", version(2)).status == 0
    assert run("follow", version(2), "start", "--on", "2027-01-04", "-o", version(3)).status == 0
    monkeypatch.setattr("easeoff.cli.reading.today", lambda: date(2027, 1, 12))
    shown = " ".join(run("follow", version(3)).out.split())
    assert (
        "Take alprazolam 0.5 mg and diazepam 13.2 mg a day. Diazepam 19.8 mg may begin on 18 January 2027"
        in shown
    )
    assert "only if your prescriber has checked" in shown
    assert "hold, step-back, missed, freeze, arrive, review." in shown
    slower = run("follow", version(3), "slower")
    assert slower.status == 2 and "each exchange waits for the check with your prescriber" in slower.err
    alone = run("follow", version(3), "step-back")
    assert alone.status == 2 and "which prescriber decided it was not said" in alone.err
    assert run("follow", version(3), "hold", "--taking", "1 mg", "--json").status == 0
    monkeypatch.setattr("easeoff.cli.reading.today", lambda: date(2027, 1, 19))
    arrived = run("follow", version(3), "arrive", "-o", version(4))
    assert "easeoff plan 'diazepam 19.8 mg' --country GB" in arrived.out
    assert "Stay on diazepam 19.8 mg a day." in arrived.out
    assert write_plan(read_plan(Path(version(4)).read_text("utf-8"))) == Path(version(4)).read_text("utf-8")
    paper = run("follow", version(3), "--format", "supply", "-o", str(tmp_path / "supply.pdf"))
    assert paper.status == 0


@pytest.mark.parametrize("command", ["simulate", "compare"])
def test_what_is_made_for_one_medicine_is_refused_in_one_sentence(run, tmp_path: Path, command: str):
    name = str(tmp_path / "crossover.json")
    run("plan", *TO_DIAZEPAM, "--table", "prescriber", "--format", "json", "-o", name)
    found = run(command, name)
    assert found.status == 2
    assert "this plan holds two medicines" in found.err
    assert not found.out


@pytest.mark.parametrize("form", ["pdf", "supply", "cards", "ics", "csv", "fhir"])
def test_papers_and_files_are_written_once_a_prescriber_is_on_record(run, answers, tmp_path: Path, form: str):
    name = tmp_path / f"out.{form}"
    wish = (
        "plan",
        *TO_DIAZEPAM,
        "--start",
        "2027-01-04",
        "--table",
        "prescriber",
        *answers,
        "--format",
        form,
        "-o",
        str(name),
    )
    refused = run(*wish)
    assert (refused.status, name.exists()) == (1, False)
    assert "1 question is open" in refused.err
    assert run(*wish, *PRESCRIBER).status == 0
    assert name.stat().st_size > 0  # fmt: skip


def test_the_letter_is_printed_before_and_after_it_is_on_record(run, answers, tmp_path: Path):
    name = tmp_path / "letter.pdf"
    wish = ("plan", *TO_DIAZEPAM, "--table", "prescriber", *answers, "--format", "letter", "-o", str(name))
    assert run(*wish).status == run(*wish, *PRESCRIBER).status == 0
    assert name.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        (("--to", "diazepam 20 mg"), "By which table of equivalents?"),
        (("--method", "crossover"), "A change to which medicine"),
        (("--to", "diazepam 20 mg", "--table", "Nobody 1900"), "is not a table on record that lists both"),
        (("--to", "diazepam 20 mg", "--table", "ClinCalc"), "cannot be trusted"),
        (("--to", "diazepam 20 mg", "--table", "prescriber", "--method", "fixed"), "--to belongs to the method crossover"),
        (("--to", "diazepam 20 mg", "--table", "prescriber", "--every", "3"), "3 days between two exchanges"),
        (("--to", "diazepam 20 mg", "--table", "prescriber", "--limit", "5"), "--limit does not belong"),
        (("--to", "alprazolam 1 mg", "--table", "prescriber"), "both times"),
        (("--to", "diazepam 900 mg", "--table", "prescriber"), "Check the decimal point"),
        (("--to", "diazepam 20 ml", "--table", "prescriber"), ""),
        (("--to", "sertraline 50 mg", "--table", "prescriber"), "is never worked out here"),
        (("--parts", "2"), "--parts belongs to a crossover"),
    ],
)  # fmt: skip
def test_bad_input_is_asked_back(run, extra: tuple[str, ...], sentence: str):
    found = run("plan", "alprazolam 1.5 mg", "--country", "GB", *extra)
    assert found.status == 2
    assert not found.out
    assert sentence in found.err


def test_a_switch_of_antidepressants_names_its_published_table(run):
    found = run(
        "plan", "paroxetine 20 mg", "--country", "GB", "--to", "mirtazapine 15 mg", "--table", "prescriber"
    )
    assert found.status == 2
    assert "easeoff compare PSYN-PAR-MIR" in found.err


@pytest.mark.parametrize(
    ("taken", "other", "gap"),
    [
        ("fluoxetine 20 mg", "moclobemide 300 mg", "at least 28 days"),
        ("sertraline 50 mg", "phenelzine 15 mg", "is not on record here"),
        ("phenelzine 15 mg", "sertraline 50 mg", "is not on record here"),
    ],
)
def test_an_overlap_with_an_mao_inhibitor_is_a_stop_that_nobody_lifts(run, taken: str, other: str, gap: str):
    found = run("plan", taken, "--country", "GB", "--to", other, "--table", "prescriber", *PRESCRIBER)
    assert found.status == 3
    assert gap in " ".join(found.out.split())


def test_a_crossover_that_cannot_be_done_names_what_would_help_and_the_words_to_add(run, answers, tmp_path):
    wish = ("plan", "nitrazepam 5 mg", "--country", "GB", "--to", "zopiclone 7.5 mg", "--table", "prescriber", *answers,
            *PRESCRIBER, "--parts", "3")  # fmt: skip
    found = run(*wish)
    said = " ".join(found.out.split())
    assert found.status == 1
    assert "What would help" in said and "With this a plan keeps within your limits" in said
    adds = (
        "--product",
        "GB-zopiclone-tablet-3.75mg",
        "GB-zopiclone-tablet-7.5mg",
        "GB-zopiclone-oral_suspension-0.75mg-per-ml",
    )
    assert adds[-1] in said  # fmt: skip
    assert run(*wish, *adds).status == 0
    name = tmp_path / "letter.pdf"
    assert run(*wish, "--format", "letter", "-o", str(name)).status == 1
    assert name.read_bytes().startswith(b"%PDF")
