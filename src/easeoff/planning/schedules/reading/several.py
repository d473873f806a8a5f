"""Amounts that stand together: one of them counts, they add up, or they take turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from easeoff.planning.schedules.reading.amounts import Amounts, Doses
from easeoff.planning.schedules.reading.doubts import SKIP, Asking, Choice
from easeoff.planning.schedules.reading.drafts import RELATIVE, Draft
from easeoff.planning.schedules.reading.tokens import Kind, Token
from easeoff.quantities import format_mg, from_grid, to_grid


@dataclass
class Several:
    """The doses of a draft whose amounts are not relative to a dose before."""

    asking: Asking
    amounts: Amounts

    def doses(self, one: Draft) -> Doses | None:
        """One dose, or two that follow each other; ``None`` while something is asked."""
        if len(one.mains) > 1:
            return self._added(one)
        chosen = self._chosen(one)
        return None if chosen is None else self.amounts.doses(chosen)

    def _chosen(self, one: Draft) -> Token | None:
        """Which of two amounts that stand together counts."""
        if not one.beside:
            return one.mains[0]
        both = (one.mains[0], *one.beside)
        answer = self.asking.ask(
            f"both@{one.start}", "Two amounts stand together. Which one counts?",
            " and ".join(token.text.strip() for token in both), one.start,
            tuple(Choice(str(token.start), token.text.strip()) for token in both),
        )  # fmt: skip
        return next((token for token in both if str(token.start) == answer), None)

    def _added(self, one: Draft) -> Doses | None:
        found = [self.amounts.doses(token) for token in one.mains if token.kind not in RELATIVE]
        doses = [dose[0] for dose in found if dose is not None and len(dose) == 1]
        if len(doses) != len(one.mains):
            if all(dose is not None for dose in found):
                ask_for_the_day(self.asking, one.mains[0])
            return None
        if one.of(Kind.FREQUENCY):
            # "60 mg three times a day + 30 mg at night": which of them is taken so often is not written.
            together = " + ".join(token.text.strip() for token in one.mains)
            often = one.of(Kind.FREQUENCY)[0].text.strip()
            text = f"How many mg is “{together}”, with “{often}”, in the whole day?"
            return self.amounts.typed(
                f"day@{one.start}", text, one.mains[0], (Choice(SKIP, "Leave this out"),)
            )
        if one.of(Kind.TURNS, Kind.ALTERNATE):
            return self._in_turns(one, doses)
        total = from_grid(sum(to_grid(dose) for dose in doses))
        if all(when is not None for when in one.whens):
            return (total,)
        listed = ", then ".join(format_mg(dose) for dose in doses)
        answer = self.asking.ask(
            f"plus@{one.start}", "Are these amounts taken on the same day?", " + ".join(t.text.strip() for t in one.mains),
            one.start, (Choice("sum", f"Yes: {format_mg(total)} a day in all"), Choice("then", f"No: {listed}")),
        )  # fmt: skip
        return {"sum": (total,), "then": tuple(doses), None: None}[answer]

    def _in_turns(self, one: Draft, doses: Sequence[Decimal]) -> Doses | None:
        """Two doses that alternate from day to day: their average, where that is confirmed."""
        listed = ", then ".join(format_mg(dose) for dose in doses)
        average = self.amounts.exact(
            one.mains[0], sum((Fraction(dose) for dose in doses), Fraction(0)) / len(doses)
        )
        if not average:
            return average
        answer = self.asking.ask(
            f"turns@{one.start}", "Are these doses taken on alternate days?", " and ".join(t.text.strip() for t in one.mains), one.start,
            (Choice("average", f"Yes, one day the one and the next day the other: {format_mg(average[0])} a day on average"),
             Choice("then", f"No: {listed}")),
        )  # fmt: skip
        return {"average": average, "then": tuple(doses), None: None}[answer]


def ask_for_the_day(asking: Asking, token: Token) -> None:
    """What cannot be worked out is to be written as the dose of the day."""
    text = f"“{token.text.strip()}” cannot be added to another amount. Write the day’s dose."
    asking.ask(f"amount@{token.start}", text, token.text, token.start, ())
