"""The recorded traces and comparisons are those of the data as it is."""

from __future__ import annotations

import csv
import runpy
from pathlib import Path

from easeoff.medicines.secondsources import Verdict, load_second_sources

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


def test_numbers_that_came_in_later_are_traced_one_by_one_with_the_words_read() -> None:
    later = rows("traced-later.csv")
    script = runpy.run_path(str(DOCS / "sample_numbers.py"))
    assert len(later) > 50
    assert script["no_longer_held"]() == []
    assert not set(script["traced"](DOCS / "reference" / "traced-later.csv")) & set(script["sample"]())
    for row in later:
        assert row["seen_at"].startswith("http"), row["file"]
        assert 1 <= len(row["words_read"].split()) <= 26, row["file"]


def test_each_trace_says_how_far_it_went() -> None:
    depths = {"paper or label read", "public transcription read", "only our own transcription"}
    for row in rows("sample-of-60.csv"):
        assert row["depth"] in depths
        assert bool(row["seen_at"]) == (row["depth"] != "only our own transcription"), row["record"]
    assert sum(row["depth"] == "paper or label read" for row in rows("sample-of-60.csv")) >= 10


def test_the_page_of_second_sources_is_that_of_the_data() -> None:
    assert runpy.run_path(str(DOCS / "build_second_sources.py"))["main"](["--check"]) == 0


def test_what_differs_is_named_on_the_page() -> None:
    page = (DOCS / "reference" / "second-source-check.md").read_text(encoding="utf-8")
    differing = [row for row in load_second_sources() if row.verdict is Verdict.DIFFERS]
    assert differing
    for row in differing:
        assert f"**{row.medicine}**, {row.kind.value}" in page
        assert row.figure in page
