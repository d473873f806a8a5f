"""A visitor who fills in the form page by page, as a browser without JavaScript would."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.test import Client

from easeoff.web.directory import limits

#: Every safety question answered so that nothing stays open for an antidepressant.
SETTLED = {
    "indication": "depression", "age": "41", "pregnancy": "no", "years": "3", "days_a_week": "7", "steady": "yes",
    "takes_others": "no", "alcohol_units": "0", "alcohol_dependence": "no", "drugs": "no", "seizures": "no",
    "past_withdrawal": "no", "psychosis": "no", "suicidal": "no", "crisis": "no", "liver": "no", "kidney": "no",
    "heart": "no", "breathing": "no", "tier": "licensed", "devices": ["oral-syringe-1ml", "oral-syringe-5ml"],
    "halves": "no", "goal_kind": "stop", "method": "",
}  # fmt: skip
Fields = Mapping[str, object]


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every page may read the directory, and every test begins with its full allowance."""
    for allowance in (limits.REPORTS, limits.SIGN_IN, limits.PRINTS):
        allowance.forget()


class Visitor:
    """Keeps the last page, and sends its hidden field back with the next."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.response: HttpResponse = client.get("/plan/")

    @property
    def text(self) -> str:
        return self.response.content.decode()

    @property
    def words(self) -> str:
        """The page without its tags, as read."""
        body = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", self.text, flags=re.S)
        return re.sub(r"\s+", " ", html.unescape(body))

    @property
    def heading(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.text, re.S)
        assert found, self.text
        return html.unescape(found[1])

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, f"no hidden field {name} on “{self.heading}”"
        return html.unescape(found[1])

    def send(self, go: str, **typed: object) -> Visitor:
        """Press a button of the page shown."""
        data = {"state": self.hidden("state"), "page": self.hidden("page"), "go": go, **typed}
        if 'name="from" value="check"' in self.text:
            data["from"] = "check"
        self.response = self.client.post("/plan/", data)
        return self

    def walk(self, answers: Fields, until: str = "plan") -> Visitor:
        """Go on with these answers until the page ``until`` is shown, or one that asks for a correction."""
        for _ in range(25):
            page = self.hidden("page")
            if page == until or self.response.status_code != 200:
                return self
            if page == "check":
                self.send("show")
            elif page == "plan":
                return self
            else:
                on_page = {key: answers[key] for key in answers if f'name="{key}"' in self.text}
                self.send("next", **on_page)
        raise AssertionError(f"never came to {until}; stuck on {self.heading}")


@pytest.fixture
def visitor(client: Client) -> Visitor:
    return Visitor(client)


@pytest.fixture
def settled() -> dict[str, object]:
    return dict(SETTLED)


SERTRALINE = {"country": "GB", "medicine": "sertraline", "form": "tablet", "dose_1": "100"}
MIRTAZAPINE = {"country": "GB", "medicine": "mirtazapine", "form": "tablet", "dose_1": "15",
               "goal_kind": "lower", "goal_mg": "7.5"}  # fmt: skip


@pytest.fixture
def sertraline() -> dict[str, object]:
    return dict(SERTRALINE)


@pytest.fixture
def within_limits() -> dict[str, object]:
    """A wish that licensed products can meet, with nothing open."""
    return {**SETTLED, **MIRTAZAPINE}


@pytest.fixture
def nothing_said(within_limits) -> dict[str, object]:
    """The same wish with every question about the person left open."""
    said = {*MIRTAZAPINE, "tier", "devices", "halves", "method"}
    return {key: value for key, value in within_limits.items() if key in said}
