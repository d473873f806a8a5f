"""Medicines named among other words are found; a look-alike is only ever offered."""

from __future__ import annotations

import pytest

from easeoff.medicines import Part, look_alikes, parts_of


def test_brands_salts_and_names_of_two_words_are_read_as_their_substance() -> None:
    assert parts_of("Coming off Abilify Maintena, not Zoloft®") == (
        Part("coming"), Part("off"), Part("abilify maintena", "aripiprazole"), Part("not"), Part("zoloft", "sertraline"),
    )  # fmt: skip
    assert parts_of("(Dépakine)") == (Part("depakine", "valproate"),)


def test_a_substance_without_a_record_is_said_to_have_none_and_is_no_other() -> None:
    assert parts_of("co-codamol daily") == (Part("co-codamol", recordless=True), Part("daily"))


@pytest.mark.parametrize("text", ["", "   ", "?!, --", "“”"])
def test_a_text_without_words_has_no_parts(text) -> None:
    assert parts_of(text) == ()


@pytest.mark.parametrize("text", ["setraline 50 mg", "escitaloprm", "sertralines"])
def test_a_misspelt_name_is_never_taken_for_the_name(text) -> None:
    assert not any(part.name for part in parts_of(text))


@pytest.mark.parametrize(
    ("word", "first"),
    [("setraline", "sertraline"), ("zoloff", "sertraline"), ("mirtazipine", "mirtazapine"), ("Effexer", "venlafaxine"),
     ("amitryptaline", "amitriptyline")],
)  # fmt: skip
def test_a_slip_is_offered_what_it_looks_like(word, first) -> None:
    assert look_alikes(word)[0] == first


@pytest.mark.parametrize("word", ["", "doctor", "brain", "zaps", "test", "plan", "12345", "<script>"])
def test_an_ordinary_word_looks_like_no_medicine(word) -> None:
    assert look_alikes(word) == ()
