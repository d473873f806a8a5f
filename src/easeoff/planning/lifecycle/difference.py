"""What one version changes against the one before, in sentences that a prescriber can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from easeoff.medicines import load_formulary
from easeoff.planning.lifecycle.kinds import Change, Kind
from easeoff.planning.lifecycle.standing import step_by_date
from easeoff.planning.lifecycle.taken import step_text, taken_text
from easeoff.planning.plan import Event, Plan, Step
from easeoff.quantities import format_date, format_mg

#: Doses ahead are told one by one up to so many.
_MOST_TOLD = 8

HAPPENED = {
    Kind.HAND_OVER: "The plan was shown to a prescriber",
    Kind.AGREE: "A prescriber agreed to the plan",
    Kind.START: "The plan was started",
    Kind.HOLD: "The plan was put on hold",
    Kind.RESUME: "The plan goes on",
    Kind.STEP_BACK: "The dose went one step back",
    Kind.SLOWER: "The plan was slowed",
    Kind.EDIT: "Somebody changed the limits or the days",
    Kind.STAY: "This dose is the goal now",
    Kind.MISSED: "One dose was missed",
    Kind.GAP: "Several doses were missed",
    Kind.CHANGE_PRODUCT: "The same dose is taken from other products",
    Kind.FREEZE: "Something about the person changed",
    Kind.CLEAR: "A prescriber looked at it",
    Kind.ARRIVE: "The goal was reached",
    Kind.REVIEW: "The review took place",
}

_CHANGED = {
    Change.PREGNANCY: "pregnancy",
    Change.MEDICINE: "another medicine",
    Change.ILLNESS: "illness",
    Change.RED_FLAG: "a red-flag sign",
    Change.OTHER: "something else",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """``happened`` says what was recorded, ``changes`` what it changed, each a sentence. ``faster`` flags a plan that
    now goes faster than was agreed, which only a person's own edit can do."""

    version: int
    happened: str
    changes: tuple[str, ...]
    faster: bool


def difference(old: Plan, new: Plan) -> Difference:
    """What ``new`` changes against ``old``, the version it replaces."""
    event = new.events[-1]
    faster = event.course is not None and event.course.faster
    changes = tuple(_changes(old, new, event))
    return Difference(new.version, _happened(event), changes or ("No dose and no date changes.",), faster)


def _happened(event: Event) -> str:
    what = HAPPENED[Kind(event.kind)]
    if event.doses is not None and event.doses > 1:
        what = f"{event.doses} doses were missed"
    elif event.doses == 1 and event.kind == Kind.GAP:
        what = "One more dose was missed, so it is a gap"
    if event.change:
        what = f"{what}: {_CHANGED[Change(event.change)]}"
    by = f" ({event.by})" if event.by else ""
    why = f" Reason: {event.why.rstrip('.')}." if event.why else ""
    return f"{format_date(event.on)}. {what}{by}.{why}"


def _changes(old: Plan, new: Plan, event: Event) -> Iterator[str]:
    if old.status is not new.status:
        yield f"The plan was “{old.status.value}”. It is now “{new.status.value}”."
    if event.course is not None:
        yield from event.course.because
        if event.course.faster:
            yield "This is faster than was agreed. It is somebody’s own change and not a proposal of this tool."
    yield from _dose_now(old, new, event)
    if old.interval_days != new.interval_days:
        least = " or more" if any(s.days > new.interval_days for s in new.steps[event.step or 0 :]) else ""
        yield f"Each later step lasts {new.interval_days} days{least} instead of {old.interval_days}."
    if old.goal_mg != new.goal_mg:
        yield f"The goal is {format_mg(new.goal_mg)} a day instead of {format_mg(old.goal_mg)}."
    yield from _ahead(old, new, event)
    yield from _new_products(old, new, event)
    yield from _dates(old, new)
    yield from _reviews(old, new)


def _dose_now(old: Plan, new: Plan, event: Event) -> Iterator[str]:
    before = _now(old, event)
    now = _now(new, event) if event.kind != Kind.STEP_BACK else step_text(new, _back(new, event))
    if event.kind == Kind.STEP_BACK:
        yield f"The dose goes from {before} back to {now} a day, {_from(_back(new, event))}."
    elif event.kind == Kind.CHANGE_PRODUCT:
        yield f"The dose stays at {now} a day. The change is no cut, {_from(_back(new, event))}."
    elif event.kind == Kind.GAP:
        yield f"The dose before doses were missed was {before} a day."
    elif event.step is not None and event.kind != Kind.ARRIVE:
        yield f"The dose now is {before} a day."


def _now(plan: Plan, event: Event) -> str:
    step = event.step if event.step is not None else step_by_date(plan, event.on)
    return taken_text(plan, step)


def _back(new: Plan, event: Event) -> Step:
    """The step that the event put in after the one that was taken."""
    return new.steps[event.step or 0]


def _from(step: Step) -> str:
    return "" if step.start is None else f"from {format_date(step.start)} on"


def _new_products(old: Plan, new: Plan, event: Event) -> Iterator[str]:
    """What has to be got first."""
    used = {p.product for s in old.steps for i in s.intakes for p in i.portions}
    later = [p.product for s in new.steps[event.step or 0 :] for i in s.intakes for p in i.portions]
    coming = [product for product in dict.fromkeys(later) if product not in used]
    if coming and new.crossover is None:
        names = {p.id: p.name for p in load_formulary(new.medicine, new.country).products}
        yield f"New in this plan: {'; '.join(names.get(product, product) for product in coming)}."


def _ahead(old: Plan, new: Plan, event: Event) -> Iterator[str]:
    put_in = event.kind in (Kind.STEP_BACK, Kind.CHANGE_PRODUCT)
    step = event.step or 0
    before, after = _doses(old, step), _doses(new, step + put_in)
    between = ", " if new.crossover is None else "; "
    if before != after and after:
        yield f"The doses ahead are {_told(after, between)}, instead of {_told(before, between) or 'none'}."
    elif before != after:
        yield f"No lower dose is planned any more, instead of {_told(before, between)}."


def _doses(plan: Plan, step: int) -> tuple[str, ...]:
    ahead = tuple(step_text(plan, s) for s in plan.steps[step:])
    return (*ahead, format_mg(0)) if plan.goal_mg == 0 else ahead


def _told(doses: tuple[str, ...], between: str) -> str:
    if len(doses) > _MOST_TOLD:
        first = between.join(doses[: _MOST_TOLD - 2])
        return f"{first} and so on down to {doses[-1]} ({len(doses)} steps)"
    return between.join(doses)


def _dates(old: Plan, new: Plan) -> Iterator[str]:
    """Step by step where the doses are the same, else only what now has a date."""
    same = [step_text(old, step) for step in old.steps] == [step_text(new, step) for step in new.steps]
    known = {step.number: step.start for step in old.steps} if same else {}
    lost = [s for s in new.steps if s.start is None and known.get(s.number) is not None]
    if lost:
        yield f"{_named(new, lost)} {'has' if len(lost) == 1 else 'have'} no date now."
    for step in new.steps:
        before = known.get(step.number)
        if step.start is None or step.start == before or _was_there(old, step):
            continue
        instead = f" instead of {format_date(before)}" if before else ""
        yield f"Step {step.number} ({step_text(new, step)}) begins on {format_date(step.start)}{instead}."
    if new.arrives_on != old.arrives_on and new.arrives_on is not None:
        goal = format_mg(new.goal_mg) if new.crossover is None else step_text(new, new.steps[-1]).capitalize()
        yield f"{goal} is reached on {format_date(new.arrives_on)}."


def _was_there(old: Plan, step: Step) -> bool:
    return any(s.start == step.start and step_text(old, s) == step_text(old, step) for s in old.steps)


def _named(plan: Plan, steps: list[Step]) -> str:
    if len(steps) == 1:
        return f"Step {steps[0].number} ({step_text(plan, steps[0])})"
    return f"Steps {steps[0].number} to {steps[-1].number}"


def _reviews(old: Plan, new: Plan) -> Iterator[str]:
    if old.review_on == new.review_on:
        return
    if new.review_on is None:
        yield "The review has no date now: agree one with your prescriber."
    elif old.review_on is None:
        yield f"The next review is on {format_date(new.review_on)}."
    else:
        yield f"The next review is on {format_date(new.review_on)} instead of {format_date(old.review_on)}."
