"""Every page in a real browser: accessible in each theme, complete without JavaScript, asking no other host for anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from looking import must_fit, must_pass_axe, open_details, press
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

THEMES = ("light", "dark", "dim")
PHONE, DESKTOP = {"width": 360, "height": 780}, {"width": 1280, "height": 900}
SETTLED = {
    "country": "GB", "medicine": "mirtazapine", "form": "tablet", "dose_1": "15", "indication": "depression", "age": "41",
    "pregnancy": "no", "years": "3", "days_a_week": "7", "steady": "yes", "takes_others": "no", "alcohol_units": "0",
    "alcohol_dependence": "no", "drugs": "no", "seizures": "no", "past_withdrawal": "no", "psychosis": "no",
    "suicidal": "no", "crisis": "no", "liver": "no", "kidney": "no", "heart": "no", "breathing": "no",
    "relapse_plan": "yes", "goal_kind": "lower", "goal_mg": "7.5", "method": "",
}  # fmt: skip
BARE = {"country": "GB", "medicine": "sertraline", "form": "tablet", "dose_1": "100"}
FULL_STOP = {"country": "GB", "medicine": "lithium", "dose_1": "800"}
Look = Callable[[Page, str], None]


@pytest.fixture
def contexts(chromium: Browser) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


def _page(chromium: Browser, contexts: list[BrowserContext], hub: str, *, theme: str = "light",
          size: dict[str, int] = DESKTOP, script: bool = True) -> tuple[Page, list[str]]:  # fmt: skip
    """A fresh page in one theme, and the list of every address it asks for."""
    context = chromium.new_context(viewport=size, java_script_enabled=script)
    context.set_default_timeout(10_000)
    contexts.append(context)
    context.add_cookies([{"name": "theme", "value": theme, "url": hub, "httpOnly": True}])
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    return page, asked


def _fill(page: Page, answers: dict[str, str]) -> None:
    for key, value in answers.items():
        found = page.locator(f"main [name={key}]")
        if not found.count():
            continue
        if found.first.get_attribute("type") == "radio":
            choice = page.locator(f"main input[name={key}][value='{value}']")
            if choice.count():
                choice.check()
        else:
            found.fill(value)


def _walk(page: Page, hub: str, answers: dict[str, str], look: Look) -> None:
    """From the first question to the plan, looking at every page on the way."""
    page.goto(f"{hub}/plan/")
    for _ in range(25):
        where = page.get_attribute("input[name=page]", "value") or ""
        look(page, where)
        if where == "plan":
            return
        if where == "check":
            press(page, "main button[value=show] >> nth=0")
        else:
            _fill(page, answers)
            press(page, "main button[value=next]")
    raise AssertionError("never came to the plan")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_passes_axe(chromium, contexts, hub, theme, size) -> None:
    page, _ = _page(chromium, contexts, hub, theme=theme, size=size)
    for address in ("/", "/help-now", "/plan/open", "/nowhere"):
        page.goto(hub + address)
        assert page.get_attribute("html", "data-theme") == theme
        must_pass_axe(page, address)
    _walk(page, hub, SETTLED, must_pass_axe)
    for answers in (BARE, FULL_STOP):
        _walk(page, hub, answers, lambda p, where: must_pass_axe(p, where) if where == "plan" else None)
    page.goto(f"{hub}/plan/")
    press(page, "main button[value=next]")
    assert page.locator("[role=alert]").is_visible()
    must_pass_axe(page, "a page with an error")
    page.goto(f"{hub}/leave")
    must_pass_axe(page, "/leave")


def test_the_whole_form_works_without_javascript_and_asks_no_other_host(chromium, contexts, hub) -> None:
    page, asked = _page(chromium, contexts, hub, script=False)
    for address in ("/", "/help-now", "/plan/open"):
        page.goto(hub + address)
    _walk(page, hub, SETTLED, lambda p, where: None)
    assert page.inner_text("h1") == "Plan within its limits"
    with page.expect_download() as saved:
        page.click("text=Save this plan as a file")
    file = saved.value.path()
    with page.expect_download() as printed:
        page.click("text=Schedule to print")
    assert printed.value.path().read_bytes().startswith(b"%PDF")
    with page.expect_download() as letter:
        page.click("text=Letter to your prescriber")
    assert letter.value.suggested_filename == "easeoff-letter.pdf"
    page.goto(f"{hub}/plan/open")
    page.set_input_files("#plan", file)
    press(page, "main button")
    assert page.inner_text("h1") == "Plan within its limits"
    press(page, "button[value=dim]")
    assert page.inner_text("h1") == "Plan within its limits"
    assert page.get_attribute("html", "data-theme") == "dim"
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(hub).netloc}
    assert not [url for url in asked if re.search(r"\?|mirtazapine|depression|7\.5", url)]


def test_with_javascript_no_other_host_is_asked_and_nothing_is_refused_by_our_own_policy(
    chromium, contexts, hub
) -> None:
    page, asked = _page(chromium, contexts, hub)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    _walk(page, hub, SETTLED, lambda p, where: None)
    assert complaints == []
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(hub).netloc}
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert stored == [0, 0, ""], "scripts see no cookie, and nothing is stored"


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(chromium, contexts, hub, width) -> None:
    page, _ = _page(chromium, contexts, hub, size={"width": width, "height": 700})

    def look(shown: Page, where: str) -> None:
        must_fit(shown, where)
        open_details(shown)
        must_fit(shown, f"{where} with all opened")

    for address in ("/", "/help-now", "/plan/open", "/nowhere"):
        page.goto(hub + address)
        look(page, address)
    for answers in (SETTLED, BARE, FULL_STOP):
        _walk(page, hub, answers, look)


def test_buttons_and_links_of_the_frame_are_large_enough_to_hit(chromium, contexts, hub) -> None:
    page, _ = _page(chromium, contexts, hub, size=PHONE)
    page.goto(f"{hub}/plan/")
    small = page.evaluate(
        "[...document.querySelectorAll('button, header a:not(.skip), .choice label')]"
        ".filter(e => e.checkVisibility())"
        ".map(e => [e.textContent.trim(), e.getBoundingClientRect().height]).filter(([, h]) => h < 44)"
    )
    assert small == []


def test_the_quick_way_out_replaces_the_page_and_clears_the_cookies(chromium, contexts, hub) -> None:
    page, _ = _page(chromium, contexts, hub, theme="dim")
    page.goto(f"{hub}/help-now")
    page.goto(f"{hub}/plan/")
    page.click("#leave")
    expect(page).to_have_url(re.compile("/leave$"))
    assert page.title() == "Blank page"
    assert page.context.cookies() == []
    page.go_back()
    assert not page.url.endswith("/plan/"), "the page that was left must not be one step back"


def test_shift_three_times_leaves_and_typing_capitals_does_not(chromium, contexts, hub) -> None:
    page, _ = _page(chromium, contexts, hub)
    _walk_to_medicine(page, hub)
    page.focus("#medicine")
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    assert page.input_value("#medicine") == "ABCD"
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page).to_have_url(re.compile("/leave$"))


def _walk_to_medicine(page: Page, hub: str) -> None:
    page.goto(f"{hub}/plan/")
    page.check("input[name=country][value=GB]")
    press(page, "main button[value=next]")


def test_after_a_mistake_the_focus_is_on_what_is_to_be_checked(chromium, contexts, hub) -> None:
    page, _ = _page(chromium, contexts, hub)
    page.goto(f"{hub}/plan/")
    press(page, "main button[value=next]")
    assert page.evaluate("document.activeElement.className") == "errors"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "country"


def test_enter_in_a_text_field_goes_on_and_not_back(chromium, contexts, hub) -> None:
    page, _ = _page(chromium, contexts, hub)
    _walk_to_medicine(page, hub)
    page.fill("#medicine", "sertraline")
    page.press("#medicine", "Enter")
    page.wait_for_selector("h1:has-text('Which form is it?')")


def test_the_back_button_of_the_page_keeps_what_was_typed_and_the_way_on_has_it_again(
    chromium, contexts, hub
) -> None:
    page, _ = _page(chromium, contexts, hub, script=False)
    _walk_to_medicine(page, hub)
    page.fill("#medicine", "sertrali")
    press(page, "main button[value=back]")
    assert page.is_checked("input[name=country][value=GB]")
    press(page, "main button[value=next]")
    assert page.input_value("#medicine") == "sertrali"


def test_paper_shows_what_is_folded_away_but_not_the_steps_of_a_draft(chromium, contexts, hub) -> None:
    page, _ = _page(chromium, contexts, hub, size=PHONE)
    folded = "main details:not([open]) > :not(summary)"
    hidden = f"[...document.querySelectorAll('{folded}')].filter(e => !e.checkVisibility()).length"

    def printed(answers: dict[str, str]) -> tuple[int, int]:
        _walk(page, hub, answers, lambda p, where: None)
        on_screen = page.evaluate(hidden)
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        on_paper = page.evaluate(hidden)
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert page.evaluate(hidden) == on_screen
        return on_screen, on_paper

    on_screen, on_paper = printed(SETTLED)
    assert on_screen > 0 and on_paper == 0
    printed(BARE)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".not-yet > summary h2").is_visible()
    assert not page.locator(".not-yet .steps").first.is_visible()


def test_without_a_choice_the_device_decides_between_light_and_dark(chromium, contexts, hub) -> None:
    colours = []
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.goto(hub)
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colours[0] != colours[1]
