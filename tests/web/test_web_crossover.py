"""A change of medicine in the browser: asked only where it may be, beside all tables, and a draft until a prescriber records it."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from easeoff.planning.request import CrossoverWish, IntakeDose, MethodName, Person, TaperRequest
from easeoff.web.planning import flow, following, stopping
from easeoff.web.planning.lookup import facts_for

TODAY = date(2027, 1, 4)
THREE_TIMES = {
    "dose_1": "0.5",
    "time_1": "08:00",
    "dose_2": "0.5",
    "time_2": "14:00",
    "dose_3": "0.5",
    "time_3": "22:00",
}
CHANGE = {"cross_to": "diazepam", "cross_mg": "20", "cross_table": "prescriber"}
RECORD = {
    "override_name": "Dr A Example", "override_role": "GP", "override_registration": "GMC 7654321",
    "override_reason": "short acting and hard to take down",
}  # fmt: skip


@pytest.fixture
def changing(settled) -> dict[str, object]:
    """Someone on alprazolam whose prescriber asked for a change to diazepam."""
    return settled | {"medicine": "alprazolam", "country": "GB"} | THREE_TIMES | CHANGE


def test_the_page_is_asked_only_of_benzodiazepines_and_z_drugs() -> None:
    def asked(name: str) -> bool:
        known = facts_for({"country": "GB", "medicine": name})
        return "change" in [page.slug for page in flow.pages_for(known)]

    assert asked("alprazolam") and asked("zopiclone")
    assert not asked("sertraline") and not asked("olanzapine")


def test_the_draft_shows_the_equivalent_beside_all_tables_and_both_medicines_by_name(
    visitor, changing
) -> None:
    visitor.walk(changing)
    for words in (
        "that may be used give 15 mg to 30 mg of diazepam",
        "not verified, so never used",
        "alprazolam: one 0.5 mg tablet",
        "diazepam: one 5 mg tablet",
        "Check with your prescriber on day 5 to 7",
        "Has the prescriber entered this equivalent",
    ):
        assert words in visitor.words.replace("\N{NO-BREAK SPACE}", " "), words
    assert "/plan/levels" not in visitor.text
    assert 'formaction="/plan/schedule"' not in visitor.text


def test_a_prescribers_record_makes_it_a_plan_with_all_its_papers(visitor, changing) -> None:
    visitor.walk(changing)
    assert 'formaction="/plan/letter"' in visitor.text
    assert 'formaction="/plan/schedule"' not in visitor.text
    visitor.send("override", **RECORD)
    assert "To take to your prescriber" in visitor.words
    for address in ("schedule", "letter", "supply", "cards"):
        assert f'formaction="/plan/{address}"' in visitor.text
        paper = visitor.client.post(f"/plan/{address}", {"state": visitor.hidden("state")})
        assert paper.content.startswith(b"%PDF"), address
    assert "/plan/levels" not in visitor.text


def test_part_of_a_change_is_asked_back(visitor, changing) -> None:
    visitor.walk(changing | {"cross_table": ""}, until="change")
    visitor.send("next", cross_to="diazepam", cross_mg="20", cross_table="")
    assert "the table is missing" in visitor.words
    assert 'value="diazepam"' in visitor.text


def test_a_wish_survives_the_way_through_the_answers() -> None:
    request = TaperRequest(
        "alprazolam", Decimal(1), "GB", TODAY, intakes=(IntakeDose("08:00", Decimal("0.5")), IntakeDose("22:00", Decimal("0.5"))),
        method=MethodName.CROSSOVER, goal=Decimal("0.5"), person=Person(others=("mirtazapine",), tapering=()),
        crossover=CrossoverWish("diazepam", Decimal(15), "prescriber", 2),
    )  # fmt: skip
    assert flow.request_from(flow.answers_from(request), TODAY) == request


@pytest.mark.hazard("H-015")
def test_another_equivalent_needs_a_new_record() -> None:
    before = {
        "country": "GB",
        "medicine": "alprazolam",
        **THREE_TIMES,
        **CHANGE,
        **RECORD,
        "override_on": "2027-01-04",
    }
    kept = stopping.with_record_that_holds(before, before | {"cross_mg": "20"}, TODAY)
    gone = stopping.with_record_that_holds(before, before | {"cross_mg": "25"}, TODAY)
    older = stopping.with_record_that_holds(before, before | {"age": "70"}, TODAY)
    assert "override_name" in kept
    assert "override_name" not in gone
    assert "override_name" not in older, "a stop that nobody saw"


def test_reducing_another_now_is_a_stop(visitor, changing) -> None:
    visitor.walk(changing | {"takes_others": "yes", "others": "mirtazapine", "tapering": "mirtazapine"})
    assert "Only one medicine is reduced at a time" in visitor.words


def opened(client, text: bytes) -> str:
    """The page of a saved plan."""
    shown = client.post("/plan/open", {"plan": SimpleUploadedFile("plan.json", text), "go": "open"})
    assert shown.status_code == 200
    return shown.content.decode()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return html.unescape(found[1])


def words_of(page: str) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


def recorded(client, page: str, kind: str, **typed: str) -> str:
    """The page after something was recorded."""
    today = following.today().isoformat()
    sent = {"sealed": hidden(page, "sealed"), "kind": kind, "go": "record", "on": today, **typed}
    answer = client.post("/plan/follow", sent)
    assert answer.status_code == 200, words_of(answer.content.decode())
    return answer.content.decode()


def test_a_saved_crossover_opens_again_and_is_followed_to_the_next_plan(
    visitor, changing, monkeypatch
) -> None:
    later = timezone.localdate() + timedelta(16)
    visitor.walk(changing)
    visitor.send("override", **RECORD)
    saved = visitor.client.post("/plan/file", {"state": visitor.hidden("state")}).content
    page = opened(visitor.client, saved)
    assert "What has happened?" in page and "The equivalent" in page
    assert 'value="slower"' not in page and 'value="change-product"' not in page
    page = recorded(visitor.client, page, "agree", by_name="A. Jones, GP")
    page = recorded(visitor.client, page, "start")
    monkeypatch.setattr(following, "today", lambda: later)
    page = recorded(visitor.client, page, "hold", taking="0")
    said = words_of(page)
    assert "Stay on diazepam 19.8 mg a day as long as you need." in said
    question = visitor.client.post(
        "/plan/follow", {"sealed": hidden(page, "sealed"), "happened": "step-back"}
    ).content.decode()
    assert "alprazolam 0.5 mg and diazepam 13.2 mg a day" in words_of(question)
    assert "Name of the prescriber who decided" in question and "Largest step" not in question
    back = recorded(
        visitor.client,
        page,
        "step-back",
        taking="0",
        by_name="A Jones",
        by_role="GP",
        by_registration="1234567",
    )
    assert "alprazolam 0.5 mg and diazepam 13.2 mg a day" in words_of(back)
    page = recorded(visitor.client, recorded(visitor.client, page, "resume", taking="0"), "arrive")
    assert (
        "At the goal" in page
        and "Coming down from 19.8 mg of diazepam a day is a plan of its own" in words_of(page)
    )
    onward = visitor.client.post("/plan/", {"state": hidden(page, "state"), "page": "check", "go": "check"})
    said = words_of(onward.content.decode())
    assert onward.status_code == 200 and "diazepam" in said and "6.6 mg" in said  # fmt: skip


def test_a_way_out_of_a_failing_draft_leads_to_its_plan(visitor, changing) -> None:
    wish = {"medicine": "diazepam", "dose_1": "5", "time_1": "08:00", "dose_2": "5", "time_2": "22:00", "dose_3": "", "time_3": "",
            "cross_to": "chlordiazepoxide", "cross_mg": "23"}  # fmt: skip
    visitor.walk(changing | wish)
    assert "nothing at hand makes chlordiazepoxide closely enough" in visitor.words
    assert "What would help" in visitor.words and "Chlordiazepoxide 2.5mg/5ml oral solution" in visitor.words
    way = re.search(r'<li class="way">.*?name="state" value="([^"]*)"', visitor.text, re.DOTALL)
    assert way
    shown = visitor.client.post("/plan/", {"state": html.unescape(way[1]), "page": "check", "go": "show"})
    words = words_of(shown.content.decode())
    assert shown.status_code == 200
    assert "0.5 mg/mL" in words and "nothing at hand makes" not in words
