"""Whatever is pasted: never a crash, every character accounted for; and what we write is read back the same."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from easeoff.planning.schedules.model import Entry, Schedule, Taking
from easeoff.planning.schedules.reading import read_schedule
from easeoff.planning.schedules.writing import write_schedule
from easeoff.quantities import EaseoffError

_PARTS = st.sampled_from(
    ["40mg", "20 mg", "37,5", "1,000 mg", "10", "0", "-5 mg", "2 ml", "10mg/5ml", "half a tablet", "2 x 10 mg", "20-30 mg",
     "4wks", "2 weeks", "2-4 weeks", "1 month", "weeks 1-4", "Jan 2023", "Feb 15", "3/4/2023", "2023-02-30", "15 March",
     "since 2009", "until", "then", "stop", "off", "reduce by 5 mg every 2 weeks until off", "by 2-4 mg every 1-2 weeks", "2.5 mg monthly", "reduce from 20 mg to", "alternating with",
     "q8h", "twice weekly", "Stage 1", "10-5-0 mg", "1 000 mg", "each for 4 weeks", "Every 2 weeks", "hold", "cease", "1.XII.2023", "lorazepam",
     "Stage\tMorning\tNight\tDaily\n", "week,lorazepam,diazepam\n", "\t", "½ x 10 mg", "x 2", "after week 6", "by 10% weekly", "by 5 mg",
     "twice a day", "every other day", "at 08:00", "morning", "+", "and", ",", ";", "\n", "->", "Paxil", "Valium", "sertaline",
     "maybe", "now", "for", "dose,days\n", "dose_mg;date\n", "½ tablet", "0.0000001 mg", "999999999999999 mg", "3/4", "%", "(", "?"]
)  # fmt: skip
_PASTED = st.lists(_PARTS, min_size=1, max_size=14).map(" ".join) | st.text(max_size=80)


def _answered(doubt, pick):
    if doubt.choices:
        return doubt.choices[pick % len(doubt.choices)].value
    return {"mg": "12.5", "days": "9", "year": "2023", "date": "2023-05-06", "medicine": "sertraline"}.get(
        doubt.typed
    )


@given(_PASTED, st.lists(st.integers(0, 4), min_size=30, max_size=30))
@example("20 mg 2 weeks; 10 mg", [0] * 30)
@settings(max_examples=400)
def test_it_never_crashes_and_every_character_is_accounted_for(text, picks):
    answers = {}
    for pick in picks:
        try:
            found = read_schedule(text, answers=answers)
        except EaseoffError as problem:
            assert problem.message
            return
        assert "".join(piece.text for piece in found.pieces) == text
        assert all(piece.end - piece.start == len(piece.text) for piece in found.pieces)
        assert (found.schedule is None) == bool(found.doubts)
        assert len({doubt.key for doubt in found.doubts}) == len(found.doubts)
        if found.schedule is not None:
            return
        answer = _answered(found.doubts[0], pick)
        if answer is None:
            return
        assert answers.get(found.doubts[0].key) != answer, "an answer from the list is accepted"
        answers[found.doubts[0].key] = answer


_DOSES = st.integers(1, 10**9).map(lambda units: Decimal(units).scaleb(-6)) | st.integers(1, 900).map(Decimal)


@st.composite
def _schedules(draw):
    doses = sorted(draw(st.lists(_DOSES, min_size=2, max_size=8, unique=True)), reverse=True)
    if draw(st.booleans()):
        doses[-1] = Decimal(0)
    entries = []
    for number, dose in enumerate(doses):
        last, first = number == len(doses) - 1, number == 0
        days = draw(st.integers(0 if first else 1, 400))
        if last and draw(st.booleans()):
            days = None
        twice = dose > 0 and draw(st.booleans())
        takings = (Taking("08:00", dose), Taking("22:00", dose)) if twice else ()
        entries.append(
            Entry(dose * 2 if twice else dose, days, draw(st.booleans()) and not twice and dose > 0, takings)
        )
    doses_now = [entry.dose_mg for entry in entries]
    if any(a <= b for a, b in pairwise(doses_now)):
        entries = [Entry(dose, entry.days) for dose, entry in zip(doses, entries, strict=True)]
    return Schedule("Pasted", draw(st.sampled_from(["sertraline", "diazepam"])), tuple(entries))


@given(_schedules())
@settings(max_examples=200)
def test_a_schedule_that_is_written_is_read_back_the_same(schedule):
    found = read_schedule(write_schedule(schedule))
    assert found.doubts == ()
    assert found.schedule == schedule
    assert write_schedule(found.schedule) == write_schedule(schedule)
