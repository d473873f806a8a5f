"""The ways that people go, click by click, on a phone and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from easeoff.directory import load_services, shipped_index
from easeoff.library import STANDING_WORDS, find_resources, load_shelf

pytestmark = pytest.mark.browser

OLD_SERVICES = [service for service in load_services() if service.on_founding_page]
OLD_RESOURCES = find_resources(load_shelf(), founding=True)


class Visit:
    """Someone on a phone who starts at home and only clicks. ``clicks`` counts how often."""

    def __init__(self, page: Page, hub: str) -> None:
        self.page, self.clicks = page, 0
        page.goto(hub)

    def click(self, words: str, within: str = "main") -> Visit:
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("link", name=words, exact=False).first.click()
        self.clicks += 1
        return self

    def press(self, words: str) -> Visit:
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=words, exact=False).first.click()
        self.clicks += 1
        return self

    @property
    def heading(self) -> str:
        return self.page.inner_text("h1")

    @property
    def said(self) -> str:
        return self.page.inner_text("main")


@pytest.fixture
def visit(chromium: Browser, hub: str) -> Iterator[Visit]:
    context = chromium.new_context(viewport={"width": 360, "height": 780}, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield Visit(context.new_page(), hub)
    context.close()


@pytest.mark.parametrize("service", OLD_SERVICES, ids=lambda one: one.id)
def test_every_service_of_the_old_support_page_is_three_clicks_from_home_with_its_present_state(
    visit: Visit, service
) -> None:
    visit.click("Find help").click("The old support page").click(service.name)
    assert visit.clicks <= 3
    assert visit.heading == service.name
    held = shipped_index().by_id
    if service.successor_id:
        assert held[service.successor_id].name in visit.said
    said = {
        "closed": "closed", "renamed": "now", "read_only": "can read it", "unconfirmed": "Nobody has checked whether",
        "active": "Not checked, use with care.",
    }[service.status]  # fmt: skip
    assert said in visit.said
    if service.phone and service.status != "active":
        assert service.phone not in visit.said, "the number of the old page is not shown as live"


def test_the_charities_forums_and_groups_of_the_old_page_are_all_there() -> None:
    kinds = [service.kind.value for service in OLD_SERVICES]
    assert len(OLD_SERVICES) == 10
    assert kinds.count("online_forum") == 2 and kinds.count("facebook_group") == 2


@pytest.mark.parametrize("resource", OLD_RESOURCES, ids=lambda one: one.id)
def test_every_guide_and_site_of_the_old_support_page_is_found_within_three_clicks(
    visit: Visit, resource
) -> None:
    visit.click("Understand").click("The old support page")
    assert visit.clicks <= 3
    item = visit.page.locator(f"#{resource.id}")
    assert resource.title in item.inner_text()
    assert STANDING_WORDS[resource.status][0] in item.inner_text()
    assert "Good for:" in item.inner_text() and "Limits:" in item.inner_text()


def test_someone_unwell_finds_the_nearest_help_for_their_medicine_and_can_take_the_list_along(
    visit: Visit,
) -> None:
    visit.click("Find help")
    visit.page.fill("#place", "bd1 1aa")
    visit.page.select_option("#drug", "antidepressant")
    visit.press("Search")
    first = visit.page.locator(".entry").first
    assert "Open to this whole country or nation" in first.inner_text() or "km away" in first.inner_text()
    assert "bd1" not in visit.page.url.lower() and "antidepressant" not in visit.page.url
    with visit.page.expect_download() as printed:
        visit.page.click("main button >> text=Print this list")
    assert printed.value.suggested_filename.endswith(".pdf")
    first.locator("h3 a").click()
    assert "How to reach it" in visit.said and "How we know, and how old it is" in visit.said


def test_someone_in_danger_is_one_click_from_help_on_every_page_of_a_walk(visit: Visit) -> None:
    for words in ("Understand", "What withdrawal is"):
        visit.click(words)
        assert visit.page.locator("header").get_by_role("link", name="Need help now").is_visible()
    visit.click("Need help now", within="header")
    assert "Nobody watches this site." in visit.said
    assert "ring your local emergency number now" in visit.said
    visit.click("Someone to talk to")
    assert visit.page.url.endswith("#talk")
    visit.click("Crisis lines of other countries")
    assert visit.heading == "Crisis lines by country"


def test_a_worried_family_reads_what_is_normal_what_is_an_emergency_and_how_to_help(visit: Visit) -> None:
    visit.click("For family and friends")
    assert visit.clicks == 1
    for words in ("emergency", "help"):
        assert words in visit.said.lower()
    assert visit.page.locator("main a[href='/help-now'], main a[href='/understand/emergencies/']").count()
    assert "next review" in visit.said.lower() or "to be checked again by" in visit.said


def test_a_prescriber_sees_rates_products_and_red_flags_with_their_sources_after_one_click(
    visit: Visit,
) -> None:
    visit.click("For your doctor")
    assert visit.clicks == 1
    for words in ("Rates in print", "Products and measuring", "Monitoring", "Red flags", "Sources"):
        assert words in visit.said, words
    assert visit.page.locator(".notes li").count() > 20


def test_a_reader_moves_a_dose_and_reads_the_figure_in_words(visit: Visit) -> None:
    visit.click("Understand").click("Move a dose, see the curve")
    visit.page.fill("#dose", "12.5")
    visit.press("Show this dose")
    assert visit.page.locator("figure svg").first.is_visible()
    assert "12.5 mg a day: about 57 %" in visit.said
    assert "12.5" not in visit.page.url


def test_a_charity_sees_how_to_correct_an_entry_and_to_use_the_list(visit: Visit) -> None:
    visit.click("Find help").click("What is listed here, and how we keep it true")
    assert "Suggest a correction" in visit.said
    visit.click("list that you can put into your own page")
    assert visit.page.locator(".entry").count() > 10


def test_the_first_question_of_a_plan_is_one_click_from_home(visit: Visit) -> None:
    visit.click("Make a plan")
    assert visit.heading == "Where do you get your medicine?"
