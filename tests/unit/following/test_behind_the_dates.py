"""Who takes a higher dose than the dates give: that dose is the dose of now, and nothing says another."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal as D

import pytest
from life_cases import BY, citalopram, day, mirtazapine, record

from easeoff.planning.lifecycle import suggestion

MORE = {
    "missed": {},
    "slower": {},
    "review": {},
    "edit": {"by": BY, "why": "asked for", "every": 30},
}


@pytest.mark.hazard("H-002", "H-021")
@pytest.mark.parametrize("number", [28, 35])
@pytest.mark.parametrize("kind", MORE)
@pytest.mark.parametrize("plan", [mirtazapine(), citalopram()], ids=["mirtazapine", "citalopram"])
def test_the_dose_recorded_as_taken_is_the_dose_of_now_for_one_whole_interval(plan, kind, number) -> None:
    taken, lower = plan.steps[0].dose_mg, plan.steps[1].dose_mg
    followed = record(plan, kind, number, taking=taken, **MORE[kind])
    new = followed.plan
    every = new.interval_days
    assert new.steps[1].start is None or new.steps[1].start >= day(number + every)
    for later in range(number, number + every):
        text = suggestion(new, day(later)).text
        assert text.startswith((f"Take {taken:f} mg a day", f"Stay on {taken:f} mg a day")), text
    assert not any(f"Take {lower:f}" in text for text in followed.words)


@pytest.mark.hazard("H-021")
def test_who_still_takes_the_starting_dose_begins_one_whole_interval_later() -> None:
    plan = record(mirtazapine(), "missed", 3, taking=D(30)).plan
    assert plan.steps[0].start == day(31)
    assert suggestion(plan, day(3)).text.startswith("Take 30 mg a day")


@pytest.mark.hazard("H-021")
def test_a_plan_resumed_from_a_higher_dose_waits_one_whole_interval() -> None:
    held = record(mirtazapine(), "hold", 30).plan
    resumed = record(held, "resume", 40, taking=D(27)).plan
    assert resumed.steps[1].start == day(40) + timedelta(28)


@pytest.mark.hazard("H-002")
def test_on_the_day_of_a_review_the_dose_recorded_is_the_dose_of_now() -> None:
    plan = mirtazapine()
    now = plan.steps[2].dose_mg
    reviewed = record(plan, "review", 90).plan
    assert suggestion(reviewed, day(90)).text.startswith(f"Take {now:f} mg a day")
