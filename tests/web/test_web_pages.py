"""The pages as a visitor meets them, through Django's client."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from django.utils import timezone

from easeoff.documents import read_plan, write_plan
from easeoff.safety import NOTICE
from easeoff.web.directory.models import Revision, ServiceRecord
from easeoff.web.planning.pages import PAGES
from easeoff.web.planning.state import seal_file

#: Bytes of a page without pictures.
LARGEST_PAGE = 100_000
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
    assert "As suggested for this medicine" in visitor.words
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
    visitor.walk({**within_limits, "dose_1": "15.12345678"})
    assert visitor.response.status_code == 422
    assert visitor.heading == "Check your answers"
    assert "too many decimal places" in visitor.words


@pytest.mark.hazard("H-001")
def test_a_dose_that_cannot_be_meant_is_asked_back_where_it_was_typed(visitor, within_limits) -> None:
    visitor.walk({**within_limits, "dose_1": "10000"}, until="reason")
    assert visitor.response.status_code == 422
    assert visitor.heading == "How much do you take now?"
    assert "more than 8 of the largest" in visitor.words and "decimal point" in visitor.words
    assert 'value="10000"' in visitor.text


@pytest.mark.hazard("H-001")
def test_a_dose_that_another_medicine_makes_impossible_is_asked_again_before_any_plan(
    visitor, settled
) -> None:
    visitor.walk(
        {**settled, "country": "GB", "medicine": "quetiapine", "form": "tablet", "dose_1": "600"},
        until="check",
    )
    visitor.send("edit:medicine").send("next", medicine="mirtazapine").send("show")
    assert visitor.response.status_code == 422
    assert visitor.heading == "How much do you take now?"


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
    printed = visitor.client.post("/plan/schedule", {"sealed": visitor.hidden("sealed")})
    assert printed.status_code == 200 and printed.content.startswith(b"%PDF")


def test_an_opened_plan_travels_packed_and_only_as_it_was_shown(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    saved = visitor.client.post("/plan/file", {"state": visitor.hidden("state")})
    visitor.response = visitor.client.post("/plan/open", {"plan": io.BytesIO(saved.content)})
    assert len(visitor.response.content) < LARGEST_PAGE
    opened = visitor.hidden("sealed")
    for address in ("/plan/open", "/plan/schedule", "/plan/levels"):
        assert visitor.client.post(address, {"sealed": opened}).status_code == 200
        refused = visitor.client.post(address, {"sealed": opened[:-1]})
        assert 400 <= refused.status_code < 500 and "Open your saved plan again." in refused.content.decode()


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
    assert visitor.client.post("/plan/schedule", {"sealed": seal_file(changed)}).status_code == 409


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
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
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


def test_the_question_about_suicide_comes_with_help_beside_it(visitor, sertraline, settings) -> None:
    settings.EMERGENCY_NUMBERS = {"GB": "999"}
    visitor.walk(sertraline, until="mood")
    assert '<a class="dial" href="tel:999">999</a>' in visitor.text
    assert "https://www.samaritans.org" in visitor.text
    assert "Nobody watches this site" in visitor.words


@pytest.mark.hazard("H-018", "H-028")
def test_form_plan_stop_and_help_now_name_the_same_crisis_lines(visitor, within_limits, settings) -> None:
    settings.EMERGENCY_NUMBERS = {"GB": "999"}
    pages: dict[str, str] = {}

    def look() -> None:
        visitor.response = visitor.client.get("/plan/")
        pages["form"] = visitor.walk(within_limits, until="mood").text
        pages["plan"] = visitor.walk(within_limits).text
        visitor.response = visitor.client.get("/plan/")
        pages["stop"] = visitor.walk({**within_limits, "crisis": "yes"}).text
        pages["help now"] = visitor.client.get("/help-now").content.decode()

    look()
    for where, text in pages.items():
        assert "tel:116123" not in text and "116 123" not in text, where
        assert "https://www.samaritans.org" in text and 'href="tel:999"' in text, where
    record = ServiceRecord.objects.get(slug="samaritans")
    record.assured_date = timezone.localdate()
    record.save()
    Revision.objects.update(token=f"a check of {record.slug}")
    look()
    for where, text in pages.items():
        assert 'href="tel:116123">116 123</a>' in text, where


def test_a_stop_tells_what_to_do_first_and_the_rest_once(visitor, within_limits) -> None:
    visitor.walk({**within_limits, "crisis": "yes", "suicidal": "yes"})
    words = visitor.words.replace("\u00a0", " ")
    assert words.count("Keep taking 15 mg as you do now.") == 1
    assert words.count("A seizure (a fit)") == 1
    order = [
        "Keep taking 15 mg",
        "Contact",
        "Where to turn now",
        "Why there is no plan here",
        "Get help now if",
    ]
    assert [words.index(one) for one in order] == sorted(words.index(one) for one in order)


def test_the_steps_of_a_draft_are_closed_and_headed_as_not_to_be_followed(visitor, nothing_said) -> None:
    visitor.walk(nothing_said)
    before, _, draft = visitor.text.partition('<details class="not-yet">')
    assert "What this would look like. Not a plan to follow yet." in draft
    assert "Open questions" in before
    assert 'class="step' not in before and "<svg" not in before
    assert "Start only if" not in visitor.words


def test_a_plan_shows_the_steps_to_the_review_and_closes_the_later_ones(visitor, settled) -> None:
    visitor.walk({**settled, "country": "GB", "medicine": "fluoxetine", "form": "capsule", "dose_1": "20"})
    assert visitor.heading == "Plan within its limits"
    assert "not-yet" not in visitor.text
    near, _, later = visitor.text.partition('<details class="later">')
    assert near.count('<li class="step') == 3
    assert later.count('<li class="step') >= 2


def test_every_page_after_the_first_has_its_own_way_back(visitor, within_limits) -> None:
    assert 'value="back"' not in visitor.text
    for _ in range(25):
        page = visitor.hidden("page")
        on_page = {key: value for key, value in within_limits.items() if f'name="{key}"' in visitor.text}
        visitor.send("show" if page == "check" else "next", **on_page)
        if visitor.hidden("page") == "plan":
            break
        assert (
            'value="back"' in visitor.text and "Back button keeps what you typed" in visitor.words
        ) or page == "pace"
    visitor.send("check").send("back")
    assert visitor.heading == "How gently?"


def test_a_record_is_only_for_the_stops_its_writer_saw(visitor, within_limits) -> None:
    record = {"override_name": "N. Name", "override_role": "GP", "override_registration": "GMC 1234567",
              "override_reason": "stable, seen weekly"}  # fmt: skip
    visitor.walk({**within_limits, "crisis": "yes"}).send("override", **record)
    assert visitor.heading.startswith("Draft") and "N. Name" in visitor.words
    visitor.send("edit:body").send("next", liver="yes", kidney="no", heart="no", breathing="no").send("show")
    assert "N. Name" in visitor.words, "no new stop: the record stands"
    visitor.send("edit:history").send("next", seizures="yes", past_withdrawal="no", psychosis="no")
    assert visitor.heading.startswith("Stop")
    assert "N. Name" not in visitor.words and "You have had a seizure." in visitor.words


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
