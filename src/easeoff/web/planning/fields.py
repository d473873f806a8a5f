"""What one question on a form page is, and how typed text is tidied before anyone reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

#: Every answer is text exactly as typed (several ticks: one a line), so that nothing is lost on the way.
Answers = dict[str, str]

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_MOST_CHOICES = 40
#: The answer to a set of ticks where none is ticked, which is not the same as no answer.
NONE_TICKED = "-"


class Kind(StrEnum):
    """How a question is drawn."""

    RADIO = "radio"
    TEXT = "text"
    NUMBER = "number"
    LINES = "lines"
    CHECKS = "checks"
    DATE = "date"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. ``value`` is ``""`` for "I don't know"."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question. ``suffix`` is the unit beside a number; ``longest`` the most characters we take."""

    key: str
    label: str
    kind: Kind
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    suffix: str = ""
    longest: int = 60
    required: bool = False
    suggestions: tuple[str, ...] = ()
    default: str = ""

    @property
    def has_ordinary_choice(self) -> bool:
        """A first option without a value is the ordinary choice, not a way to leave the question open."""
        return self.kind is Kind.RADIO and bool(self.choices) and self.choices[0].value == ""

    def typed(self, values: list[str]) -> str:
        """What was sent for this question, without control characters, kept as typed, cut just past ``longest``."""
        if self.kind is Kind.CHECKS:
            ticked = "\n".join(tidy(value)[:60] for value in values[:_MOST_CHOICES])
            return ticked or NONE_TICKED
        text = tidy(values[-1]) if values else ""
        return text[: 60 if self.kind is Kind.RADIO else self.longest + 1]

    def in_words(self, answer: str) -> str:
        """The answer as a person reads it back; ``""`` where there is none."""
        if self.kind is Kind.CHECKS:
            labels = [self._label(value) for value in lines(answer) if value != NONE_TICKED]
            return ", ".join(labels) or ("None of these" if answer else "")
        if self.kind is Kind.RADIO:
            return self._label(answer) if answer or self.has_ordinary_choice else ""
        if self.kind is Kind.LINES:
            return ", ".join(lines(answer))
        has_unit = not answer or re.search(r"[A-Za-zµμ%]", answer)
        return answer if has_unit or not self.suffix else f"{answer} {self.suffix}"

    def _label(self, value: str) -> str:
        return next((choice.label for choice in self.choices if choice.value == value), value)


def tidy(text: str) -> str:
    """``text`` without control and direction-changing characters, with plain line ends and no outer space."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def lines(text: str) -> tuple[str, ...]:
    """The non-empty lines of an answer."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


_DONT_KNOW = "I don’t know, or I’d rather not say"


def choices(*pairs: tuple[str, str], skip: str = _DONT_KNOW) -> tuple[Choice, ...]:
    """Options in order, the way to leave it open last."""
    options = tuple(Choice(value, label) for value, label in pairs)
    return (*options, Choice("", skip)) if skip else options


def yes_no(key: str, label: str, hint: str = "") -> Field:
    """A question with yes, no and a way to leave it open."""
    return Field(key, label, Kind.RADIO, hint, choices(("yes", "Yes"), ("no", "No")))
