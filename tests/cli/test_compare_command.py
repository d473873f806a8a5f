"""``easeoff compare``: plans, files, published ids and text, side by side."""

from __future__ import annotations

import json

import pytest


def test_published_ones_stand_side_by_side(run):
    ran = run("compare", "DTB-SER-100", "harv-ser")
    assert ran.status == 0
    for words in (
        "This is what was written, not advice.",
        "82.3 points",
        "90 points",
        "Keep taking your medicine",
    ):
        assert words in " ".join(ran.out.split())


def test_text_a_csv_and_a_plan_in_json(run, tmp_path):
    plan, table = tmp_path / "plan.json", tmp_path / "mine.csv"
    run("plan", "sertraline 100 mg", "--country", "GB", "--format", "json", "-o", str(plan))
    table.write_text("dose_mg,days\n100,0\n50,28\n0,\n", encoding="utf-8")
    ran = run("compare", str(plan), str(table), "--text", "sertraline 100 mg, 75 mg 4 weeks, stop",
              "--medicine", "Zoloft", "--country", "GB", "--json")  # fmt: skip
    assert ran.status == 0
    found = json.loads(ran.out)
    assert found["format"] == "easeoff-comparison/1"
    planned, listed, written = found["schedules"]
    saved = json.loads(plan.read_text(encoding="utf-8"))
    assert [step["drop"] for step in planned["steps"][1:-1]] == [step["drop"] for step in saved["steps"]]
    assert planned["last_drop"] == saved["summary"]["last_drop"]
    assert planned["products"] == saved["summary"]["products"]
    assert [step["dose_mg"] for step in listed["steps"]] == ["100", "50", "0"]
    assert written["steps"][1]["percent_of_start"] == 25
    assert all(one["checked_in"] == "GB" for one in found["schedules"])


def test_a_rule_for_any_medicine_takes_the_medicine_that_is_named(run):
    kinds = []
    for words in ([], ["--medicine", "paroxetine"]):
        ran = run("compare", "BM-LIN-20", "--json", *words)
        kinds.append(json.loads(ran.out)["schedules"][0]["effect_kind"])
    assert kinds == ["percent_of_start", "occupancy_points"]


def test_doubts_are_asked_back_with_their_answers_and_answered(run):
    words = ("compare", "--text", "sertraline 37,5 mg 2 weeks, stop")
    ran = run(*words)
    assert ran.status == 2
    assert ran.out == ""
    assert '--answer "comma@11=decimal" (37.5 mg)' in " ".join(ran.err.split())
    assert run(*words, "--answer", "comma@11=decimal").status == 0


def test_the_list_is_of_one_medicine_where_one_is_named(run):
    ran = run("compare", "--list", "--medicine", "sertraline")
    assert ran.status == 0
    assert "HARV-SER" in ran.out and "BM-LIN-20" in ran.out
    assert "HARV-FLX" not in ran.out and "BB-MICRO" not in ran.out
    assert len(json.loads(run("compare", "--list", "--json").out)["schedules"]) == 49


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "No schedule was given."),
        (("NOBODY-1",), "not the id of a published schedule"),
        (("missing.csv",), "There is no file"),
        (("--text", " "), "Nothing was pasted."),
        (("SCOT-CIT", "--country", "ZZ"), "no product list"),
        (("SCOT-CIT", "--medicine", "sertaline"), "sertraline"),
        (("SCOT-CIT", "--list"), "compares nothing"),
        (("--text", "sertraline 20 mg, stop", "--answer", "unit"), "is not an answer"),
        (tuple(["SCOT-CIT"] * 13), "too many"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(run, words, said):
    ran = run("compare", *words)
    assert ran.status == 2
    assert said in " ".join(ran.err.split())
    assert ran.out == ""


@pytest.mark.parametrize(
    ("content", "said"), [(b"\xff\xfe", "not a text file"), (b"{", "damaged or cut short")]
)
def test_a_file_that_cannot_be_read_is_said(run, tmp_path, content, said):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    ran = run("compare", str(path))
    assert (ran.status, said in ran.err) == (2, True)
