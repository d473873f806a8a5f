"""Doses missed one by one, and signs for which help is needed whatever the plan says."""

from __future__ import annotations

import pytest
from life_cases import BY, day, mirtazapine, propranolol, record

from easeoff.planning.lifecycle import Change, suggestion
from easeoff.planning.plan import Status
from easeoff.quantities import EaseoffError


@pytest.mark.hazard("H-021")
@pytest.mark.parametrize("apart", [0, 1, 3, 6])
def test_single_doses_missed_within_a_week_are_a_gap(apart: int) -> None:
    first = record(mirtazapine(), "missed", 10)
    assert first.plan.status is Status.RUNNING
    second = record(first.plan, "missed", 10 + apart)
    assert second.plan.status is Status.FROZEN
    assert "Ask your prescriber or pharmacist today" in second.words[0]
    assert not any("Go on with" in text for text in second.words)


def test_single_doses_missed_a_week_apart_are_no_gap() -> None:
    plan = record(mirtazapine(), "missed", 3).plan
    assert record(plan, "missed", 10).plan.status is Status.RUNNING


@pytest.mark.hazard("H-021")
def test_a_dose_missed_after_a_prescriber_looked_at_a_gap_is_asked_about_again() -> None:
    gap = record(mirtazapine(), "missed", 10, doses=3).plan
    cleared = record(gap, "clear", 11, by=BY, why="looked at it").plan
    again = record(cleared, "missed", 12)
    assert again.plan.status is Status.FROZEN and "27 mg a day at the usual time" not in " ".join(again.words)


@pytest.mark.hazard("H-012")
def test_a_red_flag_sign_after_the_last_dose_says_to_get_help_now() -> None:
    plan = record(propranolol(), "review", 20).plan
    over = record(plan, "arrive", 21).plan
    for now in (plan, over):
        with pytest.raises(EaseoffError) as refused:
            record(now, "freeze", 22, change=Change.RED_FLAG)
        assert refused.value.message.startswith("Get help now. If you have one of these signs")
        assert "not recorded" in refused.value.hint


@pytest.mark.hazard("H-012")
def test_a_red_flag_sign_at_a_goal_that_is_kept_is_recorded() -> None:
    stayed = record(mirtazapine(), "stay", 35).plan
    followed = record(stayed, "freeze", 36, change=Change.RED_FLAG)
    assert followed.plan.status is Status.FROZEN
    assert suggestion(followed.plan, day(36)).text.startswith("Get help now.")
