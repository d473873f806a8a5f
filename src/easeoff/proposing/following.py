"""Something happened to a plan: checked, worked out where it has to be, and appended as an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from easeoff.medicines import find_medicine, load_formulary
from easeoff.medicines.model import Formulary
from easeoff.planning.findings import Finding, Level
from easeoff.planning.lifecycle import (
    NEEDS_COURSE,
    Change,
    Difference,
    Kind,
    advance,
    difference,
    dose_at,
    next_status,
    step_by_date,
    step_taken,
)
from easeoff.planning.lifecycle.standing import has_arrived
from easeoff.planning.pace import pace_for
from easeoff.planning.plan import Course, Event, Plan, Status, SupplyLine
from easeoff.planning.request import TaperRequest
from easeoff.planning.supply import supply_from
from easeoff.planning.two_medicines import refuse_two
from easeoff.proposing.drafting import by_weight
from easeoff.proposing.propose import plan_taper
from easeoff.proposing.replanning import (
    NoSuchPlan,
    Now,
    agreed_limit,
    change_product,
    longer,
    longer_days,
    smaller,
    step_back,
    wish_of,
)
from easeoff.quantities import EaseoffError, format_date, format_mg, plain
from easeoff.safety import review
from easeoff.safety.happenings import MOST_MISSED, step_back_needs_prescriber, words_for

#: A day further away than this is a slip of the finger. Project choice.
_FURTHEST_DAYS = 366
_LONGEST_WHY, _LONGEST_BY = 300, 200
_MOST_DOSES_MISSED = 999
_MOST_REVIEW_STEPS = 12
#: These have taken place when they are recorded, so their day is never ahead.
_BEHIND = frozenset({Kind.HAND_OVER, Kind.AGREE, Kind.MISSED, Kind.GAP, Kind.CLEAR, Kind.ARRIVE, Kind.REVIEW})
#: For these it matters which dose is really taken.
_BY_DOSE = frozenset({Kind.HOLD, Kind.RESUME, Kind.STEP_BACK, Kind.SLOWER, Kind.EDIT, Kind.STAY, Kind.GAP,
                      Kind.CHANGE_PRODUCT, Kind.FREEZE, Kind.MISSED})  # fmt: skip
#: Who decided these has to stand in the record: name, role and registration number.
_BY_PRESCRIBER = frozenset({Kind.CLEAR, Kind.EDIT})
_ERRORS = frozenset({"dose-rises", "portions-differ"})


class Stopped(EaseoffError):  # noqa: N818
    """A stop stands, so no plan may be followed."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What somebody wants to record. ``taking`` is the dose really taken now in mg, ``to`` the dose to go back to.

    ``by`` names who decided (``name; role; registration number`` for a prescriber), ``doses`` how many were missed, ``change``
    what changed in the person; ``every`` days and ``limit`` are for slower, edit and step-back, ``products`` and ``devices`` for
    a change of product, ``review_steps`` for a review.
    """

    kind: Kind
    on: date
    why: str = ""
    by: str = ""
    taking: Decimal | None = None
    to: Decimal | None = None
    doses: int = 1
    change: Change = Change.OTHER
    every: int | None = None
    limit: Decimal | None = None
    products: tuple[str, ...] | None = None
    devices: tuple[str, ...] | None = None
    review_steps: int | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """The new version, how it differs from the one before, and what to do now in words."""

    plan: Plan
    difference: Difference
    words: tuple[str, ...]


def follow(plan: Plan, happening: Happening, *, replaces: str, today: date) -> Followed:
    """The next version of ``plan``; ``replaces`` is the identity of ``plan``, which itself stays as it is.

    Raises `EaseoffError`, one sentence and a hint, for what may not happen now or cannot be worked out.
    """
    refuse_two(plan, "record of what happened")
    kind = _kind(happening)
    next_status(plan.status, kind, plan.events)
    _check(plan, happening, kind, today)
    formulary = load_formulary(find_medicine(plan.medicine), plan.country)
    if kind in (Kind.AGREE, Kind.START):
        _refuse_unless_followable(plan, formulary)
    event = _event(plan, happening, kind, formulary)
    made = _with_findings(plan, event, replaces, formulary)
    step = 0 if event.step is None else event.step
    taken = dose_at(plan, step)
    if kind is Kind.STEP_BACK:
        taken = made.steps[step].dose_mg
    words = words_for(kind, formulary.medicine, taken, event.change)
    return Followed(made, difference(plan, made), words)


def _kind(happening: Happening) -> Kind:
    """One missed dose changes nothing; several are a gap, after which no full dose is taken unasked."""
    if happening.kind is Kind.GAP:
        raise EaseoffError(
            "A gap is recorded as missed doses.", "Use missed, and say how many with --doses NUMBER."
        )
    if happening.kind is Kind.MISSED and happening.doses > MOST_MISSED:
        return Kind.GAP
    return happening.kind


def _check(plan: Plan, happening: Happening, kind: Kind, today: date) -> None:
    on = happening.on
    if kind in _BEHIND and on > today:
        raise EaseoffError(
            f"{format_date(on)} has not come yet.", f"Give {format_date(today)} or the day on which it was."
        )
    if abs((on - today).days) > _FURTHEST_DAYS:
        raise EaseoffError(f"{format_date(on)} is more than a year away.", "Give the day on which it is.")
    if len(happening.why) > _LONGEST_WHY or len(happening.by) > _LONGEST_BY:
        raise EaseoffError(
            "The reason or the name is too long.", f"Use at most {_LONGEST_WHY} and {_LONGEST_BY} characters."
        )
    if not 1 <= happening.doses <= _MOST_DOSES_MISSED:
        raise EaseoffError(
            f"{happening.doses} missed doses cannot be recorded.", f"Give 1 to {_MOST_DOSES_MISSED}."
        )
    if happening.review_steps is not None and not 1 <= happening.review_steps <= _MOST_REVIEW_STEPS:
        raise EaseoffError(f"{happening.review_steps} steps to the next review cannot be used.",
                           f"Give 1 to {_MOST_REVIEW_STEPS}.")  # fmt: skip
    if has_arrived(plan) and kind is not Kind.REVIEW:
        raise EaseoffError(
            "Nothing is taken any more, so this cannot be recorded.",
            "Do not start again alone. Contact your prescriber: whether and how to take it again is theirs to decide.",
        )
    _check_by(happening, kind, plan)


def _check_by(happening: Happening, kind: Kind, plan: Plan) -> None:
    if kind is Kind.AGREE and not happening.by.strip():
        raise EaseoffError("Who agreed was not said.", 'Add --by "name; role".')
    medicine = load_formulary(find_medicine(plan.medicine), plan.country).medicine
    alone = kind is Kind.STEP_BACK and step_back_needs_prescriber(medicine)
    if not alone and kind not in _BY_PRESCRIBER:
        return
    parts = [part.strip() for part in happening.by.split(";")]
    if len(parts) != 3 or not all(parts) or not any(letter.isdigit() for letter in parts[2]):
        why = (
            f"{medicine.name.capitalize()} is never put back up without a clinician: who decided it was not said."
            if alone
            else f"A prescriber has to take responsibility for “{kind}”: who it is was not said."
        )
        raise EaseoffError(
            why, 'Add --by "name; role; registration number". Until then keep taking what you take now.'
        )
    if kind in _BY_PRESCRIBER and not happening.why.strip():
        raise EaseoffError("The prescriber's reason is missing.", 'Add --why "...".')


def _refuse_unless_followable(plan: Plan, formulary: Formulary) -> None:
    """A draft is never agreed: not with a question open, a stop, or a step over the limits."""
    if not plan.summary.within_limit:
        raise NoSuchPlan(
            "This draft is not within its limits, so nobody can agree to follow it.",
            "Add what would help first: easeoff plan shows it.",
        )
    again = plan_taper(plan.request)
    stops = [f for f in (*again.findings, *review(formulary, plan.request, plan)) if f.level is Level.STOP]
    if stops:
        raise Stopped("A stop stands, so nobody can agree to follow this plan.", stops[0].text)
    if again.open_questions:
        keys = ", ".join(question.key for question in again.open_questions)
        raise EaseoffError(
            f"Questions are still open, so nobody can agree to follow this plan: {keys}.",
            "Make the plan again with the answers, and follow that one.",
        )


def _event(plan: Plan, happening: Happening, kind: Kind, formulary: Formulary) -> Event:
    step = step_taken(plan, happening.on, happening.taking) if kind in _BY_DOSE else None
    if kind in (Kind.ARRIVE, Kind.REVIEW) and not has_arrived(plan):
        step = _step_behind(plan, happening, kind)
    if step is not None and step > len(plan.steps):
        raise EaseoffError("By its dates this plan has come to its end.", "Record arrive first.")
    course = _course(Now(plan, step or 0, formulary), happening, kind) if kind in NEEDS_COURSE else None
    return Event(
        kind=kind,
        on=happening.on,
        why=" ".join(happening.why.split()),
        by=" ".join(happening.by.split()),
        step=step,
        doses=happening.doses if kind in (Kind.MISSED, Kind.GAP) else None,
        change=happening.change if kind is Kind.FREEZE else "",
        next_on=happening.on if kind in (Kind.START, Kind.RESUME) else None,
        review_steps=happening.review_steps,
        review_on=_review_after_the_last(plan, happening, kind, formulary),
        course=course,
    )


def _step_behind(plan: Plan, happening: Happening, kind: Kind) -> int:
    """The step that is over, or still taken, when the goal is reached or a review takes place."""
    if kind is Kind.REVIEW:
        return step_taken(plan, happening.on, happening.taking)
    last = len(plan.steps)
    begins = plan.arrives_on if plan.goal_mg == 0 else plan.steps[-1].start
    if begins is None or happening.on < begins:
        when = f"by its dates that is on {format_date(begins)}" if begins else "a review comes first"
        raise EaseoffError(
            f"The goal is not reached yet: {when}.", "Record it on that day, or hold until then."
        )
    return last


def _review_after_the_last(plan: Plan, happening: Happening, kind: Kind, formulary: Formulary) -> date | None:
    """One review after the goal is reached: as long after the last dose as the record says, else one more interval.

    The interval is a project choice: no source gives a day for the first review, only how long to watch.
    """
    if kind not in (Kind.ARRIVE, Kind.STAY):
        return None
    pace = pace_for(formulary.medicine, plan.request)
    watched = pace.after_last_days if pace is not None and plan.goal_mg == 0 and kind is Kind.ARRIVE else None
    return happening.on + timedelta(watched or plan.interval_days)


def _course(now: Now, happening: Happening, kind: Kind) -> Course:
    return _COURSES[kind](now, happening)


def _step_back(now: Now, happening: Happening) -> Course:
    back = _step_to_go_back_to(now, happening.to)
    wish = _slower_wish(now, happening)
    return step_back(now, back, replace(wish, every=happening.every or longer_days(now.plan)))


def _step_to_go_back_to(now: Now, to: Decimal | None) -> int:
    """The last step before this one with a higher dose; never above the starting dose, because there is none."""
    higher = [n for n in range(now.step - 1, -1, -1) if dose_at(now.plan, n) > now.dose]
    if not higher:
        raise EaseoffError(
            f"{format_mg(now.dose)} is the dose this plan began with: there is no step to go back to.",
            "Record hold or freeze, and contact your prescriber.",
        )
    if to is None:
        return higher[0]
    for number in higher:
        if dose_at(now.plan, number) == to:
            return number
    known = ", ".join(format_mg(dose) for dose in sorted({dose_at(now.plan, n) for n in higher}))
    raise EaseoffError(
        f"{format_mg(to)} is no dose to go back to.", f"Use a dose that was taken before: {known}."
    )


def _slower(now: Now, happening: Happening) -> Course:
    wish = _slower_wish(now, happening)
    if happening.limit is None:
        return longer(now, happening.every or longer_days(now.plan))
    because = f"Each step ahead is at most {plain(happening.limit)} instead of {plain(agreed_limit(now.plan) or 0)}."
    return smaller(now, wish, because)


def _slower_wish(now: Now, happening: Happening) -> TaperRequest:
    """What was agreed with the slower numbers in it. Raises `EaseoffError` for numbers that are not slower."""
    plan, limit = now.plan, agreed_limit(now.plan)
    if happening.every is not None and happening.every < plan.interval_days:
        raise EaseoffError(
            f"{happening.every} days between steps is faster than the agreed {plan.interval_days}.",
            "Give more days. Going faster is for a prescriber to decide, with edit.",
        )
    if happening.limit is not None and (limit is None or happening.limit > limit):
        agreed = "this method has no such limit" if limit is None else f"the agreed limit is {plain(limit)}"
        raise EaseoffError(
            f"A limit of {plain(happening.limit)} is not slower: {agreed}.",
            "Give a smaller one, or more days.",
        )
    same = happening.every in (None, plan.interval_days) and happening.limit in (None, limit)
    if same and (happening.every is not None or happening.limit is not None):
        raise EaseoffError("That is as fast as it was.", "Give more days, or a smaller limit.")
    wish = wish_of(plan)
    return replace(wish, every=happening.every or wish.every, limit=happening.limit or wish.limit)


def _edit(now: Now, happening: Happening) -> Course:
    plan, wish = now.plan, wish_of(now.plan)
    if happening.every is None and happening.limit is None:
        raise EaseoffError("What to change was not said.", "Add --every DAYS or --limit NUMBER.")
    changed = replace(wish, every=happening.every or wish.every, limit=happening.limit or wish.limit)
    before = wish.limit
    faster = (changed.every or 0) < plan.interval_days or (
        before is not None and changed.limit is not None and changed.limit > before
    )
    because = f"A prescriber changed the pace: steps of at most {plain(changed.limit or 0)}, every {changed.every} days."
    course = smaller(now, changed, because, faster=faster)
    return replace(course, findings=(*course.findings, _faster(happening))) if faster else course


def _faster(happening: Happening) -> Finding:
    return Finding(
        "faster-by-edit",
        Level.WARN,
        f"This plan was made faster than agreed by {happening.by.strip()}, on {format_date(happening.on)}. No part of this tool"
        " proposed it. Stay on a step longer whenever you need to.",
        ("H-017", "H-033"),
        ("project_choice",),
    )


def _change_product(now: Now, happening: Happening) -> Course:
    if not now.step:
        raise EaseoffError(
            "No lower dose is taken yet, so there is nothing to change.",
            "Make the plan again with the other products; it then checks them from the first step.",
        )
    if happening.products is None and happening.devices is None:
        raise EaseoffError(
            "Which products was not said.", "Add --product ID; easeoff medicines lists the ids."
        )
    wish = wish_of(now.plan)
    return change_product(
        now,
        replace(
            wish, products=happening.products or wish.products, devices=happening.devices or wish.devices
        ),
    )


_COURSES: dict[Kind, Callable[[Now, Happening], Course]] = {
    Kind.STEP_BACK: _step_back,
    Kind.SLOWER: _slower,
    Kind.EDIT: _edit,
    Kind.CHANGE_PRODUCT: _change_product,
}


def _with_findings(plan: Plan, event: Event, replaces: str, formulary: Formulary) -> Plan:
    """The next version with what is needed from the pharmacy, and with what the rules say where the way on is new."""
    made = advance(plan, event, replaces)
    event = replace(event, supply=_supply(made, event, formulary))
    if event.course is not None:
        found = review(formulary, made.request, made)
        errors = [f for f in found if f.rule in _ERRORS]
        if errors:
            raise EaseoffError(errors[0].text, "Report it, and keep taking what you take now.")
        known = {f.rule for f in found}
        kept = [f for f in event.course.findings if f.rule not in known]
        said = by_weight([*kept, *(f for f in found if f.level is not Level.STOP)])
        event = replace(event, course=replace(event.course, findings=said))
    return advance(plan, event, replaces)


def _supply(made: Plan, event: Event, formulary: Formulary) -> tuple[SupplyLine, ...] | None:
    if made.status in (Status.DRAFT, Status.WITH_PRESCRIBER, Status.AGREED):
        return None
    if event.kind == Kind.ARRIVE and made.goal_mg == 0:
        return ()
    return supply_from(formulary, made, step_by_date(made, event.on), event.on)
