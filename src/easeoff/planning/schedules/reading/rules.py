"""Written rules: "reduce by 5 mg every 2 weeks until off", turned into doses once the start and the end are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from easeoff.planning.schedules.reading.dates import count_of, unit_days
from easeoff.planning.schedules.reading.doubts import Asking, Choice, read_mg
from easeoff.planning.schedules.reading.tokens import MASS, NUM, TO, UNITS, Token
from easeoff.quantities import EaseoffError, format_mg, parse_mass

#: A rule that makes more doses than this is not meant. Project choice.
MOST_STEPS = 1000
_PLACES = 2


@dataclass(frozen=True, slots=True)
class CutBy:
    """How much one cut takes: mg, or a share of the current or the starting dose."""

    mg: Decimal | None
    share: Fraction
    of_start: bool

    def next(self, dose: Fraction, start: Fraction) -> Fraction:
        """The dose after one cut from ``dose``."""
        if self.mg is not None:
            return dose - Fraction(self.mg)
        return dose - self.share * (start if self.of_start else dose)

    @property
    def never_ends(self) -> bool:
        """Whether cuts of this kind alone never arrive at nothing."""
        return self.mg is None and not self.of_start


def cut_of(token: Token, asking: Asking) -> CutBy | None:
    """The cut that a rule names, or ``None`` while something is asked."""
    chosen = _one_end(token, asking)
    if chosen is None:
        return None
    amount = re.search(rf"({NUM})\s*(%|percent|{MASS})", chosen, re.IGNORECASE)
    assert amount is not None
    if amount[2].lower() in ("%", "percent"):
        share = Fraction(Decimal(amount[1])) / 100 if len(amount[1]) < 8 else Fraction(0)
        of_start = _base(token, asking)
        if not 0 < share <= 1:
            _refused(token, asking)
            return None
        return None if of_start is None else CutBy(None, share, of_start)
    try:
        mg = parse_mass(amount[0].rstrip(".")).mg
    except EaseoffError:
        mg = Decimal(0)
    if mg <= 0:
        _refused(token, asking)
        return None
    return CutBy(mg, Fraction(0), of_start=False)


def _one_end(token: Token, asking: Asking) -> str | None:
    """The amount of a cut; of a range such as "2-4 mg" the end that is chosen, or ``None`` while it is asked."""
    found = re.search(rf"({NUM}){TO}({NUM})\s*(%|percent|{MASS})", token.text, re.IGNORECASE)
    if found is None:
        return token.text
    low, high = (
        f"{end}{'' if found[3] == '%' else ' '}{found[3].rstrip('.')}" for end in (found[1], found[2])
    )
    answer = asking.ask(
        f"cuts@{token.start}", f"“{token.text.strip()}” names two cuts. Which is meant?", token.text, token.start,
        (Choice("first", f"{low} at a time"), Choice("second", f"{high} at a time")),
    )  # fmt: skip
    return {"first": low, "second": high, None: None}[answer]


def _refused(token: Token, asking: Asking) -> None:
    asking.ask(f"cut@{token.start}", f"“{token.text.strip()}” takes nothing off, or more than there is. Write it again.",
               token.text, token.start, ())  # fmt: skip


def _base(token: Token, asking: Asking) -> bool | None:
    if re.search(r"\b(?:start(?:ing)?|original|initial)\b", token.text, re.IGNORECASE):
        return True
    if re.search(r"\b(?:current|latest|last|previous)\b", token.text, re.IGNORECASE):
        return False
    answer = asking.ask(
        f"base@{token.start}", f"“{token.text.strip()}”: percent of which dose?", token.text, token.start,
        (Choice("current", "Of the dose at that time, so the cuts get smaller"),
         Choice("start", "Of the dose at the start, so each cut is the same")),
    )  # fmt: skip
    return {"current": False, "start": True, None: None}[answer]


def every_of(token: Token, asking: Asking) -> int | None:
    """The days between the cuts of a rule, or ``None`` while something is asked."""
    text = token.text.lower()
    for word, named in (("fortnightly", "fortnight"), ("weekly", "week"), ("monthly", "month")):
        if re.search(rf"\b{word}\b", text):
            return unit_days(named, asking, token)
    between = re.search(
        rf"(?:every|each|per)\s+({NUM}|[a-z]+){TO}({NUM}|[a-z]+)\s*({UNITS})", text, re.IGNORECASE
    )
    if between is not None:
        return _one_interval(token, between, asking)
    found = re.search(
        rf"(?:every|each|per|\ban?)\s+(?:(other|{NUM}|[a-z]+)\s*)??({UNITS})", text, re.IGNORECASE
    )
    assert found is not None
    count = Decimal(2) if found[1] == "other" else Decimal(1) if not found[1] else count_of(found[1])
    unit = unit_days(found[2], asking, token)
    if unit is None:
        return None
    days = None if count is None else count * unit
    if days is None or days < 1 or days != int(days) or days > 3650:
        answer = asking.ask(f"days@{token.start}", f"How many days lie between the cuts of “{token.text.strip()}”?",
                            token.text, token.start, (), typed="days")  # fmt: skip
        return None if answer is None else int(answer)
    return int(days)


def _one_interval(token: Token, between: re.Match[str], asking: Asking) -> int | None:
    """The days between cuts of "every 1-2 weeks", which are asked."""
    unit = unit_days(between[3], asking, token)
    counts = [count_of(end) for end in (between[1], between[2])]
    if unit is None:
        return None
    days = [int(count * unit) for count in counts if count is not None and count * unit == int(count * unit)]
    answer = asking.ask(
        f"days:{'-'.join(map(str, days))}", f"“{between[0]}” names two intervals. How many days lie between the cuts?", token.text,
        token.start, tuple(Choice(str(one), f"{one} days") for one in dict.fromkeys(days) if one > 0), typed="days",
    )  # fmt: skip
    return None if answer is None else int(answer)


def target_of(token: Token, asking: Asking, *, stops: bool) -> Decimal | None:
    """The dose at which a rule ends, or ``None`` while it is asked. ``stops``: "then stop" follows."""
    said = re.search(
        r"(?:until|untill|till|til|\bto)\s+(\S.*)$", token.text.strip(), re.IGNORECASE | re.DOTALL
    )
    if said is not None:
        amount = re.match(rf"{NUM}\s*{MASS}", said[1], re.IGNORECASE)
        try:
            return parse_mass(amount[0].rstrip(".")).mg if amount else Decimal(0)
        except EaseoffError as problem:
            given = asking.ask(f"end@{token.start}", problem.message, token.text, token.start, (), typed="mg")
            return None if given is None else read_mg(given)
    if stops:
        return Decimal(0)
    answer = asking.ask(
        f"end@{token.start}", f"“{token.text.strip()}” does not say when to end. Down to which dose?", token.text,
        token.start, (Choice("0", "Down to nothing"),), typed="mg",
    )  # fmt: skip
    return None if answer is None else read_mg(answer)


def last_dose(token: Token, asking: Asking) -> Decimal | None:
    """From which dose the next one is nothing, for cuts that never arrive there."""
    text = f"“{token.text.strip()}” never arrives at nothing. From which dose is the next one nothing?"
    answer = asking.ask(f"floor@{token.start}", text, token.text, token.start, (), typed="mg")
    return None if answer is None else read_mg(answer)


def following(
    cut: CutBy, start: Decimal, target: Decimal, floor_mg: Decimal, first_mg: Decimal
) -> Iterator[Decimal]:
    """The doses after ``start`` down to ``target``; a share of the starting dose is of ``first_mg``.

    Shares of the dose are shown to 0.01 mg, worked out unrounded.
    Raises `EaseoffError` where there would be too many.
    """
    first, dose = Fraction(first_mg), Fraction(start)
    shown = start
    for _ in range(MOST_STEPS):
        if dose <= Fraction(target):
            return
        dose = max(cut.next(dose, first), Fraction(target))
        if cut.never_ends and target == 0 and shown <= floor_mg:
            dose = Fraction(0)
        now = (
            Decimal(floor(dose * 10**_PLACES + Fraction(1, 2))).scaleb(-_PLACES)
            if cut.mg is None
            else _exact(dose)
        )
        if now < shown:
            yield now
        shown = now
    raise EaseoffError(
        f"This rule makes more than {MOST_STEPS} doses from {format_mg(start)}.", "Write larger cuts."
    )


def _exact(dose: Fraction) -> Decimal:
    return Decimal(dose.numerator) / Decimal(dose.denominator)
