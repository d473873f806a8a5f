"""What may follow what, which dose is taken on a day, and where dates end."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal as D
from pathlib import Path

import pytest

from easeoff.planning.lifecycle import (
    Kind,
    Suggestion,
    advance,
    allowed,
    dose_at,
    next_status,
    step_by_date,
    step_taken,
    suggestion,
)
from easeoff.planning.lifecycle.moves import MOVES
from easeoff.planning.plan import Event, Plan, Status
from easeoff.planning.request import TaperRequest
from easeoff.proposing import plan_taper
from easeoff.quantities import EaseoffError
from easeoff.safety.answers import answer_person

MONDAY = date(2027, 1, 4)


def settled():
    """Someone who answered everything."""
    said = {"indication": "depression", "age": "41", "pregnancy": "no", "years": "3", "days_a_week": "7", "steady": "yes",
            "others": "none", "alcohol_units": "0"}  # fmt: skip
    no = ("alcohol_dependence", "drugs", "seizures", "past_withdrawal", "psychosis", "suicidal", "crisis", "liver",
          "kidney", "heart", "breathing")  # fmt: skip
    person = TaperRequest("x", D(1), "GB", MONDAY).person
    for key, value in (*said.items(), *((key, "no") for key in no)):
        person = answer_person(key, value, person)
    return person


@pytest.fixture(scope="module")
def draft() -> Plan:
    wish = TaperRequest(
        "mirtazapine", D(15), "GB", MONDAY, form="tablet", goal=D("7.5"), start=MONDAY, person=settled()
    )
    plan = plan_taper(wish).plan
    assert plan is not None
    return plan


def happened(plan: Plan, kind: Kind, on: date, **more) -> Plan:
    """The next version, with a made-up identity."""
    return advance(plan, Event(kind, on, "", **more), f"version {plan.version}")


@pytest.fixture(scope="module")
def running(draft) -> Plan:
    plan = happened(draft, Kind.HAND_OVER, MONDAY)
    plan = happened(plan, Kind.AGREE, MONDAY)
    return happened(plan, Kind.START, MONDAY)


def day(number: int) -> date:
    return MONDAY + timedelta(number)


class TestMoves:
    def test_every_state_says_what_may_follow_and_every_kind_is_allowed_somewhere(self):
        assert set(MOVES) == set(Status)
        assert {kind for moves in MOVES.values() for kind in moves} == set(Kind)

    def test_the_way_to_a_running_plan_leads_past_a_prescriber_and_nowhere_else(self):
        assert set(MOVES[Status.DRAFT]) == {Kind.HAND_OVER, Kind.FREEZE}
        assert set(MOVES[Status.WITH_PRESCRIBER]) == {Kind.AGREE, Kind.FREEZE}
        assert set(MOVES[Status.AGREED]) == {Kind.START, Kind.FREEZE}

    @pytest.mark.hazard("H-012")
    def test_a_frozen_plan_can_only_be_cleared_and_told_more(self):
        assert set(allowed(Status.FROZEN)) == {Kind.FREEZE, Kind.CLEAR, Kind.MISSED}

    @pytest.mark.parametrize("status", list(Status))
    @pytest.mark.parametrize("kind", list(Kind))
    def test_each_refusal_is_one_sentence_with_what_would_be_right(self, status, kind):
        if kind in MOVES[status]:
            return
        with pytest.raises(EaseoffError) as refused:
            next_status(status, kind, ())
        assert refused.value.message.count(". ") == 1 and refused.value.message.endswith(".")
        assert refused.value.hint.endswith(".")

    def test_what_was_frozen_before_its_start_goes_back_to_where_it_was(self, draft):
        plan = happened(draft, Kind.HAND_OVER, MONDAY)
        plan = happened(plan, Kind.FREEZE, MONDAY, step=0)
        assert happened(plan, Kind.CLEAR, MONDAY).status is Status.WITH_PRESCRIBER

    def test_what_was_running_waits_after_it_is_cleared(self, running):
        plan = happened(running, Kind.FREEZE, day(9), step=1)
        assert happened(plan, Kind.CLEAR, day(10)).status is Status.HELD

    def test_nothing_is_recorded_before_what_was_recorded_last(self, running):
        with pytest.raises(EaseoffError, match="lies before"):
            happened(running, Kind.HOLD, MONDAY - timedelta(1), step=0)


class TestStanding:
    def test_the_dates_say_which_step_is_taken(self, running):
        assert [step_by_date(running, day(n)) for n in (-1, 0, 27, 28, 55, 56, 500)] == [0, 1, 1, 2, 2, 3, 3]
        assert dose_at(running, 0) == 15

    def test_dates_of_a_plan_that_was_not_started_count_for_nothing(self, draft):
        assert step_by_date(draft, day(40)) == 0

    @pytest.mark.hazard("H-002")
    def test_on_the_first_day_of_a_step_it_is_asked_which_dose_is_taken(self, running):
        with pytest.raises(EaseoffError) as asked:
            step_taken(running, day(28), None)
        first, second = dose_at(running, 1), dose_at(running, 2)
        assert f'--taking "{first} mg" or --taking "{second} mg"' in asked.value.hint
        assert step_taken(running, day(28), first) == 1
        assert step_taken(running, day(28), second) == 2

    @pytest.mark.hazard("H-021")
    def test_a_dose_that_the_plan_never_came_to_is_not_taken_for_a_step(self, running):
        for taking, said in (
            (D(1), "less than"),
            (D(30), "more than"),
            (D("14.999"), "no dose of this plan"),
        ):
            with pytest.raises(EaseoffError, match=said) as refused:
                step_taken(running, day(30), taking)
            assert (
                "Contact your prescriber" in refused.value.hint
                or "contact your prescriber" in refused.value.hint
            )


class TestDates:
    def test_a_hold_takes_the_dates_of_what_is_ahead_and_keeps_the_review(self, running):
        held = happened(running, Kind.HOLD, day(10), step=1)
        assert [s.start for s in held.steps] == [MONDAY, *[None] * (len(held.steps) - 1)]
        assert held.steps[0].end is None and held.review_on == running.review_on

    @pytest.mark.hazard("H-017")
    def test_a_hold_never_makes_a_step_shorter(self, running):
        held = happened(running, Kind.HOLD, day(3), step=1)
        resumed = happened(held, Kind.RESUME, day(4), step=1, next_on=day(4))
        assert resumed.steps[1].start == day(28), "the agreed 28 days, although it was resumed after four"
        late = happened(held, Kind.RESUME, day(60), step=1, next_on=day(60))
        assert (late.steps[1].start, late.steps[0].days) == (day(60), 60)

    def test_resuming_gives_dates_up_to_the_same_review_step_and_no_further(self, running):
        held = happened(running, Kind.HOLD, day(10), step=1)
        resumed = happened(held, Kind.RESUME, day(40), step=1, next_on=day(40))
        assert [s.number for s in resumed.steps if s.start] == [1, 2, 3]
        assert resumed.review_on == day(40 + 56)

    def test_only_a_review_dates_the_next_part(self, running):
        reviewed = happened(running, Kind.REVIEW, day(84), step=3, review_steps=2)
        assert [s.number for s in reviewed.steps if s.start] == [1, 2, 3, 4, 5]
        assert reviewed.steps[3].start == day(84) and reviewed.review_on == day(84 + 56)

    @pytest.mark.hazard("H-012")
    def test_a_freeze_leaves_nothing_dated_ahead_not_even_the_review(self, running):
        frozen = happened(running, Kind.FREEZE, day(30), step=2)
        assert [s.number for s in frozen.steps if s.start] == [1, 2]
        assert (frozen.steps[1].end, frozen.review_on, frozen.arrives_on) == (None, None, None)

    def test_staying_here_ends_the_plan_at_this_dose(self, running):
        stayed = happened(running, Kind.STAY, day(30), step=2, review_on=day(58))
        assert stayed.goal_mg == running.steps[1].dose_mg == stayed.steps[-1].dose_mg
        assert stayed.status is Status.AT_GOAL and stayed.summary.steps == 2


class TestSuggestions:
    @pytest.mark.hazard("H-017")
    def test_nothing_faster_can_be_proposed(self):
        assert {s.value for s in Suggestion} == {"continue", "hold", "slower", "ask"}

    def test_a_running_plan_continues_and_says_under_which_conditions(self, running):
        found = suggestion(running, day(10))
        assert found.what is Suggestion.CONTINUE
        assert "only if this dose is tolerable" in found.text and "1 February 2027" in found.text

    def test_at_the_review_one_asks(self, running):
        assert suggestion(running, day(90)).what is Suggestion.ASK

    def test_two_holds_are_a_reason_to_go_slower(self, running):
        plan = running
        for start in (5, 40):
            plan = happened(plan, Kind.HOLD, day(start), step=1)
            plan = happened(plan, Kind.RESUME, day(start + 20), step=1, next_on=day(start + 20))
        assert suggestion(plan, day(62)).what is Suggestion.SLOWER


def test_the_guide_lists_what_may_be_recorded_in_every_state():
    """docs/how-to/follow-a-plan.md says the same as the table of moves."""
    guide = Path(__file__).parents[3] / "docs" / "how-to" / "follow-a-plan.md"
    rows = re.findall(r"^\| ([a-z:, ]+) \| (`.*) \|$", guide.read_text(encoding="utf-8"), re.MULTILINE)
    told = {
        Status(state): set(re.findall(r"`([a-z-]+)`", words))
        for states, words in rows
        for state in states.split(", ")
    }
    assert told == {status: {str(kind) for kind in allowed(status)} for status in Status}
