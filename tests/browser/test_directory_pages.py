"""Find help and its back office in a real browser: each theme, phone width, no JavaScript, no other host."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from looking import must_pass_axe, press
from playwright.sync_api import Page

from easeoff.web.directory import flows, limits
from easeoff.web.directory.models import Complaint, Keeper, Metadata, ServiceRecord, Verification

pytestmark = pytest.mark.browser

ADDRESSES = [
    "/find-help/", "/find-help/crisis/", "/find-help/about/", "/help-now", "/find-help/embed/?country=GB",
    "/find-help/bridge-project-bradford/", "/find-help/battle-against-tranquillisers/", "/find-help/samaritans/",
    "/find-help/ads-oldham/", "/find-help/embed/?country=ZZ",
]  # fmt: skip
PASSWORD = "a kind and long word"


@pytest.fixture(autouse=True)
def nobody_has_reported_yet() -> None:
    limits.REPORTS.forget()


@pytest.fixture
def keeper(hub: str, django_db_blocker) -> Iterator[str]:
    """Someone who may sign in, in the database of the running hub; everything they did is gone afterwards."""
    limits.SIGN_IN.forget()
    with django_db_blocker.unblock():
        user = User.objects.create_user("keeper-one", password=PASSWORD, is_staff=True)
        Keeper.objects.create(user=user, role="volunteer")
        before = {row["id"]: row for row in ServiceRecord.objects.values()}
        yield "keeper-one"
        for record in ServiceRecord.objects.filter(verifications__isnull=False).distinct():
            for name, value in before[record.pk].items():
                setattr(record, name, value)
            record.save()
        Verification.objects.all().delete()
        Metadata.objects.all().delete()
        LogEntry.objects.all().delete()
        user.delete()
        flows.moved_on()


def search(page: Page, hub: str, **typed: str) -> None:
    page.goto(f"{hub}/find-help/")
    for name, value in typed.items():
        field = page.locator(f"#{name}")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    press(page, "#search button >> text=Search")


@pytest.mark.parametrize("theme", ["light", "dark", "dim"])
def test_every_page_passes_axe(open_page, hub, theme) -> None:
    page, _ = open_page(theme)
    for address in ADDRESSES:
        page.goto(hub + address)
        must_pass_axe(page, address)
    search(page, hub, place="BD1", drug="benzodiazepine")
    must_pass_axe(page, "results")
    search(page, hub, place="ZZ9 9ZZ")
    assert page.locator("[role=alert]").is_visible()
    must_pass_axe(page, "a place we do not know")


def test_no_page_scrolls_sideways_at_320_pixels(open_page, hub) -> None:
    page, _ = open_page(width=320)

    def must_fit(where: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{where} is {wide} px too wide"

    for address in ADDRESSES:
        page.goto(hub + address)
        must_fit(address)
    search(page, hub, words="withdrawal")
    must_fit("results")


def test_the_whole_way_works_without_javascript_and_leaves_nothing_in_an_address(open_page, hub) -> None:
    page, told = open_page(script=False)
    page.goto(hub)
    page.click("main >> text=Find help")
    page.fill("#place", "BD1")
    page.select_option("#drug", "benzodiazepine")
    press(page, "#search button >> text=Search")
    assert page.url == f"{hub}/find-help/#found-title"
    assert page.locator(".entry h3").first.inner_text() == "The Bridge Project"
    press(page, "button >> text=Next page")
    assert "Page 2 of" in page.inner_text("main") and page.input_value("#place") == "BD1"
    press(page, "button[value=dim]")
    assert page.get_attribute("html", "data-theme") == "dim" and page.input_value("#place") == "BD1"
    with page.expect_download() as printed:
        page.click("text=Print this list (PDF)")
    assert printed.value.path().read_bytes().startswith(b"%PDF")
    asked = [entry for entry in told if entry.startswith("http")]
    assert {urlsplit(entry).netloc for entry in asked} == {urlsplit(hub).netloc}
    assert not [entry for entry in asked if "BD1" in entry or "benzo" in entry]


def test_no_other_host_is_asked_and_our_own_policy_refuses_nothing(open_page, hub) -> None:
    page, told = open_page()
    for address in ADDRESSES[:-1]:
        page.goto(hub + address)
    assert {urlsplit(entry).netloc for entry in told} == {urlsplit(hub).netloc}


def test_a_number_that_did_not_work_is_told_with_one_button(open_page, hub, django_db_blocker) -> None:
    page, _ = open_page(script=False)
    page.goto(f"{hub}/find-help/bridge-project-bradford/")
    press(page, "text=This number did not work")
    assert page.inner_text("h1") == "Thank you"
    with django_db_blocker.unblock():
        kept = Complaint.objects.filter(service__slug="bridge-project-bradford", about="phone")
        assert kept.count() == 1
        kept.delete()


@pytest.fixture
def someone_else(hub: str) -> Iterator[str]:
    """Another site on another port, whose page ``/x`` holds the hub's page ``/x`` in a frame."""

    class Holder(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f'<title>A charity</title><iframe src="{hub}{self.path}" width="600" height="500"></iframe>'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Holder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_embedded_list_alone_stands_in_a_page_of_someone_else(open_page, someone_else) -> None:
    page, _ = open_page()
    page.goto(f"{someone_else}/find-help/embed/?country=GB")
    page.frame_locator("iframe").locator("text=The Bridge Project").first.wait_for()
    assert {cookie["name"] for cookie in page.context.cookies()} == {"theme"}
    page, told = open_page()
    page.goto(f"{someone_else}/find-help/")
    page.wait_for_timeout(500)
    assert any("frame-ancestors" in entry or "X-Frame-Options" in entry for entry in told)
    assert not page.frame_locator("iframe").locator("h1 >> text=Find help").count()


def test_a_keeper_confirms_a_service_in_three_clicks_and_the_back_office_passes_axe(
    open_page, hub, keeper
) -> None:
    page, _ = open_page()
    clicks = 0
    page.goto(f"{hub}/back-office/")
    must_pass_axe(page, "sign in")
    page.fill("#id_username", keeper)
    page.fill("#id_password", PASSWORD)
    press(page, "input[type=submit]")
    clicks += 1
    page.locator(".work").wait_for()
    must_pass_axe(page, "the work list")
    name = "Samaritans"
    page.locator(".work tbody").get_by_role("link", name=name, exact=True).click()
    clicks += 1
    page.get_by_role("button", name="Confirmed today by telephone").wait_for()
    must_pass_axe(page, "a service")
    press(page, "text=Confirmed today by telephone")
    clicks += 1
    page.locator(".messagelist").wait_for()
    assert f"Recorded. {name} counts as checked today." in page.inner_text(".messagelist")
    assert clicks <= 3, "signing in is the first of them"
    cookies = page.context.cookies()
    page, told = open_page()
    page.context.add_cookies(cookies)
    for address in (
        "",
        "import/",
        "directory/servicerecord/",
        "directory/proposedchange/",
        "directory/servicerecord/add/",
    ):
        page.goto(f"{hub}/back-office/{address}")
        assert page.locator("#content").is_visible()
    assert not [entry for entry in told if not entry.startswith(hub)], (
        "our own policy refuses nothing of the admin"
    )
