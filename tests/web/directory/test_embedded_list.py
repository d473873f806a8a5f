"""The one list that other pages may hold."""

from __future__ import annotations

import re

import pytest
from directory_web import HOSTILE, words_of
from django.test import Client

ADDRESS = "/find-help/embed/"


def test_it_alone_may_stand_in_other_pages(client: Client) -> None:
    response = client.get(f"{ADDRESS}?country=GB&drug=benzodiazepine")
    policy = response["Content-Security-Policy"]
    assert (
        "frame-ancestors *" in policy
        and "script-src" not in policy
        and policy.startswith("default-src 'none'")
    )
    assert "X-Frame-Options" not in response and response["Cross-Origin-Resource-Policy"] == "cross-origin"
    for other in (
        "/find-help/",
        "/find-help/samaritans/",
        f"{ADDRESS}x/",
        "/find-help/embed",
        "/back-office/",
    ):
        assert "frame-ancestors 'none'" in client.get(other)["Content-Security-Policy"]
        assert client.get(other)["X-Frame-Options"] == "DENY"


def test_it_sets_no_cookie_runs_no_script_and_asks_for_nothing(client: Client) -> None:
    response = client.get(ADDRESS)
    page = response.content.decode()
    assert not response.cookies and not client.cookies
    assert "<script" not in page and "<form" not in page and "csrf" not in page
    assert all('target="_top"' in link for link in re.findall(r"<a [^>]*href=\"/[^>]*>", page))


def test_it_shows_what_the_page_around_it_chose(client: Client) -> None:
    text = words_of(client.get(f"{ADDRESS}?country=gb&drug=benzodiazepine"))
    assert "United Kingdom" in text and "The Bridge Project" in text and "Not checked, use with care." in text
    assert "Battle Against Tranquillisers" not in text


@pytest.mark.parametrize("field", ["country", "drug", "kind"])
@pytest.mark.parametrize("value", [HOSTILE, "ZZ", "x" * 4000, "\x00"])
def test_what_it_does_not_know_is_said(client: Client, field: str, value: str) -> None:
    response = client.get(ADDRESS, {field: value})
    assert response.status_code == 400 and f"“{field}” has a value that we do not know" in words_of(response)
    assert "<script" not in response.content.decode()
