"""“What each step does”: from the plan, by POST, with the draft's warning, and never past a stop."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader

from easeoff.web.planning.state import seal_file


def _levels(visitor, **sent):
    visitor.response = visitor.client.post("/plan/levels", sent or {"state": visitor.hidden("state")})
    return visitor.response


def test_the_plan_leads_to_its_levels_and_back(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    assert 'formaction="/plan/levels"' in visitor.text
    state = visitor.hidden("state")
    assert _levels(visitor).status_code == 200
    words = visitor.words.replace("\u00a0", " ")
    assert visitor.heading.startswith("What each step does")
    for said in ("Keep taking your medicine as you do now", "Nobody has measured your level", "90 of 100 people",
                 "Never take two doses to make up for one", "Stopping today instead", "What these numbers rest on"):  # fmt: skip
        assert said in words
    assert "<svg" in visitor.text and "<script" not in re.sub(
        r'<script[^>]*src="[^"]*"[^>]*></script>', "", visitor.text
    )
    back = visitor.client.post("/plan/", {"state": state, "page": "plan", "go": "show"})
    assert b"What each step does" in back.content


def test_a_draft_says_that_it_is_not_to_be_followed(visitor, sertraline, settled) -> None:
    visitor.walk({**settled, **sertraline})
    assert _levels(visitor).status_code == 200
    assert "▲" in visitor.text and "Not a plan to follow yet" in visitor.words


def test_a_stop_shows_no_doses(visitor, within_limits) -> None:
    visitor.walk({**within_limits, "age": "17"})
    assert "/plan/levels" not in visitor.text
    refused = _levels(visitor)
    assert refused.status_code == 409
    assert "There is a stop" in visitor.words and "<svg" not in visitor.text


def test_without_a_half_life_it_is_said_what_is_missing_and_the_way_back_is_kept(visitor, settled) -> None:
    visitor.walk({**settled, "country": "GB", "medicine": "periciazine", "form": "tablet", "dose_1": "10"})
    state = visitor.hidden("state")
    assert _levels(visitor, state=state).status_code == 409
    assert (
        "No half-life of periciazine is on record" in visitor.words
        and "The plan itself shows each dose" in visitor.words
    )
    assert "Nothing that you typed is lost" in visitor.words and visitor.hidden("state") == state
    back = visitor.client.post("/plan/", {"state": state, "page": "plan", "go": "show"})
    assert b"What each step does" in back.content


def test_a_saved_plan_shows_its_levels_too(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    saved = visitor.client.post("/plan/file", {"state": visitor.hidden("state")}).content.decode()
    assert _levels(visitor, sealed=seal_file(saved)).status_code == 200
    assert "Over the whole plan" in visitor.words and 'name="sealed"' in visitor.text
    changed = saved.replace('"interval_days": 28', '"interval_days": 27')
    assert changed == saved or _levels(visitor, sealed=seal_file(changed)).status_code == 409


def test_the_theme_can_be_changed_without_losing_the_page(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    response = _levels(visitor, state=visitor.hidden("state"), theme="dark")
    assert response.status_code == 200 and visitor.heading.startswith("What each step does")


def test_a_broken_state_is_said_in_one_sentence(visitor) -> None:
    assert _levels(visitor, state="nonsense").status_code == 400


def test_on_paper_where_a_schedule_could_be_printed(visitor, within_limits) -> None:
    visitor.walk(within_limits)
    state = visitor.hidden("state")
    printed = visitor.client.post("/plan/levels/paper", {"state": state})
    assert printed["Content-Type"] == "application/pdf" and printed.content.startswith(b"%PDF")
    assert printed.content == visitor.client.post("/plan/levels/paper", {"state": state}).content
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.content)).pages)
    assert "Nobody has measured your level" in " ".join(text.split()) and "Notice" in text


def test_a_draft_is_not_put_on_paper(visitor, sertraline, settled) -> None:
    visitor.walk({**settled, **sertraline})
    state = visitor.hidden("state")
    assert _levels(visitor).status_code == 200 and "/plan/levels/paper" not in visitor.text
    assert visitor.client.post("/plan/levels/paper", {"state": state}).status_code == 409
