"""From when a dose that was gone back to is taken, and how often on one day."""

from __future__ import annotations

import pytest
from life_cases import day, mirtazapine, record

from easeoff.planning.lifecycle import suggestion
from easeoff.quantities import EaseoffError


@pytest.mark.hazard("H-021")
def test_a_step_back_is_from_the_next_dose_and_never_more_on_one_day_to_make_up() -> None:
    followed = record(mirtazapine(), "step-back", 28, taking=mirtazapine().steps[1].dose_mg)
    for text in (followed.words[0], suggestion(followed.plan, day(28)).text):
        assert text.startswith("Take 27 mg a day from your next dose on 2 February 2027")
        assert "Never take more today to make up." in text
    assert suggestion(followed.plan, day(30)).text.startswith("Stay on 27 mg a day")


@pytest.mark.hazard("H-021")
def test_a_second_step_back_on_one_day_is_refused_in_one_sentence_and_possible_the_next_day() -> None:
    plan = record(mirtazapine(), "step-back", 35).plan
    with pytest.raises(EaseoffError, match="already, so a second one cannot be recorded on") as refused:
        record(plan, "step-back", 35)
    assert "error" not in refused.value.message and "contact your prescriber today" in refused.value.hint
    again = record(plan, "step-back", 36).plan
    assert again.steps[3].dose_mg == 30 and again.steps[3].start == day(36)


@pytest.mark.hazard("H-021")
def test_step_backs_on_the_days_after_a_change_of_dose_never_end_in_an_error() -> None:
    plan = record(mirtazapine(), "step-back", 56, taking=mirtazapine().steps[2].dose_mg).plan
    with pytest.raises(EaseoffError, match="already"):
        record(plan, "step-back", 56)
    for number in (57, 58):
        plan = record(plan, "step-back", number).plan
    assert plan.steps[-1].dose_mg < 30 and max(s.dose_mg for s in plan.steps) == 30
