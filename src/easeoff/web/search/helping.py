"""Services for a search, with the directory's own search."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from django.conf import settings

from easeoff.directory import Found, Hit
from easeoff.library import is_written
from easeoff.web.directory.selectors import Directory
from easeoff.web.search import presenting
from easeoff.web.search.found import Group, Kind
from easeoff.web.search.understanding import Understood

#: How many services are looked at for those that serve the countries of this hub.
_LOOKED_AT = 60


def services(understood: Understood, held: Directory, day: date, most: int) -> Group:
    """Services for the words, near the place at their end where there is one."""
    search = partial(held.index.search, today=day, limit=max(most, _LOOKED_AT))
    words, typed, place = understood.placed.words, understood.placed.typed, understood.placed.place
    found = search(words, place=place)
    if place and not found.total and not understood.names:
        words, typed, place = understood.text, "", None
        found = search(words)
    elif place and not found.total:
        words, found = "", replace(search("", place=place), all_words=False)
    elif not found.all_words and understood.names:
        words = " ".join(understood.names)
        found = search(words, place=place)
    misread = {said for said, _ in found.read_as if is_written(said)}
    if misread:
        words = " ".join(word for word in words.split() if word.casefold() not in misread)
        found = search(words, place=place) if words or place else Found((), 0)
    hits = found.hits if place else _of_this_hub_first(found, most)
    lines = tuple(presenting.service(hit, day) for hit in hits[:most])
    notes = presenting.services_notes(found, place)
    return Group(Kind.SERVICES, lines, found.total, notes, found.all_words, words, typed)


def _of_this_hub_first(found: Found, most: int) -> tuple[Hit, ...]:
    """Where nobody said where they are and more is found than is shown: first what people of this hub's countries can use."""
    if found.total <= most:
        return found.hits
    return tuple(sorted(found.hits, key=lambda hit: not _can_be_used(hit)))


def _can_be_used(hit: Hit) -> bool:
    country = hit.service.country
    return not country or country in settings.CRISIS_COUNTRIES
