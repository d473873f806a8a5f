"""From typed text to the values of a request. Bad input raises `EaseoffError`: one sentence and a hint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from easeoff.medicines import find_medicine
from easeoff.medicines.model import Tier
from easeoff.planning.methods.settings import LONGEST_WHOLE_DAYS
from easeoff.planning.methods.typed import parse_bands, parse_ramp
from easeoff.planning.request import (
    Base,
    CrossoverWish,
    IntakeDose,
    MethodName,
    MethodSettings,
    Override,
    Person,
)
from easeoff.quantities import EaseoffError, parse_mass, parse_number, plain
from easeoff.safety.answers import answer_person
from easeoff.web.planning.fields import NONE_TICKED, Answers, lines
from easeoff.web.planning.pages import INTAKES

PERSON_KEYS = (
    "indication", "age", "pregnancy", "years", "days_a_week", "steady", "alcohol_units", "alcohol_dependence", "drugs",
    "seizures", "past_withdrawal", "psychosis", "suicidal", "crisis", "liver", "kidney", "heart", "breathing", "relapse_plan",
)  # fmt: skip
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_LONGEST_STAY_DAYS = 365


def read_mg(text: str) -> Decimal:
    """An amount above zero beside which the page says mg; ``500 mcg`` is read as well."""
    mg = parse_mass(text).mg if re.search(r"[A-Za-zµμ]", text) else parse_number(text, what="dose")
    if mg == 0:
        raise EaseoffError("The dose is zero.", "Give an amount above zero.")
    return mg


def read_intakes(answers: Answers) -> tuple[IntakeDose, ...]:
    """Every filled row, in order of time. Raises where one is half filled, or two have the same time."""
    filled = [
        row for row in range(1, INTAKES + 1) if answers.get(f"dose_{row}") or answers.get(f"time_{row}")
    ]
    if not filled:
        raise EaseoffError("No dose was given.", "Write how many mg you take.")
    found = [_intake(answers, row, alone=len(filled) == 1) for row in filled]
    if len({intake.time for intake in found}) < len(found):
        raise EaseoffError("Two doses have the same time of day.", "Add them up, or change one time.")
    return tuple(sorted(found, key=lambda intake: intake.time))


def _intake(answers: Answers, row: int, *, alone: bool) -> IntakeDose:
    dose, time = answers.get(f"dose_{row}", ""), answers.get(f"time_{row}", "")
    if not dose:
        raise EaseoffError(
            f"The dose at {time} is missing.", "Write how many mg you take then, or clear the time."
        )
    if not time and not alone:
        raise EaseoffError(
            f"The time for {dose} mg is missing.", "With several doses a day, each needs its time."
        )
    return IntakeDose(read_time(time) if time else "", read_mg(dose))


def read_time(text: str) -> str:
    """A time of day as ``HH:MM``."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise EaseoffError(f"“{text}” is not a time of day.", "Write it like 08:00 or 22:30.")
    return f"{int(match[1]):02d}:{match[2]}"


def read_person(answers: Answers) -> Person:
    """Everything said of the person; what is not answered stays ``None``."""
    person = Person()
    for key in PERSON_KEYS:
        if answers.get(key):
            person = answer_person(key, answers[key], person)
    going_down = ", ".join(lines(answers.get("tapering", "")))
    if going_down:
        person = answer_person("tapering", going_down, person)
    others = read_others(answers)
    return person if others is None else answer_person("others", ", ".join(others) or "none", person)


def read_crossover(answers: Answers) -> CrossoverWish | None:
    """A change to another medicine as the prescriber gave it, all of it or nothing."""
    name, mg, table = (answers.get(key, "") for key in ("cross_to", "cross_mg", "cross_table"))
    if not (name or mg or table):
        return None
    for text, what in ((name, "medicine"), (mg, "amount"), (table, "table")):
        if not text:
            raise EaseoffError(
                f"For a change of medicine the {what} is missing.", "Ask your prescriber, or clear all of it."
            )
    if answers.get("limit"):
        raise EaseoffError(
            "A limit for one step was typed, but nothing is reduced while you change over.",
            "Clear the limit, or clear the change of medicine.",
        )
    return CrossoverWish(
        find_medicine(name), read_mg(mg), table, int(answers.get("cross_parts") or 0) or None
    )


def read_others(answers: Answers) -> tuple[str, ...] | None:
    """Other medicines by name, none, or ``None`` for not answered. A name without a "yes" counts as one."""
    names = tuple(
        name.strip() for line in lines(answers.get("others", "")) for name in line.split(",") if name.strip()
    )
    said = answers.get("takes_others", "")
    if said == "no":
        if names:
            raise EaseoffError("You said no, but a medicine is listed.", "Choose yes, or clear the list.")
        return ()
    if said == "yes" and not names:
        raise EaseoffError(
            "You said yes, but no medicine is listed.", "Name each one, or choose “I don’t know”."
        )
    return names or None


def read_goal(answers: Answers, dose: Decimal) -> Decimal | None:
    """The dose to arrive at in mg; ``None`` where it was not said."""
    kind, text = answers.get("goal_kind", ""), answers.get("goal_mg", "")
    if kind == "stop":
        if text:
            raise EaseoffError(
                "You chose no medicine at all, but gave a lower dose too.",
                "Clear the dose, or choose the lower dose.",
            )
        return Decimal(0)
    if not text:
        if kind == "lower":
            raise EaseoffError(
                "The lower dose is missing.", "Write how many mg a day, or choose “I don’t know yet”."
            )
        return None
    goal = read_mg(text)
    if goal >= dose:
        raise EaseoffError(
            f"{plain(goal)} mg is not lower than the {plain(dose)} mg you take now.", "Give a smaller amount."
        )
    return goal


def read_start(answers: Answers, today: date) -> date | None:
    """The first reduced day, not before today."""
    text = answers.get("start", "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise EaseoffError(f"“{text}” is not a date we can read.", "Write it like 2027-01-31.") from None
    if day < today:
        raise EaseoffError("That day has passed.", "Choose today or a later day, or leave it empty.")
    if day.year > today.year + 2:
        raise EaseoffError(
            "That day is more than two years away.", "Choose an earlier day, or leave it empty."
        )
    return day


def read_days(text: str) -> int | None:
    """Days on each dose."""
    if not text:
        return None
    number = parse_number(text, what="number of days")
    if number != int(number) or not 1 <= number <= _LONGEST_STAY_DAYS:
        raise EaseoffError(
            f"“{text}” is not a number of days.", f"Give a whole number from 1 to {_LONGEST_STAY_DAYS}."
        )
    return int(number)


def read_above_zero(text: str) -> Decimal | None:
    """A limit: a number above zero, or ``None`` where nothing was given."""
    if not text:
        return None
    number = parse_number(text)
    if number == 0:
        raise EaseoffError(
            "A limit of zero would allow no step at all.", "Give a number above zero, or leave it empty."
        )
    return number


def read_method(answers: Answers) -> MethodName | None:
    """The method, or ``None`` for the one suggested."""
    text = answers.get("method", "")
    return MethodName(text) if text else None


def read_percent(text: str) -> Decimal | None:
    """A percentage above zero, with or without its sign."""
    return read_above_zero(text.rstrip("% "))


def read_whole_length(text: str) -> int | None:
    """The least length of the whole, in days."""
    return _whole(text, "at least so many days", 1, LONGEST_WHOLE_DAYS)


def _whole(text: str, what: str, least: int, most: int) -> int | None:
    if not text:
        return None
    number = parse_number(text, what="number")
    if number != int(number) or not least <= number <= most:
        raise EaseoffError(
            f"“{text}” cannot be used for {what}.", f"Give a whole number from {least} to {most}."
        )
    return int(number)


def read_settings(answers: Answers) -> MethodSettings:
    """What the method needs besides a limit and days; what is empty was not said."""
    bands, ramp = answers.get("bands", ""), answers.get("ramp", "")
    base = answers.get("base", "")
    unit = answers.get("unit", "")
    return MethodSettings(
        base=Base(base) if base else None,
        bands=parse_bands(bands) if bands else (),
        schedule=answers.get("schedule") or None,
        cuts=_whole(answers.get("cuts", ""), "cuts in a block", 1, 31),
        hold=_whole(answers.get("hold", ""), "days of rest", 0, 730),
        half_then=read_percent(answers.get("half_then", "")),
        ramp=parse_ramp(ramp) if ramp else (),
        at_least=read_whole_length(answers.get("at_least", "")),
        unit=read_mg(unit) if unit else None,
    )


def read_tier(answers: Answers) -> Tier:
    """How far to look for products; licensed ones unless said otherwise."""
    return Tier(answers.get("tier") or Tier.LICENSED)


def read_ids(answers: Answers, key: str) -> tuple[str, ...] | None:
    """Ticked ids; empty where none is ticked, ``None`` where it was not asked."""
    text = answers.get(key, "")
    return tuple(value for value in lines(text) if value != NONE_TICKED) if text else None


def read_override(answers: Answers) -> Override | None:
    """A prescriber's recorded override, complete or not at all."""
    parts = dict(_override_parts(answers))
    if not any(parts.values()):
        return None
    missing = [name for name, text in parts.items() if not text]
    if missing:
        raise EaseoffError(f"The record lacks: {', '.join(missing)}.", "All of it is needed.")
    return Override(parts["name"], parts["role"], parts["registration number"], parts["reason"],
                    date.fromisoformat(answers["override_on"]))  # fmt: skip


def _override_parts(answers: Answers) -> Iterator[tuple[str, str]]:
    for key, name in (
        ("name", "name"),
        ("role", "role"),
        ("registration", "registration number"),
        ("reason", "reason"),
    ):
        yield name, answers.get(f"override_{key}", "")
