"""Where a plan stands on the day it is handed over: the dose taken now, what is behind, and who agreed to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from easeoff.documents.crosswords import intake_dose_text
from easeoff.documents.presenting import course_sentence
from easeoff.documents.wording import span_text
from easeoff.planning.lifecycle import Kind, dose_at, step_by_date, step_text, taken_text
from easeoff.planning.lifecycle.difference import HAPPENED
from easeoff.planning.lifecycle.standing import has_begun
from easeoff.planning.plan import Event, Intake, Plan, Status, Step
from easeoff.quantities import format_date, format_mg
from easeoff.safety.words import START_ONLY_IF

PROPOSAL = "A proposal to take to your prescriber"
AGREED = "Agreed with your prescriber"
CHANGED = "Changed since your prescriber agreed: show it to them"
#: Dates cannot know that a person stayed where they were.
STILL_EARLIER = "If you are still on an earlier step, keep to that one."
TAKEN_NOW = "You take this dose now."
#: Steps behind are told one by one up to so many.
_MOST_TOLD = 8
#: What a prescriber has to agree to anew: other doses, another pace, another product, further dates.
_TO_AGREE = frozenset({Kind.STEP_BACK, Kind.SLOWER, Kind.EDIT, Kind.STAY, Kind.CHANGE_PRODUCT, Kind.REVIEW})


@dataclass(frozen=True, slots=True)
class Standing:
    """``step`` is the one taken on the day ``on`` by the dates, 0 for the starting dose; ``taken`` is its dose in words. ``later`` is false for a first version."""

    on: date
    step: int
    dose_mg: Decimal
    taken: str
    later: bool

    def is_behind(self, step: Step) -> bool:
        """Whether ``step`` is over and another one is taken."""
        return step.number < self.step


def standing(plan: Plan, on: date | None = None) -> Standing:
    """Where ``plan`` stands on the day ``on``; unless said, on the day it was made."""
    day = max(on or plan.created_on, plan.created_on)
    if plan.first is None:
        return Standing(day, 0, plan.start_dose_mg, taken_text(plan, 0), later=False)
    step = step_by_date(plan, day)
    return Standing(day, step, dose_at(plan, step), taken_text(plan, step), later=True)


def intakes_now(plan: Plan, now: Standing) -> str:
    """``8 mg at 08:00; 16 mg at 22:00``; empty where it was never said what is taken when."""
    if now.step == 0:
        taken = tuple((format_mg(intake.mg), intake.time) for intake in plan.request.intakes)
    else:
        taken = tuple((_intake_words(plan, intake), intake.time) for intake in _taken(plan, now))
    if len(taken) == 1 and not taken[0][1]:
        return ""
    return "; ".join(f"{dose} at {time}" if time else dose for dose, time in taken)


def _intake_words(plan: Plan, intake: Intake) -> str:
    return format_mg(intake.mg) if plan.crossover is None else intake_dose_text(plan, intake)


def _taken(plan: Plan, now: Standing) -> tuple[Intake, ...]:
    return plan.steps[now.step - 1].intakes if now.step <= len(plan.steps) else ()


def course_text(plan: Plan, now: Standing) -> str:
    """From where to where; of a plan under way also what is taken now."""
    if now.step == 0:
        return course_sentence(plan)
    if begins_today(plan, now):
        begins = f"By the dates step {now.step}, {now.taken} a day, begins today."
        return f"The whole plan: {course_sentence(plan)} {begins} {START_ONLY_IF}"
    by = f"step {now.step} by the dates" if goes_by_dates(plan) else f"step {now.step}"
    return f"The whole plan: {course_sentence(plan)} You take {now.taken} a day now ({by})."


def goes_by_dates(plan: Plan) -> bool:
    """Whether the step that is taken follows from dates alone, so that a person may still be on an earlier one."""
    return plan.status in (Status.RUNNING, Status.SLOWED)


def begins_today(plan: Plan, now: Standing) -> bool:
    """Whether the step of the dates has its first day, so that nobody knows yet whether it is taken."""
    if not now.later or not 0 < now.step <= len(plan.steps) or not goes_by_dates(plan):
        return False
    return plan.steps[now.step - 1].start == now.on and taken_text(plan, now.step - 1) != now.taken


def start_words(plan: Plan, step: Step, now: Standing) -> str:
    """When to start a step; of the one that is taken, that it is."""
    if step.number != now.step or step.start is None:
        return START_ONLY_IF
    if step.start > now.on:
        return "You go back to this dose on its first day."
    begins_today = step.start == now.on and goes_by_dates(plan)
    return START_ONLY_IF if begins_today else TAKEN_NOW


def done_text(plan: Plan, now: Standing) -> str:
    """One line on the steps that are over; empty where none is."""
    done = plan.steps[: max(0, now.step - 1)]
    if not done:
        return ""
    if len(done) > _MOST_TOLD:
        told = f"steps 1 to {len(done)}, {step_text(plan, done[0])} to {step_text(plan, done[-1])} a day"
    else:
        told = ", ".join(f"step {step.number} ({step_text(plan, step)})" for step in done)
    first, last = done[0].start, done[-1].end
    days = f", {span_text(first, last)}" if first and last else ""
    return f"Done so far: {told}{days}."


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a version is agreed to: a line below the title, sentences, and whether a signature is asked for."""

    subtitle: str
    text: str
    to_sign: bool


def agreement(plan: Plan, now: Standing) -> Agreement:
    """What a paper says of who agreed. A version that nobody agreed to is a proposal until it is signed."""
    keep = f"keep taking {now.taken} a day as you do now."
    if begins_today(plan, now):
        keep = f"keep taking {taken_text(plan, now.step - 1)} a day as you do now, or {now.taken} once you have begun step {now.step}."
    still = f" {STILL_EARLIER}" if now.step and goes_by_dates(plan) else ""
    by = _agreed_by(plan)
    if by is None:
        text = f"This is a proposal until your prescriber agrees and signs here. Until then {keep}"
        return Agreement(PROPOSAL, text, to_sign=True)
    agreed = f"Agreed by {_named(by)} on {format_date(by.on)}."
    changed = [event for event in plan.events[plan.events.index(by) + 1 :] if event.kind in _TO_AGREE]
    if changed:
        told = " ".join(f"{format_date(e.on)}: {_lower(HAPPENED[Kind(e.kind)])}." for e in changed)
        text = (
            f"{agreed} Changed since then. {told} Your prescriber has not signed these changes yet: show them, and let"
            f" them sign here. Until then {keep}{still}"
        )
        return Agreement(CHANGED, text, to_sign=True)
    if now.step == 0:
        until = "Until the first step begins," if has_begun(plan) else "Until a first day is agreed,"
        return Agreement(AGREED, f"{agreed} {until} {keep}", to_sign=False)
    return Agreement(AGREED, f"{agreed} {_upper(keep)}{still}", to_sign=False)


def _agreed_by(plan: Plan) -> Event | None:
    """The last event in which a prescriber took responsibility for the plan as it then was."""
    if plan.status in (Status.DRAFT, Status.WITH_PRESCRIBER) or not any(
        e.kind == Kind.AGREE for e in plan.events
    ):
        return None
    said = [e for e in plan.events if e.kind in (Kind.AGREE, Kind.EDIT, Kind.CLEAR) or _is_prescriber(e.by)]
    return said[-1]


def _is_prescriber(by: str) -> bool:
    """Name, role and registration number: what the life cycle asks for where a prescriber decides."""
    parts = [part.strip() for part in by.split(";")]
    return len(parts) == 3 and all(parts) and any(letter.isdigit() for letter in parts[2])


def _named(event: Event) -> str:
    return ", ".join(part.strip() for part in event.by.split(";") if part.strip())


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
