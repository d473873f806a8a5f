"""The plan as a calendar (RFC 5545), up to the next review: changes of dose as days, reminders at local times of day.

Nothing in it names the medicine unless that is asked for, because a calendar is seen on locked screens and by others.
All times are floating: 08:00 stays 08:00 where the person is, on the day the clocks change too. ``docs/reference/calendar.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from easeoff.documents.calendarentries import (
    CANCELLED_WORDS,
    CHECK_KEY,
    END_KEY,
    NEUTRAL_TITLE,
    Entry,
    by_uid,
    checks,
    day_entry,
    dropped,
    only_cancels,
)
from easeoff.documents.crosswords import check_text, dose_text, intake_dose_text
from easeoff.documents.dosage import DOSAGE_TEXT_VERSION, intake_dosage, language, step_dosage
from easeoff.documents.eachmedicine import change_text, medicines_taken
from easeoff.documents.issuing import PURPOSE, Covered, plan_to_issue, steps_as_of
from easeoff.documents.recorded import override_sentence
from easeoff.documents.standing import (
    STILL_EARLIER,
    Standing,
    agreement,
    goes_by_dates,
    standing,
    start_words,
)
from easeoff.medicines.model import Formulary
from easeoff.planning.plan import Intake, Plan
from easeoff.proposing.issuing import NOT_AGREED
from easeoff.proposing.proposal import Proposal
from easeoff.quantities import EaseoffError, format_mg
from easeoff.safety.words import START_ONLY_IF

if TYPE_CHECKING:
    from icalendar import Calendar, Event

Titles = Literal["neutral", "doses"]
#: A step that is over stays in a calendar as a day that was, without its dose: nobody may go back to it from there.
STEP_OVER = "This step is over. See your newest written plan."
#: Whoever leans on reminders must not take their end for the end of the medicine.
REMINDERS_END = "Your reminders end here. After the review take in a new calendar."
REMINDERS_OVER = (
    "Your reminders end here, your dose does not: stay on the dose you are on. Agree a review with your prescriber, then take in"
    " a new calendar."
)
#: After an exchange a prescriber looks before the next one.
CHECK = "Today or in the next days is the check with your prescriber. Take no next step before it."
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
#: A version weighs more than nineteen years of minutes, and two hundred versions still fit the 31 bits that calendars keep.
_VERSION_WEIGHT, _MOST_VERSIONS = 10_000_000, 200


def calendar_file(
    proposal: Proposal, exported: datetime, *, reminders: bool = False, titles: Titles = "neutral", code: str = "en",
    older: Plan | None = None,
) -> bytes:  # fmt: skip
    """The calendar of a plan that may be issued. ``exported`` is the moment of writing, with its time zone.

    ``titles="doses"`` names medicine and dose. ``older`` is the plan whose calendar was taken in before: what is no longer part
    of this one is cancelled, and so is what only an earlier version of the plan itself held. A later version that may not be issued now, such as
    one on hold, gives a calendar that only cancels, where there is something to cancel. Raises `EaseoffError` for a plan that may not be issued, has no dates, or no times for reminders.
    """
    if only_cancels(proposal, older):
        assert proposal.plan is not None and proposal.on is not None
        plan, entries = proposal.plan, [day_entry(END_KEY, proposal.on, (NEUTRAL_TITLE, CANCELLED_WORDS))]
    else:
        plan = plan_to_issue(proposal, "calendar")
        wording = _Words(plan, proposal.formulary, titles, code, standing(plan, proposal.on))
        entries = _entries(plan, wording, reminders)
    calendar = _calendar(plan)
    stamp = exported.astimezone(UTC).replace(microsecond=0)
    sequence = _sequence(plan, older, stamp)
    status = "TENTATIVE" if plan.status in NOT_AGREED else "CONFIRMED"
    current = by_uid(plan, entries)
    for uid, entry in current.items():
        calendar.add_component(_event(entry, uid, stamp, sequence, status))
    for uid, entry in dropped(plan, older).items():
        if uid not in current:
            calendar.add_component(_event(entry, uid, stamp, sequence, "CANCELLED"))
    return bytes(calendar.to_ical(sorted=False))


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands in an entry: nothing but the step's number, or the dose in words."""

    plan: Plan
    formulary: Formulary
    titles: Titles
    code: str
    now: Standing

    def change(self, covered: Covered) -> tuple[str, str]:
        step = covered.step
        if self.now.is_behind(step):
            return NEUTRAL_TITLE, STEP_OVER
        begins = start_words(self.plan, step, self.now)
        if self.titles == "neutral":
            return NEUTRAL_TITLE, f"{self._where(step.number)} {begins}"
        dosage = _joined(*(
            f"{self._of(name)}{step_dosage(part, self.formulary, self.code, stays=covered.stays)}"
            for name, part in medicines_taken(self.plan, step)
        ))  # fmt: skip
        return self._named(f"step {step.number}, {self._dose(covered)} a day", f"{dosage} {begins}")

    def check(self, covered: Covered) -> tuple[str, str]:
        """The day on which a prescriber looks after an exchange."""
        if self.now.is_behind(covered.step):
            return NEUTRAL_TITLE, STEP_OVER
        if self.titles == "neutral":
            return NEUTRAL_TITLE, f"{self._where(covered.step.number)} {CHECK}"
        return self._named(f"step {covered.step.number}, check", check_text(self.plan, covered.step))

    def _dose(self, covered: Covered) -> str:
        return (
            format_mg(covered.step.dose_mg)
            if self.plan.crossover is None
            else dose_text(self.plan, covered.step)
        )

    def _of(self, medicine: str) -> str:
        """Whose dosage follows; of one medicine the title says it."""
        return "" if self.plan.crossover is None else f"{medicine.capitalize()}: "

    def reminder(self, covered: Covered, intake: Intake) -> tuple[str, str]:
        step = covered.step
        if self.now.is_behind(step):
            return NEUTRAL_TITLE, STEP_OVER
        went_back = step.number == self.now.step and not goes_by_dates(self.plan)
        still = "" if went_back else STILL_EARLIER
        if self.titles == "neutral":
            return NEUTRAL_TITLE, _joined(self._where(step.number), still)
        if self.plan.crossover is not None:
            at_once = replace(step, intakes=(intake,))
            dosage = _joined(*(
                f"{self._of(name)}{intake_dosage(part, part.intakes[0], self.formulary, self.code, stays=covered.stays)}"
                for name, part in medicines_taken(self.plan, at_once)
            ))  # fmt: skip
            return self._named(intake_dose_text(self.plan, intake), _joined(dosage, still))
        dosage = intake_dosage(step, intake, self.formulary, self.code, stays=covered.stays)
        return self._named(format_mg(intake.mg), _joined(dosage, still))

    def arrival(self) -> tuple[str, str]:
        number = len(self.plan.steps) + 1
        if self.titles == "neutral":
            return NEUTRAL_TITLE, f"{self._where(number)} {START_ONLY_IF}"
        return self._named(
            f"step {number}, {format_mg(0)} a day", f"Nothing is taken any more. {START_ONLY_IF}"
        )

    def review(self, reminders: bool) -> tuple[str, str]:
        text = (
            "Time to look at your written plan with your prescriber. What comes after this day is not agreed yet: "
            "stay on the dose you are on until it is. Do not stop by yourself."
        )
        text += f" {REMINDERS_END}" if reminders else ""
        return (NEUTRAL_TITLE, text) if self.titles == "neutral" else self._named("review", text)

    def _where(self, number: int) -> str:
        return f"See step {number} of your written plan, version {self.plan.version}."

    def _named(self, what: str, text: str) -> tuple[str, str]:
        said = (
            text,
            override_sentence(self.plan.request.override, self.plan.findings),
            self._checked(),
            "A proposal for your prescriber." if agreement(self.plan, self.now).to_sign else "",
        )
        return f"{change_text(self.plan)}: {what}", _joined(*said)

    def _checked(self) -> str:
        review = language(self.code).review
        return f"({review})" if review else ""


def _joined(*texts: str) -> str:
    return " ".join(filter(None, texts))


def _entries(plan: Plan, words: _Words, reminders: bool) -> list[Entry]:
    covered = [step for step in steps_as_of(plan, words.now) if step.start is not None]
    if not covered:
        raise EaseoffError(
            "This plan has no dates, so it has no calendar.", "Give the first day of the first lower dose."
        )
    entries = [_change(step, words) for step in covered]
    entries += [
        day_entry(f"{step.step.number}-{CHECK_KEY}", on, words.check(step))
        for step, on in checks(plan, covered)
    ]
    if plan.goal_mg == 0 and plan.arrives_on is not None:
        entries.append(day_entry("end", plan.arrives_on, words.arrival()))
    if plan.review_on is not None:
        entries.append(day_entry("review", plan.review_on, words.review(reminders)))
    if reminders:
        entries += [entry for step in covered for entry in _reminders(step, words)]
        if plan.review_on is None and covered[-1].end is not None:
            entries.append(
                day_entry(END_KEY, covered[-1].end + timedelta(1), (NEUTRAL_TITLE, REMINDERS_OVER))
            )
    return entries


def _change(covered: Covered, words: _Words) -> Entry:
    assert covered.start is not None
    return day_entry(str(covered.step.number), covered.start, words.change(covered))


def _reminders(covered: Covered, words: _Words) -> list[Entry]:
    assert covered.start is not None and covered.end is not None
    entries = []
    for intake in covered.step.intakes:
        if not intake.portions:
            continue
        if not intake.time:
            raise EaseoffError(
                "This plan has no times of day, so it has no reminders.",
                "Give the dose with its times, such as 08:00.",
            )
        key = f"{covered.step.number}-{intake.time.replace(':', '')}"
        said = words.reminder(covered, intake)
        entries.append(Entry(key, covered.start, time.fromisoformat(intake.time), covered.end, *said))
    return entries


def _sequence(plan: Plan, older: Plan | None, stamp: datetime) -> int:
    """Higher for a later version, and within one for a later export, so that the newest file always wins."""
    version = min(max(plan.version, older.version if older else 0), _MOST_VERSIONS)
    minutes = int((stamp - _EPOCH).total_seconds()) // 60
    return version * _VERSION_WEIGHT + min(max(minutes, 0), _VERSION_WEIGHT - 1)


def _calendar(plan: Plan) -> Calendar:
    from icalendar import Calendar  # Loaded only here: the command line has to start at once.

    calendar = Calendar()
    calendar.add("prodid", f"-//Easeoff//Calendar {plan.engine_version}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-easeoff-purpose", PURPOSE)
    calendar.add("x-easeoff-dosage-text-version", DOSAGE_TEXT_VERSION)
    return calendar


def _event(entry: Entry, uid: str, stamp: datetime, sequence: int, status: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("sequence", sequence)
    event.add("status", status)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("summary", entry.title)
    event.add("description", entry.text)
    if entry.at is None:
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(1))
        return event
    event.add("dtstart", datetime.combine(entry.on, entry.at))
    if entry.last > entry.on:
        event.add("rrule", {"freq": "daily", "until": datetime.combine(entry.last, entry.at)})
    if status != "CANCELLED":
        _ring(event, entry.title)
    return event


def _ring(event: Event, title: str) -> None:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
