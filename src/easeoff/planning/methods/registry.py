"""Every way of tapering as a record of ``data/methods.toml``: its name, base, end rule, sources, who uses it, what is known."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from easeoff.medicines.model import Confidence
from easeoff.planning.plan import MethodAbout
from easeoff.planning.request import MethodName, MethodSettings


@dataclass(frozen=True, slots=True)
class MethodRecord:
    """One method, or a variant of it that ``option`` (a field of `MethodSettings`) asks for."""

    name: MethodName
    option: str
    about: MethodAbout
    base: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Figures used where nothing was said: percent, numbers of cuts, days; each with its basis."""

    slide_percent: Decimal
    slide_cuts: int
    slide_days: int
    slide_hold: int
    slide_basis: str
    micro_percent: Decimal
    micro_days: int
    micro_basis: str
    longest_days: int
    longest_basis: str
    most_steps: int
    most_basis: str


@cache
def _table() -> dict[str, Any]:
    text = files("easeoff").joinpath("data/methods.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


@cache
def method_records() -> tuple[MethodRecord, ...]:
    """Every record, in the order in which methods are shown."""
    return tuple(_record(entry) for entry in _table()["method"])


@cache
def choices() -> Choices:
    """The figures of our own."""
    said = dict(_table()["choices"])
    for name in ("slide_percent", "micro_percent"):
        said[name] = Decimal(said[name])
    return Choices(**said)


def crossover_table() -> dict[str, Any]:
    """The figures that shape a crossover, as they stand in the file."""
    return dict(_table()["crossover"])


def record_for(name: MethodName, settings: MethodSettings) -> MethodRecord:
    """The record of a method as it was asked for: the variant where its option was given."""
    ours = [record for record in method_records() if record.name is name]
    return next(
        (record for record in ours if record.option and getattr(settings, record.option) is not None), ours[0]
    )


def method_faults(source_ids: Collection[str]) -> tuple[str, ...]:
    """What is wrong with ``methods.toml``: sources not on record, a method without a record, an empty sentence."""
    faults = []
    for record in method_records():
        about = record.about
        faults += [f"method {record.name}: no source {s}" for s in about.sources if s not in source_ids]
        if not all((about.title, about.end_rule, about.used_by, about.known, record.base, about.sources)):
            faults.append(f"method {record.name}: a sentence is missing")
        if record.option and record.option not in MethodSettings.__slots__:
            faults.append(f"method {record.name}: no option {record.option}")
    named = {record.name for record in method_records() if not record.option}
    return (*faults, *(f"no record of the method {name}" for name in MethodName if name not in named))


def _record(entry: dict[str, Any]) -> MethodRecord:
    about = MethodAbout(
        title=entry["title"],
        end_rule=entry["end_rule"],
        used_by=entry["used_by"],
        known=entry["known"],
        sources=tuple(entry["sources"]),
        confidence=Confidence(entry["confidence"]).value,
    )
    return MethodRecord(MethodName(entry["id"]), entry.get("option", ""), about, entry["base"])
