"""The one search in a real browser: accessible in each theme on the narrowest phone, without JavaScript, and private."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from looking import axe_faults, must_fit, press
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SEARCHES = ("setraline withdrawal Leeds", "antidepressants", "suicidal", "xyzzy", "x" * 199)


def search(page: Page, hub: str, words: str) -> None:
    page.goto(f"{hub}/search/")
    page.fill("#q", words)
    page.press("#q", "Enter")
    page.wait_for_selector("main section h2:not(#all-title)")


def must_be_sound(page: Page, where: str) -> None:
    must_fit(page, where)
    assert not axe_faults(page), where


@pytest.mark.parametrize("theme", ["light", "dark", "dim"])
def test_the_search_passes_axe_and_fits_320_pixels_in_every_theme(open_page, hub, theme) -> None:
    page, _ = open_page(theme, 320)
    page.goto(f"{hub}/search/")
    assert page.get_attribute("html", "data-theme") == theme
    must_be_sound(page, "the empty page")
    press(page, "#search button")
    assert page.locator("[role=alert]").is_visible()
    must_be_sound(page, "an empty search")
    for words in SEARCHES:
        search(page, hub, words)
        must_be_sound(page, words)


def test_from_home_to_a_medicine_and_to_all_help_without_javascript_or_a_trace(open_page, hub) -> None:
    page, told = open_page("light", 320, script=False)
    page.goto(hub)
    page.fill("#q", "Zoloft Bradford")
    press(page, "#search button")
    assert page.url == f"{hub}/search/" and page.input_value("#q") == "Zoloft Bradford"
    press(page, "button[value=dim]")
    assert page.get_attribute("html", "data-theme") == "dim" and page.input_value("#q") == "Zoloft Bradford"
    press(page, "text=in Find help")
    assert page.url == f"{hub}/find-help/#found-title" and page.input_value("#place") == "Bradford"
    page.goto(f"{hub}/search/")
    page.fill("#q", "Zoloft")
    press(page, "#search button")
    press(page, "#medicines-title ~ ul .result-title a")
    assert page.inner_text("h1") == "Sertraline"
    assert {urlsplit(entry).netloc for entry in told} == {urlsplit(hub).netloc}
    assert not [entry for entry in told if "oloft" in entry or "Bradford" in entry or "?" in entry]


@pytest.mark.parametrize("theme", ["light", "dark", "dim"])
def test_the_panels_on_a_medicine_and_an_article_pass_axe(open_page, hub, theme) -> None:
    page, _ = open_page(theme, 320)
    for address in ("/medicines/diazepam/", "/understand/antipsychotics/", "/find-help/bic/"):
        page.goto(hub + address)
        must_be_sound(page, address)
