"""What each method does with its settings, and what does not fit is asked back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from easeoff.documents import read_plan, write_plan
from easeoff.documents.jsontext import LONGEST_TEXT
from easeoff.medicines.model import Tier
from easeoff.pharmacology import ShareOfStart
from easeoff.planning.methods import method_faults, method_records
from easeoff.planning.methods.blocks import Block, block_timetable
from easeoff.planning.methods.rhythm import Rhythm
from easeoff.planning.plan import Limits, Method
from easeoff.planning.request import (
    BandCut,
    Base,
    Indication,
    MethodName,
    MethodSettings,
    Override,
    Person,
    Pregnancy,
    TaperRequest,
)
from easeoff.planning.rules import StepRule
from easeoff.planning.solving.timetables import Asked, Timetable, follow
from easeoff.proposing import Outcome, plan_taper
from easeoff.quantities import EaseoffError

TODAY = date(2027, 1, 4)
MG = 10**6
D = Decimal
PERSON = Person(
    indication=Indication.ANXIETY, age=41, pregnancy=Pregnancy.NO, years=D(3), days_a_week=7, steady=True, others=(),
    alcohol_units=D(0), alcohol_dependence=False, drugs=False, seizures=False, past_withdrawal=False, psychosis=False,
    suicidal=False, crisis=False, liver=False, kidney=False, heart=False, breathing=False, relapse_plan=True,
)  # fmt: skip
AGREED = Override("Dr A", "GP", "1234567", "We agreed on this pace.", TODAY)


def wish(method: MethodName, medicine: str = "sertraline", dose: str = "100", **more: object) -> TaperRequest:
    settings = more.pop("settings", MethodSettings())
    return TaperRequest(
        medicine,
        D(dose),
        "GB",
        TODAY,
        method=method,
        tier=Tier.SPECIAL,
        start=TODAY,
        person=PERSON,
        settings=settings,
        **more,
    )


def test_every_method_has_a_record_with_its_sentences_and_sources() -> None:
    from easeoff.medicines import load_sources

    assert method_faults({source.id for source in load_sources()}) == ()
    assert {record.name for record in method_records()} == set(MethodName)


def test_a_method_says_in_the_plan_who_uses_it_and_what_is_known() -> None:
    plan = plan_taper(wish(MethodName.SLIDE)).plan
    assert plan is not None and plan.method.about is not None
    assert "Brassmonkey" in plan.method.about.used_by
    assert "brassmonkey_slide" in {cited.source.id for cited in plan.sources}


def test_the_files_of_every_method_read_back_to_the_same_bytes() -> None:
    for request in (
        wish(MethodName.SLIDE, settings=MethodSettings(base=Base.CURRENT, hold=0)),
        wish(
            MethodName.BANDS, settings=MethodSettings(bands=(BandCut(D(50), D(5), 42), BandCut(D(0), D(2))))
        ),
        wish(MethodName.TABLE, settings=MethodSettings(schedule="DTB-SER-100")),
        wish(MethodName.PERCENT_START, settings=MethodSettings(ramp=(42, 28), half_then=D("50"))),
        wish(MethodName.PERCENT_CURRENT, settings=MethodSettings(unit=D(50), at_least=400)),
    ):
        plan = plan_taper(request).plan
        assert plan is not None
        text = write_plan(plan)
        assert read_plan(text) == plan and write_plan(read_plan(text)) == text


def test_a_plan_without_settings_has_no_field_for_them() -> None:
    plan = plan_taper(wish(MethodName.OCCUPANCY)).plan
    assert plan is not None and '"settings"' not in write_plan(plan)


# --- bands, half then, the smallest piece -------------------------------------------------------------------------------


def test_a_cut_stops_at_the_edge_of_its_band() -> None:
    rule = StepRule(ShareOfStart(40 * MG), 40 * MG, bands=((20 * MG, 3 * MG), (0, MG)))
    assert rule.floor(22 * MG) == 20 * MG
    assert rule.floor(20 * MG) == 19 * MG
    assert rule.binding(22 * MG) == "the band for this dose"


def test_the_floor_of_bands_never_falls_as_the_dose_rises() -> None:
    rule = StepRule(
        ShareOfStart(60 * MG),
        60 * MG,
        bands=((50 * MG, 10 * MG), (40 * MG, 5 * MG), (15 * MG, 2 * MG), (0, MG)),
    )
    floors = [rule.floor(dose * MG // 10) for dose in range(1, 601)]
    assert floors == sorted(floors)


def test_bands_of_a_published_schedule_keep_to_the_last_steps_of_their_class() -> None:
    request = wish(
        MethodName.BANDS, "diazepam", "20", settings=MethodSettings(schedule="CKS-DZP-20-1W"), max_pieces=6
    )
    plan = plan_taper(request).plan
    assert plan is not None and plan.method.bands[0] == BandCut(D(10), D(1), 7)
    assert plan.method.limits.last_steps_mg == D("0.5")
    assert {step.days for step in plan.steps} == {7}
    assert plan.steps[-1].dose_mg <= D("0.5")


def test_faster_bands_than_the_class_stay_a_draft_until_a_prescriber_agrees() -> None:
    bands = MethodSettings(bands=(BandCut(D(0), D(25)),))
    request = wish(MethodName.BANDS, "pregabalin", "300", settings=bands)
    request = replace(request, person=replace(PERSON, indication=Indication.ANXIETY))
    proposal = plan_taper(request)
    assert {"cuts-above-pace"} <= {f.rule for f in proposal.findings}
    assert "pace" in {q.key for q in proposal.open_questions}
    agreed = plan_taper(replace(request, override=AGREED))
    assert "pace" not in {q.key for q in agreed.open_questions}


def test_down_to_half_the_smallest_piece_ends_in_a_step_that_is_said() -> None:
    proposal = plan_taper(wish(MethodName.PERCENT_CURRENT, limit=D(25), settings=MethodSettings(unit=D(50))))
    assert proposal.plan is not None
    assert proposal.plan.steps[-1].dose_mg <= D(25) < proposal.plan.steps[-2].dose_mg
    assert "last-cut-above-pace" in {f.rule for f in proposal.findings}


# --- days ---------------------------------------------------------------------------------------------------------------


def test_a_ramp_shortens_after_pairs_and_has_no_date_from_there() -> None:
    request = wish(
        MethodName.PERCENT_START, limit=D(10), review=6, settings=MethodSettings(ramp=(56, 42, 28))
    )
    plan = plan_taper(request).plan
    assert plan is not None
    assert [step.days for step in plan.steps[:7]] == [56, 56, 42, 42, 28, 28, 28]
    dated = [step for step in plan.steps if step.start]
    assert len(dated) in (0, 2), "the shorter interval is asked for first"
    assert "only if the last 2 cuts" in plan.steps[2].because[-1]
    assert "only if" not in plan.steps[3].because[-1]


@pytest.mark.parametrize("at_least", [100, 500, 501])
def test_a_least_length_only_lengthens(at_least: int) -> None:
    path = [10, 8, 6, 4, 2, 0]
    plain, longer = Rhythm(28).days(path), Rhythm(28, at_least=at_least).days(path)
    assert sum(longer[:-1]) == max(at_least, sum(plain[:-1]))
    assert all(a >= b for a, b in zip(longer, plain, strict=True))
    assert max(longer[:-1]) - min(longer[:-1]) <= 1


def test_review_counts_blocks_where_cuts_are_small() -> None:
    method = Method(MethodName.MICRO, "", Limits(), None, (), block_days=30)
    assert method.near_steps([1] * 200, 3) == 90
    assert replace(method, block_days=None).near_steps([28] * 9, 3) == 3
    assert replace(method, block_days=None, ramp=(42, 28)).near_steps([42, 42, 28, 28], 3) == 2


# --- timetables ------------------------------------------------------------------------------------------------------------


def test_rounding_goes_up_and_equal_neighbours_are_one_step() -> None:
    timetable = Timetable((*(Asked(dose, 7) for dose in (95, 90, 85, 80)), Asked(0, 0)), late_days=28)
    rule = StepRule(ShareOfStart(100), 100)
    found = follow(timetable, [(90,), (80,)], (100,), rule)
    assert found is not None
    assert found.splits == ((90,), (80,), (0,))
    assert found.days[:2] == (14, 7) and found.waiting == 7
    assert found.ideals == (90, 80, 0)


def test_no_fall_is_larger_than_the_rule_allows_where_a_dose_between_can_be_made() -> None:
    timetable = Timetable((Asked(70, 7), Asked(0, 0)), late_days=28)
    rule = StepRule(ShareOfStart(100), 100, cap=Fraction(1, 10), cap_above=10, tail=10)
    found = follow(timetable, [(dose,) for dose in range(1, 100)], (100,), rule)
    assert found is not None and found.over == ()
    doses = [100, *(split[0] for split in found.splits)]
    assert all(rule.allows(a, b) for a, b in pairwise(doses))


def test_a_fall_that_cannot_be_avoided_is_taken_only_when_the_timetable_is_there() -> None:
    timetable = Timetable((Asked(90, 7), Asked(80, 7), Asked(50, 7), Asked(0, 0)), late_days=28)
    rule = StepRule(ShareOfStart(100), 100, cap=Fraction(1, 10), cap_above=10, tail=10)
    found = follow(timetable, [(50,)], (100,), rule)
    assert found is not None
    assert found.splits == ((50,), (0,)) and found.over == (0, 1) and found.waiting == 14


def test_no_time_of_day_rises_on_a_timetable() -> None:
    timetable = Timetable((Asked(90, 7), Asked(60, 7), Asked(0, 0)), late_days=28)
    splits = [(50, 40), (60, 30), (30, 30), (45, 20)]
    found = follow(timetable, splits, (50, 50), StepRule(ShareOfStart(100), 100))
    assert found is not None
    assert found.splits == ((50, 40), (30, 30), (0, 0))


def test_the_micro_taper_takes_nothing_less_than_its_timetable_and_less_each_day() -> None:
    timetable = block_timetable(100 * MG, Block(Fraction(5, 3000), 30, 1), 10 * MG, Fraction(5 * MG), 3650)
    doses = [asked.dose for asked in timetable.asked]
    assert all(a > b for a, b in pairwise(doses))
    assert doses[29] == 95 * MG and doses[-1] == 0
    # 45 months to a tenth, then about two months in equal cuts.
    assert 1350 < len(doses) < 1420


def test_a_timetable_of_more_than_ten_years_is_asked_back() -> None:
    with pytest.raises(EaseoffError, match="more than 3650 days"):
        plan_taper(wish(MethodName.MICRO, limit=D("0.5")))


def test_the_slide_says_which_reading_it_is() -> None:
    linear = plan_taper(wish(MethodName.SLIDE)).plan
    compound = plan_taper(wish(MethodName.SLIDE, settings=MethodSettings(base=Base.CURRENT))).plan
    assert linear is not None and compound is not None
    assert "10 % in 42 days" in linear.method.base and "start of each block" in linear.method.base
    assert "9.63 % in 42 days" in compound.method.base and "before each cut" in compound.method.base


def test_a_timetable_claims_nothing_of_shorter_ways() -> None:
    plan = plan_taper(wish(MethodName.SLIDE)).plan
    assert plan is not None
    assert not plan.summary.checked_steps and not plan.summary.checked_handling


def test_small_cuts_are_judged_by_their_speed_not_by_the_days_between_them() -> None:
    proposal = plan_taper(wish(MethodName.SLIDE, "mirtazapine", "30"))
    assert "interval-below-pace" not in {f.rule for f in proposal.findings}
    faster = plan_taper(
        wish(MethodName.SLIDE, "mirtazapine", "30", limit=D(10), settings=MethodSettings(hold=0))
    )
    assert {"limit-above-pace", "interval-below-pace"} & {f.rule for f in faster.findings}
    assert faster.outcome in {Outcome.DRAFT, Outcome.NOT_WITHIN_LIMITS}


# --- what is asked back -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "settings", "what"),
    [
        (MethodName.BANDS, MethodSettings(), "Bands need to be said"),
        (MethodName.BANDS, MethodSettings(bands=(BandCut(D(20), D(2)),)), "above 0 mg"),
        (MethodName.BANDS, MethodSettings(bands=(BandCut(D(1), D(2)), BandCut(D(5), D(2)), BandCut(D(0), D(1)))), "do not fall"),
        (MethodName.BANDS, MethodSettings(bands=(BandCut(D(0), D(0)),)), "A cut of 0 mg"),
        (MethodName.BANDS, MethodSettings(schedule="DTB-SER-100"), "has no bands"),
        (MethodName.TABLE, MethodSettings(), "Which published schedule"),
        (MethodName.TABLE, MethodSettings(schedule="DTB-SER-100", at_least=90), "least length does not belong"),
        (MethodName.SLIDE, MethodSettings(base=Base.MONTH), "does not count from the month"),
        (MethodName.MICRO, MethodSettings(cuts=3), "cuts does not belong to the method micro"),
        (MethodName.OCCUPANCY, MethodSettings(half_then=D(50)), "lower level for the cuts does not belong"),
        (MethodName.PERCENT_START, MethodSettings(half_then=D(100)), "cannot be used"),
        (MethodName.PERCENT_START, MethodSettings(ramp=(28, 42)), "do not shorten"),
        (MethodName.PERCENT_CURRENT, MethodSettings(unit=D(200)), "smallest piece of 200 mg cannot be used"),
        (MethodName.SLIDE, MethodSettings(cuts=99), "99 cuts in a block"),
        (MethodName.SLIDE, MethodSettings(ramp=(42, 28)), "intervals that shorten does not belong"),
    ],
)  # fmt: skip
def test_settings_that_do_not_fit_are_asked_back(
    method: MethodName, settings: MethodSettings, what: str
) -> None:
    with pytest.raises(EaseoffError, match=what) as raised:
        plan_taper(wish(method, settings=settings))
    assert raised.value.hint


def test_a_table_takes_no_limit_and_a_ramp_no_second_interval() -> None:
    with pytest.raises(EaseoffError, match="its own doses"):
        plan_taper(wish(MethodName.TABLE, limit=D(5), settings=MethodSettings(schedule="DTB-SER-100")))
    with pytest.raises(EaseoffError, match="both say how long"):
        plan_taper(wish(MethodName.OCCUPANCY, every=28, settings=MethodSettings(ramp=(42, 28))))


def test_the_file_of_the_longest_micro_taper_can_be_read_again() -> None:
    plan = plan_taper(wish(MethodName.MICRO, "mirtazapine", "45", limit=D(3))).plan
    assert plan is not None and plan.summary.days > 2000
    each = len(write_plan(plan)) / len(plan.steps)
    assert each * 3650 < LONGEST_TEXT
