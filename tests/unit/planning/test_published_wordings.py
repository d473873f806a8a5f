"""Schedules in the words of leaflets and guidelines, as somebody would paste them, against sums done by hand."""

import pytest

from easeoff.planning.schedules.reading import read_schedule

_GABAPENTIN = """Gabapentin 600mg TDS
Week 1: 600mg morning, 300mg midday, 600mg night
Week 2: 300mg morning, 300mg midday, 600mg night
Week 3: 300mg TDS
Week 4: 300mg BD
Week 5: 300mg nocte
Week 6: Stop"""
_OXAZEPAM = """Oxazepam 30 mg tds
Week 1: 30 mg mane, 15 mg midday, 30 mg nocte
Week 2: 15 mg mane, 15 mg midday, 30 mg nocte
Week 3: 15 mg tds
Week 4: 15 mg bd
Week 5: 15 mg nocte
Week 6: 7.5 mg nocte
Week 7: cease"""
_ZOPICLONE = """Zopiclone 7.5mg nocte
7.5mg alternate nights with 3.75mg for 2 weeks
3.75mg nocte 2 weeks
3.75mg alternate nights 2 weeks then stop"""
_FROM_TO = """Weeks 1-2: Reduce from 150mg to 112.5mg daily
Weeks 3-4: Reduce from 112.5mg to 75mg daily
Weeks 5-6: Reduce from 75mg to 37.5mg daily
Week 7: stop venlafaxine"""
_STAGES = """Diazepam 20mg
Stage 1 (1-2 weeks) 18mg
Stage 2 (1-2 weeks) 16 mg
Step 3: stop"""
_BANDS = "diazepam 20mg reduce by 5mg every 2 weeks until 10mg then 2.5mg monthly until off"
_RANGES = (
    "diazepam 6 mg. Reduce by 1-2 mg every 1-2 weeks until 2 mg, then by 0.5-1 mg every 1-2 weeks until off"
)


def _answered(text, answers):
    """What is read once each question is answered by its key, or by what stands before the place in it, in turn."""
    given, waiting = (
        {},
        {key: [value] if isinstance(value, str) else list(value) for key, value in answers.items()},
    )
    found = read_schedule(text)
    while found.doubts:
        doubt = found.doubts[0]
        given[doubt.key] = waiting[doubt.key.partition("@")[0]].pop(0)
        found = read_schedule(text, answers=given)
    assert not any(waiting.values()), "every answer is asked for"
    return found


@pytest.mark.parametrize(
    ("text", "answers", "doses"),
    [
        (_GABAPENTIN, {"often:3": "each", "often:2": "each", "intakes": "same"},
         [("1800", 0), ("1500", 7), ("1200", 7), ("900", 7), ("600", 7), ("300", 7), ("0", None)]),
        (_OXAZEPAM, {"often:3": "each", "often:2": "each", "intakes": "same"},
         [("90", 0), ("75", 7), ("60", 7), ("45", 7), ("30", 7), ("15", 7), ("7.5", 7), ("0", None)]),
        (_ZOPICLONE, {"alternate": "nothing", "turns": "average"},
         [("7.5", 0), ("5.625", 14), ("3.75", 14), ("1.875", 14), ("0", None)]),
        (_FROM_TO, {}, [("150", 0), ("112.5", 14), ("75", 14), ("37.5", 14), ("0", None)]),
        (_STAGES, {"days:7-14": "14"}, [("20", 0), ("18", 14), ("16", 14), ("0", None)]),
        (_BANDS, {"month": "28", "pace": "cut"},
         [("20", 0), ("15", 14), ("10", 14), ("7.5", 28), ("5", 28), ("2.5", 28), ("0", None)]),
        (_RANGES, {"days:7-14": "7", "cuts": ["second", "first"]},
         [("6", 0), ("4", 7), ("2", 7), ("1.5", 7), ("1", 7), ("0.5", 7), ("0", None)]),
        ("venlafaxine 225mg, 20% of the starting dose every 4 weeks to zero", {},
         [("225", 0), ("180", 28), ("135", 28), ("90", 28), ("45", 28), ("0", None)]),
        ("olanzapine 10mg. 1/2 x 10mg for 2/52, then ¼ x 10 mg 2 weeks, half x 2.5mg 2 weeks, stop", {},
         [("10", 0), ("5", 14), ("2.5", 14), ("1.25", 14), ("0", None)]),
        ("lorazepam 3mg x2 daily, 2mg x2 daily 1 week, 1 mg 12-hourly x 7 days, cease", {"often:2": "each"},
         [("6", 0), ("4", 7), ("2", 7), ("0", None)]),
        ("sertraline 50mg x 3 for 2 weeks, 50mg x 2 for 2 weeks, 50 mg x14, stop",
         {"number": ["times", "times", "days"]}, [("150", 14), ("100", 14), ("50", 14), ("0", None)]),
        ("diazepam 5mg OM + 10mg ON for 2/52\n5mg OM + 8mg ON 2/52\n5 mg ON 2/52\nSTOP", {},
         [("15", 14), ("13", 14), ("5", 14), ("0", None)]),
        ("fluoxetine 20 mg daily 4 weeks, 20mg twice weekly 4 weeks, stop", {"seldom": "5.7"},
         [("20", 28), ("5.7", 28), ("0", None)]),
        ("zopiclone 7.5mg 2 weeks, 5mg or 3.75mg 2 weeks, stop", {"range": "first"}, [("7.5", 14), ("5", 14), ("0", None)]),
        ("sertraline 50\u202fmg\u2009for 2\u00a0weeks,\u200325 mg each day 2 weeks, stop", {}, [("50", 14), ("25", 14), ("0", None)]),
        ("venlafaxine 150>75>37.5>0", {"unit": "mg", "length": "14"}, [("150", 0), ("75", 14), ("37.5", 14), ("0", None)]),
        ("Clonazepam 2mg now, 1.5mg, 1mg 4 weeks, 0.5mg, stop. Every 2 weeks.", {"each": "length"},
         [("2", 0), ("1.5", 14), ("1", 28), ("0.5", 14), ("0", None)]),
        ("olanzapine 10mg, 7.5mg, 5mg, each for 4 weeks, then stop", {}, [("10", 28), ("7.5", 28), ("5", 28), ("0", None)]),
        ("olanzapine 10-7.5-5-2.5-0 mg, 4 weeks each", {"chain": "list"},
         [("10", 28), ("7.5", 28), ("5", 28), ("2.5", 28), ("0", None)]),
        ("oxazepam 15-10-30 mg 2 weeks, stop", {"chain": "day"}, [("55", 14), ("0", None)]),
        ("quetiapine 1 000 mg 2 weeks, 500 mg 2 weeks, stop", {"comma": "thousands"}, [("1000", 14), ("500", 14), ("0", None)]),
        ("sertraline 50 mg 2 weeks, 37,5 mg 2 weeks, 12,5 mg 2 weeks, stop", {"commas": "decimal"},
         [("50", 14), ("37.5", 14), ("12.5", 14), ("0", None)]),
        ("sertraline 100mg 2023/12/01; 50 mg 2024/01/15; stop 2024/02/15", {}, [("100", 45), ("50", 31), ("0", None)]),
        ("sertraline 100mg 1.XII.2023; 50 mg 1.I.2024; stop 1. II. 2024", {}, [("100", 31), ("50", 31), ("0", None)]),
        ("Sertraline 100mg 4 weeks\nhold for 2 weeks\n50mg 4 weeks\nstop", {"lengths": "42"}, [("100", 42), ("50", 28), ("0", None)]),
        ("Weeks 1-2: continue 10mg temazepam nightly\nWeeks 3-4: reduce to 5mg temazepam\nAfter week 4: discontinue completely", {},
         [("10", 14), ("5", 14), ("0", None)]),
        ("duloxetine 60 mg; 150 beads 2 weeks, stop", {"piece:bead": "0.3"}, [("60", 0), ("45", 14), ("0", None)]),
    ],
)  # fmt: skip
def test_a_wording_is_read_as_it_is_meant(text, answers, doses):
    found = _answered(text, answers)
    assert [(str(entry.dose_mg), entry.days) for entry in found.entries] == doses
    assert "".join(piece.text for piece in found.pieces) == text


_OF_THE_DAY = """Morphine SR
Days 1 to 10: 4 tablets = 60 mg in the morning, 3 tablets = 45 mg in the afternoon, 4 tablets = 60 mg in the evening
Days 11 to 20: 3 tablets = 45 mg in the morning, 3 tablets = 45 mg in the afternoon, 4 tablets = 60 mg in the evening
Days 21 to 30: 3 tablets = 45 mg in the morning, 3 tablets = 45 mg in the afternoon, 3 tablets = 45 mg in the evening"""
_TABLE_OF_ALL = """SSRIs Step 1  Step 2  Step 3  Step 4  Step 5  Step 6
Citalopram 40mg 30mg 20mg 10mg Stop  -
Escitalopram 20mg 15mg 10mg 5mg Stop  -
Sertraline 200mg 150mg 100mg 50mg 25mg Stop"""


def test_several_tablets_that_equal_a_dose_are_that_dose_and_one_is_asked_about():
    found = _answered(_OF_THE_DAY, {"intakes": "same"})
    assert [(str(entry.dose_mg), entry.days) for entry in found.entries] == [
        ("165", 10),
        ("150", 10),
        ("135", 10),
    ]
    assert [str(part.mg) for part in found.entries[0].takings] == ["60", "45", "60"]
    assert read_schedule("sertraline 1 tablet = 50 mg, 2 tablets 2 weeks, stop").doubts


@pytest.mark.parametrize(
    ("medicine", "doses"), [("escitalopram", "20 15 10 5 0"), ("sertraline", "200 150 100 50 25 0")]
)
def test_one_row_of_a_table_of_many_medicines(medicine, doses):
    found = _answered(_TABLE_OF_ALL, {"medicine": medicine, "words": "skip", "length": "28"})
    assert " ".join(str(entry.dose_mg) for entry in found.entries) == doses


def test_every_eight_hours_is_a_question_about_the_day_and_not_words_to_leave_out():
    found = read_schedule(
        "Morphine SR 90 mg q8h\nWeek 1: 75 mg q8h\nWeek 2: 15 mg q12h\nWeek 3: 15 mg qhs\nWeek 4: stop"
    )
    assert [doubt.key for doubt in found.doubts] == ["often:3", "often:2"]
    found = read_schedule(found.text, answers={"often:3": "each", "often:2": "each"})
    assert [str(entry.dose_mg) for entry in found.entries] == ["270", "225", "30", "15", "0"]


def test_reduce_by_with_strange_words_never_offers_the_amount_as_a_dose():
    found = read_schedule("clonazepam 2 mg; reduce by roughly 0.125 mg until off")
    assert "skip" not in [choice.value for choice in found.doubts[0].choices]


def test_every_two_weeks_by_itself_is_asked_and_may_be_left_out():
    text = "Clonazepam 2mg, 1mg, stop. Every 2 weeks."
    assert "each" in [doubt.key for doubt in read_schedule(text).doubts]
    left = read_schedule(text, answers={"each": "skip", "length": "28"})
    assert [(str(entry.dose_mg), entry.days) for entry in left.entries] == [("2", 0), ("1", 28), ("0", None)]
    assert left.not_understood == () and any(piece.kind == "left out" for piece in left.pieces)


def test_doses_in_turn_and_on_some_days_are_marked_as_averages():
    found = _answered(_ZOPICLONE, {"alternate": "nothing", "turns": "average"})
    assert [entry.alternate_days for entry in found.entries] == [False, True, False, True, False]
    found = read_schedule("fluoxetine 20 mg 3 times a week 4 weeks, stop", answers={"seldom@17": "8.57"})
    assert found.entries[0].alternate_days


def test_an_amount_with_how_seldom_is_asked_and_never_read_as_a_dose_by_itself():
    found = read_schedule("diazepam 20mg reduce by 5mg every 2 weeks until 10mg then 2.5mg monthly")
    (doubt,) = found.doubts
    assert doubt.key == "pace@58" and [choice.value for choice in doubt.choices] == ["cut", "dose", "skip"]
    dose = read_schedule(found.text, answers={"pace@58": "dose"}).doubts[0]
    assert (dose.key, dose.typed) == ("seldom@58", "mg")


def test_a_dose_to_come_down_from_that_is_not_the_one_before_is_asked():
    found = read_schedule("sertraline 75 mg 2 weeks, reduce from 40 mg to 25mg for 2 weeks, stop")
    assert [doubt.key for doubt in found.doubts] == ["from@26"]


@pytest.mark.parametrize(
    "text",
    ["fentanyl 25 mcg/hr 2 weeks, stop", "sertraline 1 mg/kg 2 weeks, stop", "sertraline step 5 mg, stop", "sertraline stage 2-3 mg",
     "diazepam >20 mg, stop", "diazepam 20 mg 50% 2 weeks, stop", "diazepam 20 mg weekly, stop", "diazepam 150 mg x 2, stop"],
)  # fmt: skip
def test_a_rate_a_share_or_a_count_is_never_a_dose_in_silence(text):
    found = read_schedule(text)
    assert found.schedule is None and found.doubts


def test_an_end_that_is_no_dose_is_asked_again():
    found = read_schedule("sertraline 100 mg, reduce by 10 mg weekly until 999999999999999 mg")
    assert found.schedule is None and [doubt.key for doubt in found.doubts] == ["end@19"]


def test_one_of_two_added_amounts_taken_often_is_a_question_about_the_whole_day():
    text = "Codeine 60mg QDS\nWeek 1: 60 mg TDS + 30 mg nocte\nWeek 2: 30mg qds\nWeek 3: stop"
    found = _answered(text, {"often:4": "each", "day": "210"})
    assert [(str(entry.dose_mg), entry.days) for entry in found.entries] == [
        ("240", 0),
        ("210", 7),
        ("120", 7),
        ("0", None),
    ]


def test_weeks_counted_from_nought_and_weeks_that_commence():
    found = read_schedule("citalopram Week 0: 20mg; Week 4: 10mg; Week 8: stop")
    assert [(str(entry.dose_mg), entry.days) for entry in found.entries] == [
        ("20", 28),
        ("10", 28),
        ("0", None),
    ]
    found = read_schedule("citalopram\nw/c 1 Jan 2024 20mg\nw/c 8 Jan 2024 15mg\nw/c 15 Jan 2024 0")
    assert [(str(entry.dose_mg), entry.days) for entry in found.entries] == [
        ("20", 7),
        ("15", 7),
        ("0", None),
    ]


def test_a_cut_is_taken_from_the_whole_day_and_not_from_one_of_its_doses():
    found = _answered("quetiapine 100 mg bd, reduce by 50 mg weekly until off", {"often:2": "each"})
    assert [(str(entry.dose_mg), entry.days) for entry in found.entries] == [
        ("200", 0), ("150", 7), ("100", 7), ("50", 7), ("0", None)]  # fmt: skip
    found = _answered("sertraline 50mg x 3 2 weeks, by 50 mg, stop", {"number": "times", "length": "7"})
    assert [str(entry.dose_mg) for entry in found.entries] == ["150", "100", "0"]
    found = read_schedule("quetiapine 100 mg bd, reduce by 25 mg bd", answers={"often:2": "each"})
    assert found.schedule is None and [doubt.key for doubt in found.doubts] == ["cut@22"]


def test_an_average_that_was_typed_is_not_multiplied():
    found = _answered(
        "quetiapine 25 mg bd 3 times a week 2 weeks, stop", {"often:2": "each", "seldom": "21.5"}
    )
    assert str(found.entries[0].dose_mg) == "21.5"


def test_a_share_of_the_original_dose_is_of_the_first_one_also_in_a_second_rule():
    text = "sertraline 100 mg reduce by 25mg every 4 weeks to 50 mg, then by 20% of the original dose every 2 weeks to 0"
    assert [str(entry.dose_mg) for entry in _answered(text, {}).entries] == [
        "100",
        "75",
        "50",
        "30",
        "10",
        "0",
    ]
