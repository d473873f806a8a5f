"""Findings: what a rule has to say about a person, a medicine or a plan."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs."""

    STOP = "stop"  #: no doses are shown in self-service
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's word. ``text`` is for people; ``hazards`` are ids of ``safety/hazards``; ``sources`` are source ids.

    ``liftable`` is true for a stop that a prescriber's recorded override lifts.
    """

    rule: str
    level: Level
    text: str
    hazards: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    liftable: bool = True


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something not answered yet. Until it is, the result is a draft at the gentlest pace.

    ``key`` is what ``--person`` and the form call it; ``why`` says in one sentence what it changes.
    """

    key: str
    text: str
    why: str
