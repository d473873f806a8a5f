"""The medicine pages as a visitor meets them, through Django's client."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from easeoff.library import medicines_with_curve
from easeoff.medicines import countries, load_formulary, load_medicine, medicine_names
from easeoff.medicines.model import Policy
from easeoff.web.medicines.finding import search, slug_of

DOSES = ("usual_minimum_dose", "usual_dose", "highest_dose")
HOSTILE = "\"><script>alert(1)</script>' OR 1=1 --{{7*7}}"
PLAIN = [
    "/medicines/",
    "/medicines/gaps/",
    "/medicines/?q=zoloft",
    "/medicines/?q=xyzzy",
    "/medicines/sertraline/",
]


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ").split())


def results(client: Client, asked: str) -> list[str]:
    page = client.post("/medicines/", {"q": asked}).content.decode()
    return re.findall(
        r'<a href="/medicines/([a-z-]+)/">', page.partition("found-title")[2].partition("</section>")[0]
    )


def test_usual_and_highest_doses_are_shown_each_with_its_source_and_unit_where_sources_differ_too(
    client: Client,
) -> None:
    page = words_of(text_of(client, "/medicines/fluoxetine/"))
    assert "in the McMaster Textbook: 20 to 60 mg." in page
    assert "in a review on kidney disease: 20 to 80 mg." in page
    assert "for panic, in a chart for pharmacists in the United States and Canada: 10 mg." in words_of(
        text_of(client, "/medicines/alprazolam/")
    )


def test_a_dose_on_record_never_stands_without_its_unit() -> None:
    held = [note for name in medicine_names() for note in load_medicine(name).notes if note.name in DOSES]
    assert len({note.provenance.source for note in held}) >= 10
    assert all(re.fullmatch(r"[0-9.]+( to [0-9.]+)? mg", note.value) for note in held)
    assert {note.provenance.confidence.value for note in held} == {"read", "secondary"}


@pytest.mark.parametrize("name", medicine_names())
def test_every_medicine_has_a_light_sound_page_with_its_sources(client: Client, name: str) -> None:
    page = text_of(client, f"/medicines/{slug_of(name)}/")
    medicine, words = load_medicine(name), words_of(page)

    assert len(page.encode()) < 100_000
    assert page.count("<h1") == 1
    assert medicine.policy.value.capitalize() in words
    assert medicine.policy_reason in words
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids), "every source mark lands"
    for code, country in countries().items():
        count = len(load_formulary(name, code).products)
        said = "none listed" if not count else f"{count} product{'' if count == 1 else 's'}"
        assert f"{country}: {said}" in words
    for flag in medicine.red_flags:
        assert flag.sign.rstrip(".") in words
    if name in medicines_with_curve():
        assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
    elif medicine.no_curve_reason:
        assert medicine.no_curve_reason in words
    assert ("Make a plan" in words.partition("Please note")[0].partition("Medicines")[2]) == (
        medicine.policy is Policy.WITH_PRESCRIBER
    )


@pytest.mark.parametrize("address", PLAIN)
def test_a_page_asks_no_other_host_and_says_nothing_in_its_title(client: Client, address: str) -> None:
    page = text_of(client, address)
    assert re.search(r"<title>(About a medicine|Medicines|What we do not have) – Easeoff</title>", page)
    assert " style=" not in page
    assert len(page.encode()) < 100_000
    for link in re.findall(r"<a [^>]*href=\"https?://[^>]*>", page):
        assert 'rel="noreferrer"' in link
    scripts = re.findall(r"<script[^>]*>", page)
    assert len(scripts) == 1, "only the frame's own"
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"(?:https?:)?//", page)


def test_the_pace_products_and_figures_of_sertraline_are_those_on_record(client: Client) -> None:
    words = words_of(text_of(client, "/medicines/sertraline/"))
    assert "Antidepressant, SSRI. It acts on the serotonin transporter (SERT)." in words
    assert "On the box: Lustral, Zoloft." in words
    assert (
        "A step takes away at most 5 percentage points of the expected occupancy, with 28 days between steps."
        in words
    )
    assert "Taken for less than a year, and no withdrawal before" in words
    assert "It is also never more than 25 % of the current dose." in words
    assert "26 hours" in words
    assert "Used to plan doses." in words
    assert "Sertraline 50mg tablets Licensed; packs of 28" in words
    assert "Listed on 14 August 2025" in words
    assert "https://doi.org/" in text_of(client, "/medicines/sertraline/")


def test_the_verdict_of_a_second_source_stands_on_the_page_without_a_link(client: Client) -> None:
    page = text_of(client, "/medicines/vortioxetine/")
    words = words_of(page)
    assert "Checked against a second source" in words
    assert "differs (half at 8.5 mg" in words
    assert "agrees (66 h)" in words
    assert 'href="https://psychopharmacopeia.com' not in page, "some of these addresses are shops"
    assert "Checked against a second source" not in words_of(text_of(client, "/medicines/phenelzine/"))


def test_the_facts_of_a_product_are_named_by_number(client: Client) -> None:
    page = text_of(client, "/medicines/morphine/")
    assert re.search(r"\(facts? \d", page)
    assert "Dividing: no" in page


def test_a_refused_medicine_has_its_reason_and_no_pace(client: Client) -> None:
    name = next(n for n in medicine_names() if load_medicine(n).policy is Policy.REFUSE)
    words = words_of(text_of(client, f"/medicines/{slug_of(name)}/"))
    assert "A step takes away" not in words
    lithium = words_of(text_of(client, "/medicines/lithium/"))
    assert "Brand, salt and form are never changed." in lithium
    assert "we plan no steps" in lithium


@pytest.mark.parametrize(
    ("asked", "first"),
    [("sertraline", "sertraline"), ("ZOLOFT®", "sertraline"), ("téralithe", "lithium"), ("sertaline", "sertraline"),
     ("quetiapin", "quetiapine"), ("gabapentin enacarbil", "gabapentin-enacarbil")],
)  # fmt: skip
def test_a_name_a_brand_and_a_misspelling_are_found(client: Client, asked: str, first: str) -> None:
    assert results(client, asked)[0] == first


@pytest.mark.parametrize(
    ("asked", "drug_class"),
    [("SSRI", "antidepressant_ssri"), ("benzodiazepines", "benzodiazepine"), ("benzo", "benzodiazepine"),
     ("opioids", "opioid"), ("tricyclic", "antidepressant_tca"), ("Z-drugs", "z_drug")],
)  # fmt: skip
def test_a_class_is_found_whole(client: Client, asked: str, drug_class: str) -> None:
    members = [slug_of(n) for n in medicine_names() if load_medicine(n).drug_class == drug_class]
    assert results(client, asked) == members


def test_a_look_alike_is_offered_and_never_taken(client: Client) -> None:
    assert search("sertaline").sentence == "We have no medicine called “sertaline”."
    assert search("Zoloft").sentence == "“Zoloft” is sertraline."
    assert "have no record of it" in search("medazepam").sentence
    assert search("medazepam").links == ()
    assert results(client, "xyzzyq") == []


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("opiates", "morphine"),
        ("z drug", "zopiclone"),
        ("anti depressant", "sertraline"),
        ("tranquillisers", "diazepam"),
        ("beta blockers", "propranolol"),
        ("beta-blocker", "propranolol"),
    ],
)
def test_a_class_is_found_by_the_words_that_people_use(client: Client, asked: str, name: str) -> None:
    assert name in results(client, asked)
    assert "topiramate" not in results(client, asked)


@pytest.mark.parametrize("asked", [HOSTILE, "a" * 5000, "\u202e\x00", "%", "  "])
def test_whatever_is_typed_is_answered_and_escaped(client: Client, asked: str) -> None:
    for response in (client.post("/medicines/", {"q": asked}), client.get("/medicines/", {"q": asked})):
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


def test_a_search_is_sent_by_form_and_a_change_of_theme_keeps_it(client: Client) -> None:
    page = client.post("/medicines/", {"q": "zoloft", "theme": "dim"})
    said = page.content.decode()
    assert 'method="post" action="/medicines/#found-title" id="find"' in said and 'method="get"' not in said
    assert 'data-theme="dim"' in said and page.cookies["theme"].value == "dim"
    assert 'value="zoloft"' in said and 'name="theme" value="light" class="plain" form="find"' in said


@pytest.mark.parametrize("slug", ["no-such-medicine", "a" * 300, "Sertraline"])
def test_a_medicine_that_is_not_there_is_404(client: Client, slug: str) -> None:
    assert client.get(f"/medicines/{slug}/").status_code == 404


def test_the_pages_are_read_only(client: Client) -> None:
    for address in ("/medicines/gaps/", "/medicines/sertraline/"):
        assert client.post(address).status_code == 405


def test_every_medicine_stands_in_the_index(client: Client) -> None:
    page = text_of(client, "/medicines/")
    for name in medicine_names():
        assert f'href="/medicines/{slug_of(name)}/"' in page
    assert f"{len(medicine_names())} medicines" in page


def test_the_gaps_are_those_of_the_data(client: Client) -> None:
    page = text_of(client, "/medicines/gaps/")
    without = [n for n in medicine_names() if load_medicine(n).no_curve_reason]
    curve = page.partition('id="curve"')[2].partition("</section>")[0]
    assert sorted(re.findall(r'href="/medicines/([a-z-]+)/"', curve)) == sorted(map(slug_of, without))
    assert f"Without a curve to plan with ({len(without)})" in page
    liquid = page.partition('id="liquid"')[2].partition("</section>")[0]
    for country in countries().values():
        assert country in liquid
    assert "/medicines/sertraline/" not in liquid.partition("United States")[2].partition("France")[0]
