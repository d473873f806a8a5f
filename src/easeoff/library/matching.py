"""Plain-word search over a few records: forgives endings and a slip of the pen. No index is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[a-z0-9]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "er", "ies", "ed", "es", "al", "s", "e", "y")
#: The shortest that a word may become when its ending is taken off, and the shortest that may be misspelt.
_SHORTEST_STEM, _SHORTEST_GUESS = 3, 5
#: How alike two stems must be to count as a slip of the pen. Project choice: one letter in six or so.
_ALIKE = 0.83
#: With fewer words than this, none may be lacking. Project choice.
_MAY_LACK_FROM = 3
#: Words that say nothing about what is looked for.
_SILENT = frozenset({
    "about", "am", "an", "and", "are", "at", "be", "can", "do", "does", "for", "from", "get", "how", "in", "is", "it", "me",
    "my", "of", "on", "or", "the", "to", "we", "what", "with", "you", "your",
})  # fmt: skip


def best(
    words: str, items: Iterable[T], fields_of: Callable[[T], tuple[str, ...]], *, partly: bool = False
) -> tuple[T, ...]:
    """The items that have every word of ``words``, best first; none for no words.

    ``partly``: where none has them all, those that lack the fewest, at most half of three words or more.
    """
    wanted = stems(words)
    may_lack = len(wanted) // 2 if partly and len(wanted) >= _MAY_LACK_FROM else 0
    scored = [(*_score(wanted, fields_of(item)), item) for item in items] if wanted else []
    fewest = min((lacking for lacking, _, _ in scored), default=0)
    if fewest > may_lack:
        return ()
    kept = [(points, item) for lacking, points, item in scored if lacking == fewest]
    return tuple(item for _, item in sorted(kept, key=lambda pair: -pair[0]))


def _score(wanted: tuple[str, ...], fields: tuple[str, ...]) -> tuple[int, int]:
    """How many words fit none of ``fields``, and how well the others fit; the first field is the most telling."""
    among = [stems(field) for field in fields]
    points = [
        max(_weight(place, fields) * _fit(stem, among[place]) for place in range(len(fields)))
        for stem in wanted
    ]
    return points.count(0), sum(points)


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """The words of ``text`` without accents, small words and endings, each once."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    found = (_stem(word) for word in _WORD.findall(plain) if word not in _SILENT and len(word) > 1)
    return tuple(dict.fromkeys(found))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _weight(place: int, fields: tuple[str, ...]) -> int:
    return len(fields) - place


def _fit(stem: str, among: tuple[str, ...]) -> int:
    """3 for the word itself, 2 for its beginning, 1 for a likely slip."""
    if stem in among:
        return 3
    if len(stem) >= _SHORTEST_STEM and any(other.startswith(stem) for other in among):
        return 2
    if len(stem) >= _SHORTEST_GUESS:
        return int(any(_alike(stem, other) for other in among if _may_be_alike(stem, other)))
    return 0


def _may_be_alike(stem: str, other: str) -> bool:
    return stem[0] == other[0] and abs(len(stem) - len(other)) <= 2


@lru_cache(maxsize=65536)
def _alike(stem: str, other: str) -> bool:
    return SequenceMatcher(None, stem, other, autojunk=False).ratio() >= _ALIKE
