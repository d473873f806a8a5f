"""The comparison in a real browser: accessible in each theme, narrow enough for a phone, and whole without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
TEXT = "Paxil 20mg since 2009; Jan 2023 17.5mg; 2023-02-15 15 mg; 2023-03-15 stop"


@pytest.fixture
def open_page(chromium: Browser, hub: str) -> Iterator:
    contexts = []

    def make(theme: str = "light", width: int = 1280, script: bool = True) -> tuple[Page, list[str]]:
        context = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
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


def walk(page: Page, hub: str) -> Iterator[str]:
    """From the form to the result, naming each page."""
    page.goto(f"{hub}/compare/")
    yield "form"
    page.fill("#text", TEXT)
    page.check("#country-GB")
    page.click("button[value=read]")
    yield "doubt"
    page.check("#choice-1")
    page.click("button[value=read]")
    yield "published ones"
    page.check("#pick-SCOT-PAR")
    page.check("#pick-SUG-PAR-20")
    page.click("button[value=show]")
    yield "result"


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320), ("dim", 1280)])
def test_every_page_of_the_comparison_passes_axe_and_fits(open_page, hub, theme, width) -> None:
    page, told = open_page(theme, width)
    for where in walk(page, hub):
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        found = Axe().run(page).response["violations"]
        faults = [(v["id"], [node["html"][:120] for node in v["nodes"][:3]]) for v in found]
        assert not faults, f"{where}: {json.dumps(faults, indent=1)}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{where} is {wide} px too wide"
        assert page.url == f"{hub}/compare/"
    assert {urlsplit(entry).netloc for entry in told} == {urlsplit(hub).netloc}


def test_it_works_without_javascript_and_keeps_what_was_pasted(open_page, hub) -> None:
    page, _ = open_page(script=False)
    assert list(walk(page, hub))[-1] == "result"
    assert page.inner_text("h1") == "3 schedules side by side: paroxetine"
    assert page.locator("svg.chart").count() == 3
    page.click("button[value=edit]")
    assert page.input_value("#text") == TEXT


def test_figures_stand_in_a_table_on_a_wide_page_and_in_cards_on_a_phone(open_page, hub) -> None:
    for width, table in ((1280, True), (360, False)):
        page, _ = open_page(width=width)
        list(walk(page, hub))
        assert page.locator(".wide-only").is_visible() is table
        assert page.locator(".narrow-only").first.is_visible() is not table
