"""From the records of the TOML files to typed values: medicines, devices, sources."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from easeoff.medicines.files import DataError, Record, choice, decimal, optional_decimal
from easeoff.medicines.model import (
    Confidence,
    Curve,
    CurveModel,
    Device,
    HalfLife,
    Medicine,
    Policy,
    Property,
    Provenance,
    RedFlag,
    Source,
)


def to_medicine(record: Record, where: str) -> Medicine:
    """One file of ``data/medicines``. Raises `DataError`."""
    policy = need(record, "policy", where)
    return Medicine(
        name=need(record, "name", where),
        drug_class=need(record, "drug_class", where),
        synonyms=tuple(record.get("synonyms", ())),
        brands=tuple(record.get("brands", ())),
        acts_on=need(record, "acts_on", where),
        policy=choice(Policy, need(policy, "who", where), where),
        policy_reason=need(policy, "reason", where),
        policy_provenance=provenance(policy, f"{where} policy"),
        curves=tuple(_curve(r, f"{where} curve {n}") for n, r in enumerate(record.get("curve", ()), 1)),
        no_curve_reason=record.get("no_curve_reason", ""),
        half_lives=tuple(
            _half_life(r, f"{where} half_life {n}") for n, r in enumerate(record.get("half_life", ()), 1)
        ),
        red_flags=tuple(
            RedFlag(need(r, "sign", where), provenance(r, f"{where} red_flag {n}"))
            for n, r in enumerate(record.get("red_flag", ()), 1)
        ),
        alternate_day=need(record, "alternate_day", where),
        never_change_form=need(record, "never_change_form", where),
        controlled=tuple(record.get("controlled", ())),
        notes=tuple(to_property(r, f"{where} note {n}") for n, r in enumerate(record.get("note", ()), 1)),
    )


def to_device(record: Record, where: str) -> Device:
    """One syringe of ``data/devices.toml``. Raises `DataError`."""

    def number(key: str) -> Decimal:
        return decimal(need(record, key, where), f"{where} {key}")

    return Device(
        id=need(record, "id", where),
        name=need(record, "name", where),
        size_ml=number("size_ml"),
        mark_ml=number("mark_ml"),
        floor_ml=number("floor_ml"),
        hard_floor_ml=number("hard_floor_ml"),
        tolerance_nominal=number("tolerance_nominal"),
        tolerance_low=number("tolerance_low"),
        tolerance_high=number("tolerance_high"),
        default=need(record, "default", where),
        provenance=tuple(provenance(r, where) for r in need(record, "provenance", where)),
    )


def to_source(source_id: str, record: Record) -> Source:
    """One table of ``data/sources.toml``. Raises `DataError`."""
    return Source(
        id=source_id,
        title=need(record, "title", source_id),
        doi_or_url=need(record, "doi_or_url", source_id),
        licence=record.get("licence", ""),
        attribution=record.get("attribution", ""),
    )


def to_property(record: Mapping[str, Any], where: str) -> Property:
    """A fact with its name, value and condition. Raises `DataError`."""
    return Property(
        name=need(record, "name", where),
        value=need(record, "value", where),
        condition=record.get("condition", ""),
        provenance=provenance(record, where),
    )


def provenance(record: Mapping[str, Any], where: str) -> Provenance:
    """The keys ``source``, ``confidence`` and ``note`` of a record. Raises `DataError`."""
    confidence = choice(Confidence, need(record, "confidence", where), where)
    return Provenance(need(record, "source", where), confidence, record.get("note", ""))


def need(record: Mapping[str, Any], key: str, where: str) -> Any:
    """The value of a key that must be there. Raises `DataError`."""
    if key not in record:
        raise DataError(where, f"“{key}” is missing")
    return record[key]


def _curve(record: Record, where: str) -> Curve:
    return Curve(
        target=need(record, "target", where),
        region=need(record, "region", where),
        model=choice(CurveModel, need(record, "model", where), where),
        emax_percent=decimal(need(record, "emax_percent", where), where),
        ed50_mg=optional_decimal(record.get("ed50_mg"), where),
        releases=tuple(need(record, "releases", where)),
        plan_with=need(record, "plan_with", where),
        provenance=provenance(record, where),
    )


def _half_life(record: Record, where: str) -> HalfLife:
    chosen = record.get("metabolite_confidence")
    return HalfLife(
        hours=optional_decimal(record.get("hours"), where),
        low_hours=optional_decimal(record.get("low_hours"), where),
        high_hours=optional_decimal(record.get("high_hours"), where),
        active_metabolite=record.get("active_metabolite", ""),
        metabolite_hours=optional_decimal(record.get("metabolite_hours"), where),
        route=need(record, "route", where),
        preferred=need(record, "preferred", where),
        provenance=provenance(record, where),
        metabolite_low_hours=optional_decimal(record.get("metabolite_low_hours"), where),
        metabolite_high_hours=optional_decimal(record.get("metabolite_high_hours"), where),
        metabolite_confidence=None if chosen is None else choice(Confidence, chosen, where),
    )
