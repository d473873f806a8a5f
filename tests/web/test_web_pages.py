"""The pages as a visitor meets them, through Django's client."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client

from easeoff.documents import read_plan, write_plan
from easeoff.safety import NOTICE
from easeoff.web.planning.pages import PAGES

HOSTILE = "\"><script>alert(1)</script>'{{7*7}}"


def test_the_whole_form_leads_to_a_plan(visitor, settled, within_limits) -> None:
    visitor.walk(within_limits)
    assert visitor.response.status_code == 200
    assert visitor.heading == "Plan within its limits"
    assert "Mirtazapine from 15 mg to 7.5 mg" in visitor.words.replace("\u00a0", " ")
    assert "Schedule to print (PDF)" in visitor.text
    assert NOTICE in visitor.words


def test_left_open_everything_stays_a_draft_and_prints_nothing(visitor, nothing_said) -> None:
    visitor.walk(nothing_said)
    assert visitor.heading == "Draft with open questions"
    assert "Open questions (19)" in visitor.words
    assert "Schedule to print (PDF)" not in visitor.text
    refused = visitor.client.post("/plan/schedule", {"state": visitor.hidden("state")})
    assert refused.status_code == 409
    assert "questions are open" in refused.content.decode()


def test_an_open_question_has_a_way_back_to_its_page(visitor, nothing_said) -> None:
    visitor.walk(nothing_said)
    slugs = set(re.findall(r'value="edit:(\w+)"', visitor.text))
    assert slugs == {"reason", "about", "taking", "others", "substances", "history", "mood", "body"}
    visitor.send("edit:body")
    assert visitor.heading == "Your body"


def test_a_draft_not_within_the_limits_says_so_and_what_would_help(visitor, sertraline, settled) -> None:
    visitor.walk({**settled, **sertraline})
    assert visitor.heading == "Draft not within your limits"
    assert "Do not follow it" in visitor.words
    assert "The largest drop of this plan" in visitor.words
    assert "Over the limit" in visitor.words
    ways = re.findall(r'<li class="way">.*?</li>', visitor.text, re.S)
    assert ways
    state = re.search(r'name="state" value="([^"]*)"', ways[-1])
    assert state
    shown = visitor.client.post("/plan/", {"state": state[1], "page": "check", "go": "show"})
    assert shown.status_code == 200
    assert shown.content.decode() != visitor.text


@pytest.mark.parametrize("medicine", ["lithium", "clozapine"])
def test_a_stop_comes_as_soon_as_it_is_known_and_prints_no_doses(visitor, medicine) -> None:
    visitor.walk({"country": "GB", "medicine": medicine, "dose_1": "200"}, until="reason")
    assert visitor.heading.startswith("Stop")
    words = visitor.words.replace("\u00a0", " ")
    assert "Keep taking 200 mg as you do now. Do not cut and do not stop." in words
    amounts = set(re.findall(r"\d[\d.]* ?(?:mg|mL)\b", words))
    assert amounts == {"200 mg"}, "no dose but today's"
    assert 'class="step' not in visitor.text and "<svg" not in visitor.text
    assert "/plan/schedule" not in visitor.text and "/plan/file" not in visitor.text


@pytest.mark.parametrize("address", ["/plan/schedule", "/plan/file"])
def test_nothing_can_be_downloaded_past_a_stop(visitor, within_limits, address) -> None:
    visitor.walk({**within_limits, "age": "17"})
    assert visitor.heading.startswith("Stop")
    refused = visitor.client.post(address, {"state": visitor.hidden("state")})
    assert refused.status_code == 409
    assert refused["Content-Type"].startswith("text/html")


def test_the_way_back_keeps_what_was_typed_even_where_it_was_wrong(visitor, sertraline) -> None:
    visitor.walk(sertraline, until="about")
    visitor.send("back", age="forty")
    assert visitor.heading == "What was it prescribed for?"
    visitor.send("next")
    assert 'value="forty"' in visitor.text


def test_a_mistake_keeps_everything_typed_and_says_what_would_be_right(visitor, sertraline) -> None:
    visitor.walk(sertraline, until="goal")
    visitor.send("next", goal_kind="lower", goal_mg="12,5", start="2020-01-01")
    assert visitor.response.status_code == 422
    assert 'value="12,5"' in visitor.text and 'value="2020-01-01"' in visitor.text
    assert re.search(r'value="lower" checked', visitor.text)
    assert 'role="alert"' in visitor.text and 'href="#goal_mg"' in visitor.text
    assert 'aria-describedby="goal_mg-error"' in visitor.text


def test_answers_can_be_changed_from_the_summary_and_lead_back_to_it(visitor, within_limits) -> None:
    visitor.walk(within_limits, until="check")
    assert visitor.heading == "Check your answers"
    visitor.send("edit:dose")
    visitor.send("next", dose_1="30")
    assert visitor.heading == "Check your answers"
    assert "30 mg a day" in visitor.words


def test_an_answer_that_no_longer_fits_is_asked_again_before_any_plan(visitor, within_limits) -> None:
    visitor.walk(within_limits, until="check")
    visitor.send("edit:dose").send("next", dose_1="5").send("show")
    assert visitor.response.status_code == 422
    assert visitor.heading == "Where do you want to get to?"
    assert "not lower than the 5 mg" in visitor.words


def test_a_request_the_planner_refuses_comes_back_to_the_summary(visitor, within_limits) -> None:
    visitor.walk({**within_limits, "dose_1": "15000", "goal_kind": "stop", "goal_mg": ""})
    assert visitor.response.status_code == 422
    assert visitor.heading == "Check your answers"
    assert "decimal point" in visitor.words


@pytest.mark.parametrize("state", ["", "x", "e30:1:2", "A" * 20_000])
def test_a_changed_hidden_field_gives_a_clear_page_and_a_new_start(client: Client, state: str) -> None:
    for address in ("/plan/", "/plan/schedule", "/plan/file"):
        response = client.post(address, {"state": state, "page": "check", "go": "show"})
        assert response.status_code == 400
        assert "Start again" in response.content.decode()


def test_one_changed_letter_is_noticed(visitor, sertraline) -> None:
    visitor.walk(sertraline, until="check")
    state = visitor.hidden("state")
    changed = ("B" if state[5] != "B" else "C").join((state[:5], state[6:]))
    response = visitor.client.post("/plan/", {"state": changed, "page": "check", "go": "show"})
    assert response.status_code == 400


def test_a_form_left_open_for_days_says_so(visitor, sertraline, monkeypatch) -> None:
    visitor.walk(sertraline, until="check")
    monkeypatch.setattr("easeoff.web.planning.state.SECONDS", -1)
    visitor.send("show")
    assert visitor.response.status_code == 400
    assert "more than a day" in visitor.words


def test_hostile_text_in_every_field_is_only_text(visitor, within_limits) -> None:
    for page in PAGES:
        visitor.response = visitor.client.get("/plan/")
        good = {key: value for key, value in within_limits.items() if key != "takes_others"}
        visitor.walk(good, until=page.slug)
        if visitor.hidden("page") != page.slug:
            continue
        keys = set(re.findall(r'name="(\w+)"', visitor.text)) - {
            "state",
            "page",
            "go",
            "theme",
            "csrfmiddlewaretoken",
        }
        visitor.send("next", **dict.fromkeys(keys, HOSTILE))
        assert "<script>alert" not in visitor.text
        assert "49" not in re.findall(r'value="[^"]*49[^"]*"', visitor.text)
        if visitor.response.status_code == 422:
            visitor.send("back", **dict.fromkeys(keys, HOSTILE)).send("edit:others")
            assert "<script>alert" not in visitor.text


def test_a_medicine_of_another_name_is_shown_escaped_on_summary_and_plan(visitor, within_limits) -> None:
    visitor.walk({**within_limits, "takes_others": "yes", "others": HOSTILE}, until="check")
    assert "<script>alert" not in visitor.text and "&lt;script&gt;" in visitor.text
    visitor.send("show")
    assert "<script>alert" not in visitor.text


def test_a_saved_plan_opens_as_the_same_page(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    saved = visitor.client.post("/plan/file", {"state": visitor.hidden("state")})
    assert saved["Content-Disposition"] == 'attachment; filename="easeoff-plan.json"'
    assert write_plan(read_plan(saved.content.decode())) == saved.content.decode()
    before = visitor.words
    visitor.response = visitor.client.post("/plan/open", {"plan": io.BytesIO(saved.content)})
    assert visitor.heading == "Plan within its limits"
    steps = re.compile(r"Steps At every step.*?The same as a table")
    assert steps.search(visitor.words)[0] == steps.search(before)[0]
    printed = visitor.client.post("/plan/schedule", {"text": visitor.hidden("text")})
    assert printed.status_code == 200 and printed.content.startswith(b"%PDF")


def test_a_file_changed_by_hand_is_shown_with_a_warning_and_not_printed(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    saved = visitor.client.post("/plan/file", {"state": visitor.hidden("state")}).content.decode()
    changed = saved.replace('"days": 28', '"days": 21', 1)
    assert changed != saved
    visitor.response = visitor.client.post("/plan/open", {"plan": io.BytesIO(changed.encode())})
    assert visitor.response.status_code in {200, 422}
    if visitor.response.status_code == 200:
        assert "would come out differently today" in visitor.heading
        assert "Schedule to print" not in visitor.text
    assert visitor.client.post("/plan/schedule", {"text": changed}).status_code == 409


def test_a_saved_plan_whose_person_must_stop_shows_no_doses(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    saved = visitor.client.post("/plan/file", {"state": visitor.hidden("state")}).content.decode()
    changed = saved.replace('"age": 41', '"age": 15')
    assert changed != saved
    visitor.response = visitor.client.post("/plan/open", {"plan": io.BytesIO(changed.encode())})
    assert visitor.heading.startswith("Stop")
    assert 'class="step' not in visitor.text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not"),
        (b"hello", "not"),
        (b"\xff\xfe\x00", "not a saved plan"),
        (b"{}", "format"),
        (b'{"format": "easeoff-plan/2"}', "easeoff-plan/1"),
        (b"[" * 5000, ""),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_plan_gets_one_clear_answer(client: Client, content: bytes, says: str) -> None:
    response = client.post("/plan/open", {"plan": io.BytesIO(content)})
    assert response.status_code == 422
    page = response.content.decode()
    assert "We could not open that" in page and says in page


def test_no_file_at_all_is_asked_for(client: Client) -> None:
    assert "No file was chosen" in client.post("/plan/open").content.decode()


def test_the_printed_schedule_is_a_pdf(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    response = visitor.client.post("/plan/schedule", {"state": visitor.hidden("state")})
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="easeoff-schedule.pdf"'
    assert response.content.startswith(b"%PDF")


def test_the_question_about_suicide_comes_with_help_beside_it(visitor, sertraline) -> None:
    visitor.walk(sertraline, until="mood")
    assert "116 123" in visitor.words
    assert "Nobody watches this site" in visitor.words


def test_help_now_says_that_nobody_watches_and_names_lines_by_country(client: Client) -> None:
    page = client.get("/help-now").content.decode()
    for words in ("Nobody watches this site", "emergency number", "Samaritans", "988", "seizure"):
        assert words in page


def test_a_theme_chosen_in_the_middle_keeps_what_was_typed(visitor, sertraline) -> None:
    visitor.walk(sertraline, until="about")
    visitor.send("", age="41", theme="dim")
    assert visitor.heading == "About you"
    assert 'value="41"' in visitor.text and 'data-theme="dim"' in visitor.text
    assert visitor.client.cookies["theme"].value == "dim"
    assert 'data-theme="dim"' in visitor.client.get("/").content.decode()


def test_a_theme_never_sends_anyone_elsewhere(client: Client) -> None:
    response = client.post("/theme", {"theme": "dark", "back": "https://elsewhere.example/"})
    assert (response.status_code, response["Location"]) == (303, "/")
    assert client.post("/theme", {"theme": "dark", "back": "/help-now"})["Location"] == "/help-now"


def test_a_prescriber_s_record_must_be_whole(visitor, within_limits) -> None:
    visitor.walk({**within_limits, "crisis": "yes"})
    assert visitor.heading.startswith("Stop")
    visitor.send(
        "override", override_name="N. Name", override_role="GP", override_registration="", override_reason="x"
    )
    assert visitor.response.status_code == 422
    assert "Your registration number is missing" in visitor.words
    assert 'value="N. Name"' in visitor.text


def test_a_child_s_stop_cannot_be_lifted_by_the_person(visitor, within_limits) -> None:
    visitor.walk({**within_limits, "age": "15"})
    assert "Keep taking" in visitor.words
    assert 'class="step' not in visitor.text
