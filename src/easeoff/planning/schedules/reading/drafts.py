"""From tokens to drafts: what belongs to one dose. A line, a semicolon, a comma or "then" parts one from the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from easeoff.planning.schedules.reading.tokens import Kind, Token

#: What can be a dose.
MAINS = frozenset(
    {
        Kind.DOSE, Kind.NUMBER, Kind.COMMA, Kind.RANGE, Kind.SIGNED, Kind.TIMES, Kind.VOLUME, Kind.PIECE, Kind.RULE,
        Kind.PACE, Kind.CHAIN, Kind.CUT, Kind.STOP,
    }
)  # fmt: skip
_DETAILS = frozenset(
    {
        Kind.LENGTH, Kind.LENGTH_RANGE, Kind.SPAN, Kind.DATE, Kind.UNTIL, Kind.NOW, Kind.WHEN, Kind.FREQUENCY,
        Kind.ALTERNATE, Kind.TURNS, Kind.SELDOM, Kind.AVERAGE, Kind.FROM,
    }
)  # fmt: skip
#: Amounts that mean nothing by themselves.
RELATIVE = frozenset({Kind.RULE, Kind.PACE, Kind.CUT, Kind.SIGNED})
#: What says how long.
LENGTHS = frozenset({Kind.LENGTH, Kind.LENGTH_RANGE, Kind.SPAN})
#: What nobody understands beside an amount.
_UNKNOWN = frozenset({Kind.UNKNOWN, Kind.EVERY})
_HOLDING = re.compile(r"(?:hold|held|stay|keep|kept|remain)", re.IGNORECASE)
#: What joins two amounts of one dose.
_ADDING = frozenset({Kind.PLUS, Kind.TURNS})
#: What may stand beside a dose in mg and say the same in other words.
_BESIDE = frozenset({Kind.VOLUME, Kind.PIECE, Kind.TIMES})


@dataclass(eq=False)
class Draft:
    """One dose in the making. ``tokens`` are the numbers of all its tokens; ``mains`` the amounts, several where they are added.

    ``beside`` says the same amount in other words; ``until`` are dates at which it ends; ``strays`` are numbers without a unit.
    """

    line: int
    segment: int
    mains: list[Token] = field(default_factory=list)
    whens: list[Token | None] = field(default_factory=list)
    details: list[Token] = field(default_factory=list)
    until: list[Token] = field(default_factory=list)
    beside: list[Token] = field(default_factory=list)
    strays: list[Token] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where its amount stands in the text."""
        return self.mains[0].start

    def of(self, *kinds: Kind) -> list[Token]:
        """Its details of these kinds."""
        return [token for token in self.details if token.kind in kinds]


@dataclass
class Drafted:
    """All drafts, and for each token the draft it belongs to; ``unknown`` are the numbers of tokens nobody understood."""

    drafts: list[Draft]
    unknown: list[int]
    segments: list[int]


@dataclass
class _Line:
    """What is carried from one segment to the next."""

    pending: list[tuple[int, Token]] = field(default_factory=list)
    last: Draft | None = None


def draft(tokens: Sequence[Token], left_out: frozenset[int]) -> Drafted:
    """The drafts of ``tokens``, without those whose numbers are in ``left_out``."""
    found = Drafted([], [], [0] * len(tokens))
    carried = _Line()
    for number, (line, members) in enumerate(_segments(tokens)):
        for index in members:
            found.segments[index] = number
        kept = [(i, tokens[i]) for i in members if i not in left_out]
        unknown = _UNKNOWN if any(token.kind in MAINS for _, token in kept) else frozenset({Kind.UNKNOWN})
        found.unknown += [i for i, token in kept if token.kind in unknown]
        if carried.last is not None and carried.last.line != line:
            carried.last = None
        _segment(found, carried, line, number, kept)
    found.unknown += [i for i, _ in carried.pending]
    return found


def _segments(tokens: Sequence[Token]) -> Iterator[tuple[int, list[int]]]:
    line, members = 0, list[int]()
    for index, token in enumerate(tokens):
        members.append(index)
        if token.kind in (Kind.SEPARATOR, Kind.LINE):
            yield line, members
            members = []
            line += token.kind is Kind.LINE
    yield line, members


def _segment(found: Drafted, carried: _Line, line: int, number: int, kept: list[tuple[int, Token]]) -> None:
    relevant = [token for _, token in kept if token.kind in MAINS | _DETAILS]
    has_amount = any(t.kind in MAINS and t.kind is not Kind.NUMBER for t in relevant)
    if not any(t.kind in MAINS for t in relevant):
        _without_amount(found, carried, kept)
        return
    lead = relevant[0].kind
    current: Draft | None = None
    added = until = False
    for index, token in kept:
        if token.kind in _ADDING:
            added = current is not None
            if token.kind is Kind.TURNS and current is not None:
                current.details.append(token)
            if current is not None:
                current.tokens.append(index)
        elif token.kind is Kind.UNTIL:
            until = True
            if current is None:
                carried.pending.append((index, token))
            else:
                current.tokens.append(index)
        elif token.kind in MAINS and not (token.kind is Kind.NUMBER and (has_amount or current is not None)):
            if current is not None and added:
                current.mains.append(token)
                current.whens.append(None)
                current.tokens.append(index)
            elif current is not None and _says_the_same(current, token):
                current.beside.append(token)
                current.tokens.append(index)
            else:
                current = _begin(found, carried, line, number, index, token)
            added = False
        elif token.kind is Kind.NUMBER:
            _to_draft(carried, current, index, token, "strays")
        elif token.kind in _DETAILS:
            following = (lead is Kind.DATE and token.kind is Kind.DATE and not until) or (
                lead in LENGTHS and token.kind in LENGTHS
            )
            if current is None or following:
                carried.pending.append((index, token))
            else:
                _detail(current, index, token, until=until)
            until = until and token.kind is not Kind.DATE
    assert current is not None
    for index, token in carried.pending:
        _detail(current, index, token, until=False)
    carried.pending = []
    carried.last = current


def _begin(found: Drafted, carried: _Line, line: int, number: int, index: int, token: Token) -> Draft:
    begun = Draft(line, number, [token], [None], tokens=[index])
    until = False
    for at, detail in carried.pending:
        if detail.kind is Kind.UNTIL:
            until = True
            begun.tokens.append(at)
        elif detail.kind is Kind.NUMBER:
            begun.strays.append(detail)
            begun.tokens.append(at)
        else:
            _detail(begun, at, detail, until=until)
    carried.pending = []
    found.drafts.append(begun)
    return begun


def _says_the_same(current: Draft, token: Token) -> bool:
    """``20 mg (2 mL)``: an amount in other words directly beside one in mg."""
    first = current.mains[-1].kind
    together = (first is Kind.DOSE and token.kind in _BESIDE) or (
        first in _BESIDE and token.kind is Kind.DOSE
    )
    together = together and not current.mains[-1].text.endswith(".")
    return together and len(current.mains) == 1 and not current.details and not current.beside


def _detail(current: Draft, index: int, token: Token, *, until: bool) -> None:
    current.tokens.append(index)
    if token.kind is Kind.NUMBER:
        current.strays.append(token)
    elif token.kind is Kind.DATE and until:
        current.until.append(token)
    elif token.kind is Kind.WHEN and current.whens[-1] is None:
        current.whens[-1] = token
    elif token.kind is not Kind.UNTIL:
        current.details.append(token)


def _to_draft(carried: _Line, current: Draft | None, index: int, token: Token, where: str) -> None:
    if current is None:
        carried.pending.append((index, token))
    else:
        current.tokens.append(index)
        getattr(current, where).append(token)


def _without_amount(found: Drafted, carried: _Line, kept: list[tuple[int, Token]]) -> None:
    """ "Hold for 2 weeks" is of the dose before it, whatever line. Else lengths belong to the dose before them in the line, dates to the one before where it has none, else to the next."""
    if found.drafts and not carried.pending and any(_HOLDING.match(token.text) for _, token in kept):
        for index, token in kept:
            if token.kind in LENGTHS:
                _detail(found.drafts[-1], index, token, until=False)
        kept = [(index, token) for index, token in kept if token.kind not in LENGTHS]
    until = False
    for index, token in kept:
        if token.kind is Kind.UNTIL:
            until = True
        if token.kind not in _DETAILS:
            continue
        last = carried.last
        taken = last is not None and (
            last.of(*LENGTHS) if token.kind in LENGTHS else last.of(Kind.DATE) and not until
        )
        if last is not None and not taken and not carried.pending:
            _detail(last, index, token, until=until)
        else:
            carried.pending.append((index, token))
        until = until and token.kind is not Kind.DATE
