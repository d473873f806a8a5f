"""Finding a medicine by name, brand, salt, misspelling or class."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from easeoff.directory import directory_class, named_kinds
from easeoff.library import DRUG_CLASSES
from easeoff.library.loading import reader_class
from easeoff.medicines import UnknownMedicine, find_medicine, load_medicine, medicine_names
from easeoff.medicines.classes import class_words

#: Longer than any name on a box.
LONGEST = 60
#: A shorter word begins too many class names.
_SHORTEST_CLASS = 3


@dataclass(frozen=True, slots=True)
class Link:
    """A medicine and its page."""

    name: str
    slug: str
    class_words: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: a sentence, and the medicines it speaks of. A look-alike is never taken for the name."""

    sentence: str
    hint: str
    links: tuple[Link, ...]


def slug_of(name: str) -> str:
    """The last part of the address of a medicine's page."""
    return name.replace(" ", "-")


@lru_cache(maxsize=1)
def slugs() -> dict[str, str]:
    """Every medicine by the last part of its address."""
    return {slug_of(name): name for name in medicine_names()}


@lru_cache(maxsize=1)
def by_class() -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Every medicine under the words for its class."""
    links = [link(name) for name in medicine_names()]
    words = sorted({one.class_words for one in links})
    return tuple((each, tuple(one for one in links if one.class_words == each)) for each in words)


@lru_cache(maxsize=512)
def link(name: str) -> Link:
    """The link to a medicine's page."""
    return Link(name, slug_of(name), class_words(load_medicine(name).drug_class))


def search(asked: str) -> Found:
    """What ``asked`` may mean: a name, else a class, else the names that look like it."""
    try:
        name = find_medicine(asked)
    except UnknownMedicine as problem:
        members = of_class(asked)
        if members:
            return Found(f"Medicines of the class “{asked}”", "", members)
        if problem.nearest:
            return Found(
                f"We have no medicine called “{asked}”.",
                "These look like it:",
                tuple(map(link, problem.nearest)),
            )
        return Found(problem.message, problem.hint, ())
    same = asked.casefold() == name
    return Found(f"{name.capitalize()}" if same else f"“{asked}” is {name}.", "", (link(name),))


def of_class(asked: str) -> tuple[Link, ...]:
    """The medicines of the classes that are asked for, by our words for them or by those people use (opiates, z drug)."""
    return _of_words(asked) or _of_kind(asked)


def _of_kind(asked: str) -> tuple[Link, ...]:
    """The medicines of the kinds of drug that the words mean to the directory."""
    kinds = named_kinds(asked)
    return tuple(
        link(name)
        for name in medicine_names()
        if kinds.intersection(directory_class(load_medicine(name).drug_class))
    )


def _of_words(asked: str) -> tuple[Link, ...]:
    """The medicines of the classes whose words begin with each word asked for; plurals count as their singular."""
    wanted = _split(asked)
    if not wanted or min(map(len, wanted)) < _SHORTEST_CLASS:
        return ()
    return tuple(
        link(name)
        for name, words in _class_words_by_name()
        if all(any(word.startswith(each) for word in words) for each in wanted)
    )


@lru_cache(maxsize=1)
def _class_words_by_name() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each medicine the words of its class, ours and the readers'."""
    found = []
    for name in medicine_names():
        drug_class = load_medicine(name).drug_class
        reader_words = DRUG_CLASSES.get(reader_class(drug_class), "")
        found.append((name, tuple(_split(f"{class_words(drug_class)} {reader_words}"))))
    return tuple(found)


def _split(text: str) -> list[str]:
    return [_bare(word) for word in text.replace("-", " ").split()]


def _bare(word: str) -> str:
    return word.casefold().strip(",.()").removesuffix("s")
