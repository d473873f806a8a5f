"""A saved plan is followed in the browser: opened, asked what happened, shown with its difference, saved as a new file."""

from __future__ import annotations

import html
import io
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from easeoff.documents import read_plan
from easeoff.documents.history import versions

CORPUS = Path(__file__).parents[1] / "corpus" / "plans"


class Follower:
    """Someone with a plan file; keeps the last page and sends its hidden fields back."""

    def __init__(self, client: Client, text: str) -> None:
        self.client = client
        self.response: HttpResponse = client.post("/plan/open", {"plan": io.BytesIO(text.encode())})

    @property
    def text(self) -> str:
        return self.response.content.decode()

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", self.text)))

    @property
    def heading(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.text, re.S)
        assert found
        return html.unescape(found[1])

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, name
        return html.unescape(found[1])

    def choices(self) -> list[str]:
        return re.findall(r'name="happened" value="([^"]*)"', self.text)

    def press(self, kind: str) -> Follower:
        """A button below “What has happened?”."""
        self.response = self.client.post("/plan/follow", {"sealed": self.hidden("sealed"), "happened": kind})
        return self

    def answer(self, **typed: str) -> Follower:
        """The page of that button, filled in."""
        sent = {"sealed": self.hidden("sealed"), "kind": self.hidden("kind"), "go": "record", **typed}
        self.response = self.client.post("/plan/follow", sent)
        return self

    def save(self) -> str:
        saved = self.client.post("/plan/follow/file", {"sealed": self.hidden("sealed")})
        assert saved["Content-Type"] == "application/json"
        return saved.content.decode()


@pytest.fixture
def saved(visitor, within_limits) -> str:
    visitor.walk(within_limits)
    return visitor.client.post("/plan/file", {"state": visitor.hidden("state")}).content.decode()


@pytest.fixture
def follower(client, saved) -> Follower:
    return Follower(client, saved)


@pytest.fixture
def running(follower) -> Follower:
    today = timezone.localdate().isoformat()
    follower.press("hand-over").answer(on=today)
    follower.press("agree").answer(on=today, by_name="A prescriber, GP")
    return follower.press("start").answer(on=today)


@pytest.mark.hazard("H-022", "H-038")
def test_a_draft_is_shown_agreed_and_started_in_that_order_only(follower):
    assert follower.choices() == ["hand-over", "freeze"]
    today = timezone.localdate()
    follower.press("hand-over").answer(on=today.isoformat())
    assert follower.heading == "With your prescriber"
    assert follower.choices() == ["agree", "freeze"]
    follower.press("agree").answer(on=today.isoformat())
    assert follower.response.status_code == 422, "nobody agreed without a name"
    follower.answer(on=today.isoformat(), by_name="A prescriber, GP")
    assert follower.choices() == ["start", "freeze"]
    follower.press("start").answer(on=(today + timedelta(7)).isoformat())
    assert follower.heading == "Going on"
    assert "Keep taking 15 mg a day until the first step begins." in follower.words


def test_a_hold_is_shown_with_its_difference_and_saved_as_a_new_version(running):
    taking = running.press("hold").hidden("taking")
    assert taking, "on the first day it is asked which dose is taken"
    first_dose = re.findall(r'name="taking" value="([^"]*)"', running.text)[0]
    running.answer(on=timezone.localdate().isoformat(), taking=first_dose, why="poor sleep")

    assert running.heading == "Waiting on this dose"
    assert "What is different now" in running.words and "poor sleep" in running.words
    plan = read_plan(running.save())
    assert (plan.version, plan.status.value, plan.events[-1].kind) == (5, "held", "hold")
    assert [v.plan.version for v in versions(plan)] == [1, 2, 3, 4, 5]
    assert running.words.count("Version 5") >= 2, "in the heading and in the history"


def test_a_saved_version_opens_where_it_was(client, running):
    again = Follower(client, running.save())
    assert again.heading == "Going on"
    assert "hold" in again.choices() and "clear" not in again.choices()
    assert "What is needed from the pharmacy" in again.words
    assert "About to run out? Do not stop" in again.words


@pytest.mark.hazard("H-012", "H-019")
def test_a_change_in_the_person_freezes_the_plan_and_only_a_prescriber_clears_it(running):
    today = timezone.localdate().isoformat()
    dose = re.findall(r'name="taking" value="([^"]*)"', running.press("freeze").text)[-1]
    running.answer(on=today, taking=dose, change="pregnancy")
    assert running.heading == "Frozen: contact your prescriber"
    assert "Do not cut and do not stop." in running.words and "Get help now if" in running.words
    assert running.choices() == ["missed", "freeze", "clear"]
    running.press("clear").answer(on=today, by_name="A", by_role="GP")
    assert running.response.status_code == 422 and "registration" in running.words
    running.answer(on=today, by_name="A", by_role="GP", by_registration="1234567", why="looked at it")
    assert running.heading == "Waiting on this dose"


@pytest.mark.hazard("H-021")
def test_several_missed_doses_freeze_and_never_give_a_full_dose(running):
    taking = re.findall(r'name="taking" value="([^"]*)"', running.press("missed").text)[0]
    running.answer(on=timezone.localdate().isoformat(), taking=taking, doses="3")
    assert running.heading == "Frozen: contact your prescriber"
    assert "Ask your prescriber or pharmacist today what to take, before you take more." in running.words
    assert "Never take a double dose" in running.words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on": "yesterday"}, "That is not a date."),
        ({"on": ""}, "Please answer"),
        ({"every": "ten"}, "“ten”"),
        ({"every": "7"}, "faster than the agreed"),
        ({"why": "x" * 400}, "Use at most 300 characters."),
    ],
)
def test_bad_input_keeps_what_was_typed_and_says_what_would_be_right(running, typed, said):
    dose = re.findall(r'name="taking" value="([^"]*)"', running.press("slower").text)[0]
    sent = {"on": timezone.localdate().isoformat(), "taking": dose, "every": "60", "why": "tired"} | typed
    running.answer(**sent)
    assert running.response.status_code == 422
    assert said in running.words
    if "why" not in typed:
        assert "tired" in running.text


def test_a_change_of_product_offers_what_is_listed(running):
    page = running.press("change-product")
    assert 'type="checkbox"' in page.text and "Mirtazapine" in page.text


def test_what_may_not_happen_now_leads_back_to_the_plan(running):
    assert running.press("clear").heading == "Going on"
    assert running.press("nonsense").heading == "Going on"


def test_a_hidden_field_that_was_changed_is_refused(client, running):
    for sealed in ("", "x" * 2_000, running.hidden("sealed")[:-3] + "abc"):
        for address in ("/plan/follow", "/plan/follow/file"):
            assert client.post(address, {"sealed": sealed, "happened": "hold"}).status_code == 400


@pytest.mark.hazard("H-002", "H-030")
def test_a_version_that_was_changed_by_hand_is_not_shown(client, running):
    whole = json.loads(running.save())
    whole["steps"][1]["days"] = 1
    response = client.post("/plan/open", {"plan": io.BytesIO(json.dumps(whole).encode())})
    assert response.status_code == 422
    assert "does not follow from its own events" in html.unescape(response.content.decode())


def test_nothing_about_the_plan_is_in_an_address(client):
    assert "Follow a saved plan" in client.get("/plan/follow").content.decode()
    assert client.get("/plan/follow/file").status_code == 405


def test_the_page_of_a_long_life_is_light_enough_for_a_slow_line(client):
    for path in sorted(CORPUS.glob("*/last.json")):
        page = Follower(client, path.read_text(encoding="utf-8")).text
        assert len(page.encode()) < 150_000, path
        assert page.count('name="sealed"') == 1
