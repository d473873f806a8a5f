"""From the texts of a document to one PDF/UA-1 file, made by Typst. Texts go in as JSON, never as markup.

The letters are those that Typst brings along, so that the same texts give the same bytes everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, cast, get_args

from easeoff.documents.jsontext import JsonValue, json_text
from easeoff.documents.requestfile import JsonObject
from easeoff.quantities import EaseoffError

Paper = Literal["a4", "us-letter"]

#: What stands where letters are missing; a box or nothing at all would hide that something was there.
IN_PLACE_OF_LETTERS = "[letters we cannot print]"
LACKING_NOTE = (
    "Some letters that were typed are in a script that this program has no letters for. They stand here as"
    f" “{IN_PLACE_OF_LETTERS}”. Please write them in by hand. No dose is affected."
)
#: Letters that are known to be there: checking them anew for every document would only cost time.
_SURELY_THERE = re.compile(
    r"[\n\x20-\x7e\u00a0-\u00ac\u00ae-\u017f\u0391-\u03a1\u03a3-\u03c9\u0410-\u044f–—‘’“”•…€×≤≥½¼¾☐]+"
)
_UNIT = re.compile(r"(?<=\d) (?=(?:mg/mL|mg|mL|%)(?![a-z]))")
_EQUATION = re.compile(r"mg = (?=\d)")
_NO_GLYPH = re.compile(r'the text `"(?P<text>.*)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
#: Countries whose paper is US Letter; everywhere else it is A4.
_LETTER_COUNTRIES = frozenset({"US", "CA"})


def paper_for(country: str) -> Paper:
    """The paper that is usual in ``country`` (a code such as ``GB``)."""
    return "us-letter" if country in _LETTER_COUNTRIES else "a4"


def paper_named(text: str) -> Paper:
    """The paper of this name. Raises `EaseoffError`."""
    if text not in get_args(Paper):
        raise EaseoffError(f"“{text[:40]}” is not a paper size we print on.", "Choose a4 or us-letter.")
    return cast(Paper, text)


def typeset(template: str, data: JsonObject, paper: Paper, made: date, *, large: bool = False) -> bytes:
    """``data`` laid out by ``templates/<template>.typ`` as a PDF of the day ``made``. The same input gives the same bytes.

    Letters that nothing can print are replaced by words that say so, and ``data["lacking"]`` tells it to the reader.
    Raises `EaseoffError` for a paper size that is not known, and for letters that only together cannot be printed.
    """
    printable = _without_lacking_letters(cast(JsonObject, _mapped(data, _kept_together)))
    inputs = {"data": json_text(printable), "paper": paper_named(paper), "large": "yes" if large else "no"}
    return _compiled(_markup(template), inputs, datetime.combine(made, datetime.min.time(), UTC))


def _compiled(markup: bytes, inputs: dict[str, str], made: datetime | None = None) -> bytes:
    import typst  # Loaded only here: the command line has to start at once.

    try:
        return typst.compile(
            markup,
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs=inputs,
            ignore_system_fonts=True,
            timestamp=made,
        )
    except typst.TypstError as error:
        missing = _NO_GLYPH.search(str(error))
        if missing is None:
            raise
        raise _LettersError(missing["text"]) from None


class _LettersError(EaseoffError):
    """A text has letters, in this order and this style, that nothing can print."""

    def __init__(self, shown: str) -> None:
        self.letters = frozenset(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), shown))
        super().__init__(
            f"“{shown[:40]}” cannot be printed: no typeface here has these letters.",
            "Write that text in Latin, Greek or Cyrillic letters.",
        )


@cache
def _markup(template: str) -> bytes:
    """What all documents share, then the template itself."""
    folder = files("easeoff.documents").joinpath("templates")
    return b"\n".join(folder.joinpath(f"{name}.typ").read_bytes() for name in ("common", template))


def _without_lacking_letters(data: JsonObject) -> JsonObject:
    rest = frozenset("".join(_SURELY_THERE.sub("", text) for text in _texts(data)))
    lacking = _lacking(rest) if rest else frozenset[str]()
    if not lacking:
        return {**data, "lacking": ""}
    one = "[" + "".join(re.escape(letter) for letter in sorted(lacking)) + "]+"
    run = re.compile(rf"{one}(?:\s+{one})*")
    replaced = _mapped(data, lambda text: run.sub(IN_PLACE_OF_LETTERS, text))
    return {**cast(JsonObject, replaced), "lacking": LACKING_NOTE}


def _texts(value: JsonValue) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _texts(item)]
    return []


def _mapped(value: JsonValue, change: Callable[[str], str]) -> JsonValue:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _mapped(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(item, change) for item in value]
    return value


def _kept_together(text: str) -> str:
    """``text`` with no line end between a number and its unit, nor inside "5 mg = 0.5 mL". Drawings stay as they are."""
    if text.startswith("<svg"):
        return text
    return _EQUATION.sub("mg\u00a0=\u00a0", _UNIT.sub("\u00a0", text))


@lru_cache(maxsize=256)
def _lacking(letters: frozenset[str]) -> frozenset[str]:
    """Those of ``letters`` that cannot be printed, found by printing them."""
    lacking = {letter for letter in letters if unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn")}
    remaining = letters - lacking
    while remaining:
        found = _first_lacking("".join(sorted(remaining)))
        if not found:
            break
        lacking |= found
        remaining -= found
    return frozenset(lacking)


def _first_lacking(letters: str) -> frozenset[str]:
    try:
        _compiled(_markup("letters"), {"letters": letters})
    except _LettersError as missing:
        return missing.letters & frozenset(letters) or frozenset(letters)
    return frozenset()
