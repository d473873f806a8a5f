"""Levels that change when another medicine is reduced, as records of ``data/level_changes.toml``: said, never adjusted for."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from easeoff.medicines.model import Confidence
from easeoff.planning.findings import Finding
from easeoff.safety.families import groups, medicines_named
from easeoff.safety.parts import Case, warn


@dataclass(frozen=True, slots=True)
class LevelChange:
    """As ``reduced`` (a family or a name) goes down, the level of ``beside`` ``falls`` or ``rises``; ``figure`` is what was measured."""

    reduced: str
    beside: str
    level: str
    figure: str
    source: str
    confidence: Confidence


@cache
def level_changes() -> tuple[LevelChange, ...]:
    """Every record."""
    text = (files("easeoff") / "data" / "level_changes.toml").read_text(encoding="utf-8")
    return tuple(
        LevelChange(
            row["reduced"],
            row["beside"],
            row["level"],
            row["figure"],
            row["source"],
            Confidence(row["confidence"]),
        )
        for row in tomllib.loads(text)["change"]
    )


def named_level_changes(case: Case) -> Iterator[Finding]:
    """What a source says of this very pair: the medicine that goes down and one that is taken beside it."""
    for change in level_changes():
        goes_down = case.is_a(change.reduced) or case.medicine.name == change.reduced
        if goes_down and _taken(case, change.beside) and change.confidence is not Confidence.UNVERIFIED:
            yield warn(
                f"level-of-{change.beside}",
                f"As {case.medicine.name} goes down, the level of {change.beside} {change.level}. {change.figure} Your prescriber decides "
                f"beforehand what that means for {change.beside}; nothing is adjusted here.",
                ("H-014",),
                (change.source,),
            )


def level_change_faults(source_ids: Collection[str], medicines: Collection[str]) -> tuple[str, ...]:
    """What is wrong with ``level_changes.toml``: names, families or sources not on record."""
    faults = []
    for change in level_changes():
        if change.reduced not in groups() and change.reduced not in medicines:
            faults.append(f"no family or medicine {change.reduced}")
        if change.beside not in medicines:
            faults.append(f"no medicine {change.beside}")
        if change.source not in source_ids:
            faults.append(f"no source {change.source}")
        if change.level not in ("falls", "rises") or not change.figure:
            faults.append(f"{change.reduced} and {change.beside}: the level or the figure is missing")
    return tuple(faults)


def _taken(case: Case, name: str) -> bool:
    """Whether one of the other medicines is ``name``, also by a brand or where a strength was written behind it."""
    others = case.person.others or ()
    return any(name in other.split() or name in medicines_named(other) for other in others)
