"""Words that differ by one slip: a letter too many, too few, wrong, or two swapped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

#: Shorter words are too like each other to guess. Project choice.
SHORTEST = 4


def within_one(one: str, other: str) -> bool:
    """Whether one slip at most makes ``one`` into ``other``."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, rest_of_other = one[start:], other[start:]
    swapped = rest[:2] == rest_of_other[1::-1] and rest[2:] == rest_of_other[2:]
    return (
        rest == rest_of_other
        or rest[1:] == rest_of_other[1:]
        or rest[1:] == rest_of_other
        or rest == rest_of_other[1:]
        or swapped
    )


class Slips:
    """Finds the words of a vocabulary that are one slip away, without reading all of it."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._by_shortened: dict[str, list[str]] = {}
        for word in vocabulary:
            if len(word) >= SHORTEST:
                for shortened in _shortened(word):
                    self._by_shortened.setdefault(shortened, []).append(word)

    def near(self, word: str) -> list[str]:
        """The words one slip away from ``word``, in order; none for a short word or a number."""
        if len(word) < SHORTEST or word.isdecimal():
            return []
        found = {near for shortened in _shortened(word) for near in self._by_shortened.get(shortened, ())}
        return sorted(near for near in found if within_one(word, near))


def _shortened(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
