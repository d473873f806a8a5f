"""Articles load strictly: each fault is named, with the file it stands in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from library_factory import BODY, article_text, data_folder, reference

from easeoff.library import Readers, articles_for, find_articles, load_article, load_articles, rendered
from easeoff.medicines.files import DataError

CITE = "A claim. [@smith_2020]\n"


def test_a_sound_article_is_read_as_it_stands(tmp_path: Path) -> None:
    (article,) = load_articles(data_folder(tmp_path))
    assert (article.slug, article.title, article.audience) == ("sleep", "Sleep and dose", Readers.PATIENTS)
    assert (article.reviewed_on, article.review_by) == (date(2026, 1, 10), date(2027, 1, 10))
    assert article.body == BODY


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ({"title": ""}, "needs 'title' as text"),
        ({"title": '""'}, "'title' is empty"),
        ({"audience": '"doctors"'}, "is not one of patients, families, prescribers"),
        ({"reviewed_on": '"2026-01-10"'}, "needs 'reviewed_on' as a date"),
        ({"reviewed_on": "2026-01-10T10:00:00"}, "needs 'reviewed_on' as a date"),
        ({"review_by": "2026-01-10"}, "review_by must be later than reviewed_on"),
        ({"drug_classes": '["aspirin"]'}, "drug_classes must be some of any, antidepressant"),
        ({"drug_classes": "[]"}, "drug_classes must be some of"),
        ({"order": "true"}, "needs 'order' as a whole number"),
        ({"author": '"someone"'}, "unknown key 'author'"),
        ({"order": "= 3"}, "its head is not valid TOML"),
    ],
)
def test_a_fault_in_the_head_is_named(tmp_path: Path, head: dict[str, str], said: str) -> None:
    with pytest.raises(DataError) as caught:
        load_articles(data_folder(tmp_path, {"sleep": article_text(**head)}))
    assert said in caught.value.message
    assert "sleep.md" in caught.value.message


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("A claim. [@jones_1999]\n", "cites 'jones_1999', which is not in references.json"),
        ("A claim. [@Smith 2020]\n", "must look like [@key]"),
        ("A claim. [@smith_2020, @other]\n", "must look like [@key]"),
        (CITE + "<script>alert(1)</script>\n", "holds raw HTML"),
        (CITE + "\nSome <b>bold</b> words.\n", "holds raw HTML"),
        (CITE + "\n<!-- a remark -->\n", "holds raw HTML"),
        (CITE + "\n![a picture](https://example.org/a.png)\n", "holds an image"),
        (CITE + "\n[a link](mailto:someone@example.org)\n", "must begin with https://"),
        (CITE + "\n[a link](//example.org)\n", "must begin with https://"),
        ("# A second title\n\n" + CITE, "headings go from ## to ####"),
        (CITE + "\n{{figure: pie-chart medicine=sertraline}}\n", "There is no figure called 'pie-chart'"),
        (
            CITE + "\n{{figure: occupancy-curve medicine=aspirin}}\n",
            "There is no curve to draw for 'aspirin'",
        ),
        (CITE + "\n{{figure: occupancy-curve}}\n", "takes one option"),
        (
            CITE + "\nSee {{figure: occupancy-curve medicine=sertraline}} here.\n",
            "not a figure on a line of its own",
        ),
    ],
)
def test_what_a_text_may_not_hold_is_refused(tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(DataError) as caught:
        load_articles(data_folder(tmp_path, {"sleep": article_text(body)}))
    assert said in caught.value.message


def test_a_link_that_runs_a_script_stays_plain_text(tmp_path: Path) -> None:
    root = data_folder(tmp_path, {"sleep": article_text(CITE + "\n[a link](javascript:alert(1))\n")})
    assert '<a href="javascript' not in rendered("sleep", root).html


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Just a text.\n", "must begin with a line of +++"),
        ("+++\ntitle = 'x'\n+++\n", "must follow the head"),
    ],
)
def test_a_file_without_head_or_body_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError, match=r"sleep\.md") as caught:
        load_articles(data_folder(tmp_path, {"sleep": text}))
    assert said in caught.value.message


def test_two_articles_may_not_share_a_title(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="two articles have the title"):
        load_articles(data_folder(tmp_path, {"one": article_text(), "two": article_text()}))


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([reference(), reference()], "stands there twice"),
        ([reference("Smith 2020")], "may hold only a to z"),
        ([reference(DOI="doi:10.1/x")], "DOI must begin with 10."),
        ([reference(DOI="", URL="ftp://example.org")], "needs a DOI, or a URL"),
        ([reference(author=[], publisher="")], "needs an author or a publisher"),
        ([reference(author=[{"name": "Smith"}])], "needs a literal or a family name"),
        ([reference(issued={"year": 2020})], "issued must look like"),
        ([reference(confidence="sure")], "is not one of read, secondary"),
        ([reference(confidence="project_choice")], "must be read, secondary or unverified"),
        ([reference(confidence="unverified")], "which nobody has checked"),
        ([reference(), reference("unused_2001")], "'unused_2001' is cited nowhere"),
        ([reference(title=" ")], "needs 'title' as text"),
        ([reference(custom=None)], "needs custom with a confidence"),
        (["a string"], "is not an object"),
        ({"smith_2020": {}}, "must be a list"),
    ],
)
def test_a_fault_in_the_references_is_named(tmp_path: Path, items: object, said: str) -> None:
    with pytest.raises(DataError) as caught:
        load_articles(data_folder(tmp_path, references=items))
    assert said in caught.value.message


def test_a_reference_may_stay_uncited_where_it_says_why(tmp_path: Path) -> None:
    spare = reference("spare_2001", custom={"confidence": "read", "unused_because": "cited by the old page"})
    assert load_articles(data_folder(tmp_path, references=[reference(), spare]))


def test_articles_come_by_readers_and_then_by_their_order(tmp_path: Path) -> None:
    texts = {
        "a": article_text(title='"A"', audience='"prescribers"', order="1"),
        "b": article_text(title='"B"', order="30"),
        "c": article_text(title='"C"', order="20"),
        "d": article_text(title='"D"', audience='"families"', order="1"),
    }
    assert [article.slug for article in load_articles(data_folder(tmp_path, texts))] == ["c", "b", "d", "a"]


def test_the_articles_for_a_class_come_before_those_for_any(tmp_path: Path) -> None:
    texts = {
        "general": article_text(title='"General"', order="1"),
        "ssri": article_text(title='"Antidepressants"', drug_classes='["antidepressant"]', order="2"),
        "benzo": article_text(title='"Benzodiazepines"', drug_classes='["benzodiazepine"]', order="3"),
    }
    root = data_folder(tmp_path, texts)
    assert [article.slug for article in articles_for("antidepressant_ssri", root)] == ["ssri", "general"]
    assert [article.slug for article in articles_for("opioid", root)] == ["general"]


def test_an_unknown_slug_is_none(tmp_path: Path) -> None:
    assert load_article("nothing", data_folder(tmp_path)) is None


@pytest.mark.parametrize("words", ["sleep", "sleeping", "Sleep DOSES", "worse"])
def test_an_article_is_found_by_plain_words_with_any_ending(tmp_path: Path, words: str) -> None:
    assert [article.slug for article in find_articles(words, data_folder(tmp_path))] == ["sleep"]


@pytest.mark.parametrize("words", ["", "  ", "sleep bicycle"])
def test_words_that_fit_nothing_find_nothing(tmp_path: Path, words: str) -> None:
    assert find_articles(words, data_folder(tmp_path)) == ()
