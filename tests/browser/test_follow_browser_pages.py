"""A plan is followed in a real browser: accessible in each theme, narrow enough for a phone, whole without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from looking import must_fit, must_pass_axe, press
from playwright.sync_api import Page

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


def opened(page: Page, hub: str, path: Path) -> None:
    page.goto(f"{hub}/plan/open")
    page.set_input_files("#plan", path)
    press(page, "main button[type=submit]")


def walk(page: Page, hub: str, plan: Path) -> Iterator[str]:
    """From a saved version over several questions to later versions, naming each page."""
    opened(page, hub, plan)
    yield "opened"
    press(page, "button[value=missed]")
    yield "question"
    page.fill("#on", "")
    press(page, "button[value=record]")
    yield "asked back"
    page.fill("#on", timezone.localdate().isoformat())
    page.check("#taking")
    press(page, "button[value=record]")
    yield "missed"
    press(page, "button[value=change-product]")
    yield "products"
    press(page, "button[value=plan]")
    press(page, "button[value=freeze]")
    page.check("#change")
    page.check("#taking")
    page.fill("#on", timezone.localdate().isoformat())
    press(page, "button[value=record]")
    yield "frozen"


@pytest.mark.parametrize(("theme", "width"), [("light", 360), ("dark", 1200), ("dim", 320)])
def test_every_page_of_a_followed_plan_passes_axe_and_fits(open_page, hub, versions, theme, width) -> None:
    page, asked = open_page(theme, width)
    for where in walk(page, hub, versions[1]):
        must_pass_axe(page, where)
        must_fit(page, where)
        assert "?" not in page.url and page.title() in {
            "Your saved plan – Easeoff",
            "What has happened? – Easeoff",
            "Please check: What has happened? – Easeoff",
        }, "nothing about anybody in an address or a title"
    # A page that asks back is no success, which the browser notes as well; those notes are no requests.
    requests = [entry for entry in asked if entry.startswith("http")]
    assert {urlsplit(entry).netloc for entry in requests} == {urlsplit(hub).netloc}


def test_a_draft_is_handed_over_and_saved_without_javascript(open_page, hub, versions, tmp_path) -> None:
    page, _ = open_page(script=False)
    opened(page, hub, versions[0])
    press(page, "button[value=hand-over]")
    press(page, "button[value=record]")
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
    press(page, "button[name=theme][value=dark]")
    assert page.inner_text("h1") == heading
    assert page.get_attribute("html", "data-theme") == "dark"
