"""From drafts to doses with what was said of their length: each draft gives one dose, or several where it is a rule or a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from easeoff.planning.schedules.model import Taking
from easeoff.planning.schedules.reading import rules
from easeoff.planning.schedules.reading.amounts import Amounts, Doses
from easeoff.planning.schedules.reading.dates import Calendar, Place, length_of, places, span_of
from easeoff.planning.schedules.reading.doubts import SKIP, Asking, Choice, read_mg
from easeoff.planning.schedules.reading.drafts import RELATIVE, Draft
from easeoff.planning.schedules.reading.intakes import Day, parts_of_a_day
from easeoff.planning.schedules.reading.several import Several, ask_for_the_day
from easeoff.planning.schedules.reading.tokens import MASS, NUM, Kind, Token
from easeoff.quantities import format_mg


@dataclass
class Item:
    """One dose of the schedule in the making; ``None`` for what was not said."""

    draft: Draft | None
    dose: Decimal
    days: int | None = None
    begins: Place | None = None
    ends: Place | None = None
    now: bool = False
    alternate: bool = False
    takings: tuple[Taking, ...] = ()


@dataclass
class Items:
    """Reads the drafts of one text in order."""

    asking: Asking
    amounts: Amounts
    calendar: Calendar
    made: list[Item] = field(default_factory=list)
    #: Drafts that an answer left out, and that only repeat the end of a rule.
    left_out: list[Draft] = field(default_factory=list)
    #: Whether every draft so far could be read.
    whole: bool = True

    def read(self, drafts: Sequence[Draft]) -> None:
        """Read all of them; what cannot be read yet is asked."""
        self._before()
        drafts = self._joined(drafts)
        for number, one in enumerate(drafts):
            after = drafts[number + 1] if number + 1 < len(drafts) else None
            if not self._read(one, stops=after is not None and after.mains[0].kind is Kind.STOP):
                self.whole = False

    def _before(self) -> None:
        """A dose that was taken before the first line, where one was given."""
        given = self.asking.answers.get("before", "")
        if (
            given
            and self.asking.ask("before", "Which dose is taken before all this?", "", 0, (), typed="mg")
            is not None
        ):
            self.made.append(Item(None, read_mg(given), now=True))

    def _joined(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Neighbours in one line with times of day of their own are parts of one day, where that is confirmed."""
        joined: list[Draft] = []
        for one in drafts:
            last = joined[-1] if joined else None
            if last is None or not parts_of_a_day(last, one):
                joined.append(one)
                continue
            answer = self.asking.ask(
                "intakes", "Are doses with times of day, side by side in one line, taken on the same day?",
                f"{last.mains[0].text} and {one.mains[0].text}", last.start,
                (Choice("same", "Yes, they add up to one day"), Choice("apart", "No, one after the other")),
            )  # fmt: skip
            if answer == "same":
                _merge(last, one)
            else:
                joined.append(one)
                self.whole = self.whole and answer is not None
        return joined

    def _read(self, one: Draft, *, stops: bool) -> bool:
        before = self.asking.count
        self._from(one)
        doses = self._on_some_days(one, self._doses(one, stops=stops))
        for stray in one.strays:
            self._day.stray(one, stray)
        item = Item(one, Decimal(0))
        self._details(one, item)
        if doses is None or self.asking.count > before:
            return False
        if not doses:
            self.left_out.append(one)
        if _only_repeats_the_end(self.made, one, doses):
            return True
        is_rule = one.mains[0].kind is Kind.RULE or self._is_paced(one)
        for number, dose in enumerate(doses):
            self.made.append(
                Item(one, dose, None if dose == 0 and is_rule else item.days, item.begins if number == 0 else None,
                     item.ends if number == len(doses) - 1 else None, item.now, item.alternate, item.takings)
            )  # fmt: skip
        return True

    def _from(self, one: Draft) -> None:
        """ "Reduce from 150 mg to …": the dose before, which begins the schedule or is there already."""
        for token in one.of(Kind.FROM):
            amount = re.search(rf"{NUM}\s*{MASS}", token.text, re.IGNORECASE)
            assert amount is not None
            found = self.amounts.doses(Token(Kind.DOSE, token.start, token.end, amount[0].rstrip(".")))
            known = {self.made[-1].dose, self._of_the_day(self.made[-1])} if self.made else set()
            if not found or not self.whole or found[0] in known:
                return
            if not self.made and not one.of(Kind.FREQUENCY):
                self.made.append(Item(None, found[0], now=True))
                return
            last = format_mg(self.made[-1].dose) if self.made else "not known"
            self.asking.ask(
                f"from@{token.start}", f"“{token.text.strip()}”: the dose before this is {last}. What is to be done?", token.text, token.start,
                (Choice(SKIP, f"Leave out “from {amount[0]}”"),),
            )  # fmt: skip

    def _is_paced(self, one: Draft) -> bool:
        """Whether "2.5 mg monthly" was said to be a cut."""
        token = one.mains[0]
        return token.kind is Kind.PACE and self.asking.answers.get(f"pace@{token.start}") == "cut"

    def _on_some_days(self, one: Draft, doses: Doses | None) -> Doses | None:
        """A dose of some days of the week only: the average, which is typed."""
        for token in one.of(Kind.SELDOM):
            return self.amounts.typed(
                f"seldom@{token.start}",
                f"“{one.mains[0].text.strip()} {token.text.strip()}” is not taken every day. How many mg a day is that on average?",
                token, (Choice(SKIP, "Leave this out"),),
            )  # fmt: skip
        return doses

    def _doses(self, one: Draft, *, stops: bool) -> Doses | None:
        kind = one.mains[0].kind
        if kind in RELATIVE and one.of(Kind.FREQUENCY):
            token, often = one.mains[0], one.of(Kind.FREQUENCY)[0].text.strip()
            text = f"“{token.text.strip()}” with “{often}”: write how much less that is in the whole day, without “{often}”."
            self.asking.ask(f"cut@{token.start}", text, token.text, token.start, ())
            return None
        if kind is Kind.RULE:
            return self._rule(one, stops=stops)
        if kind is Kind.PACE:
            return self._pace(one, stops=stops)
        if kind is Kind.CUT:
            return self._cut(one.mains[0], one.mains[0])
        if kind is Kind.SIGNED:
            return self._signed(one.mains[0])
        return Several(self.asking, self.amounts).doses(one)

    def _pace(self, one: Draft, *, stops: bool) -> Doses | None:
        """ "2.5 mg monthly": a cut each time, or a dose that is taken as seldom."""
        token = one.mains[0]
        amount = re.match(rf"{NUM}\s*{MASS}", token.text, re.IGNORECASE)
        assert amount is not None
        answer = self.asking.ask(
            f"pace@{token.start}", f"“{token.text.strip()}” can be a cut, or a dose that is not taken every day. Which is meant?",
            token.text, token.start,
            (Choice("cut", f"Each time the dose is {amount[0]} less"),
             Choice("dose", f"{amount[0]} is taken as seldom as that"), Choice(SKIP, "Leave this out")),
        )  # fmt: skip
        if answer == "cut":
            return self._rule(one, stops=stops)
        if answer == "dose":
            text = f"How many mg a day is “{token.text.strip()}” on average?"
            return self.amounts.typed(f"seldom@{token.start}", text, token, (Choice(SKIP, "Leave this out"),))
        return None if answer is None else ()

    def _signed(self, token: Token) -> Doses | None:
        found = re.search(rf"{NUM}\s*{MASS}$", token.text.strip(), re.IGNORECASE)
        assert found is not None
        amount = found[0]
        answer = self.asking.ask(
            f"sign@{token.start}", f"“{token.text.strip()}” can be a dose or a cut. Which is meant?", token.text, token.start,
            (Choice("dose", f"The dose is then {amount}"), Choice("cut", f"The dose is then {amount} less"),
             Choice(SKIP, "Leave this out")),
        )  # fmt: skip
        plain_token = Token(Kind.DOSE, token.start, token.end, amount)
        if answer == "dose":
            return self.amounts.doses(plain_token)
        return self._cut(plain_token, token) if answer == "cut" else None if answer is None else ()

    def _previous(self) -> Decimal | None:
        """The dose before a cut; asked for where none is written, and then the first of the schedule."""
        if self.made:
            return self._of_the_day(self.made[-1])
        if self.whole:
            self.asking.ask(
                "before",
                "From which dose does this start? Write the dose that is taken now.",
                "",
                0,
                (),
                typed="mg",
            )
        return None

    def _first(self) -> Decimal:
        """The starting dose of the whole schedule, once a dose before a cut is known."""
        return self._of_the_day(self.made[0])

    def _cut(self, token: Token, where: Token) -> Doses | None:
        previous = self._previous()
        cut = rules.cut_of(token, self.asking)
        if previous is None or cut is None:
            return None
        doses = tuple(
            rules.following(
                cut,
                previous,
                max(Decimal(0), _after(cut, previous, self._first())),
                Decimal(0),
                self._first(),
            )
        )
        if not doses:
            ask_for_the_day(self.asking, where)
            return None
        return doses[:1]

    def _rule(self, one: Draft, *, stops: bool) -> Doses | None:
        token = one.mains[0]
        previous = self._previous()
        cut = rules.cut_of(token, self.asking)
        every = rules.every_of(token, self.asking)
        target = rules.target_of(token, self.asking, stops=stops)
        last: Decimal | None = Decimal(0)
        if cut is not None and target == 0 and cut.never_ends:
            last = rules.last_dose(token, self.asking)
        if previous is None or cut is None or every is None or target is None or last is None:
            return None
        doses = tuple(rules.following(cut, previous, target, last, self._first()))
        if not doses:
            ask_for_the_day(self.asking, token)
            return None
        self._every = every
        return doses

    _every: int | None = None

    def _details(self, one: Draft, item: Item) -> None:
        lengths = [length_of(token, self.asking) for token in one.of(Kind.LENGTH, Kind.LENGTH_RANGE)]
        spans = [span_of(token, self.asking) for token in one.of(Kind.SPAN)]
        lengths += [span[1] for span in spans if span is not None and span[1] is not None]
        item.days = self._one_length(one, [days for days in lengths if days is not None])
        if one.mains[0].kind is Kind.RULE or self._is_paced(one):
            item.days, self._every = self._every, None
        item.begins = next((span[0] for span in spans if span is not None), None)
        if one.of(Kind.DATE):
            item.begins = places(one.of(Kind.DATE), self.calendar, self.asking)
        if one.until:
            item.ends = places(one.until, self.calendar, self.asking)
        item.now = bool(one.of(Kind.NOW))
        self._day.ask_how_often(one)
        item.alternate = bool(one.of(Kind.AVERAGE, Kind.SELDOM)) or self._day.alternates(one)
        item.takings = ()

    def _one_length(self, one: Draft, lengths: list[int]) -> int | None:
        if len(lengths) < 2:
            return lengths[0] if lengths else None
        known = list(dict.fromkeys([*lengths, sum(lengths)]))
        answer = self.asking.ask(
            f"lengths@{one.start}", "More than one length stands with this dose. How long is it kept?", one.mains[0].text, one.start,
            tuple(Choice(str(days), f"{days} days") for days in known),
        )  # fmt: skip
        return None if answer is None else int(answer)

    @property
    def _day(self) -> Day:
        return Day(self.asking, self.amounts)

    def _of_the_day(self, item: Item) -> Decimal:
        return self._day.dose(item.draft, item.dose)

    def finish_dose(self, item: Item) -> None:
        """What ``twice a day`` and ``alternate days`` make of the dose, and its times of day."""
        if item.draft is None:
            return
        item.dose = self._of_the_day(item)
        item.takings = self._day.takings(item.draft, item.dose)


def _merge(last: Draft, one: Draft) -> None:
    last.mains += one.mains
    last.whens += one.whens
    last.details += one.details
    last.until += one.until
    last.strays += one.strays
    last.tokens += one.tokens


def _only_repeats_the_end(made: Sequence[Item], one: Draft, doses: Doses) -> bool:
    """ "… until off, then stop": the second is the first again."""
    is_stop = one.mains[0].kind is Kind.STOP and not one.details and not one.until
    return is_stop and bool(made) and made[-1].dose == 0 and doses == (Decimal(0),)


def _after(cut: rules.CutBy, previous: Decimal, first: Decimal) -> Decimal:
    left = cut.next(Fraction(previous), Fraction(first))
    return Decimal(left.numerator) / Decimal(left.denominator)
