"""The papers from the terminal: written from what may be handed over, refused in one sentence where not."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

#: Every question answered, for someone who takes an antidepressant.
ANSWERS = ("--person", "for=depression", "age=41", "pregnancy=no", "years=3", "days_a_week=7", "steady=yes", "with=none",
           "alcohol=0", "alcohol_dependence=no", "drugs=no", "seizures=no", "past_withdrawal=no", "psychosis=no",
           "suicidal=no", "crisis=no", "liver=no", "kidney=no", "heart=no", "breathing=no")  # fmt: skip
MIRTAZAPINE = ("plan", "mirtazapine 15 mg", "--country", "GB", "--goal", "7.5", *ANSWERS)
ESCITALOPRAM = ("plan", "escitalopram 5 mg", "--country", "GB", *ANSWERS)


def _words(path: Path) -> str:
    pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("form", ["letter", "pdf", "supply", "cards"])
def test_each_paper_is_written_from_a_plan(run, tmp_path: Path, form: str) -> None:
    file = tmp_path / "paper.pdf"
    done = run(*MIRTAZAPINE, "--format", form, "--name", "Łucja Żuk", "-o", str(file))
    assert (done.status, done.out) == (0, "")
    assert "irtazapine" in _words(file) and "Łucja Żuk" in _words(file)
    assert file.stat().st_mode & 0o777 == 0o600


def test_from_a_draft_over_its_limits_there_is_a_letter_and_no_supply(run, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    done = run(*ESCITALOPRAM, "--format", "letter", "-o", str(file))
    assert done.status == 1 and "Do not follow it" in done.err
    assert "this cannot be done gently with what is listed" in _words(file)
    for form, what in (("supply", "supply list"), ("cards", "preparation card"), ("pdf", "schedule")):
        refused = run(*ESCITALOPRAM, "--format", form, "-o", str(tmp_path / "none.pdf"))
        assert refused.status == 1
        assert f"No {what} is written from a draft that is not within your limits." in refused.err
    assert not (tmp_path / "none.pdf").exists()


def test_a_stop_writes_its_letter_and_says_what_to_do(run, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    done = run("plan", "lithium 400 mg", "--country", "GB", "--format", "letter", "-o", str(file))
    assert done.status == 3
    shown = run("plan", "lithium 400 mg", "--country", "GB").out
    assert "A letter to your prescriber" in shown and "--format letter -o letter.pdf" in shown
    assert "Stop." in done.err and "Keep taking 400 mg as you do now. Do not cut and do not stop." in done.err
    assert "Contact the team that looks after your lithium" in done.err
    words = _words(file)
    assert "Lithium 400 mg a day: a planning tool stopped here" in words
    assert set(re.findall(r"[\d.]+ mg", words)) == {"400 mg"}


@pytest.mark.parametrize("form", ["pdf", "supply", "cards"])
def test_a_stop_writes_no_other_paper(run, tmp_path: Path, form: str) -> None:
    file = tmp_path / "none.pdf"
    done = run("plan", "lithium 400 mg", "--country", "GB", "--format", form, "-o", str(file))
    assert done.status == 3 and not file.exists()
    assert "there is a stop" in done.err and "Keep taking 400 mg as you do now" in done.err


@pytest.mark.parametrize(("paper", "wide"), [("a4", 595), ("us-letter", 612), ("US-Letter", 612)])
def test_the_paper_size_is_taken(run, tmp_path: Path, paper: str, wide: int) -> None:
    file = tmp_path / "paper.pdf"
    run(*MIRTAZAPINE, "--format", "supply", "--paper", paper, "-o", str(file))
    assert round(pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages[0].mediabox.width) == wide


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--format", "pdf", "--paper", "a5"), "“a5” is not a paper size we print on."),
        (("--large-print",), "--large-print is for what is printed."),
        (("--name", "A", "--format", "json"), "--name is for what is printed."),
        (("--format", "letter", "--large-print"), "The letter is one page, so it has no large print."),
        (("--json", "--format", "letter"), "--json already prints on standard output."),
    ],
)
def test_an_option_that_would_do_nothing_is_asked_back(run, options: tuple[str, ...], says: str) -> None:
    done = run(*MIRTAZAPINE, *options)
    assert (done.status, done.out) == (2, "")
    assert says in done.err


def test_where_every_dose_is_of_whole_pieces_no_card_is_written(run, tmp_path: Path) -> None:
    answered = [answer.replace("for=depression", "for=anxiety") for answer in ANSWERS]
    done = run("plan", "pregabalin 300 mg", "--country", "GB", "--goal", "250", "--intakes", "22:00=300", *answered,
               "--product", *(f"GB-pregabalin-capsule-{mg}mg" for mg in (25, 50, 225, 300)),
               "--format", "cards", "-o", str(tmp_path / "none.pdf"))  # fmt: skip
    assert done.status == 1 and not (tmp_path / "none.pdf").exists()
    assert "No card is needed: every dose up to the review is of whole pieces." in done.err
