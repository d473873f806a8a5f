"""The medicine pages in a real browser: accessible in each theme, and narrow enough for a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ADDRESSES = [
    "/medicines/",
    "/medicines/?q=sertaline",
    "/medicines/?q=benzodiazepines",
    "/medicines/gaps/",
    *(
        f"/medicines/{name}/"
        for name in ("sertraline", "morphine", "lithium", "risperidone", "gabapentin-enacarbil")
    ),
]


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


def open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")


@pytest.mark.parametrize("theme", ["light", "dark", "dim"])
def test_every_medicine_page_passes_axe(open_page, hub, theme) -> None:
    page, _ = open_page(theme)
    for address in ADDRESSES:
        page.goto(hub + address)
        open_details(page)
        found = Axe().run(page).response["violations"]
        told = [(v["id"], [node["html"][:120] for node in v["nodes"][:3]]) for v in found]
        assert not told, f"{address}: {json.dumps(told, indent=1)}"


def test_no_medicine_page_scrolls_sideways_at_320_pixels(open_page, hub) -> None:
    page, _ = open_page(width=320)
    for address in ADDRESSES:
        page.goto(hub + address)
        open_details(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide} px too wide"


def test_no_other_host_is_asked_and_our_own_policy_refuses_nothing(open_page, hub) -> None:
    page, told = open_page()
    for address in ADDRESSES:
        page.goto(hub + address)
    assert {urlsplit(entry).netloc for entry in told} == {urlsplit(hub).netloc}


def test_without_javascript_a_brand_leads_to_its_medicine_and_a_mark_to_its_source(open_page, hub) -> None:
    page, _ = open_page(script=False)
    page.goto(f"{hub}/medicines/")
    page.fill("#q", "Zoloft")
    page.click("main form button")
    assert "is sertraline" in page.inner_text("#found-title")
    page.click("main .names a")
    assert page.inner_text("h1") == "Sertraline"
    page.click("text=United Kingdom:")
    assert page.locator("text=Sertraline 50mg tablets").first.is_visible()
    page.locator(".cite a").first.click()
    assert "#source-" in page.url
