"""The recorded traces and comparisons are those of the data as it is."""

from __future__ import annotations

import csv
import runpy
from pathlib import Path

from easeoff.medicines import load_medicine

DOCS = Path(__file__).resolve().parents[3] / "docs"


def rows(name: str) -> list[dict[str, str]]:
    with (DOCS / "reference" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_60_numbers_that_were_traced_are_those_that_are_drawn() -> None:
    script = runpy.run_path(str(DOCS / "sample_numbers.py"))
    assert len(script["sample"]()) == 60
    assert script["sample"]() == script["sample"]()
    assert script["main"](["--check"]) == 0


def test_every_number_was_found_the_same_in_its_source() -> None:
    traced = rows("sample-of-60.csv")
    assert {row["result"] for row in traced} == {"same"}
    assert all(row["traced_to"] for row in traced)


def test_forty_medicines_stand_beside_a_second_source() -> None:
    compared = rows("second-source-check.csv")
    names = {row["medicine"] for row in compared if row["figure"] == "half-life"}
    assert len(names) == 40
    for row in compared:
        load_medicine(row["medicine"])
        assert row["result"] in ("agrees", "differs", "none found")
        assert bool(row["url"]) == (row["result"] != "none found")


def test_the_half_lives_that_were_compared_are_those_of_the_records() -> None:
    for row in rows("second-source-check.csv"):
        used = load_medicine(row["medicine"]).half_life
        if row["figure"] == "half-life" and used is not None and used.hours is not None:
            assert row["ours"].startswith(f"{used.hours} h"), row["medicine"]


def test_what_differs_is_named_in_the_summary() -> None:
    summary = (DOCS / "reference" / "second-source-check.md").read_text(encoding="utf-8")
    for row in rows("second-source-check.csv"):
        if row["result"] == "differs":
            assert f"**{row['medicine']}**, {row['figure']}" in summary
