"""``easeoff data report`` and ``easeoff data import``: nothing is taken in that was not shown before."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import pytest

from easeoff.cli.progress_bar import ProgressBar
from easeoff.medicines import DATA_ROOT, countries, medicine_names
from easeoff.medicines.files import read_rows
from easeoff.medicines.importing import Kind

RELEASES = Path(__file__).parents[1] / "fixtures" / "releases"
DMD = sorted(RELEASES.glob("dmd/2019-04-01/f_*.xml"))
BDPM = sorted(RELEASES.glob("bdpm/2025-11/*.txt"))
FIXTURES: dict[Kind, list[Path]] = {
    "dmd": DMD,
    "orange-book": sorted(RELEASES.glob("orange_book/**/products*.txt"))[:1],
    "bdpm": BDPM,
    "dpd": sorted(RELEASES.glob("dpd/*.txt")),
}


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """A copy of the data without products, which may be changed."""
    root = tmp_path / "data"
    shutil.copytree(DATA_ROOT, root, ignore=shutil.ignore_patterns("products", "articles"))
    monkeypatch.setattr("easeoff.cli.data_import.DATA_ROOT", root)
    return root


def importing(run, tmp_path, kind, files, *more):
    return run("data", "import", kind, *map(str, files), "--work", str(tmp_path / "work"), *more)


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_report_tells_coverage_age_confidence_disagreement_and_gaps(run):
    ran = run("data", "report")
    text = " ".join(ran.out.split())

    assert ran.status == 0
    assert f"{len(medicine_names())} medicines." in text
    for name in countries().values():
        assert name in text
    assert (
        "Netherlands: 315 products, listed on 20 April 2019, 2782 days ago. Old: more than 365 days." in text
    )
    assert "fits that doses are planned with: read 5, secondary 10, unverified 0, project_choice 0" in text
    assert "citalopram, SERT curve." in text
    assert "Used." in text
    for title in (
        "Without a curve to plan with",
        "Without a licensed liquid",
        "Without any licensed small dose",
    ):
        assert title in text


def test_the_report_shows_the_second_sources_and_what_is_unchecked(run):
    text = " ".join(run("data", "report").out.split())

    assert "A second pair of eyes (40 most used medicines)" in text
    assert re.search(r"division: agrees \d+, differs \d+, none found \d+, nothing to check 0", text)
    assert "Still unchecked: none." in text
    assert "vortioxetine. Curve: half of the transporter at 4.5 mg by our curve" in text
    assert "differs (half at 8.5 mg; perhaps the same origin)" in text


def test_the_report_as_json_holds_the_same(run):
    ran = run("data", "report", "--json")
    told = json.loads(ran.out)

    assert ran.status == 0
    assert told["today"] == "2026-12-01"
    assert told["medicines"] == len(medicine_names())
    assert sum(told["policies"].values()) == told["medicines"]
    assert {one["country"] for one in told["lists"]} == set(countries())
    assert "mirtazapine" in told["without_curve"]


@pytest.mark.parametrize("kind", FIXTURES)
def test_a_real_release_is_compared_and_nothing_is_taken_in(run, data, tmp_path, kind):
    before = contents(data)
    ran = importing(run, tmp_path, kind, FIXTURES[kind], "--released", "2026-11-20")

    assert ran.status == 0, ran.err
    assert "release of 20 November 2026" in ran.out
    if kind == "dmd":  # the real excerpt holds none of our medicines
        assert "New 0, gone 0" in ran.out
    else:
        assert "none of its codes was listed before" in " ".join(ran.out.split())
        assert ".txt line" in " ".join(ran.out.split()), "each product names its row"
    assert contents(data) == before
    assert (tmp_path / "work" / f"proposal-{kind}" / "difference.csv").is_file()


def test_what_was_shown_may_be_taken_in_by_a_second_call(run, data, tmp_path):
    importing(run, tmp_path, "bdpm", BDPM, "--released", "2026-11-20")
    ran = importing(run, tmp_path, "bdpm", BDPM, "--released", "2026-11-20", "--accept")

    assert ran.status == 0, ran.err
    assert "Taken in:" in ran.out
    read_rows.cache_clear()
    assert list((data / "products" / "FR").glob("*.csv"))
    assert "listed_on = 2026-11-20" in (data / "countries.toml").read_text()


def test_what_was_not_shown_before_is_not_taken_in(run, data, tmp_path):
    before = contents(data)
    first = importing(run, tmp_path, "bdpm", BDPM, "--released", "2026-11-20", "--accept")
    assert first.status == 2
    assert "has not been shown before" in first.err
    other_day = importing(run, tmp_path, "bdpm", BDPM, "--released", "2026-11-21", "--accept")
    assert other_day.status == 2
    assert contents(data) == before


def test_a_release_older_than_ours_says_so(run, data, tmp_path):
    assert "older than the list we hold, of 14 August 2025" in importing(run, tmp_path, "dmd", DMD).out


def test_a_file_that_is_cut_off_names_the_row_and_the_reason(run, data, tmp_path):
    before = contents(data)
    files = [Path(shutil.copy(path, tmp_path)) for path in DMD]
    broken = next(path for path in files if "f_vmp2" in path.name)
    broken.write_bytes(broken.read_bytes()[:3_000])
    ran = importing(run, tmp_path, "dmd", files)

    assert ran.status == 2
    assert ran.out == ""
    assert f"{broken.name} line " in ran.err
    assert "Nothing was imported" in ran.err
    assert contents(data) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("data", "import"), "Which release"),
        (("data", "import", "dmdd", "x.xml"), "“dmdd” is not a release"),
        (("data", "import", "dmd"), "No file of dmd"),
        (("data", "import", "orange-book", "missing.txt"), "there is no such file"),
        (("data", "import", "bdpm", "x.txt", "--released", "20/11/2026"), "not a date"),
        (("data", "import", "bdpm", "x.txt", "--json"), "--json is for"),
        (("data", "check", "--accept"), "--accept is for"),
        (("data", "report", "--work", "x"), "--work is for"),
        (("data", "report", "now"), "one word too many"),
    ],
)
def test_what_cannot_be_used_is_asked_back(run, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    ran = run(*words)
    assert ran.status == 2
    assert said in ran.err
    assert ran.out == ""


def test_a_work_folder_that_cannot_be_used_is_said(run, data, tmp_path):
    (tmp_path / "work").write_text("a file")
    ran = importing(run, tmp_path, "bdpm", BDPM)
    assert ran.status == 2
    assert "Name another folder with --work" in ran.err


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_progress_bar_is_drawn_on_a_terminal_and_goes_away(monkeypatch):
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    with ProgressBar("Reading dmd") as bar:
        for done in range(0, 1001):
            bar(done, 1000)
    drawn = screen.getvalue().split("\r")
    assert len(drawn) < 110, "it is redrawn once for each percent"
    assert any("50 %" in line for line in drawn)
    assert drawn[-1] == ""
    assert drawn[-2].strip() == ""


def test_no_progress_bar_goes_into_a_file(monkeypatch):
    file = io.StringIO()
    monkeypatch.setattr("sys.stderr", file)
    with ProgressBar("Reading dmd") as bar:
        bar(1, 2)
    assert file.getvalue() == ""
