"""The plan as a calendar (RFC 5545), up to the next review: changes of dose as days, reminders at local times of day.

Nothing in it names the medicine unless that is asked for, because a calendar is seen on locked screens and by others.
All times are floating: 08:00 stays 08:00 where the person is, on the day the clocks change too. ``docs/reference/calendar.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from easeoff.documents.crosswords import check_span, check_text, dose_text, intake_dose_text
from easeoff.documents.dosage import DOSAGE_TEXT_VERSION, intake_dosage, language, step_dosage
from easeoff.documents.eachmedicine import change_text, medicines_taken
from easeoff.documents.history import versions
from easeoff.documents.identity import series_id
from easeoff.documents.issuing import PURPOSE, Covered, covered_steps, plan_to_issue, steps_as_of
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
NEUTRAL_TITLE = "Reminder"
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
_CHECK_KEY = "check"
_END_KEY = "reminders-end"
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
#: A version weighs more than nineteen years of minutes, and two hundred versions still fit the 31 bits that calendars keep.
_VERSION_WEIGHT, _MOST_VERSIONS = 10_000_000, 200


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry: an all-day change, or a reminder repeated each day to ``last``."""

    key: str
    on: date
    at: time | None
    last: date
    title: str
    text: str


def calendar_file(
    proposal: Proposal, exported: datetime, *, reminders: bool = False, titles: Titles = "neutral", code: str = "en",
    older: Plan | None = None,
) -> bytes:  # fmt: skip
    """The calendar of a plan that may be issued. ``exported`` is the moment of writing, with its time zone.

    ``titles="doses"`` names medicine and dose. ``older`` is the plan whose calendar was taken in before: what is no longer part
    of this one is cancelled, and so is what only an earlier version of the plan itself held. Raises `EaseoffError` for a plan that may not be issued, has no dates, or no times for reminders.
    """
    plan = plan_to_issue(proposal, "calendar")
    wording = _Words(plan, proposal.formulary, titles, code, standing(plan, proposal.on))
    entries = _entries(plan, wording, reminders)
    calendar = _calendar(plan)
    stamp = exported.astimezone(UTC).replace(microsecond=0)
    sequence = _sequence(plan, older, stamp)
    status = "TENTATIVE" if plan.status in NOT_AGREED else "CONFIRMED"
    current = _by_uid(plan, entries)
    for uid, entry in current.items():
        calendar.add_component(_event(entry, uid, stamp, sequence, status))
    for uid, entry in _dropped(plan, older).items():
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


def _entries(plan: Plan, words: _Words, reminders: bool) -> list[_Entry]:
    covered = [step for step in steps_as_of(plan, words.now) if step.start is not None]
    if not covered:
        raise EaseoffError(
            "This plan has no dates, so it has no calendar.", "Give the first day of the first lower dose."
        )
    entries = [_change(step, words) for step in covered]
    entries += [
        _day(f"{step.step.number}-{_CHECK_KEY}", on, words.check(step)) for step, on in _checks(plan, covered)
    ]
    if plan.goal_mg == 0 and plan.arrives_on is not None:
        entries.append(_day("end", plan.arrives_on, words.arrival()))
    if plan.review_on is not None:
        entries.append(_day("review", plan.review_on, words.review(reminders)))
    if reminders:
        entries += [entry for step in covered for entry in _reminders(step, words)]
        if plan.review_on is None and covered[-1].end is not None:
            entries.append(_day(_END_KEY, covered[-1].end + timedelta(1), (NEUTRAL_TITLE, REMINDERS_OVER)))
    return entries


def _checks(plan: Plan, covered: Sequence[Covered]) -> Iterator[tuple[Covered, date]]:
    """In a crossover the first day of the check after each exchange, where the step lasts as long."""
    for step in covered if plan.crossover is not None else ():
        days = check_span(plan, step.step)
        if days is not None and (step.end is None or days[0] <= step.end):
            yield step, days[0]


def _change(covered: Covered, words: _Words) -> _Entry:
    assert covered.start is not None
    return _day(str(covered.step.number), covered.start, words.change(covered))


def _day(key: str, on: date, said: tuple[str, str]) -> _Entry:
    return _Entry(key, on, None, on, *said)


def _reminders(covered: Covered, words: _Words) -> list[_Entry]:
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
        entries.append(_Entry(key, covered.start, time.fromisoformat(intake.time), covered.end, *said))
    return entries


def _dropped(plan: Plan, older: Plan | None) -> dict[str, _Entry]:
    """What calendars of earlier versions, or of ``older``, may have brought; the newest of each name."""
    before = [] if plan.first is None else [version.plan for version in versions(plan)[:-1]]
    others = [] if older is None else [older]
    every = dict[str, _Entry]()
    for earlier in (*others, *before):
        every |= _by_uid(earlier, _droppable(earlier))
    return every


def _droppable(older: Plan) -> list[_Entry]:
    """Everything that a calendar of ``older`` may have brought, reminders too, in words that say nothing."""
    gone = (NEUTRAL_TITLE, "This no longer holds. See your newest written plan.")
    entries = list[_Entry]()
    for covered in covered_steps(older):
        if covered.start is None:
            continue
        entries.append(_day(str(covered.step.number), covered.start, gone))
        for intake in covered.step.intakes:
            if intake.time and intake.portions:
                key = f"{covered.step.number}-{intake.time.replace(':', '')}"
                entries.append(
                    _Entry(key, covered.start, time.fromisoformat(intake.time), covered.start, *gone)
                )
    entries += [
        _day(f"{c.step.number}-{_CHECK_KEY}", on, gone) for c, on in _checks(older, covered_steps(older))
    ]
    entries += [_day("end", older.arrives_on, gone)] if older.arrives_on and older.goal_mg == 0 else []
    if older.first is not None and entries:
        entries.append(_day(_END_KEY, older.created_on, gone))
    return entries + ([_day("review", older.review_on, gone)] if older.review_on else [])


def _by_uid(plan: Plan, entries: list[_Entry]) -> dict[str, _Entry]:
    name = series_id(plan)
    return {f"{name}-{entry.key}": entry for entry in entries}


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


def _event(entry: _Entry, uid: str, stamp: datetime, sequence: int, status: str) -> Event:
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
