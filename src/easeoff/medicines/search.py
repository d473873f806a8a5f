"""Finding a medicine by what a person calls it: substance, salt or brand, in any case.

A name that is close but not the same is never taken for it: it is asked back.
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from easeoff.medicines.errors import UnknownMedicine
from easeoff.medicines.files import DATA_ROOT, DataError, Record, read_toml
from easeoff.medicines.loading import medicine_names

#: How alike two names must be (0 to 1) for one to be offered for the other. Project choice.
_ALIKE = 0.72
#: How many names are offered at most.
_MOST = 3
#: The same for one word among others, where most words name no medicine, and its shortest length. Project choices.
_ALIKE_AMONG_OTHERS, _SHORTEST_AMONG_OTHERS = 0.8, 5
_AROUND_WORDS = ".,;:!?()[]{}<>\"'“”‘’/-"


@dataclass(frozen=True, slots=True)
class Part:
    """A few words of a text. ``name`` is the INN that they stand for, empty where they name no medicine on record.

    ``recordless`` is for a substance that is known by name but of which nothing is on record.
    """

    typed: str
    name: str = ""
    recordless: bool = False


def find_medicine(text: str, root: Path = DATA_ROOT) -> str:
    """The INN of what ``text`` names: ``ZOLOFT`` gives ``sertraline``.

    Raises `UnknownMedicine` with the nearest names. A substance that is known but has no record is said to
    have none, and no look-alike is offered for it (desvenlafaxine is not venlafaxine).
    """
    wanted = _normal(text)
    found = _index(root).get(wanted)
    if found is not None:
        return found
    if wanted in _without_record(root):
        raise UnknownMedicine(text, recordless=True)
    raise UnknownMedicine(text, suggest(text, root))


def known_medicine(text: str, root: Path = DATA_ROOT) -> str | None:
    """The INN of what ``text`` names, or ``None``: for reading many words, where nothing alike is looked for."""
    return _index(root).get(_normal(text))


def names_on_record(root: Path = DATA_ROOT) -> tuple[str, ...]:
    """Every name, salt and brand that stands for a medicine on record, in lower case and without accents."""
    return tuple(_index(root))


def suggest(text: str, root: Path = DATA_ROOT) -> tuple[str, ...]:
    """INNs of the medicines with a name, salt or brand that begins with ``text``, else that looks like it."""
    wanted = _normal(text)
    if len(wanted) < 2 or wanted in _without_record(root):
        return ()
    index = _index(root)
    begins = [name for name in index if name.startswith(wanted)]
    names = begins or get_close_matches(wanted, index, n=2 * _MOST, cutoff=_ALIKE)
    return tuple(dict.fromkeys(index[name] for name in names))[:_MOST]


def parts_of(text: str, root: Path = DATA_ROOT) -> tuple[Part, ...]:
    """``coming off Abilify Maintena`` in parts, with the medicines that are named in it; signs around words are dropped."""
    words = [bare for word in _normal(text).split() if (bare := word.strip(_AROUND_WORDS))]
    longest = max(name.count(" ") for name in _index(root)) + 1
    found: list[Part] = []
    at = 0
    while at < len(words):
        runs = (" ".join(words[at : at + length]) for length in range(longest, 1, -1))
        part = next(filter(None, (_named(run, root) for run in runs)), None)
        found.append(part or _named(words[at], root) or Part(words[at]))
        at += found[-1].typed.count(" ") + 1
    return tuple(found)


def look_alikes(word: str, root: Path = DATA_ROOT) -> tuple[str, ...]:
    """INNs of the medicines with a name that looks like one ``word`` of a longer text; stricter than `suggest`."""
    wanted = _normal(word)
    if len(wanted) < _SHORTEST_AMONG_OTHERS:
        return ()
    index = _index(root)
    begun = [name for name in index if name[0] == wanted[0]]
    near = get_close_matches(wanted, begun, n=2 * _MOST, cutoff=_ALIKE_AMONG_OTHERS)
    return tuple(dict.fromkeys(index[name] for name in near))[:_MOST]


def _named(typed: str, root: Path) -> Part | None:
    if typed in _without_record(root):
        return Part(typed, recordless=True)
    name = _index(root).get(typed, "")
    return Part(typed, name) if name else None


@lru_cache(maxsize=4)
def _index(root: Path) -> dict[str, str]:
    """Every name in lower case, with the INN it stands for."""
    index: dict[str, str] = {}
    for inn in medicine_names(root):
        head = _head(root / "medicines" / f"{inn}.toml")
        for name in (inn, *head.get("synonyms", ()), *head.get("brands", ())):
            index[_normal(name)] = inn
    return index


def _head(path: Path) -> Record:
    """What stands before the first table of a medicine's file: its names are there, and a search needs no more."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8").partition("\n[")[0])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(path.name, f"it is not valid TOML ({error})") from error


@lru_cache(maxsize=4)
def _without_record(root: Path) -> frozenset[str]:
    return frozenset(read_toml(root / "other_medicines.toml")["names"])


def _normal(text: str) -> str:
    """Lower case, without accents and signs of a trade mark: ``Dépakine®`` is ``depakine``."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().replace("®", "").replace("™", "").split())
