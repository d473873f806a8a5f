"""A plan is followed in a real browser: accessible in each theme, narrow enough for a phone, whole without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page

from easeoff.documents import read_plan, write_plan
from easeoff.documents.history import identity
from easeoff.medicines.model import Tier
from easeoff.planning.lifecycle import Kind
from easeoff.planning.request import Indication, IntakeDose, Person, Pregnancy, TaperRequest
from easeoff.proposing import plan_taper
from easeoff.proposing.following import Happening, follow

pytestmark = pytest.mark.browser
WISH = TaperRequest(
    "diazepam", Decimal(6), "GB", date(2026, 1, 1), form="tablet", goal=Decimal(2), tier=Tier.SPECIAL,
    intakes=(IntakeDose("08:00", Decimal(2)), IntakeDose("22:00", Decimal(4))),
)  # fmt: skip
NO = dict.fromkeys(("alcohol_dependence", "drugs", "seizures", "past_withdrawal", "psychosis", "suicidal", "crisis", "liver",
                    "kidney", "heart", "breathing"), False)  # fmt: skip
PERSON = Person(indication=Indication.ANXIETY, age=41, pregnancy=Pregnancy.NO, years=Decimal(3), days_a_week=7, steady=True,
                others=(), alcohol_units=Decimal(0), **NO)  # fmt: skip


@pytest.fixture(scope="module")
def versions(tmp_path_factory) -> tuple[Path, Path]:
    """A draft made forty days ago, and the same after it was begun and stepped back."""
    made = timezone.localdate() - timedelta(40)
    plan = plan_taper(replace(WISH, today=made, start=made, person=PERSON)).plan
    assert plan is not None
    folder = tmp_path_factory.mktemp("plans")
    (folder / "draft.json").write_text(write_plan(plan), encoding="utf-8")
    for number, kind in ((0, Kind.HAND_OVER), (0, Kind.AGREE), (0, Kind.START), (33, Kind.STEP_BACK)):
        on = made + timedelta(number)
        plan = follow(plan, Happening(kind, on, by="A; GP"), replaces=identity(plan), today=on).plan
    (folder / "stepped-back.json").write_text(write_plan(plan), encoding="utf-8")
    return folder / "draft.json", folder / "stepped-back.json"


@pytest.fixture
def open_page(chromium: Browser, hub: str) -> Iterator:
    contexts = []

    def make(theme: str = "light", width: int = 1200, script: bool = True) -> tuple[Page, list[str]]:
        context = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": "theme", "value": theme, "url": hub, "httpOnly": True}])
        contexts.append(context)
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        return page, asked

    yield make
    for context in contexts:
        context.close()


def opened(page: Page, hub: str, path: Path) -> None:
    page.goto(f"{hub}/plan/open")
    page.set_input_files("#plan", path)
    page.click("main button[type=submit]")


def walk(page: Page, hub: str, plan: Path) -> Iterator[str]:
    """From a saved version over several questions to later versions, naming each page."""
    opened(page, hub, plan)
    yield "opened"
    page.click("button[value=missed]")
    yield "question"
    page.fill("#on", "")
    page.click("button[value=record]")
    yield "asked back"
    page.fill("#on", timezone.localdate().isoformat())
    page.check("#taking")
    page.click("button[value=record]")
    yield "missed"
    page.click("button[value=change-product]")
    yield "products"
    page.click("button[value=plan]")
    page.click("button[value=freeze]")
    page.check("#change")
    page.check("#taking")
    page.fill("#on", timezone.localdate().isoformat())
    page.click("button[value=record]")
    yield "frozen"


@pytest.mark.parametrize(("theme", "width"), [("light", 360), ("dark", 1200), ("dim", 320)])
def test_every_page_of_a_followed_plan_passes_axe_and_fits(open_page, hub, versions, theme, width) -> None:
    page, asked = open_page(theme, width)
    for where in walk(page, hub, versions[1]):
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        found = Axe().run(page).response["violations"]
        faults = [(v["id"], [node["html"][:120] for node in v["nodes"][:3]]) for v in found]
        assert not faults, f"{where}: {json.dumps(faults, indent=1)}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{where} is {wide} px too wide"
        assert "?" not in page.url and page.title() in {
            "Your saved plan – Easeoff",
            "What has happened? – Easeoff",
            "Please check: What has happened? – Easeoff",
        }, "nothing about anybody in an address or a title"
    assert {urlsplit(entry).netloc for entry in asked} == {urlsplit(hub).netloc}


def test_a_draft_is_handed_over_and_saved_without_javascript(open_page, hub, versions, tmp_path) -> None:
    page, _ = open_page(script=False)
    opened(page, hub, versions[0])
    page.click("button[value=hand-over]")
    page.click("button[value=record]")
    with page.expect_download() as download:
        page.click("text=Save version 2 as a file")
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    assert download.value.suggested_filename == "easeoff-plan-version-2.json"
    assert read_plan(saved.read_text(encoding="utf-8")).status.value == "with prescriber"


def test_a_change_of_theme_keeps_the_plan_on_show(open_page, hub, versions) -> None:
    page, _ = open_page()
    opened(page, hub, versions[1])
    heading = page.inner_text("h1")
    page.click("button[name=theme][value=dark]")
    assert page.inner_text("h1") == heading
    assert page.get_attribute("html", "data-theme") == "dark"
