"""What the engine really proposes can be written, read back, told in words, drawn and printed."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal as D
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from easeoff.documents import (
    headline,
    limits_sentence,
    plan_chart,
    proposal_json,
    read_plan,
    remedy_text,
    schedule_pdf,
    step_rows,
    write_plan,
)
from easeoff.medicines.model import Tier
from easeoff.planning.request import Indication, IntakeDose, Person, Pregnancy, TaperRequest
from easeoff.proposing import plan_taper
from easeoff.proposing.proposal import Proposal

SCHEMAS = files("easeoff.documents").joinpath("schemas")
REFERENCE = Path(__file__).parents[3] / "docs/reference/plan-file.md"

ANSWERED = Person(
    indication=Indication.DEPRESSION, age=45, pregnancy=Pregnancy.NO, years=D(2), days_a_week=7, steady=True, others=(),
    alcohol_units=D(0), alcohol_dependence=False, drugs=False, seizures=False, past_withdrawal=False, psychosis=False,
    suicidal=False, crisis=False, liver=False, kidney=False, heart=False, breathing=False, relapse_plan=True,
)  # fmt: skip

SITUATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "sertraline licensed": ("sertraline", "100", {}),
    "sertraline specials": ("sertraline", "100", {"tier": Tier.SPECIAL}),
    "mirtazapine specials": ("mirtazapine", "30", {"tier": Tier.SPECIAL}),
    "diazepam twice a day": (
        "diazepam",
        "10",
        {"intakes": (IntakeDose("08:00", D(4)), IntakeDose("22:00", D(6)))},
    ),
    "citalopram drops": ("citalopram", "20", {}),
    "clozapine": ("clozapine", "100", {}),
}


@cache
def _proposal(name: str) -> Proposal:
    medicine, dose, asked = SITUATIONS[name]
    request = TaperRequest(medicine, D(dose), "GB", today=date(2026, 12, 20), start=date(2027, 1, 4), goal=D(0),
                           person=ANSWERED, **asked)  # fmt: skip
    return plan_taper(request)


def _valid(name: str, text: str) -> None:
    schema = json.loads(SCHEMAS.joinpath(f"easeoff-{name}-1.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))


@pytest.mark.parametrize("name", SITUATIONS)
def test_it_is_written_by_the_schema_and_reads_back_alike(name: str) -> None:
    proposal = _proposal(name)
    _valid("proposal", proposal_json(proposal))
    if proposal.plan is not None:
        text = write_plan(proposal.plan)
        _valid("plan", text)
        assert read_plan(text) == proposal.plan
        assert write_plan(read_plan(text)) == text


@pytest.mark.parametrize("name", SITUATIONS)
def test_it_can_be_told_and_drawn_without_an_exponent_or_a_bare_decimal(name: str) -> None:
    proposal = _proposal(name)
    told = [headline(proposal), *(remedy_text(remedy) for remedy in proposal.remedies)]
    if proposal.plan is not None:
        told.append(limits_sentence(proposal.plan))
        ET.fromstring(plan_chart(proposal.plan))
        for row in step_rows(proposal.plan, proposal.formulary):
            told += [row.dose, row.ideal, row.drop, row.delivered, *(intake.text for intake in row.intakes)]
    assert not re.search(r"\dE[+-]?\d|(?<!\d)\.\d|\d\.\D*$", " ".join(t.rstrip(".") for t in told))


def test_a_schedule_prints_for_a_plan_and_for_nothing_else() -> None:
    printed = [name for name in SITUATIONS if _proposal(name).may_issue_schedule]
    assert "diazepam twice a day" in printed
    for name in printed:
        assert schedule_pdf(_proposal(name), "us-letter").startswith(b"%PDF")


def test_a_stop_tells_no_dose() -> None:
    written = json.loads(proposal_json(_proposal("clozapine")))
    assert (written["outcome"], written["plan"], written["remedies"]) == ("stopped", None, [])


def _names(schema: Any) -> set[str]:
    found = set(schema.get("properties", {})) if isinstance(schema, dict) else set()
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    return found.union(*(_names(part) for part in parts)) if parts else found


def test_the_reference_names_every_field() -> None:
    reference = REFERENCE.read_text(encoding="utf-8")
    for name in ("plan", "proposal"):
        schema = json.loads(SCHEMAS.joinpath(f"easeoff-{name}-1.schema.json").read_text())
        for field in _names(schema):
            assert f"`{field}`" in reference or f"`{field}[]`" in reference, field
