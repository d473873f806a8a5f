"""The page of a followed plan: what it offers to print and hand over, what comes back, and what it does not offer."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta

import pypdf
import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

FILES = ("schedule", "supply", "calendar", "fhir", "table")


class Page:
    """The page on show; its hidden fields are sent back."""

    def __init__(self, client: Client, text: str) -> None:
        self.client = client
        self.response = client.post("/plan/open", {"plan": io.BytesIO(text.encode())})

    @property
    def text(self) -> str:
        return self.response.content.decode()

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", self.text)))

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, name
        return html.unescape(found[1])

    def record(self, kind: str, **typed: str) -> None:
        sent = {
            "sealed": self.hidden("sealed"),
            "kind": kind,
            "go": "record",
            "on": timezone.localdate().isoformat(),
        }
        self.response = self.client.post("/plan/follow", {**sent, **typed})
        assert self.response.status_code == 200, self.words

    def press(self, address: str, **typed: str):
        return self.client.post(f"/plan/{address}", {"sealed": self.hidden("sealed"), **typed})


@pytest.fixture
def page(client, visitor, within_limits) -> Page:
    visitor.walk(within_limits)
    saved = visitor.client.post("/plan/file", {"state": visitor.hidden("state")}).content.decode()
    shown = Page(client, saved)
    shown.record("hand-over")
    return shown


@pytest.fixture
def running(page) -> Page:
    page.record("agree", by_name="A prescriber, GP")
    page.record("start", on=(timezone.localdate() + timedelta(3)).isoformat())
    return page


def _words(response) -> str:
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    return re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pages))


@pytest.mark.parametrize("address", FILES)
def test_a_followed_plan_offers_its_papers_and_files_and_sends_them(running, address) -> None:
    assert f'formaction="/plan/{address}"' in running.text
    response = running.press(address)
    assert response.status_code == 200 and "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"] and "mirtazapine" not in response["Content-Disposition"]


@pytest.mark.hazard("H-002")
def test_the_schedule_says_who_agreed_and_what_is_taken_now(running) -> None:
    words = _words(running.press("schedule", person_name="Łucja Żuk", paper="us-letter"))
    assert "Agreed by A prescriber" in words and "For Łucja Żuk" in words
    assert "Until the first step begins, keep taking 15 mg a day as you do now." in words
    assert "proposal until your prescriber" not in words and "What happened so far" in words


def test_the_letter_is_offered_until_it_is_agreed(page, running) -> None:
    assert 'formaction="/plan/letter"' not in running.text
    refused = running.press("letter")
    assert refused.status_code == 409 and b"once a plan is agreed" in refused.content


def test_a_version_with_the_prescriber_has_its_letter(page) -> None:
    assert 'formaction="/plan/letter"' in page.text
    assert page.press("letter").content.startswith(b"%PDF")


@pytest.mark.hazard("H-012", "H-021")
def test_a_frozen_plan_offers_nothing_to_follow_and_says_why(running) -> None:
    running.record("freeze", taking="15", change="illness")
    assert "No schedule for now" in running.words and "while the plan is frozen" in running.words
    assert "Print and hand over" not in running.words and "For other programs" not in running.words
    for address in FILES:
        if address == "calendar":
            continue
        response = running.press(address)
        assert response.status_code == 409
        assert "Keep taking 15 mg" in html.unescape(response.content.decode())


@pytest.mark.hazard("H-022")
def test_a_frozen_plan_offers_the_calendar_that_only_cancels_and_says_to_renew_it(running) -> None:
    assert "only cancels" not in running.words
    running.record("freeze", taking="15", change="illness")
    assert "Did you put this plan into a calendar? Take in a new one" in running.words
    assert 'formaction="/plan/calendar"' in running.text and "Calendar that only cancels" in running.words
    response = running.press("calendar")
    assert response.status_code == 200 and response["Content-Type"].startswith("text/calendar")
    status = [str(event["status"]) for event in Calendar.from_ical(response.content).walk("VEVENT")]
    assert status.count("CONFIRMED") == 1 and status.count("CANCELLED") > 1


def test_a_plan_that_was_changed_on_the_way_is_not_printed(running) -> None:
    response = running.client.post("/plan/schedule", {"sealed": running.hidden("sealed")[:-3]})
    assert response.status_code != 200 and not response.content.startswith(b"%PDF")
