"""The articles that Easeoff ships with: they load, every claim is cited, and people can read them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from easeoff.library import (
    HIGHEST_GRADE,
    Article,
    Readers,
    article_grade,
    articles_for,
    check_articles,
    load_articles,
    load_references,
    reader_class,
    rendered,
)
from easeoff.library.readability import committed_words
from easeoff.medicines import load_medicine, medicine_names

#: The day on which the articles were last gone through; a later run must not fail by itself.
CHECKED_ON = date(2026, 11, 23)
ARTICLES = load_articles()


def test_no_article_has_a_fault() -> None:
    assert [f"{fault.slug}: {fault.what}" for fault in check_articles(CHECKED_ON)] == []


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_a_page_for_patients_or_families_is_easy_to_read(article: Article) -> None:
    if article.audience is not Readers.PRESCRIBERS:
        assert article_grade(article) <= HIGHEST_GRADE


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_every_article_cites_and_is_drawn(article: Article) -> None:
    page = rendered(article.slug)
    assert page.notes
    assert page.headings
    assert "[@" not in page.html
    assert "{{" not in page.html


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_no_review_is_set_further_off_than_a_year(article: Article) -> None:
    assert article.review_by - article.reviewed_on <= timedelta(days=366)


def test_there_is_something_for_every_kind_of_reader() -> None:
    assert {article.audience for article in ARTICLES} == set(Readers)


def test_every_medicine_on_record_leads_to_an_article_of_its_class_or_of_any() -> None:
    for name in medicine_names():
        assert articles_for(load_medicine(name).drug_class), name


@pytest.mark.parametrize(
    ("record", "reader"),
    [
        ("antidepressant_snri", "antidepressant"),
        ("mood_stabiliser_antiepileptic", "mood_stabiliser"),
        ("z_drug", "z_drug"),
    ],
)
def test_a_record_class_is_read_as_readers_know_it(record: str, reader: str) -> None:
    assert reader_class(record) == reader


def test_every_reference_can_be_looked_up() -> None:
    assert all(reference.address.startswith("http") for reference in load_references().values())


def test_the_list_of_unavoidable_words_stays_short() -> None:
    # A list that grows without end would make any text "easy".
    assert len(committed_words()) <= 80
