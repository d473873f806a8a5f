"""Every published schedule is loaded, follows from its own rule where one is known, and does what its numbers say."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from easeoff.medicines import Confidence, find_schedule, load_medicine, load_sources, published_schedules
from easeoff.medicines.checking import check_data
from easeoff.planning.plan import EffectKind
from easeoff.planning.schedules.measures import measure, measures_for
from easeoff.planning.schedules.published import from_published, reproduce
from easeoff.quantities import EaseoffError

SCHEDULES = published_schedules()
IDS = [schedule.id for schedule in SCHEDULES]
WARNED_OF = {"AJP-CASE-PAR", "HEALY-FLX", "MPG-AMI", "MPG-TRA", "FDA-PAR-50", "FDA-ALP-6", "TMD-AP-25M", "TMD-LTG-25W",
             "VA-MOR-7W", "VA-MOR-11D"}  # fmt: skip


def measured(schedule_id):
    record = find_schedule(schedule_id)
    medicine = load_medicine(record.medicine) if record.medicine else None
    return measure(from_published(record), measures_for(medicine, record.steps[0].mg))


def test_there_are_forty_nine_of_which_forty_say_how_they_end():
    assert len(SCHEDULES) == 49
    assert sum(schedule.complete for schedule in SCHEDULES) == 40


@pytest.mark.parametrize("record", SCHEDULES, ids=IDS)
def test_each_record_names_its_source_and_is_a_schedule(record):
    sources = {source.id for source in load_sources()}
    assert record.provenance.source in sources
    schedule = from_published(record)
    assert schedule.ends_at_zero == record.complete
    assert schedule.entries[0].dose_mg == record.steps[0].mg
    assert all(a.dose_mg > b.dose_mg for a, b in pairwise(schedule.entries))


@pytest.mark.parametrize("record", [s for s in SCHEDULES if s.rule], ids=[s.id for s in SCHEDULES if s.rule])
def test_the_rule_gives_the_doses_and_days_on_record(record):
    assert reproduce(record) == record.steps


@pytest.mark.parametrize("record", SCHEDULES, ids=IDS)
def test_days_keep_within_the_range_that_the_source_allows(record):
    kept = [step.days for step in record.steps[1:] if step.days]
    longest = record.longest_days or max(kept)
    assert all(record.shortest_days <= days <= longest for days in kept)


def test_those_to_be_warned_of_say_why_and_no_others_do():
    assert {schedule.id for schedule in SCHEDULES if schedule.caution} == WARNED_OF


def test_what_was_seen_on_untrusted_copies_is_marked_so():
    unsure = {s.id for s in SCHEDULES if s.provenance.confidence is Confidence.UNVERIFIED}
    assert unsure == {"ETG-SER-100", "BB-MICRO-5to4"}


def test_all_complete_ones_but_one_cut_more_than_a_quarter_of_the_current_dose_before_the_last_step():
    over = [
        s.id
        for s in SCHEDULES
        if s.complete and any(step.percent_of_current > 25 for step in measured(s.id).steps[1:-1])
    ]
    assert len(over) == 39
    assert "HOR-OLZ-25" not in over


def test_ten_complete_ones_cut_more_than_a_quarter_of_the_starting_dose_at_once():
    over = {
        s.id
        for s in SCHEDULES
        if s.complete and any(step.percent_of_start > 25 for step in measured(s.id).steps[1:])
    }
    assert len(over) == 10
    assert not any(load_medicine(find_schedule(i).medicine).drug_class == "benzodiazepine" for i in over)


def test_thirty_four_complete_ones_end_above_a_fortieth_of_the_start():
    ends = [s for s in SCHEDULES if s.complete and s.steps[-2].mg > s.steps[0].mg / 40]
    assert len(ends) == 34


@pytest.mark.parametrize(
    ("schedule_id", "weeks"),
    [
        ("CKS-DZP-40-1W", 30), ("CKS-DZP-40-FAST", 20), ("CKS-DZP-40-SLOW", 70), ("CKS-DZP-20-1W", 20),
        ("CKS-TEM-20", 16), ("NARDI-CLZ-4", 16),
    ],
)  # fmt: skip
def test_the_stated_totals_come_out_counting_one_interval_a_cut(schedule_id, weeks):
    record = find_schedule(schedule_id)
    cuts = [step.days for step in record.steps[1:-1]]
    assert sum(cuts) + cuts[-1] == weeks * 7


def test_a_quarter_of_the_starting_dose_of_sertraline_ends_in_a_cliff():
    result = measured("DTB-SER-100")
    assert result.kind is EffectKind.OCCUPANCY_POINTS
    # 25 / (7.72 + 25) * (7.72 + 100) / 100, by hand from the fit on record.
    assert result.last_step.drop == Decimal("82.3")
    assert result.largest == 4
    assert [step.percent_of_start for step in result.steps[1:]] == [25, 25, 25, 25]
    assert result.last_step.low_drop <= result.last_step.drop <= result.last_step.high_drop


def test_a_fast_taper_of_morphine_over_the_day_is_a_sixth_of_the_start_a_week():
    steps = measured("VA-MOR-7W").steps
    assert [step.entry.dose_mg for step in steps] == [270, 225, 180, 135, 90, 45, 30, 15, 0]
    assert [str(step.percent_of_start) for step in steps[1:]] == ["16.67"] * 5 + ["5.56"] * 3
    assert [str(step.percent_of_current) for step in steps[1:]] == [
        "16.67",
        "20",
        "25",
        "33.33",
        "50",
        "33.33",
        "50",
        "100",
    ]


def test_a_rule_for_any_medicine_is_measured_in_percent_of_the_start():
    result = measured("TWP-5M-10")
    assert result.kind is EffectKind.PERCENT_OF_START
    assert result.last_step is None
    assert result.steps[1].drop == 5


def test_the_slide_takes_ten_percent_a_block():
    steps = find_schedule("BM-LIN-20").steps
    assert [steps[n].mg for n in (0, 4, 8, 12, 16)] == [
        20,
        18,
        Decimal("16.2"),
        Decimal("14.58"),
        Decimal("13.122"),
    ]


def test_the_deficit_of_the_daily_cuts_is_that_of_the_source():
    record = find_schedule("BB-MICRO-5to4")
    # 2.5 mg-days below 5 mg over the four days, as the source counts.
    assert sum(record.steps[0].mg - step.mg for step in record.steps[1:]) == Decimal("2.5")


def test_an_unknown_id_is_asked_back():
    with pytest.raises(EaseoffError, match="not the id of a published schedule"):
        find_schedule("NOBODY-1")


@pytest.mark.parametrize(
    ("was", "becomes", "what"),
    [
        ("mg = 30", "mg = 45", "do not fall"),
        ("days = 28 },\n  { mg = 20", "days = 0 },\n  { mg = 20", "only the first dose"),
        ('source = "scotland_standard_reduction"', 'source = "nobody"', "not in sources.toml"),
        ('medicine = "citalopram"', 'medicine = "citalopran"', "no medicine"),
        ("complete = true", "complete = false", "ends at 0"),
    ],
)
def test_a_faulty_record_is_found_by_the_data_check(tmp_path, was, becomes, what):
    import shutil

    from easeoff.medicines import DATA_ROOT

    root = tmp_path / "data"
    root.mkdir()
    for name in ("sources.toml", "countries.toml"):
        shutil.copy(DATA_ROOT / name, root / name)
    (root / "medicines").mkdir()
    shutil.copy(DATA_ROOT / "medicines" / "citalopram.toml", root / "medicines")
    (root / "schedules").mkdir()
    text = (DATA_ROOT / "schedules" / "SCOT-CIT.toml").read_text(encoding="utf-8")
    assert was in text
    (root / "schedules" / "SCOT-CIT.toml").write_text(text.replace(was, becomes), encoding="utf-8")
    faults = [p.what for p in check_data(root) if p.file.startswith("schedules")]
    assert any(what in fault for fault in faults)
