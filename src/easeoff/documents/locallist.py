"""The printed local list: where to turn, on paper, with how old each entry is. One PDF/UA-1 file made by Typst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from easeoff.directory import CrisisPanel, Found, Hit, country_name, in_words, note_shown
from easeoff.documents.jsontext import JsonValue
from easeoff.documents.typesetting import Paper, typeset
from easeoff.quantities import EaseoffError
from easeoff.safety.words import NOTICE

TITLE = "Places to turn to"
AGES = (
    "Numbers change. “Checked on” means that a person asked the service itself. “Not checked, use with care” means that nobody has. "
    "A number that nobody has confirmed is not printed."
)


def local_list_pdf(
    found: Found, *, asked: Sequence[str], panel: CrisisPanel, today: date, paper: Paper = "a4"
) -> bytes:
    """The services found, as a PDF. ``asked`` is what was searched for, in words. The same input gives the same bytes.

    Raises `EaseoffError` where there is nothing to print.
    """
    if not found.hits:
        raise EaseoffError("There is nothing to print.", "Search for something else.")
    return typeset("locallist", local_list_data(found, asked=asked, panel=panel, today=today), paper, today)


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
