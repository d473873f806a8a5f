"""The reading pages as a visitor meets them, through Django's client."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from easeoff.library import SHELVES, load_articles, load_shelf

ARTICLES = load_articles()
PLAIN = [
    "/understand/",
    "/understand/shelf/",
    "/understand/try/",
    *(f"/understand/{a.slug}/" for a in ARTICLES),
]
HOSTILE = "\"><script>alert(1)</script>' OR 1=1 --{{7*7}}"


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("address", PLAIN)
def test_a_page_is_there_is_light_and_has_one_heading(client: Client, address: str) -> None:
    page = text_of(client, address)
    assert len(page.encode()) < 60_000
    assert page.count("<h1") == 1
    title = re.search(r"<title>(.*?) – Easeoff</title>", page)
    known = {"Understand", "The shelf", "Move a dose, see the curve", "Something to read"}
    assert title and title[1] in known, "the title in a browser's history does not say what was read"
    assert re.search(r"library/library\.[0-9a-f]{12}\.css", page)
    assert " style=" not in page


@pytest.mark.parametrize("address", PLAIN)
def test_a_link_to_another_host_is_plain_and_sends_no_referrer(client: Client, address: str) -> None:
    page = text_of(client, address)
    for link in re.findall(r"<a [^>]*href=\"https?://[^>]*>", page):
        assert 'rel="noreferrer"' in link
        assert "target" not in link
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"(?:https?:)?//", page)


@pytest.mark.parametrize("address", PLAIN)
def test_no_id_stands_twice_on_a_page_and_every_jump_lands(client: Client, address: str) -> None:
    page = text_of(client, address)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_an_article_shows_its_review_its_sources_and_that_it_is_not_advice(client: Client, article) -> None:
    words = words_of(text_of(client, f"/understand/{article.slug}/"))
    assert article.title in words
    assert f"Last checked {article.reviewed_on.day} {article.reviewed_on:%B %Y}" in words
    assert "This is not medical advice." in words
    assert article.status.lower() in words.lower()
    assert "We read this work itself" in words or "We know this from another work" in words
    assert "Reading grade" not in words


def test_every_article_is_listed_under_its_readers(client: Client) -> None:
    page = text_of(client, "/understand/")
    for article in ARTICLES:
        assert f'href="/understand/{article.slug}/"' in page
    assert page.index("For you") < page.index("For family and friends") < page.index("For prescribers")


def test_an_overdue_article_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    article = ARTICLES[0]
    late = date(article.review_by.year + 1, 1, 2)
    assert "was due to be checked" not in text_of(client, f"/understand/{article.slug}/")
    monkeypatch.setattr(timezone, "localdate", lambda: late)
    assert "was due to be checked again by" in text_of(client, f"/understand/{article.slug}/")


@pytest.mark.parametrize("slug", ["no-such-page", "shelf-of-things", "a" * 300])
def test_an_article_that_is_not_there_is_404(client: Client, slug: str) -> None:
    response = client.get(f"/understand/{slug}/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def every_page_of_the_shelf(client: Client, address: str) -> str:
    pages = []
    while address:
        pages.append(text_of(client, address))
        following = re.search(r'href="([^"]+)">Next page', pages[-1])
        address = "/understand/shelf/" + html.unescape(following[1]) if following else ""
    return "\n".join(pages)


def test_every_resource_stands_on_the_shelf_once(client: Client) -> None:
    shelf = every_page_of_the_shelf(client, "/understand/shelf/")
    for resource in load_shelf():
        assert shelf.count(f'id="{resource.id}"') == 1
        assert html.escape(resource.good_for, quote=True).replace("&#x27;", "&#x27;") in shelf


@pytest.mark.parametrize("topic", SHELVES)
def test_a_topic_shows_its_own_resources_and_no_others(client: Client, topic: str) -> None:
    shelf = every_page_of_the_shelf(client, f"/understand/shelf/?topic={topic}")
    for resource in load_shelf():
        assert (f'<li class="resource" id="{resource.id}"' in shelf) == (topic in resource.shelves)


def test_filters_work_together(client: Client) -> None:
    words = words_of(
        text_of(client, "/understand/shelf/?topic=peers&class=benzodiazepine&audience=patient&kind=forum")
    )
    assert "BenzoBuddies" in words
    assert "Surviving Antidepressants archive" in words
    assert "2 things to read or watch" in words


def test_the_old_support_page_is_listed_with_its_present_state(client: Client) -> None:
    page = text_of(client, "/understand/shelf/?list=founding")
    assert page.count('<li class="resource"') == 11
    assert "Archive." in page
    assert "Not confirmed." in page


def test_nothing_found_says_what_to_do(client: Client) -> None:
    words = words_of(text_of(client, "/understand/shelf/?topic=small-doses&kind=forum"))
    assert "Nothing fits all of these" in words
    assert "Set one of the choices back to all" in words


@pytest.mark.parametrize("key", ["topic", "class", "audience", "kind", "page", "list"])
@pytest.mark.parametrize("value", [HOSTILE, "x" * 3000, "-1", "0", "٣", "99999", "\x00"])
def test_a_filter_that_makes_no_sense_shows_the_shelf_and_repeats_nothing(
    client: Client, key: str, value: str
) -> None:
    response = client.get("/understand/shelf/", {key: value})
    page = response.content.decode()
    assert response.status_code == 200
    assert '<li class="resource"' in page
    assert "<script>alert" not in page
    assert (
        value == "0"
        or value not in re.sub(r"<svg.*?</svg>", "", page, flags=re.S).split("<main", 1)[1]
        or len(value) < 3
    )
    if key in ("topic", "class", "audience", "kind"):
        assert "we have no such choice" in page


def test_the_try_out_opens_with_an_example_that_is_nobodys(client: Client) -> None:
    words = words_of(text_of(client, "/understand/try/"))
    assert (
        "50 mg a day: about 80 % of the serotonin transporters are expected to be occupied (band 80 to 88 %)."
        in words
    )
    assert "It is not a picture of you" in words


def test_a_dose_in_the_address_is_not_read(client: Client) -> None:
    assert "50 mg a day: about" in text_of(client, "/understand/try/?medicine=olanzapine&dose=3")


def test_a_dose_is_sent_by_post_and_kept_nowhere(client: Client) -> None:
    response = client.post(
        "/understand/try/", {"medicine": "sertraline", "dose": "12.5", "last": "sertraline"}
    )
    assert response.status_code == 200
    assert "12.5 mg a day: about 57 %" in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies.keys() & {"dose", "sessionid"}


def test_another_medicine_starts_with_its_own_example(client: Client) -> None:
    response = client.post(
        "/understand/try/", {"medicine": "olanzapine", "dose": "150", "last": "sertraline"}
    )
    assert "5 mg a day: about 56 % of the dopamine D2 receptors" in response.content.decode()


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        ("abc", "is not a dose we can read"),
        ("1,5", "Write 1.5 if the comma is a decimal point"),
        ("-5", "is below zero"),
        ("201", "goes from 0 mg to 200 mg a day"),
        ("1e3", "is not a dose we can read"),
        (HOSTILE, "is not a dose we can read"),
        ("9" * 500, "is not a dose we can read"),
    ],
)
def test_a_dose_that_cannot_be_shown_gets_one_clear_sentence(client: Client, dose: str, said: str) -> None:
    response = client.post("/understand/try/", {"medicine": "sertraline", "dose": dose, "last": "sertraline"})
    page = response.content.decode()
    assert response.status_code == 400
    assert said in words_of(page)
    assert 'href="#dose"' in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("dose", ["0", "200", "", " 12.50 ", ".5"])
def test_odd_but_clear_doses_are_taken(client: Client, dose: str) -> None:
    response = client.post("/understand/try/", {"medicine": "sertraline", "dose": dose, "last": "sertraline"})
    assert response.status_code == 200


def test_the_reading_pages_are_in_the_navigation(client: Client) -> None:
    assert '<a href="/understand/"' in text_of(client, "/")


@pytest.mark.parametrize(
    "address", ["/understand/", "/understand/shelf/", f"/understand/{ARTICLES[0].slug}/"]
)
def test_a_page_to_read_takes_no_post(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
