"""Streaming the rows of delimited text files, with the line of each. Strict: a row of another length is refused."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from easeoff.medicines.importing.faults import refuse

_CHUNK = 1 << 20


def encoding_of(path: Path) -> str:
    """UTF-8 where the whole file is, else Windows-1252, which the French files are in."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def plain_rows(
    path: Path, delimiter: str, width: int, advance: Callable[[int], None] | None = None, encoding: str = ""
) -> Iterator[tuple[int, list[str]]]:
    """Rows without any quoting: one a line, ``width`` fields each. Raises `ImportRefused`."""
    encoding = encoding or encoding_of(path)
    whole = True
    with path.open("rb") as file:
        for line, raw in enumerate(file, 1):
            if advance:
                advance(len(raw))
            whole = raw.endswith(b"\n")
            try:
                text = raw.decode(encoding).rstrip("\r\n")
            except UnicodeDecodeError as error:
                raise refuse(path.name, f"it is not text in {encoding}", line) from error
            if not text.strip():
                continue
            cells = text.split(delimiter)
            if len(cells) != width:
                raise _width(path, line, len(cells), width, cut=not whole)
            yield line, cells
    if not whole:
        raise refuse(path.name, "its last line has no end: the file may be cut off", line)


def quoted_rows(
    path: Path, width: int, advance: Callable[[int], None] | None = None
) -> Iterator[tuple[int, list[str]]]:  # fmt: skip
    """Comma-separated rows with quotes, in which a field may hold line ends. Raises `ImportRefused`."""
    with path.open("rb") as file:
        file.seek(0, 2)
        if file.tell():
            file.seek(-1, 2)
            if file.read(1) != b"\n":
                raise refuse(path.name, "its last line has no end: the file may be cut off")
    with path.open(encoding=encoding_of(path), newline="") as text:
        reader = csv.reader(_counted(text, advance), strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise refuse(path.name, f"it is not comma-separated text ({error})", line) from error
            if cells is None:
                return
            if not cells:
                continue
            if len(cells) != width:
                raise _width(path, line, len(cells), width, cut=False)
            yield line, cells


def _counted(lines: Iterator[str], advance: Callable[[int], None] | None) -> Iterator[str]:
    for line in lines:
        if advance:
            advance(len(line.encode()))
        yield line


def _width(path: Path, line: int, found: int, wanted: int, *, cut: bool) -> Exception:
    what = "the file is cut off here" if cut else f"it has {found} fields where {wanted} belong"
    return refuse(path.name, what, line)
