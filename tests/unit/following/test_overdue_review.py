"""A review whose day has passed: said in plain words everywhere, and no lower dose comes before it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from life_cases import day, draft, mirtazapine, propranolol, record, running

from easeoff.directory import crisis_panel
from easeoff.documents.scheduledata import schedule_data
from easeoff.medicines import load_formulary
from easeoff.planning.lifecycle import Kind, Suggestion, dose_at, review_overdue, suggestion
from easeoff.planning.plan import Plan, Status
from easeoff.proposing.issuing import proposal_of_version
from easeoff.quantities import EaseoffError, format_date, format_mg
from easeoff.safety.happenings import EARLY_SIGNS, words_for

#: Three steps of 28 days: the review is on day 84.
REVIEW = 84


def _schedule(plan: Plan) -> dict[str, object]:
    formulary = load_formulary(plan.medicine, plan.country)
    return schedule_data(plan, formulary, crisis_panel((), plan.country, plan.created_on))


@pytest.mark.hazard("H-017")
def test_the_day_after_the_review_a_plan_that_runs_says_that_it_is_overdue_and_which_dose_goes_on() -> None:
    plan = mirtazapine()
    assert plan.review_on == day(REVIEW)
    last = format_mg(dose_at(plan, 3))
    on_the_day = suggestion(plan, day(REVIEW))
    assert "overdue" not in on_the_day.text and "planned for" in on_the_day.text
    late = suggestion(plan, day(REVIEW + 1))
    assert late.what is Suggestion.ASK
    assert late.text.startswith(
        f"Stay on {last} a day until your review has taken place. Your review is overdue"
    )
    assert format_date(day(REVIEW)) in late.text and "No lower dose begins before it." in late.text
    waits = proposal_of_version(plan, day(REVIEW + 1)).waits
    assert waits is not None and "is overdue" in waits.why


@pytest.mark.hazard("H-017")
def test_a_plan_that_waits_says_it_too() -> None:
    held = record(mirtazapine(), "hold", 40).plan
    assert "overdue" not in suggestion(held, day(REVIEW)).text
    late = suggestion(held, day(REVIEW + 20)).text
    assert late.startswith("Stay on 24.45 mg a day") and "Your review is overdue" in late
    reviewed = record(held, "review", REVIEW + 20).plan
    assert review_overdue(reviewed, day(REVIEW + 30)) is None


@pytest.mark.hazard("H-017")
@pytest.mark.parametrize("number", [REVIEW, REVIEW + 20])
def test_going_on_after_a_hold_does_not_put_the_review_off_in_silence(number: int) -> None:
    held = record(mirtazapine(), "hold", 40).plan
    with pytest.raises(EaseoffError) as refused:
        record(held, "resume", number)
    assert f"A review was planned for {format_date(day(REVIEW))}" in refused.value.message
    assert "keep taking what you take now" in refused.value.hint and "record review" in refused.value.hint
    reviewed = record(held, "review", number).plan
    assert record(reviewed, "resume", number + 1).plan.status is Status.RUNNING


def test_before_the_review_going_on_is_as_it_was() -> None:
    held = record(mirtazapine(), "hold", 40).plan
    assert record(held, "resume", REVIEW - 1).plan.status is Status.RUNNING


@pytest.mark.hazard("H-016")
def test_a_review_after_the_last_dose_can_be_overdue_too() -> None:
    plan = record(mirtazapine(), "stay", 40).plan
    assert plan.review_on is not None
    late = plan.review_on + timedelta(1)
    assert "Your review is overdue" in suggestion(plan, late).text
    waits = proposal_of_version(plan, late).waits
    assert waits is not None and "is overdue: ask your prescriber for it today" in waits.what_to_do
    assert "overdue" not in suggestion(plan, plan.review_on).text


@pytest.mark.hazard("H-017")
def test_on_the_first_day_of_a_lower_dose_it_may_be_taken_and_only_if() -> None:
    text = suggestion(mirtazapine(), day(28)).text
    assert text.startswith(
        "From today 24.45 mg a day may be taken instead of 27 mg, and only if 27 mg is tolerable"
    )
    assert "Otherwise stay on 27 mg a day and record hold. 22.05 mg may begin on 1 March 2027" in text
    held = record(mirtazapine(), "hold", 40).plan
    resumed = record(held, "resume", 60).plan
    today = suggestion(resumed, day(60)).text
    assert today.startswith("From today 22.05 mg a day may be taken instead of 24.45 mg, and only if")
    assert "Then stay on it until your review has taken place. It is planned for" in today
    assert suggestion(resumed, day(61)).text.startswith("Stay on 22.05 mg a day")


@pytest.mark.hazard("H-023")
def test_the_schedule_says_what_is_taken_when_there_is_no_review() -> None:
    review = str(_schedule(mirtazapine())["review"])
    assert review.startswith(
        f"Your review is on {format_date(day(REVIEW))}. Until it has taken place, also when it is late,"
    )
    assert (
        "stay on 22.05 mg a day. Do not begin step 4, and do not stop unless a clinician tells you to."
        in review
    )
    staying = running("citalopram", "20", goal="15")
    assert _schedule(staying)["review"] == "" and len(staying.steps) <= 3, "the goal goes on by itself"


@pytest.mark.hazard("H-016", "H-045")
def test_with_an_antipsychotic_early_signs_come_before_any_word_on_waiting() -> None:
    quetiapine = load_formulary("quetiapine", "GB").medicine
    plan = draft("quetiapine", "100")
    hard = _schedule(plan)["hard"]
    assert isinstance(hard, tuple) and hard[0] == EARLY_SIGNS
    words = words_for(Kind.HOLD, quetiapine, plan.start_dose_mg)
    assert words.index(EARLY_SIGNS) < next(n for n, text in enumerate(words) if "Mild signs" in text)
    assert EARLY_SIGNS in words_for(Kind.STEP_BACK, quetiapine, plan.start_dose_mg)
    other = _schedule(propranolol())["hard"]
    assert isinstance(other, tuple) and EARLY_SIGNS not in other
