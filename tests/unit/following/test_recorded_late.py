"""What is recorded later than it happened, or after a red flag, never speaks of a dose that nobody said is taken."""

from __future__ import annotations

from typing import Any

import pytest
from life_cases import BY, D, day, draft, lamotrigine, mirtazapine, record, running

from easeoff.documents.history import identity
from easeoff.medicines.model import Tier
from easeoff.planning.lifecycle import Change, Kind, step_by_date, suggestion
from easeoff.planning.plan import Plan, Status
from easeoff.planning.request import IntakeDose
from easeoff.proposing.following import Followed, Happening, follow
from easeoff.quantities import EaseoffError


def _late(plan: Plan, kind: Kind, on: int, today: int, **more: Any) -> Followed:
    return follow(plan, Happening(kind, day(on), **more), replaces=identity(plan), today=day(today))


def _twice_a_day() -> Plan:
    return running("diazepam", "6", goal="2", tier=Tier.SPECIAL,
                   intakes=(IntakeDose("08:00", D(2)), IntakeDose("22:00", D(4))))  # fmt: skip


@pytest.mark.hazard("H-017", "H-021")
@pytest.mark.parametrize(("kind", "on", "today"), [(Kind.MISSED, 5, 60), (Kind.STEP_BACK, 30, 75), (Kind.HOLD, 5, 40)])  # fmt: skip
def test_where_another_dose_has_begun_since_todays_dose_is_asked(kind: Kind, on: int, today: int) -> None:
    with pytest.raises(EaseoffError, match="has come from") as refused:
        _late(mirtazapine(), kind, on, today)
    assert "today's date" in refused.value.hint and "--taking" in refused.value.hint


@pytest.mark.parametrize("kind", [Kind.MISSED, Kind.HOLD])
def test_within_one_step_a_late_record_stands_on_its_own_day(kind: Kind) -> None:
    followed = _late(mirtazapine(), kind, 5, 20)
    assert followed.plan.events[-1].on == day(5)


@pytest.mark.hazard("H-021")
def test_a_freeze_is_never_refused_for_its_day_and_holds_todays_dose() -> None:
    frozen = _late(mirtazapine(), Kind.FREEZE, 5, 75, change=Change.RED_FLAG).plan
    assert frozen.status is Status.FROZEN and frozen.events[-1].on == day(75)
    assert frozen.steps[step_by_date(frozen, day(75)) - 1].dose_mg == D("22.05")
    assert "9 January 2027" in frozen.events[-1].why


@pytest.mark.hazard("H-017")
def test_a_late_review_does_not_come_to_doses_that_nobody_took() -> None:
    plan = _twice_a_day()
    now = plan.steps[step_by_date(plan, day(150)) - 1].dose_mg
    with pytest.raises(EaseoffError, match="nothing says that you take it") as refused:
        _late(plan, Kind.REVIEW, 84, 150, taking=now)
    assert "today's date" in refused.value.hint
    reviewed = _late(plan, Kind.REVIEW, 150, 150, taking=now).plan
    assert reviewed.steps[step_by_date(reviewed, day(150)) - 1].dose_mg == now


@pytest.mark.hazard("H-017")
def test_a_late_resume_or_start_begins_one_dose_at_most() -> None:
    held = record(mirtazapine(), "hold", 10).plan
    with pytest.raises(EaseoffError, match="nothing says that you take it"):
        _late(held, Kind.RESUME, 11, 75)
    agreed = draft("mirtazapine", "30", tier=Tier.SPECIAL)
    for kind in ("hand-over", "agree"):
        agreed = record(agreed, kind, 0, by=BY).plan
    with pytest.raises(EaseoffError, match="nothing says that you take it") as refused:
        _late(agreed, Kind.START, 1, 75)
    assert '--taking "22.05 mg"' in refused.value.hint
    followed = _late(agreed, Kind.START, 1, 75, taking=D("22.05")).plan
    assert followed.steps[step_by_date(followed, day(75)) - 1].dose_mg == D("22.05")
    with pytest.raises(EaseoffError, match="nothing says that you take it"):
        _late(agreed, Kind.START, 1, 75, taking=D("24.45"))
    assert _late(agreed, Kind.START, 1, 20).plan.steps[0].start == day(1)


@pytest.mark.hazard("H-021")
def test_after_a_red_flag_no_dose_of_the_plan_is_named_until_it_is_said() -> None:
    frozen = record(lamotrigine(), "freeze", 35, change=Change.RED_FLAG).plan
    cleared = record(frozen, "clear", 37, by=BY, why="rash, stopped at once").plan
    assert "66 mg" not in suggestion(cleared, day(45)).text
    with pytest.raises(EaseoffError, match="red-flag sign the dose you take now has to be said"):
        record(cleared, "resume", 45)


def test_a_goal_that_is_not_reached_is_not_recorded_as_reached() -> None:
    plan = running("propranolol", "80", intakes=(IntakeDose("08:00", D(80)),))
    arrives = (plan.arrives_on or plan.steps[-1].end) is not None
    with pytest.raises(EaseoffError, match="You still take 20 mg"):
        record(plan, "arrive", 200, taking=D(20))
    assert arrives


@pytest.mark.hazard("H-017")
class TestReviews:
    def test_a_plan_that_goes_on_after_a_freeze_on_its_last_dated_step_has_a_review(self) -> None:
        plan = mirtazapine()
        frozen = record(plan, "freeze", 70, change=Change.ILLNESS).plan
        cleared = record(frozen, "clear", 72, by=BY, why="seen").plan
        going = record(cleared, "resume", 73).plan
        assert going.review_on is not None and going.review_on > day(73)

    def test_a_review_while_the_plan_waits_names_the_next(self) -> None:
        held = record(mirtazapine(), "hold", 10).plan
        assert record(held, "review", 20).plan.review_on == day(20 + held.interval_days)

    def test_a_review_soon_after_the_goal_leaves_the_later_one(self) -> None:
        stayed = record(mirtazapine(), "stay", 35).plan
        due = stayed.review_on
        assert due is not None and record(stayed, "review", 36).plan.review_on == due
        assert record(stayed, "review", (due - day(0)).days + 1).plan.review_on is None


@pytest.mark.hazard("H-017")
def test_a_faster_pace_begins_tomorrow_at_the_earliest() -> None:
    plan = mirtazapine()
    faster = record(plan, "edit", 20, taking=D(27), every=14, by=BY, why="asked for").plan
    assert faster.steps[1].start == day(21)
    assert faster.steps[step_by_date(faster, day(20)) - 1].dose_mg == D(27)
