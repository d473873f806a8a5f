"""What is asked back: one question with its choices, or with a value to type. Nothing is answered by us."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from easeoff.medicines import find_medicine
from easeoff.quantities import EaseoffError, on_grid, parse_mass, parse_number

#: The answer that leaves out what a question is about.
SKIP = "skip"
#: No dose is kept longer than this in a schedule that is read here. Project choice.
LONGEST_DAYS = 36_500
_HIGHEST_MG = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its value, and what a person reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question. ``key`` is stable for the same text; ``quoted`` is the piece it is about, beginning at ``start``.

    ``typed`` says what may be typed instead of a choice (``mg``, ``days``, ``year``, ``date``, ``medicine``), empty for nothing.
    ``problem`` says what was wrong with an answer that was given.
    """

    key: str
    text: str
    quoted: str
    start: int
    choices: tuple[Choice, ...]
    typed: str = ""
    problem: str = ""


def read_mg(text: str) -> Decimal:
    """A dose that was typed, with or without its unit because the question is in mg. Raises `EaseoffError`."""
    stripped = text.strip()
    number = (
        parse_mass(stripped).mg if re.search(r"[^\W\d_]", stripped) else parse_number(stripped, what="dose")
    )
    if number > _HIGHEST_MG or on_grid(number) is None:
        raise EaseoffError(f"“{stripped[:40]}” is not a dose we can use.", "Write it in mg, such as 12.5.")
    return number


def read_days(text: str) -> int:
    """A whole number of days above zero. Raises `EaseoffError`."""
    stripped = text.strip()
    if not re.fullmatch(r"[0-9]{1,5}", stripped) or not 0 < int(stripped) <= LONGEST_DAYS:
        raise EaseoffError(f"“{stripped[:40]}” is not a number of days.", "Write a whole number, such as 14.")
    return int(stripped)


def _read_year(text: str) -> int:
    if not re.fullmatch(r"\s*(?:19|20)[0-9]{2}\s*", text):
        raise EaseoffError(f"“{text.strip()[:40]}” is not a year.", "Write four figures, such as 2026.")
    return int(text)


def _read_date(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise EaseoffError(f"“{text.strip()[:40]}” is not a date.", "Write it as 2026-02-15.") from None


_READERS: Mapping[str, Callable[[str], object]] = {
    "mg": read_mg,
    "days": read_days,
    "year": _read_year,
    "date": _read_date,
    "medicine": find_medicine,
}


@dataclass
class Asking:
    """The answers given so far, and the questions that are still open."""

    answers: Mapping[str, str]
    _asked: dict[str, Doubt] = field(default_factory=dict)

    @property
    def open(self) -> tuple[Doubt, ...]:
        """The open questions, in the order in which they came up."""
        return tuple(self._asked.values())

    @property
    def count(self) -> int:
        """How many questions are open."""
        return len(self._asked)

    def ask(
        self, key: str, text: str, quoted: str, start: int, choices: tuple[Choice, ...], typed: str = ""
    ) -> str | None:
        """The answer to a question, or ``None`` while it is open; asked once however often it comes up."""
        problem = ""
        given = self.answers.get(key)
        if given is not None:
            if given in {choice.value for choice in choices}:
                return given
            problem = self._problem(given, typed)
            if not problem:
                return given.strip()
        self._asked.setdefault(key, Doubt(key, text, quoted, start, choices, typed, problem))
        return None

    def _problem(self, given: str, typed: str) -> str:
        if typed not in _READERS:
            return "Please choose one of these."
        try:
            _READERS[typed](given)
        except EaseoffError as found:
            return str(found)
        return ""
