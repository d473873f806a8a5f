"""Plain-word search over a few records: forgives endings and a slip of the pen. No index is kept."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "er", "ies", "ed", "es", "al", "s", "e", "y")
#: The shortest that a word may become when its ending is taken off, and the shortest that may be misspelt.
_SHORTEST_STEM, _SHORTEST_GUESS = 3, 5
#: How alike two stems must be to count as a slip of the pen. Project choice: one letter in six or so.
_ALIKE = 0.83
_SILENT = frozenset({"the", "and", "for", "how", "what", "with", "from", "about", "can", "does"})


def score(words: str, fields: tuple[str, ...]) -> int:
    """How well ``words`` fit ``fields``, the most telling field first; 0 where a word fits none of them."""
    wanted = stems(words)
    total = 0
    for stem in wanted:
        points = max(
            (_weight(place, fields) * _fit(stem, stems(field)) for place, field in enumerate(fields)),
            default=0,
        )
        if not points:
            return 0
        total += points
    return total


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """The words of ``text`` without accents, small words and endings."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return tuple(_stem(word) for word in _WORD.findall(plain) if word not in _SILENT and len(word) > 1)


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
    if len(stem) >= _SHORTEST_GUESS and any(_alike(stem, other) for other in among):
        return 1
    return 0


@lru_cache(maxsize=65536)
def _alike(stem: str, other: str) -> bool:
    if abs(len(stem) - len(other)) > 2 or stem[0] != other[0]:
        return False
    return SequenceMatcher(None, stem, other, autojunk=False).ratio() >= _ALIKE
