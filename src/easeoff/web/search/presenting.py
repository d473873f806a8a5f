"""Medicines, articles, services and resources as one line each, and how a search was read, in sentences."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from easeoff.directory import Found, Hit, Place
from easeoff.library import Article, Resource
from easeoff.medicines import Part, UnknownMedicine
from easeoff.web.directory import presenting as services
from easeoff.web.library.presenting import shown_resource
from easeoff.web.medicines.finding import Link
from easeoff.web.search.found import Line
from easeoff.web.search.understanding import Understood


def medicine(link: Link) -> Line:
    """A medicine and its class."""
    return Line(
        f"{link.name[:1].upper()}{link.name[1:]}",
        reverse("medicine", args=[link.slug]),
        (_sentence(link.class_words),),
    )


def article(found: Article) -> Line:
    """One of our own articles."""
    return Line(found.title, reverse("article", args=[found.slug]), (found.summary,))


def service(hit: Hit, day: date) -> Line:
    """A service, how near it is, and how old what we know of it is. Its number stands on its own page only."""
    shown = services.shown(hit, day)
    known = shown.state if shown.is_tombstone else f"{shown.freshness} {shown.state}"
    where = " ".join(_sentence(part) for part in (shown.kind, shown.where, shown.near) if part)
    return Line(shown.name, reverse("service", args=[shown.slug]), (where, known.strip()))


def resource(found: Resource) -> Line:
    """A work of others: what it is good for, and how it stands now."""
    shown = shown_resource(found)
    about = (
        _sentence(shown.byline),
        f"Good for: {found.good_for}",
        f"{shown.standing}. {shown.standing_words}",
    )
    return Line(found.title, found.url, about, is_outside=True)


def names_read(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """What each brand or salt was read as, and which substances we have nothing of."""
    notes = []
    for part in parts:
        if part.recordless:
            problem = UnknownMedicine(part.typed, recordless=True)
            notes.append(f"{problem.message} {problem.hint}")
        elif part.name and part.name != part.typed:
            notes.append(f"“{part.typed}” is {part.name}.")
    return tuple(dict.fromkeys(notes))


def not_a_name(typed: str) -> str:
    """The sentence above look-alikes."""
    return f"We have no medicine called “{typed}”. These look like it."


def reading_notes(understood: Understood, reading: str) -> tuple[str, ...]:
    """Said where texts do not name the medicine, but its class."""
    if reading != understood.by_class or not reading:
        return ()
    return ("Nothing here has the name itself. This is about its kind of medicine.",)


def services_notes(found: Found, place: Place | None) -> tuple[str, ...]:
    """Where it was looked, and what words were read as."""
    notes = [f"Near {place.label}, or open to people there."] if place else []
    if place and place.also:
        notes.append(f"There are other places of this name: {', '.join(place.also)}.")
    notes += [f"We read “{typed}” as “{read}”." for typed, read in found.read_as]
    return tuple(notes) if found.total else ()


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."
