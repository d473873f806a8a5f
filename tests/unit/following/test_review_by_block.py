"""Plans of many small cuts keep the review that was agreed: it counts blocks, not cuts."""

from __future__ import annotations

import pytest
from life_cases import BY, day, draft, identity, record

from easeoff.documents import read_plan, write_plan
from easeoff.medicines.model import Tier
from easeoff.planning.lifecycle import Kind, advance
from easeoff.planning.plan import Event, Plan
from easeoff.planning.request import MethodName


def _agreed(name: MethodName) -> Plan:
    plan = draft("mirtazapine", "30", method=name, tier=Tier.SPECIAL, goal="0")
    for kind in (Kind.HAND_OVER, Kind.AGREE):
        plan = advance(plan, Event(kind, day(0), "", by=BY), identity(plan))
    return plan


@pytest.mark.hazard("H-017", "H-022")
@pytest.mark.parametrize("name", [MethodName.SLIDE, MethodName.MICRO])
def test_a_plan_of_small_cuts_has_dates_up_to_the_review_that_was_agreed(name: MethodName) -> None:
    first = draft("mirtazapine", "30", method=name, tier=Tier.SPECIAL, goal="0")
    plan = record(_agreed(name), "start", 0).plan
    assert plan.review_on == first.review_on
    assert [s.start for s in plan.steps] == [s.start for s in first.steps]
    assert read_plan(write_plan(plan)) == plan


@pytest.mark.hazard("H-017", "H-022")
@pytest.mark.parametrize("name", [MethodName.SLIDE, MethodName.MICRO])
def test_after_a_review_the_next_one_is_as_many_blocks_away(name: MethodName) -> None:
    plan = record(_agreed(name), "start", 0).plan
    assert plan.review_on is not None
    number = (plan.review_on - day(0)).days
    reviewed = record(plan, "review", number).plan
    days = (reviewed.review_on - plan.review_on).days
    assert plan.method.block_days is not None
    assert days >= plan.request.review * plan.method.block_days
