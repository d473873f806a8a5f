"""Papers and files of a plan that is followed: the dose of now, never a dose that is behind, and the same doses everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal as D
from typing import Any

import pypdf
import pytest
from icalendar import Calendar
from life_cases import BY, IN_THE_MORNING, citalopram, day, draft, lamotrigine, mirtazapine, record, running

from easeoff.directory import crisis_panel
from easeoff.documents import (
    calendar_file,
    fhir_bundle,
    letter_pdf,
    papers_for,
    plan_table,
    read_fhir_doses,
    read_fhir_plan,
    schedule_pdf,
    supply_pdf,
)
from easeoff.documents.calendarentries import RENEW, renewal
from easeoff.documents.carddata import card_data
from easeoff.documents.history import identity
from easeoff.documents.identity import series_id
from easeoff.documents.needs import needs
from easeoff.documents.scheduledata import schedule_data
from easeoff.documents.steprows import NO_DATE_YET, step_rows
from easeoff.documents.supplydata import supply_data
from easeoff.medicines.model import Tier
from easeoff.planning.lifecycle import Change, Kind, suggestion
from easeoff.planning.plan import Plan
from easeoff.planning.request import IntakeDose, Override, Pregnancy
from easeoff.proposing import Outcome, Proposal
from easeoff.proposing.following import Happening, follow
from easeoff.proposing.issuing import proposal_of_version
from easeoff.quantities import EaseoffError, format_mg

#: On this day the second step of 28 days is taken.
MIDDLE = 40
PANEL = crisis_panel((), "GB", day(MIDDLE))


def _moment(number: int) -> datetime:
    return datetime.combine(day(number), time(9, 30), UTC)


def _proposal(plan: Plan, number: int = MIDDLE) -> Proposal:
    return proposal_of_version(plan, day(number))


def _schedule(plan: Plan, number: int = MIDDLE) -> Any:
    made = _proposal(plan, number)
    return schedule_data(plan, made.formulary, PANEL, "", made.on, made.findings)


def _said_now(text: str) -> set[str]:
    """Every dose that a text names as the one to go on with or taken now."""
    return set(re.findall(r"(?:[Kk]eep taking|You take|Taken now|Stay on|now is) ([\d.]+ mg)", text))


def _flat(data: Any) -> str:
    if isinstance(data, dict):
        return " ".join(_flat(value) for value in data.values())
    if isinstance(data, list | tuple):
        return " ".join(_flat(value) for value in data)
    return str(data)


@pytest.mark.hazard("H-002", "H-021")
@pytest.mark.parametrize("plan", [mirtazapine(), citalopram()], ids=["mirtazapine", "citalopram"])
def test_no_paper_names_a_dose_that_is_behind_as_the_one_taken_now(plan: Plan) -> None:
    made, now = _proposal(plan), format_mg(plan.steps[1].dose_mg)
    data = _schedule(plan)
    assert ["Taken now", f"{now} a day"] in data["facts"]
    texts = [
        _flat({k: v for k, v in data.items() if k != "chart"}),
        _flat(supply_data(plan, made.formulary, "", made.on)),
    ]
    texts.append(json.dumps(json.loads(fhir_bundle(made, _moment(MIDDLE))), ensure_ascii=False))
    texts.append(calendar_file(made, _moment(MIDDLE), titles="doses").decode().replace("\r\n ", ""))
    for text in texts:
        assert _said_now(text) <= {now}, text
    start = re.escape(format_mg(plan.start_dose_mg))
    assert not re.search(rf"(?<![\d.]){start} a day (?:is|as)", " ".join(texts))


@pytest.mark.hazard("H-002")
def test_the_first_step_printed_is_the_one_taken_now_and_the_others_stand_in_one_line() -> None:
    data = _schedule(mirtazapine())
    assert data["done"] == "Done so far: step 1 (27 mg), 4 January to 31 January 2027."
    assert [block["heading"] for block in data["blocks"]] == [
        "Step 2: 24.45 mg a day",
        "Step 3: 22.05 mg a day",
    ]
    assert [block["start_only_if"][:12] for block in data["blocks"]] == ["You take thi", "Start only i"]
    assert data["blocks"][0]["weeks"][0][0] == "Sat 13 Feb", "no box for a day that is over"
    assert data["outline"][0][0] == "Step 4"
    pdf = schedule_pdf(_proposal(mirtazapine()))
    words = re.sub(
        r"\s+", " ", " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    )
    assert "Step 1: 27 mg" not in words and "Step 2: 24.45 mg a day" in words
    assert pdf == schedule_pdf(_proposal(mirtazapine())), "the same bytes"


def test_on_the_first_day_of_a_step_it_still_says_when_to_start_it() -> None:
    block = _schedule(mirtazapine(), 28)["blocks"][0]
    assert block["heading"].startswith("Step 2") and block["start_only_if"].startswith("Start only if")


@pytest.mark.hazard("H-002")
def test_on_the_first_day_of_a_step_nothing_says_that_it_is_taken_already() -> None:
    data = _schedule(mirtazapine(), 28)
    assert data["facts"][0] == ["Dose from today", "24.45 mg a day"]
    assert "By the dates step 2, 24.45 mg a day, begins today. Start only if" in data["course"]
    assert (
        "Keep taking 27 mg a day as you do now, or 24.45 mg once you have begun step 2." in data["agreement"]
    )
    assert _said_now(_flat({k: v for k, v in data.items() if k != "chart"})) == {"27 mg"}
    assert _schedule(mirtazapine(), 29)["facts"][0] == ["Taken now", "24.45 mg a day"]


def test_before_the_first_step_the_starting_dose_is_the_one_taken_now() -> None:
    plan = draft("mirtazapine", "30", tier=Tier.SPECIAL)
    for kind in ("hand-over", "agree"):
        plan = record(plan, kind, 0, by=BY).plan
    begins = Happening(Kind.START, day(10))
    plan = follow(plan, begins, replaces=identity(plan), today=day(0)).plan
    data = _schedule(plan, 3)
    assert ["Taken now", "30 mg a day"] in data["facts"] and data["done"] == ""
    assert data["agreement"].endswith("Until the first step begins, keep taking 30 mg a day as you do now.")
    assert data["blocks"][0]["heading"].startswith("Step 1")
    assert _schedule(plan, 12)["facts"][0] == ["Taken now", "27 mg a day"]


def test_it_says_who_agreed_and_asks_for_a_signature_only_where_something_was_changed_since() -> None:
    plan = mirtazapine()
    agreed = _schedule(plan)
    assert agreed["subtitle"] == "Agreed with your prescriber" and agreed["signing"] == ()
    assert agreed["agreement"].startswith(
        "Agreed by A prescriber, GP, 1234567 on 4 January 2027. Keep taking 24.45 mg"
    )
    slowed = _schedule(record(plan, "slower", MIDDLE).plan)
    assert slowed["subtitle"].startswith("Changed since") and slowed["signing"]
    assert "13 February 2027: the plan was slowed." in slowed["agreement"]
    edited = record(plan, "edit", MIDDLE, every=21, by="B. Other; GP; 7654321", why="asked for").plan
    assert _schedule(edited)["agreement"].startswith("Agreed by B. Other, GP, 7654321 on 13 February 2027.")
    assert not _schedule(edited)["signing"]


def test_a_version_that_nobody_agreed_to_is_a_proposal_and_still_has_its_letter() -> None:
    plan = record(draft("mirtazapine", "30", tier=Tier.SPECIAL), "hand-over", 0).plan
    made = _proposal(plan, 0)
    data = _schedule(plan, 0)
    assert (
        data["agreement"].startswith("This is a proposal until")
        and "30 mg a day as you do now" in data["agreement"]
    )
    assert {paper.format for paper in papers_for(made)} == {"letter", "pdf", "supply", "cards"}
    assert letter_pdf(made).startswith(b"%PDF")
    states = {e["resource"]["status"] for e in json.loads(fhir_bundle(made, _moment(0)))["entry"]
              if e["resource"]["resourceType"] == "CarePlan"}  # fmt: skip
    assert states == {"draft"}
    assert b"TENTATIVE" in calendar_file(made, _moment(0))


def test_once_agreed_there_is_no_letter_but_a_sentence_on_what_to_hand_over_instead() -> None:
    made = _proposal(mirtazapine())
    assert {paper.format for paper in papers_for(made)} == {"pdf", "supply", "cards"}
    with pytest.raises(EaseoffError, match="once a plan is agreed") as refused:
        letter_pdf(made)
    assert "schedule" in refused.value.hint and "history" in refused.value.hint


@pytest.mark.hazard("H-006", "H-012")
def test_a_plan_on_hold_has_a_supply_list_for_28_days_of_the_dose_of_now() -> None:
    held = record(mirtazapine(), "hold", MIDDLE).plan
    made = _proposal(held, MIDDLE + 3)
    data = supply_data(held, made.formulary, "", made.on)
    assert data["course"] == (
        "Mirtazapine 24.45 mg a day is taken now. The plan is on hold, so no lower dose has a date. This covers 28 days of this"
        " dose, from 16 February 2027."
    )
    wanted = needs(held, made.formulary, made.on)
    assert {n.product.id: n.in_all.amount for n in wanted} == {s.product: s.amount for s in held.supply}
    assert "review" not in _flat(data["products"]) + str(data["total"])
    assert supply_pdf(made).startswith(b"%PDF")


@pytest.mark.hazard("H-012")
def test_on_hold_the_letter_is_not_sent_on_to_a_schedule_that_is_refused_too() -> None:
    made = _proposal(record(mirtazapine(), "hold", MIDDLE).plan)
    with pytest.raises(EaseoffError, match="no schedule while the plan is on hold") as refused:
        letter_pdf(made)
    assert refused.value.hint == (
        "Show the saved plan itself instead: it tells the dose you take now and what happened. The supply list can be printed."
    )


def test_on_hold_before_the_first_step_there_is_no_supply_list() -> None:
    plan = draft("mirtazapine", "30", tier=Tier.SPECIAL)
    for kind in ("hand-over", "agree"):
        plan = record(plan, kind, 0, by=BY).plan
    ahead = follow(plan, Happening(Kind.START, day(20)), replaces=identity(plan), today=day(0)).plan
    held = record(ahead, "hold", 5).plan
    assert not papers_for(_proposal(held, 6))
    with pytest.raises(EaseoffError, match="on hold"):
        supply_pdf(_proposal(held, 6))


@pytest.mark.hazard("H-012", "H-021")
@pytest.mark.parametrize(("kind", "more", "why"), [
    ("hold", {}, "on hold"), ("freeze", {}, "frozen"), ("missed", {"doses": 3}, "frozen"), ("stay", {}, "goal is reached"),
])  # fmt: skip
def test_while_it_waits_nothing_to_follow_is_made_and_the_dose_of_now_is_said(
    kind: str, more: Any, why: str
) -> None:
    plan = record(mirtazapine(), kind, MIDDLE, **more).plan
    made = _proposal(plan, MIDDLE + 1)
    assert {paper.format for paper in papers_for(made)} == ({"supply"} if kind == "hold" else set())
    assert not made.may_issue_schedule
    supply = () if kind == "hold" else (supply_pdf,)
    for make in (schedule_pdf, *supply, plan_table, lambda p: fhir_bundle(p, _moment(41))):
        with pytest.raises(EaseoffError, match=why) as refused:
            make(made)
        assert "24.45 mg" in refused.value.hint and "30 mg" not in refused.value.hint
        if kind == "missed":
            assert "eep taking" not in refused.value.hint, (
                "after a gap nobody is told to go on with the full dose"
            )


@pytest.mark.hazard("H-021")
def test_after_a_gap_nothing_that_is_shown_says_to_go_on_with_the_full_dose() -> None:
    gap = record(mirtazapine(), "missed", MIDDLE, doses=3).plan
    ill = record(gap, "freeze", MIDDLE + 1).plan
    for plan in (gap, ill):
        assert "eep taking" not in suggestion(plan, day(MIDDLE + 1)).text
        assert "today what to take" in suggestion(plan, day(MIDDLE + 1)).text
    cleared = record(ill, "clear", MIDDLE + 2, by=BY, why="looked at it").plan
    again = record(cleared, "freeze", MIDDLE + 3).plan
    assert "Keep taking 24.45 mg" in suggestion(again, day(MIDDLE + 3)).text
    waits = _proposal(again, MIDDLE + 3).waits
    assert waits is not None and "Keep taking 24.45 mg" in waits.what_to_do


@pytest.mark.hazard("H-002")
def test_dates_that_have_passed_without_a_record_are_not_printed() -> None:
    plan = mirtazapine()
    due = _proposal(plan, 84)
    assert due.waits is not None and "its review, planned for 29 March 2027" in due.waits.why
    assert "Keep taking 22.05 mg" in due.waits.what_to_do
    over = _proposal(running("propranolol", "80", review=6, intakes=IN_THE_MORNING), 400)
    assert over.waits is not None and "last step is over" in over.waits.why
    agreed = draft("mirtazapine", "30", tier=Tier.SPECIAL)
    for kind in ("hand-over", "agree"):
        agreed = record(agreed, kind, 0, by=BY).plan
    waits = _proposal(agreed, 3).waits
    assert waits is not None and "was not started" in waits.why and "Keep taking 30 mg" in waits.what_to_do


@pytest.mark.hazard("H-012", "H-013")
def test_a_stop_of_today_prints_nothing_and_names_the_dose_of_now() -> None:
    plan = mirtazapine()
    asked = replace(plan.request, person=replace(plan.request.person, pregnancy=Pregnancy.PREGNANT))
    made = _proposal(replace(plan, request=asked))
    assert made.outcome is Outcome.STOPPED
    with pytest.raises(EaseoffError, match="stop") as refused:
        schedule_pdf(made)
    assert (
        "Keep taking 24.45 mg as you do now." in refused.value.hint
        and "You are pregnant." in refused.value.hint
    )
    assert not any("30 mg as you do now" in f.text for f in made.findings)


def test_an_overridden_stop_does_not_name_the_starting_dose_either() -> None:
    plan = mirtazapine()
    asked = replace(plan.request, person=replace(plan.request.person, pregnancy=Pregnancy.PREGNANT),
                    override=Override("A. Jones", "GP", "1234567", "agreed with the midwife", day(0)))  # fmt: skip
    made = _proposal(replace(plan, request=asked))
    assert made.may_issue_schedule
    told = [f.text for f in made.findings if f.rule == "pregnancy"]
    assert told and "Keep taking 24.45 mg as you do now" in told[0] and "30 mg" not in told[0]


@pytest.mark.hazard("H-001", "H-003")
@pytest.mark.parametrize("plan", [
    mirtazapine(), citalopram(), lamotrigine(), record(mirtazapine(), "step-back", MIDDLE).plan,
    record(mirtazapine(), "slower", MIDDLE).plan,
], ids=["running", "to-4-mg", "lamotrigine", "stepped-back", "slowed"])  # fmt: skip
def test_calendar_fhir_and_tables_hold_the_doses_of_the_plan_on_every_day(plan: Plan) -> None:
    made = _proposal(plan)
    wanted = _doses_to_review(plan)
    rows = csv.DictReader(io.StringIO(plan_table(made, "days")))
    assert {date.fromisoformat(row["date"]): D(row["dose"]) for row in rows} == wanted
    fhir = fhir_bundle(made, _moment(MIDDLE))
    doses: dict[date, D] = {}
    for dose in read_fhir_doses(fhir):
        assert dose.date is not None
        doses[dose.date] = doses.get(dose.date, D(0)) + dose.mg
    assert doses == wanted
    assert read_fhir_plan(fhir) == plan
    changes = _changes(calendar_file(made, _moment(MIDDLE), titles="doses"))
    assert changes == {
        s.start: s.dose_mg for s in plan.steps if s.start and (s.end is None or s.end >= day(MIDDLE))
    }


def _doses_to_review(plan: Plan) -> dict[date, D]:
    assert plan.review_on is not None
    doses = {}
    for step in plan.steps:
        if step.start is None or (step.end is not None and step.end < day(MIDDLE)):
            continue
        end = step.end or plan.review_on - timedelta(1)
        doses |= {step.start + timedelta(n): step.dose_mg for n in range((end - step.start).days + 1)}
    return doses


def _changes(calendar: bytes) -> dict[date, D]:
    found = {}
    for event in Calendar.from_ical(calendar).walk("VEVENT"):
        told = re.search(r"step \d+, ([\d.]+) mg", str(event["summary"]))
        if told and event["status"] != "CANCELLED":
            found[event["dtstart"].dt] = D(told[1])
    return found


@pytest.mark.parametrize(("number", "said"), [(56, "is due from today"), (57, "is taken now")])
def test_on_the_first_day_of_the_last_dated_dose_nobody_knows_whether_it_is_taken(
    number: int, said: str
) -> None:
    plan, made = mirtazapine(), _proposal(mirtazapine())
    assert supply_data(plan, made.formulary, "", day(number))["course"].startswith(
        f"Mirtazapine 22.05 mg a day {said}."
    )


def test_what_is_to_be_prescribed_is_counted_from_today() -> None:
    plan, made = mirtazapine(), _proposal(mirtazapine())
    data: Any = supply_data(plan, made.formulary, "", made.on)
    assert data["course"].startswith("Mirtazapine 24.45 mg a day") and "the 44 days" in data["course"]
    amount = {p["name"]: [D(row[1].split(" ")[0]) for row in p["rows"][-2:]] for p in data["products"]}
    without_in_hand = {name: in_all - in_hand for name, (in_hand, in_all) in amount.items()}
    requests = [e["resource"] for e in json.loads(fhir_bundle(made, _moment(MIDDLE)))["entry"]
                if e["resource"]["resourceType"] == "MedicationRequest"]  # fmt: skip
    for request in requests:
        dispense = request["dispenseRequest"]
        assert dispense["validityPeriod"]["start"] == day(MIDDLE).isoformat()
        quantity = D(str(dispense["quantity"]["value"]))
        assert without_in_hand[request["medicationCodeableConcept"]["text"]] == quantity
    numbers = " ".join(_flat(card_data(plan, made.formulary, "", made.on)["cards"]).split())
    assert ("Step 1" not in numbers and "Step 2" in numbers) or "Steps 2" in numbers


def _events(calendar: bytes) -> dict[str, tuple[str, int]]:
    return {
        str(e["uid"]): (str(e["status"]), int(e["sequence"]))
        for e in Calendar.from_ical(calendar).walk("VEVENT")
    }


@pytest.mark.hazard("H-022")
def test_a_step_dropped_from_the_dates_is_cancelled() -> None:
    """After a step back nothing later has a date, so the third step's reminders must not ring on."""
    plan = running("mirtazapine", "30", tier=Tier.SPECIAL, review=4)
    back = record(plan, "step-back", MIDDLE).plan
    events = _events(calendar_file(_proposal(back), _moment(MIDDLE)))
    status = {uid.rsplit("-", 1)[-1]: told[0] for uid, told in events.items()}
    before = _events(calendar_file(_proposal(plan), _moment(MIDDLE)))
    assert before.keys() <= events.keys(), "everything from before is said again, cancelled where it is gone"
    assert all(events[uid][1] > before[uid][1] for uid in before)
    assert status["3"] == "CONFIRMED" and status["4"] == "CANCELLED"


@pytest.mark.hazard("H-022")
@pytest.mark.parametrize(("kind", "more"), [
    ("hold", {}), ("freeze", {}), ("freeze", {"change": Change.RED_FLAG}), ("missed", {"doses": 3}), ("stay", {}),
])  # fmt: skip
def test_while_it_waits_the_calendar_only_cancels_what_a_phone_still_holds(kind: str, more: Any) -> None:
    plan = running("mirtazapine", "30", tier=Tier.SPECIAL, intakes=(IntakeDose("22:00", D(30)),))
    before = _events(calendar_file(_proposal(plan), _moment(MIDDLE), reminders=True, titles="doses"))
    waiting = record(plan, kind, MIDDLE, **more).plan
    made = calendar_file(_proposal(waiting, MIDDLE + 1), _moment(MIDDLE + 1), reminders=True, titles="doses")
    after = _events(made)
    assert before.keys() <= after.keys()
    brought = [uid for uid, told in before.items() if told[0] != "CANCELLED"]
    assert len(brought) > 6, "changes, reminders and the review"
    assert all(after[uid][0] == "CANCELLED" and after[uid][1] > before[uid][1] for uid in brought)
    kept = {uid for uid, told in after.items() if told[0] != "CANCELLED"}
    assert {uid.split("-", 1)[1] for uid in kept} == {"reminders-end"}
    assert (
        b" mg" not in made
        and b"irtazapine" not in made
        and b"no reason to stop" in made.replace(b"\r\n ", b"")
    )


@pytest.mark.hazard("H-022")
def test_what_was_cancelled_is_there_again_once_the_plan_goes_on() -> None:
    held = record(mirtazapine(), "hold", MIDDLE).plan
    cancelled = _events(calendar_file(_proposal(held), _moment(MIDDLE)))
    resumed = record(held, "resume", MIDDLE + 10).plan
    again = _events(calendar_file(_proposal(resumed, MIDDLE + 10), _moment(MIDDLE + 10)))
    assert cancelled.keys() <= again.keys()
    assert all(again[uid][1] > cancelled[uid][1] for uid in cancelled)
    status = {uid.split("-", 1)[1]: told[0] for uid, told in again.items()}
    assert status["3"] == "CONFIRMED" and status["reminders-end"] == "CANCELLED"


def test_the_calendar_taken_in_from_another_plan_file_is_cancelled_too() -> None:
    held = record(mirtazapine(), "hold", MIDDLE).plan
    other = draft("mirtazapine", "15", tier=Tier.SPECIAL)
    events = _events(calendar_file(_proposal(held), _moment(MIDDLE), older=other))
    assert {uid for uid in events if uid.startswith(series_id(other))}


def test_where_no_version_reaches_today_there_is_nothing_to_cancel() -> None:
    plan = running("mirtazapine", "30", tier=Tier.SPECIAL)
    with pytest.raises(EaseoffError, match="its review"):
        calendar_file(_proposal(plan, 400), _moment(400))


@pytest.mark.hazard("H-022")
@pytest.mark.parametrize(
    ("kind", "told"), [("hold", True), ("freeze", True), ("step-back", True), ("missed", False)]
)
def test_a_record_that_takes_steps_away_says_to_renew_the_calendar(kind: str, told: bool) -> None:
    made = record(mirtazapine(), kind, MIDDLE).plan
    assert renewal(made, day(MIDDLE)) == (RENEW if told else "")


def test_steps_that_are_over_stand_in_the_tables_as_done_and_without_a_dosage() -> None:
    rows = list(csv.DictReader(io.StringIO(plan_table(_proposal(mirtazapine())))))
    assert [(row["step"], row["part"]) for row in rows[:4]] == [
        ("1", "done"), ("2", "to the review"), ("3", "to the review"), ("4", "outline")]  # fmt: skip
    assert rows[0]["dosage"] == "" and rows[1]["dosage"].startswith("Take ")
    portions = csv.DictReader(io.StringIO(plan_table(_proposal(mirtazapine()), "portions")))
    assert {row["step"] for row in portions}.isdisjoint({"1"})


def test_the_history_stands_in_the_schedule_and_names_no_dose_of_then_as_the_one_of_now() -> None:
    held = record(mirtazapine(), "hold", 20).plan
    plan = record(held, "resume", 28).plan
    told = _schedule(plan)["history"]
    assert told[0] == "Version 1. 4 January 2027. The plan was made." and len(told) == plan.version
    assert "The plan was put on hold" in told[4] and "The dose then was 27 mg a day." in told[4]
    assert not any("now is" in text for text in told)


@pytest.mark.parametrize("kind", ["hold", "freeze"])
def test_while_it_waits_no_later_step_has_a_day_and_its_length_is_still_shown(kind: str) -> None:
    started = running("mirtazapine", "30", tier=Tier.SPECIAL)
    for plan in (record(started, kind, MIDDLE).plan, record(started, kind, 0, taking=D(30)).plan):
        rows = [
            row for row in step_rows(plan, _proposal(plan).formulary) if not row.dated and not row.is_goal
        ]
        assert {row.when for row in rows} == {NO_DATE_YET} and all(row.days for row in rows)


def test_a_later_version_is_never_printed_without_the_day() -> None:
    with pytest.raises(EaseoffError, match="printed for a day"):
        schedule_pdf(mirtazapine())
