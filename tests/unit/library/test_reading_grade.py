"""The reading grade is the formula's, and words that cannot be avoided do not raise it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from easeoff.library import reading_age
from easeoff.library.syllables import syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("dose", 1), ("doses", 2), ("table", 2), ("tables", 2), ("take", 1), ("takes", 1), ("stopped", 1), ("started", 2),
        ("people", 2), ("medicine", 3), ("prescriber", 3), ("withdrawal", 3), ("careful", 2), ("safely", 2), ("doctor", 2),
        ("patient", 2), ("special", 2), ("period", 3), ("previous", 3), ("question", 2), ("quiet", 2), ("area", 3),
        ("everyone", 3), ("somewhere", 2), ("rhythm", 2), ("half-life", 2), ("don't", 1), ("you’re", 1), ("GP", 2), ("NHS", 3),
        ("a", 1), ("the", 1), ("eye", 1), ("being", 2), ("reduce", 2), ("reaction", 3), ("clinician", 3), ("sleep", 1),
        ("experience", 4), ("million", 2), ("handled", 2), ("suicide", 3), ("hmm", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_a_dictionary_does(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_follows_the_formula() -> None:
    # 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59
    assert reading_age("The cat sat on the mat.") == Decimal("-1.4")
    # 4 words, 2 sentences, 10 syllables: 0.39 * 2 + 11.8 * 10 / 4 - 15.59
    assert reading_age("Medicine works. Doctors experience.") == Decimal("14.7")


def test_long_words_and_long_sentences_raise_it() -> None:
    short = reading_age("Take it slow. See how you feel. Then go on.")
    long = reading_age(
        "Take it slow and see how you feel and then go on from there to the next one with care."
    )
    hard = reading_age("Individualised pharmacological considerations necessitate deliberation.")
    assert short < long < hard


def test_a_word_left_out_loses_its_syllables_and_keeps_its_place_in_the_sentence() -> None:
    text = "Ask about benzodiazepines and sertraline today."
    spared = reading_age(text, {"benzodiazepine", "sertraline"})
    assert spared < reading_age(text)
    # Six words in one sentence; Ask, about, and, today have six syllables in four words.
    assert spared == (Decimal("0.39") * 6 + Decimal("11.8") * 6 / 4 - Decimal("15.59")).quantize(
        Decimal("0.1")
    )


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("One two. Three four", "One two. Three four."),
        ("Item one\nItem two", "Item one. Item two."),
        ("Take 12.5 mg a day.", "Take 12 mg a day."),
        ("Is it so? Yes!", "Is it so. Yes."),
    ],
)
def test_sentences_end_where_people_see_them_end(text: str, same: str) -> None:
    assert reading_age(text) == reading_age(same)


def test_nothing_to_read_is_said() -> None:
    with pytest.raises(ValueError, match="nothing to read"):
        reading_age(" … ")
