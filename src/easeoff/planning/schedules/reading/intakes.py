"""How often and at what times of day a dose is taken, and what that makes of the day's amount."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from easeoff.planning.schedules.model import Taking
from easeoff.planning.schedules.reading.amounts import Amounts
from easeoff.planning.schedules.reading.doubts import SKIP, Asking, Choice
from easeoff.planning.schedules.reading.drafts import RELATIVE, Draft
from easeoff.planning.schedules.reading.tokens import Kind, Token
from easeoff.quantities import from_grid, to_grid

_TIMES_A_DAY = {"twice": 2, "bd": 2, "bid": 2, "thrice": 3, "tds": 3, "tid": 3, "qds": 4, "2": 2, "two": 2, "3": 3, "three": 3,
                "4": 4, "four": 4, "b.d": 2, "b.i.d": 2, "t.d.s": 3, "t.i.d": 3, "qid": 4}  # fmt: skip
#: Hours between two intakes, as in "q8h" or "8-hourly".
_HOURS = {"4": 6, "four": 6, "6": 4, "six": 4, "8": 3, "eight": 3, "12": 2, "twelve": 2}

#: How many of one dose a day can be meant by "50 mg x 2". Project choice.
_MOST_TIMES = frozenset({"2", "3", "4", "5", "6"})
#: Times of day as prescribers write them.
_WRITTEN_WHENS = {
    "om": "morning",
    "qam": "morning",
    "on": "night",
    "qhs": "bedtime",
    "hs": "bedtime",
    "qpm": "evening",
}


@dataclass
class Day:
    """From the amount that is written to the dose of the whole day, on average where days differ."""

    asking: Asking
    amounts: Amounts

    def ask_how_often(self, one: Draft) -> None:
        """Whether "twice a day" is twice the amount."""
        for token in one.of(Kind.FREQUENCY) if len(one.mains) == 1 else ():
            times = times_a_day(token)
            self.asking.ask(
                f"often:{times}", f"“{one.mains[0].text.strip()} {token.text.strip()}”: is that amount taken each time?",
                token.text, token.start,
                (Choice("each", f"Each time, so {times} times as much in a day"), Choice("total", "It is the whole day’s amount")),
            )  # fmt: skip

    def alternates(self, one: Draft) -> bool:
        """Whether the dose is an average of days that differ."""
        if len(one.mains) > 1 and one.of(Kind.TURNS, Kind.ALTERNATE):
            return self.asking.answers.get(f"turns@{one.start}") == "average"
        for token in one.of(Kind.ALTERNATE):
            answer = self.asking.ask(
                "alternate", f"“{token.text.strip()}”: what is taken on the days between?", token.text, token.start,
                (Choice("nothing", "Nothing, so the average is half"), Choice("average", "The dose written is already the average")),
            )  # fmt: skip
            return answer is not None
        return False

    def stray(self, one: Draft, token: Token) -> None:
        """A number without a unit beside a dose: perhaps a length, or "50 mg x 2"."""
        number = token.text.strip("x× ")
        answer = self.asking.ask(
            f"number@{token.start}", f"What is “{token.text}” beside {one.mains[0].text.strip()}?", token.text, token.start,
            (Choice("days", "Days"), Choice("weeks", "Weeks"), *self._times_over(one, number), Choice(SKIP, "Leave this out")),
        )  # fmt: skip
        if answer in ("days", "weeks"):
            one.details.append(Token(Kind.LENGTH, token.start, token.end, f"{number} {answer}"))

    def dose(self, one: Draft | None, amount: Decimal) -> Decimal:
        """The dose of the whole day, on average where days differ."""
        if one is None or one.mains[0].kind in RELATIVE or one.of(Kind.SELDOM):
            return from_grid(to_grid(amount))
        factor = 1
        for token in one.strays:
            number = token.text.strip("x× ")
            if self.asking.answers.get(f"number@{token.start}") == "times" and self._times_over(one, number):
                factor = int(number)
        for token in one.of(Kind.FREQUENCY) if len(one.mains) == 1 else ():
            each = self.asking.answers.get(f"often:{times_a_day(token)}") == "each"
            factor *= times_a_day(token) if each else 1
        dose = to_grid(amount) * factor
        if (
            one.of(Kind.ALTERNATE)
            and len(one.mains) == 1
            and self.asking.answers.get("alternate") == "nothing"
        ):
            dose //= 2
        return from_grid(dose)

    def takings(self, one: Draft, dose: Decimal) -> tuple[Taking, ...]:
        """How much at which time; empty where that was not said of all of ``dose``."""
        if any(when is None for when in one.whens) or not dose or any(t.kind in RELATIVE for t in one.mains):
            return ()
        parts = [self.amounts.doses(token) for token in one.mains]
        takings = tuple(
            Taking(_time(when.text), part[0])
            for when, part in zip(one.whens, parts, strict=True)
            if when and part
        )
        return takings if sum(t.mg for t in takings) == dose else ()

    def _times_over(self, one: Draft, number: str) -> tuple[Choice, ...]:
        """ "50 mg x 2" as two of them in a day, where so many can be taken."""
        if number not in _MOST_TIMES or one.mains[0].kind is not Kind.DOSE or len(one.mains) > 1:
            return ()
        return (Choice("times", f"{number} times {one.mains[0].text.strip()} in a day"),)


def times_a_day(token: Token) -> int:
    """How many times ``twice a day`` is."""
    text = token.text.strip().lower()
    hours = re.search(r"(12|twelve|[468]|four|six|eight)[\s-]*h", text)
    if hours is not None:
        return _HOURS[hours[1]]
    word = re.match(r"[0-9]|[a-z](?:\.[a-z])+|[a-z]+", text.lstrip("x× "))
    assert word is not None
    return _TIMES_A_DAY.get(word[0], 2)


def parts_of_a_day(last: Draft, one: Draft) -> bool:
    """Whether two drafts of one line have a time of day for each amount, no two the same."""
    whens = [_time(when.text) for draft in (last, one) for when in draft.whens if when is not None]
    return (
        last.line == one.line
        and len(whens) == len(last.mains) + len(one.mains)
        and len(set(whens)) == len(whens)
    )


def _time(text: str) -> str:
    """``08:00`` for a time on the clock, else the word."""
    clock = re.search(r"([0-9]{1,2}):([0-9]{2})", text)
    if clock:
        return f"{int(clock[1]):02}:{clock[2]}"
    word = text.split()[-1].lower()
    return _WRITTEN_WHENS.get(word, word)
