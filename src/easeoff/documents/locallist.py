"""The printed local list: where to turn, on paper, with how old each entry is. One PDF/UA-1 file made by Typst."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Literal, get_args

from easeoff.directory import CrisisPanel, Found, Hit, country_name, in_words, note_shown
from easeoff.documents.jsontext import JsonValue, json_text
from easeoff.quantities import EaseoffError
from easeoff.safety.words import NOTICE

Paper = Literal["a4", "us-letter"]

TITLE = "Places to turn to"
AGES = (
    "Numbers change. “Checked on” means that a person asked the service itself. “Not checked, use with care” means that nobody has. "
    "A number that nobody has confirmed is not printed."
)
_NO_GLYPH = re.compile(r'the text `"(?P<text>.*)"` could not be displayed', re.DOTALL)


def local_list_pdf(
    found: Found, *, asked: Sequence[str], panel: CrisisPanel, today: date, paper: Paper = "a4"
) -> bytes:
    """The services found, as a PDF. ``asked`` is what was searched for, in words. The same input gives the same bytes.

    Raises `EaseoffError` where there is nothing to print, or where a text has a character that our letters do not hold.
    """
    if not found.hits:
        raise EaseoffError("There is nothing to print.", "Search for something else.")
    if paper not in get_args(Paper):
        raise EaseoffError(f"“{paper}” is not a paper size we print on.", "Choose a4 or us-letter.")
    return _typeset(json_text(local_list_data(found, asked=asked, panel=panel, today=today)), paper, today)


def local_list_data(
    found: Found, *, asked: Sequence[str], panel: CrisisPanel, today: date
) -> dict[str, JsonValue]:  # fmt: skip
    """Every text of the list, in the order of the page."""
    more = found.total - len(found.hits)
    return {
        "title": TITLE,
        "asked": "; ".join(asked),
        "made": f"Printed on {in_words(today)}. Ask for a new list after three months.",
        "ages": AGES,
        "emergency": panel.emergency,
        "crisis": [line.words for line in panel.lines],
        "addresses": [f"{one.service.name}: {one.shown}" for one in panel.addresses],
        "entries": [_entry(hit, today) for hit in found.hits],
        "more": f"{more} more entries are on the web page." if more > 0 else "",
        "notice": NOTICE,
    }


def _entry(hit: Hit, today: date) -> dict[str, JsonValue]:
    service, phone = hit.service, hit.phone
    numbers = [f"Ring {phone.phone}"] * bool(phone.phone) + [f"Text {phone.text_line}"] * bool(
        phone.text_line
    )
    country = country_name(service.country) if service.country else ""

    def plain(text: str) -> str:
        return note_shown(replace(service, note=text), today)

    return {
        "name": service.name,
        "where": ", ".join(filter(None, (plain(service.area), country))) or "Online",
        "offers": plain(service.offers),
        "numbers": numbers,
        "number_words": phone.words if not numbers else "",
        "freshness": " ".join(filter(None, (hit.freshness_words, hit.state))),
        "ways": list(filter(None, (service.url, service.email))),
        "hours": f"Open: {plain(service.hours)}" if service.hours else "",
        "cost": f"Cost: {plain(service.cost)}" if service.cost else "",
    }


def _typeset(data: str, paper: Paper, today: date) -> bytes:
    import typst  # Loaded only here: the pages have to start at once.

    template = files("easeoff.documents").joinpath("templates/locallist.typ").read_bytes()
    try:
        return typst.compile(
            template,
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"data": data, "paper": paper},
            ignore_system_fonts=True,
            timestamp=datetime.combine(today, datetime.min.time(), UTC),
        )
    except typst.TypstError as error:
        missing = _NO_GLYPH.search(str(error))
        if missing is None:
            raise
        raise EaseoffError(
            f"The list cannot print the character “{missing['text']}”: its typeface does not hold it.",
            "Leave that entry out, or search in Latin, Greek or Cyrillic letters.",
        ) from None
