"""Tables of commas, semicolons or tabs: a first row that names dose and days, weeks or date, and one row a dose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from easeoff.planning.schedules.reading.tokens import NUM, Kind, Token, cut
from easeoff.quantities import EaseoffError, parse_number

_DELIMITERS = (";", "\t", ",")
_DOSES = {
    "dose": "",
    "dose_mg": "mg",
    "dose mg": "mg",
    "dose (mg)": "mg",
    "mg": "mg",
    "mg a day": "mg",
    "dose_mcg": "mcg",
}
_LENGTHS = {"days": "days", "weeks": "weeks", "length": "", "duration": "", "days_at_step": "days"}
_DATES = {"date": "", "start": "", "from": "", "start date": ""}
#: Columns that only number the rows.
_NUMBERING = frozenset({"step", "step_no", "no", "nr", "number", "#"})
_COMMA = re.compile(r"\s*[0-9]+(?:,[0-9]+)+\s*")
_BARE = re.compile(rf"\s*{NUM}\s*")


def is_table(text: str) -> bool:
    """Whether the first line names a column of doses and one of days or dates."""
    return _columns(_first_line(text)) is not None


def _first_line(text: str) -> str:
    return next((line for line in text.split("\n") if line.strip()), "")


def _columns(header: str) -> tuple[str, list[str]] | None:
    for delimiter in _DELIMITERS:
        names = [name.strip().strip('"').strip().lower() for name in header.split(delimiter)]
        has_dose = sum(name in _DOSES for name in names) == 1
        if len(names) > 1 and has_dose and any(name in _LENGTHS or name in _DATES for name in names):
            return delimiter, names
    return None


def cut_table(text: str) -> tuple[Token, ...]:
    """Every token of a table; together they are the text."""
    found = _columns(_first_line(text))
    assert found is not None, "only a table is cut as one"
    return tuple(_tokens(text, *found))


def _tokens(text: str, delimiter: str, names: list[str]) -> Iterator[Token]:
    at, header_seen = 0, False
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        body = line.rstrip("\r\n")
        if not header_seen:
            yield Token(Kind.FILLER, at, at + len(body), body)
            header_seen = bool(body.strip())
        else:
            yield from _row(body, at, delimiter, names)
        if len(line) > len(body):
            yield Token(Kind.LINE, at + len(body), at + len(line), line[len(body) :])
        at += len(line)


def _row(body: str, at: int, delimiter: str, names: list[str]) -> Iterator[Token]:
    for number, cell in enumerate(body.split(delimiter)):
        if number:
            yield Token(Kind.FILLER, at, at + 1, delimiter)
            at += 1
        yield from _cell(cell, at, names[number] if number < len(names) else "")
        at += len(cell)


def _cell(cell: str, at: int, name: str) -> Iterator[Token]:
    unit = _DOSES.get(name) or _LENGTHS.get(name) or ""
    if not cell:
        return
    if name in _NUMBERING and cell.strip().isdecimal():
        yield Token(Kind.FILLER, at, at + len(cell), cell)
        return
    if name in _LENGTHS and cell.strip() == "0":
        yield Token(Kind.NOW, at, at + len(cell), cell)
        return
    if unit and _BARE.fullmatch(cell) and _readable(cell):
        kind = Kind.DOSE if name in _DOSES else Kind.LENGTH
        # The unit stands in the heading of the column.
        yield Token(kind, at, at + len(cell), f"{cell.strip()} {unit}")
        return
    if unit and name in _DOSES and _COMMA.fullmatch(cell):
        yield Token(Kind.COMMA, at, at + len(cell), f"{cell.strip()} {unit}")
        return
    for token in cut(cell):
        kind = Kind.FILLER if token.kind in (Kind.SEPARATOR, Kind.LINE) else token.kind
        yield Token(kind, at + token.start, at + token.end, token.text)


def _readable(cell: str) -> bool:
    try:
        parse_number(cell)
    except EaseoffError:
        return False
    return True
