"""The tutorial is true: its commands run one after the other, and print what stands below them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorials" / "from-a-dose-to-a-letter.md"


def _steps() -> list[tuple[list[str], list[str]]]:
    """Each command, and the lines that are promised of it."""
    steps: list[tuple[list[str], list[str]]] = []
    for block in re.findall(r"^```\n(.*?)^```", TUTORIAL.read_text(encoding="utf-8"), re.S | re.M):
        for line in block.splitlines():
            if line.startswith("$ easeoff "):
                steps.append((shlex.split(line)[2:], []))
            else:
                steps[-1][1].append(line)
    return steps


def test_every_command_of_the_tutorial_does_what_it_says(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    steps = _steps()
    assert len(steps) >= 8
    for command, promised in steps:
        ran = run(*command)
        said = " ".join((ran.out + ran.err).split())
        within = not any("not within your limits" in line for line in promised)
        assert ran.status == (0 if within else 1), f"{command}: {ran.err}"
        for line in promised:
            assert line in said, f"{command[:3]} does not say “{line}”: {said[:600]}"
    assert {p.name for p in tmp_path.glob("*.pdf")} == {"letter.pdf", "schedule.pdf"}
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")
