"""Which time of day goes first, and which are never left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from easeoff.documents import read_plan, write_plan
from easeoff.medicines import load_medicine
from easeoff.medicines.model import Tier
from easeoff.planning.request import IntakeDose, TaperRequest
from easeoff.planning.solving.splits import splits_of
from easeoff.planning.times import leaves_fast
from easeoff.proposing import plan_taper
from easeoff.quantities import EaseoffError

TODAY = date(2027, 1, 4)
TWICE = (IntakeDose("08:00", D(2)), IntakeDose("22:00", D(4)))


def wish(medicine="diazepam", intakes=TWICE, **more):
    dose = sum((i.mg for i in intakes), D(0))
    return TaperRequest(
        medicine, dose, "GB", TODAY, form="tablet", intakes=intakes, tier=Tier.SPECIAL, **more
    )


def by_time(plan):
    return [tuple(i.mg for i in step.intakes) for step in plan.steps]


def test_the_daytime_dose_goes_first_where_it_was_asked_for():
    plan = plan_taper(wish(reduce_first="08:00", goal=D(0))).plan
    assert plan is not None
    split = by_time(plan)
    gone = [morning for morning, _ in split].index(D(0))
    assert all(night == 4 for _, night in split[:gone])
    assert [night for _, night in split] == sorted((night for _, night in split), reverse=True)
    assert any("08:00 goes first, as you asked" in reason for reason in plan.method.because)
    text = write_plan(plan)
    assert read_plan(text).request.reduce_first == "08:00" and write_plan(read_plan(text)) == text


def test_unasked_all_times_go_down_together():
    plan = plan_taper(wish(goal=D(3))).plan
    assert plan is not None
    assert by_time(plan)[-1][0] > 0 and by_time(plan)[-1][1] < 4
    assert '"reduce_first"' not in write_plan(plan)


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (wish(reduce_first="22:00"), "is the last dose of the day"),
        (wish(reduce_first="09:00"), "is not one of several times"),
        (wish("sertraline", (IntakeDose("08:00", D(50)), IntakeDose("22:00", D(50))), reduce_first="08:00"), "No source says"),
        (wish("alprazolam", (IntakeDose("08:00", D("0.5")), IntakeDose("22:00", D("0.5"))), reduce_first="08:00"), "leaves the body fast"),
    ],
)  # fmt: skip
def test_it_is_refused_where_no_record_allows_it(request_, said):
    with pytest.raises(EaseoffError, match=said) as refused:
        plan_taper(request_)
    assert refused.value.hint


def test_fast_is_by_the_active_substance_and_unknown_counts_as_fast():
    assert leaves_fast(load_medicine("alprazolam")) and leaves_fast(load_medicine("venlafaxine"))
    assert not leaves_fast(load_medicine("diazepam")) and not leaves_fast(load_medicine("chlordiazepoxide"))
    unknown = replace(load_medicine("diazepam"), half_lives=())
    assert leaves_fast(unknown)


def test_a_fast_medicine_keeps_every_time_of_day_until_the_last_step():
    thrice = tuple(IntakeDose(time, D(300)) for time in ("08:00", "14:00", "22:00"))
    plan = plan_taper(replace(wish("gabapentin", thrice, goal=D(0)), form="capsule")).plan
    assert plan is not None and plan.steps
    assert all(all(mg > 0 for mg in doses) for doses in by_time(plan))
    assert any("no time of day is left out before the last step" in reason for reason in plan.method.because)


def test_kept_times_leave_only_splits_without_a_gap():
    every = splits_of((2, 4), frozenset({1}))
    kept = splits_of((2, 4), frozenset({1}), keep_times=True)
    assert kept < every and all(all(split) for split in kept)
    assert splits_of((2, 4), frozenset({1}), first=0) == {(1, 4), (0, 4), (0, 3), (0, 2), (0, 1)}
