"""Strict checks of the TOML files: sources, countries, medicines, devices, bands."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

from easeoff.medicines.files import Record, read_toml
from easeoff.medicines.loading import load_bands
from easeoff.medicines.model import Confidence, CurveModel, Policy, Release
from easeoff.medicines.problems import (
    ORIGIN,
    Checker,
    day,
    flag,
    fraction,
    positive,
    table,
    tables,
    text,
    words,
)
from easeoff.medicines.records import to_device, to_medicine

_NOTE = frozenset({"note"})
_MEDICINE = {
    "name": text, "drug_class": text, "synonyms": words, "brands": words, "acts_on": text, "no_curve_reason": text,
    "alternate_day": flag, "never_change_form": flag, "controlled": words, "review_by": day, "policy": table,
    "curve": tables, "half_life": tables, "red_flag": tables, "note": tables,
}  # fmt: skip
_CURVE = {
    "target": text, "region": text, "model": text, "emax_percent": positive, "ed50_mg": positive, "releases": words,
    "plan_with": flag, "because": text, **ORIGIN,
}  # fmt: skip
_HALF_LIFE = {
    "hours": positive, "low_hours": positive, "high_hours": positive, "active_metabolite": text,
    "metabolite_hours": positive, "metabolite_low_hours": positive, "metabolite_high_hours": positive,
    "metabolite_confidence": text, "route": text, "preferred": flag, "because": text, **ORIGIN,
}  # fmt: skip
_DEVICE = {
    "id": text, "name": text, "size_ml": positive, "mark_ml": positive, "floor_ml": positive, "hard_floor_ml": positive,
    "tolerance_nominal": fraction, "tolerance_low": fraction, "tolerance_high": fraction, "default": flag,
    "provenance": tables,
}  # fmt: skip
#: What a red flag with unverified signs must say to the reader.
_UNCHECKED = "has not been checked"


def check_sources(checker: Checker, root: Path) -> None:
    """``sources.toml``."""
    with checker.reading("sources.toml"):
        kinds = {
            "title": text,
            "doi_or_url": lambda v: isinstance(v, str),
            "licence": text,
            "attribution": text,
        }
        for source_id, record in read_toml(root / "sources.toml").items():
            checker.keys(record, kinds, source_id, frozenset({"licence", "attribution"}))


def check_countries(checker: Checker, root: Path) -> None:
    """``countries.toml``."""
    with checker.reading("countries.toml"):
        for code, record in read_toml(root / "countries.toml").items():
            checker.keys(
                record, {"name": text, "products_source": text, "listed_on": day, "note": text}, code
            )
            source = record.get("products_source")
            checker.ensure(source in checker.sources, code, f"source {source!r} is not in sources.toml")
            checker.ensure((root / "products" / code).is_dir(), code, "there is no folder of products for it")


def check_medicines(checker: Checker, root: Path) -> None:
    """Every file of ``medicines``, and that no name stands for two medicines."""
    names: Counter[str] = Counter()
    for name in sorted(checker.medicines):
        with checker.reading(f"medicines/{name}.toml"):
            record = read_toml(root / "medicines" / f"{name}.toml")
            _check_medicine(checker, record, name)
            names.update({n.casefold() for n in (name, *record["synonyms"], *record["brands"])})
    checker.file = "medicines"
    for twice in sorted(name for name, times in names.items() if times > 1):
        checker.report(twice, "this name stands for more than one medicine")


def check_other_medicines(checker: Checker, root: Path) -> None:
    """``other_medicines.toml``: names without a record."""
    with checker.reading("other_medicines.toml"):
        record = read_toml(root / "other_medicines.toml")
        if checker.keys(record, {"names": words}, "names"):
            for name in sorted(checker.medicines & set(record["names"])):
                checker.report(name, "it has a record, so it may not stand here")


def check_devices(checker: Checker, root: Path) -> None:
    """``devices.toml``."""
    with checker.reading("devices.toml"):
        records = read_toml(root / "devices.toml")["device"]
        for number, record in enumerate(records, 1):
            where = str(record.get("id", number))
            with checker.record(where):
                if checker.keys(record, _DEVICE, where):
                    _check_device(checker, record, where)
        ids = [record.get("id") for record in records]
        checker.ensure(len(set(ids)) == len(ids), "device", "an id stands twice")
        checker.ensure(any(record.get("default") for record in records), "device", "no device is a default")


def check_bands(checker: Checker, root: Path) -> None:
    """``portion_bands.toml``."""
    with checker.reading("portion_bands.toml"):
        for name, record in read_toml(root / "portion_bands.toml").items():
            if checker.keys(record, {"fraction": fraction, **ORIGIN}, name):
                checker.origin(record, name)
        load_bands(root)


def _check_medicine(checker: Checker, record: Record, name: str) -> None:
    optional = frozenset({"no_curve_reason", "curve", "half_life", "red_flag", "note"})
    checker.keys(record, _MEDICINE, name, optional)
    checker.ensure(record.get("name") == name, name, "its name is not that of its file")
    checker.keys(record["policy"], {"who": text, "reason": text, **ORIGIN}, "policy", _NOTE)
    checker.ensure(
        record["policy"].get("who") in list(Policy), "policy", "“who” is not a policy that is known"
    )
    checker.origin(record["policy"], "policy")
    for country in record["controlled"]:
        checker.ensure(
            country in checker.countries, "controlled", f"country {country!r} is not in countries.toml"
        )
    _check_curves(checker, record)
    _check_half_lives(checker, record)
    for number, sign in enumerate(record.get("red_flag", ()), 1):
        _check_red_flag(checker, sign, f"red_flag {number}")
    for number, note in enumerate(record.get("note", ()), 1):
        kinds = {"name": text, "value": text, "condition": text, **ORIGIN}
        checker.keys(note, kinds, f"note {number}", _NOTE)
        checker.origin(note, f"note {number}")
    to_medicine(record, name)


def _check_curves(checker: Checker, record: Record) -> None:
    curves = record.get("curve", [])
    for number, curve in enumerate(curves, 1):
        where = f"curve {number}"
        if not checker.keys(curve, _CURVE, where, _NOTE | {"ed50_mg", "because"}):
            continue
        checker.origin(curve, where)
        by_dose = curve["model"] in (CurveModel.DAILY_DOSE, CurveModel.SINGLE_DOSE)
        checker.ensure(curve["model"] in list(CurveModel), where, f"model {curve['model']!r} is not known")
        checker.ensure(
            by_dose == ("ed50_mg" in curve), where, "ed50_mg belongs to a fit on dose, and only there"
        )
        checker.ensure(set(curve["releases"]) <= set(Release), where, "a release is not known")
        _check_because(checker, curve, where, chosen=curve["plan_with"] and len(curves) > 1)
        if curve["plan_with"]:
            checker.ensure(
                curve["model"] == CurveModel.DAILY_DOSE, where, "only a daily-dose fit may be planned with"
            )
            sure = curve["confidence"] != Confidence.UNVERIFIED
            checker.ensure(sure, where, "an unverified fit may not be planned with")
    planned = sum(1 for curve in curves if curve.get("plan_with") is True)
    checker.ensure(planned <= 1, "curve", "more than one fit is marked plan_with")
    explained = "no_curve_reason" in record
    checker.ensure(
        explained != (planned == 1), "no_curve_reason", "it belongs where no fit may be planned with"
    )


def _check_half_lives(checker: Checker, record: Record) -> None:
    halves = record.get("half_life", [])
    optional = _NOTE | {
        "hours",
        "low_hours",
        "high_hours",
        "active_metabolite",
        "metabolite_hours",
        "metabolite_low_hours",
        "metabolite_high_hours",
        "metabolite_confidence",
        "because",
    }
    for number, half in enumerate(halves, 1):
        where = f"half_life {number}"
        if not checker.keys(half, _HALF_LIFE, where, optional):
            continue
        checker.origin(half, where)
        low, high = half.get("low_hours"), half.get("high_hours")
        checker.ensure((low is None) == (high is None), where, "a range has two ends")
        checker.ensure(low is None or low <= high, where, "the range is upside down")
        _check_metabolite(checker, half, where)
        _check_because(checker, half, where, chosen=half["preferred"] and len(halves) > 1)
        if half["preferred"]:
            sure = half["confidence"] != Confidence.UNVERIFIED
            checker.ensure(sure, where, "an unverified half-life may not be preferred")
    preferred = sum(1 for half in halves if half.get("preferred") is True)
    checker.ensure(preferred <= 1, "half_life", "more than one half-life is preferred")


def _check_metabolite(checker: Checker, half: Record, where: str) -> None:
    """A metabolite of which only a range is printed: the value is its geometric mean, and is called our choice."""
    low, high, value = (half.get(f"metabolite_{key}") for key in ("low_hours", "high_hours", "hours"))
    named = half.get("metabolite_confidence")
    if low is None and high is None:
        checker.ensure(named is None, where, "“metabolite_confidence” belongs beside a printed range")
        return
    if low is None or high is None or value is None:
        checker.report(where, "a printed range of a metabolite has two ends and a value between them")
        return
    mean = Decimal(low * high).sqrt()
    checker.ensure(abs(value - mean) < 1, where, f"the value is not the geometric mean, {mean:.1f}")
    checker.ensure(
        named == Confidence.PROJECT_CHOICE, where, "a value inside a printed range is a project_choice"
    )


def _check_because(checker: Checker, record: Record, where: str, *, chosen: bool) -> None:
    """Where sources stand beside each other, the one that is used says why, and no other does."""
    checker.ensure(
        chosen == ("because" in record), where, "“because” belongs to the one of several that is used"
    )


def _check_red_flag(checker: Checker, sign: Record, where: str) -> None:
    if not checker.keys(sign, {"sign": text, **ORIGIN}, where, _NOTE):
        return
    checker.origin(sign, where)
    shown = sign["confidence"] != Confidence.UNVERIFIED or _UNCHECKED in sign["sign"]
    checker.ensure(shown, where, f"unverified signs must say that the list “{_UNCHECKED}”")


def _check_device(checker: Checker, record: Record, where: str) -> None:
    for origin in record["provenance"]:
        checker.keys(origin, ORIGIN, where)
        checker.origin(origin, where)
    device = to_device(record, where)
    checker.ensure(device.hard_floor_ml <= device.floor_ml, where, "the floor is below the hard floor")
    checker.ensure(device.floor_ml < device.size_ml, where, "the floor is not below the size")
    for key in ("floor_ml", "size_ml"):
        marks = Decimal(record[key]) / device.mark_ml
        checker.ensure(marks == int(marks), where, f"{key} does not fall on a mark")
