"""Schedules that others published: doses and days as printed, who says so, and the rule behind them where one is known.

One file of ``data/schedules`` is one schedule. They are shown beside a plan; they are not advice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from easeoff.medicines.files import DATA_ROOT, Record, choice, decimal, optional_decimal, read_toml
from easeoff.medicines.model import Medicine, Provenance
from easeoff.medicines.records import need, provenance
from easeoff.quantities import EaseoffError


class ScheduleKind(StrEnum):
    """Whether the doses are printed in the source, or follow from a rule that it prints."""

    TABLE = "published table"
    FROM_RULE = "from a rule"


class RuleName(StrEnum):
    """How the next dose follows from those before it."""

    BANDS = "bands"  #: so many mg a cut, by how high the dose is; a cut ends at the edge of its band
    PERCENT_START = "percent-start"
    PERCENT_CURRENT = "percent-current"
    SLIDE = "slide"  #: some equal cuts of the dose at the start of a block, then a longer hold
    MICRO = "micro"  #: one block's cut spread evenly over its days


@dataclass(frozen=True, slots=True)
class PublishedStep:
    """A dose in mg a day and its days: 0 for what was taken before, ``None`` for the last dose, which has no end.

    ``alternate_days`` marks an average over days on which different doses are taken.
    """

    mg: Decimal
    days: int | None
    alternate_days: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """Above ``above_mg`` each cut is ``cut_mg``, and the dose that it leads to is kept ``days`` days."""

    above_mg: Decimal
    cut_mg: Decimal
    days: int


@dataclass(frozen=True, slots=True)
class ScheduleRule:
    """The rule of a schedule with its figures; what a rule does not use is ``None`` or empty.

    ``percent`` is of the base that ``name`` says. From ``end_mg`` or below the next dose is zero, after ``end_days``.
    ``places`` is how many decimals of a mg are shown, halves up; the doses behind them are not rounded.
    """

    name: RuleName
    percent: Decimal | None
    days: int | None
    bands: tuple[Band, ...]
    cuts: int | None
    hold_days: int | None
    end_mg: Decimal | None
    end_days: int | None
    places: int | None


@dataclass(frozen=True, slots=True)
class PublishedSchedule:
    """One record. ``medicine`` is an INN, or ``None`` for a rule that names no medicine (``drug_class`` may narrow it).

    ``country`` is two letters, empty where the source is of none. ``complete`` is false where the source gives no end.
    ``shortest_days`` and ``longest_days`` are what the source allows between cuts (``None``: or more).
    ``caution`` is set for what is kept only to be warned of. ``beside`` are medicines that change at the same time.
    """

    id: str
    title: str
    medicine: str | None
    drug_class: str
    country: str
    kind: ScheduleKind
    complete: bool
    shortest_days: int
    longest_days: int | None
    steps: tuple[PublishedStep, ...]
    rule: ScheduleRule | None
    beside: tuple[tuple[str, tuple[PublishedStep, ...]], ...]
    provenance: Provenance
    caution: str

    def is_for(self, medicine: Medicine) -> bool:
        """Whether it is a schedule of ``medicine``, or of any medicine of its class."""
        if self.medicine is not None:
            return self.medicine == medicine.name
        return self.drug_class in ("", medicine.drug_class)


@lru_cache(maxsize=4)
def published_schedules(root: Path = DATA_ROOT) -> tuple[PublishedSchedule, ...]:
    """Every schedule on record, by id. Raises `DataError`."""
    paths = sorted((root / "schedules").glob("*.toml"), key=lambda path: path.stem)
    return tuple(to_schedule(read_toml(path), path.stem) for path in paths)


def schedules_for(medicine: Medicine | None, root: Path = DATA_ROOT) -> tuple[PublishedSchedule, ...]:
    """The schedules of one medicine, and those for any medicine that may be laid beside it; all for ``None``."""
    return tuple(s for s in published_schedules(root) if medicine is None or s.is_for(medicine))


def find_schedule(text: str, root: Path = DATA_ROOT) -> PublishedSchedule:
    """The schedule with this id, in any case. Raises `EaseoffError`."""
    wanted = text.strip().casefold()
    for schedule in published_schedules(root):
        if schedule.id.casefold() == wanted:
            return schedule
    raise EaseoffError(
        f"“{text.strip()[:40]}” is not the id of a published schedule.",
        "See them with: easeoff compare --list",
    )


def to_schedule(record: Record, where: str) -> PublishedSchedule:
    """One file of ``data/schedules``. Raises `DataError`."""
    rule = record.get("rule")
    return PublishedSchedule(
        id=need(record, "id", where),
        title=need(record, "title", where),
        medicine=record.get("medicine"),
        drug_class=record.get("drug_class", ""),
        country=record.get("country", ""),
        kind=choice(ScheduleKind, need(record, "kind", where), where),
        complete=need(record, "complete", where),
        shortest_days=need(record, "shortest_days", where),
        longest_days=record.get("longest_days"),
        steps=_steps(record, where),
        rule=None if rule is None else _rule(rule, f"{where} rule"),
        beside=tuple((need(r, "medicine", where), _steps(r, where)) for r in record.get("beside", ())),
        provenance=provenance(record, where),
        caution=record.get("caution", ""),
    )


def _steps(record: Mapping[str, Any], where: str) -> tuple[PublishedStep, ...]:
    return tuple(
        PublishedStep(
            decimal(need(step, "mg", where), f"{where} step {number}"),
            step.get("days"),
            step.get("alternate_days", False),
        )
        for number, step in enumerate(need(record, "steps", where))
    )


def _rule(record: Mapping[str, Any], where: str) -> ScheduleRule:
    return ScheduleRule(
        name=choice(RuleName, need(record, "method", where), where),
        percent=optional_decimal(record.get("percent"), where),
        days=record.get("days"),
        bands=tuple(_band(band, where) for band in record.get("bands", ())),
        cuts=record.get("cuts"),
        hold_days=record.get("hold_days"),
        end_mg=optional_decimal(record.get("end_mg"), where),
        end_days=record.get("end_days"),
        places=record.get("places"),
    )


def _band(record: Mapping[str, Any], where: str) -> Band:
    return Band(
        decimal(need(record, "above_mg", where), where),
        decimal(need(record, "cut_mg", where), where),
        need(record, "days", where),
    )
