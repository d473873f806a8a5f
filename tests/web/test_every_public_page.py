"""What must hold on every page of the hub, those of tomorrow included: the addresses come from the table of addresses."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

import public_addresses

#: What a page may weigh, in bytes, with its style sheets and scripts and without pictures.
HEAVIEST = 100_000
ADDRESSES = public_addresses.addresses()
HTML = "text/html"


@cache
def _weight_of(address: str) -> int:
    """Bytes of a style sheet or script as it is sent where nothing compresses it."""
    name = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", address.removeprefix("/static/"))
    found = finders.find(name)
    assert found, f"{address} is not there"
    return Path(found).stat().st_size


def _total(page: str) -> int:
    needed = set(re.findall(r'<(?:link|script)[^>]+(?:href|src)="(/static/[^"]+\.(?:css|js))"', page))
    return len(page.encode()) + sum(_weight_of(address) for address in needed)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_answers_and_carries_the_headers(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (200, 405), address
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "http:" not in policy and "https:" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("address", [*ADDRESSES, *public_addresses.every_service()])
def test_every_page_is_light_has_a_language_one_heading_and_nothing_from_elsewhere(
    client: Client, address: str
) -> None:
    response = client.get(address)
    if not response["Content-Type"].startswith(HTML) or response.status_code == 405:
        return
    page = response.content.decode()
    assert _total(page) < HEAVIEST, f"{address} weighs {_total(page)} bytes"
    assert '<html lang="en-GB"' in page
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert re.search(r"<title>[^<]+</title>", page)
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", page), "nothing inline: the policy would refuse it"
    assert not re.search(
        r"<(?:script|link|img|iframe|source|video|audio|form)[^>]+(?:src|href|action)=\"(?:[a-z]+:)?//", page
    )
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_change_of_theme_leads_back_to_the_page_it_was_made_on(client: Client, address: str) -> None:
    response = client.get(address)
    page = response.content.decode(errors="replace") if response.status_code == 200 else ""
    back = re.search(r'<form method="post" action="/theme">.*?name="back" value="([^"]*)"', page, re.S)
    if back:
        answer = client.post("/theme", {"theme": "dim", "back": back[1]})
        assert answer.status_code == 303 and answer["Location"] == address
        assert answer.cookies["theme"].value == "dim"


@pytest.mark.parametrize("typed", [{"words": "withdrawal"}, {"place": "BD1"}, {"place": "nowhere at all"}])
def test_a_page_of_results_is_as_light(client: Client, typed: dict[str, str]) -> None:
    assert _total(client.post("/find-help/", typed).content.decode()) < HEAVIEST


def test_a_plan_is_as_light(visitor, within_limits, sertraline, settled) -> None:
    for wish in (within_limits, {**settled, **sertraline}):
        assert _total(visitor.walk(wish).text) < HEAVIEST
        visitor.response = visitor.client.get("/plan/")


def test_no_style_sheet_or_script_of_ours_asks_for_anything_else() -> None:
    ours = [
        Path(finders.find(name))
        for finder in finders.get_finders()
        for name, _ in finder.list(["admin/*"])
        if name.endswith((".css", ".js")) and not name.startswith("admin/")
    ]
    assert len(ours) > 4
    for file in ours:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(|https?://|fetch\(|XMLHttpRequest|sendBeacon|import\(", text), (
            file
        )
