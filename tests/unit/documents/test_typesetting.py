"""Letters: what can be printed is, what cannot is said; a number is never parted from its unit."""

from __future__ import annotations

import documents_factory as make
import pytest
from paper_cases import pages_of, proposal_of

from easeoff.documents import letter_pdf, schedule_pdf
from easeoff.documents.typesetting import (
    _SURELY_THERE,
    IN_PLACE_OF_LETTERS,
    LACKING_NOTE,
    _kept_together,
    _lacking,
    paper_named,
)
from easeoff.quantities import EaseoffError

PRINTED = [
    "Zoë Ångström-Ñuñez",
    "Ελένη Παππά",
    "Łucja Żółć",
    "Наталія Їжакевич",
    "Nguyễn Văn Ộ",
    "דוד",
    "محمد",
    "გიორგი",
    "Արամ",
]
LACKING = ["中村", "한국", "ไทย", "😀", "\u0001", "𒀀", "\ue000"]


@pytest.mark.parametrize("name", PRINTED)
def test_a_name_in_these_scripts_is_printed(name: str) -> None:
    first = pages_of(schedule_pdf(make.proposal(), person=name))[0]
    assert IN_PLACE_OF_LETTERS not in first
    assert not _lacking(frozenset(name))


@pytest.mark.parametrize("name", LACKING)
def test_a_name_in_others_is_said_to_be_missing_in_every_paper_that_takes_one(name: str) -> None:
    for pdf in (
        schedule_pdf(make.proposal(), person=name),
        letter_pdf(proposal_of("zopiclone"), person=name),
    ):
        first = pages_of(pdf)[0]
        assert IN_PLACE_OF_LETTERS in first and LACKING_NOTE in first


def test_several_missing_letters_in_a_row_are_one_gap_and_the_rest_stays() -> None:
    first = pages_of(schedule_pdf(make.proposal(), person="Anna 中村 花子 Berg"))[0]
    assert f"For Anna {IN_PLACE_OF_LETTERS} Berg" in first


def test_a_document_of_ordinary_letters_is_not_looked_at_letter_by_letter() -> None:
    for text in (
        *pages_of(schedule_pdf(make.proposal())),
        *pages_of(letter_pdf(proposal_of("escitalopram"))),
    ):
        assert not _SURELY_THERE.sub("", text).strip("\u2022\u00ad")


def test_what_is_taken_to_be_there_really_is() -> None:
    ranges = [(0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x391, 0x3A1), (0x3A3, 0x3C9), (0x410, 0x44F)]
    letters = {chr(code) for first, last in ranges for code in range(first, last + 1)} | set(
        "–—‘’“”•…€×≤≥½¼¾☐"
    )
    assert all(_SURELY_THERE.fullmatch(letter) for letter in letters)
    assert _lacking(frozenset(letters)) == frozenset()


def test_numbers_and_units_are_held_together() -> None:
    assert _kept_together("5 mg = 0.5 mL of 10 mg/mL, 15 % off") == (
        "5\u00a0mg\u00a0=\u00a00.5\u00a0mL of 10\u00a0mg/mL, 15\u00a0% off"
    )
    assert _kept_together("12 mgs and 3 months") == "12 mgs and 3 months"
    assert _kept_together("<svg>5 mg</svg>") == "<svg>5 mg</svg>"


def test_a_paper_is_named_or_refused_in_one_sentence() -> None:
    assert paper_named("a4") == "a4"
    with pytest.raises(EaseoffError) as refused:
        paper_named("A0" * 50)
    assert refused.value.hint == "Choose a4 or us-letter."
    assert len(refused.value.message) < 120
