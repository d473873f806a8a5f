"""Days that must lie between two medicines that never overlap, as records of ``data/washouts.toml``. None on record: none is told."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from easeoff.medicines.model import Confidence


@dataclass(frozen=True, slots=True)
class Washout:
    """At least ``days`` between the last dose of ``stopped`` and the first of ``started``."""

    stopped: str
    started: str
    days: int
    source: str
    confidence: Confidence


@cache
def washouts() -> tuple[Washout, ...]:
    """Every record."""
    text = (files("easeoff") / "data" / "washouts.toml").read_text(encoding="utf-8")
    return tuple(
        Washout(
            row["stopped"], row["started"], int(row["days"]), row["source"], Confidence(row["confidence"])
        )
        for row in tomllib.loads(text)["washout"]
    )


def washout_between(stopped: str, started: str) -> Washout | None:
    """The record of this ordered pair, unless it is unverified."""
    return next(
        (
            record
            for record in washouts()
            if (record.stopped, record.started) == (stopped, started)
            and record.confidence is not Confidence.UNVERIFIED
        ),
        None,
    )


def washout_faults(source_ids: Collection[str], medicines: Collection[str]) -> tuple[str, ...]:
    """What is wrong with ``washouts.toml``: names or sources not on record, no days, a pair given twice."""
    faults, seen = [], set[tuple[str, str]]()
    for record in washouts():
        pair = (record.stopped, record.started)
        faults += [f"no medicine {name}" for name in pair if name not in medicines]
        if record.source not in source_ids:
            faults.append(f"no source {record.source}")
        if record.days < 1 or pair in seen or record.stopped == record.started:
            faults.append(f"{record.stopped} to {record.started}: the days or the pair cannot be right")
        seen.add(pair)
    return tuple(faults)
