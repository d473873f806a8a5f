"""A change from one medicine to another, pasted with both in each line: whose each amount is, and whose each week."""

import pytest

from easeoff.planning.schedules.reading import read_schedule

_NAMES_FIRST = """lorazepam 3mg
Week 1: lorazepam 2.5mg + diazepam 5mg
Week 2: lorazepam 2mg + diazepam 10mg
Week 3-4: lorazepam 1mg + diazepam 20 mg
Week 5: stop lorazepam, diazepam 30mg
Week 6: diazepam 28mg
"""
_NAMES_AFTER = """3 mg lorazepam
Week 1: 2.5mg lorazepam and 5mg diazepam
Week 2: 2mg of lorazepam, 10mg of diazepam
Weeks 3-4: 1mg lorazepam + 20 mg diazepam
Week 5: stop lorazepam, 30mg diazepam
Week 6: 28mg diazepam
"""
_LORAZEPAM = [("3", 0), ("2.5", 7), ("2", 7), ("1", 14), ("0", None)]
_DIAZEPAM = [("5", 7), ("10", 7), ("20", 14), ("30", 7), ("28", None)]


def _read(text: str, medicine: str, **answers: str):
    found = read_schedule(text, answers={"medicine": medicine, **answers})
    while found.doubts and found.doubts[0].key.startswith("rise@"):
        answers[found.doubts[0].key] = "keep"
        found = read_schedule(text, answers={"medicine": medicine, **answers})
    assert "".join(piece.text for piece in found.pieces) == text
    return found


def _doses(found):
    return [(str(entry.dose_mg), entry.days) for entry in found.entries]


@pytest.mark.parametrize("text", [_NAMES_FIRST, _NAMES_AFTER])
@pytest.mark.parametrize(("medicine", "doses"), [("lorazepam", _LORAZEPAM), ("diazepam", _DIAZEPAM)])
def test_each_medicine_keeps_its_own_amounts_and_the_weeks_of_its_lines(text, medicine, doses):
    found = _read(text, medicine)
    assert found.schedule is not None and found.medicine == medicine
    assert _doses(found) == doses


def test_a_length_of_its_own_stays_with_its_medicine():
    text = "2 mg lorazepam for 1 week, 10 mg diazepam for 2 weeks"
    assert _doses(_read(text, "lorazepam", next="0")) == [("2", 7), ("0", None)]
    assert _doses(_read(text, "diazepam", next="0")) == [("10", 14), ("0", None)]


def test_one_length_at_the_end_of_the_line_is_of_both():
    text = "2 mg lorazepam and 10 mg diazepam for 1 week"
    assert _doses(_read(text, "lorazepam", next="0"))[0] == ("2", 7)
    assert _doses(_read(text, "diazepam", next="0"))[0] == ("10", 7)


def test_a_stop_below_a_line_with_two_medicines_is_asked():
    text = "lorazepam 3mg\nWeek 1: lorazepam 2.5mg + diazepam 5mg\nWeek 2: stop"
    (doubt,) = _read(text, "lorazepam").doubts
    assert doubt.key.startswith("whose@") and [choice.value for choice in doubt.choices] == [
        "lorazepam",
        "diazepam",
    ]
    assert _doses(_read(text, "lorazepam", **{doubt.key: "lorazepam"})) == [("3", 0), ("2.5", 7), ("0", None)]
    assert _doses(_read(text, "lorazepam", **{doubt.key: "diazepam"})) == [("3", 0), ("2.5", None)]


def test_names_and_amounts_that_cannot_be_told_apart_are_asked_and_not_guessed():
    found = _read("2 mg lorazepam diazepam 10 mg\nlorazepam stop", "lorazepam")
    assert found.schedule is None
    assert any(doubt.key.startswith("whose@") for doubt in found.doubts)


def test_lines_below_a_heading_are_of_that_medicine():
    text = "Lorazepam 2 mg\n1 mg 2 weeks\nstop\nDiazepam 10 mg\n5 mg 1 week\nstop"
    assert _doses(_read(text, "lorazepam")) == [("2", 0), ("1", 14), ("0", None)]
    assert _doses(_read(text, "diazepam")) == [("10", 0), ("5", 7), ("0", None)]


@pytest.mark.parametrize("mark", ["\n", ". "])
def test_doses_after_another_medicine_in_passing_are_asked_and_never_dropped(mark):
    text = mark.join(
        [
            "Venlafaxine 150mg 4 weeks",
            "75mg 4 weeks",
            "Take propranolol 10mg if needed",
            "37.5mg 4 weeks",
            "stop",
        ]
    )
    answers: dict[str, str] = {}
    found = _read(text, "venlafaxine")
    while found.doubts:
        key = found.doubts[0].key
        assert key.startswith(("whose@", "words"))
        answers[key] = "venlafaxine" if key.startswith("whose@") else "skip"
        found = _read(text, "venlafaxine", **answers)
    assert any(key.startswith("whose@") for key in answers)
    assert _doses(found) == [("150", 28), ("75", 28), ("37.5", 28), ("0", None)]


def test_names_before_some_amounts_and_after_others_are_not_guessed():
    text = "Week 1 paroxetine 20 mg, week 2 10 mg paroxetine + 10 mg fluoxetine, week 3 fluoxetine 20 mg"
    assert "whose@7" in [doubt.key for doubt in _read(text, "paroxetine").doubts]
