"""What is said while a plan is frozen, and after: by what froze it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from life_cases import BY, day, mirtazapine, record

from easeoff.documents.followfile import standing_json
from easeoff.planning.lifecycle import Change, next_status, suggestion
from easeoff.planning.lifecycle.kinds import Kind
from easeoff.planning.plan import Status
from easeoff.proposing.issuing import proposal_of_version
from easeoff.quantities import EaseoffError


@pytest.mark.hazard("H-012")
def test_with_a_red_flag_sign_nobody_is_told_not_to_stop() -> None:
    followed = record(mirtazapine(), "freeze", 10, change=Change.RED_FLAG)
    text = suggestion(followed.plan, day(10)).text
    assert text.startswith("Get help now.") and followed.words[0].startswith("Get help now.")
    assert "a clinician may need to stop or change the medicine at once" in text
    for said in (text, " ".join(followed.words), standing_json(followed.plan, day(10))):
        assert "not stop" not in said and "Keep taking" not in said and "go on with" not in said


@pytest.mark.hazard("H-012")
def test_a_change_that_is_no_sign_still_says_not_to_stop() -> None:
    plan = record(mirtazapine(), "freeze", 10, change=Change.PREGNANCY).plan
    assert suggestion(plan, day(10)).text.startswith("Keep taking 27 mg a day. Do not cut and do not stop.")


@pytest.mark.hazard("H-021")
@pytest.mark.parametrize("change", [Change.RED_FLAG, Change.OTHER])
def test_after_a_gap_no_later_record_brings_the_full_dose_back(change: Change) -> None:
    gap = record(mirtazapine(), "missed", 10, doses=4).plan
    for plan in (gap, record(gap, "missed", 11).plan, record(gap, "freeze", 11, change=change).plan):
        text = suggestion(plan, day(11)).text
        assert "before you take more" in text and "Keep taking" not in text
        assert "The dose now is" not in " ".join(record(gap, "missed", 11).difference.changes)


@pytest.mark.hazard("H-021")
def test_what_is_refused_while_frozen_says_what_froze_it_and_never_to_go_on_with_the_dose() -> None:
    gap = record(mirtazapine(), "missed", 10, doses=4).plan
    with pytest.raises(EaseoffError) as refused:
        next_status(gap.status, Kind.RESUME, gap.events)
    assert "before you take more" in refused.value.hint and "same dose" not in refused.value.hint
    sign = record(mirtazapine(), "freeze", 10, change=Change.RED_FLAG).plan
    with pytest.raises(EaseoffError) as refused:
        next_status(sign.status, Kind.RESUME, sign.events)
    assert "Get help now." in refused.value.hint


@pytest.mark.hazard("H-021")
def test_after_a_cleared_gap_the_dose_is_what_the_clinician_says() -> None:
    gap = record(mirtazapine(), "missed", 10, doses=7).plan
    followed = record(gap, "clear", 14, by=BY, why="looked at it")
    plan = followed.plan
    assert plan.status is Status.HELD
    text = suggestion(plan, day(14)).text
    assert "Take the dose they said" in text and "27 mg" not in text and "new plan from it" in text
    assert not any("27 mg" in said for said in followed.words)
    waits = proposal_of_version(plan, day(14)).waits
    assert waits is not None and "27 mg" not in waits.what_to_do


@pytest.mark.hazard("H-017", "H-021")
@pytest.mark.parametrize(
    "cause", [{"kind": "missed", "doses": 3}, {"kind": "freeze", "change": Change.ILLNESS}]
)
def test_a_plan_resumed_after_it_was_cleared_cuts_no_earlier_than_a_whole_interval_later(cause) -> None:
    said = dict(cause)
    frozen = record(mirtazapine(), said.pop("kind"), 27, **said).plan
    cleared = record(frozen, "clear", 30, by=BY, why="looked at it").plan
    resumed = record(cleared, "resume", 30, taking=cleared.steps[0].dose_mg).plan
    assert resumed.steps[1].start == day(30) + timedelta(28)
    assert suggestion(resumed, day(30)).text.startswith("Take 27 mg a day. 24.45 mg may begin on")


@pytest.mark.hazard("H-021")
@pytest.mark.parametrize("kind", ["resume", "review", "step-back"])
def test_after_a_cleared_gap_no_dose_is_guessed_and_none_is_put_up(kind: str) -> None:
    gap = record(mirtazapine(), "missed", 40, doses=7).plan
    cleared = record(gap, "clear", 44, by=BY, why="looked at it").plan
    with pytest.raises(EaseoffError, match="After missed doses") as refused:
        record(cleared, kind, 44)
    assert "make a new plan from it" in refused.value.hint
    if kind == "step-back":
        with pytest.raises(EaseoffError, match="no dose is put up here"):
            record(cleared, kind, 44, taking=cleared.steps[1].dose_mg)
