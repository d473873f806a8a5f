"""The reading pages in a real browser: accessible in each theme, narrow enough for a phone, and the curve that moves."""

from __future__ import annotations

import io

import pytest
from looking import must_all_fit, must_pass_axe, must_stay_at_home, press
from pypdf import PdfReader

from easeoff.library import load_articles

pytestmark = pytest.mark.browser

ADDRESSES = [
    "/understand/",
    "/understand/shelf/",
    "/understand/shelf/?list=founding&topic=nonsense",
    "/understand/try/",
    *(f"/understand/{article.slug}/" for article in load_articles()),
]


@pytest.mark.parametrize("theme", ["light", "dark", "dim"])
def test_every_reading_page_passes_axe(open_page, hub, theme) -> None:
    page, _ = open_page(theme)
    for address in ADDRESSES:
        page.goto(hub + address)
        must_pass_axe(page, address)
    page.goto(f"{hub}/understand/try/")
    page.fill("#dose", "1000")
    press(page, "main form button")
    assert page.locator("[role=alert]").is_visible()
    must_pass_axe(page, "the try-out with an error")


def test_no_reading_page_scrolls_sideways_at_320_pixels(open_page, hub) -> None:
    page, _ = open_page(width=320)
    must_all_fit(page, hub, ADDRESSES)


def test_no_other_host_is_asked_and_our_own_policy_refuses_nothing(open_page, hub) -> None:
    page, told = open_page()
    must_stay_at_home(page, told, hub, ADDRESSES)


def test_moving_the_slider_moves_the_dot_and_says_the_dose(open_page, hub) -> None:
    page, told = open_page()
    page.goto(f"{hub}/understand/try/")
    dot, slider = page.locator("#try-mark"), page.locator("#slide")
    before = dot.get_attribute("cx")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert dot.get_attribute("cx") != before
    assert page.inner_text("#try-words").startswith("45 mg a day: about 79 %")
    assert slider.get_attribute("aria-valuetext") == page.inner_text("#try-words")
    page.keyboard.press("Home")
    assert page.inner_text("#try-words").startswith("0 mg a day: about 0 %")
    page.keyboard.press("End")
    assert page.inner_text("#try-words").startswith("200 mg a day: about 89 %")
    assert len([entry for entry in told if entry.startswith("http")]) <= 6, (
        "the slider asks the server for nothing"
    )


def test_without_javascript_a_dose_is_sent_by_form_and_the_slider_stays_away(open_page, hub) -> None:
    page, told = open_page(script=False)
    page.goto(f"{hub}/understand/try/")
    assert not page.locator("#slide").is_visible()
    page.fill("#dose", "12.5")
    press(page, "main form button")
    assert page.inner_text("#try-words").startswith("12.5 mg a day: about 57 %")
    assert not [entry for entry in told if "12.5" in entry]
    page.select_option("#medicine", "olanzapine")
    press(page, "main form button")
    assert page.inner_text("#try-words").startswith("5 mg a day: about 56 % of the dopamine D2 receptors")


def test_a_source_mark_leads_to_its_note_and_back(open_page, hub) -> None:
    page, _ = open_page()
    page.goto(f"{hub}/understand/what-withdrawal-is/")
    page.locator(".cite a").first.click()
    assert page.url.endswith("#note-1")
    page.locator("#note-1 .to-text").click()
    assert page.url.endswith("#cite-1-1")


def test_every_link_and_button_of_a_reading_page_can_be_reached_by_keyboard(open_page, hub) -> None:
    page, _ = open_page()
    page.goto(f"{hub}/understand/shelf/")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert {"topic", "class", "audience", "kind", "Show these", "Show everything"} <= reached


def test_what_a_prescriber_is_handed_fills_two_sheets_and_its_sources_follow(open_page, hub) -> None:
    page, _ = open_page()
    page.goto(f"{hub}/understand/for-prescribers/")
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4"))).pages
    texts = [sheet.extract_text() for sheet in sheets]
    assert "How sure we are" in texts[1] and "Responsibilities" in texts[1]
    assert not any("doi.org" in text for text in texts[:2])
    assert "doi.org" in texts[2], "the sources begin on a sheet of their own"
