"""The part “Print and hand over”: which papers a page offers, and what comes back when a button is pressed."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

EVERY = ("letter", "schedule", "supply", "cards")


def _pressed(visitor, address: str, **typed: str):
    return visitor.client.post(f"/plan/{address}", {"state": visitor.hidden("state"), **typed})


def _read(response) -> tuple[pypdf.PdfReader, str]:
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    return reader, re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize("address", EVERY)
def test_each_paper_of_a_plan_comes_as_an_attachment_with_a_neutral_name(
    visitor, within_limits, address
) -> None:
    visitor.walk(within_limits)
    assert f'formaction="/plan/{address}"' in visitor.text
    response = _pressed(visitor, address)
    assert response.status_code == 200 and response["Content-Type"] == "application/pdf"
    name = re.fullmatch(r'attachment; filename="(easeoff-[a-z]+\.pdf)"', response["Content-Disposition"])
    assert name and "mirtazapine" not in name[1]
    assert "no-store" in response["Cache-Control"]
    _, words = _read(response)
    assert "irtazapine" in words


def test_each_paper_says_whom_it_is_for(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    assert "Print and hand over" in visitor.words
    for whom in (
        "For your prescriber:",
        "For you and the fridge:",
        "For your pharmacy:",
        "For you and whoever",
    ):
        assert whom in visitor.words


def test_paper_size_large_print_and_a_name_are_taken_in_and_kept_nowhere(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    response = _pressed(visitor, "schedule", paper="us-letter", large="yes", person_name="  Łucja   Żuk ")
    reader, words = _read(response)
    assert round(reader.pages[0].mediabox.width) == 612
    assert "For Łucja Żuk" in words
    plain, _ = _read(_pressed(visitor, "schedule", paper="us-letter"))
    assert len(reader.pages) > len(plain.pages)
    assert "Łucja" not in visitor.send("show").text


def test_a_paper_size_that_nobody_has_is_one_sentence(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    refused = _pressed(visitor, "letter", paper="a7")
    assert refused.status_code == 409 and "not a paper size" in refused.content.decode()


def test_from_a_draft_only_the_letter_is_offered_and_lists_what_is_open(visitor, nothing_said) -> None:
    visitor.walk(nothing_said)
    offered = set(re.findall(r'formaction="/plan/(\w+)"', visitor.text)) & set(EVERY)
    assert offered == {"letter"}
    for address in EVERY[1:]:
        assert _pressed(visitor, address).status_code == 409
    _, words = _read(_pressed(visitor, "letter"))
    assert "Please go through the open questions with me" in words
    assert "seizure ever" in words[words.index("Not answered") :]


def test_a_draft_over_its_limits_offers_the_letter_with_the_ways(visitor, sertraline, settled) -> None:
    visitor.walk({**settled, **sertraline})
    reader, words = _read(_pressed(visitor, "letter"))
    assert len(reader.pages) == 1
    assert "please choose" in words and "The ways" in words


@pytest.mark.hazard("H-013")
def test_a_stop_offers_its_letter_without_a_dose_but_today_s(visitor, within_limits) -> None:
    visitor.walk({**within_limits, "pregnancy": "pregnant"})
    assert "Letter to your prescriber" in visitor.words
    reader, words = _read(_pressed(visitor, "letter"))
    assert len(reader.pages) == 1
    assert "You are pregnant." in words and "I do not cut and do not stop by myself." in words
    assert "What to prescribe" not in words
    assert len(set(re.findall(r"[\d.]+ mg", words))) == 1


@pytest.mark.parametrize("address", [address for address in EVERY if address != "letter"])
def test_nothing_else_is_printed_past_a_stop(visitor, within_limits, address) -> None:
    visitor.walk({**within_limits, "age": "17"})
    assert f"/plan/{address}" not in visitor.text
    assert _pressed(visitor, address).status_code == 409
