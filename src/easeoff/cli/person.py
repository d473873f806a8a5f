"""What is typed about the person, and a prescriber's record that lifts a stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from easeoff.cli.typed import tidy
from easeoff.planning.request import Override, Person
from easeoff.quantities import EaseoffError
from easeoff.safety.answers import answer_person

#: Name, role, registration number and reason of an override, in characters.
_LONGEST_RECORD = {"name": 80, "role": 60, "registration number": 60, "reason": 300}


def person_from(answers: Sequence[str]) -> Person:
    """The answers, each ``key=value``. Raises `EaseoffError` for one that cannot be read, or two that differ."""
    person = Person()
    for answer in answers:
        said = tidy(answer)
        key, equals, value = said.partition("=")
        if not equals or not key.strip():
            raise EaseoffError(f"“{said[:40]}” is not an answer.",
                               "Write it as key=value, such as age=41, after --person; the medicine comes first.")  # fmt: skip
        changed = answer_person(key, value, person)
        if _replaces_an_answer(person, changed):
            raise EaseoffError(f"Two answers were given for {key.strip()[:40]}.", "Give one.")
        person = changed
    return person


def _replaces_an_answer(before: Person, after: Person) -> bool:
    """Whether an answer was overwritten; other medicines are added up instead."""
    names = [field.name for field in fields(Person) if field.name not in ("others", "tapering")]
    return any(getattr(before, name) not in (None, getattr(after, name)) for name in names)


def override_from(text: str | None, now: date) -> Override | None:
    """``name; role; registration; reason``, dated today. Raises `EaseoffError` where a part is missing or too long."""
    if text is None:
        return None
    parts = [part.strip() for part in tidy(text).split(";", 3)]
    if len(parts) < len(_LONGEST_RECORD) or not all(parts):
        raise EaseoffError(
            "The record of an override needs four parts.",
            'Write: --override "name; role; registration number; reason"',
        )
    for (name, longest), part in zip(_LONGEST_RECORD.items(), parts, strict=True):
        if len(part) > longest:
            raise EaseoffError(
                f"The {name} in the override is too long.", f"Use at most {longest} characters."
            )
    name, role, registration, reason = parts
    return Override(name, role, registration, reason, now)
