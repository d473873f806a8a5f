"""Streaming the flat records of an XML file, with the line of each. Never holds more than one record.

A DOCTYPE is refused before anything it declares can be used: dm+d and SPL have none, and entities are how a
small file blows up to gigabytes or reads other files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from easeoff.medicines.importing.faults import ImportRefused, refuse

#: How much is read at a time, in bytes.
_CHUNK = 1 << 16
#: No field of a real release is nearly as long, in characters.
_LONGEST_FIELD = 20_000

Fields = dict[str, str]
Found = tuple[str, Fields, int]


@dataclass(slots=True)
class _Collector:
    """Gathers the records that lie at the paths ``wanted`` (tags below the root, with ``/`` between)."""

    wanted: frozenset[str]
    file: str
    parser: expat.XMLParserType
    path: list[str] = field(default_factory=list)
    root: str = ""
    found: list[Found] = field(default_factory=list)
    depth: int = 0
    tag: str = ""
    line: int = 0
    fields: Fields = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    length: int = 0

    def start(self, name: str, _attributes: Fields) -> None:
        if not self.path:
            self.root = name
        self.path.append(name)
        if self.depth == 0 and len(self.path) > 1:
            tag = "/".join(self.path[1:])
            if tag in self.wanted:
                self.depth, self.tag, self.line = len(self.path), tag, self.parser.CurrentLineNumber
                self.fields = {}
        self.text, self.length = [], 0

    def end(self, name: str) -> None:
        if self.depth:
            if len(self.path) == self.depth:
                self.found.append((self.tag, self.fields, self.line))
                self.depth = 0
            elif len(self.path) == self.depth + 1:
                if name in self.fields:
                    raise refuse(self.file, f"the field {name} stands twice in one record", self.line)
                self.fields[name] = "".join(self.text).strip()
        self.path.pop()

    def data(self, text: str) -> None:
        if self.depth:
            self.text.append(text)
            self.length += len(text)
            if self.length > _LONGEST_FIELD:
                raise refuse(self.file, f"a field is longer than {_LONGEST_FIELD} characters", self.line)

    def doctype(self, *_: object) -> None:
        raise refuse(self.file, "it has a DOCTYPE, which is never read", self.parser.CurrentLineNumber)


def xml_records(
    path: Path, root: str, wanted: frozenset[str], advance: Callable[[int], None] | None = None
) -> Iterator[Found]:
    """Each record of the file: the path of its tag, its fields, and its line.

    ``root`` is the tag that the file must begin with. ``advance`` is told the bytes of each chunk read.
    Raises `ImportRefused` for a file that is malformed, cut off, of another kind, or has a DOCTYPE.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    collector = _Collector(wanted, path.name, parser)
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.data
    parser.StartDoctypeDeclHandler = collector.doctype
    parser.EntityDeclHandler = collector.doctype
    for read in parsed_chunks(parser, path):
        if collector.root and collector.root != root:
            raise _other_kind(path.name, root, collector.root)
        yield from collector.found
        collector.found.clear()
        if advance and read:
            advance(read)


def parsed_chunks(parser: expat.XMLParserType, path: Path) -> Iterator[int]:
    """Feed a file to ``parser`` chunk by chunk; after each the number of its bytes, 0 at the end.

    Raises `ImportRefused` for a file that is malformed or cut off.
    """
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                parser.Parse(chunk, not chunk)
            except expat.ExpatError as error:
                what = "it ends too early" if not chunk else "it is not well-formed XML"
                raise refuse(path.name, f"{what} ({expat.ErrorString(error.code)})", error.lineno) from error
            yield len(chunk)
            if not chunk:
                return


def _other_kind(file: str, wanted: str, found: str) -> ImportRefused:
    return refuse(file, f"it is a file of another kind: it begins with {found} instead of {wanted}", 1)
