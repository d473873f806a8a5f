"""From a plan, a stop, a medicine, an article and a service one comes to services, to reading and to the plan."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from easeoff.directory import Kind, Status, load_services
from easeoff.library import load_article, load_articles
from easeoff.medicines import countries, load_medicine, medicine_names
from easeoff.web.onward.panel import FIRST_BELOW_A_STOP, NOT_BELOW_A_STOP, panel
from easeoff.web.planning.state import seal_file

BY_ID = {service.id: service for service in load_services()}
PEERS = {Kind.ONLINE_FORUM, Kind.FACEBOOK_GROUP, Kind.SUPPORT_GROUP}


def section(page: str, name: str) -> str:
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', page, re.S)
    assert found, name
    return found[0]


def services(page: str) -> list[str]:
    return re.findall(r'<a href="/find-help/([\w-]+)/">', section(page, "onward-help"))


def articles(page: str) -> list[str]:
    return re.findall(r'<a href="/understand/([\w-]+)/">', section(page, "onward-read"))


def assert_addresses_say_nothing(page: str) -> None:
    for name in ("onward-help", "onward-read"):
        for address in re.findall(r'(?:href|action)="([^"]*)"', section(page, name)):
            assert re.fullmatch(r"/(find-help/([\w-]+/)?(#found-title)?|understand/([\w-]+/)?)", address), (
                address
            )


def test_a_plan_offers_help_for_its_class_and_country_and_reading(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    assert "Help with antidepressants: United Kingdom" in visitor.words
    found = services(visitor.text)
    assert 3 <= len(found) <= 5
    assert found[0] == "nelft-pdc", "what is open to the whole country stands before what is online"
    assert "Not checked, use with care." in section(visitor.text, "onward-help")
    assert articles(visitor.text)[0] == "why-slow-and-smaller-at-the-end"
    assert_addresses_say_nothing(visitor.text)


def test_the_way_to_more_help_is_a_form_with_the_class_and_the_country(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    sent = dict(re.findall(r'name="(drug|place)" value="([^"]*)"', section(visitor.text, "onward-help")))
    assert sent == {"drug": "antidepressant", "place": "United Kingdom"}
    page = visitor.client.post("/find-help/", sent).content.decode()
    assert "entries for United Kingdom" in page and 'value="antidepressant" selected' in page


def test_a_saved_plan_that_is_opened_offers_the_same(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    before = services(visitor.text)
    saved = visitor.client.post("/plan/file", {"state": visitor.hidden("state")}).content.decode()
    again = visitor.client.post("/plan/open", {"sealed": seal_file(saved)}).content.decode()
    changed = visitor.client.post(
        "/plan/open", {"sealed": seal_file(saved.replace('"days": 28', '"days": 21', 1))}
    ).content.decode()
    assert services(again) == services(changed) == before


def test_below_a_stop_stand_danger_signs_and_clinicians_and_no_dose_making(visitor) -> None:
    visitor.walk({"country": "GB", "medicine": "lithium", "dose_1": "200"}, until="reason")
    assert visitor.heading.startswith("Stop")
    assert tuple(articles(visitor.text)[:2]) in (FIRST_BELOW_A_STOP, FIRST_BELOW_A_STOP[::-1])
    assert not set(articles(visitor.text)) & set(NOT_BELOW_A_STOP)
    assert services(visitor.text)
    assert not {BY_ID[slug].kind for slug in services(visitor.text)} & PEERS
    assert_addresses_say_nothing(visitor.text)


def test_the_articles_named_for_stops_exist() -> None:
    assert all(load_article(slug) for slug in (*FIRST_BELOW_A_STOP, *NOT_BELOW_A_STOP))


@pytest.mark.parametrize("country", ["", *countries()])
def test_every_class_has_a_panel_in_every_country(db, country: str) -> None:
    for drug_class in sorted({load_medicine(name).drug_class for name in medicine_names()}):
        made = panel(drug_class, country)
        assert len(made.articles) == 4
        assert 1 <= len(made.services) <= 4, f"{drug_class} in {country or 'any country'}"
        for shown in made.services:
            service = BY_ID[shown.slug]
            assert service.kind is not Kind.CRISIS_LINE and service.status is not Status.UNCONFIRMED
            assert not service.is_tombstone and shown.freshness
            assert not made.drug or service.helps_with(made.drug)


def test_without_a_country_only_what_can_be_used_from_anywhere_is_listed(db) -> None:
    for shown in panel("benzodiazepine").services:
        assert BY_ID[shown.slug].online or not BY_ID[shown.slug].country


def test_a_medicine_page_leads_to_the_plan_to_help_and_to_reading(
    client: Client, django_assert_max_num_queries
) -> None:
    client.get("/medicines/diazepam/")
    with django_assert_max_num_queries(1):
        page = client.get("/medicines/diazepam/").content.decode()
    assert "Plan a taper with your prescriber" in page
    assert services(page) and articles(page)[0] == "benzodiazepines-and-z-drugs"
    assert 'name="drug" value="benzodiazepine"' in page


def test_a_medicine_that_may_not_be_planned_offers_help_and_no_plan(client: Client) -> None:
    page = client.get("/medicines/lithium/").content.decode()
    assert "Plan a taper" not in page and services(page)


@pytest.mark.parametrize("article", load_articles(), ids=lambda article: article.slug)
def test_every_article_leads_to_the_plan_and_to_help(client: Client, article) -> None:
    page = client.get(f"/understand/{article.slug}/").content.decode()
    assert '<a href="/plan/">Plan a taper with your prescriber</a>' in page
    assert 'action="/find-help/#found-title"' in page
    own = [name for name in article.drug_classes if name != "any"]
    assert re.findall(r'name="drug" value="(\w+)"', page) == (own if len(own) == 1 else [])


def test_a_service_and_a_list_lead_to_the_plan_and_to_reading_for_their_class(client: Client) -> None:
    for page in (
        client.get("/find-help/bic/").content.decode(),
        client.post("/find-help/", {"drug": "benzodiazepine"}).content.decode(),
    ):
        assert '<a href="/plan/">Plan a taper with your prescriber</a>' in page
        assert 'Read: <a href="/understand/benzodiazepines-and-z-drugs/">' in page
    everything = client.get("/find-help/").content.decode()
    assert everything.count("Read: <a") == 3 and "Plan a taper with your prescriber" in everything
