"""Tables as they are copied from leaflets and manuals: stages in words, several medicines, columns of other things."""

import pytest

from easeoff.planning.schedules.reading import read_schedule

_STAGES = """Stage\tMorning\tNight\tDaily total
Starting dose\t20mg\t20mg\t40mg
Stage 1 (1-2 weeks)\t18mg\t20mg\t38mg
Stage 2 (1-2 weeks)\t18mg\t18mg\t36mg
Stage 3\tstop
"""
_NAMED = """Morning\tNight\tDaily
Starting dose\tdiazepam 20mg\tdiazepam 20mg\t40mg
Stage 1 (1-2 weeks)\tdiazepam 18mg\tdiazepam 20mg\t38mg
Stage 2 (1-2 weeks)\tdiazepam 18mg\tdiazepam 18mg\t36mg
Stage 3\tstop
"""
_EXCHANGE = """\tMorning\tNight\tDaily diazepam equivalent
Starting dose\tlorazepam 3mg\tlorazepam 3mg\t60mg
Stage 1 (one week)\tlorazepam 3mg\tlorazepam 2mg diazepam 10mg\t60mg
Stage 2 (one week)\tlorazepam 2mg diazepam 10mg\tlorazepam 2mg diazepam 10mg\t60mg
Stage 3 (one week)\tlorazepam 2mg diazepam 10mg\tlorazepam 1mg diazepam 20mg\t60mg
Stage 4 (one week)\tdiazepam 20mg\tdiazepam 40mg\t60mg
"""


def _read(text, chosen=None, **answers):
    found = read_schedule(text, medicine=chosen, answers=answers)
    while found.doubts and found.doubts[0].key.startswith("rise@"):
        answers[found.doubts[0].key] = "keep"
        found = read_schedule(text, medicine=chosen, answers=answers)
    assert "".join(piece.text for piece in found.pieces) == text
    return found


def _doses(found):
    assert found.doubts == ()
    return [(str(entry.dose_mg), entry.days) for entry in found.entries]


@pytest.mark.parametrize("text", [_STAGES, _NAMED])
def test_stages_in_words_have_the_sum_of_their_times_of_day(text):
    found = _read(text, "diazepam", **{"days:7-14": "14"})
    assert _doses(found) == [("40", 0), ("38", 14), ("36", 14), ("0", None)]
    assert [(part.when, str(part.mg)) for part in found.entries[1].takings] == [
        ("morning", "18"),
        ("night", "20"),
    ]


def test_an_exchange_of_two_medicines_gives_each_its_own_doses():
    answers = {"medicine": "lorazepam", "columns": "skip", "intakes": "same"}
    assert _doses(_read(_EXCHANGE, next="0", **answers)) == [("6", 0), ("5", 7), ("4", 7), ("3", 7)]
    found = _read(_EXCHANGE, **answers | {"medicine": "diazepam"})
    assert _doses(found) == [("10", 7), ("20", 7), ("30", 7), ("60", 7)]


def test_the_equivalent_of_another_medicine_is_never_a_dose():
    found = _read(_EXCHANGE, "lorazepam", intakes="same")
    assert [doubt.key for doubt in found.doubts][:1] == ["medicine"]
    found = read_schedule(_EXCHANGE, answers={"medicine": "lorazepam", "intakes": "same"})
    assert [doubt.key for doubt in found.doubts] == ["columns"]
    assert "daily diazepam equivalent" in found.doubts[0].text


@pytest.mark.parametrize(
    ("medicine", "doses"),
    [("paroxetine", [("20", 7), ("10", 7), ("0", None)]), ("fluoxetine", [("10", 7), ("20", None)])],
)
def test_a_column_for_each_medicine(medicine, doses):
    text = "Week\tParoxetine\tFluoxetine\n1\t20mg\t\n2\t10mg\t10mg\n3\tstop\t20mg"
    assert _doses(_read(text, medicine=medicine)) == doses
    bare = "week,paroxetine (mg),fluoxetine dose (mg)\n1,20,\n2,10,10\n3,0,20"
    assert _doses(_read(bare, medicine=medicine)) == doses


def test_steps_with_a_column_of_other_things_below_a_title():
    text = "Sertraline\nStep\tDose\tPercent occupancy\nStart\t50mg\t71%\n1\t25mg\t63%\n2\t15mg\t53%\n3\t0\t0%"
    found = _read(text)
    assert [doubt.key for doubt in found.doubts] == ["columns", "length"]
    assert "percent occupancy" in found.doubts[0].text and "step" not in found.doubts[0].text
    assert _doses(_read(text, columns="skip", length="28")) == [
        ("50", 0),
        ("25", 28),
        ("15", 28),
        ("0", None),
    ]


def test_a_column_of_volumes_beside_the_dose_is_left_out_where_that_is_said():
    text = "Step\tDose (mg)\tVolume\n1\t50\t-\n2\t25\t1.25ml\n3\t0\t"
    assert _doses(_read(text, "sertraline", columns="skip", length="14")) == [
        ("50", 0),
        ("25", 14),
        ("0", None),
    ]


def test_a_column_that_tells_how_often_is_read_whatever_its_heading():
    text = "Weeks;Dose;Times\n2;10 mg;twice daily\n2;10 mg;once daily\n1;0;"
    found = _read(text, "oxazepam")
    assert [doubt.key for doubt in found.doubts] == ["often:2"]
    assert _doses(_read(text, "oxazepam", **{"often:2": "each"})) == [("20", 14), ("10", 14), ("0", 7)]


def test_two_weeks_in_one_cell():
    text = "Weeks\tDaily dose\n1 & 2\t60mg\n3 and 4\t45mg\n5-6\t30mg\n7\tStop"
    assert _doses(_read(text, "codeine")) == [("60", 14), ("45", 14), ("30", 14), ("0", None)]


def test_lines_that_end_as_a_browser_sends_them():
    text = "Step\tDose\tRemarks\n1\t20 mg\t\n2\t10 mg\tslowly\n3\t0\t\n".replace("\n", "\r\n")
    found = _read(text, "citalopram", length="14")
    assert [doubt.key for doubt in found.doubts] == ["columns"] and "remarks" in found.doubts[0].text
    assert _doses(_read(text, "citalopram", length="14", columns="skip")) == [
        ("20", 0),
        ("10", 14),
        ("0", None),
    ]
