"""The calendar, read back by another library: equal doses on every day, over clock changes and leap days, and nothing told."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import documents_factory as make
import pytest
import recurring_ical_events
from icalendar import Calendar, Event
from issued import NAMES, issued, micro_taper, portions_each_day

from easeoff.documents.calendar import calendar_file
from easeoff.documents.identity import series_id
from easeoff.planning.plan import Plan
from easeoff.proposing.proposal import Proposal
from easeoff.quantities import EaseoffError

pytestmark = pytest.mark.hazard("H-009", "H-026", "H-031")

EXPORTED = datetime(2026, 12, 20, 9, 30, tzinfo=UTC)
DATED = [name for name in NAMES if name != "without a start"]
TIMED = ["diazepam twice a day", "over a leap day and two clock changes", "two products in one intake",
         "a micro-taper of 400 days", "a name in another script"]  # fmt: skip


def plan_of(proposal: Proposal) -> Plan:
    assert proposal.plan is not None
    return proposal.plan


def events(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def by_uid(content: bytes) -> dict[str, Event]:
    found = {str(event["UID"]): event for event in events(content)}
    assert len(found) == len(events(content))
    return found


def expanded(content: bytes, plan: Plan) -> list[Event]:
    """Every occurrence from before the plan to long after its review, as a second reader makes them."""
    assert plan.steps[0].start is not None and plan.review_on is not None
    first, last = plan.steps[0].start - timedelta(30), plan.review_on + timedelta(400)
    return recurring_ical_events.of(Calendar.from_ical(content)).between(first, last)


@pytest.mark.parametrize("name", TIMED)
def test_a_second_reader_finds_the_dose_of_every_day(name: str) -> None:
    proposal = issued(name)
    due: dict[tuple[date, str], D] = defaultdict(D)
    for day, at, portion in portions_each_day(proposal):
        due[day, at] += portion.equivalent_mg
    found = dict[tuple[date, str], D]()
    for event in expanded(
        calendar_file(proposal, EXPORTED, reminders=True, titles="doses"), plan_of(proposal)
    ):
        at = event["DTSTART"].dt
        if isinstance(at, datetime):
            assert at.tzinfo is None, "a reminder keeps to the clock on the wall"
            key = (at.date(), f"{at:%H:%M}")
            assert key not in found
            found[key] = D(str(event["SUMMARY"]).split(": ")[1].removesuffix(" mg"))
    assert found == dict(due)


def test_the_long_plan_does_cross_a_leap_day_and_both_clock_changes() -> None:
    days = {day for day, _, _ in portions_each_day(issued("over a leap day and two clock changes"))}
    assert {date(2028, 2, 29), date(2028, 3, 12), date(2028, 3, 26)} <= days
    assert len(days) == (max(days) - min(days)).days + 1


@pytest.mark.parametrize("name", DATED)
def test_each_change_is_one_whole_day_and_nothing_comes_after_the_review(name: str) -> None:
    proposal = issued(name)
    plan, file = plan_of(proposal), by_uid(calendar_file(proposal, EXPORTED))
    for step in plan.steps:
        event = file.pop(f"{series_id(plan)}-{step.number}", None)
        assert (event is None) == (step.start is None)
        if event is not None and step.start is not None:
            assert event["DTSTART"].params["VALUE"] == "DATE"
            assert (event["DTSTART"].dt, event["DTEND"].dt) == (step.start, step.start + timedelta(1))
    assert plan.review_on is not None
    assert file.pop(f"{series_id(plan)}-review")["DTSTART"].dt == plan.review_on
    if plan.arrives_on is not None and plan.goal_mg == 0:
        assert file.pop(f"{series_id(plan)}-end")["DTSTART"].dt == plan.arrives_on
    assert file == {}
    assert all(event["DTSTART"].dt <= plan.review_on for event in events(calendar_file(proposal, EXPORTED)))


@pytest.mark.parametrize("name", DATED)
def test_nothing_is_told_unless_it_is_asked_for(name: str) -> None:
    proposal = issued(name)
    plan = plan_of(proposal)
    text = calendar_file(proposal, EXPORTED, reminders=name in TIMED).decode().replace("\r\n ", "").lower()
    for word in (
        plan.medicine,
        " mg",
        "tablet",
        "dose_mg",
        plan.steps[0].intakes[0].portions[0].product.lower(),
    ):
        assert word not in text
    for event in events(calendar_file(proposal, EXPORTED)):
        assert (event["SUMMARY"], event["CLASS"], event["STATUS"]) == ("Reminder", "PRIVATE", "TENTATIVE")


@pytest.mark.parametrize("name", DATED)
def test_the_file_keeps_to_the_letter_of_rfc_5545(name: str) -> None:
    content = calendar_file(issued(name), EXPORTED, reminders=name in TIMED, titles="doses")
    lines = content.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)
    assert b"VTIMEZONE" not in content and b"TZID" not in content
    assert lines[1].startswith(b"PRODID:-//Easeoff//") and b"METHOD:PUBLISH" in lines
    for event in events(content):
        assert not event.errors
        rule = event.get("RRULE")
        if rule is not None:
            until = rule["UNTIL"][0]
            assert type(until) is type(event["DTSTART"].dt) and until.tzinfo is None
            assert until.time() == event["DTSTART"].dt.time()


def test_a_name_in_another_script_comes_through_whole_where_doses_are_told() -> None:
    content = calendar_file(issued("a name in another script"), EXPORTED, titles="doses")
    described = [str(event["DESCRIPTION"]) for event in events(content)]
    assert all("د. ليلى 王小明 Ω" in text for text in described)


def test_a_reminder_says_to_keep_to_an_earlier_step() -> None:
    content = calendar_file(issued("diazepam twice a day"), EXPORTED, reminders=True)
    rings = [event for event in events(content) if event.walk("VALARM")]
    assert len(rings) == 6
    assert all("If you are still on an earlier step" in event["DESCRIPTION"] for event in rings)


@pytest.mark.parametrize("titles", ["neutral", "doses"])
def test_the_review_says_to_stay_on_the_dose_and_that_reminders_end(titles: str) -> None:
    proposal = issued("diazepam twice a day")
    for reminders in (False, True):
        file = by_uid(calendar_file(proposal, EXPORTED, reminders=reminders, titles=titles))  # type: ignore[arg-type]
        text = str(file[f"{series_id(plan_of(proposal))}-review"]["DESCRIPTION"])
        assert "stay on the dose you are on until it is. Do not stop by yourself." in text
        assert ("Your reminders end here." in text) == reminders


def test_the_same_plan_and_moment_give_the_same_bytes() -> None:
    proposal = issued("diazepam twice a day")
    assert calendar_file(proposal, EXPORTED) == calendar_file(proposal, EXPORTED)


def test_a_later_export_and_a_later_version_win() -> None:
    plan = make.plan()
    numbers = [
        int(events(calendar_file(make.proposal(replace(plan, version=version)), EXPORTED + timedelta(minutes=late)))[0]["SEQUENCE"])
        for version, late in ((1, 0), (1, 1), (1, 500_000), (2, 0), (300, 0), (300, 10**7))
    ]  # fmt: skip
    assert numbers == sorted(set(numbers))
    assert numbers[-1] < 2**31


def shorter(plan: Plan) -> Plan:
    """The same plan, which now ends its dated part after one step."""
    first, *others = plan.steps
    later = tuple(replace(step, start=None, end=None) for step in others)
    assert first.end is not None
    return replace(
        plan, version=2, replaces="1", steps=(first, *later), review_on=first.end + timedelta(1), request=replace(plan.request, review=1)
    )  # fmt: skip


def test_what_a_new_version_drops_is_cancelled_and_the_rest_is_updated() -> None:
    older = make.plan()
    newer = make.proposal(shorter(older))
    name = series_id(older)
    before = by_uid(calendar_file(make.proposal(older), EXPORTED, reminders=True))
    after = by_uid(calendar_file(newer, EXPORTED, reminders=True, older=older))
    assert {f"{name}-{n}" for n in (1, 2, 3)} <= before.keys() <= after.keys()
    cancelled = {uid for uid, event in after.items() if event["STATUS"] == "CANCELLED"}
    assert cancelled == {f"{name}-2", f"{name}-3", f"{name}-2-0800", f"{name}-3-0800"}
    assert all(int(after[uid]["SEQUENCE"]) > int(before[uid]["SEQUENCE"]) for uid in before)
    assert all(not after[uid].walk("VALARM") for uid in cancelled)


def test_reminders_left_out_of_a_new_export_are_cancelled() -> None:
    older = make.plan()
    again = by_uid(calendar_file(make.proposal(older), EXPORTED + timedelta(1), older=older))
    assert {uid for uid, event in again.items() if event["STATUS"] == "CANCELLED"} == {
        f"{series_id(older)}-{n}-0800" for n in (1, 2, 3)
    }


def test_a_plan_from_other_answers_cancels_the_whole_of_the_older_one() -> None:
    older, newer = make.plan(), issued("diazepam twice a day")
    file = by_uid(calendar_file(newer, EXPORTED, older=older))
    gone = {uid for uid, event in file.items() if event["STATUS"] == "CANCELLED"}
    assert gone == {uid for uid in file if uid.startswith(series_id(older))} and len(gone) == 7


def test_a_dose_to_stay_on_rings_up_to_the_review() -> None:
    plan = make.plan(make.DOSES[:2], dated=2)
    staying = replace(plan, goal_mg=plan.steps[-1].dose_mg, steps=(plan.steps[0], replace(plan.steps[1], end=None)),
                      review_on=date(2027, 3, 29))  # fmt: skip
    proposal = make.proposal(staying)
    found = expanded(calendar_file(proposal, EXPORTED, reminders=True), staying)
    timed = [event["DTSTART"].dt for event in found if isinstance(event["DTSTART"].dt, datetime)]
    assert (min(timed).date(), max(timed).date(), len(timed)) == (date(2027, 1, 4), date(2027, 3, 28), 84)


def test_four_hundred_steps_of_a_day_have_four_hundred_changes() -> None:
    found = by_uid(calendar_file(make.proposal(micro_taper()), EXPORTED, titles="doses"))
    changes = [str(event["SUMMARY"]) for uid, event in found.items() if re.search(r"-\d+$", uid)]
    assert changes[0] == "Sertraline: step 1, 40 mg a day"
    assert (len(changes), changes[-1]) == (400, "Sertraline: step 400, 0.1 mg a day")


@pytest.mark.parametrize(
    ("proposal", "asked", "said"),
    [
        (issued("without a start"), {}, "has no dates"),
        (issued("fluoxetine in the US"), {"reminders": True}, "has no times of day"),
        (
            make.proposal(open_questions=(make.QUESTION,)),
            {},
            "No calendar is written while questions are open",
        ),
        (make.proposal(findings=(make.STOP,)), {}, "while a stop stands"),
    ],
)
def test_what_has_no_calendar_says_so(proposal: Proposal, asked: dict[str, bool], said: str) -> None:
    with pytest.raises(EaseoffError, match=said):
        calendar_file(proposal, EXPORTED, **asked)  # type: ignore[arg-type]
