"""What people paste: read, or asked back; nothing guessed and nothing lost."""

from __future__ import annotations

import pytest

from easeoff.medicines import load_formulary
from easeoff.planning.schedules.reading import LONGEST_TEXT, PieceKind, read_schedule
from easeoff.quantities import EaseoffError


def read(text, **answers):
    """A reading with answers; in keywords ``@`` is written as ``_at_`` and ``-`` as ``__``."""
    given = {key.replace("_at_", "@").replace("__", "-"): value for key, value in answers.items()}
    found = read_schedule(text, answers=given)
    assert "".join(piece.text for piece in found.pieces) == text
    return found


def doses(found):
    assert found.schedule is not None, [(doubt.key, doubt.text) for doubt in found.doubts]
    return [(str(entry.dose_mg), entry.days) for entry in found.schedule.entries]


def keys(found):
    return [doubt.key for doubt in found.doubts]


class TestWhatIsReadAtOnce:
    def test_doses_with_weeks_and_a_stop(self):
        found = read("sertraline 40mg 4wks, 20mg 4 weeks, 10 mg for 14 days then stop")
        assert doses(found) == [("40", 28), ("20", 28), ("10", 14), ("0", None)]
        assert found.medicine == "sertraline"

    def test_a_doctors_rule_from_a_known_start(self):
        found = read("sertraline 20 mg\nreduce by 5 mg every 2 weeks until off")
        assert doses(found) == [("20", 0), ("15", 14), ("10", 14), ("5", 14), ("0", None)]

    def test_a_rule_whose_last_cut_is_smaller(self):
        assert doses(read("diazepam 12 mg, cut by 5 mg weekly to 0"))[1:] == [("7", 7), ("2", 7), ("0", None)]

    def test_a_list_with_numbers_in_front(self):
        assert doses(read("citalopram\n1. 40 mg 4 weeks\n2. 20 mg 4 weeks\n3. stop")) == [
            ("40", 28),
            ("20", 28),
            ("0", None),
        ]

    def test_full_dates_give_the_days(self):
        found = read("Paxil 20 mg since 2009\n2023-01-05 17.5 mg\n15 Feb 2023: 15 mg\nMar 3, 2023 stop")
        assert doses(found) == [("20", 0), ("17.5", 41), ("15", 16), ("0", None)]
        assert found.medicine == "paroxetine"

    def test_weeks_by_their_numbers(self):
        found = read("zopiclone weeks 1-4: 7.5 mg; weeks 5-6: 3.75 mg; week 7 stop")
        assert doses(found) == [("7.5", 28), ("3.75", 14), ("0", None)]

    def test_times_of_day_joined_by_a_plus(self):
        found = read("paroxetine 10 mg at 8:00 + 20 mg at 22:00 for 28 days\n10 mg at 22:00 for 7 days\nstop")
        first = found.schedule.entries[0]
        assert [(taking.when, taking.mg) for taking in first.takings] == [("08:00", 10), ("22:00", 20)]
        assert doses(found)[0] == ("30", 28)

    def test_a_table_with_a_heading(self):
        text = "step,dose_mg,days\n0,40,0\n1,20,28\n2,10,14\n3,0,\n"
        assert doses(read(f"{text}", medicine="citalopram")) == [
            ("40", 0),
            ("20", 28),
            ("10", 14),
            ("0", None),
        ]

    @pytest.mark.parametrize("mark", ["\t", ",", ";", "|"])
    def test_a_table_with_a_column_for_each_time_of_day(self, mark):
        rows = ["Weeks,Morning (mg),Night (mg),Total", "1-2,10,10,20", "3-4,8,10,18", "5,,8,8", "6,0,0,0"]
        text = "\n".join(rows).replace(",", mark)
        found = read_schedule(text, medicine="diazepam")
        assert not found.doubts and "".join(piece.text for piece in found.pieces) == text
        assert doses(found) == [("20", 14), ("18", 14), ("8", 7), ("0", None)]
        taken = [[(part.when, str(part.mg)) for part in entry.takings] for entry in found.entries]
        assert taken[:3] == [
            [("morning", "10"), ("night", "10")],
            [("morning", "8"), ("night", "10")],
            [("night", "8")],
        ]

    def test_a_total_that_is_not_the_sum_of_its_parts_is_asked_back(self):
        (doubt,) = read_schedule("week,am,pm,total\n1,10mg,5mg,16 mg\n2,0,0,0", medicine="diazepam").doubts
        assert "16 mg" in doubt.quoted or "16" in doubt.text

    def test_months_by_their_numbers(self):
        text = "mirtazapine month 1 30 mg, months 2-3 15 mg, month 4 stop"
        assert [doubt.key for doubt in read(text).doubts] == ["month"]
        found = read(text, month="28")
        assert doses(found) == [("30", 28), ("15", 56), ("0", None)]

    def test_lengths_as_prescribers_write_them(self):
        assert doses(read("citalopram 20 mg, 10 mg 6/52, 5 mg 42/7, stop")) == [
            ("20", 0), ("10", 42), ("5", 42), ("0", None),
        ]  # fmt: skip
        asked = read("citalopram 20 mg, 10mg 28/7; 5mg 1/12; stop")
        assert keys(asked) == ["slash", "month"][: len(keys(asked))]
        assert doses(read(asked.text, slash="length", month="30")) == [
            ("20", 0),
            ("10", 28),
            ("5", 30),
            ("0", None),
        ]

    def test_a_rule_that_ends_at_0_before_a_full_stop(self):
        found = doses(read("clonazepam 1 mg. Reduce 0.5 mg every two weeks to 0."))
        assert found == [("1", 0), ("0.5", 14), ("0", None)]

    def test_a_table_of_dates(self):
        found = read("date;dose_mg\n2023-01-05;40\n2023-02-05;20\n2023-03-05;0", medicine="citalopram")
        assert doses(found) == [("40", 31), ("20", 28), ("0", None)]

    def test_half_a_tablet_whose_strength_stands_there(self):
        assert doses(read("sertraline one 50 mg tablet 2 weeks, half a 50mg tablet 2 weeks, stop")) == [
            ("50", 14), ("25", 14), ("0", None)]  # fmt: skip

    def test_micrograms_and_grams(self):
        assert doses(read("clonazepam 500 mcg, 250 micrograms 2 weeks, stop"))[:2] == [
            ("0.5", 0),
            ("0.25", 14),
        ]

    def test_until_a_date_is_where_the_next_dose_begins(self):
        found = read("citalopram 40 mg until 5 Jan 2023, 20 mg until 5 Feb 2023, stop")
        assert doses(found) == [("40", 0), ("20", 31), ("0", None)]

    def test_a_day_is_said_in_many_ways(self):
        found = read("diazepam 10 mg/day 1 week, 8mg/d 1 week, 6 mg a day 1 week, 4 mg daily 1 week, stop")
        assert [dose for dose, _ in doses(found)] == ["10", "8", "6", "4", "0"]

    def test_two_rules_one_after_the_other(self):
        text = (
            "sertraline 100 mg reduce by 25mg every 4 weeks to 50 mg, then reduce by 25 mg every 2 weeks to 0"
        )
        assert doses(read(text)) == [("100", 0), ("75", 28), ("50", 28), ("25", 14), ("0", None)]

    def test_a_dose_to_stay_on_has_no_end(self):
        assert doses(read("citalopram 20 mg 4 weeks, 10 mg"))[-1] == ("10", None)


@pytest.mark.parametrize(
    ("text", "key", "answer", "becomes"),
    [
        ("sertraline 40, 20 for 2 weeks, stop", "unit", "mg", [("40", 0), ("20", 14), ("0", None)]),
        ("diazepam 37,5 mg 1 week, stop", "comma@9", "decimal", [("37.5", 7), ("0", None)]),
        ("citalopram 1,000 mg 1 week, stop", "comma@11", "thousands", [("1000", 7), ("0", None)]),
        ("sertraline 100 mg, 50 mg, stop", "length", "10", [("100", 0), ("50", 10), ("0", None)]),
        ("sertraline 50 mg 1 month, stop", "month", "28", [("50", 28), ("0", None)]),
        ("sertraline 50 mg for 2-4 weeks, stop", "days:14-28", "14", [("50", 14), ("0", None)]),
        ("sertraline 20-30 mg 1 week, stop", "range@11", "both", [("20", 7), ("30", 7), ("0", None)]),
        ("sertraline 20 mg 1 week, 30 mg 1 week, stop", "rise@25:30", "skip", [("20", 7), ("0", None)]),
        ("sertraline half tablet 2 weeks then stop", "piece:tablet", "50", [("25", 14), ("0", None)]),
        ("paroxetine 10 ml 2 weeks, 5 ml 2 weeks, stop", "ml", "2", [("20", 14), ("10", 14), ("0", None)]),
        ("reduce by 5 mg every 2 weeks until off sertraline", "before", "10", [("10", 0), ("5", 14), ("0", None)]),
        ("venlafaxine 75 mg twice a day, 75 mg 2 weeks, stop", "often:2", "each", [("150", 0), ("75", 14), ("0", None)]),
        ("fluoxetine 20 mg, 20 mg every other day 2 weeks, stop", "alternate", "nothing", [("20", 0), ("10", 14), ("0", None)]),
        ("zopiclone 7.5 mg, 7.5 mg every other night 2 weeks, stop", "alternate", "nothing",
         [("7.5", 0), ("3.75", 14), ("0", None)]),
        ("sertraline 20 mg 1 Jan 2023 for 14 days; stop 1 Mar 2023", "gap@11", "date", [("20", 59), ("0", None)]),
        ("sertraline 100 mg 1 week, -25 mg 1 week, stop", "sign@26", "cut", [("100", 7), ("75", 7), ("0", None)]),
        ("sertraline 2 x 50 mg 1 week, stop", "times@11", "total", [("100", 7), ("0", None)]),
        ("sertraline 50 mg maybe 1 week, stop", "words@17", "skip", [("50", 7), ("0", None)]),
        ("sertraline 20 mg", "next", "0", [("20", 0), ("0", None)]),
        ("citalopram 10 mg morning, 20 mg night for 7 days, stop", "intakes", "same", [("30", 7), ("0", None)]),
        ("sertraline 20 mg 2 weeks on 2 weeks off", "lengths@11", "28", [("20", 28), ("0", None)]),
        ("sertraline 20 mg (half a tablet) 1 week, stop", "both@11", "11", [("20", 7), ("0", None)]),
    ],
)  # fmt: skip
def test_what_is_unclear_is_one_question_and_its_answer_is_used(text, key, answer, becomes):
    open_question = read_schedule(text)
    assert open_question.schedule is None
    assert key in keys(open_question)
    answered = read_schedule(text, answers={key: answer})
    while answered.schedule is None and answered.doubts[0].key.startswith("rise"):
        answered = read_schedule(text, answers={key: answer, answered.doubts[0].key: "keep"})
    assert doses(answered) == becomes


class TestDates:
    def test_a_date_that_can_be_two_is_asked(self):
        text = "sertraline 3/4/2023 20 mg, 3/6/2023 stop"
        (doubt,) = read(text).doubts
        assert [choice.label for choice in doubt.choices] == ["3 April 2023", "4 March 2023"]
        assert doses(read_schedule(text, answers={"date-order": "month-first"}))[0] == ("20", 2)
        assert doses(read_schedule(text, answers={"date-order": "day-first"}))[0] == ("20", 61)

    def test_a_date_that_can_be_one_only_is_not(self):
        assert doses(read("sertraline 25/12/2023 20 mg, 27/12/2023 stop"))[0] == ("20", 2)

    def test_a_forum_signature_asks_for_the_day_and_the_year_once(self):
        text = "Paxil 20mg since 2009; Jan 2023 17.5mg; Feb 15 mg; Mar 12.5 mg"
        assert keys(read(text)) == ["day-of-month"]
        found = read_schedule(text, answers={"day-of-month": "1"})
        assert keys(found) == ["year"]
        found = read_schedule(text, answers={"day-of-month": "1", "year": "follow"})
        assert doses(found) == [("20", 0), ("17.5", 31), ("15", 28), ("12.5", None)]

    def test_dates_out_of_order_are_asked(self):
        text = "sertraline 20 mg 2023-03-01; 25 mg 2023-02-01; stop 2023-05-01"
        assert "order" in keys(read(text))
        found = read_schedule(text, answers={"order": "sort"})
        assert doses(found) == [("25", 28), ("20", 61), ("0", None)]

    def test_a_day_that_no_calendar_has_is_asked(self):
        found = read("sertraline 20 mg 30 Feb 2023, stop 2023-05-01")
        assert any(key.startswith("date@") for key in keys(found))


class TestMedicines:
    def test_an_unknown_name_is_asked_with_the_nearest(self):
        (doubt, *_) = read("Sertaline 50 mg 1 week, stop").doubts
        assert doubt.key == "medicine"
        assert "sertraline" in [choice.value for choice in doubt.choices]

    def test_no_name_is_asked_for(self):
        (doubt,) = read("50 mg 1 week, stop").doubts
        assert (doubt.key, doubt.typed) == ("medicine", "medicine")

    def test_two_medicines_are_asked_and_the_other_is_named_as_left_out(self):
        text = "Valium 10 mg, 5 mg 2 weeks, stop\nPaxil 20 mg, 10 mg 2 weeks, stop"
        assert keys(read(text))[0] == "medicine"
        found = read_schedule(text, answers={"medicine": "paroxetine"})
        assert doses(found) == [("20", 0), ("10", 14), ("0", None)]
        left = [piece.text for piece in found.pieces if piece.kind is PieceKind.LEFT_OUT]
        assert left == ["Valium 10 mg, 5 mg 2 weeks, stop\n"]

    def test_a_medicine_other_than_the_one_chosen_is_asked(self):
        found = read_schedule("Valium 10 mg, 5 mg 1 week, stop", medicine="sertraline")
        assert keys(found)[0] == "medicine"

    def test_a_dose_that_nobody_takes_is_asked(self):
        text = "sertraline 10000 mg 1 week, 50 mg 1 week, stop"
        found = read_schedule(text, formulary=load_formulary("sertraline", "GB"))
        assert keys(found) == ["large@11:10000"]


class TestNothingIsGuessedOrLost:
    @pytest.mark.parametrize(
        "text",
        [
            "sertraline not 20 mg", "sertraline about 20 mg 1 week, stop", "sertraline 20.5.3 mg", "sertraline 20-0-10",
            "sertraline up to 50 mg 1 week, stop", "sertraline 10 mg every 3 days 2 weeks, stop", "sertraline 20 mg?, stop",
            "sertraline less than 20 mg, stop", "sertraline ~20 mg 1 week, stop", "sertraline drop 5 mg, stop",
            "sertraline 50-25-12.5-0", "sertraline 50mg 2/7, stop", "sertraline 50mg/25mg alternating, stop",
            "sertraline 5O mg, stop", "sertraline halve 50 mg every 2 weeks", "sertraline 50 mg. Do not stop.",
            "sertraline 10 mg/5 mL 1 week, stop", "sertraline 5 mg a week, stop", "sertraline half, stop",
        ],
    )  # fmt: skip
    def test_words_that_could_change_a_dose_are_never_passed_over(self, text):
        found = read(text)
        assert found.schedule is None
        assert found.doubts

    def test_what_nobody_understands_is_named(self):
        found = read("sertraline 50 mg 1 week, lorem ipsum, stop")
        assert found.not_understood == ("lorem ipsum",)

    def test_many_strange_words_are_one_question(self):
        text = "\n".join(["sertraline 50 mg 1 week", *["felt dreadful"] * 9, "stop"])
        assert keys(read(text)) == ["words"]
        assert doses(read_schedule(text, answers={"words": "skip"})) == [("50", 7), ("0", None)]

    def test_an_answer_that_cannot_be_read_is_asked_again_with_the_reason(self):
        (doubt,) = read("sertraline 100 mg, 50 mg, stop", length="a while").doubts
        assert "whole number" in doubt.problem

    def test_a_percentage_of_the_current_dose_needs_an_end(self):
        text = "sertraline 100 mg reduce by 10% of the current dose every 4 weeks until off"
        (doubt,) = read(text).doubts
        assert doubt.key.startswith("floor@")
        found = doses(read_schedule(text, answers={doubt.key: "50"}))
        assert found == [("100", 0), ("90", 28), ("81", 28), ("72.9", 28), ("65.61", 28), ("59.05", 28), ("53.14", 28),
                         ("47.83", 28), ("0", None)]  # fmt: skip

    def test_a_percentage_without_its_base_is_asked(self):
        assert any(
            k.startswith("base@") for k in keys(read("sertraline 100 mg reduce by 10% monthly until off"))
        )


class TestLimits:
    def test_nothing_pasted_is_one_sentence(self):
        with pytest.raises(EaseoffError, match="Nothing was pasted"):
            read_schedule(" \n")

    def test_a_hundred_thousand_characters_and_more_are_refused(self):
        with pytest.raises(EaseoffError, match="too long"):
            read_schedule("a" * (LONGEST_TEXT + 1))

    def test_five_hundred_lines_are_all_read(self):
        lines = [f"{600 - number} mg for 7 days, felt fine that week" for number in range(500)]
        found = read_schedule("sertraline\n" + "\n".join(lines), answers={"words": "skip"})
        assert len(found.schedule.entries) == 500

    @pytest.mark.parametrize(
        "text", ["1 " * 40_000, "37,5 mg " * 12_000, "half " * 20_000, "2-4 weeks 20 mg, " * 5_000]
    )
    def test_the_longest_texts_are_read_however_many_doubts_they_raise(self, text):
        assert read_schedule(text).doubts

    def test_a_rule_without_end_in_sight_is_refused(self):
        with pytest.raises(EaseoffError, match="more than 1000 doses"):
            read_schedule("sertraline 200 mg reduce by 0.001 mg every day until off")
