"""The comparison in a real browser: accessible in each theme, narrow enough for a phone, and whole without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from looking import must_fit, must_pass_axe, press
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
TEXT = "Paxil 20mg since 2009; Jan 2023 17.5mg; 2023-02-15 15 mg; 2023-03-15 stop"


def walk(page: Page, hub: str) -> Iterator[str]:
    """From the form to the result, naming each page."""
    page.goto(f"{hub}/compare/")
    yield "form"
    page.fill("#text", TEXT)
    page.check("#country-GB")
    press(page, "button[value=read]")
    yield "doubt"
    page.check("#choice-1")
    press(page, "button[value=read]")
    yield "published ones"
    page.check("#pick-SCOT-PAR")
    page.check("#pick-SUG-PAR-20")
    press(page, "button[value=show]")
    yield "result"


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320), ("dim", 1280)])
def test_every_page_of_the_comparison_passes_axe_and_fits(open_page, hub, theme, width) -> None:
    page, told = open_page(theme, width)
    for where in walk(page, hub):
        must_pass_axe(page, where)
        must_fit(page, where)
        assert page.url == f"{hub}/compare/"
    assert {urlsplit(entry).netloc for entry in told} == {urlsplit(hub).netloc}


def test_it_works_without_javascript_and_keeps_what_was_pasted(open_page, hub) -> None:
    page, _ = open_page(script=False)
    assert list(walk(page, hub))[-1] == "result"
    assert page.inner_text("h1") == "3 schedules side by side: paroxetine"
    assert page.locator("svg.chart").count() == 3
    press(page, "button[value=edit]")
    assert page.input_value("#text") == TEXT


def test_figures_stand_in_a_table_on_a_wide_page_and_in_cards_on_a_phone(open_page, hub) -> None:
    for width, table in ((1280, True), (360, False)):
        page, _ = open_page(width=width)
        list(walk(page, hub))
        assert page.locator(".wide-only").is_visible() is table
        assert page.locator(".narrow-only").first.is_visible() is not table
