"""Numbered sources: each fact names where it comes from and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from easeoff.documents.sourcing import confidence_words
from easeoff.medicines import load_sources
from easeoff.medicines.model import Confidence, Provenance, Source


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence with the number of its source (0 where it is a choice of ours) and how sure we are of it."""

    text: str
    number: int
    sure: str


@dataclass(frozen=True, slots=True)
class Cited:
    """One source of the page. ``address`` is empty where the work has none."""

    number: int
    title: str
    address: str
    attribution: str


@dataclass
class Citations:
    """The sources of a page, numbered in the order in which they are first named."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, source_id: str) -> int:
        """The number of a source, 0 for what this project chose by itself."""
        if source_id == Confidence.PROJECT_CHOICE.value:
            return 0
        return self.numbers.setdefault(source_id, len(self.numbers) + 1)

    def fact(self, text: str, provenance: Provenance) -> Fact:
        """``text`` with its source."""
        return Fact(text, self.number(provenance.source), confidence_words(provenance.confidence.value))

    def listed(self) -> tuple[Cited, ...]:
        """Every source that was named."""
        known = {source.id: source for source in load_sources()}
        return tuple(_cited(number, known[key]) for key, number in self.numbers.items())


def _cited(number: int, source: Source) -> Cited:
    address = source.doi_or_url
    if address.startswith("10."):
        address = f"https://doi.org/{address}"
    return Cited(number, source.title.rstrip("."), address, source.attribution)
