"""“What each step does” in a browser: small and wide, every theme, no script, nothing that axe finds."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from looking import axe_faults, press

from easeoff.documents import write_plan
from easeoff.medicines.model import Tier
from easeoff.planning.request import TaperRequest
from easeoff.proposing import plan_taper

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> Path:
    plan = plan_taper(TaperRequest("sertraline", Decimal(100), "GB", date.today(), tier=Tier.SPECIAL)).plan  # noqa: DTZ011
    assert plan is not None
    path = tmp_path_factory.mktemp("levels") / "easeoff-plan.json"
    path.write_text(write_plan(plan), encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1200, "light")])
def test_the_page_fits_and_can_be_read(hub, chromium, saved, width, scheme) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=True, color_scheme=scheme
    )
    page = context.new_page()
    failed: list[str] = []
    page.on("console", lambda message: failed.append(message.text) if message.type == "error" else None)
    page.goto(f"{hub}/plan/open")
    page.set_input_files("input[type=file]", str(saved))
    press(page, "main button[type=submit]")
    press(page, "main button >> text=What each step does")
    assert page.locator("h1").inner_text().startswith("What each step does")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("svg.chart").count() == 2  # the plan, and every other day
    for summary in page.locator("main summary").all():
        summary.click()
    assert axe_faults(page) == []
    assert failed == []
    if folder := os.environ.get("EASEOFF_SHOTS"):
        page.screenshot(path=f"{folder}/levels-{width}-{scheme}.png", full_page=True)
    context.close()
