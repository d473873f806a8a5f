"""“For other programs” in a real browser without JavaScript: it fits a narrow phone, and the files come down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from looking import press
from playwright.sync_api import Browser, Page
from test_browser_pages import SETTLED, _fill

pytestmark = pytest.mark.browser

ANSWERS = SETTLED | {"time_1": "22:00", "start": (date.today() + timedelta(30)).isoformat()}  # noqa: DTZ011


@pytest.fixture(params=[320, 1200])
def plan_page(chromium: Browser, hub: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The plan of someone who answered everything, at one width."""
    context = chromium.new_context(
        viewport={"width": request.param, "height": 900}, java_script_enabled=False, accept_downloads=True
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{hub}/plan/")
    for _ in range(25):
        if page.locator("#programs-title").count():
            break
        _fill(page, ANSWERS)
        press(page, "main button[value=show], main button[value=next] >> nth=0")
    yield page
    context.close()


def test_it_fits_and_every_file_comes_down(plan_page: Page, tmp_path: Path) -> None:
    part = plan_page.locator("section[aria-labelledby=programs-title]")
    assert plan_page.evaluate("document.documentElement.scrollWidth") <= plan_page.viewport_size["width"]
    part.get_by_label("Also remind me each day").check()
    part.get_by_label("A row for each day").check()
    for words, name, begins in (
        ("Calendar (ICS)", "reminders.ics", "BEGIN:VCALENDAR"),
        ("FHIR document (JSON)", "plan.fhir.json", "{"),
        ("Table (CSV)", "plan.csv", "day,date,step"),
    ):
        with plan_page.expect_download() as download:
            part.get_by_role("button", name=words).click()
        target = tmp_path / name
        download.value.save_as(target)
        assert download.value.suggested_filename == name
        assert target.read_text(encoding="utf-8").startswith(begins)
    assert "TRIGGER" in (tmp_path / "reminders.ics").read_text()
