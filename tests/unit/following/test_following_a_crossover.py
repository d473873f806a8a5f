"""A crossover that is followed: both medicines by name at every turn, and nothing that would ask for a dose nobody chose."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal as D
from functools import cache
from typing import Any

import pytest
from icalendar import Calendar
from life_cases import BY, MONDAY, SETTLED, day, record

from easeoff.directory import crisis_panel
from easeoff.documents import calendar_file, fhir_bundle, plan_table, read_fhir_doses, read_plan, write_plan
from easeoff.documents.crosswords import next_command
from easeoff.documents.history import identity, versions
from easeoff.documents.issuing import stop_words
from easeoff.documents.planevents import event_object
from easeoff.documents.scheduledata import schedule_data
from easeoff.documents.supplydata import supply_data
from easeoff.planning.lifecycle import Kind, Suggestion, advance, recordable, suggestion
from easeoff.planning.lifecycle.recording import REFUSED
from easeoff.planning.plan import Event, Plan, Status
from easeoff.planning.request import CrossoverWish, Indication, IntakeDose, MethodName, Override, TaperRequest
from easeoff.proposing import plan_taper
from easeoff.proposing.issuing import proposal_of_version
from easeoff.quantities import EaseoffError

PRESCRIBER = Override("Dr A Example", "GP", "GMC 7654321", "short acting", MONDAY)
ALPRAZOLAM = TaperRequest(
    "alprazolam", D("1.5"), "GB", MONDAY, start=MONDAY, method=MethodName.CROSSOVER, override=PRESCRIBER,
    intakes=tuple(IntakeDose(at, D("0.5")) for at in ("08:00", "14:00", "22:00")),
    person=replace(SETTLED, indication=Indication.ANXIETY), crossover=CrossoverWish("diazepam", D(20), "prescriber"),
)  # fmt: skip
#: Counted together it never moves: 20 mg of diazepam for 2 mg of lorazepam, in halves of 1 mg.
LORAZEPAM = replace(
    ALPRAZOLAM, medicine="lorazepam", dose=D(2), intakes=(IntakeDose("08:00", D(1)), IntakeDose("22:00", D(1)))
)  # fmt: skip
#: In the third week both have been exchanged twice.
SECOND, THIRD = 9, 16


@cache
def first(wish: TaperRequest = ALPRAZOLAM) -> Plan:
    plan = plan_taper(wish).plan
    assert plan is not None
    return plan


@cache
def running(wish: TaperRequest = ALPRAZOLAM) -> Plan:
    plan = first(wish)
    for kind in ("agree", "start"):
        plan = record(plan, kind, 0, by=BY).plan
    return plan


def doses(plan: Plan) -> list[tuple[D, D]]:
    assert plan.crossover is not None
    return [(plan.taken_of(plan.medicine, s), plan.taken_of(plan.crossover.medicine, s)) for s in plan.steps]


def test_it_begins_with_a_prescriber_and_every_version_reads_back_to_the_same_bytes() -> None:
    held = record(running(), "hold", SECOND, why="sleepy").plan
    assert [v.plan.status for v in versions(held)] == [
        Status.WITH_PRESCRIBER, Status.AGREED, Status.RUNNING, Status.HELD]  # fmt: skip
    text = write_plan(held)
    assert write_plan(read_plan(text)) == text


def test_a_draft_that_no_prescriber_recorded_cannot_be_agreed() -> None:
    with pytest.raises(EaseoffError, match="crossover"):
        record(first(replace(ALPRAZOLAM, override=None)), "agree", 0, by=BY)


@pytest.mark.hazard("H-015", "H-021")
@pytest.mark.parametrize("kind", REFUSED)
def test_what_has_no_meaning_for_two_medicines_is_refused_with_what_to_do_instead(kind: Kind) -> None:
    plan = running()
    assert kind not in recordable(plan) and Kind.HOLD in recordable(plan)
    with pytest.raises(EaseoffError) as refused:
        record(plan, kind, SECOND, by=BY, why="asked")
    assert refused.value.message.endswith(".") and "hold" in refused.value.hint
    with pytest.raises(EaseoffError):
        advance(plan, Event(kind, day(SECOND), "", step=1), identity(plan))


@pytest.mark.hazard("H-022")
def test_hold_and_resume_name_both_doses_and_keep_the_days_between_exchanges() -> None:
    held = record(running(), "hold", SECOND, why="sleepy")
    assert "Stay on alprazolam 0.5 mg and diazepam 13.2 mg a day" in held.words[0]
    assert "Step 3 (diazepam 19.8 mg) has no date now." in held.difference.changes
    again = record(held.plan, "resume", SECOND + 1).plan
    assert again.steps[2].start == day(14), "the second exchange still has its seven days"


@pytest.mark.hazard("H-021")
def test_the_dose_taken_is_said_by_the_medicine_that_goes() -> None:
    behind = record(running(), "hold", SECOND, taking=D(1)).plan
    assert behind.events[-1].step == 1
    with pytest.raises(EaseoffError, match=r"13\.2 mg of alprazolam is more than"):
        record(running(), "hold", SECOND, taking=D("13.2"))
    with pytest.raises(EaseoffError) as asked:
        record(running(), "hold", 7)
    assert '--taking "1 mg" or --taking "0.5 mg", which is the dose of alprazolam.' in asked.value.hint


@pytest.mark.hazard("H-021")
def test_steps_with_one_total_are_told_apart() -> None:
    plan = running(LORAZEPAM)
    assert {step.dose_mg for step in plan.steps} == {D(2)}
    behind = record(plan, "hold", SECOND, taking=D(1)).plan
    assert behind.events[-1].step == 1
    assert doses(behind) == doses(plan), "the exchange ahead stays ahead"


@pytest.mark.hazard("H-002", "H-015", "H-021")
def test_a_step_back_undoes_one_exchange_and_takes_every_one_after_it_again_more_slowly() -> None:
    with pytest.raises(EaseoffError, match="which prescriber decided it was not said"):
        record(running(), "step-back", SECOND)
    back = record(running(), "step-back", SECOND, by=BY)
    plan = back.plan
    assert doses(plan) == [
        (D(1), D("6.6")),
        (D("0.5"), D("13.2")),
        (D(1), D("6.6")),
        (D("0.5"), D("13.2")),
        (D(0), D("19.8")),
    ]
    assert plan.interval_days == 11 and plan.steps[2].start == day(SECOND)
    assert "Take alprazolam 1 mg and diazepam 6.6 mg a day from your next dose" in back.words[0]
    assert any("you may be sleepier at first" in text for text in back.words)
    with pytest.raises(EaseoffError, match="comes before the next lower dose"):
        record(plan, "resume", SECOND + 20)
    reviewed = record(plan, "review", SECOND + 20, by=BY).plan
    again = record(reviewed, "resume", SECOND + 20).plan
    assert again.steps[3].start == day(SECOND + 20)  # fmt: skip


@pytest.mark.hazard("H-001", "H-021")
def test_going_back_to_the_very_start_makes_todays_doses_of_the_first_medicine() -> None:
    plan = record(running(), "step-back", 2, by=BY).plan
    again = plan.steps[1]
    assert [(i.time, i.mg, {p.medicine for p in i.portions}) for i in again.intakes] == [
        (at, D("0.5"), {"alprazolam"}) for at in ("08:00", "14:00", "22:00")
    ]
    assert again.dose_mg == plan.start_dose_mg and again.drop == 0
    assert doses(plan)[2:] == doses(running())  # fmt: skip


def test_the_start_itself_has_nothing_to_go_back_to() -> None:
    started = record(record(first(), "agree", 0, by=BY).plan, "start", 0, by=BY).plan
    behind = record(started, "hold", 3, taking=D("1.5")).plan
    with pytest.raises(EaseoffError, match=r"alprazolam 1\.5 mg is the dose this plan began with"):
        record(behind, "step-back", 4, by=BY)


@pytest.mark.hazard("H-022")
def test_missed_doses_freeze_it_and_a_prescriber_lets_it_go_on() -> None:
    frozen = record(running(), "missed", SECOND, doses=3)
    assert frozen.plan.status is Status.FROZEN
    assert "alprazolam 0.5 mg and diazepam 13.2 mg a day may be too much at once" in frozen.words[0]
    cleared = record(frozen.plan, "clear", SECOND + 1, by=BY, why="seen").plan
    assert cleared.status is Status.HELD
    waiting = record(first(), "freeze", 0, why="ill").plan
    assert record(waiting, "clear", 1, by=BY, why="seen").plan.status is Status.WITH_PRESCRIBER


def test_two_waits_ask_the_prescriber_and_never_for_a_slower_plan() -> None:
    plan = running()
    for number in (8, 10):
        plan = record(plan, "hold", number).plan
        plan = record(plan, "resume", number + 1).plan
    told = suggestion(plan, day(12))
    assert told.what is Suggestion.ASK and "ask your prescriber how the crossover goes on" in told.text


def test_at_its_goal_the_next_plan_is_one_of_the_new_medicine() -> None:
    arrived = record(running(), "arrive", THIRD)
    assert arrived.plan.status is Status.AT_GOAL and arrived.plan.review_on == day(THIRD + 7)
    assert "what is left of alprazolam" in arrived.words[0]
    told = suggestion(arrived.plan, day(THIRD)).text
    assert told.startswith("Stay on diazepam 19.8 mg a day.") and "a plan of its own" in told
    assert next_command(arrived.plan)[2] == "'diazepam 19.8 mg'"
    assert record(arrived.plan, "review", THIRD + 7).plan.status is Status.REVIEWED


@pytest.mark.hazard("H-015")
def test_a_stop_of_today_tells_both_doses_to_keep() -> None:
    plan = running()
    older = replace(
        plan, request=replace(plan.request, person=replace(plan.request.person, age=70), override=None)
    )
    made = proposal_of_version(older, day(SECOND))
    assert "Keep taking alprazolam 0.5 mg and diazepam 13.2 mg as you do now." in stop_words(made)  # fmt: skip


def _due(plan: Plan, on: date) -> list[tuple[date, str, str, D]]:
    found = []
    for step in plan.steps:
        at = step.start
        while (
            at is not None
            and plan.review_on is not None
            and at < plan.review_on
            and (not step.end or at <= step.end)
        ):
            if at >= on:
                found += [(at, i.time, p.product, p.mg) for i in step.intakes for p in i.portions]
            at += timedelta(1)
    return sorted(found)


@pytest.mark.hazard("H-009", "H-031")
def test_papers_and_files_begin_with_both_doses_of_now() -> None:
    plan, on = running(), day(SECOND)
    made, now = proposal_of_version(plan, on), datetime.combine(on, time(9), tzinfo=UTC)
    schedule: dict[str, Any] = schedule_data(
        plan, made.formulary, crisis_panel((), "GB", on), "", on, made.findings
    )
    assert schedule["facts"][0][1].startswith(
        "alprazolam 0.5 mg and diazepam 13.2 mg a day (alprazolam 0.5 mg at 08:00; diazepam 6.6 mg"
    )
    assert "Done so far: step 1 (alprazolam 1 mg and diazepam 6.6 mg)" in schedule["done"]
    assert str(supply_data(plan, made.formulary, "", on)["course"]).startswith(
        "Alprazolam 0.5 mg and diazepam 13.2 mg a day is to be changed"
    )
    read = sorted((d.date, d.time, d.product, d.mg) for d in read_fhir_doses(fhir_bundle(made, now)))
    # The step of now is written with its first day, also where that is over.
    assert [dose for dose in read if dose[0] and dose[0] >= on] == _due(plan, on)
    rows = list(csv.DictReader(io.StringIO(plan_table(made, "steps"))))
    assert [(r["step"], r["medicine"], r["part"]) for r in rows[:2]] == [
        ("1", "alprazolam", "done"),
        ("1", "diazepam", "done"),
    ]
    events = Calendar.from_ical(calendar_file(made, now, titles="doses")).walk("VEVENT")
    assert any("diazepam 19.8 mg a day" in str(event["SUMMARY"]) for event in events)  # fmt: skip


def test_a_stopped_back_version_keeps_what_it_was_worked_out_from() -> None:
    course = event_object(record(running(), "step-back", SECOND, by=BY).plan.events[-1])["course"]
    assert {p["medicine"] for s in course["steps"] for i in s.value["intakes"] for p in i["portions"]} == {"alprazolam", "diazepam"}  # type: ignore[index,call-overload,union-attr]  # fmt: skip
