"""A published schedule, taken exactly as it is: its doses, its days, and what it breaks of our own rules said beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from easeoff.medicines.model import Confidence, Medicine
from easeoff.medicines.schedules import PublishedSchedule, PublishedStep, find_schedule
from easeoff.planning.findings import Finding, Level
from easeoff.planning.methods.against_class import beyond_class, short_steps
from easeoff.planning.methods.approach import Approach
from easeoff.planning.methods.asking import Asking
from easeoff.planning.plan import EffectKind, Limits, Method
from easeoff.planning.rules import StepRule
from easeoff.planning.solving.timetables import Asked, Timetable
from easeoff.quantities import EaseoffError, format_mg, to_grid

_MORE = "See the others with: easeoff compare --list"


def usable_schedule(text: str, medicine: Medicine) -> PublishedSchedule:
    """The schedule with this id, where doses may be planned from it. Raises `EaseoffError`."""
    schedule = find_schedule(text)
    if not schedule.is_for(medicine):
        whom = schedule.medicine or schedule.drug_class.replace("_", " ")
        raise EaseoffError(f"{schedule.id} is a schedule for {whom}, not for {medicine.name}.", _MORE)
    if schedule.provenance.confidence is Confidence.UNVERIFIED:
        raise EaseoffError(
            f"{schedule.id} was seen only on a copy that cannot be trusted, so no doses are planned from it.",
            "It can be looked at with: easeoff compare " + schedule.id,
        )
    return schedule


def as_published(asking: Asking, of_class: StepRule) -> Approach:
    """The schedule from today's dose on. Raises `EaseoffError` where today's dose is none of its doses."""
    schedule = usable_schedule(asking.settings.schedule or "", asking.formulary.medicine)
    steps = _from_today(schedule, asking)
    days = _days(schedule, steps, asking)
    doses = [to_grid(step.mg) for step in steps]
    timetable = Timetable(
        tuple(Asked(dose, kept) for dose, kept in zip(doses, days, strict=True)),
        late_days=min(days),
        exact=True,
    )
    scale, worst = asking.scales()
    known = schedule.provenance
    method = Method(
        asking.name,
        f"{schedule.title} ({schedule.id}): its doses and days as they were published",
        Limits(),
        None,
        (*asking.because, *(text for text in (known.note, _no_end(schedule)) if text)),
        schedule=schedule.id,
        about=asking.about,
    )
    kept = [d for dose, d in zip(doses, days, strict=True) if dose and dose != doses[-1]]
    findings = (
        *_said_of(schedule),
        *beyond_class([asking.start, *doses], of_class, asking.pace, " in this schedule"),
        *short_steps(kept, asking.pace),
    )
    return Approach(
        method,
        StepRule(scale, asking.start),
        EffectKind.OCCUPANCY_POINTS if worst else EffectKind.PERCENT_OF_START,
        min(kept, default=min(days)),
        asking.pace,
        asking.curve,
        worst,
        findings,
        replace(asking.rhythm(), at_least=None),
        timetable,
    )


def _no_end(schedule: PublishedSchedule) -> str:
    if schedule.complete:
        return ""
    return "The source does not say how to come to nothing, so the plan stays at its last dose until that is agreed."


def _from_today(schedule: PublishedSchedule, asking: Asking) -> tuple[PublishedStep, ...]:
    """The steps after today's dose."""
    for place, step in enumerate(schedule.steps[:-1]):
        if step.mg == asking.request.dose:
            return schedule.steps[place + 1 :]
    doses = ", ".join(format_mg(step.mg) for step in schedule.steps[:8] if step.mg)
    more = " and lower" if len(schedule.steps) > 9 else ""
    raise EaseoffError(
        f"{schedule.id} has no step at {format_mg(asking.request.dose)}, so it cannot be followed from there.",
        f"Its doses: {doses}{more}. For another dose choose another method.",
    )


def _days(schedule: PublishedSchedule, steps: tuple[PublishedStep, ...], asking: Asking) -> list[int]:
    """The days of each step: as published, or as asked where the source allows them."""
    every, low, high = asking.request.every, schedule.shortest_days, schedule.longest_days
    if every is not None and not (low <= every and (high is None or every <= high)):
        span = (
            f"{low} days or more"
            if high is None
            else f"{low} to {high} days"
            if high > low
            else f"{low} days"
        )
        raise EaseoffError(f"{schedule.id} does not allow {every} days a step.", f"Its source gives {span}.")
    usual = steps[0].days or low
    days = []
    for step in steps:
        usual = step.days or usual
        days.append(usual if every is None else every)
    return days


def _said_of(schedule: PublishedSchedule) -> Iterator[Finding]:
    """What the record warns of, and what the plan cannot hold of it."""
    sources = (schedule.provenance.source,)
    if schedule.caution:
        yield Finding("table-caution", Level.WARN, schedule.caution, ("H-033", "H-040"), sources)
    if any(step.alternate_days for step in schedule.steps):
        yield Finding(
            "table-alternate-days", Level.WARN,
            "The source takes more on some days than on others. This plan takes the average of that every day: the level then does not "
            "swing from day to day.", ("H-039",), sources,
        )  # fmt: skip
    if schedule.beside:
        others = ", ".join(medicine for medicine, _ in schedule.beside)
        yield Finding(
            "table-beside", Level.WARN,
            f"The source starts {others} at the same time. This plan holds only the medicine that goes down; a prescriber decides on the "
            "other.", ("H-044",), sources,
        )  # fmt: skip
