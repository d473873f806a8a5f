"""Looking in every room of the hub with that room's own search."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from easeoff.library import find_articles, find_resources, is_written, load_shelf
from easeoff.medicines import look_alikes
from easeoff.web.directory.selectors import Directory
from easeoff.web.medicines import finding
from easeoff.web.search import helping, presenting
from easeoff.web.search.found import Group, Kind
from easeoff.web.search.understanding import Understood, understand

#: How many of each kind are shown.
BEST = 4
_IN_FULL = 500
T = TypeVar("T")


def groups(text: str, held: Directory, day: date, only: Kind | None = None) -> tuple[Group, ...]:
    """What ``text`` finds, kind by kind; a kind that has nothing is left out. ``only`` one kind, in full, where it is given."""
    understood = understand(text)
    most = _IN_FULL if only else BEST
    found = (
        _medicines(understood, most),
        _articles(understood, most),
        helping.services(understood, held, day, most),
        _resources(understood, most),
    )
    return tuple(group for group in found if (group.lines or group.notes) and only in (None, group.kind))


def _medicines(understood: Understood, most: int) -> Group:
    """Those that are named, else those of the class that is named, else those that a word looks like."""
    named = tuple(map(finding.link, understood.names))
    notes = presenting.names_read(understood.parts)
    links = named or finding.of_class(understood.text)
    if not links and not notes:
        links, notes = _look_alikes(understood)
    lines = tuple(map(presenting.medicine, links[:most]))
    return Group(Kind.MEDICINES, lines, len(links), notes)


def _look_alikes(understood: Understood) -> tuple[tuple[finding.Link, ...], tuple[str, ...]]:
    """A look-alike is never taken for the name: it is offered, and said to be one. A word of our texts is no slip."""
    near = {part.typed: look_alikes(part.typed) for part in understood.parts if not is_written(part.typed)}
    notes = tuple(presenting.not_a_name(typed) for typed, names in near.items() if names)
    names = dict.fromkeys(name for found in near.values() for name in found)
    return tuple(map(finding.link, names)), notes


def _articles(understood: Understood, most: int) -> Group:
    found, reading, has_all = _in_texts(understood, lambda words, partly: find_articles(words, partly=partly))
    notes = presenting.reading_notes(understood, reading)
    return Group(Kind.ARTICLES, tuple(map(presenting.article, found[:most])), len(found), notes, has_all)


def _resources(understood: Understood, most: int) -> Group:
    found, reading, has_all = _in_texts(
        understood, lambda words, partly: find_resources(load_shelf(), words=words, partly=partly)
    )
    notes = presenting.reading_notes(understood, reading)
    return Group(Kind.RESOURCES, tuple(map(presenting.resource, found[:most])), len(found), notes, has_all)


def _in_texts(
    understood: Understood, find: Callable[[str, bool], tuple[T, ...]]
) -> tuple[tuple[T, ...], str, bool]:
    """What the first reading finds that finds anything, that reading, and whether no word of it is lacking."""
    for reading in understood.readings:
        found = find(reading, False)
        if found:
            return found, reading, True
    if not understood.readings:
        return (), "", True
    reading = understood.readings[0]
    by_name = find(" ".join(understood.names), False) if understood.names else ()
    return find(reading, True) or by_name, reading, False
