"""The one search, through Django's client: what it finds, what it answers to anything, and what it never keeps."""

from __future__ import annotations

import html
import logging
import re

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client

HOSTILE = "\"><script>alert(1)</script>' OR 1=1; DROP TABLE x; --{{7*7}}{% load x %}"


def asked(client: Client, q: str, **more: str) -> str:
    response = client.post("/search/", {"q": q, **more})
    assert response.status_code == 200, q
    return response.content.decode()


def words_of(page: str) -> str:
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def kinds(page: str) -> list[str]:
    return re.findall(r'<h2 id="(medicines|articles|services|resources)-title">', page)


def links(page: str, kind: str) -> list[str]:
    section = page.partition(f'id="{kind}-title"')[2].partition("</section>")[0]
    return re.findall(r'<p class="result-title"><a href="([^"]+)"', section)


def assert_sound(response: HttpResponse) -> None:
    page = response.content.decode()
    assert page.count("<h1") == 1 and re.search(r"<title>Search(?: results)? – Easeoff</title>", page)
    assert len(page.encode()) < 100_000
    assert "<script>alert" not in page and " style=" not in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    for link in re.findall(r"<a [^>]*href=\"https?://[^>]*>", page):
        assert 'rel="noreferrer"' in link
    assert response["Referrer-Policy"] == "no-referrer" and response["Cache-Control"] == "no-store"


# What it finds


def test_a_medicine_is_found_in_every_kind_medicines_first(client: Client) -> None:
    page = asked(client, "diazepam")
    assert kinds(page) == ["medicines", "articles", "services", "resources"]
    assert links(page, "medicines") == ["/medicines/diazepam/"]
    assert "/understand/benzodiazepines-and-z-drugs/" in links(page, "articles")
    assert all(address.startswith("/find-help/") for address in links(page, "services"))
    assert "Not checked, use with care." in words_of(page), "every service says how old it is"


def test_each_kind_shows_its_few_best_and_a_way_to_all(client: Client) -> None:
    page = asked(client, "antidepressants")
    assert all(len(links(page, kind)) <= 4 for kind in kinds(page))
    total = int(re.search(r"All (\d+) medicines", page)[1])
    assert 'name="in" value="medicines"' in page
    everything = asked(client, "antidepressants", **{"in": "medicines"})
    assert kinds(everything) == ["medicines"]
    assert len(links(everything, "medicines")) == total > 30
    assert "Show every kind" in everything


def test_all_services_are_one_button_away_with_the_same_words_and_place(client: Client) -> None:
    page = asked(client, "benzo help Leeds")
    total = re.search(r"All (\d+) in Find help", page)[1]
    form = re.search(r'<form method="post" action="/find-help/#found-title".*?</form>', page, re.S)[0]
    sent = dict(re.findall(r'name="(words|place)" value="([^"]*)"', form))
    assert sent == {"words": "benzo help", "place": "Leeds"}
    found = client.post("/find-help/", sent).content.decode()
    assert f"{total} entries for Leeds" in found


@pytest.mark.parametrize(
    ("brand", "name"), [("Lustral", "sertraline"), ("VALIUM", "diazepam"), ("Dépakine", "valproate")]
)
def test_a_brand_is_read_as_its_medicine_and_that_is_said(client: Client, brand: str, name: str) -> None:
    page = asked(client, brand)
    assert links(page, "medicines") == [f"/medicines/{name}/"]
    assert f"is {name}." in words_of(page)


def test_a_misspelt_medicine_is_offered_and_never_taken_for_the_name(client: Client) -> None:
    page = asked(client, "setraline withdrawl")
    assert "We have no medicine called “setraline”. These look like it." in words_of(page)
    assert links(page, "medicines") == ["/medicines/sertraline/"]
    assert kinds(page)[:2] == ["medicines", "articles"]


@pytest.mark.parametrize("ordinary", ["short", "liquid", "brain zaps", "support", "monitor"])
def test_an_ordinary_word_is_no_slip_for_a_medicine_or_a_service(client: Client, ordinary: str) -> None:
    page = asked(client, ordinary)
    assert "medicines" not in kinds(page)
    assert "We read" not in words_of(page)


def test_a_substance_without_a_record_is_told_to_go_on_as_now(client: Client) -> None:
    words = words_of(asked(client, "co-codamol"))
    assert "have no record of it yet" in words and "Keep taking it as you do now" in words


@pytest.mark.parametrize("place", ["BD1", "bd1 1aa", "help near Bradford", "clonidine Bradford"])
def test_a_place_finds_the_nearest_help_first(client: Client, place: str) -> None:
    page = asked(client, place)
    assert links(page, "services")[0] == "/find-help/bridge-project-bradford/"
    assert "Bradford" in words_of(page)


def test_a_question_in_a_sentence_is_answered_with_the_nearest(client: Client) -> None:
    page = asked(client, "my son stopped olanzapine and cannot sleep")
    assert links(page, "medicines") == ["/medicines/olanzapine/"]
    assert links(page, "articles")
    assert "Nothing here has all of these words. These have most of them." in words_of(page)


def test_without_a_place_help_that_people_of_this_hub_can_use_comes_first(client: Client, settings) -> None:
    first = links(asked(client, "sertraline"), "services")
    settings.CRISIS_COUNTRIES = ("DE",)
    german = links(asked(client, "sertraline"), "services")
    assert "/find-help/bpe/" not in first and "/find-help/bpe/" in german


@pytest.mark.parametrize(
    "words", ["suicidal", "I took an overdose", "Kill myself", "end my life", "self-harm"]
)
def test_words_of_danger_bring_the_way_to_help_to_the_top(client: Client, words: str) -> None:
    page = asked(client, words).partition("<main")[2]
    assert page.index("In danger, or in despair?") < page.index("-title")


def test_other_words_do_not(client: Client) -> None:
    assert "In danger, or in despair?" not in asked(client, "sertraline")


# What it answers to anything


def test_nothing_found_says_so_and_what_to_try(client: Client) -> None:
    words = words_of(asked(client, "xyzzy plugh"))
    assert "Nothing found for “xyzzy plugh”" in words and "Try another spelling" in words


def test_the_page_opens_without_a_search(client: Client) -> None:
    for address in ("/search/", "/search/?q=", "/search/?q=%20%09"):
        response = client.get(address)
        assert response.status_code == 200
        assert "Nothing found" not in response.content.decode()
        assert_sound(response)


@pytest.mark.parametrize("nothing", ["", "   ", "\x00\n"])
def test_an_empty_search_is_told_what_to_write(client: Client, nothing: str) -> None:
    response = client.post("/search/", {"q": nothing})
    assert response.status_code == 422
    assert "Write a word first, such as sertraline" in words_of(response.content.decode())
    assert_sound(response)


def test_a_search_of_ten_thousand_letters_is_told_how_long_it_may_be(client: Client) -> None:
    for response in (
        client.post("/search/", {"q": "lorazepam " * 1000}),
        client.get("/search/", {"q": "é" * 10_000}),
    ):
        assert response.status_code == 422
        assert "Use at most 200 letters" in words_of(response.content.decode())
        assert_sound(response)


@pytest.mark.parametrize(
    "typed",
    [HOSTILE, "'; DROP TABLE directory_servicerecord; --", "%", "\\", "(((", "[a-z]+", "😀", "ﷺ", "a" * 200, "ab " * 66,
     "١٢٣", "\u202eabc", "-", "?", "1", "0" * 200, "in", "help", "{{ q }}", "NULL"],
)  # fmt: skip
@pytest.mark.parametrize("only", ["", "medicines", "services", "nonsense", HOSTILE])
def test_anything_typed_gets_a_sound_page_and_is_only_text(client: Client, typed: str, only: str) -> None:
    response = client.post("/search/", {"q": typed, "in": only})
    assert response.status_code == 200
    assert_sound(response)
    kept = " ".join(typed.replace("\u202e", " ").split())
    assert f'value="{html.escape(kept)}"' in response.content.decode(), "nothing typed is lost"


def test_a_link_to_a_search_works_like_the_form(client: Client) -> None:
    by_link = client.get("/search/", {"q": "Zoloft"}).content.decode()
    assert links(by_link, "medicines") == ["/medicines/sertraline/"]


# What it never keeps


@pytest.mark.parametrize("address", ["/", "/search/"])
def test_the_box_sends_by_form_so_that_nothing_stands_in_an_address(client: Client, address: str) -> None:
    form = re.search(r"<form[^>]*role=\"search\"[^>]*>", client.get(address).content.decode())[0]
    assert 'method="post"' in form and 'action="/search/"' in form


def test_a_found_page_has_no_address_with_the_search_in_it(client: Client) -> None:
    page = asked(client, "lorazepam Bradford")
    for address in re.findall(r"""(?:href|action|formaction)=["'](/[^"']*)""", page):
        assert "?" not in address and "Bradford" not in address


def test_a_fault_tells_the_log_nothing_of_the_search(monkeypatch, caplog) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("canary-lithium-800")

    monkeypatch.setattr("easeoff.web.search.selectors.understand", break_down)
    with caplog.at_level(logging.DEBUG):
        response = Client(raise_request_exception=False).get("/search/", {"q": "canary-lithium-800"})
    from easeoff.web.project.logs import BareFormatter

    assert response.status_code == 500 and "canary" not in response.content.decode()
    assert caplog.records and not [r for r in caplog.records if "canary" in BareFormatter().format(r)]


def test_the_theme_can_be_changed_without_losing_the_search(client: Client) -> None:
    response = client.post("/search/", {"q": "sertraline", "theme": "dim"})
    page = response.content.decode()
    assert 'data-theme="dim"' in page and 'value="sertraline"' in page
    assert links(page, "medicines") == ["/medicines/sertraline/"]
    assert client.post("/search/", {"q": "", "theme": "dark"}).status_code == 200
    assert client.post("/theme", {"theme": "dim", "back": "/search/"})["Location"] == "/search/"


def test_a_search_sent_from_another_site_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post("/search/", {"q": "x"}).status_code == 403


def test_a_search_works_where_the_database_cannot_be_read(client: Client, monkeypatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr("easeoff.web.directory.models.Revision.objects.filter", broken)
    assert "services" in kinds(asked(client, "sertraline"))


# What it costs


@pytest.mark.parametrize(
    ("sent", "most"),
    [({"q": "benzo help Leeds"}, 1), ({"q": "sertraline", "in": "resources"}, 1), ({"q": "xyzzy"}, 1)],
)
def test_a_search_asks_the_database_once(client: Client, django_assert_max_num_queries, sent, most) -> None:
    asked(client, "sertraline")
    with django_assert_max_num_queries(most):
        client.post("/search/", sent)


def test_opening_the_page_asks_the_database_nothing(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        client.get("/search/")
