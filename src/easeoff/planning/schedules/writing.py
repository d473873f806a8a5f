"""A schedule as plain text that a person can read, and that is read back the same."""

from __future__ import annotations

from easeoff.planning.schedules.model import Entry, Schedule
from easeoff.quantities import format_mg


def write_schedule(schedule: Schedule) -> str:
    """One line a dose: ``20 mg for 28 days``. Reading it again gives the same entries."""
    lines = [schedule.medicine] if schedule.medicine else []
    lines += [_line(entry) for entry in schedule.entries]
    return "\n".join(lines) + "\n"


def _line(entry: Entry) -> str:
    parts = [_dose(entry)]
    if entry.alternate_days:
        parts.append("on average over alternate days")
    if entry.days == 0:
        parts.append("now")
    elif entry.days is not None:
        parts.append("for 1 day" if entry.days == 1 else f"for {entry.days} days")
    return " ".join(parts)


def _dose(entry: Entry) -> str:
    if entry.takings:
        return " + ".join(f"{format_mg(taking.mg)} at {taking.when}" for taking in entry.takings)
    return format_mg(entry.dose_mg)
