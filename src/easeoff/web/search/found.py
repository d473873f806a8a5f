"""What a search finds, in the same few words for every kind of thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What can be found, in the order in which it is shown."""

    MEDICINES = "medicines"
    ARTICLES = "articles"
    SERVICES = "services"
    RESOURCES = "resources"


HEADINGS = {
    Kind.MEDICINES: "Medicines",
    Kind.ARTICLES: "Articles",
    Kind.SERVICES: "Help and services",
    Kind.RESOURCES: "Guides, books and sites by others",
}
_ALL = {
    Kind.MEDICINES: "medicines",
    Kind.ARTICLES: "articles",
    Kind.SERVICES: "in Find help",
    Kind.RESOURCES: "by others",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing found. ``address`` may be empty; ``is_outside`` says that it leads to someone else's page."""

    title: str
    address: str
    about: tuple[str, ...] = ()
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The best of one kind, out of ``total``. ``notes`` say how the words were read.

    ``has_all`` is false where nothing has all the words. ``words`` and ``place`` are the search as the directory takes it.
    """

    kind: Kind
    lines: tuple[Line, ...] = ()
    total: int = 0
    notes: tuple[str, ...] = ()
    has_all: bool = True
    words: str = ""
    place: str = ""

    @property
    def heading(self) -> str:
        """What stands above it."""
        return HEADINGS[self.kind]

    @property
    def all_words(self) -> str:
        """What its button says: ``All 43 medicines``."""
        return f"All {self.total} {_ALL[self.kind]}"
