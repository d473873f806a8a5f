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
    """As one of ``reduced`` (families or names) goes down, the level of each of ``beside`` ``falls`` or ``rises``.

    ``figure`` is what was measured or is said of it.
    """

    reduced: tuple[str, ...]
    beside: tuple[str, ...]
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
            tuple(row["reduced"]),
            tuple(row["beside"]),
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
        if change.confidence is Confidence.UNVERIFIED or not _goes_down(case, change.reduced):
            continue
        for beside in change.beside:
            if _taken(case, beside):
                yield warn(
                    f"level-of-{beside}",
                    f"As {case.medicine.name} goes down, the level of {beside} {change.level}. {change.figure} Your prescriber decides "
                    f"beforehand what that means for {beside}; nothing is adjusted here.",
                    ("H-014",),
                    (change.source,),
                )


def _goes_down(case: Case, reduced: tuple[str, ...]) -> bool:
    return any(case.medicine.name == name or case.is_a(name) for name in reduced)


def level_change_faults(source_ids: Collection[str], medicines: Collection[str]) -> tuple[str, ...]:
    """What is wrong with ``level_changes.toml``: names, families or sources not on record."""
    faults = []
    for change in level_changes():
        faults += [
            f"no family or medicine {n}" for n in change.reduced if n not in groups() and n not in medicines
        ]
        faults += [f"no medicine {name}" for name in change.beside if name not in medicines]
        if change.source not in source_ids:
            faults.append(f"no source {change.source}")
        if change.level not in ("falls", "rises") or not change.figure:
            faults.append(f"{', '.join(change.beside)}: the level or the figure is missing")
    return tuple(faults)


def _taken(case: Case, name: str) -> bool:
    """Whether one of the other medicines is ``name``, by whatever name of it was written, a strength behind it or not."""
    return any(name in medicines_named(other) for other in case.person.others or ())
