"""Strict checks of ``guideline_rates.toml``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from easeoff.medicines.files import read_toml
from easeoff.medicines.guidelines import all_guideline_rates
from easeoff.medicines.model import Confidence
from easeoff.medicines.problems import ORIGIN, Checker, text, words

_RATE = {"id": text, "classes": words, "medicines": words, "who": text, "says": text, **ORIGIN}


def check_guideline_rates(checker: Checker, root: Path) -> None:
    """Every record: known keys, a source on record, somebody it speaks of, nothing unverified."""
    with checker.reading("guideline_rates.toml"):
        records = read_toml(root / "guideline_rates.toml")["rate"]
        for record in records:
            where = str(record.get("id"))
            if not checker.keys(record, _RATE, where, frozenset({"note"})):
                continue
            checker.origin(record, where)
            speaks_of_someone = bool(record["classes"] or record["medicines"])
            checker.ensure(speaks_of_someone, where, "it speaks of no class and no medicine")
            unverified = record["confidence"] == Confidence.UNVERIFIED
            checker.ensure(not unverified, where, "a rate that nobody verified is not shown to prescribers")
        for twice, times in Counter(record.get("id") for record in records).items():
            checker.ensure(times == 1, str(twice), "this id stands twice")
        all_guideline_rates(root)
