"""Strict checks of the published schedules."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from easeoff.medicines.files import Record, read_toml
from easeoff.medicines.problems import ORIGIN, Checker, flag, positive, table, tables, text
from easeoff.medicines.schedules import RuleName, ScheduleKind, to_schedule

_OPTIONAL = frozenset(
    {"medicine", "for_any", "drug_class", "country", "longest_days", "note", "caution", "rule", "beside"}
)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _dose(value: Any) -> bool:
    return value == 0 or positive(value)


_SCHEDULE = {
    "id": text, "title": text, "medicine": text, "for_any": flag, "drug_class": text, "country": text, "kind": text,
    "complete": flag, "shortest_days": _whole, "longest_days": _whole, "caution": text, "steps": tables, "rule": table,
    "beside": tables, **ORIGIN,
}  # fmt: skip
_STEP = {"mg": _dose, "days": lambda value: value == 0 or _whole(value), "alternate_days": flag}
_BAND = {"above_mg": _dose, "cut_mg": positive, "days": _whole}
_RULE = {
    "method": text, "percent": positive, "days": _whole, "bands": tables, "cuts": _whole, "hold_days": _whole,
    "end_mg": positive, "end_days": _whole, "places": _whole,
}  # fmt: skip
#: What each rule needs to say.
_NEEDS = {
    RuleName.BANDS: {"bands"},
    RuleName.PERCENT_START: {"percent", "days"},
    RuleName.PERCENT_CURRENT: {"percent", "days"},
    RuleName.SLIDE: {"percent", "cuts", "days", "hold_days"},
    RuleName.MICRO: {"percent", "days"},
}


def check_schedules(checker: Checker, root: Path) -> None:
    """Every file of ``schedules``."""
    ids: Counter[str] = Counter()
    for path in sorted((root / "schedules").glob("*.toml")):
        with checker.reading(f"schedules/{path.name}"):
            record = read_toml(path)
            if checker.keys(record, _SCHEDULE, path.stem, _OPTIONAL):
                _check_schedule(checker, record, path.stem)
            ids[str(record.get("id")).casefold()] += 1
    checker.file = "schedules"
    for twice in sorted(name for name, times in ids.items() if times > 1):
        checker.report(twice, "this id stands twice")


def _check_schedule(checker: Checker, record: Record, where: str) -> None:
    checker.origin(record, where)
    checker.ensure(record["id"] == where, where, "its id is not the name of its file")
    checker.ensure(record["kind"] in list(ScheduleKind), where, f"kind {record['kind']!r} is not known")
    named = [medicine for medicine in (record.get("medicine"),) if medicine is not None]
    named += [beside.get("medicine") for beside in record.get("beside", ())]
    for medicine in named:
        checker.ensure(medicine in checker.medicines, where, f"there is no medicine {medicine!r}")
    for_one = "medicine" in record
    checker.ensure(for_one != record.get("for_any", False), where, "it is for one medicine or for any")
    country = record.get("country", "GB")
    checker.ensure(len(country) == 2 and country.isupper(), where, f"country {country!r} is not two letters")
    longest = record.get("longest_days", record["shortest_days"])
    checker.ensure(record["shortest_days"] <= longest, where, "its range of days is upside down")
    for steps in (record["steps"], *(beside.get("steps", []) for beside in record.get("beside", ()))):
        _check_steps(checker, steps, where)
    _check_course(checker, record, where)
    if "rule" in record:
        _check_rule(checker, record["rule"], f"{where} rule")
    to_schedule(record, where)


def _check_steps(checker: Checker, steps: list[Record], where: str) -> None:
    checker.ensure(len(steps) > 1, where, "it has fewer than two doses")
    for number, step in enumerate(steps):
        named = f"{where} step {number}"
        checker.keys(step, _STEP, named, frozenset({"days", "alternate_days"}))
        last = number == len(steps) - 1
        checker.ensure("days" in step or last, named, "only the last dose may be without an end")
        checker.ensure(number == 0 or step.get("days") != 0, named, "only the first dose may last no days")


def _check_course(checker: Checker, record: Record, where: str) -> None:
    """The doses of the medicine itself fall at every step; a complete schedule ends at zero."""
    doses = [Decimal(step["mg"]) for step in record["steps"]]
    checker.ensure(all(a > b for a, b in pairwise(doses)), where, "its doses do not fall at every step")
    checker.ensure(
        record["complete"] == (doses[-1] == 0), where, "a complete schedule, and no other, ends at 0"
    )


def _check_rule(checker: Checker, rule: Record, where: str) -> None:
    checker.keys(rule, _RULE, where, frozenset(_RULE) - {"method"})
    name = rule["method"]
    checker.ensure(name in list(RuleName), where, f"method {name!r} is not known")
    for key in sorted(_NEEDS.get(name, set()) - rule.keys()):
        checker.report(where, f"“{key}” is missing for {name}")
    for number, band in enumerate(rule.get("bands", ()), 1):
        checker.keys(band, _BAND, f"{where} band {number}")
    edges = [Decimal(band["above_mg"]) for band in rule.get("bands", ())]
    checker.ensure(edges == sorted(edges, reverse=True), where, "its bands do not go down")
