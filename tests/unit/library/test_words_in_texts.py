"""Searching the texts: whole first, then the most words; and which words the texts use."""

from __future__ import annotations

import pytest

from easeoff.library import find_articles, find_resources, is_written, load_shelf


def slugs(words: str, *, partly: bool = False) -> list[str]:
    return [article.slug for article in find_articles(words, partly=partly)]


def test_a_question_in_everyday_words_finds_what_its_telling_words_find() -> None:
    assert slugs("What is the withdrawal?") == slugs("withdrawal") != []


def test_a_long_question_finds_nothing_whole_and_the_nearest_in_part() -> None:
    asked = "terrible brain zaps since stopping bicycles"
    assert slugs(asked) == []
    assert "what-withdrawal-is" in slugs(asked, partly=True)


@pytest.mark.parametrize("words", ["", "  ", "the of and", "bicycle", "brain bicycle", "xyzzy plugh quux"])
def test_one_or_two_words_must_fit_whole_and_nonsense_fits_nothing(words) -> None:
    assert slugs(words, partly=True) == []


def test_part_of_the_words_is_only_used_where_nothing_has_them_all() -> None:
    shelf = load_shelf()
    assert find_resources(shelf, words="ashton manual") == find_resources(
        shelf, words="ashton manual", partly=True
    )
    assert find_resources(shelf, words="ashton manual bicycle") == ()
    assert "ashton-manual" in {
        one.id for one in find_resources(shelf, words="ashton manual bicycle", partly=True)
    }


def test_words_of_the_texts_are_known_and_slips_are_not() -> None:
    assert is_written("withdrawal") and is_written("liquids") and is_written("shorter")
    assert not is_written("withdrwal") and not is_written("setraline")
