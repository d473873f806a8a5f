"""What every answer must carry and what it must never hold: headers, errors, addresses, logs, cookies."""

from __future__ import annotations

import logging
import re
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from easeoff.quantities import EaseoffError
from easeoff.web.project.logs import BareFormatter
from easeoff.web.project.secret import secret_key
from easeoff.web.serve import make_server

PAGES = ("/", "/help-now", "/plan/", "/plan/open", "/leave")
#: The one list that other pages may hold; `directory/test_embedded_list.py` looks at its headers.
EMBEDDABLE = {"/find-help/embed/"}


def _addresses() -> tuple[str, ...]:
    """Every address of the hub without a changing part, as the resolver knows them."""
    found: set[str] = set()

    def collect(patterns: list[Any], prefix: str) -> None:
        for pattern in patterns:
            address = f"{prefix}{pattern.pattern}"
            if hasattr(pattern, "url_patterns"):
                collect(pattern.url_patterns, address)
            elif "<" not in address:
                found.add(f"/{address}")

    collect(get_resolver().url_patterns, "")
    return tuple(sorted(found - EMBEDDABLE))


STATIC = ("/static/easeoff.css", "/static/easeoff.js", "/static/easeoff-icon.svg")
EVERYTHING = (*_addresses(), "/nowhere", *STATIC)


def test_the_planner_s_addresses_are_among_those_checked() -> None:
    assert {
        *PAGES,
        "/theme",
        "/plan/schedule",
        "/plan/file",
        "/plan/calendar",
        "/plan/fhir",
        "/plan/table",
    } <= set(EVERYTHING)


def _asked(client: Client, method: str, address: str) -> HttpResponse:
    response = getattr(client, method)(address)
    if response.streaming:
        b"".join(response)
    response.close()
    return response


@pytest.mark.parametrize("address", EVERYTHING)
@pytest.mark.parametrize("method", ["get", "post", "head", "options", "delete"])
def test_every_answer_carries_the_headers(client: Client, address: str, method: str) -> None:
    response = _asked(client, method, address)
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    assert "frame-ancestors 'none'" in policy
    if "Content-Disposition" not in response:
        assert "form-action 'self'" in policy and "base-uri 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "Server" not in response
    is_static = address.startswith("/static/") and response.status_code == 200
    assert is_static or response["Cache-Control"] == "no-store"


def test_a_download_is_never_a_page(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    response = visitor.client.post("/plan/file", {"state": visitor.hidden("state")})
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", PAGES)
def test_pages_name_no_other_host_and_hold_no_inline_script_or_style(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert not re.search(r"""(?:src|action)=["'](?:https?:)?//|<link[^>]+href=["'](?:https?:)?//""", page)
    assert not re.search(r"""<a (?![^>]*rel="noreferrer")[^>]*href=["'](?:https?:)?//""", page)
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|javascript:", page)


#: One address of each pattern with a changing part.
EXAMPLES = ("/medicines/sertraline/", "/understand/what-withdrawal-is/", "/find-help/samaritans/")


def _title(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.S)
    return " ".join(found[1].split()) if found else ""


def test_every_page_has_a_title_of_its_own(client: Client) -> None:
    titles: dict[str, str] = {}
    for address in (*_addresses(), *EXAMPLES):
        response = _asked(client, "get", address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            titles[address] = _title(client.get(address).content.decode())
    assert {"/", "/plan/", "/help-now", "/find-help/", "/understand/", "/medicines/", *EXAMPLES} <= set(
        titles
    )
    assert len(set(titles.values())) == len(titles), sorted(titles.values())
    for address, title in titles.items():
        ours = address not in {"/leave"} and not address.startswith("/back-office/")
        assert re.fullmatch(r"\w.* – Easeoff", title) if ours else title, address


def test_the_title_of_what_is_read_and_of_an_error_names_no_medicine_and_no_trouble(client: Client) -> None:
    assert [_title(_body(client, address)) for address in EXAMPLES] == [
        "About a medicine – Easeoff",
        "Something to read – Easeoff",
        "A place to find help – Easeoff",
    ]
    assert _title(_body(client, "/nowhere")) == "There is no such page – Easeoff"


def _body(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_form_answers_plan_draft_and_stop_each_have_a_title_without_a_word_of_the_answers(
    visitor, within_limits
) -> None:
    seen: list[str] = []
    for _ in range(25):
        seen.append(_title(visitor.text))
        page = visitor.hidden("page")
        if page == "plan":
            break
        on_page = {key: value for key, value in within_limits.items() if f'name="{key}"' in visitor.text}
        visitor.send("show" if page == "check" else "next", **on_page)
    assert len(set(seen)) == len(seen)
    assert seen[-2:] == ["Your answers – Easeoff", "Your plan – Easeoff"]
    assert not re.search("mirtazapine|depress|suicid|alcohol|mg", " ".join(seen).lower())
    visitor.send("edit:mood").send("next", crisis="yes", suicidal="no")
    assert _title(visitor.text) == "Stop, please read – Easeoff"
    visitor.send("check").send("edit:about").send("next", age="old")
    assert _title(visitor.text) == "Please check: Change an answer – Easeoff"


def test_the_plan_page_holds_no_inline_script_or_style_either(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    assert "<svg" in visitor.text
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|javascript:", visitor.text)
    assert not re.search(
        r"""(?:src|action)=["'](?:https?:)?//|<link[^>]+href=["'](?:https?:)?//""", visitor.text
    )
    assert not re.search(r"""<a (?![^>]*rel="noreferrer")[^>]*href=["'](?:https?:)?//""", visitor.text)


def test_no_form_sends_anything_by_its_address(visitor, within_limits) -> None:
    """No GET form, no query, and no answer in any address of any page on the way."""
    for _ in range(25):
        assert 'method="get"' not in visitor.text.lower()
        for address in re.findall(r"""(?:href|action|formaction)=["']([^"']*)""", visitor.text):
            assert "?" not in address
            assert not re.search("mirtazapine|depression|7.5", address)
        assert visitor.response.request["QUERY_STRING"] == ""
        before = visitor.hidden("page")
        on_page = {key: value for key, value in within_limits.items() if f'name="{key}"' in visitor.text}
        if before == "plan":
            return
        visitor.send("show" if before == "check" else "next", **on_page)
    raise AssertionError("never came to the plan")


def test_the_only_cookies_are_the_theme_and_the_form_check(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    visitor.client.post("/theme", {"theme": "dark"})
    assert set(visitor.client.cookies) <= {"csrftoken", "theme"}
    for cookie in visitor.client.cookies.values():
        assert cookie["httponly"] and cookie["samesite"] in {"Lax", "Strict"}


@pytest.mark.parametrize("address", EVERYTHING)
def test_getting_a_page_changes_nothing(client: Client, address: str) -> None:
    first = _asked(client, "get", address)
    assert "theme" not in first.cookies
    second = _asked(client, "get", address)
    assert first.status_code == second.status_code


def test_leaving_clears_what_the_browser_holds(client: Client) -> None:
    client.post("/theme", {"theme": "dark"})
    response = client.get("/leave")
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    page = response.content.decode()
    assert "<title>Blank page</title>" in page and "Easeoff" not in page and "href" not in page
    assert response.cookies["theme"]["max-age"] == 0


@pytest.mark.parametrize(
    ("address", "method", "status", "words"),
    [
        ("/nowhere", "get", 404, "There is no such page"),
        ("/plan/schedule", "get", 405, "This page needs a form"),
        ("/plan/", "delete", 405, "This page needs a form"),
        ("/help-now", "post", 405, "This page needs a form"),
    ],
)
def test_errors_are_pages_of_ours(client: Client, address: str, method: str, status: int, words: str) -> None:
    response = getattr(client, method)(address)
    assert response.status_code == status
    page = response.content.decode()
    assert words in page and "Need help now" in page and "Go to the start page" in page


def test_a_wrong_method_still_says_which_is_right(client: Client) -> None:
    assert client.get("/plan/schedule")["Allow"] == "POST"


def test_a_form_without_its_token_is_refused_in_plain_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/plan/", {"state": ""})
    assert response.status_code == 403
    assert "We could not be sure that form was ours" in response.content.decode()


def _posted_with(origin: str, site: str | None) -> int:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/plan/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    state = re.search(r'name="state" value="([^"]+)"', page)
    assert token and state
    headers = {"Origin": origin} | ({"Sec-Fetch-Site": site} if site else {})
    data = {
        "csrfmiddlewaretoken": token[1],
        "state": state[1],
        "page": "country",
        "go": "next",
        "country": "GB",
    }
    return client.post("/plan/", data, headers=headers).status_code


def test_our_own_forms_pass_although_the_browser_hides_their_origin() -> None:
    assert _posted_with("null", "same-origin") == 200
    assert _posted_with("null", None) == 200
    assert _posted_with("http://testserver", "same-origin") == 200


@pytest.mark.parametrize(
    ("origin", "site"),
    [("null", "cross-site"), ("null", "same-site"), ("null", "none"), ("http://evil.example", "cross-site")],
)
def test_forms_from_elsewhere_are_refused_even_with_a_token(origin: str, site: str) -> None:
    assert _posted_with(origin, site) == 403


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: Client) -> None:
    response = client.post(
        "/plan/open", b"", content_type="application/octet-stream", CONTENT_LENGTH=str(10**9)
    )
    assert response.status_code == 413
    assert "too large" in response.content.decode()


def test_an_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/plan/", headers={"Host": "evil.example"}).status_code == 400


def test_a_fault_of_ours_says_so_and_tells_the_log_nothing_of_the_person(monkeypatch, caplog) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("canary-lithium-800")

    monkeypatch.setattr("easeoff.web.planning.views._check", break_down)
    client = Client(raise_request_exception=False)
    page = client.get("/plan/").content.decode()
    state = re.search(r'name="state" value="([^"]+)"', page)
    assert state
    response = client.post("/plan/", {"state": state[1], "page": "check", "medicine": "canary-lithium-800"})
    assert response.status_code == 500
    assert "The fault is ours" in response.content.decode() and "canary" not in response.content.decode()


def test_a_log_line_holds_the_kind_of_fault_and_no_text() -> None:
    try:
        raise RuntimeError("canary-lithium-800")
    except RuntimeError:
        info = sys.exc_info()
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "%s", ("/canary",), info)
    line = BareFormatter().format(record)
    assert "RuntimeError" in line and "canary" not in line


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv("EASEOFF_SECRET_KEY", raising=False)
    first, second = secret_key(tmp_path / "var"), secret_key(tmp_path / "var")
    assert first == second and len(first) >= 64
    files = list((tmp_path / "var").iterdir())
    assert [stat.S_IMODE(f.stat().st_mode) for f in files] == [0o600]
    monkeypatch.setenv("EASEOFF_SECRET_KEY", "given")
    assert secret_key(tmp_path / "none") == "given"


def test_a_port_in_use_gives_one_clear_sentence() -> None:
    server = make_server(0)
    try:
        with pytest.raises(EaseoffError, match="already in use"):
            make_server(int(server.effective_port))
    finally:
        server.close()
    with pytest.raises(EaseoffError, match="not a port"):
        make_server(70_000)


def test_the_style_sheet_stays_small() -> None:
    import easeoff.web.ui as ui

    folder = Path(ui.__file__).parent / "static"
    assert (folder / "easeoff.css").stat().st_size < 20_000
    assert "http" not in (folder / "easeoff.css").read_text()
    assert "http" not in (folder / "easeoff.js").read_text()


def test_style_sheets_and_scripts_are_asked_for_once_and_kept_for_as_long_as_they_are_the_same(
    client: Client,
) -> None:
    page = client.get("/").content.decode()
    named = re.findall(r"""(?:href|src)="(/static/[^"]+)""", page)
    assert len(named) == 3
    for address in named:
        response = _asked(client, "get", address)
        assert re.search(r"\.[0-9a-f]{12}\.(css|js|svg)$", address) and response.status_code == 200
        assert "immutable" in response["Cache-Control"] and "max-age=315360000" in response["Cache-Control"]
        assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert "immutable" not in _asked(client, "get", "/static/easeoff.css")["Cache-Control"]
    changed = re.sub(r"\.[0-9a-f]{12}\.", ".0123456789ab.", named[0])
    assert client.get(changed).status_code == 404
