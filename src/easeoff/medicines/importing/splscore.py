"""Score lines in US labels (SPL XML): the characteristic SPLSCORE, into how many pieces a tablet is scored.

A hint and no more: wrong values and faint or one-sided lines are known, so nothing here reaches a plan. Each hint
is for a person to look at against the label.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from easeoff.medicines.importing.faults import refuse
from easeoff.medicines.importing.xmlrecords import parsed_chunks

_NDC = "2.16.840.1.113883.6.69"
#: Elements whose text or attributes are looked at; a product inside a kit counts for itself.
_PRODUCTS = frozenset({"manufacturedProduct", "manufacturedMedicine"})


@dataclass(frozen=True, slots=True)
class ScoreHint:
    """What one label says: ``pieces`` is 1 for no score line. ``application`` such as ``NDA019839``, if given."""

    file: str
    line: int
    ndc: str
    name: str
    application: str
    pieces: int


@dataclass(slots=True)
class _Label:
    file: str
    parser: expat.XMLParserType
    path: list[str] = field(default_factory=list)
    found: list[ScoreHint] = field(default_factory=list)
    ndc: str = ""
    name: str = ""
    application: str = ""
    pieces: int = 0
    line: int = 0
    scoring: bool = False
    root: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.path.append(tag)
        self.root = self.root or tag
        parent = self.path[-2] if len(self.path) > 1 else ""
        if tag in _PRODUCTS and parent not in _PRODUCTS:
            self.ndc, self.name, self.application, self.pieces = "", "", "", 0
        elif tag == "code" and parent in _PRODUCTS and attributes.get("codeSystem") == _NDC:
            self.ndc = attributes.get("code", "")
        elif tag == "id" and parent == "approval":
            self.application = attributes.get("extension", "")
        elif tag == "code" and parent == "characteristic":
            self.scoring = attributes.get("code") == "SPLSCORE"
        elif tag == "value" and parent == "characteristic" and self.scoring:
            value, self.line = attributes.get("value", ""), self.parser.CurrentLineNumber
            if not value.isdecimal() or not 1 <= int(value) <= 8:
                if not attributes.get("nullFlavor"):
                    raise refuse(
                        self.file, f"SPLSCORE “{value}” is not a number of pieces", self.line, self.ndc
                    )
                return
            self.pieces = int(value)

    def data(self, text: str) -> None:
        if len(self.path) > 1 and self.path[-1] == "name" and self.path[-2] in _PRODUCTS:
            self.name += text

    def end(self, tag: str) -> None:
        self.path.pop()
        if tag in _PRODUCTS and (not self.path or self.path[-1] not in _PRODUCTS) and self.pieces:
            name = " ".join(self.name.split())
            self.found.append(ScoreHint(self.file, self.line, self.ndc, name, self.application, self.pieces))
            self.pieces = 0

    def doctype(self, *_: object) -> None:
        raise refuse(self.file, "it has a DOCTYPE, which is never read", self.parser.CurrentLineNumber)


def spl_scores(path: Path) -> Iterator[ScoreHint]:
    """Every score line that one label states. Raises `ImportRefused` for a file that is not a whole SPL."""
    parser = expat.ParserCreate(namespace_separator="|")
    label = _Label(path.name, parser)
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: label.start(tag.rpartition("|")[2], attributes)
    parser.EndElementHandler = lambda tag: label.end(tag.rpartition("|")[2])
    parser.CharacterDataHandler = label.data
    parser.StartDoctypeDeclHandler = label.doctype
    for _ in parsed_chunks(parser, path):
        if label.root not in ("", "document"):
            raise refuse(path.name, f"it is no label: it begins with {label.root} instead of document", 1)
        yield from label.found
        label.found.clear()
