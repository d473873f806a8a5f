"""What every browser test does: press something that leads to another page, and look at the page that came."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()


def press(page: Page, selector: str) -> None:
    """Click what leads to another page, and go on when that page has loaded.

    A click alone comes back while the old page may still be there, so that what follows would look at a page that is going away.
    """
    with page.expect_navigation():
        page.click(selector)


def open_details(page: Page) -> None:
    """Unfold everything that is folded away."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")


def axe_faults(page: Page, **options: Any) -> list[tuple[str, list[str]]]:
    """What axe finds: the rule, and the first places."""
    page.wait_for_load_state()
    found = _AXE.run(page, options=options).response["violations"]
    return [(fault["id"], [node["html"][:140] for node in fault["nodes"][:3]]) for fault in found]


def must_pass_axe(page: Page, where: str) -> None:
    """Axe finds nothing, with everything unfolded."""
    open_details(page)
    faults = axe_faults(page)
    assert not faults, f"{where}: {json.dumps(faults, indent=1)}"


def must_all_fit(page: Page, hub: str, addresses: Iterable[str]) -> None:
    """None of these pages scrolls sideways, with everything unfolded."""
    for address in addresses:
        page.goto(hub + address)
        open_details(page)
        must_fit(page, address)


def must_stay_at_home(page: Page, told: list[str], hub: str, addresses: Iterable[str]) -> None:
    """None of these pages asks another host for anything, or complains; ``told`` is what the page asks and complains of."""
    for address in addresses:
        page.goto(hub + address)
    assert {urlsplit(entry).netloc for entry in told} == {urlsplit(hub).netloc}


def must_fit(page: Page, where: str) -> None:
    """Nothing scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{where} is {wide} px too wide"
