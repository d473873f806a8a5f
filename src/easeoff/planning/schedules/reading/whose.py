"""Whose amounts these are, where a text names several medicines: each line by itself, a heading for the lines below it.

"Week 1: lorazepam 2 mg + diazepam 10 mg" and "2 mg lorazepam and 10 mg diazepam" are read alike; what stands before the first amount
or name of a line, such as its week, is common to both. Where names and amounts cannot be told apart it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from easeoff.planning.schedules.reading.doubts import Asking, Choice
from easeoff.planning.schedules.reading.drafts import LENGTHS, MAINS
from easeoff.planning.schedules.reading.tokens import Kind, Token

_BETWEEN = frozenset({Kind.FILLER})
_PARTS = frozenset({Kind.SEPARATOR, Kind.PLUS})


@dataclass
class Whose:
    """Tells the tokens of ``chosen`` from those of others. ``named`` gives the INN for the number of each token that is a name."""

    tokens: Sequence[Token]
    named: Mapping[int, str]
    chosen: str
    asking: Asking
    #: The kind of the last amount of the chosen medicine, and whether the lines stand below a name alone.
    _last: Kind | None = None
    _headed: bool = False

    def left_out(self) -> Iterator[int]:
        """The numbers of tokens that are of another medicine."""
        heading: str | None = self.chosen
        for line in self._lines():
            owners, heading = self._owners(line, heading)
            others = [index for index in line if owners.get(index, self.chosen) != self.chosen]
            self._keep_last(line, set(others))
            amounts = [index for index in line if self.tokens[index].kind in MAINS]
            if amounts and set(amounts) <= set(others):
                # Nothing of the line is of the chosen one: its week or date is not either.
                others = line
            yield from others
            if self.tokens[line[-1]].kind is Kind.LINE and len(line) > 1 and others[-1:] == [line[-2]]:
                yield line[-1]

    def _lines(self) -> Iterator[list[int]]:
        line: list[int] = []
        for index, token in enumerate(self.tokens):
            line.append(index)
            if token.kind is Kind.LINE:
                yield line
                line = []
        if line:
            yield line

    def _owners(self, line: list[int], heading: str | None) -> tuple[dict[int, str], str | None]:
        """Whose each token of a line is (those without an owner are common), and whose the lines below it are."""
        names = [index for index in line if index in self.named]
        amounts = self._amounts(line)
        if not names:
            if amounts and (
                heading is None or (heading != self.chosen and not self._headed and self._under_way())
            ):
                heading = self._asked(amounts[0])
                self._headed = True
            return (dict.fromkeys(line, heading) if heading else {}), heading
        self._headed = not amounts
        found = list(dict.fromkeys(self.named[index] for index in names))
        alone = found[0] if len(found) == 1 else None
        stopped = self._stopped(line)
        free = [index for index in names if index not in stopped]
        body = self._body(line, [*free, *amounts], stopped)
        if not body:
            return stopped, alone
        if self._mixed(amounts, set(free)):
            self._unclear(body[0])
            return {}, alone
        if body[0] in free:
            return self._names_first(body, free) | stopped, alone
        if max([*free, *amounts]) in free:
            return self._names_after(body, free) | stopped, alone
        if alone is not None and heading in (None, alone):
            return dict.fromkeys(body, alone) | stopped, alone
        self._unclear(body[0])
        return {}, alone

    def _body(self, line: list[int], anchors: list[int], stopped: Mapping[int, str]) -> list[int]:
        """The line from its first amount or name, without what is stopped by name and without its end."""
        begins = min(anchors, default=None)
        if begins is None:
            return []
        ends = self.tokens[line[-1]].kind is Kind.LINE
        body = line[:-1] if ends else line
        return [index for index in body if index >= begins and index not in stopped]

    def _stopped(self, line: list[int]) -> dict[int, str]:
        """ "Stop lorazepam": the word and the name after it."""
        owners: dict[int, str] = {}
        for stop in [index for index in line if self._stops_next(index)]:
            name = self._after(stop)
            owners.update(dict.fromkeys(range(stop, name + 1), self.named[name]))
        return owners

    def _after(self, index: int) -> int:
        """The next token that is more than a small word."""
        after = index + 1
        while after < len(self.tokens) and self.tokens[after].kind in _BETWEEN:
            after += 1
        return after

    def _amounts(self, line: list[int]) -> list[int]:
        """The amounts of a line; a bare number only where nothing else is one, and no stop whose name follows at once."""
        found = [index for index in line if self.tokens[index].kind in MAINS and not self._stops_next(index)]
        clear = [index for index in found if self.tokens[index].kind is not Kind.NUMBER]
        return clear or found

    def _stops_next(self, index: int) -> bool:
        """ "Stop lorazepam": the name comes after the word, and none stands directly before it."""
        if self.tokens[index].kind is not Kind.STOP:
            return False
        return self._after(index) in self.named and self._before(index) not in self.named

    def _before(self, index: int) -> int:
        """The token before that is more than a small word."""
        before = index - 1
        while before >= 0 and self.tokens[before].kind in _BETWEEN:
            before -= 1
        return before

    def _names_first(self, body: list[int], names: list[int]) -> dict[int, str]:
        owners: dict[int, str] = {}
        owner = self.named[names[0]]
        amounts, parted = 0, False
        for index in body:
            token = self.tokens[index]
            if index in self.named:
                owner, amounts = self.named[index], 0
            elif token.kind in _PARTS:
                parted = True
            elif token.kind in MAINS:
                if owner != self.chosen and amounts and parted and self._under_way():
                    owner = self._asked(index) or owner
                amounts, parted = amounts + 1, False
            if owner == self.chosen and token.kind in MAINS:
                self._last = token.kind
            owners[index] = owner
        return owners

    def _under_way(self) -> bool:
        """Whether the chosen medicine has had a dose, and has not stopped."""
        return self._last is not None and self._last is not Kind.STOP

    def _keep_last(self, line: list[int], others: set[int]) -> None:
        for index in line:
            if self.tokens[index].kind in MAINS and index not in others:
                self._last = self.tokens[index].kind

    def _mixed(self, amounts: list[int], names: set[int]) -> bool:
        """Whether some amounts stand directly after their names and others directly before."""
        before = after = False
        for index in amounts:
            behind, ahead = self._before(index) in names, self._after(index) in names
            before, after = before or (ahead and not behind), after or (behind and not ahead)
        return before and after

    def _names_after(self, body: list[int], names: list[int]) -> dict[int, str]:
        """What stands before a name is its own; what follows it, up to a comma or an "and", is too."""
        owners: dict[int, str] = {}
        ends, waiting = set(names), list[int]()
        last: str | None = None
        for index in body:
            if last is not None and self.tokens[index].kind in _PARTS:
                owners.update(dict.fromkeys(waiting, last))
                waiting, last = [], None
            waiting.append(index)
            if index in ends:
                owners.update(dict.fromkeys(waiting, self.named[index]))
                waiting, last = [], self.named[index]
        # One length at the end of the line is of all; where others stand, it is of the last name.
        if self._has_length(owners):
            owners.update(dict.fromkeys(waiting, self.named[names[-1]]))
        return owners

    def _has_length(self, owners: Mapping[int, str]) -> bool:
        return any(self.tokens[index].kind in LENGTHS for index in owners)

    def _asked(self, index: int) -> str | None:
        token = self.tokens[index]
        names = dict.fromkeys(self.named.values())
        return self.asking.ask(
            f"whose@{token.start}", f"“{token.text.strip()}” stands after another medicine was named. Which one is it of?",
            token.text, token.start, tuple(Choice(name, name) for name in names),
        )  # fmt: skip

    def _unclear(self, index: int) -> None:
        token = self.tokens[index]
        self.asking.ask(f"whose@{token.start}", "Here we cannot tell which amount is of which medicine. Write each name before its amount.",
                        token.text, token.start, ())  # fmt: skip
