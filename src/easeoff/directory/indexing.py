"""The inverted index: which services hold which word, number, name and class."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from easeoff.directory.folding import digits, stem, words
from easeoff.directory.model import DrugClass, Service
from easeoff.directory.places import country_name
from easeoff.directory.postings import Postings

#: Words that say nothing about a service.
STOP_WORDS = frozenset({
    "a", "am", "an", "and", "are", "at", "be", "by", "can", "come", "coming", "do", "for", "from", "get", "help", "how",
    "i", "in", "is", "me", "my", "near", "need", "of", "off", "on", "or", "the", "to", "want", "we", "with", "you",
})  # fmt: skip
#: The fewest digits of a number that may be searched without its beginning.
SHORTEST_TAIL = 6
#: How long the beginning of a word must be to stand for it, and how many words it may stand for.
SHORTEST_BEGINNING = 4
MOST_ENDINGS = 200


class Words:
    """What every service can be found by. Services are counted from 0 in the order given.

    ``heard`` is every word as it is written.
    """

    def __init__(self, services: Sequence[Service]) -> None:
        self.by_stem, self.by_name, self.by_number, self.by_class = (
            Postings(),
            Postings(),
            Postings(),
            Postings(),
        )
        self.heard: set[str] = set()
        for at, service in enumerate(services):
            self._add(at, service)
        for postings in (self.by_stem, self.by_name, self.by_number, self.by_class):
            postings.close(len(services))
        self._sorted = sorted(str(key) for key in self.by_stem)

    def beginning_with(self, word: str) -> int:
        """The set of services with a word that begins with ``word``; none for a short one."""
        found = 0
        if len(word) < SHORTEST_BEGINNING:
            return found
        start = bisect_left(self._sorted, word)
        for held in self._sorted[start : start + MOST_ENDINGS]:
            if not held.startswith(word):
                break
            found |= self.by_stem.get(held)
        return found

    def _add(self, at: int, service: Service) -> None:
        for name in (service.name, service.name.split("(")[0], *service.old_names):
            self.by_name.add(name_key(name), at)
        for word in _words_of(service):
            self.by_stem.add(stem(word), at)
            self.heard.add(word)
        for number in (service.phone, service.text_line, *service.old_numbers):
            for form in _number_forms(number, service.country):
                self.by_number.add(form, at)
        for drug_class in DrugClass if DrugClass.ANY in service.drug_classes else service.drug_classes:
            self.by_class.add(drug_class, at)


def name_key(name: str) -> str:
    """A whole name, so folded that spelling, spaces and small words do not count."""
    held = words(name)
    return "".join(stem(word) for word in held if word not in STOP_WORDS) or "".join(held)


def _words_of(service: Service) -> Iterator[str]:
    """The words of all that describes a service, and pairs of neighbours in its names as one word."""
    for name in (service.name, *service.old_names):
        held = words(name)
        yield from held
        yield from (one + other for one, other in pairwise(held))
    host = service.url.partition("://")[2].partition("/")[0]
    texts = (service.area, service.offers, service.kind.replace("_", " "), country_name(service.country), host,
             *service.places, *(name.replace("_", " ") for name in service.drug_classes))  # fmt: skip
    for text in texts:
        yield from words(text)


def _number_forms(number: str, country: str) -> Iterator[str]:
    """The digits of a number, with and without the code of the United Kingdom, and its last digits."""
    whole = digits(number)
    if not whole:
        return
    yield whole
    yield digits(re.split("[a-z]", number, maxsplit=1)[0]) or whole
    if country == "GB" and whole.startswith("0"):
        yield f"44{whole[1:]}"
        yield f"0044{whole[1:]}"
    for length in range(SHORTEST_TAIL, min(len(whole), 9)):
        yield whole[-length:]
