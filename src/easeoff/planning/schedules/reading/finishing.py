"""What is asked of the doses once they are read: whether one is meant, whether it may rise, whether that is all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from easeoff.medicines.model import Formulary
from easeoff.planning.forms import refuse_implausible_dose
from easeoff.planning.schedules.reading.doubts import SKIP, Asking, Choice
from easeoff.planning.schedules.reading.items import Item
from easeoff.quantities import EaseoffError, format_mg


@dataclass
class Finishing:
    """``leave_out`` is told of each dose that an answer leaves out; ``text`` is what was pasted."""

    asking: Asking
    formulary: Formulary | None
    leave_out: Callable[[Item], None]
    text: str

    def asked(self, items: list[Item]) -> list[Item]:
        """The doses that stay."""
        return self._enough(self._falling(self._plausible(items)))

    def _plausible(self, items: list[Item]) -> list[Item]:
        kept = []
        for item in items:
            try:
                if self.formulary is not None:
                    refuse_implausible_dose(self.formulary, item.dose)
            except EaseoffError as problem:
                if self._ask_dose(item, "large", f"{problem.message} Is it meant?") == SKIP:
                    continue
            kept.append(item)
        return kept

    def _falling(self, items: list[Item]) -> list[Item]:
        kept: list[Item] = []
        for item in items:
            if kept and item.dose > kept[-1].dose:
                text = f"The dose rises here, from {format_mg(kept[-1].dose)} to {format_mg(item.dose)}. Is that meant?"
                if self._ask_dose(item, "rise", text) == SKIP:
                    continue
            kept.append(item)
        return kept

    def _ask_dose(self, item: Item, key: str, text: str) -> str | None:
        start = item.draft.start if item.draft is not None else 0
        quoted = item.draft.mains[0].text if item.draft is not None else format_mg(item.dose)
        answer = self.asking.ask(f"{key}@{start}:{item.dose}", text, quoted, start,
                                 (Choice("keep", "Yes, as it is written"), Choice(SKIP, "No, leave it out")))  # fmt: skip
        if answer == SKIP:
            self.leave_out(item)
        return answer

    def _enough(self, items: list[Item]) -> list[Item]:
        """Two doses or more, the first above zero."""
        if items and items[0].dose == 0:
            self.asking.ask(
                "before", "It begins with nothing. Which dose was taken before?", "", 0, (), typed="mg"
            )
        elif not items:
            self.asking.ask("nothing", "No dose could be read. Write it again, such as: 40 mg 4 weeks, 20 mg 4 weeks, stop.",
                            self.text.strip()[:60], 0, ())  # fmt: skip
        elif len(items) == 1:
            answer = self.asking.ask(
                "next", f"Only one dose was read: {format_mg(items[0].dose)}. What comes after it?", "", 0,
                (Choice("0", "Nothing: it stops"),),
            )  # fmt: skip
            if answer is not None:
                return [*items, Item(None, items[0].dose * 0)]
        return items
