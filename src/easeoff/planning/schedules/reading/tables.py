"""Tables of commas, semicolons, tabs or upright lines: a first row that names the columns, and one row a dose.

Days, weeks or dates stand in one column; the dose in another, or its parts under the times of day at which they are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from easeoff.planning.schedules.reading.tokens import NUM, Kind, Token, cut
from easeoff.quantities import EaseoffError, parse_number

_DELIMITERS = (";", "\t", "|", ",")
_DOSES = {
    "dose": "",
    "dose_mg": "mg",
    "dose mg": "mg",
    "dose (mg)": "mg",
    "mg": "mg",
    "mg a day": "mg",
    "mg/day": "mg",
    "daily dose": "",
    "total": "",
    "total dose": "",
    "total daily dose": "",
    "daily total": "",
    "dose_mcg": "mcg",
}
_LENGTHS = {"days": "days", "weeks": "weeks", "length": "", "duration": "", "days_at_step": "days"}
#: Columns whose cells count the weeks or days of the schedule; "weeks" does where a cell names two of them.
_SPANS = frozenset({"week", "day", "month"})
_RANGE = re.compile(r"\s*[0-9]{1,3}\s*(?:-|–|to)\s*[0-9]{1,3}\s*", re.IGNORECASE)
_WHENS = frozenset(
    {
        "morning",
        "am",
        "mane",
        "noon",
        "midday",
        "lunchtime",
        "afternoon",
        "evening",
        "pm",
        "night",
        "nocte",
        "bedtime",
    }
)
_UNIT_IN_NAME = re.compile(r"\s*\(?\s*(mg|mcg)\s*\)?$")
_DATES = {"date": "", "start": "", "from": "", "start date": ""}
#: Columns that only number the rows.
_NUMBERING = frozenset({"step", "step_no", "no", "nr", "number", "#", "stage"})
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
        doses, whens = sum(name in _DOSES for name in names), sum(_when(name) != "" for name in names)
        has_dose = doses == 1 or (doses == 0 and whens > 0)
        if (
            len(names) > 1
            and has_dose
            and any(name in _SPANS or name in _LENGTHS or name in _DATES for name in names)
        ):
            return delimiter, names
    return None


def _when(name: str) -> str:
    """The time of day that heads a column, as ``night (mg)``; empty for another column."""
    word = _UNIT_IN_NAME.sub("", name)
    return word if word in _WHENS else ""


def cut_table(text: str) -> tuple[Token, ...]:
    """Every token of a table; together they are the text."""
    found = _columns(_first_line(text))
    assert found is not None, "only a table is cut as one"
    delimiter, names = found
    return tuple(_tokens(text, delimiter, _with_spans(text, delimiter, names)))


def _with_spans(text: str, delimiter: str, names: list[str]) -> list[str]:
    """The names, where a column of "weeks" with cells like 3-4 counts them like one of "week"."""
    rows = [line.split(delimiter) for line in text.split("\n")]
    return [
        name.removesuffix("s")
        if name.removesuffix("s") in _SPANS
        and any(_RANGE.fullmatch(row[at]) for row in rows if at < len(row))
        else name
        for at, name in enumerate(names)
    ]


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
    parts: list[str] = []
    for number, cell in enumerate(body.split(delimiter)):
        name = names[number] if number < len(names) else ""
        when = _when(name)
        taken = bool(when and cell.strip(" -–"))
        if number:
            yield Token(Kind.PLUS if taken and parts else Kind.FILLER, at, at + 1, delimiter)
            at += 1
        if parts and name in _DOSES:
            # The parts of the day stand there, and their sum is nothing new; another sum is asked about.
            kind = Kind.FILLER if _add_up(parts, cell) else Kind.UNKNOWN
            yield Token(kind, at, at + len(cell), cell)
        else:
            yield from _cell(cell, at, name)
        at += len(cell)
        if taken:
            yield Token(Kind.WHEN, at, at, when)
            parts.append(cell)


def _add_up(parts: list[str], total: str) -> bool:
    """Whether the ``total`` is the sum of its parts, or empty."""
    figures = [re.match(rf"\s*({NUM})", cell) for cell in (*parts, total)]
    numbers = [Decimal(figure[1]) for figure in figures if figure is not None]
    return not total.strip() or (len(numbers) == len(parts) + 1 and sum(numbers[:-1]) == numbers[-1])


def _cell(cell: str, at: int, name: str) -> Iterator[Token]:
    unit = _DOSES.get(name) or _LENGTHS.get(name) or (_UNIT_IN_NAME.findall(name) or [""])[0]
    if not cell:
        return
    if name in _SPANS and (_RANGE.fullmatch(cell) or cell.strip().isdecimal()):
        yield Token(Kind.SPAN, at, at + len(cell), f"{name} {cell.strip()}")
        return
    if cell.strip() == "0" and (name in _DOSES or _when(name)):
        yield Token(Kind.DOSE, at, at + len(cell), "0 mg")
        return
    if name in _NUMBERING and cell.strip().isdecimal():
        yield Token(Kind.FILLER, at, at + len(cell), cell)
        return
    if name in _LENGTHS and cell.strip() == "0":
        yield Token(Kind.NOW, at, at + len(cell), cell)
        return
    if unit and _BARE.fullmatch(cell) and _readable(cell):
        kind = Kind.LENGTH if name in _LENGTHS else Kind.DOSE
        # The unit stands in the heading of the column.
        yield Token(kind, at, at + len(cell), f"{cell.strip()} {unit}")
        return
    if unit and name not in _LENGTHS and _COMMA.fullmatch(cell):
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
