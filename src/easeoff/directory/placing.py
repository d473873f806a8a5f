"""A place among other words: ``benzo help in Leeds`` is ``benzo`` at Leeds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from easeoff.directory.folding import folded
from easeoff.directory.indexing import STOP_WORDS
from easeoff.directory.places import Place, resolve_place
from easeoff.medicines.files import DATA_ROOT
from easeoff.quantities import EaseoffError

#: The most words that a place at the end of a text is made of: ``Newcastle upon Tyne``, ``Isle of Wight``. Project choice.
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A text without the place at its end. ``typed`` is the place as it was typed, empty where there is none."""

    words: str
    typed: str = ""
    place: Place | None = None


def place_in(text: str, root: Path = DATA_ROOT) -> Placed:
    """``text`` with the place that it is, or that it ends with, taken out; the longest that we know."""
    words = text.split()
    for length in range(min(len(words), _MOST_WORDS), 0, -1):
        typed = " ".join(words[-length:])
        if _is_small_word(typed):
            continue
        try:
            place = resolve_place(typed, root)
        except EaseoffError:
            continue
        return Placed(_telling(words[:-length]), typed, place)
    return Placed(text)


def _is_small_word(typed: str) -> bool:
    """Whether this is rather a word of two letters, such as "it" or "us", than the code of Italy or of the United States."""
    return len(typed) < 3 and typed.islower() and typed.isalpha() and typed != "uk"


def _telling(words: list[str]) -> str:
    """The words joined, or nothing where all of them are small words such as ``help in``."""
    return " ".join(words) if any(set(folded(word).split()) - STOP_WORDS for word in words) else ""
