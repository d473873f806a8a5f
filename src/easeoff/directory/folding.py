"""Words made alike: case, accents, doubled letters, British and American spelling, endings, digits."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_DOUBLE = re.compile(r"([a-z])\1")
#: Letters that do not come apart into a letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ł": "l", "’": "'", "þ": "th"})
_APOSTROPHE = re.compile(r"['`]")
#: Endings that are cut, longest first, with how many letters must stay.
_ENDINGS = (
    ("isations", "is"), ("isation", "is"), ("ising", "is"), ("ised", "is"), ("ises", "is"), ("ise", "is"),
    ("isers", "is"), ("iser", "is"), ("ings", ""), ("ing", ""), ("ies", "i"), ("ers", "er"), ("ed", ""), ("es", ""),
    ("s", ""), ("e", ""), ("y", "i"),
)  # fmt: skip
_STAYS = 3


def folded(text: str) -> str:
    """``text`` in lower case without accents and marks, single spaces between words."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The words of ``text``, in lower case and without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _WORD.findall(_APOSTROPHE.sub("", plain))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The part that a word shares with its other forms and spellings.

    ``tranquillisers``, ``tranquilizer`` and ``tranquiliser`` have one stem; so have ``antidepressant`` and its plural.
    """
    if word[:1].isdecimal() or len(word) <= _STAYS:
        return word
    spelt = re.sub(r"(?<=[a-z]{2})([iy])z(?=e|ing|ation)", r"\1s", word).replace("our", "or")
    spelt = _DOUBLE.sub(r"\1", spelt)
    for ending, instead in _ENDINGS:
        if spelt.endswith(ending) and len(spelt) - len(ending) >= _STAYS:
            return spelt[: -len(ending)] + instead
    return spelt


def digits(text: str) -> str:
    """Only the digits of ``text``."""
    return "".join(letter for letter in text if "0" <= letter <= "9")
