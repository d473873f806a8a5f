"""How far and how often: the pace a class and situation get, and what a person may change of it.

The figures are records of ``data/paces.toml`` with their basis; there is no universal default.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from easeoff.medicines.model import Confidence, Medicine
from easeoff.planning.request import Indication, MethodName, Person, TaperRequest

#: Taken for less than this many years counts as brief.
_BRIEF_YEARS = 1
_SITUATIONS = frozenset({"any", "brief", "settled", "psychosis", "sleep"})
#: No record may let more than this share of a dose go in one step.
_MOST_AT_ONCE_PERCENT = 50


@dataclass(frozen=True, slots=True)
class Pace:
    """One record of ``paces.toml``. ``limit`` is in the unit of the method, ``days`` between steps."""

    id: str
    medicines: tuple[str, ...]
    classes: tuple[str, ...]
    situation: str
    max_dose_mg: Decimal | None
    method: MethodName
    limit: Decimal
    limit_gentle: Decimal
    limit_range: tuple[Decimal, Decimal]
    cap_percent: Decimal | None
    first_cut_percent: Decimal | None
    days: int
    days_gentle: int
    days_range: tuple[int, int]
    last_steps_diazepam_mg: Decimal | None
    most_percent_per_14_days: Decimal | None
    after_last_days: int | None
    basis: str
    confidence: Confidence
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoPace:
    """Why no steps are planned for some medicines: one sentence for people."""

    medicines: tuple[str, ...]
    classes: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class CommonPace:
    """The figures that hold for every class; percentages of the dose they name."""

    first_cut_low: Decimal
    first_cut_moderate: Decimal
    first_cut_high: Decimal
    first_cut_basis: str
    first_cut_source: str
    end_dose_share: Decimal
    tail_percent_of_start: Decimal
    tail_basis: str
    draft_goal_share: Decimal


@cache
def _table() -> dict[str, Any]:
    text = files("easeoff").joinpath("data/paces.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


@cache
def paces() -> tuple[Pace, ...]:
    """Every pace on record, the particular before the general."""
    return tuple(_pace(record) for record in _table()["pace"])


@cache
def no_paces() -> tuple[NoPace, ...]:
    """Every sentence on why there is no pace, the particular before the general."""
    return tuple(
        NoPace(tuple(record["medicines"]), tuple(record["classes"]), record["reason"])
        for record in _table()["no_pace"]
    )


@cache
def common_pace() -> CommonPace:
    """The figures that hold for every class."""
    record: dict[str, Any] = dict(_table()["common"])
    record.pop("confidence")
    numbers: dict[str, Any] = {
        key: value if isinstance(value, str) else Decimal(value) for key, value in record.items()
    }
    return CommonPace(**numbers)


def pace_faults(source_ids: Collection[str], medicines: Collection[Medicine] = ()) -> tuple[str, ...]:
    """What is wrong with ``paces.toml``: sources that are not on record, and defaults outside their own ranges.

    With ``medicines``, all that are on record, also: names and classes that nobody has, and a medicine that has
    neither a pace in every situation nor a sentence on why not.
    """
    faults = []
    for pace in paces():
        faults += [f"pace {pace.id}: no source {s}" for s in pace.sources if s not in source_ids]
        faults += _range_faults(pace)
    if len({pace.id for pace in paces()}) < len(paces()):
        faults.append("an id of a pace stands twice")
    if common_pace().first_cut_source not in source_ids:
        faults.append(f"common pace: no source {common_pace().first_cut_source}")
    return (*faults, *_cover_faults(medicines)) if medicines else tuple(faults)


def _range_faults(pace: Pace) -> list[str]:
    faults = []
    for limit in (pace.limit, pace.limit_gentle):
        if not 0 < pace.limit_range[0] <= limit <= pace.limit_range[1]:
            faults.append(f"pace {pace.id}: limit {limit} is outside its range")
    for days in (pace.days, pace.days_gentle):
        if not 0 < pace.days_range[0] <= days <= pace.days_range[1]:
            faults.append(f"pace {pace.id}: {days} days is outside its range")
    if pace.limit_gentle > pace.limit or pace.days_gentle < pace.days:
        faults.append(f"pace {pace.id}: the gentle pace is faster than the other")
    for name, percent in (("cap", pace.cap_percent), ("first cut", pace.first_cut_percent)):
        if percent is not None and not 0 < percent <= _MOST_AT_ONCE_PERCENT:
            faults.append(f"pace {pace.id}: a {name} of {percent} percent is too much at once")
    if pace.situation not in _SITUATIONS:
        faults.append(f"pace {pace.id}: situation {pace.situation} is not known")
    return faults


def _cover_faults(medicines: Collection[Medicine]) -> list[str]:
    names = {m.name for m in medicines}
    classes = {m.drug_class for m in medicines}
    faults = []
    records: tuple[Pace | NoPace, ...] = (*paces(), *no_paces())
    for record in records:
        faults += [f"paces: no medicine {name}" for name in record.medicines if name not in names]
        faults += [f"paces: no medicine has the class {c}" for c in record.classes if c not in classes]
    for medicine in medicines:
        always = any(_is_for(pace, medicine) and pace.situation in ("any", "settled") for pace in paces())
        if always == any(_is_for(record, medicine) for record in no_paces()):
            faults.append(
                f"{medicine.name}: it needs either a pace for every situation or a sentence why not"
            )
    return faults


def no_pace_reason(medicine: Medicine) -> str:
    """One sentence on why no steps are planned for ``medicine``, for those that have no pace."""
    for record in no_paces():
        if _is_for(record, medicine):
            return record.reason
    return f"No pace is on record for {medicine.name}, so no steps can be planned. Ask a specialist."


def pace_for(medicine: Medicine, request: TaperRequest) -> Pace | None:
    """The pace of this class in this situation, or ``None`` where none is on record."""
    for pace in paces():
        if _is_for(pace, medicine) and _fits(pace, request):
            return pace
    return None


def _is_for(record: Pace | NoPace, medicine: Medicine) -> bool:
    return medicine.name in record.medicines or medicine.drug_class in record.classes


def is_brief(person: Person) -> bool:
    """Under a year and no past withdrawal, both answered. Not answered is never taken for brief."""
    return person.years is not None and person.years < _BRIEF_YEARS and person.past_withdrawal is False


def first_cut_percent(pace: Pace, person: Person) -> Decimal:
    """The largest first cut, as percent of the starting dose, by risk: unknown counts as high."""
    if pace.first_cut_percent is not None:
        return pace.first_cut_percent
    common = common_pace()
    if person.past_withdrawal is not False or person.years is None:
        return common.first_cut_high
    return common.first_cut_low if is_brief(person) else common.first_cut_moderate


def _fits(pace: Pace, request: TaperRequest) -> bool:
    match pace.situation:
        case "brief":
            return is_brief(request.person)
        case "sleep":
            assert pace.max_dose_mg is not None
            return request.person.indication is Indication.SLEEP and request.dose <= pace.max_dose_mg
        case _:
            return True


def _pace(record: dict[str, Any]) -> Pace:
    low, high = record["limit_range"]
    shortest, longest = record["days_range"]
    return Pace(
        id=record["id"],
        medicines=tuple(record["medicines"]),
        classes=tuple(record["classes"]),
        situation=record["situation"],
        max_dose_mg=_number(record.get("max_dose_mg")),
        method=MethodName(record["method"]),
        limit=Decimal(record["limit"]),
        limit_gentle=Decimal(record["limit_gentle"]),
        limit_range=(Decimal(low), Decimal(high)),
        cap_percent=_number(record.get("cap_percent")),
        first_cut_percent=_number(record.get("first_cut_percent")),
        days=record["days"],
        days_gentle=record["days_gentle"],
        days_range=(shortest, longest),
        last_steps_diazepam_mg=_number(record.get("last_steps_diazepam_mg")),
        most_percent_per_14_days=_number(record.get("most_percent_per_14_days")),
        after_last_days=record.get("after_last_days"),
        basis=record["basis"],
        confidence=Confidence(record["confidence"]),
        sources=tuple(record["sources"]),
    )


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
