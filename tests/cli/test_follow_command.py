"""easeoff follow: a saved plan, what happened to it, and the version that follows."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from easeoff.documents import read_plan

PRESCRIBER = "A prescriber; GP; 1234567"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def saved(run, answers, tmp_path) -> Path:
    """A plan from 15 mg to 7.5 mg of mirtazapine, saved."""
    path = tmp_path / "plan.json"
    ran = run("plan", "mirtazapine 15 mg", "--country", "GB", "--as", "tablet", "--goal", "7.5", "--start", "2026-12-01",
              *answers, "--format", "json", "-o", str(path))  # fmt: skip
    assert ran.status == 0, ran.err
    return path


@pytest.fixture
def followed(run, saved, monkeypatch):
    """Record things one after the other, weeks after the plan was made; each version is saved beside the others."""
    monkeypatch.setattr("easeoff.cli.reading.today", lambda: date(2026, 12, 20))

    def record(*words: str) -> Path:
        nonlocal saved
        new = saved.with_name(f"plan-{len(list(saved.parent.iterdir())) + 1}.json")
        ran = run("follow", str(saved), *words, "-o", str(new))
        assert ran.status == 0, ran.err
        saved = new
        return new

    record("hand-over", "--on", "2026-12-01")
    record("agree", "--on", "2026-12-01", "--by", "A prescriber; GP")
    record("start", "--on", "2026-12-01")
    return record


def test_a_hold_prints_the_difference_and_what_to_do_and_saves_beside_the_old_file(run, followed, tmp_path):
    old = followed("missed", "--on", "2026-12-05")
    before = old.read_bytes()
    new = tmp_path / "held.json"
    ran = run("follow", str(old), "hold", "--on", "2026-12-10", "--why", "poor sleep", "-o", str(new))
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(
        "Version 6: held.\n10 December 2026. The plan was put on hold. Reason: poor sleep.\n"
    )
    assert "What is different from version 5" in ran.out and "Do not cut and do not stop." in ran.out
    assert "The old file is as it was." in _on_one_line(ran.out)
    assert old.read_bytes() == before
    assert read_plan(new.read_text()).status.value == "held"
    assert stat.S_IMODE(new.stat().st_mode) == 0o600


@pytest.mark.hazard("H-022", "H-025")
def test_a_version_is_not_written_over_another_unless_that_is_asked(run, followed):
    path = followed("hold", "--on", "2026-12-10")
    before = path.read_bytes()
    refused = run("follow", str(path), "resume", "--on", "2026-12-12", "-o", str(path))
    assert refused.status == 2 and "is there already" in refused.err
    assert path.read_bytes() == before
    assert (
        run("follow", str(path), "resume", "--on", "2026-12-12", "-o", str(path), "--overwrite").status == 0
    )
    assert read_plan(path.read_text()).status.value == "running"


@pytest.mark.hazard("H-012")
def test_a_plan_that_begins_next_week_can_still_be_frozen_today(run, saved, tmp_path):
    """Only the first day of a step may lie ahead; the record is of today."""
    shown, agreed, begins, frozen = (tmp_path / f"{n}.json" for n in range(4))
    run("follow", str(saved), "hand-over", "-o", str(shown))
    run("follow", str(shown), "agree", "--by", "A prescriber; GP", "-o", str(agreed))
    assert run("follow", str(agreed), "start", "--on", "2026-12-08", "-o", str(begins)).status == 0
    plan = read_plan(begins.read_text())
    assert (plan.events[-1].on, plan.steps[0].start) == (date(2026, 12, 1), date(2026, 12, 8))
    assert run("follow", str(begins), "freeze", "--change", "medicine", "-o", str(frozen)).status == 0
    assert all(step.start is None for step in read_plan(frozen.read_text()).steps)
    assert run("follow", str(begins), "hold", "--on", "2026-12-09").err.startswith(
        "9 December 2026 has not come yet."
    )


def test_without_a_file_nothing_is_saved_and_that_is_said(run, followed):
    path = followed("hold", "--on", "2026-12-10")
    ran = run("follow", str(path), "resume", "--on", "2026-12-12")
    assert "Nothing was saved. Add -o NEW.json to keep this version." in ran.out


def test_without_a_word_it_says_where_the_plan_stands_with_its_history(run, followed):
    path = followed("hold", "--on", "2026-12-10", "--why", "poor sleep")
    ran = run("follow", str(path))
    assert ran.status == 0
    for said in ("Version 5: held.", "What comes next", "What can be recorded now", "resume, step-back", "History",
                 "10 December 2026. The plan was put on hold. Reason: poor sleep.", "Get help now if"):  # fmt: skip
        assert said in _on_one_line(ran.out)


@pytest.mark.hazard("H-012")
def test_a_freeze_says_first_what_to_take_and_whom_to_contact(run, followed, tmp_path):
    path = followed("hold", "--on", "2026-12-10")
    ran = run("follow", str(path), "freeze", "--on", "2026-12-11", "--change", "pregnancy")
    assert ran.out.startswith("Version 6: frozen: contact prescriber.")
    text = _on_one_line(ran.out)
    assert "Something about the person changed: pregnancy." in text
    assert text.index("Contact your prescriber today.") < text.index("What is different")


@pytest.mark.hazard("H-012")
@pytest.mark.parametrize("words", [(), ("resume", "--on", "2026-12-12")])
def test_what_there_is_to_know_stands_in_every_version(run, followed, words):
    """What was said of driving, alcohol and the list still holds weeks later."""
    path = followed("hold", "--on", "2026-12-10")
    told = _on_one_line(run("follow", str(path), *words).out)
    findings = read_plan(path.read_text()).findings
    assert "What to know" in told and findings
    for finding in findings:
        assert f"{finding.level.value.replace('warn', 'warning').capitalize()}: {finding.text}" in told


def test_json_holds_the_difference_and_the_plan(run, followed):
    started = followed("missed", "--on", "2026-12-05")
    held = json.loads(run("follow", str(started), "hold", "--on", "2026-12-10", "--json").out)
    assert held["renew_calendar"].endswith(".")
    path = followed("hold", "--on", "2026-12-10")
    told = json.loads(run("follow", str(path), "resume", "--on", "2026-12-12", "--json").out)
    assert (told["format"], told["plan"]["version"], told["renew_calendar"]) == ("easeoff-follow/1", 7, "")
    assert told["difference"]["changes"] and told["difference"]["faster"] is False
    stands = json.loads(run("follow", str(path), "--json").out)
    assert stands["status"] == "held" and [one["version"] for one in stands["history"]] == [1, 2, 3, 4, 5, 6]
    assert stands["suggestion"]["what"] == "hold" and "resume" in stands["allowed"]
    assert told["plan"]["replaces"] == stands["identity"]


@pytest.mark.parametrize(
    "words", [("plan", "mirtazapine 15 mg", "--country", "GB"), ("simulate", "PLAN", "--format", "json")]
)
def test_a_plan_under_way_is_not_written_over_by_another_command(run, followed, words):
    held = followed("hold", "--on", "2026-12-10")
    before = held.read_bytes()
    ran = run(*(str(held) if word == "PLAN" else word for word in words), "-o", str(held))
    assert ran.status == 2 and "what happened to it" in ran.err and "Name another file" in ran.err
    assert held.read_bytes() == before


def test_a_proposal_that_nobody_followed_may_be_written_over(run, saved):
    assert run("plan", "mirtazapine 15 mg", "--country", "GB", "-o", str(saved)).status == 1
    assert json.loads(saved.read_text())["version"] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "No plan file"),
        (("nowhere.json",), "cannot be read"),
        (("PLAN", "holdd"), "Did you mean hold"),
        (("PLAN", "hold", "now"), "one word too many"),
        (("PLAN", "hold", "--on", "tomorrow"), "not a date we can read"),
        (("PLAN", "hold"), "Only a plan that is running can be held. This one is draft."),
        (("PLAN", "hand-over", "--on", "2030-01-01"), "has not come yet"),
        (("PLAN", "freeze", "--doses", "2"), "--doses changes nothing for freeze."),
        (("PLAN", "freeze", "--taking", "25"), "unit"),
        (("PLAN", "freeze", "--change", "weather"), "is not a change we have"),
        (("PLAN", "-o", "x.json"), "nothing new to save"),
        (("PLAN", "hand-over", "--overwrite"), "--overwrite needs a file"),
    ],
)
def test_bad_input_is_one_sentence_and_a_hint(run, saved, words, said):
    ran = run("follow", *(str(saved) if word == "PLAN" else word for word in words))
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert 1 <= len(ran.err.splitlines()) <= 2 and "Traceback" not in ran.err


@pytest.mark.hazard("H-002", "H-030")
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", b"[1]", b'{"format": "easeoff-plan/2"}'])
def test_what_is_no_plan_file_is_refused(run, tmp_path, content):
    path = tmp_path / "odd.json"
    path.write_bytes(content)
    ran = run("follow", str(path), "hold")
    assert ran.status == 2 and ran.out == ""


def test_what_nothing_at_hand_makes_is_status_1(run, followed):
    path = followed("hold", "--on", "2026-12-10")
    ran = run("follow", str(path), "slower", "--on", "2026-12-11", "--limit", "0.5")
    assert (ran.status, ran.out) == (1, "")
    assert "Nothing at hand keeps every step within these limits." in ran.err


@pytest.mark.hazard("H-013")
def test_a_stop_is_status_3(run, saved, tmp_path):
    whole = json.loads(saved.read_text())
    whole["request"]["person"]["age"] = 15
    young = tmp_path / "young.json"
    young.write_text(json.dumps(whole))
    shown = tmp_path / "shown.json"
    assert run("follow", str(young), "hand-over", "-o", str(shown)).status == 0
    ran = run("follow", str(shown), "agree", "--by", "A prescriber; GP")
    assert (ran.status, ran.out) == (3, "")
    assert "A stop stands" in ran.err


@pytest.mark.hazard("H-030")
def test_a_product_that_is_no_longer_listed_strands_nobody(run, followed, monkeypatch):
    """A hold is recorded and shown, with what the plan itself says of its doses."""
    from easeoff.medicines import load_formulary

    path = followed("missed", "--on", "2026-12-05")

    def without_liquids(medicine: str, country: str):
        whole = load_formulary(medicine, country)
        return replace(whole, products=tuple(p for p in whole.products if not p.is_liquid))

    monkeypatch.setattr("easeoff.planning.crossover.two_medicines.load_formulary", without_liquids)
    ran = run("follow", str(path), "hold", "--on", "2026-12-10")
    text = _on_one_line(ran.out)
    assert ran.status == 0
    assert "Version 6: held." in text and "Ask your pharmacist. The plan itself says:" in text
    assert "13.65 mg a day. Draw 0.91 mL" in text and "(no longer listed)" in text
