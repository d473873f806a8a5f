"""Entries of a calendar, what names them, and which of earlier versions no longer hold and are to be cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from easeoff.documents.crosswords import check_span
from easeoff.documents.history import versions
from easeoff.documents.identity import series_id
from easeoff.documents.issuing import Covered, covered_steps
from easeoff.planning.plan import Plan
from easeoff.proposing.proposal import Proposal

NEUTRAL_TITLE = "Reminder"
#: What a cancelled entry says where a calendar leaves it standing.
GONE = "This no longer holds. See your newest written plan."
#: A calendar that only cancels says so on its day: nobody may take the end of reminders for the end of the medicine.
CANCELLED_WORDS = "The steps in your calendar no longer hold, and reminders end here. That is no reason to stop: see what your plan says now."
RENEW = "Did you put this plan into a calendar? Take in a new one, because its steps no longer hold."
CHECK_KEY = "check"
END_KEY = "reminders-end"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: an all-day change, or a reminder repeated each day to ``last``."""

    key: str
    on: date
    at: time | None
    last: date
    title: str
    text: str


def day_entry(key: str, on: date, said: tuple[str, str]) -> Entry:
    """A whole day with its title and text."""
    return Entry(key, on, None, on, *said)


def checks(plan: Plan, covered: Sequence[Covered]) -> Iterator[tuple[Covered, date]]:
    """In a crossover the first day of the check after each exchange, where the step lasts as long."""
    for step in covered if plan.crossover is not None else ():
        days = check_span(plan, step.step)
        if days is not None and (step.end is None or days[0] <= step.end):
            yield step, days[0]


def by_uid(plan: Plan, entries: Iterable[Entry]) -> dict[str, Entry]:
    """The entries by the names that calendars know them by: the same in every version."""
    name = series_id(plan)
    return {f"{name}-{entry.key}": entry for entry in entries}


def dropped(plan: Plan, older: Plan | None) -> dict[str, Entry]:
    """What calendars of earlier versions, or of ``older``, may have brought; the newest of each name."""
    every = dict[str, Entry]()
    for earlier in _before(plan, older):
        every |= by_uid(earlier, _droppable(earlier))
    return every


def only_cancels(proposal: Proposal, older: Plan | None = None) -> bool:
    """Whether the calendar of a later version holds no step and cancels what earlier ones brought for today and after.

    So it is where the version may not be issued now: on hold, frozen, stopped, at a goal that was stayed at.
    """
    plan, on = proposal.plan, proposal.on
    if plan is None or on is None or (proposal.may_issue_schedule and proposal.waits is None):
        return False
    return any(_reaches(earlier, on) for earlier in _before(plan, older))


def renewal(made: Plan, on: date) -> str:
    """One sentence where the last record took away steps of ``on`` or later that a calendar of the version before it holds."""
    before = _before(made, None)
    if not before:
        return ""
    kept = {(c.step.number, c.step.dose_mg, c.start) for c in _dated(made)}
    ahead = (c for c in _dated(before[-1]) if c.end is None or c.end >= on)
    return RENEW if any((c.step.number, c.step.dose_mg, c.start) not in kept for c in ahead) else ""


def _before(plan: Plan, older: Plan | None) -> tuple[Plan, ...]:
    earlier = () if plan.first is None else tuple(version.plan for version in versions(plan)[:-1])
    return (*(() if older is None else (older,)), *earlier)


def _dated(plan: Plan) -> tuple[Covered, ...]:
    return tuple(covered for covered in covered_steps(plan) if covered.start is not None)


def _reaches(plan: Plan, on: date) -> bool:
    """Whether a calendar of ``plan`` holds a day that is not over on the day ``on``."""
    ends = [covered.end for covered in _dated(plan) if covered.end is not None]
    marks = [day for day in (plan.arrives_on, plan.review_on) if day is not None and ends]
    return any(day >= on for day in (*ends, *marks))


def _droppable(older: Plan) -> list[Entry]:
    """Everything that a calendar of ``older`` may have brought, reminders too, in words that say nothing."""
    gone = (NEUTRAL_TITLE, GONE)
    covered = _dated(older)
    entries = [entry for step in covered for entry in _of_step(step, gone)]
    entries += [day_entry(f"{c.step.number}-{CHECK_KEY}", on, gone) for c, on in checks(older, covered)]
    entries += [day_entry("end", older.arrives_on, gone)] if older.arrives_on and older.goal_mg == 0 else []
    if older.first is not None:
        entries.append(day_entry(END_KEY, older.created_on, gone))
    return entries + ([day_entry("review", older.review_on, gone)] if older.review_on else [])


def _of_step(covered: Covered, gone: tuple[str, str]) -> Iterator[Entry]:
    assert covered.start is not None
    yield day_entry(str(covered.step.number), covered.start, gone)
    for intake in covered.step.intakes:
        if intake.time and intake.portions:
            key = f"{covered.step.number}-{intake.time.replace(':', '')}"
            yield Entry(key, covered.start, time.fromisoformat(intake.time), covered.start, *gone)
