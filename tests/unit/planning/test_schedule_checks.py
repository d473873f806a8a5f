"""What somebody else's schedule is held to. It is shown with what it breaks; it is never a stop."""

from __future__ import annotations

import importlib.util
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from easeoff.medicines import countries, find_schedule, load_formulary, load_medicine, published_schedules
from easeoff.planning.findings import Level
from easeoff.planning.pace import no_paces
from easeoff.planning.plan import EffectKind
from easeoff.planning.schedules.checks import check_schedule
from easeoff.planning.schedules.measures import measure, measures_for
from easeoff.planning.schedules.model import Entry, Schedule, Taking
from easeoff.planning.schedules.published import from_published
from easeoff.quantities import EaseoffError, to_grid

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).resolve().parents[3]
HAZARDS = {path.stem for path in (ROOT / "safety" / "hazards").glob("H-*.toml")}
NAMED = [schedule for schedule in published_schedules() if schedule.medicine]


def made(medicine, *steps, country="GB"):
    entries = tuple(Entry(Decimal(dose), days) for dose, days in steps)
    return check_schedule(Schedule("Test", medicine, entries), load_formulary(medicine, country), TODAY)


def rules(findings):
    return {finding.rule for finding in findings}


@pytest.mark.parametrize("record", NAMED, ids=[record.id for record in NAMED])
def test_every_published_schedule_is_checked_without_a_stop_and_by_hazards_on_record(record):
    country = record.country if record.country in countries() else "GB"
    findings = check_schedule(from_published(record), load_formulary(record.medicine, country), TODAY)
    assert all(finding.level is not Level.STOP for finding in findings)
    assert all(finding.hazards and set(finding.hazards) <= HAZARDS for finding in findings)
    if record.caution:
        assert any(finding.level is Level.WARN for finding in findings)


def test_a_rise_is_said():
    assert "schedule-rise" in rules(made("sertraline", ("50", 28), ("100", 28), ("0", None)))
    assert "schedule-rise" not in rules(made("sertraline", ("100", 28), ("50", 28), ("0", None)))


def test_one_cut_to_nothing_is_said():
    assert "schedule-single-cut" in rules(made("sertraline", ("50", 28), ("0", None)))


def test_the_last_drop_is_a_cliff_where_the_class_s_pace_does_not_allow_it():
    (cliff,) = [
        f for f in made("sertraline", ("100", 0), ("50", 28), ("0", None)) if f.rule == "schedule-cliff"
    ]
    assert cliff.hazards == ("H-040",)
    # 50 / (7.72 + 50) * (7.72 + 100) / 100, by hand from the fit on record.
    assert "93.3 points" in cliff.text


def test_a_small_last_dose_is_no_cliff():
    assert "schedule-cliff" not in rules(made("diazepam", ("10", 28), ("0.5", 28), ("0", None)))


def test_cuts_within_the_pace_are_not_called_too_large():
    assert "schedule-above-pace" not in rules(made("diazepam", ("10", 0), ("9", 28), ("8.1", None)))
    assert "schedule-above-pace" in rules(made("diazepam", ("10", 0), ("8", 28), ("7", None)))


def test_a_dose_that_nothing_listed_makes_is_named():
    found = {f.rule: f.text for f in made("sertraline", ("100", 0), ("33.333", 28), ("25", None))}
    assert "33.333 mg" in found["schedule-unmakeable"]
    assert "25 mg" not in found["schedule-unmakeable"]


def test_a_dose_can_be_made_if_any_form_makes_it():
    # 50 mg of paroxetine is two slow-release tablets in the US; 20 mg is an ordinary one.
    assert "schedule-unmakeable" not in rules(
        made("paroxetine", ("50", 0), ("40", 28), ("20", 28), ("0", None), country="US")
    )


def test_steps_shorter_than_the_shortest_of_the_class_are_said():
    assert "schedule-short-steps" in rules(made("paroxetine", ("20", 7), ("18", 7), ("0", None)))


def test_alternate_days_are_a_warning_unless_on_record():
    entries = (Entry(Decimal(20), 0), Entry(Decimal(10), 14, alternate_days=True), Entry(Decimal(0), None))
    levels = {}
    for medicine in ("paroxetine", "fluoxetine"):
        findings = check_schedule(Schedule("T", medicine, entries), load_formulary(medicine, "GB"), TODAY)
        levels[medicine] = next(f.level for f in findings if f.rule == "schedule-alternate-days")
    assert levels == {"paroxetine": Level.WARN, "fluoxetine": Level.NOTE}


def test_a_medicine_without_a_pace_says_why_and_one_for_specialists_says_so():
    assert "schedule-no-pace" in rules(made(no_paces()[0].medicines[0], ("100", 28), ("50", 28), ("0", None)))
    assert "schedule-policy" in rules(made("clozapine", ("100", 28), ("50", 28), ("0", None)))


@pytest.mark.parametrize(
    "entries",
    [
        (Entry(Decimal(10), None),),
        (Entry(Decimal(0), 7), Entry(Decimal(10), None)),
        (Entry(Decimal(10), None), Entry(Decimal(0), None)),
        (Entry(Decimal(10), 7), Entry(Decimal(5), 0), Entry(Decimal(0), None)),
        (Entry(Decimal(10), 7), Entry(Decimal("0.0000001"), None)),
        (Entry(Decimal(10), 7, takings=(Taking("08:00", Decimal(4)),)), Entry(Decimal(0), None)),
    ],
)
def test_what_is_no_schedule_is_refused(entries):
    with pytest.raises(EaseoffError):
        Schedule("Test", "sertraline", entries)


def test_a_rise_is_a_drop_below_zero_and_doses_stay_exact():
    entries = (Entry(Decimal("12.5"), 7), Entry(Decimal("37.5"), 7), Entry(Decimal(0), None))
    result = measure(Schedule("T", None, entries), measures_for(None, Decimal("12.5")))
    assert [step.drop for step in result.steps] == [None, -200, 300]
    assert result.largest == 2
    assert (result.kind, result.days) == (EffectKind.PERCENT_OF_START, 14)


def test_a_quarter_of_olanzapine_is_about_five_points_of_occupancy_as_the_source_says():
    record = find_schedule("HOR-OLZ-25")
    measures = measures_for(load_medicine("olanzapine"), record.steps[0].mg)
    result = measure(from_published(record), measures)
    curve = measures.curve
    at_start = curve.emax_percent * record.steps[0].mg / (curve.ed50_mg + record.steps[0].mg)
    drops = [step.drop * at_start / 100 for step in result.steps[1:]]
    assert Decimal(4) < sum(drops) / len(drops) < Decimal(7)
    assert to_grid(record.steps[-2].mg) <= to_grid(record.steps[0].mg) // 40


def test_the_page_of_published_schedules_is_up_to_date():
    path = ROOT / "docs" / "build_published_schedules.py"
    spec = importlib.util.spec_from_file_location("build_published_schedules", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.main(["--check"]) == 0
    for record in published_schedules():
        assert f"## {record.id}: " in script.PAGE.read_text(encoding="utf-8")


def test_what_is_taken_at_one_time_is_what_has_to_be_made():
    twice = (Taking("morning", Decimal(30)), Taking("night", Decimal(30)))
    ends = (Entry(Decimal(0), None),)
    formulary = load_formulary("diazepam", "GB")
    at_once = check_schedule(Schedule("Test", "diazepam", (Entry(Decimal(60), 28), *ends)), formulary, TODAY)
    in_parts = check_schedule(
        Schedule("Test", "diazepam", (Entry(Decimal(60), 28, takings=twice), *ends)), formulary, TODAY
    )
    # Six 10 mg tablets at one time are more than four; three in the morning and three at night are not.
    assert "schedule-hard-to-make" in rules(at_once)
    assert "schedule-hard-to-make" not in rules(in_parts)


def test_a_schedule_of_averages_only_has_nothing_to_be_made_at_one_time():
    entries = (Entry(Decimal(10), 14, alternate_days=True), Entry(Decimal(0), None))
    found = check_schedule(Schedule("Test", "fluoxetine", entries), load_formulary("fluoxetine", "GB"), TODAY)
    assert "schedule-alternate-days" in rules(found)
    assert not {"schedule-hard-to-make", "schedule-unmakeable"} & rules(found)
