"""What continuous integration asks of articles: a source behind every claim, plain words, a review that is not overdue."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from library_factory import article_text, data_folder

from easeoff.library import check_articles, load_article
from easeoff.library.checking import uncited

TODAY = date(2026, 11, 23)


def bare(tmp_path: Path, body: str) -> tuple[str, ...]:
    article = load_article(
        "sleep", data_folder(tmp_path, {"sleep": article_text(body + "\n\nCited. [@smith_2020]\n")})
    )
    assert article is not None
    return uncited(article)


def test_a_sound_article_has_no_fault(tmp_path: Path) -> None:
    assert check_articles(TODAY, data_folder(tmp_path)) == ()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Sleep gets worse.", ("Sleep gets worse.",)),
        ("Sleep gets worse. [@smith_2020]", ()),
        ("Does sleep get worse?", ()),
        ("If you feel unsafe, get help now.", ()),
        ("Ring the [line](/help-now).", ()),
        ("What can change:\n\n- Sleep. [@smith_2020]\n- Food.", ("Food.",)),
        ("What can change: [@smith_2020]", ()),
        ("All this can change [@smith_2020]:\n\n- Sleep.\n- Food.", ()),
        ("This can change. [@smith_2020]\n\n- Sleep.", ("Sleep.",)),
        ("1. Sleep.\n2. Food. [@smith_2020]", ("Sleep.",)),
        ("| What | When |\n|---|---|\n| Sleep | soon |\n| Food | late [@smith_2020] |", ("Sleep | soon",)),
        ("- Sleep\n  - worse at night", ("Sleep", "worse at night")),
        ("> Someone said so.", ("Someone said so.",)),
    ],
)
def test_every_claim_needs_a_source(tmp_path: Path, body: str, found: tuple[str, ...]) -> None:
    assert bare(tmp_path, body) == found


def test_a_paragraph_may_be_excused_by_its_opening_words(tmp_path: Path) -> None:
    root = data_folder(tmp_path, {"sleep": article_text("This site keeps no notes.\n\nA. [@smith_2020]\n")})
    (root / "articles" / "uncited.txt").write_text("sleep: This site keeps\n", encoding="utf-8")
    assert check_articles(TODAY, root) == ()


def test_an_excuse_for_what_is_not_there_is_a_fault(tmp_path: Path) -> None:
    root = data_folder(tmp_path)
    (root / "articles" / "uncited.txt").write_text("sleep: Gone from the page\n", encoding="utf-8")
    (fault,) = check_articles(TODAY, root)
    assert fault.what == "uncited.txt excuses what is not there: Gone from the page"


@pytest.mark.parametrize(("day", "faults"), [(date(2027, 1, 10), 0), (date(2027, 1, 11), 1)])
def test_a_review_is_overdue_from_the_day_after_it_was_due(tmp_path: Path, day: date, faults: int) -> None:
    assert len(check_articles(day, data_folder(tmp_path))) == faults


def test_a_review_in_the_future_is_a_fault(tmp_path: Path) -> None:
    (fault,) = check_articles(date(2026, 1, 9), data_folder(tmp_path))
    assert "still to come" in fault.what


HARD = "Individualised pharmacological deliberation necessitates interdisciplinary collaboration. [@smith_2020]\n"


@pytest.mark.parametrize(("audience", "faults"), [("patients", 1), ("families", 1), ("prescribers", 0)])
def test_only_prescribers_get_hard_pages(tmp_path: Path, audience: str, faults: int) -> None:
    root = data_folder(tmp_path, {"sleep": article_text(HARD, audience=f'"{audience}"')})
    found = check_articles(TODAY, root)
    assert len(found) == faults
    assert all("its reading grade is" in fault.what for fault in found)


def test_a_word_that_no_article_uses_may_not_stay_on_the_list(tmp_path: Path) -> None:
    root = data_folder(tmp_path)
    (root / "articles" / "unavoidable_words.txt").write_text("zopiclone\nsleep\n", encoding="utf-8")
    (fault,) = check_articles(TODAY, root)
    assert fault.what == "'zopiclone' stands in no article"
