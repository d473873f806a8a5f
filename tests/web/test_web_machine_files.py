"""The part “For other programs”: what it offers, and what comes back when a button is pressed."""

from __future__ import annotations

import csv
import io
import re

import pytest
from icalendar import Calendar

from easeoff.documents import read_fhir_plan, write_plan

EVERY = {
    "calendar": ("text/calendar; charset=utf-8", "reminders.ics"),
    "fhir": ("application/fhir+json", "plan.fhir.json"),
    "table": ("text/csv; charset=utf-8; header=present", "plan.csv"),
}
DATED = {"start": "2030-01-07"}


@pytest.fixture
def dated(within_limits, monkeypatch):
    """A plan with a first day and a time of day."""
    from datetime import date

    for place in ("views", "downloads"):
        monkeypatch.setattr(f"easeoff.web.planning.{place}.today", lambda: date(2029, 12, 20))
    return {**within_limits, **DATED, "time_1": "22:00"}


def _pressed(visitor, address: str, **typed: object):
    return visitor.client.post(f"/plan/{address}", {"state": visitor.hidden("state"), **typed})


@pytest.mark.parametrize("address", EVERY)
def test_each_file_comes_as_an_attachment_with_its_type_and_a_neutral_name(visitor, dated, address) -> None:
    visitor.walk(dated)
    assert f'formaction="/plan/{address}"' in visitor.text
    response = _pressed(visitor, address)
    content_type, name = EVERY[address]
    assert response.status_code == 200
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_each_file_says_whom_it_is_for(visitor, dated) -> None:
    visitor.walk(dated)
    for whom in (
        "For you:",
        "For your prescriber’s or pharmacist’s computer:",
        "For a spreadsheet or a study:",
    ):
        assert whom in visitor.words


def test_the_calendar_names_nothing_unless_it_is_ticked(visitor, dated) -> None:
    visitor.walk(dated)
    neutral = _pressed(visitor, "calendar", reminders="yes").content.decode().lower()
    assert "mirtazapine" not in neutral and " mg" not in neutral and "begin:valarm" in neutral
    told = _pressed(visitor, "calendar", doses="yes", language="de").content
    titles = [str(event["SUMMARY"]) for event in Calendar.from_ical(told).walk("VEVENT")]
    assert any(title.startswith("Mirtazapine: step 1, ") for title in titles)
    assert "einmal" in told.decode().replace("\r\n ", "")


def test_what_an_earlier_calendar_had_is_cancelled(visitor, dated) -> None:
    visitor.walk(dated)
    earlier = _pressed(visitor, "file").content
    again = _pressed(visitor, "calendar", earlier=io.BytesIO(earlier)).content.decode()
    assert again.count("STATUS:CANCELLED") == again.count("-2200\r\n") > 0
    assert "STATUS:TENTATIVE" in again
    damaged = _pressed(visitor, "calendar", earlier=io.BytesIO(b"hello"))
    assert damaged.status_code == 409 and "not complete JSON" in damaged.content.decode()


def test_the_fhir_document_holds_the_plan_that_is_on_the_page(visitor, dated) -> None:
    visitor.walk(dated)
    saved = _pressed(visitor, "file").content.decode()
    for typed in ({}, {"separate": "yes"}):
        document = _pressed(visitor, "fhir", **typed).content.decode()
        assert write_plan(read_fhir_plan(document)) == saved
        assert ('"sequence"' in document) == (not typed)


@pytest.mark.parametrize(("table", "first"), [("steps", "step"), ("days", "day"), ("portions", "step")])
def test_the_table_that_was_chosen_comes(visitor, dated, table, first) -> None:
    visitor.walk(dated)
    text = _pressed(visitor, "table", table=table).content.decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert next(iter(rows[0])) == first and rows[0]["medicine"] == "mirtazapine"


@pytest.mark.parametrize("typed", [{"table": "weeks"}, {"language": "xx"}])
def test_a_choice_that_nobody_offered_is_one_sentence(visitor, dated, typed) -> None:
    visitor.walk(dated)
    refused = _pressed(visitor, "table", **typed)
    assert refused.status_code == 409 and "We cannot make this yet" in refused.content.decode()


def test_without_a_first_day_the_page_says_what_a_calendar_needs(visitor, within_limits) -> None:
    visitor.walk({**within_limits, "start": ""})
    assert "A calendar needs the day of the first smaller dose." in visitor.words
    assert 'formaction="/plan/calendar"' not in visitor.text
    refused = _pressed(visitor, "calendar")
    assert refused.status_code == 409 and "has no dates" in refused.content.decode()


def test_a_draft_offers_none_and_gives_none(visitor, nothing_said) -> None:
    visitor.walk(nothing_said)
    assert "For other programs" not in visitor.words
    for address in EVERY:
        refused = _pressed(visitor, address)
        assert refused.status_code == 409 and "questions are open" in refused.content.decode()


def test_a_saved_plan_gives_the_same_files(visitor, dated) -> None:
    visitor.walk(dated)
    saved = _pressed(visitor, "file").content
    before = _pressed(visitor, "table").content
    visitor.response = visitor.client.post("/plan/open", {"plan": io.BytesIO(saved)})
    assert "For other programs" in visitor.words
    after = visitor.client.post("/plan/table", {"sealed": visitor.hidden("sealed")})
    assert after.content == before


def test_nothing_of_it_is_in_an_address(visitor, dated) -> None:
    visitor.walk(dated)
    assert not re.findall(r'(?:action|href)="[^"]*\?', visitor.text)
    for address in EVERY:
        assert visitor.client.get(f"/plan/{address}").status_code == 405
