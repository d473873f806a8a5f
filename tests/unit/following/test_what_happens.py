"""What follows from what happened, as sentences a clinician would check."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest
from life_cases import BY, citalopram, day, draft, lamotrigine, mirtazapine, propranolol, record, running

from easeoff.documents import limits_sentence
from easeoff.medicines import load_formulary
from easeoff.medicines.model import Tier
from easeoff.planning.lifecycle import Change
from easeoff.planning.plan import Status
from easeoff.planning.request import MethodName, Person
from easeoff.proposing.following import Stopped
from easeoff.proposing.replanning import NoSuchPlan
from easeoff.quantities import EaseoffError


def doses(plan):
    return [s.dose_mg for s in plan.steps]


class TestAgreeing:
    @pytest.mark.hazard("H-038")
    def test_nobody_can_agree_to_a_draft_with_open_questions(self):
        plan = record(draft("mirtazapine", "15", goal="7.5", person=Person(age=41)), "hand-over", 0).plan
        with pytest.raises(EaseoffError, match="Questions are still open"):
            record(plan, "agree", 0, by=BY)

    @pytest.mark.hazard("H-038", "H-040")
    def test_nobody_can_agree_to_a_draft_over_its_limits(self):
        plan = record(draft("sertraline", "100"), "hand-over", 0).plan
        with pytest.raises(NoSuchPlan, match="not within its limits"):
            record(plan, "agree", 0, by=BY)

    @pytest.mark.hazard("H-013")
    def test_nobody_can_agree_while_a_stop_stands(self):
        shown = record(draft("mirtazapine", "15", goal="7.5"), "hand-over", 0).plan
        young = replace(shown, request=replace(shown.request, person=replace(shown.request.person, age=16)))
        with pytest.raises(Stopped):
            record(young, "agree", 0, by=BY)

    def test_who_agreed_is_asked(self):
        with pytest.raises(EaseoffError, match="Who agreed"):
            record(record(draft("mirtazapine", "15", goal="7.5"), "hand-over", 0).plan, "agree", 0)


class TestMissed:
    @pytest.mark.hazard("H-021")
    def test_one_missed_dose_changes_nothing_and_is_never_doubled(self):
        before = mirtazapine()
        followed = record(before, "missed", 10)
        assert (followed.plan.steps, followed.plan.status) == (before.steps, Status.RUNNING)
        assert followed.words[0].startswith("Never take a double dose")
        assert followed.difference.changes == ("The dose now is 27 mg a day.",)

    @pytest.mark.hazard("H-021")
    def test_several_missed_doses_freeze_the_plan_and_a_clinician_is_asked_today(self):
        followed = record(mirtazapine(), "missed", 10, doses=2)
        assert followed.plan.status is Status.FROZEN
        assert "Ask your prescriber or pharmacist today" in followed.words[0]
        assert not any(s.start and s.start > day(10) for s in followed.plan.steps)

    @pytest.mark.hazard("H-021")
    def test_lamotrigine_is_never_started_again_in_full(self):
        words = " ".join(record(lamotrigine(), "missed", 10, doses=5).words)
        assert "Lamotrigine is never started again at a full dose without a clinician." in words


@pytest.mark.hazard("H-033")
def test_nobody_is_told_that_no_slide_is_shorter():
    """The rest of a slide is followed, not looked for."""
    plan = running("mirtazapine", "30", tier=Tier.SPECIAL, method=MethodName.SLIDE)
    slower = record(plan, "slower", 30).plan
    assert slower.events[-1].course is not None
    assert not slower.summary.checked_steps
    assert "No shorter plan" not in limits_sentence(slower)


class TestStepBack:
    @pytest.mark.hazard("H-021")
    def test_it_goes_to_the_last_dose_before_and_waits_there(self):
        plan = mirtazapine()
        back = record(plan, "step-back", 35).plan
        assert (back.status, back.steps[2].dose_mg, back.steps[2].start) == (
            Status.STEPPED_BACK,
            D(27),
            day(35),
        )
        assert all(s.start is None for s in back.steps[3:])

    def test_afterwards_the_steps_are_smaller_and_slower(self):
        plan = mirtazapine()
        back = record(plan, "step-back", 35).plan
        assert back.interval_days == 42
        ahead = back.steps[3:]
        assert ahead[0].dose_mg > plan.steps[1].dose_mg, "not the step that was too much again"
        assert all(s.days == 42 for s in ahead)

    @pytest.mark.hazard("H-021")
    def test_there_is_nothing_above_the_starting_dose(self):
        with pytest.raises(EaseoffError, match="the dose this plan began with"):
            record(mirtazapine(), "step-back", 10, taking=D(30))
        with pytest.raises(EaseoffError, match="no dose to go back to"):
            record(mirtazapine(), "step-back", 35, to=D(60))

    def test_going_back_to_the_starting_dose_says_how_to_make_it(self):
        plan = mirtazapine()
        back = record(plan, "step-back", 10).plan
        assert back.steps[1].dose_mg == 30 == sum(i.mg for i in back.steps[1].intakes)
        assert all(p.how for i in back.steps[1].intakes for p in i.portions)

    @pytest.mark.hazard("H-021")
    def test_lamotrigine_goes_back_only_with_a_clinician(self):
        with pytest.raises(EaseoffError, match="never put back up without a clinician") as refused:
            record(lamotrigine(), "step-back", 10)
        assert "keep taking what you take now" in refused.value.hint
        assert record(lamotrigine(), "step-back", 10, by=BY).plan.status is Status.STEPPED_BACK

    def test_a_dose_taken_this_morning_is_changed_from_tomorrow_on(self):
        plan = mirtazapine()
        back = record(plan, "step-back", 28, taking=plan.steps[1].dose_mg).plan
        assert back.steps[2].start == day(29)


class TestWhatIsReallyTaken:
    def test_who_did_not_go_back_after_all_has_no_rise_ahead_and_a_whole_step(self):
        plan = record(mirtazapine(), "step-back", 35).plan
        still = record(plan, "resume", 40, taking=D("24.45")).plan
        assert all(a > b for a, b in zip(doses(still)[1:], doses(still)[2:], strict=False))
        assert (
            still.steps[1].dose_mg == D("24.45") and (still.steps[2].start - still.steps[1].start).days >= 42
        )

    def test_who_stayed_on_the_step_before_gets_dates_from_there(self):
        plan = mirtazapine()
        stayed = record(plan, "missed", 35, taking=D(27)).plan
        assert stayed.steps[0].end == day(62) and stayed.steps[1].start == day(63), "one whole interval on"
        assert doses(stayed) == doses(plan)

    def test_at_the_goal_another_dose_is_asked_back(self):
        stayed = record(mirtazapine(), "stay", 35).plan
        with pytest.raises(EaseoffError, match=r"the goal of 24\.45 mg is reached"):
            record(stayed, "missed", 40, taking=D(27))


class TestSlower:
    def test_more_time_keeps_the_doses(self):
        plan = citalopram()
        slowed = record(plan, "slower", 10).plan
        assert (doses(slowed), slowed.interval_days, slowed.status) == (doses(plan), 42, Status.SLOWED)
        assert slowed.steps[1].start == day(42), "the step of now lasts as long, too"

    def test_smaller_steps_are_worked_out_from_the_dose_of_now(self):
        plan = running("diazepam", "6", "US", goal="2")
        slowed = record(plan, "slower", 10, limit=D(8)).plan
        assert doses(slowed)[0] == doses(plan)[0] and len(slowed.steps) > len(plan.steps)
        assert slowed.method.limits.percent_of_current == 8
        assert slowed.start_dose_mg == 6, "the base stays the person's own starting dose"

    @pytest.mark.hazard("H-017")
    @pytest.mark.parametrize("faster", [{"every": 14}, {"limit": D(50)}, {"every": 28}])
    def test_what_is_not_slower_is_refused(self, faster):
        with pytest.raises(EaseoffError):
            record(mirtazapine(), "slower", 10, **faster)

    def test_what_cannot_be_made_is_no_plan(self):
        with pytest.raises(NoSuchPlan):
            record(citalopram(), "slower", 10, limit=D("0.5"))


class TestEdit:
    @pytest.mark.hazard("H-017", "H-033")
    def test_faster_needs_a_prescriber_and_is_flagged(self):
        plan = record(citalopram(), "slower", 10).plan
        with pytest.raises(EaseoffError, match="take responsibility"):
            record(plan, "edit", 12, every=28)
        followed = record(plan, "edit", 12, every=28, by=BY, why="asked for")
        assert followed.difference.faster
        assert any(f.rule == "faster-by-edit" for f in followed.plan.findings)
        assert any("faster than was agreed" in text for text in followed.difference.changes)


class TestChangeProduct:
    @pytest.mark.hazard("H-008")
    def test_the_change_is_a_step_of_its_own_without_a_cut(self):
        plan = mirtazapine()
        ids = [p.id for p in load_formulary("mirtazapine", "GB").products if p.tier and p.route == "oral"]
        weaker = tuple(i for i in ids if "6mg-per-ml" in i or "tablet" in i or "capsule" in i)
        changed = record(plan, "change-product", 10, products=weaker)
        step = changed.plan.steps[1]
        assert (step.dose_mg, step.drop, step.start) == (D(27), 0, day(10))
        later = {p.product for s in changed.plan.steps[1:] for i in s.intakes for p in i.portions}
        assert later <= set(weaker)
        assert changed.plan.steps[2].start == day(38), "the next cut waits a whole interval"
        assert "take the old one back" in " ".join(changed.words)

    def test_products_that_cannot_make_the_dose_of_now_are_refused(self):
        tablets = tuple(p.id for p in load_formulary("mirtazapine", "GB").products if p.mg_per_unit == 45)
        with pytest.raises(NoSuchPlan, match="cannot make the 27 mg"):
            record(mirtazapine(), "change-product", 10, products=tablets)

    @pytest.mark.hazard("H-008")
    def test_a_new_way_on_never_brings_a_second_concentration_unasked(self):
        plan = record(mirtazapine(), "step-back", 35).plan
        liquids = {p.id for p in load_formulary("mirtazapine", "GB").products if p.is_liquid}
        used = {p.product for s in plan.steps for i in s.intakes for p in i.portions}
        assert len(used & liquids) == 1


class TestFreeze:
    @pytest.mark.hazard("H-012")
    @pytest.mark.parametrize("change", list(Change))
    def test_it_says_what_to_take_and_whom_to_contact(self, change):
        followed = record(mirtazapine(), "freeze", 10, change=change)
        text = " ".join(followed.words)
        if change is Change.RED_FLAG:
            assert "get help now" in text
        else:
            assert text.startswith(
                "Keep taking 27 mg as you do now. Do not cut and do not stop. Contact your prescriber today."
            )
        assert followed.plan.review_on is None


class TestTheGoal:
    def test_nothing_is_reached_before_its_day(self):
        with pytest.raises(EaseoffError, match="not reached yet"):
            record(propranolol(), "arrive", 5)

    def test_after_the_last_dose_a_review_has_a_day_and_nothing_is_started_again_alone(self):
        plan = record(propranolol(), "review", 20).plan
        arrived = record(plan, "arrive", 21).plan
        assert (arrived.status, arrived.review_on) == (Status.AT_GOAL, day(28))
        assert record(arrived, "review", 28).plan.status is Status.REVIEWED
        with pytest.raises(EaseoffError) as refused:
            record(arrived, "step-back", 30)
        assert "Do not start again alone" in refused.value.hint

    def test_staying_is_a_goal_like_any_other(self):
        stayed = record(mirtazapine(), "stay", 35).plan
        assert (stayed.goal_mg, stayed.status) == (D("24.45"), Status.AT_GOAL)
        assert stayed.summary.last_drop == stayed.steps[-1].drop


class TestBadInput:
    @pytest.mark.parametrize(
        ("kind", "number", "more", "said"),
        [
            ("missed", 10, {"doses": 0}, "cannot be recorded"),
            ("review", 15, {"review_steps": 99}, "cannot be used"),
            ("resume", 3000, {}, "Only a plan that is held"),
            ("hold", -900, {}, "more than a year away"),
            ("change-product", 10, {}, "Which products"),
            ("edit", 10, {"by": BY, "why": "x"}, "What to change"),
            ("gap", 10, {}, "missed doses"),
            ("hold", 10, {"why": "x" * 999}, "too long"),
            ("stay", 10, {"taking": D(30)}, "no lower dose"),
        ],
    )
    def test_each_is_asked_back_in_a_sentence(self, kind, number, more, said):
        from life_cases import Happening, Kind, follow, identity

        plan = mirtazapine()
        with pytest.raises(EaseoffError, match=said) as refused:
            follow(plan, Happening(Kind(kind), day(number), **more), replaces=identity(plan), today=day(15))
        assert refused.value.hint

    def test_what_has_taken_place_is_not_ahead(self):
        from life_cases import Happening, Kind, follow, identity

        plan = mirtazapine()
        with pytest.raises(EaseoffError, match="has not come yet"):
            follow(plan, Happening(Kind.MISSED, day(30)), replaces=identity(plan), today=day(10))


def test_a_special_plan_stays_within_its_tier_when_it_is_slowed():
    plan = running("mirtazapine", "30", tier=Tier.SPECIAL)
    assert record(plan, "slower", 10).plan.request.tier is Tier.SPECIAL
