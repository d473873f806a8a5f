"""Tables of commas, semicolons, tabs or upright lines: a first row that names the columns, and one row a dose.

Days, weeks or dates stand in one column; the dose in another, or its parts under the times of day at which they are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from easeoff.medicines import known_medicine
from easeoff.planning.schedules.reading.drafts import MAINS
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
_AND = re.compile(r"\s*(?:&|\band\b)\s*", re.IGNORECASE)
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
#: Columns that only number the rows, or say in words which stage it is.
_NUMBERING = frozenset({"", "step", "step_no", "no", "nr", "number", "#", "stage", "phase"})
_DOSE_WORDS = re.compile(r"\s*\b(?:daily|total|dose|amount|per day|a day)\b|\s*\(?/day\)?")
#: What in a cell tells how long, when or how often: a column with one of them is read, whatever its heading.
_TELLING = frozenset(
    {
        Kind.LENGTH,
        Kind.LENGTH_RANGE,
        Kind.SPAN,
        Kind.DATE,
        Kind.UNTIL,
        Kind.FREQUENCY,
        Kind.ALTERNATE,
        Kind.WHEN,
    }
)
_PASSED_OVER = frozenset({Kind.FILLER, Kind.SEPARATOR, Kind.NOW})
_COMMA = re.compile(r"\s*[0-9]+(?:,[0-9]+)+\s*")
_BARE = re.compile(rf"\s*{NUM}\s*")
#: A heading stands among the first lines, below a title.
_HEADING_WITHIN = 4
_MARKED = " -–"


@dataclass(frozen=True)
class Table:
    """A table in a text: where its heading begins and ends, what parts its cells, and the names of its columns.

    ``others`` are the columns that are neither doses nor lengths nor times: they are asked about, once.
    """

    begins: int
    ends: int
    delimiter: str
    names: tuple[str, ...]
    others: tuple[int, ...]

    @property
    def other_names(self) -> tuple[str, ...]:
        """The headings of the columns that nobody understood."""
        return tuple(self.names[at] for at in self.others if self.names[at])


def table_in(text: str) -> Table | None:
    """The table that begins in the first lines of ``text``, if one does."""
    at = seen = 0
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        body = line.rstrip("\r\n")
        found = _columns(body, text[at + len(line) :]) if body.strip() else None
        if found is not None:
            return _table(at, at + len(body), *found, text[at + len(line) :])
        at += len(line)
        seen += bool(body.strip())
        if seen == _HEADING_WITHIN:
            return None
    return None


def _columns(header: str, below: str) -> tuple[str, list[str]] | None:
    for delimiter in _DELIMITERS:
        names = [name.strip().strip('"').strip().lower() for name in header.split(delimiter)]
        if len(names) < 2:
            continue
        rows = [line.split(delimiter) for line in re.split(r"\r?\n", below) if line.strip()]
        if rows and len(rows[0]) == max(len(row) for row in rows) == len(names) + 1:
            names = ["", *names]
        doses, whens = sum(_is_dose(name) for name in names), sum(_when(name) != "" for name in names)
        has_dose = doses == 1 or (doses == 0 and whens > 0) or any(_medicine(name) for name in names)
        labelled = names[0] in _NUMBERING and (whens != 1 or doses == 1)
        if has_dose and (labelled or any(n in _SPANS or n in _LENGTHS or n in _DATES for n in names)):
            return delimiter, names
    return None


def _is_dose(name: str) -> bool:
    """Whether a column of this name holds the dose of a day."""
    plain = _UNIT_IN_NAME.sub("", name)
    return name in _DOSES or (name != "" and plain != "" and _DOSE_WORDS.sub("", plain).strip() == "")


def _medicine(name: str) -> str:
    """The medicine that heads a column, as ``lorazepam (mg)``; empty where none does."""
    plain = _DOSE_WORDS.sub("", _UNIT_IN_NAME.sub("", name)).strip()
    return plain if plain and known_medicine(plain) is not None else ""


def _when(name: str) -> str:
    """The time of day that heads a column, as ``night (mg)``; empty for another column."""
    word = _UNIT_IN_NAME.sub("", name)
    return word if word in _WHENS else ""


def _table(begins: int, ends: int, delimiter: str, names: list[str], below: str) -> Table:
    rows = [line.split(delimiter) for line in re.split(r"\r?\n", below) if line.strip()]
    columns = [[row[at] for row in rows if at < len(row)] for at in range(len(names))]
    named = tuple(_with_spans(name, cells) for name, cells in zip(names, columns, strict=True))
    others = tuple(at for at, name in enumerate(named) if not _is_known(name) and _is_other(columns[at]))
    return Table(begins, ends, delimiter, named, others)


def _is_known(name: str) -> bool:
    return bool(
        _is_dose(name)
        or _when(name)
        or _medicine(name)
        or name in _SPANS
        or name in _LENGTHS
        or name in _DATES
    )


def _is_other(cells: list[str]) -> bool:
    """Whether a column has words, and nothing in it tells how long, when or how often."""
    worded = [cell for cell in cells if cell.strip(_MARKED) and not cell.strip().isdecimal()]
    kinds = {token.kind for cell in worded for token in cut(cell)}
    return not kinds & _TELLING and not kinds <= _PASSED_OVER


def _with_spans(name: str, cells: list[str]) -> str:
    """The name, where a column of "weeks" with cells like 3-4 counts them like one of "week"."""
    single = name.removesuffix("s")
    return single if single in _SPANS and any(_RANGE.fullmatch(cell) for cell in cells) else name


def cut_table(text: str, table: Table) -> tuple[Token, ...]:
    """Every token of a text with a table; together they are the text."""
    before = cut(text[: table.begins])
    heading = Token(Kind.FILLER, table.begins, table.ends, text[table.begins : table.ends])
    return (*before, heading, *_tokens(text, table))


def _tokens(text: str, table: Table) -> Iterator[Token]:
    at = table.ends
    for line in re.findall(r"[^\n]*\n|[^\n]+", text[at:]):
        body = line.rstrip("\r\n")
        yield from _row(body, at, table)
        if len(line) > len(body):
            yield Token(Kind.LINE, at + len(body), at + len(line), line[len(body) :])
        at += len(line)


def _row(body: str, at: int, table: Table) -> Iterator[Token]:
    parts: list[str] = []
    for number, cell in enumerate(body.split(table.delimiter)):
        name = table.names[number] if number < len(table.names) else ""
        when = _when(name)
        taken = bool(when and cell.strip(_MARKED))
        if number:
            kind = Kind.PLUS if taken and parts else Kind.FILLER
            yield Token(kind, at, at + 1, table.delimiter)
            at += 1
        if parts and _is_dose(name):
            # The parts of the day stand there, and their sum is nothing new; another sum is asked about.
            kind = Kind.FILLER if _add_up(parts, cell) else Kind.UNKNOWN
            yield Token(kind, at, at + len(cell), cell)
        elif number in table.others and cell.strip(_MARKED):
            yield Token(Kind.COLUMN, at, at + len(cell), cell)
        else:
            yield from _named_cell(cell, at, name, when if taken else "")
        at += len(cell)
        if taken:
            parts.append(cell)


def _named_cell(cell: str, at: int, name: str, when: str) -> Iterator[Token]:
    medicine = _medicine(name)
    if medicine and cell.strip(_MARKED):
        yield Token(Kind.MEDICINE, at, at, medicine)
    for token in _cell(cell, at, name):
        yield token
        if when and token.kind in MAINS:
            # Each amount of the cell is taken at the time of day of its column.
            yield Token(Kind.WHEN, token.end, token.end, when)


def _add_up(parts: list[str], total: str) -> bool:
    """Whether the ``total`` is the sum of its parts, or empty."""
    figures = [re.findall(rf"(?<![0-9.,])({NUM})(?![0-9.,])", cell) for cell in (*parts, total)]
    numbers = [Decimal(figure[0]) for figure in figures if len(figure) == 1]
    return not total.strip() or (len(numbers) == len(parts) + 1 and sum(numbers[:-1]) == numbers[-1])


def _cell(cell: str, at: int, name: str) -> Iterator[Token]:
    unit = _DOSES.get(name) or _LENGTHS.get(name) or (_UNIT_IN_NAME.findall(name) or [""])[0]
    spanned = _AND.sub("-", cell) if name in _SPANS and _neighbours(cell) else cell
    if not cell:
        return
    if name in _SPANS and (_RANGE.fullmatch(spanned) or cell.strip().isdecimal()):
        yield Token(Kind.SPAN, at, at + len(cell), f"{name} {spanned.strip()}")
        return
    if cell.strip() == "0" and (_is_dose(name) or _medicine(name) or _when(name)):
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


def _neighbours(cell: str) -> bool:
    """Whether a cell is like ``3 & 4``, one after the other."""
    numbers = re.findall(r"[0-9]+", cell) if _AND.search(cell) else []
    return len(numbers) == 2 and int(numbers[1]) == int(numbers[0]) + 1


def _readable(cell: str) -> bool:
    try:
        parse_number(cell)
    except EaseoffError:
        return False
    return True
