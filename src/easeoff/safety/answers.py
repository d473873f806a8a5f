"""Reading one answer about the person, strictly: ``seizures=no``, ``with=lithium``, ``age=41``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from easeoff.planning.request import Indication, Person, Pregnancy
from easeoff.quantities import EaseoffError, parse_number, plain

_ALIASES = {"for": "indication", "with": "others", "alcohol": "alcohol_units"}
_YES = frozenset({"yes", "y", "true"})
_NO = frozenset({"no", "n", "false"})
_YES_NO_KEYS = frozenset(
    {
        "steady",
        "alcohol_dependence",
        "drugs",
        "seizures",
        "past_withdrawal",
        "psychosis",
        "suicidal",
        "crisis",
        "liver",
        "kidney",
        "heart",
        "breathing",
        "relapse_plan",
    }
)
_WORDS_FOR_NONE = frozenset({"none", "no", "nothing"})
#: Whole numbers: the least and the most that is believed.
_WHOLE = {"age": (0, 120), "days_a_week": (1, 7)}
#: Numbers with decimals: the most that is believed. A week's units above this are a slip of the finger.
_DECIMAL = {"years": Decimal(90), "alcohol_units": Decimal(700)}


def answer_person(key: str, value_text: str, person: Person) -> Person:
    """``person`` with one more answer. ``key`` is a field of `Person` or ``for``, ``with``, ``alcohol``.

    Other medicines add up over several answers; ``none`` says that there are none.
    Raises `EaseoffError` naming what is allowed.
    """
    field = _ALIASES.get(key.strip().lower().replace("-", "_"), key.strip().lower().replace("-", "_"))
    reader = _READERS.get(field)
    if reader is None:
        raise EaseoffError(f"“{key.strip()}” is not something we ask.", f"Use one of: {', '.join(_keys())}.")
    text = value_text.strip()
    if not text:
        raise EaseoffError(
            f"No answer was given for {key.strip()}.", "Leave the question out if you do not know."
        )
    return reader(field, text, person)


def _keys() -> list[str]:
    shown = {"indication": "for", "others": "with", "alcohol_units": "alcohol"}
    return [shown.get(field, field) for field in _READERS]


def _choice(kind: type[StrEnum]) -> Callable[[str, str, Person], Person]:
    def read(field: str, text: str, person: Person) -> Person:
        try:
            answer = kind(text.lower())
        except ValueError:
            allowed = ", ".join(member.value for member in kind)
            raise EaseoffError(f"“{text}” is not an answer for {field}.", f"Use one of: {allowed}.") from None
        return replace(person, **{field: answer})  # type: ignore[arg-type]

    return read


def _yes_no(field: str, text: str, person: Person) -> Person:
    word = text.lower()
    if word not in _YES | _NO:
        raise EaseoffError(f"“{text}” is not an answer for {field}.", "Use yes or no.")
    return replace(person, **{field: word in _YES})  # type: ignore[arg-type]


def _whole(field: str, text: str, person: Person) -> Person:
    low, high = _WHOLE[field]
    number = parse_number(text)
    if number != int(number) or not low <= number <= high:
        raise EaseoffError(
            f"“{text}” is not an answer for {field}.", f"Give a whole number from {low} to {high}."
        )
    return replace(person, **{field: int(number)})  # type: ignore[arg-type]


def _decimal(field: str, text: str, person: Person) -> Person:
    number, high = parse_number(text), _DECIMAL[field]
    if number > high:
        raise EaseoffError(
            f"“{text}” is not an answer for {field}.", f"Give a number from 0 to {plain(high)}."
        )
    return replace(person, **{field: number})  # type: ignore[arg-type]


def _others(field: str, text: str, person: Person) -> Person:
    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    if not names:
        raise EaseoffError(f"“{text}” names no medicine.", "Write names with commas between them, or none.")
    if _WORDS_FOR_NONE.intersection(names):
        if len(names) > 1 or getattr(person, field):
            raise EaseoffError(
                "Both medicines and “none” were given.", "Name the other medicines, or say none."
            )
        return replace(person, **{field: ()})  # type: ignore[arg-type]
    known = getattr(person, field)
    if known == ():
        raise EaseoffError("Both “none” and medicines were given.", "Name the other medicines, or say none.")
    added = tuple(dict.fromkeys((*(known or ()), *names)))
    return replace(person, **{field: added})  # type: ignore[arg-type]


_READERS: dict[str, Callable[[str, str, Person], Person]] = {
    "indication": _choice(Indication),
    "age": _whole,
    "pregnancy": _choice(Pregnancy),
    "years": _decimal,
    "days_a_week": _whole,
    "others": _others,
    "tapering": _others,
    "alcohol_units": _decimal,
    **dict.fromkeys(sorted(_YES_NO_KEYS), _yes_no),
}
