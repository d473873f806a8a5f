"""What a person typed, read as sets of services: word by word, forgiving spelling, endings and brand names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_

from easeoff.directory.folding import stem, words
from easeoff.directory.forgiving import Slips
from easeoff.directory.indexing import STOP_WORDS, Words
from easeoff.directory.lexicon import Lexicon

#: How many words of a search are read; what follows is left out.
MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class Reading:
    """The services that a search means: in the first of ``tiers`` those with the most words, and so on.

    ``all_words`` says whether the first have every word; ``read_as`` pairs misspelt words with what they were read as.
    """

    tiers: tuple[int, ...]
    all_words: bool = True
    read_as: tuple[tuple[str, str], ...] = ()


class Reader:
    """Reads searches against one index."""

    def __init__(self, index: Words, lexicon: Lexicon) -> None:
        self._index = index
        self._lexicon = lexicon
        heard = sorted(
            (word for word in lexicon.heard | index.heard if word.isalpha()),
            key=lambda word: (len(word), word),
            reverse=True,
        )
        self._spoken = {stem(word): word for word in heard}  #: for each stem the shortest word that has it
        self._word_slips = Slips(heard)
        self._stem_slips = Slips(self._spoken)

    def read(self, query: str) -> Reading:
        """The services that have every word of ``query``, or else those with some, the most first."""
        typed = words(query)
        typed = ([word for word in typed if word not in STOP_WORDS] or typed)[:MOST_WORDS]
        groups, read_as = self._groups(typed)
        if not groups:
            return Reading(())
        common = reduce(and_, groups)
        if common:
            return Reading((common,), read_as=read_as)
        return Reading(_tiers(groups), not any(groups), read_as)

    def _groups(self, typed: list[str]) -> tuple[list[int], tuple[tuple[str, str], ...]]:
        """One set of services for each word or phrase, and what misspelt words were read as."""
        groups: list[int] = []
        read_as: list[tuple[str, str]] = []
        stems = [stem(word) for word in typed]
        at = 0
        while at < len(typed):
            length = self._phrase(stems, at)
            if length > 1:
                phrase = stems[at : at + length]
                groups.append(
                    self._of_classes(tuple(phrase)) | reduce(and_, map(self._index.by_stem.get, phrase))
                )
                at += length
                continue
            found = self._of_stem(stems[at]) | self._of_neighbours(typed, at) | self._number(typed, at)
            if not found:
                found = self._index.beginning_with(typed[at]) or self._index.beginning_with(stems[at])
            if not found:
                for near in self._slips(typed[at], stems[at]):
                    found |= self._of_stem(near)
                    read_as.append((typed[at], self._spoken[near]))
            groups.append(found)
            at += 1
        return groups, tuple(read_as)

    def _slips(self, word: str, held: str) -> list[str]:
        """The stems one slip away from a word that nothing is found for."""
        near = {stem(other) for other in self._word_slips.near(word)} | set(self._stem_slips.near(held))
        return sorted(other for other in near - {held} if other in self._spoken and self._of_stem(other))

    def _phrase(self, stems: list[str], at: int) -> int:
        """How many words from ``at`` make up a phrase of the lexicon; 1 where none does."""
        for length in range(min(self._lexicon.longest, len(stems) - at), 1, -1):
            if tuple(stems[at : at + length]) in self._lexicon.classes:
                return length
        return 1

    def _of_stem(self, one: str) -> int:
        found = self._index.by_stem.get(one) | self._of_classes((one,))
        for same in self._lexicon.same.get(one, ()):
            found |= self._index.by_stem.get(same) | self._of_classes((same,))
        return found

    def _of_classes(self, phrase: tuple[str, ...]) -> int:
        found = 0
        for drug_class in self._lexicon.classes.get(phrase, ()):
            found |= self._index.by_class.get(drug_class)
        return found

    def _of_neighbours(self, typed: list[str], at: int) -> int:
        """The services that write this word and the next, or the one before, as one: ``benzo buddies``."""
        found = 0
        for start in (at - 1, at):
            if start >= 0 and start + 1 < len(typed):
                found |= self._index.by_stem.get(stem(typed[start] + typed[start + 1]))
        return found

    def _number(self, typed: list[str], at: int) -> int:
        """The services with the number that this word, and all digits beside it, make up."""
        if not typed[at].isdecimal():
            return 0
        first = last = at
        while first > 0 and typed[first - 1].isdecimal():
            first -= 1
        while last + 1 < len(typed) and typed[last + 1].isdecimal():
            last += 1
        return self._index.by_number.get("".join(typed[first : last + 1]))


def _tiers(groups: list[int]) -> tuple[int, ...]:
    """The services with the most words, those with one fewer, and so on down to one."""
    at_least = [0] * (len(groups) + 1)  # at_least[n]: the services that have more than n of the words so far
    for group in groups:
        for count in range(len(groups) - 1, 0, -1):
            at_least[count] |= at_least[count - 1] & group
        at_least[0] |= group
    return tuple(
        mine & ~more for mine, more in zip(reversed(at_least[:-1]), reversed(at_least[1:]), strict=True)
    )
