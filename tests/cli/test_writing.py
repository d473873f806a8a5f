"""Files: whole or not at all, private, and only what may be issued."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from easeoff.cli.files import write_whole
from easeoff.documents import read_plan, write_plan

PLANNED = ("plan", "fluoxetine 20 mg", "--country", "GB")
OVER_LIMITS = ("plan", "sertraline 100 mg", "--country", "GB")


def test_the_plan_file_is_read_again_to_the_same_bytes(run, tmp_path):
    target = tmp_path / "plan.json"
    ran = run(*PLANNED, "--format", "json", "-o", str(target))
    text = target.read_text(encoding="utf-8")

    assert ran.status == 0
    assert ran.out == ""
    assert write_plan(read_plan(text)) == text
    assert "Draft" in ran.err


def test_the_plan_file_goes_to_standard_output_without_o(run):
    assert json.loads(run(*PLANNED, "--format", "json").out)["format"] == "easeoff-plan/1"


def test_a_draft_over_the_limits_is_written_as_such_with_exit_status_1(run, tmp_path):
    target = tmp_path / "plan.json"
    ran = run(*OVER_LIMITS, "--format", "json", "-o", str(target))

    assert ran.status == 1
    assert json.loads(target.read_text())["summary"]["within_limit"] is False
    assert "Draft not within your limits. Do not follow it." in ran.err


def test_the_schedule_is_a_pdf_once_everything_is_answered(run, answers, tmp_path):
    target = tmp_path / "schedule.pdf"
    ran = run(*PLANNED, *answers, "--start", "2026-12-07", "--format", "pdf", "-o", str(target))

    assert ran.status == 0
    assert target.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (PLANNED, 1, "questions are open"),
        (OVER_LIMITS, 1, "not within your limits"),
        (("plan", "zopiclone 7.5 mg", "--country", "US"), 1, "there is no plan"),
        (("plan", "lithium 400 mg", "--country", "GB"), 3, "there is a stop"),
    ],
)
def test_no_schedule_is_written_from_a_draft_or_a_stop(run, tmp_path, asked, status, said):
    ran = run(*asked, "--format", "pdf", "-o", str(tmp_path / "schedule.pdf"))

    assert ran.status == status
    assert said in ran.err
    assert ran.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_stop_writes_no_plan_file_and_says_what_to_do(run, tmp_path):
    ran = run(
        "plan", "lithium 400 mg", "--country", "GB", "--format", "json", "-o", str(tmp_path / "plan.json")
    )

    assert ran.status == 3
    assert "Keep taking 400 mg as you do now" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_json_on_standard_output_and_the_plan_file_elsewhere(run, tmp_path):
    target = tmp_path / "plan.json"
    ran = run(*PLANNED, "--json", "--format", "json", "-o", str(target))

    assert json.loads(ran.out)["format"] == "easeoff-proposal/1"
    assert json.loads(target.read_text())["format"] == "easeoff-plan/1"


def test_text_in_a_file_has_no_colour_and_nothing_is_printed_beside_it(run, tmp_path):
    target = tmp_path / "plan.txt"
    ran = run(*OVER_LIMITS, "-o", str(target))

    assert ran.out == ""
    assert target.read_text(encoding="utf-8").startswith("Draft not within your limits.")
    assert "\x1b" not in target.read_text(encoding="utf-8")


def test_the_proposal_goes_to_a_file_with_json_and_o(run, tmp_path):
    ran = run(*OVER_LIMITS, "--json", "-o", str(tmp_path / "proposal.json"))

    assert ran.out == ""
    assert json.loads((tmp_path / "proposal.json").read_text())["format"] == "easeoff-proposal/1"


def test_a_new_file_is_private_and_an_old_one_keeps_its_rights(tmp_path):
    new, old = tmp_path / "new", tmp_path / "old"
    old.write_bytes(b"before")
    old.chmod(0o644)
    write_whole(str(new), b"x")
    write_whole(str(old), b"y")

    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    assert stat.S_IMODE(old.stat().st_mode) == 0o644
    assert old.read_bytes() == b"y"


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_bytes(b"before")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_whole(str(tmp_path / "link"), b"after")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"after"


def test_an_interruption_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    target = tmp_path / "plan.json"
    target.write_bytes(b"before")

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(str(target), b"after")

    assert target.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_a_killed_process_leaves_the_old_file_whole(tmp_path):
    target = tmp_path / "plan.json"
    target.write_bytes(b"before")
    child = os.fork()
    if child == 0:
        os.fsync = lambda _: os.kill(os.getpid(), 9)  # type: ignore[assignment]
        write_whole(str(target), b"after")
        os._exit(0)
    _, status = os.waitpid(child, 0)

    assert os.WTERMSIG(status) == 9
    assert target.read_bytes() == b"before"


@pytest.mark.parametrize("name", ["missing/plan.json", ".", "file/plan.json"])
def test_where_nothing_can_be_written_it_is_said_in_a_sentence(run, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    Path("file").write_bytes(b"")
    ran = run(*PLANNED, "--format", "json", "-o", name)

    assert ran.status == 2
    assert "cannot be written" in ran.err
    assert len(ran.err.splitlines()) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_device_is_written_to_and_never_replaced(run):
    run(*PLANNED, "--format", "json", "-o", os.devnull)

    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
