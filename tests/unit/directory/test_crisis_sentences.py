"""The crisis panel as sentences for paper and terminal, what a telephone dials, and how the numbers are set."""

from __future__ import annotations

import pytest
from directory_factory import TODAY, crisis_line

from easeoff.directory import crisis_panel, dialled, load_services, read_emergency_numbers
from easeoff.quantities import EaseoffError

SERVICES = load_services()


@pytest.mark.hazard("H-018")
@pytest.mark.parametrize("country", ["GB", "US", "CA", "FR", "NL", "PL", ""])
def test_in_every_country_the_first_sentence_says_what_to_ring_in_danger(country: str) -> None:
    assert (
        crisis_panel(SERVICES, country, TODAY).sentences[0]
        == "If life is in danger, ring your local emergency number now."
    )
    told = crisis_panel(SERVICES, country, TODAY, {country: "000"}).sentences
    assert told[0] == "If life is in danger, ring 000 now."


def test_a_line_that_was_checked_lately_is_told_with_its_number_and_the_others_with_their_address() -> None:
    old = crisis_line(id="old", name="Old Line", url="https://old.example")
    panel = crisis_panel([crisis_line(last_human_check=TODAY, text_line="85000"), old], "GB", TODAY)
    assert panel.sentences[1:] == (
        "Lantern Line: ring 01632 960001 or text 85000. Checked on 1 November 2026.",
        "Nobody has checked the numbers of these other crisis lines lately. Take the number from their own page:"
        " Old Line, old.example.",
    )


def test_where_no_line_is_known_the_panel_sends_to_the_emergency_department() -> None:
    assert crisis_panel([], "PL", TODAY).sentences[1:] == (
        "We know of no crisis line here that a person has checked. Ring your local emergency number, or go to the"
        " nearest emergency department.",
    )


@pytest.mark.parametrize(
    ("written", "rung"),
    [
        ("116 123", "116123"), ("9-8-8", "988"), ("111 option 2", "111"), ("988 then press 1", "988"),
        ("(09) 5222 999", "095222999"), ("+44 1632 960001", "+441632960001"), ("", ""), ("text SHOUT to 85258", ""),
    ],
)  # fmt: skip
def test_a_link_rings_the_part_of_a_number_that_can_be_dialled(written: str, rung: str) -> None:
    assert dialled(written) == rung


def test_every_number_of_the_release_can_be_dialled() -> None:
    assert [one.id for one in SERVICES if one.phone and not dialled(one.phone)] == []


def test_emergency_numbers_are_read_and_anything_else_is_asked_back() -> None:
    assert read_emergency_numbers(" GB=999, US=911 ,") == {"GB": "999", "US": "911"}
    for wrong in ("GB:999", "gb=999", "GB=call", "GB"):
        with pytest.raises(EaseoffError, match="EASEOFF_EMERGENCY_NUMBERS"):
            read_emergency_numbers(wrong)
