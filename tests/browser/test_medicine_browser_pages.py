"""The medicine pages in a real browser: accessible in each theme, and narrow enough for a phone."""

from __future__ import annotations

import pytest
from looking import must_all_fit, must_pass_axe, must_stay_at_home, press

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


@pytest.mark.parametrize("theme", ["light", "dark", "dim"])
def test_every_medicine_page_passes_axe(open_page, hub, theme) -> None:
    page, _ = open_page(theme)
    for address in ADDRESSES:
        page.goto(hub + address)
        must_pass_axe(page, address)


def test_no_medicine_page_scrolls_sideways_at_320_pixels(open_page, hub) -> None:
    page, _ = open_page(width=320)
    must_all_fit(page, hub, ADDRESSES)


def test_no_other_host_is_asked_and_our_own_policy_refuses_nothing(open_page, hub) -> None:
    page, told = open_page()
    must_stay_at_home(page, told, hub, ADDRESSES)


def test_without_javascript_a_brand_leads_to_its_medicine_and_a_mark_to_its_source(open_page, hub) -> None:
    page, _ = open_page(script=False)
    page.goto(f"{hub}/medicines/")
    page.fill("#q", "Zoloft")
    press(page, "main form button")
    assert "is sertraline" in page.inner_text("#found-title")
    press(page, "main .names a")
    assert page.inner_text("h1") == "Sertraline"
    page.click("text=United Kingdom:")
    assert page.locator("text=Sertraline 50mg tablets").first.is_visible()
    page.locator(".cite a").first.click()
    assert "#source-" in page.url
