"""What a plan does: falls, settling, missed doses, the band, and what is said where a figure is missing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from easeoff import simulate
from easeoff.documents.levelcharts import level_chart, level_letters, level_svg
from easeoff.documents.levelwords import NOT_MEASURED, sections
from easeoff.documents.wavechart import wave_chart, wave_letters, wave_svg
from easeoff.medicines import load_medicine
from easeoff.medicines.model import Release, Tier
from easeoff.planning.request import Indication, IntakeDose, Person, Pregnancy, TaperRequest
from easeoff.proposing import plan_taper
from easeoff.quantities import EaseoffError
from easeoff.simulating.depots import depot_course, find_depot
from easeoff.simulating.known import MissingKinetics, absorption_rate, known_of
from easeoff.simulating.people import draw
from easeoff.simulating.questions import Event

TODAY = date(2026, 1, 5)


#: Nothing open and nothing that stops: only then does a plan carry dates.
SAID = Person(
    Indication.DEPRESSION, 41, Pregnancy.NO, Decimal(3), 7, True, (), Decimal(0), False, False, False, False, False, False,
    False, False, False, False, False, None,
)  # fmt: skip


def dated():
    return plan_of("fluoxetine", 20, start=date(2026, 2, 2), person=SAID, goal=Decimal(0))


def plan_of(medicine, dose, **wish):
    plan = plan_taper(TaperRequest(medicine, Decimal(dose), "GB", TODAY, tier=Tier.SPECIAL, **wish)).plan
    assert plan is not None
    return plan


@pytest.fixture(scope="module")
def sertraline():
    return simulate(plan_of("sertraline", 100, start=date(2026, 2, 2)), people=200)


@pytest.fixture(scope="module")
def fluoxetine():
    return simulate(plan_of("fluoxetine", 20), people=50)


def test_points_are_those_of_the_plan_where_the_level_is_even(sertraline):
    """The plan's points are of the mean level; those of the course differ by the swing within a day alone."""
    plan = plan_of("sertraline", 100, start=date(2026, 2, 2))
    for fall, step in zip(sertraline.falls, plan.steps, strict=False):
        assert fall.points_after == pytest.approx(float(step.effect), abs=0.5)
        assert fall.level_after == pytest.approx(float(step.percent_of_start), rel=1e-6)


def test_sertraline_settles_within_days_and_fluoxetine_within_weeks(sertraline, fluoxetine):
    assert {fall.settled_days for fall in sertraline.falls} == {5}
    assert all(14 < fall.settled_days < 60 for fall in fluoxetine.falls)
    assert all(fall.reached for fall in sertraline.falls[:-1])


def test_fluoxetine_tapers_itself_and_sertraline_does_not(sertraline, fluoxetine):
    assert fluoxetine.steepest_day_percent < 12 < sertraline.steepest_day_percent
    said = {
        found.medicine: next(s for s in sections(found) if s.id == "tail").sentences[1]
        for found in (sertraline, fluoxetine)
    }
    assert "tapers itself" in said["fluoxetine"] and "fast" in said["sertraline"]


def test_a_missed_dose_is_lower_a_double_one_higher_and_both_come_back(sertraline):
    missed, late, double = sertraline.upsets_now
    assert [u.event for u in sertraline.upsets_now] == list(Event)
    assert missed.extreme < late.extreme < late.usual < double.usual < double.extreme
    assert 24 < late.back_hours < missed.back_hours < 24 * 10


@pytest.mark.hazard("H-039")
def test_every_other_day_swings_more_than_half_every_day(sertraline):
    _, other, half, two_on, thirds = sertraline.alternate
    assert other.mean == pytest.approx(half.mean) and two_on.mean == pytest.approx(thirds.mean)
    assert other.high - other.low > 2 * (half.high - half.low)
    assert other.points_mean < half.points_mean, "uneven doses do less on a curve that bends"


def test_more_times_a_day_swing_less(sertraline):
    swings = [swing.high - swing.low for swing in sertraline.swings]
    assert swings == sorted(swings, reverse=True)


@pytest.mark.hazard("H-010")
def test_the_band_holds_the_average_adult_and_is_wide_where_it_matters(sertraline):
    line = sertraline.course.points
    middle = len(line.low) // 2
    assert (line.low <= line.day_mean + 1).all() and (line.high >= line.day_mean - 1).all()
    assert line.high[middle] - line.low[middle] > 20


def test_a_missed_day_is_drawn_where_it_was_missed():
    plan = dated()
    usual = simulate(plan, people=2)
    missed = simulate(plan, people=2, missed=[date(2026, 2, 5)])
    changed = np.flatnonzero(usual.course.level.day_mean != missed.course.level.day_mean)
    assert changed[0] == usual.lead_days + 3
    assert missed.missed == (usual.lead_days + 3,)


@pytest.mark.parametrize("day", [date(2026, 2, 1), date(2027, 12, 31)])
def test_a_missed_day_outside_the_plan_is_refused(day):
    with pytest.raises(EaseoffError, match="not in the dated part"):
        simulate(dated(), missed=[day])


def test_a_plan_with_a_gap_is_refused():
    plan = dated()
    late = replace(plan.steps[1], start=plan.steps[1].start + timedelta(days=1))
    with pytest.raises(EaseoffError, match="a gap or an overlap between step 1 and step 2"):
        simulate(replace(plan, steps=(plan.steps[0], late, *plan.steps[2:])))


def test_a_date_after_a_step_without_dates_is_a_gap():
    plan = dated()
    undated = replace(plan.steps[0], start=None, end=None)
    with pytest.raises(EaseoffError, match="a gap or an overlap between step 1 and step 2"):
        simulate(replace(plan, steps=(undated, *plan.steps[1:])))


def test_days_that_do_not_agree_with_the_dates_are_refused():
    plan = dated()
    short = replace(plan.steps[0], days=plan.steps[0].days - 1)
    with pytest.raises(EaseoffError, match="its dates say otherwise"):
        simulate(replace(plan, steps=(short, *plan.steps[1:])))


@pytest.mark.parametrize("people", [0, 1, 20_001])
def test_absurd_bands_are_refused(people):
    with pytest.raises(EaseoffError, match="cannot be drawn"):
        simulate(plan_of("sertraline", 100), people=people)


@pytest.mark.hazard("H-010")
def test_a_medicine_without_a_half_life_says_what_is_missing_and_what_is_shown_instead():
    medicine = replace(load_medicine("sertraline"), half_lives=())
    with pytest.raises(MissingKinetics) as refused:
        known_of(medicine, Release.IR, None)
    assert "No half-life" in refused.value.message and "share of the start" in refused.value.hint


@pytest.mark.hazard("H-011")
def test_without_a_curve_levels_stand_alone_and_it_is_said():
    found = simulate(plan_of("mirtazapine", 30), people=20)
    assert found.course.points is None and found.course.shown is found.course.level
    assert any("No published curve" in remark for remark in found.known.remarks)
    assert all("points" not in cell for section in sections(found) for row in section.rows for cell in row)


def test_several_times_a_day_and_a_slow_form_are_taken_as_they_are():
    intakes = (IntakeDose("08:00", Decimal(75)), IntakeDose("20:00", Decimal(75)))
    found = simulate(plan_of("venlafaxine", 150, form="MR tablet", intakes=intakes), people=20)
    assert found.known.kinetics.release_h == 12 and found.known.kinetics.metabolite is not None
    assert list(found.dosing.times_h) == [8.0, 20.0]
    assert not any("No time of day" in s for s in sections(found)[0].sentences)


@pytest.mark.hazard("H-010")
def test_people_differ_as_the_sources_say():
    known = known_of(load_medicine("duloxetine"), Release.GR, None)
    people = draw(known.spread, 1, 0, 2000)
    assert np.std(people.gain) / np.mean(people.gain) == pytest.approx(0.422, rel=0.1)
    assert np.percentile(people.ed50, [5, 95]) == pytest.approx([1 / 3.16, 3.16], rel=0.15)


def test_the_time_of_the_peak_gives_the_rate_of_uptake():
    ka, ke = absorption_rate(6.15, 0.0267), 0.0267
    assert np.log(ka / ke) / (ka - ke) == pytest.approx(6.15)
    assert absorption_rate(100, 0.5) == 0.5, "a peak later than any is the latest there is"


def test_every_planned_medicine_can_be_simulated_or_says_why():
    from easeoff.medicines import medicine_names

    told = {True: 0, False: 0}
    for name in medicine_names():
        for release in (Release.IR, Release.MR, Release.GR):
            try:
                known = known_of(load_medicine(name), release, None)
                told[known.kinetics.elimination > 0] += 1
            except MissingKinetics as missing:
                told[False] += 1
                assert name in missing.message
    assert told[True] >= 180 and told[False] > 0


def test_the_chart_names_its_values_and_hangs_on_no_colour(sertraline):
    chart = level_chart(sertraline)
    svg = level_svg(chart)
    assert svg.count("<rect") == len(sertraline.stretches) and "90 of 100 people" in svg
    assert "stroke-dasharray" in svg and "style=" not in svg and "<script" not in svg
    lines = level_letters(chart, 80)
    assert all(len(line) <= 80 for line in lines) and any("#" in line for line in lines)


def test_what_pointing_at_the_chart_tells_stands_in_a_table_too(sertraline):
    spells, table = level_chart(sertraline).spells, next(s for s in sections(sertraline) if s.id == "numbers")
    assert len(table.rows) == len(spells) and table.rows[0][0] == "Now: 100 mg"
    for row, spell in zip(table.rows, spells, strict=True):
        value, low, high = re.search(r": (\d+) points at the end \((\d+) to (\d+)", spell.words).groups()
        assert row[2].split()[0] in (value, "under") and row[3].split()[0] in (low, "under"), row
        assert row[3].split(" to ")[1].split()[0] in (high, "under")


def test_every_other_day_is_drawn_beside_half_the_dose_and_swings_further():
    venlafaxine = simulate(plan_of("venlafaxine", 75), people=20)
    chart = wave_chart(venlafaxine)
    other = next(swing for swing in venlafaxine.alternate if swing.what == "every other day")
    assert chart.other.min() == pytest.approx(other.points_low) and np.ptp(chart.other) > 2 * np.ptp(
        chart.half
    )
    assert len(chart.other) == len(chart.half) == 8 * 24
    svg, letters = wave_svg(chart), wave_letters(chart, 80)
    assert (
        f"between {round(other.points_low)} and" in svg and "stroke-dasharray" in svg and "style=" not in svg
    )
    assert (
        max(map(len, letters)) <= 80
        and "day 8" in letters[-1]
        and any("#" in line and "-" in line for line in letters)
    )


@pytest.mark.hazard("H-011")
def test_nobody_can_take_the_line_for_a_measurement(sertraline):
    assert NOT_MEASURED in sections(sertraline)[0].sentences
    assert "a model, not measured" in level_svg(level_chart(sertraline))


def test_a_depot_lasts_for_months():
    course = depot_course(find_depot("paliperidone palmitate 3-monthly"))
    left = {one.weeks: one for one in course.left}
    assert left[12].level > 50 > left[52].level > 5
    assert left[26].low < left[26].level < left[26].high
    with pytest.raises(EaseoffError, match="not an injection on record"):
        find_depot("nonsense")


def test_what_is_known_and_left_out_is_said():
    paroxetine = simulate(plan_of("paroxetine", 20), people=20)
    told = next(s for s in sections(paroxetine) if s.id == "left-out").sentences
    assert any("eight times what a single dose predicts" in one and "not checked" in one for one in told)
