"""The one search in a real browser: accessible in each theme on the narrowest phone, without JavaScript, and private."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
SEARCHES = ("setraline withdrawal Leeds", "antidepressants", "suicidal", "xyzzy", "x" * 199)


@pytest.fixture
def open_page(chromium: Browser, hub: str) -> Iterator:
    contexts = []

    def make(theme: str, *, script: bool = True) -> tuple[Page, list[str]]:
        context = chromium.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=script)
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": "theme", "value": theme, "url": hub, "httpOnly": True}])
        contexts.append(context)
        page, told = context.new_page(), []
        page.on("request", lambda request: told.append(request.url))
        page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        return page, told

    yield make
    for context in contexts:
        context.close()


def search(page: Page, hub: str, words: str) -> None:
    page.goto(f"{hub}/search/")
    page.fill("#q", words)
    page.press("#q", "Enter")
    page.wait_for_selector("main section h2:not(#all-title)")


def must_be_sound(page: Page, where: str) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{where} is {wide} px too wide"
    found = Axe().run(page).response["violations"]
    told = [(v["id"], [node["html"][:120] for node in v["nodes"][:3]]) for v in found]
    assert not told, f"{where}: {json.dumps(told, indent=1)}"


@pytest.mark.parametrize("theme", ["light", "dark", "dim"])
def test_the_search_passes_axe_and_fits_320_pixels_in_every_theme(open_page, hub, theme) -> None:
    page, _ = open_page(theme)
    page.goto(f"{hub}/search/")
    assert page.get_attribute("html", "data-theme") == theme
    must_be_sound(page, "the empty page")
    page.click("#search button")
    assert page.locator("[role=alert]").is_visible()
    must_be_sound(page, "an empty search")
    for words in SEARCHES:
        search(page, hub, words)
        must_be_sound(page, words)


def test_from_home_to_a_medicine_and_to_all_help_without_javascript_or_a_trace(open_page, hub) -> None:
    page, told = open_page("light", script=False)
    page.goto(hub)
    page.fill("#q", "Zoloft Bradford")
    page.click("#search button")
    assert page.url == f"{hub}/search/" and page.input_value("#q") == "Zoloft Bradford"
    page.click("button[value=dim]")
    assert page.get_attribute("html", "data-theme") == "dim" and page.input_value("#q") == "Zoloft Bradford"
    page.click("text=in Find help")
    assert page.url == f"{hub}/find-help/#found-title" and page.input_value("#place") == "Bradford"
    page.goto(f"{hub}/search/")
    page.fill("#q", "Zoloft")
    page.click("#search button")
    page.click("#medicines-title ~ ul .result-title a")
    assert page.inner_text("h1") == "Sertraline"
    assert {urlsplit(entry).netloc for entry in told} == {urlsplit(hub).netloc}
    assert not [entry for entry in told if "oloft" in entry or "Bradford" in entry or "?" in entry]


@pytest.mark.parametrize("theme", ["light", "dark", "dim"])
def test_the_panels_on_a_medicine_and_an_article_pass_axe(open_page, hub, theme) -> None:
    page, _ = open_page(theme)
    for address in ("/medicines/diazepam/", "/understand/antipsychotics/", "/find-help/bic/"):
        page.goto(hub + address)
        must_be_sound(page, address)
