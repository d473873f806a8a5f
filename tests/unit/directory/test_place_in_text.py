"""A place at the end of a text is read; a word that only looks like one is not."""

from __future__ import annotations

import pytest

from easeoff.directory import place_in


@pytest.mark.parametrize(
    ("text", "words", "typed", "label"),
    [
        ("BD1", "", "BD1", "BD1 (Bradford)"),
        ("help in bd1 1aa", "", "bd1 1aa", "BD1 (Bradford)"),
        ("benzo help Leeds", "benzo help", "Leeds", "Leeds (Yorkshire and the Humber)"),
        ("Isle of Wight", "", "Isle of Wight", "Isle of Wight (South East England)"),
        ("tapering uk", "tapering", "uk", "United Kingdom"),
        ("clinic US", "clinic", "US", "United States"),
    ],
)
def test_the_longest_place_at_the_end_is_taken_out(text, words, typed, label) -> None:
    found = place_in(text)
    assert (found.words, found.typed) == (words, typed)
    assert found.place is not None and found.place.label == label


@pytest.mark.parametrize(
    "text",
    ["", "withdrawal", "how do I stop it", "help us", "Leeds clinic", "'; DROP TABLE x; --", "x" * 500],
)
def test_a_text_without_a_place_at_its_end_stays_as_it_is(text) -> None:
    found = place_in(text)
    assert (found.words, found.typed, found.place) == (text, "", None)
