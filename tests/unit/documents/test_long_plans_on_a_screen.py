"""A plan of hundreds of small cuts is shown in outline beyond its review."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import accumulate, pairwise

import pytest

from easeoff.documents.levelwords import sections
from easeoff.documents.steprows import LEFT_OUT, MOST_ROWS, OUTLINE_DAYS, outlined, step_rows
from easeoff.medicines import load_formulary
from easeoff.medicines.model import Tier
from easeoff.planning.plan import Plan
from easeoff.planning.request import MethodName, TaperRequest
from easeoff.proposing import plan_taper
from easeoff.simulating import simulate


@pytest.fixture(scope="module")
def long_plan() -> Plan:
    wish = TaperRequest("sertraline", Decimal(200), "GB", date(2027, 1, 4), tier=Tier.SPECIAL, method=MethodName.MICRO)  # fmt: skip
    plan = plan_taper(wish).plan
    assert plan is not None and len(plan.steps) > 5 * MOST_ROWS
    return plan


def test_every_step_that_counts_now_is_there_and_the_last_one(long_plan) -> None:
    rows = step_rows(long_plan, load_formulary("sertraline", "GB"))
    shown = outlined(rows, long_plan, range(100, 113))
    numbers = [row.number for row in shown]
    assert numbers == sorted(set(numbers))
    assert set(range(101, 114)) <= set(numbers)
    assert shown[0] is rows[0] and shown[-1] is rows[-1] and shown[-1].is_goal


def test_beyond_them_one_row_stands_for_every_stretch(long_plan) -> None:
    rows = step_rows(long_plan, load_formulary("sertraline", "GB"))
    begins = [0, *accumulate(step.days for step in long_plan.steps)]
    shown = [begins[row.number - 1] // OUTLINE_DAYS for row in outlined(rows, long_plan, range(0))[:-1]]
    assert all(b > a for a, b in pairwise(shown))
    assert set(shown) == {day // OUTLINE_DAYS for day in begins[: len(long_plan.steps)]}


def test_a_plan_of_usual_length_is_shown_whole(long_plan) -> None:
    rows = step_rows(long_plan, load_formulary("sertraline", "GB"))[:MOST_ROWS]
    assert outlined(rows, long_plan, range(3)) == rows


def test_what_each_step_does_is_told_in_outline_too(long_plan) -> None:
    told = {section.id: section for section in sections(simulate(long_plan, people=20))}
    for table in (told["steps"], told["numbers"]):
        assert len(table.rows) < len(long_plan.steps) / 5 and LEFT_OUT in table.sentences
    assert any(
        "of the steps the level is still on its way" in sentence for sentence in told["steps"].sentences
    )
