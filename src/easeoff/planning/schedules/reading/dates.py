"""Days and lengths in what was pasted. A date that can be read in two ways, or has a part missing, is asked back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from easeoff.planning.schedules.reading.doubts import LONGEST_DAYS, SKIP, Asking, Choice
from easeoff.planning.schedules.reading.tokens import MONTH, NUM, ROMAN, Kind, Token
from easeoff.quantities import MONTHS, format_date

_WORD_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12,
}  # fmt: skip
#: As prescribers write them: 3/7 is three days, 2/52 two weeks, 1/12 a month.
_SHORT_UNITS = {"7": "days", "52": "weeks", "12": "months"}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LONGEST_MONTH = 31
_COUNT = re.compile(rf"{NUM}|[a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dose begins: a day's number on a calendar, or counted from the first day of the schedule."""

    day: int
    on_calendar: bool


def count_of(text: str) -> Decimal | None:
    """A count in figures or as a word."""
    lowered = text.strip().lower()
    if lowered in _WORD_NUMBERS:
        return Decimal(_WORD_NUMBERS[lowered])
    return Decimal(lowered) if re.fullmatch(NUM, lowered) and len(lowered) < 8 else None


def unit_days(text: str, asking: Asking, token: Token) -> int | None:
    """The days of a unit of time; how many a month has is asked."""
    first = _SHORT_UNITS.get(text.strip(" /"), text.strip().lower())[:2]
    if first.startswith("d"):
        return 1
    if first.startswith("w"):
        return 7
    if first.startswith("f"):
        return 14
    if first.startswith("y"):
        return 365
    answer = asking.ask(
        "month", "How many days are counted for a month?", token.text, token.start,
        (Choice("28", "28 days (4 weeks)"), Choice("30", "30 days")), typed="days",
    )  # fmt: skip
    return None if answer is None else int(answer)


def length_of(token: Token, asking: Asking) -> int | None:
    """The days of ``4 weeks``, or ``None`` while something is asked."""
    if token.kind is Kind.LENGTH_RANGE:
        return _length_range(token, asking)
    count_text, unit_text = _split(token.text)
    count = count_of(count_text)
    if unit_text.startswith("/") and not _is_no_date(count, unit_text):
        answer = asking.ask(
            "slash", f"“{token.text.strip()}” can be a length, as prescribers write it, or a date. What is it?", token.text,
            token.start, (Choice("length", "A length: 28/7 is 28 days, 1/12 is a month"),), typed="days",
        )  # fmt: skip
        if answer != "length":
            return None if answer is None else int(answer)
    unit = unit_days(unit_text, asking, token)
    if unit is None:
        return None
    days = None if count is None else count * unit
    if days is None or days != int(days) or not 0 < days <= LONGEST_DAYS:
        return _typed_days(token, asking)
    return int(days)


def _is_no_date(count: Decimal | None, unit_text: str) -> bool:
    """``2/52`` or ``42/7``, which no calendar has."""
    return unit_text.endswith("52") or count is None or count > _LONGEST_MONTH


def _typed_days(token: Token, asking: Asking) -> int | None:
    answer = asking.ask(
        f"days@{token.start}",
        f"How many whole days is “{token.text.strip()}”?",
        token.text,
        token.start,
        (),
        typed="days",
    )
    return None if answer is None else int(answer)


def _length_range(token: Token, asking: Asking) -> int | None:
    numbers = re.findall(NUM, token.text)
    unit_text = re.sub(rf"{NUM}|-|–|\b(?:to|or)\b|\s", " ", token.text, flags=re.IGNORECASE)
    unit = unit_days(unit_text, asking, token)
    if unit is None:
        return None
    whole = [
        int(Decimal(n) * unit) for n in numbers if len(n) < 6 and Decimal(n) * unit == int(Decimal(n) * unit)
    ]
    options = tuple(Choice(str(days), f"{days} days") for days in dict.fromkeys(whole) if days > 0)
    answer = asking.ask(
        f"days:{'-'.join(map(str, whole))}", f"“{token.text.strip()}” names two lengths. How long is such a dose kept?", token.text,
        token.start, options, typed="days",
    )  # fmt: skip
    return None if answer is None else int(answer)


def _split(text: str) -> tuple[str, str]:
    text = text.strip().lstrip("xX× ")
    match = _COUNT.match(text)
    assert match is not None
    return match[0], text[match.end() :].lstrip(" -\t\n\r")


def span_of(token: Token, asking: Asking) -> tuple[Place, int | None] | None:
    """Where ``weeks 1-4`` begins, and its days where both ends are given; ``None`` where it cannot be read yet."""
    text = re.sub(r"^\s*after\s+", "", token.text, flags=re.IGNORECASE)
    unit = unit_days(text, asking, token)
    if unit is None:
        return None
    rest = re.sub(r"^\s*[a-z]+", "", text, flags=re.IGNORECASE)
    counts = [count_of(part) for part in re.split(r"-|–|\bto\b", rest, flags=re.IGNORECASE)]
    # "Week 0" is what is taken before week 1; a range does not begin with it.
    least = 0 if len(counts) == 1 else 1
    numbers = [int(c) for c in counts if c is not None and c == int(c) and least <= c <= LONGEST_DAYS]
    if len(numbers) != len(counts) or numbers[0] > numbers[-1]:
        asking.ask(f"span@{token.start}", f"“{token.text.strip()}” cannot be read as weeks or days. Write it again.",
                   token.text, token.start, ())  # fmt: skip
        return None
    if text != token.text:
        return Place(numbers[-1] * unit, on_calendar=False), None
    length = (numbers[1] - numbers[0] + 1) * unit if len(numbers) == 2 else None
    return Place((numbers[0] - 1) * unit, on_calendar=False), length


class Calendar:
    """Reads the dates of one text in order: a year that is left out follows on from the date before, if that is confirmed."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._last: date | None = None
        #: A year that was typed is that of the first date without one; later ones follow on.
        self._year_used = False

    def read(self, token: Token) -> date | None:
        """The civil date, or ``None`` while something is asked."""
        roman = re.search(rf"\.\s?({ROMAN})\.", token.text, re.IGNORECASE)
        if roman is not None:
            numbers = [int(number) for number in re.findall("[0-9]+", token.text)]
            return self._valid(token, numbers[1], _ROMAN.index(roman[1].upper()) + 1, numbers[0])
        found = (
            self._numeric(token)
            if token.text[:1].isdigit() and not re.search("[A-Za-z]", token.text)
            else self._worded(token)
        )
        if found is not None:
            self._last = found
        return found

    def _numeric(self, token: Token) -> date | None:
        parts = [int(part) for part in re.split(r"[/.\-]", token.text)]
        if re.match("[0-9]{4}", token.text):
            return self._valid(token, *parts)
        first, second, year = parts
        year += 2000 if year < 100 else 0
        day_first, month_first = _date(year, second, first), _date(year, first, second)
        if day_first is None or month_first is None or day_first == month_first:
            return day_first or month_first or self._unreadable(token)
        answer = self._asking.ask(
            "date-order", f"“{token.text}” can be two dates. Which is it?", token.text, token.start,
            (Choice("day-first", format_date(day_first)), Choice("month-first", format_date(month_first))),
        )  # fmt: skip
        return {"day-first": day_first, "month-first": month_first, None: None}[answer]

    def _valid(self, token: Token, year: int, month: int, day: int) -> date | None:
        return _date(year, month, day) or self._unreadable(token)

    def _worded(self, token: Token) -> date | None:
        name = re.search(MONTH, token.text, re.IGNORECASE)
        assert name is not None
        month = next(n for n, word in enumerate(MONTHS, 1) if word[:3].lower() == name[0][:3].lower())
        numbers = re.findall("[0-9]+", token.text)
        year = next((int(n) for n in numbers if len(n) == 4), None)
        day = next((int(n) for n in numbers if len(n) < 3), None)
        if day is None:
            answer = self._asking.ask(
                "day-of-month", f"“{token.text}” names no day. From which day of such months shall we count?", token.text,
                token.start, (Choice("1", "The first of the month"), Choice("15", "The 15th, the middle")),
            )  # fmt: skip
            if answer is None:
                return None
            day = int(answer)
        return (
            self._valid(token, year, month, day)
            if year is not None
            else self._without_year(token, month, day)
        )

    def _without_year(self, token: Token, month: int, day: int) -> date | None:
        following = self._following(month, day)
        options: tuple[Choice, ...] = ()
        if following is not None:
            options = (Choice("follow", f"Each is the next such date: here {format_date(following)}"),)
        answer = self._asking.ask(
            "year",
            f"“{token.text}” has no year. Which year is it?",
            token.text,
            token.start,
            options,
            typed="year",
        )
        if answer is None:
            return None
        if answer != "follow" and not self._year_used:
            self._year_used = True
            return self._valid(token, int(answer), month, day)
        return following or self._unreadable(token)

    def _following(self, month: int, day: int) -> date | None:
        if self._last is None:
            return None
        years = range(self._last.year, self._last.year + 9)
        dates = [found for year in years if (found := _date(year, month, day)) is not None]
        return next((found for found in dates if found > self._last), None)

    def _unreadable(self, token: Token) -> date | None:
        answer = self._asking.ask(
            f"date@{token.start}", f"“{token.text}” is no date on a calendar. Which date is meant?", token.text, token.start,
            (), typed="date",
        )  # fmt: skip
        return None if answer is None else date.fromisoformat(answer)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def places(tokens: Sequence[Token], calendar: Calendar, asking: Asking) -> Place | None:
    """The first day that these dates name; two different ones are asked back."""
    days = [calendar.read(token) for token in tokens]
    known = dict.fromkeys(day for day in days if day is not None)
    if len(known) < 2:
        return next((Place(day.toordinal(), on_calendar=True) for day in known), None)
    answer = asking.ask(
        f"dates@{tokens[0].start}", "Two dates stand with this dose. On which does it begin?",
        " and ".join(token.text for token in tokens), tokens[0].start,
        tuple(Choice(day.isoformat(), format_date(day)) for day in known),
    )  # fmt: skip
    return (
        None
        if answer in (None, SKIP)
        else Place(date.fromisoformat(str(answer)).toordinal(), on_calendar=True)
    )
