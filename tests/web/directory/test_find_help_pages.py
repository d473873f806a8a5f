"""The public pages of the directory, through Django's client."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from directory_web import HOSTILE, SHIPPED, TODAY, service, words_of
from django.db import DatabaseError
from django.test import Client

from easeoff.directory import Kind, Service, Status, phone_shown
from easeoff.directory.folding import digits
from easeoff.web.directory.models import Complaint

GETS = [
    "/find-help/",
    "/find-help/?page=3",
    "/find-help/crisis/",
    "/find-help/about/",
    "/help-now",
    "/find-help/embed/",
]
FIELDS = ["words", "place", "drug", "kind", "cost", "language", "page"]


def found(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/find-help/([^/]+)/">', page)


@pytest.mark.parametrize("address", [*GETS, *(f"/find-help/{slug}/" for slug in SHIPPED)])
def test_a_page_is_there_light_and_has_one_heading_and_no_double_id(client: Client, address: str) -> None:
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert len(page.encode()) < 100_000
    assert page.count("<h1") == 1
    assert " style=" not in page and "<style" not in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    for link in re.findall(r"<a [^>]*href=\"https?://[^>]*>", page):
        assert 'rel="noreferrer"' in link
    assert not re.search(r"<(?:script|link|img|iframe|form)[^>]+(?:src|href|action)=\"(?:https?:)?//", page)


def test_everything_is_listed_page_by_page(client: Client) -> None:
    seen: list[str] = []
    for page in range(1, 7):
        seen += found(client.get(f"/find-help/?page={page}").content.decode())
    assert set(seen) == set(SHIPPED) and len(seen) == len(SHIPPED)


def test_the_nearest_comes_first_for_a_place_and_a_kind_of_medicine(client: Client) -> None:
    response = client.post("/find-help/", {"place": "BD1", "drug": "benzodiazepine"})
    page = response.content.decode()
    assert response.status_code == 200
    assert found(page)[0] == "bridge-project-bradford"
    assert "About 4 km away." in words_of(response)
    assert "BD1 (Bradford)" in words_of(response)
    assert '<option value="benzodiazepine" selected>' in page and 'value="BD1"' in page


def test_a_whole_postcode_is_read_by_its_first_half(client: Client) -> None:
    response = client.post("/find-help/", {"place": "bd1 1aa"})
    assert "for BD1 (Bradford)" in words_of(response)


@pytest.mark.parametrize(
    "query", ["Battle Against Tranquilisers", "battle against tranquilizers", "0117 966 3629"]
)
def test_an_old_name_or_number_finds_the_tombstone_that_leads_on(client: Client, query: str) -> None:
    response = client.post("/find-help/", {"words": query})
    page = response.content.decode()
    assert "battle-against-tranquillisers" in found(page)[:2]
    assert "This service has a new name: PostScript360." in words_of(response)
    assert 'href="/find-help/postscript360/">Go to PostScript360' in page


def test_a_misspelt_word_is_said_to_be_read_otherwise(client: Client) -> None:
    assert "We read “benzodiazepnie” as" in words_of(client.post("/find-help/", {"words": "benzodiazepnie"}))


def test_more_pages_of_a_search_are_sent_by_form_and_not_by_address(client: Client) -> None:
    first = client.post("/find-help/", {"drug": "benzodiazepine"})
    second = client.post("/find-help/", {"drug": "benzodiazepine", "page": "2"})
    assert "Page 1 of" in words_of(first) and "Page 2 of" in words_of(second)
    assert not set(found(first.content.decode())) & set(found(second.content.decode()))
    assert 'form="search" name="page" value="2"' in first.content.decode()
    assert "?page" not in first.content.decode()


def test_the_whole_list_begins_with_what_the_countries_of_this_hub_can_use(client: Client, settings) -> None:
    settings.CRISIS_COUNTRIES = ("DE",)
    first = re.search(r'class="entry.*?</h3>(.*?)</p>', client.get("/find-help/").content.decode(), re.DOTALL)
    assert first and "Germany" in first[1]


def test_a_search_is_never_part_of_an_address(client: Client) -> None:
    page = client.get("/find-help/?words=lithium&place=BD1&drug=opioid").content.decode()
    assert len(found(page)) == 20 and "lithium" not in page.split("<main")[1].split("Mood stab")[0]
    response = client.post("/find-help/", {"place": "Leeds", "drug": "opioid", "words": "charity"})
    for address in re.findall(r"""(?:href|action|formaction)=["']([^"']*)""", response.content.decode()):
        assert ("Leeds" not in address and "=" not in address.replace("https://", "")) or address.startswith(
            "http"
        )


def test_the_theme_can_be_changed_on_a_result_without_losing_it(client: Client) -> None:
    response = client.post("/find-help/", {"place": "BD1", "drug": "benzodiazepine", "theme": "dark"})
    page = response.content.decode()
    assert 'data-theme="dark"' in page and found(page)[0] == "bridge-project-bradford"
    assert response.cookies["theme"].value == "dark"


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    "value", [HOSTILE, "x" * 3000, "\x00\x1b[31m", "%00", "-1", "٣", "\u202e", "1" * 400]
)
def test_hostile_input_in_any_field_gets_a_clear_answer(client: Client, field: str, value: str) -> None:
    response = client.post("/find-help/", {field: value})
    page = response.content.decode()
    assert response.status_code in (200, 422)
    assert "<script>alert" not in page and "49" not in re.findall(r'name="words"[^>]*', page)[0]
    assert (response.status_code == 422) == ("Please check" in page)


def test_an_empty_search_lists_everything_and_a_broken_postcode_is_explained(client: Client) -> None:
    assert "113 entries" in words_of(client.post("/find-help/", {}))
    response = client.post("/find-help/", {"place": "ZZ9 9ZZ", "drug": "opioid"})
    assert response.status_code == 422
    assert "We do not know the postcode “ZZ9”." in words_of(response)
    assert (
        'value="ZZ9 9ZZ"' in response.content.decode()
        and '<option value="opioid" selected>' in response.content.decode()
    )


# What must not be shown


def _digits_on(page: str) -> str:
    """The digits of what is read and of what can be pressed, without names of services and addresses of pages."""
    main = page.split("<main", 1)[1].split("</main>")[0]
    main = re.sub(r'value="[^"]*"|href="https?://[^"]*"|href="/[^"]*"|https?://[^\s<]+', " ", main)
    return re.sub(r"[\s\-()./]", "", re.sub(r"<[^>]*?(tel:[^\"]*)?\"?[^>]*>", r" \1 ", main))


@pytest.mark.parametrize("slug", SHIPPED)
def test_no_page_shows_a_number_that_must_be_hidden(client: Client, slug: str) -> None:
    one = SHIPPED[slug]
    page = client.get(f"/find-help/{slug}/").content.decode()
    view = phone_shown(one, TODAY)
    seen = _digits_on(page.replace(one.name, ""))
    for number in (one.phone, one.text_line, *one.old_numbers):
        whole = digits(number)
        if not whole or (view.show and number in (view.phone, view.text_line)):
            continue
        shown = whole in seen if len(whole) > 5 else f"tel:{whole}" in page or f">{number}<" in page
        assert not shown, f"{slug} shows {number}"
    if view.show:
        assert (
            view.phone in page
            and view.text_line in page
            and view.words in words_of(client.get(f"/find-help/{slug}/"))
        )
    else:
        assert view.words in words_of(client.get(f"/find-help/{slug}/"))


def test_no_list_shows_a_number_that_must_be_hidden(client: Client) -> None:
    pages = [client.get(f"/find-help/?page={n}").content.decode() for n in range(1, 7)]
    pages += [
        client.get(address).content.decode()
        for address in ("/find-help/crisis/", "/help-now", "/find-help/embed/")
    ]
    for page in pages:
        seen = _digits_on(page)
        for one in SHIPPED.values():
            view = phone_shown(one, TODAY)
            for number in (one.phone, one.text_line, *one.old_numbers):
                if len(digits(number)) > 5 and not view.show:
                    assert digits(number) not in seen, f"{one.id}: {number}"


def test_a_number_hidden_in_the_record_is_hidden_in_its_other_words_too(client: Client, add) -> None:
    add(Service(id="quiet", name="Quiet Place", kind=Kind.HELPLINE, phone="01632 960123", status=Status.UNCONFIRMED,
                offers="ring 01632 960123", hours="01632 960123 daily", note="Old number 01632 960123.", cost="free, ring 01632 960123"))  # fmt: skip
    for response in (client.get("/find-help/quiet/"), client.post("/find-help/", {"words": "Quiet Place"})):
        assert "Quiet Place" in words_of(response)
        assert "960123" not in response.content.decode()


def test_who_asked_not_to_be_listed_is_on_no_page(client: Client, change) -> None:
    change("benzobuddies", do_not_list=True)
    assert client.get("/find-help/benzobuddies/").status_code == 404
    assert "benzobuddies" not in found(client.post("/find-help/", {"words": "BenzoBuddies"}).content.decode())


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "Checked on 19 November 2026."),
        (200, "Due for a check."),
        (400, "use with care."),
        (None, "Not checked, use with care."),
    ],
)
def test_the_words_of_age_change_as_a_check_grows_old(client: Client, change, days, words) -> None:
    change("bridge-project-bradford", assured_date=TODAY - timedelta(days=days) if days else None)
    assert words in words_of(client.get("/find-help/bridge-project-bradford/"))


# Crisis


def test_no_crisis_number_is_shown_until_a_person_has_checked_it_lately(client: Client, change) -> None:
    for address in ("/help-now", "/find-help/crisis/"):
        assert "116 123" not in client.get(address).content.decode()
        assert "https://www.samaritans.org" in client.get(address).content.decode()
    change("samaritans", assured_date=TODAY - timedelta(days=10))
    for address in ("/help-now", "/find-help/crisis/"):
        assert "ring 116 123" in words_of(client.get(address)).replace("( 116 123 )", "")
    change("samaritans", assured_date=TODAY - timedelta(days=100))
    assert "116 123" not in client.get("/help-now").content.decode()


def test_the_emergency_number_is_the_one_that_was_set_or_words(client: Client, settings) -> None:
    words = words_of(client.get("/help-now"))
    assert "ring your local emergency number now" in words
    assert not re.search(r"\b(999|911|112|000)\b", words)
    settings.EMERGENCY_NUMBERS = {"GB": "999"}
    assert "United Kingdom: 999" in words_of(client.get("/help-now"))
    assert "If life is in danger, ring 999 now." in words_of(client.get("/find-help/crisis/"))


def test_help_is_found_even_where_the_database_cannot_be_read(client: Client, monkeypatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr("easeoff.web.directory.models.Revision.objects.filter", broken)
    monkeypatch.setattr("easeoff.web.directory.models.Verification.objects.filter", broken)
    for address in ("/help-now", "/find-help/", "/find-help/crisis/", "/find-help/samaritans/"):
        assert client.get(address).status_code == 200


# The founding page


@pytest.mark.parametrize("slug", [one.id for one in SHIPPED.values() if one.on_founding_page])
def test_every_entry_of_the_founding_page_is_found_within_three_steps_from_home(
    client: Client, slug: str
) -> None:
    home = client.get("/").content.decode()
    assert 'href="/find-help/"' in home  # the first step
    page = client.post("/find-help/", {"words": SHIPPED[slug].name}).content.decode()  # the second
    assert slug in found(page)[:3]
    third = client.get(f"/find-help/{slug}/")
    assert "the support page that this project grew from" in words_of(third)
    assert SHIPPED[slug].name in words_of(third)


# Messages from the public


def test_a_number_that_did_not_work_comes_into_the_work_list_without_an_account(client: Client) -> None:
    page = client.get("/find-help/bridge-project-bradford/").content.decode()
    assert "This number did not work" in page
    response = client.post("/find-help/bridge-project-bradford/", {"what": "did_not_work", "about": "phone"})
    assert response.status_code == 200 and "Thank you" in words_of(response)
    held = Complaint.objects.get()
    assert (held.service.slug, held.what, held.about, held.words) == (
        "bridge-project-bradford",
        "did_not_work",
        "phone",
        "",
    )
    before = service("bridge-project-bradford")
    assert before == SHIPPED["bridge-project-bradford"], "nothing changes until a person has looked"


def test_a_correction_is_kept_as_typed_without_its_control_characters_and_shown_to_no_visitor(
    client: Client,
) -> None:
    client.post(
        "/find-help/samaritans/", {"what": "correction", "about": "hours", "words": f"{HOSTILE}\x00\u202e"}
    )
    assert Complaint.objects.get().words == HOSTILE
    assert "alert(1)" not in client.get("/find-help/samaritans/").content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"what": "correction", "words": " \n "}, "Please write what should be changed."),
        ({"what": "correction", "words": "x" * 501}, "This is too long."),
        ({"what": "delete"}, "Press one of the buttons."),
        ({}, "Press one of the buttons."),
    ],
)
def test_a_message_that_cannot_be_taken_is_said_and_kept_in_the_form(client: Client, sent, words) -> None:
    response = client.post("/find-help/samaritans/", sent)
    assert response.status_code == 422 and words in words_of(response)
    assert not Complaint.objects.exists()


def test_too_many_messages_are_refused_and_searches_are_not(client: Client) -> None:
    sent = [
        client.post("/find-help/samaritans/", {"what": "correction", "words": f"n {n}"}) for n in range(7)
    ]
    assert [one.status_code for one in sent] == [200] * 5 + [429] * 2
    assert "too often" in words_of(sent[-1]) and sent[-1]["Retry-After"]
    assert Complaint.objects.count() == 5
    assert client.post("/find-help/", {}).status_code == 200


def test_a_flood_on_one_service_stops_at_what_a_person_could_read(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("easeoff.web.directory.limits.REPORTS.times", 100)
    answers = [
        client.post("/find-help/samaritans/", {"what": "correction", "words": f"n {n}"}).status_code
        for n in range(25)
    ]
    assert answers == [200] * 20 + [503] * 5
    assert Complaint.objects.count() == 20


def test_the_same_message_twice_on_a_day_is_one(client: Client) -> None:
    for _ in range(3):
        assert client.post("/find-help/samaritans/", {"what": "did_not_work"}).status_code == 200
    assert Complaint.objects.count() == 1


def test_a_message_from_another_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/find-help/samaritans/", {"what": "did_not_work"}).status_code == 403
    assert not Complaint.objects.exists()


# Print, embed, speed


def test_the_list_can_be_printed_without_an_address(client: Client) -> None:
    response = client.post("/find-help/print", {"place": "BD1", "drug": "benzodiazepine"})
    assert response.status_code == 200 and response["Content-Type"] == "application/pdf"
    assert (
        response["Content-Disposition"].startswith("attachment")
        and "BD1" not in response["Content-Disposition"]
    )
    assert response.content.startswith(b"%PDF")
    assert client.get("/find-help/print").status_code == 405
    assert client.post("/find-help/print", {"place": "ZZ9"}).status_code == 422


def test_no_page_of_the_public_sets_a_session(client: Client) -> None:
    for address in (*GETS, "/find-help/samaritans/", "/api/services"):
        client.get(address)
    client.post("/find-help/", {"place": "BD1"})
    client.post("/find-help/samaritans/", {"what": "did_not_work"})
    assert set(client.cookies) <= {"csrftoken", "theme"}


@pytest.mark.parametrize(("address", "most"), [("/find-help/", 1), ("/find-help/?page=4", 1), ("/find-help/samaritans/", 4),
                                               ("/help-now", 1), ("/find-help/crisis/", 1)])  # fmt: skip
def test_a_page_asks_the_database_very_little(
    client: Client, django_assert_max_num_queries, address, most
) -> None:
    client.get("/find-help/")
    with django_assert_max_num_queries(most):
        client.get(address)
