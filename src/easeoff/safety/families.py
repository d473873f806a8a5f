"""Which families a medicine belongs to: opioid, benzodiazepine, MAO inhibitor and so on.

The lists are ``data/interaction_groups.toml``. A medicine is matched by its class, its names and the words of
what a person wrote (``"codeine 30 mg"`` is codeine); every name and brand on the record of a medicine stands for it. A
slip of the pen is taken for the name it looks like, because a stop must not hang on spelling. A name that is neither on
record nor like one is unknown: never taken for harmless.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from easeoff.medicines import load_medicine, parts_of
from easeoff.medicines.model import Confidence, Medicine
from easeoff.medicines.search import names_on_record

#: What a class name of a medicine's record says by itself, whatever the name lists hold.
_CLASS_MARKS: tuple[tuple[str, str], ...] = (
    ("benzodiazepine", "benzodiazepine"),
    ("z_drug", "z_drug"),
    ("antipsychotic", "antipsychotic"),
    ("antidepressant", "antidepressant"),
    ("ssri", "antidepressant"),
    ("snri", "antidepressant"),
    ("tricyclic", "antidepressant"),
    ("opioid", "opioid"),
    ("gabapentinoid", "gabapentinoid"),
    ("gabapentinoid", "anticonvulsant"),
    ("maoi", "maoi"),
    ("lithium", "lithium"),
    ("clozapine", "clozapine"),
    ("anticonvulsant", "anticonvulsant"),
    ("antiepileptic", "anticonvulsant"),
    ("mood_stabiliser", "mood_stabiliser"),
)
_NOT_LETTERS = re.compile(r"[^a-z'-]+")
#: How alike (0 to 1) a word and a name must be for the one to be taken for the other, and the shortest such word. Project
#: choices: of 40 common slips two are missed, and of 300 other common medicines none is taken for one of these.
_ALIKE, _SHORTEST = 0.85, 5


@dataclass(frozen=True, slots=True)
class Group:
    """One family of names and where its membership comes from."""

    id: str
    says: str
    source: str
    confidence: Confidence
    names: frozenset[str]


@cache
def groups() -> Mapping[str, Group]:
    """Every family, by id. Raises `ValueError` where the file names one twice."""
    text = (files("easeoff") / "data" / "interaction_groups.toml").read_text(encoding="utf-8")
    found: dict[str, Group] = {}
    for row in tomllib.loads(text, parse_float=Decimal)["group"]:
        if row["id"] in found:
            raise ValueError(f"interaction_groups.toml names {row['id']} twice")
        found[row["id"]] = Group(
            row["id"], row["says"], row["source"], Confidence(row["confidence"]), frozenset(row["names"])
        )
    return found


@cache
def families_of_name(name: str) -> frozenset[str]:
    """The families of what somebody wrote, a slip of the pen taken for the name it looks like; empty where nothing is alike."""
    meant = (name, *(taken for _, taken in taken_for(name)))
    return frozenset().union(*(_families_as_written(one) for one in meant))


@cache
def medicines_named(name: str) -> frozenset[str]:
    """The medicines on record that ``name`` names, by substance, salt or brand, a slip of the pen included."""
    meant = (name, *(taken for _, taken in taken_for(name)))
    return frozenset(part.name for one in meant for part in parts_of(one) if part.name)


@cache
def taken_for(name: str) -> tuple[tuple[str, str], ...]:
    """The words of ``name`` that are no name on record but look like one, each with the name it is taken for."""
    strange = _strange_words(name)
    whole = (" ".join(strange),) if len(strange) > 1 else ()
    for tried in (whole, strange):
        found = ((word, _look_alike(word.replace(" ", ""))) for word in tried)
        alike = tuple((word, meant) for word, meant in found if meant)
        if alike:
            return alike
    return ()


def families_of(medicine: Medicine) -> frozenset[str]:
    """The families of a medicine by its name, its synonyms and its class."""
    by_name = (_listed(name) for name in (medicine.name, *medicine.synonyms))
    drug_class = medicine.drug_class.lower().replace("-", "_")
    by_class = frozenset(
        family for mark, family in _CLASS_MARKS if mark in drug_class and not _denied(family, drug_class)
    )
    return by_class.union(*by_name)


def members(names: Iterable[str], family: str) -> tuple[str, ...]:
    """Those of ``names`` that belong to ``family``, in order."""
    return tuple(name for name in names if family in families_of_name(name))


def unknown(names: Iterable[str]) -> tuple[str, ...]:
    """Those of ``names`` that no list knows."""
    return tuple(name for name in names if not families_of_name(name))


def _families_as_written(name: str) -> frozenset[str]:
    """By the lists, and by the record of every medicine that is named."""
    by_record = (families_of(load_medicine(part.name)) for part in parts_of(name) if part.name)
    return _listed(name).union(*by_record)


def _listed(name: str) -> frozenset[str]:
    written = _letters(name)
    return frozenset(group.id for group in groups().values() if _any_named(group.names, written))


def _letters(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return " ".join(_NOT_LETTERS.sub(" ", bare.replace("’", "'")).split())


def _strange_words(name: str) -> tuple[str, ...]:
    """The words of ``name`` that belong to no name on record."""
    known = " ".join(part.typed for part in parts_of(name) if part.name or part.recordless)
    written = _letters(name)
    listed = (one for group in groups().values() for one in group.names if f" {one} " in f" {written} ")
    taken = {*_letters(known).split(), *" ".join(listed).split()}
    return tuple(word for word in written.split() if word not in taken)


@cache
def _look_alike(word: str) -> str:
    if len(word) < _SHORTEST:
        return ""
    near = get_close_matches(word, _names(), n=1, cutoff=_ALIKE)
    return near[0] if near else ""


@cache
def _names() -> tuple[str, ...]:
    """Every name that says something: those of the lists, and those of the medicines on record."""
    listed = {name for group in groups().values() for name in group.names}
    return tuple(sorted(listed | set(names_on_record())))


def _any_named(names: frozenset[str], written: str) -> bool:
    padded = f" {written} "
    return any(f" {name} " in padded for name in names)


def _denied(family: str, drug_class: str) -> bool:
    """``antidepressant_maoi`` is an MAO inhibitor and not one of the antidepressants of the other rules."""
    return family == "antidepressant" and "maoi" in drug_class
