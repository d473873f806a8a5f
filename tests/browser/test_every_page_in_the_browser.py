"""Every public page in a real browser, taken from the hub's own table of addresses: a new page is looked at unasked."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from looking import axe_faults, open_details
from playwright.sync_api import Browser, BrowserContext, Page

import public_addresses

pytestmark = pytest.mark.browser

PAGES = public_addresses.pages()
#: Wide screens at 400 % zoom are this small; so are old phones, and 256 is what is left of the height.
ZOOMED = {"width": 320, "height": 256}
DESKTOP = {"width": 1280, "height": 800}
#: As far as a page is walked. A list of links further down is like the one above it.
_MOST_STOPS = 300
_STOPS = """() => {
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  const seen = e => e.checkVisibility({visibilityProperty: true}) && !e.disabled;
  const group = e => all.filter(o => o.name === e.name && o.type === 'radio');
  const stop = e => group(e).find(o => o.checked) || group(e)[0];
  window.stops = all.filter(e => seen(e) && !(e.type === 'radio' && e.name && stop(e) !== e));
  return window.stops.length;
}"""
_HERE = """() => {
  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  return {at: window.stops.indexOf(e), is: e.outerHTML.slice(0, 120), body: e === document.body,
          ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
          inView: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth};
}"""
Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    contexts: list[BrowserContext] = []

    def make(*, size: dict[str, int] = DESKTOP, script: bool = True) -> Page:
        context = chromium.new_context(viewport=size, java_script_enabled=script)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def shown(hub: str, every: bool = True) -> Iterator[str]:
    """The addresses that answer with a page; all of them, or one for each entry of the table."""
    for page in PAGES:
        for address in page.addresses if every else page.addresses[:1]:
            try:
                with urllib.request.urlopen(hub + address, timeout=20) as answer:
                    if answer.headers.get_content_type() == "text/html":
                        yield address
            except urllib.error.HTTPError as refused:
                assert refused.code == 405, f"{address} answers {refused.code}"
                refused.close()


def test_axe_finds_nothing_on_any_page_in_any_theme(open_page: Open, hub: str) -> None:
    page, told = open_page(), []
    looked = 0
    for address in shown(hub):
        page.goto(hub + address)
        open_details(page)
        for theme in ("light", "dark", "dim"):
            page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
            # The theme changes colours and nothing else, so the other rules are asked once.
            options = {} if theme == "light" else {"runOnly": ["color-contrast", "link-in-text-block"]}
            told += [(address, theme, *fault) for fault in axe_faults(page, **options)]
        looked += 1
    assert looked > 30
    assert not told, json.dumps(told, indent=1)


def test_no_page_scrolls_sideways_at_320_pixels_which_is_400_per_cent_zoom(open_page: Open, hub: str) -> None:
    page, told = open_page(size=ZOOMED), []
    for address in shown(hub):
        page.goto(hub + address)
        open_details(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            told.append((address, wide))
    assert not told


def test_no_page_asks_another_host_and_our_own_policy_refuses_nothing(open_page: Open, hub: str) -> None:
    page, asked, complaints = open_page(), [], []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on(
        "console",
        lambda said: complaints.append((said.text, said.location)) if said.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append((str(error), page.url)))
    for address in shown(hub):
        page.goto(hub + address, wait_until="networkidle")
        heavy = page.evaluate(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
            ".filter(e => e.initiatorType !== 'img').reduce((sum, e) => sum + e.decodedBodySize, 0)"
        )
        assert 0 < heavy < 100_000, f"{address} weighs {heavy} bytes"
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(hub).netloc}
    assert complaints == []


def test_every_page_says_the_same_without_javascript(open_page: Open, hub: str) -> None:
    """A page may only gain by a script. What it says and where it leads has to be there without."""
    plain, scripted = open_page(script=False), open_page()
    for address in shown(hub, every=False):
        plain.goto(hub + address)
        scripted.goto(hub + address)
        for what in ("h1", "main h2", "main form button", "main a"):
            without, with_ = plain.locator(what).all_inner_texts(), scripted.locator(what).all_inner_texts()
            assert without == with_, f"{address}: {what}"


def test_every_page_can_be_used_by_keyboard_alone(open_page: Open, hub: str) -> None:
    """Tab reaches everything, in the order of the page, with a visible ring, and the first stop jumps over the frame."""
    page = open_page()
    for address in shown(hub, every=False):
        if address == "/leave":
            continue  # It is empty, and meant to be.
        page.goto(hub + address)
        count = min(page.evaluate(_STOPS), _MOST_STOPS)
        assert count, address
        page.evaluate("document.activeElement.blur()")
        reached: list[int] = []
        for _ in range(count):
            page.keyboard.press("Tab")
            here = page.evaluate(_HERE)
            if here["body"]:
                break
            assert here["ring"], f"{address}: no ring around {here['is']}"
            assert here["inView"], f"{address}: out of sight: {here['is']}"
            reached.append(here["at"])
        assert reached == sorted(reached), f"{address}: not in the order of the page"
        missed = set(range(count)) - set(reached)
        assert not missed, page.evaluate("at => window.stops[at].outerHTML.slice(0, 160)", min(missed))


def test_the_first_stop_of_a_page_jumps_to_its_main_part(open_page: Open, hub: str) -> None:
    page = open_page()
    for address in shown(hub, every=False):
        page.goto(hub + address)
        if not page.locator(".skip").count():
            assert not page.locator("nav").count(), f"{address} has a frame to jump over, and no way to"
            continue
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.locator(".skip").bounding_box()["x"] >= 0
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        inside = page.evaluate("document.activeElement.closest('main, footer') !== null")
        assert inside, f"{address}: the jump leads nowhere"


def test_on_paper_every_page_is_black_on_white_with_the_notice_and_without_buttons(
    open_page: Open, hub: str
) -> None:
    page = open_page()
    for address in shown(hub, every=False):
        page.goto(hub + address)
        page.evaluate("document.documentElement.dataset.theme = 'dim'")
        page.emulate_media(media="print")
        left = page.evaluate(
            "[...document.querySelectorAll('.nav, .top-links, .skip, button, .colours, .no-print')]"
            ".filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80))"
        )
        assert not left, f"{address}: {left}"
        colours = page.evaluate(
            "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
        )
        if address != "/leave":
            assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], address
        if page.locator(".foot-notice").count():
            assert page.locator(".foot-notice").is_visible(), address
        page.emulate_media(media="screen")


def test_what_is_folded_on_the_screen_stands_open_on_paper(open_page: Open, hub: str) -> None:
    page = open_page()
    page.goto(f"{hub}/medicines/sertraline/")
    folded = page.locator("details .products li").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
