"""The proposal as JSON: what was asked and what came of it; and no doses where there is a stop."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import documents_factory as make
import jsonschema

from easeoff.documents import proposal_json, write_plan
from easeoff.proposing.proposal import Proposal


def _schema(name: str) -> dict[str, Any]:
    text = files("easeoff.documents").joinpath(f"schemas/easeoff-{name}-1.schema.json").read_text()
    return json.loads(text)


def _valid(proposal: Proposal) -> dict[str, Any]:
    written = json.loads(proposal_json(proposal))
    jsonschema.Draft202012Validator(_schema("proposal")).validate(written)
    return written


def test_the_plan_within_is_the_plan_file() -> None:
    written = _valid(make.proposal())
    assert written["format"] == "easeoff-proposal/1"
    assert written["plan"] == json.loads(write_plan(make.plan()))
    assert (written["within_limit"], written["outcome"]) == (True, "plan")


def test_remedies_say_what_to_add_and_what_it_achieves() -> None:
    written = _valid(
        make.proposal(within_limit=False, remedies=(make.REMEDY,), blocking_dose_mg=make.D("12.50"))
    )
    assert written["blocking_dose_mg"] == "12.5"
    assert written["outcome"] == "not within limits"
    remedy = written["remedies"][0]
    assert remedy["add"][0] == {
        "kind": "product", "id": make.LIQUID, "text": "sertraline 1 mg/mL oral suspension", "tier": "special",
        "price": {"amount": "120.5", "currency": "GBP", "pack_size": "150"},
    }  # fmt: skip
    assert (remedy["within_limit"], remedy["largest_drop"], remedy["last_drop"], remedy["steps"]) == (
        True,
        9.75,
        9.31,
        24,
    )


def test_open_questions_make_a_draft() -> None:
    written = _valid(make.proposal(open_questions=(make.QUESTION,), gentler=(("Slower.", make.REQUEST),)))
    assert written["outcome"] == "draft"
    assert [question["key"] for question in written["open_questions"]] == ["pregnancy"]
    assert written["gentler"][0]["text"] == "Slower."


def test_a_stop_prints_no_doses_even_where_a_plan_was_drawn() -> None:
    stopped = make.proposal(
        findings=(make.STOP,), remedies=(make.REMEDY,), blocking_dose_mg=make.D("12.9"),
        gentler=(("Slower.", make.REQUEST),), reasons=("A clinician has to plan this.",),
    )  # fmt: skip
    written = _valid(stopped)
    assert (written["plan"], written["remedies"], written["gentler"]) == (None, [], [])
    assert (written["blocking_dose_mg"], written["within_limit"], written["outcome"]) == (
        None,
        False,
        "stopped",
    )
    assert "12.9" not in proposal_json(stopped)
    assert "37.5" not in proposal_json(stopped)


def test_both_schemas_describe_what_they_share_alike() -> None:
    plan, proposal = _schema("plan"), _schema("proposal")
    for name, definition in plan["$defs"].items():
        assert proposal["$defs"][name] == definition
    assert proposal["$defs"]["plan"]["properties"] == plan["properties"]
    for schema in (plan, proposal):
        jsonschema.Draft202012Validator.check_schema(schema)
