"""Running the command inside the test, on a fixed day and at a fixed width."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from easeoff.cli import main

TODAY = date(2026, 12, 1)


@dataclass(frozen=True)
class Ran:
    """What one run printed, and its exit status."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def no_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed rests on the list of the release, not on a hub that the run of the tests names."""
    monkeypatch.delenv("EASEOFF_DATABASE_URL", raising=False)
    monkeypatch.delenv("EASEOFF_DATA_DIR", raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``easeoff`` with these arguments."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("easeoff.cli.reading.today", lambda: TODAY)

    def once(*arguments: str) -> Ran:
        status = main(arguments)
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return once


@pytest.fixture
def answers() -> tuple[str, ...]:
    """Every safety question answered by someone whom no rule stops."""
    yes_no = ("alcohol_dependence", "drugs", "seizures", "past_withdrawal", "psychosis", "suicidal", "crisis", "liver",
              "kidney", "heart", "breathing")  # fmt: skip
    said = (
        "for=depression",
        "age=41",
        "pregnancy=no",
        "years=3",
        "days_a_week=7",
        "steady=yes",
        "with=none",
        "alcohol=0",
    )
    return ("--person", *said, *(f"{key}=no" for key in yes_no))
