"""A second pair of eyes: no cell empty, none stale, both figures shown, nothing replaced."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from easeoff.medicines import DATA_ROOT, check_data, load_formulary, load_medicine
from easeoff.medicines.heldfigures import NOTHING, FigureKind, held_words
from easeoff.medicines.secondsources import (
    Origin,
    SecondSource,
    Verdict,
    checked,
    load_second_sources,
    most_used,
    second_sources_of,
    verdict_words,
)

KEPT = frozenset({"any", "sertraline", "vortioxetine", "citalopram"})


def ignored(directory: str, names: list[str]) -> list[str]:
    by_medicine = {"medicines", "product_properties", "GB", "US", "FR", "CA", "NL"}
    return [name for name in names if Path(directory).name in by_medicine and Path(name).stem not in KEPT]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small copy of the data folder that a test may break."""
    return Path(shutil.copytree(DATA_ROOT, tmp_path / "data", ignore=ignored))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder: Path, file: str = "second_sources.csv") -> list[str]:
    return [f"{found.where} {found.what}" for found in check_data(folder) if found.file == file]


def test_none_of_the_forty_times_four_cells_is_empty() -> None:
    cells = list(checked())
    assert len(most_used()) == 40
    assert len(cells) == 160
    assert [f"{cell.medicine} {cell.kind}" for cell in cells if not cell.rows] == []


def test_every_medicine_that_is_compared_is_on_record_and_among_the_forty() -> None:
    for row in load_second_sources():
        assert load_medicine(row.medicine).name in most_used()


def test_every_comparison_is_with_what_the_data_hold_now() -> None:
    for row in load_second_sources():
        assert row.ours == held_words(row.medicine, row.kind), row.medicine


def test_nothing_to_check_means_that_nothing_is_held() -> None:
    for row in load_second_sources():
        assert (row.verdict is Verdict.NOTHING_HELD) == (row.ours == NOTHING)


def test_what_was_found_has_its_figure_its_address_and_its_origin() -> None:
    for row in load_second_sources():
        found = row.verdict in (Verdict.AGREES, Verdict.DIFFERS)
        assert found == bool(row.source and row.figure and row.address.startswith("http"))
        assert found == (row.origin is not Origin.NONE)
        assert row.note or row.verdict is Verdict.AGREES


def test_the_same_paper_never_counts_as_another_source() -> None:
    for row in load_second_sources():
        if "the paper that our figure is from" in row.note:
            assert row.origin is Origin.SAME


def test_a_difference_replaces_nothing() -> None:
    vortioxetine = next(curve for curve in load_medicine("vortioxetine").curves if curve.plan_with)
    assert vortioxetine.ed50_mg == Decimal("4.68")
    priadel = load_formulary("lithium", "GB").products
    assert all(tablet.parts == 1 for tablet in priadel if tablet.release.value == "MR")
    trazodone = load_formulary("trazodone", "US").products
    assert all(tablet.parts is None for tablet in trazodone if tablet.form_group == "tablet" and tablet.tier)


def test_the_held_line_names_the_fit_that_is_planned_with() -> None:
    assert held_words("sertraline", FigureKind.CURVE) == "SERT, striatum: ED50 7.72 mg, ceiling 92.01 %"
    assert held_words("quetiapine", FigureKind.CURVE).startswith("shown only, not planned with")
    assert held_words("mirtazapine", FigureKind.CURVE) == NOTHING


def test_the_held_line_names_a_half_life_that_is_not_used_as_such() -> None:
    assert held_words("fluoxetine", FigureKind.HALF_LIFE) == "96 to 144 h; norfluoxetine 192 h"
    assert "unverified" in held_words("tranylcypromine", FigureKind.HALF_LIFE)


def test_the_held_line_says_where_tablets_are_divided_by_record() -> None:
    words = held_words("citalopram", FigureKind.DIVISION)
    assert "in halves: FR" in words
    assert "nobody says: GB, US, CA" in words


def test_a_comparison_is_said_in_one_line() -> None:
    rows = second_sources_of("sertraline")
    assert [row.kind for row in rows] == sorted((row.kind for row in rows), key=list(FigureKind).index)
    half_life = next(row for row in rows if row.kind is FigureKind.HALF_LIFE)
    assert verdict_words(half_life).startswith("Half-life: 26 h. Checked against Davis")
    assert "agrees (24 h)" in verdict_words(half_life)


def test_none_found_says_what_was_looked_for() -> None:
    row = next(row for row in second_sources_of("duloxetine") if row.verdict is Verdict.NONE_FOUND)
    assert "none found. Looked for as" in verdict_words(row)


def test_what_we_do_not_hold_is_said_to_be_nothing_to_check() -> None:
    row: SecondSource = next(r for r in second_sources_of("diazepam") if r.kind is FigureKind.CURVE)
    assert verdict_words(row).startswith("Curve: we hold none, so there is nothing to check.")


def test_the_small_copy_has_no_fault_of_its_own(folder: Path) -> None:
    assert faults(folder) == []


def test_a_figure_that_changed_since_is_to_be_compared_again(folder: Path) -> None:
    change(folder / "medicines/sertraline.toml", "ed50_mg = 7.72", "ed50_mg = 8.72")
    assert any("8.72" in fault and "compare it again" in fault for fault in faults(folder))


def test_an_empty_cell_is_a_fault(folder: Path) -> None:
    path = folder / "second_sources.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("sertraline,half-life")]
    path.write_text("".join(kept), encoding="utf-8")
    assert faults(folder) == ["sertraline no second source was looked for: half-life"]


def test_a_difference_without_a_word_on_it_is_a_fault(folder: Path) -> None:
    change(folder / "second_sources.csv", ",24 h,agrees,", ",24 h,differs,")
    assert any("what is done about the difference" in fault for fault in faults(folder))


def test_a_figure_without_an_address_is_a_fault(folder: Path) -> None:
    change(
        folder / "second_sources.csv", "https://psychopharmacopeia.com/index.php/?generic=vortioxetine", ""
    )
    assert any("address" in fault for fault in faults(folder))


def test_a_verdict_that_is_none_is_a_fault(folder: Path) -> None:
    change(folder / "second_sources.csv", ",agrees,", ",proves,")
    assert any("proves" in fault for fault in faults(folder))


def test_a_day_that_is_none_is_a_fault(folder: Path) -> None:
    change(folder / "second_sources.csv", "2026-11-23", "soon")
    assert any("soon" in fault for fault in faults(folder))


def test_a_list_of_the_most_used_that_is_none_is_a_fault(folder: Path) -> None:
    change(folder / "most_used.toml", "names", "medicines")
    assert faults(folder, "most_used.toml")
