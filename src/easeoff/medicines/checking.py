"""Checking every file of the data folder, strictly: what ``easeoff data check`` and the tests run."""

from __future__ import annotations

import re
from pathlib import Path

from easeoff.medicines.checking_guidelines import check_guideline_rates
from easeoff.medicines.checking_kinetics import check_kinetics
from easeoff.medicines.checking_records import (
    check_bands,
    check_countries,
    check_devices,
    check_medicines,
    check_other_medicines,
    check_sources,
)
from easeoff.medicines.checking_rows import (
    check_dose_equivalences,
    check_form_equivalences,
    check_products,
    check_properties,
)
from easeoff.medicines.checking_schedules import check_schedules
from easeoff.medicines.checking_second import check_second_sources
from easeoff.medicines.files import DATA_ROOT, read_rows, read_toml
from easeoff.medicines.loading import medicine_names
from easeoff.medicines.problems import Checker, DataProblem

__all__ = ["DataProblem", "check_data"]


def check_data(root: Path = DATA_ROOT) -> tuple[DataProblem, ...]:
    """Every fault of the data folder; empty when there is none. Nothing is raised for a faulty file."""
    checker = Checker()
    with checker.reading("sources.toml"):
        checker.sources = frozenset(read_toml(root / "sources.toml"))
    with checker.reading("countries.toml"):
        checker.countries = frozenset(read_toml(root / "countries.toml"))
    checker.medicines = frozenset(medicine_names(root))
    _check_version(checker, root)
    for check in (
        check_sources,
        check_countries,
        check_medicines,
        check_other_medicines,
        check_devices,
        check_bands,
        check_products,
        check_properties,
        check_form_equivalences,
        check_dose_equivalences,
        check_second_sources,
        check_schedules,
        check_guideline_rates,
        check_kinetics,
        _check_the_rest,
    ):
        check(checker, root)
    return tuple(checker.problems)


def _check_version(checker: Checker, root: Path) -> None:
    with checker.reading("VERSION"):
        version = (root / "VERSION").read_text(encoding="utf-8")
        fits = re.fullmatch(r"20\d\d\.\d\d(\.\d+)?\n", version) is not None
        checker.ensure(fits, "VERSION", f"{version!r} is not a version such as 2026.11")


def _check_the_rest(checker: Checker, root: Path) -> None:
    """Files that other rooms own must at least be whole: valid TOML, and CSV rows as long as their header."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        with checker.reading(name):
            if path.suffix == ".toml":
                read_toml(path)
            elif path.suffix == ".csv":
                read_rows(path)
