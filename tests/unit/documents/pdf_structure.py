"""A look into the structure tree of a PDF: what a screen reader is given. It covers the points of PDF/UA-1 that can be read
from the file without a validator: tags, language, title shown, headings without gaps, pictures with words, tables with heads,
bookmarks, embedded fonts, and every mark of every page either tagged or an artifact."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject


def faults_of(pdf: bytes) -> list[str]:
    """What is wrong with the file; empty where nothing is."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    return [
        *_of_the_catalogue(reader, root),
        *_of_headings([tag for tag, _ in elements(reader)]),
        *_of_elements(list(elements(reader))),
        *_of_pages(reader),
        *([] if reader.outline else ["no bookmarks"]),
    ]


def elements(reader: pypdf.PdfReader) -> Iterator[tuple[str, DictionaryObject]]:
    """Every structure element with its tag, in reading order."""
    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    yield from _below(tree)


def _below(element: Any) -> Iterator[tuple[str, DictionaryObject]]:
    children = element.get("/K", [])
    for child in children if isinstance(children, ArrayObject) else [children]:
        found = child.get_object()
        if isinstance(found, DictionaryObject) and "/S" in found:
            yield str(found["/S"]), found
            yield from _below(found)


def _of_the_catalogue(reader: pypdf.PdfReader, root: Any) -> Iterator[str]:
    if root.get("/Lang") != "en-GB":
        yield "no language"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked as tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the title is not shown"
    if not (reader.metadata and reader.metadata.title):
        yield "no title"
    if b"<pdfuaid:part>1</pdfuaid:part>" not in root["/Metadata"].get_data():
        yield "it does not call itself PDF/UA-1"


def _of_headings(tags: list[str]) -> Iterator[str]:
    levels = [int(tag[2:]) for tag in tags if tag[1:2] == "H" and tag[2:].isdigit()]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"the first heading is not the only one of level 1: {levels}"
    yield from (f"a heading jumps from {a} to {b}" for a, b in pairwise(levels) if b > a + 1)


def _of_elements(found: list[tuple[str, DictionaryObject]]) -> Iterator[str]:
    for tag, element in found:
        if tag == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "a picture without words"
        if tag == "/Table" and "/TH" not in [inner for inner, _ in _below(element)]:
            yield "a table without heads"
        if tag == "/TR" and not {inner for inner, _ in _below(element)} & {"/TD", "/TH"}:
            yield "an empty row"


def _of_pages(reader: pypdf.PdfReader) -> Iterator[str]:
    for number, page in enumerate(reader.pages, start=1):
        if page.get("/Tabs") != "/S" and "/Annots" in page:
            yield f"page {number}: links are not in the order of reading"
        if "/StructParents" not in page:
            yield f"page {number} has no place in the structure"
        for font in page["/Resources"].get("/Font", {}).values():
            yield from _of_font(font.get_object(), number)
        yield from _unmarked(page, reader, number)


def _of_font(font: Any, number: int) -> Iterator[str]:
    if "/ToUnicode" not in font:
        yield f"page {number}: a font whose letters cannot be read out"
    for inner in font.get("/DescendantFonts", []):
        descriptor = inner.get_object()["/FontDescriptor"].get_object()
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
            yield f"page {number}: a font that is not embedded"


def _unmarked(page: Any, reader: pypdf.PdfReader, number: int) -> Iterator[str]:
    """Text shown outside of any mark: neither tagged nor an artifact."""
    depth = 0
    for _, operator in ContentStream(page.get_contents(), reader).operations:
        depth += operator in (b"BDC", b"BMC")
        depth -= operator == b"EMC"
        if operator in (b"Tj", b"TJ", b"'", b'"') and depth == 0:
            yield f"page {number}: text that is neither tagged nor an artifact"
            return
