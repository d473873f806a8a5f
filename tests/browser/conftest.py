"""A running hub and a browser: Debian's Chromium, nothing downloaded."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from easeoff.web.serve import make_server

#: Playwright keeps an event loop open for as long as its browser; Django would take every test for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def hub(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """The address of a hub on a free port of this computer, with a database of its own."""
    server = make_server(0)
    with django_db_blocker.unblock():
        threading.Thread(target=server.run, daemon=True).start()
        yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """The browser. Without Chromium the tests are skipped, unless it is required.

    The database comes first: it cannot be made beside Playwright's running loop.
    """
    if not CHROMIUM.exists() and os.environ.get("EASEOFF_REQUIRE_BROWSER") != "1":
        pytest.skip("Debian's Chromium is not at /usr/bin/chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, hub: str) -> Iterator[Callable[..., tuple[Page, list[str]]]]:
    """Opens a page in one theme and width, with or without scripts; with it comes what it asks for and what it complains of."""
    contexts = []

    def make(theme: str = "light", width: int = 1280, script: bool = True) -> tuple[Page, list[str]]:
        context = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": "theme", "value": theme, "url": hub, "httpOnly": True}])
        contexts.append(context)
        page, told = context.new_page(), []

        def complains(message: ConsoleMessage) -> None:
            if message.type == "error":
                told.append(f"{message.text} {message.location}")

        page.on("request", lambda request: told.append(request.url))
        page.on("console", complains)
        return page, told

    yield make
    for context in contexts:
        context.close()
