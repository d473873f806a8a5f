"""Every character of a pasted text, and what it is to us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from easeoff.planning.schedules.reading.drafts import Draft
from easeoff.planning.schedules.reading.tokens import Kind, Token

#: What goes with the piece beside it.
_BY_THE_WAY = frozenset({Kind.FILLER, Kind.SEPARATOR, Kind.LINE, Kind.PLUS, Kind.EACH})


class PieceKind(StrEnum):
    """What a piece of the text is to us."""

    ENTRY = "entry"
    MEDICINE = "medicine"
    LEFT_OUT = "left out"
    NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters and what it is; all pieces in order are the text. ``entry`` counts the drafts from 0."""

    kind: PieceKind
    start: int
    end: int
    text: str
    entry: int | None


#: What a token is, and of which draft; ``None`` goes with the piece beside it.
_Owner = tuple[PieceKind, int | None] | None


def pieces_of(
    text: str,
    tokens: Sequence[Token],
    drafts: Sequence[Draft],
    owners: Mapping[int, PieceKind],
    *,
    each_is_length: bool,
) -> tuple[Piece, ...]:
    """The text in pieces. ``owners`` are the tokens that are no draft's; ``each_is_length`` where "every 4 weeks" was said to be one."""
    of_draft = {index: number for number, one in enumerate(drafts) for index in one.tokens}
    owned: list[_Owner] = []
    for index, token in enumerate(tokens):
        if index in owners:
            owned.append((owners[index], None))
        elif index in of_draft:
            owned.append((PieceKind.ENTRY, of_draft[index]))
        elif token.kind in _BY_THE_WAY or (token.kind is Kind.EVERY and each_is_length):
            owned.append(None)
        else:
            owned.append((PieceKind.NOT_UNDERSTOOD, None))
    return _run_together(text, tokens, owned)


def _first_in_line(tokens: Sequence[Token], owned: Sequence[_Owner], index: int) -> _Owner:
    while index < len(tokens) and owned[index] is None and tokens[index].kind is not Kind.LINE:
        index += 1
    return owned[index] if index < len(tokens) else None


def _run_together(text: str, tokens: Sequence[Token], owned: Sequence[_Owner]) -> tuple[Piece, ...]:
    """Spaces, signs and small words go with what stands before them, at the beginning of a line with what follows in it."""
    first = next((owner for owner in owned if owner is not None), (PieceKind.NOT_UNDERSTOOD, None))
    runs: list[tuple[PieceKind, int | None, int, int]] = []
    current = first
    for index, (token, owner) in enumerate(zip(tokens, owned, strict=True)):
        if token.start == token.end:
            continue  # what a column's heading adds to a cell is not in the text
        if owner is None and index and tokens[index - 1].kind is Kind.LINE:
            owner = _first_in_line(tokens, owned, index)
        current = owner or current
        if runs and runs[-1][:2] == current:
            runs[-1] = (*current, runs[-1][2], token.end)
        else:
            runs.append((*current, token.start, token.end))
    return tuple(Piece(kind, start, end, text[start:end], entry) for kind, entry, start, end in runs)
