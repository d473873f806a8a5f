"""Which families a medicine belongs to: opioid, benzodiazepine, MAO inhibitor and so on.

The lists are ``data/interaction_groups.toml``. A medicine is matched by its class, its names and the words of
what a person wrote (``"codeine 30 mg"`` is codeine). A name on no list is unknown: never taken for harmless.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from easeoff.medicines.model import Confidence, Medicine

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
    """The families of what somebody wrote; empty where no list knows it."""
    written = " ".join(_NOT_LETTERS.sub(" ", name.lower()).split())
    return frozenset(group.id for group in groups().values() if _any_named(group.names, written))


def families_of(medicine: Medicine) -> frozenset[str]:
    """The families of a medicine by its name, its synonyms and its class."""
    by_name = (families_of_name(name) for name in (medicine.name, *medicine.synonyms))
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


def _any_named(names: frozenset[str], written: str) -> bool:
    padded = f" {written} "
    return any(f" {name} " in padded for name in names)


def _denied(family: str, drug_class: str) -> bool:
    """``antidepressant_maoi`` is an MAO inhibitor and not one of the antidepressants of the other rules."""
    return family == "antidepressant" and "maoi" in drug_class
