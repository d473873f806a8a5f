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
        self.page.locator(within).get_by_role("link", name=words, exact=False).first.click()
        self.clicks += 1
        return self

    def press(self, words: str) -> Visit:
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
