"""The report on the data says what there is, how old it is, and where it is thin."""

from __future__ import annotations

import runpy
import shutil
from datetime import date
from pathlib import Path

import pytest

from easeoff.medicines import DATA_ROOT, Confidence, load_sources
from easeoff.medicines.reporting import DataReport, data_report

TODAY = date(2026, 11, 23)
SCRIPT = Path(__file__).resolve().parents[3] / "docs" / "build_formulary_gaps.py"


@pytest.fixture(scope="module")
def report() -> DataReport:
    return data_report(TODAY)


def test_the_age_of_a_list_is_counted_from_its_own_date(report: DataReport) -> None:
    ages = {a.country: (a.age_days, a.old, a.products) for a in report.lists}
    assert ages["GB"] == (466, True, 2136)
    assert ages["FR"] == (375, True, 729)
    assert ages["NL"] == (2774, True, 315)
    fresh = {a.country: a.old for a in data_report(date(2025, 12, 1)).lists}
    assert (fresh["FR"], fresh["GB"], fresh["US"]) == (False, False, True)


def test_nothing_dutch_may_be_planned_with_and_every_other_list_covers_each_class(report: DataReport) -> None:
    for coverage in report.coverage:
        assert coverage.with_products_to_plan <= coverage.listed
        if coverage.country == "NL":
            assert coverage.with_products_to_plan == 0
        else:
            assert coverage.with_products_to_plan > 0


def test_no_figure_that_is_used_is_unverified(report: DataReport) -> None:
    resting = {r.kind: r for r in report.resting}
    assert resting["fits that doses are planned with"].unverified == 0
    assert resting["half-lives that are used"].unverified == 0
    assert resting["all half-lives"].unverified > 0


def test_disagreeing_figures_are_all_kept_and_the_used_one_says_why(report: DataReport) -> None:
    sources = {source.id for source in load_sources()}
    for one in report.disagreements:
        assert len(one.figures) > 1
        assert sum(figure.used for figure in one.figures) <= 1
        assert one.because.endswith(".")
        assert {figure.source for figure in one.figures} <= sources
        assert not any(figure.used and figure.confidence is Confidence.UNVERIFIED for figure in one.figures)


def test_twofold_benzodiazepine_equivalents_are_among_the_disagreements(report: DataReport) -> None:
    equivalents = {d.medicine for d in report.disagreements if d.what == "equivalent of diazepam"}
    assert {"alprazolam", "clonazepam"} <= equivalents


def test_gaps_by_country(report: DataReport) -> None:
    assert "duloxetine" in report.without_liquid["GB"]
    assert "sertraline" not in report.without_liquid["GB"]
    assert "duloxetine" in report.without_small_dose["US"]
    assert "fluoxetine" not in report.without_small_dose["CA"]
    assert "zopiclone" in report.not_listed["US"]
    assert set(report.without_small_dose["FR"]) <= set(report.without_liquid["FR"])


def test_a_medicine_either_has_a_curve_to_plan_with_or_says_why_not(report: DataReport) -> None:
    assert len(report.without_curve) == report.medicines - 15
    assert all(reason.endswith(".") for reason in report.without_curve.values())


def test_a_record_whose_review_is_overdue_is_named(report: DataReport) -> None:
    assert report.to_review == {}
    assert len(data_report(date(2027, 11, 24)).to_review) == 181


def test_another_folder_can_be_reported_on(tmp_path: Path) -> None:
    root = Path(shutil.copytree(DATA_ROOT, tmp_path / "data"))
    (root / "medicines" / "zopiclone.toml").unlink()
    assert data_report(TODAY, root).medicines == 180


def test_the_page_on_gaps_is_up_to_date() -> None:
    assert runpy.run_path(str(SCRIPT))["main"](["--check"]) == 0
