"""What somebody wants to record of a plan, and whether it can be meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from easeoff.medicines import find_medicine, load_formulary
from easeoff.medicines.model import Formulary
from easeoff.planning.findings import Level
from easeoff.planning.lifecycle import (
    Change,
    Kind,
)
from easeoff.planning.lifecycle.causes import restarting
from easeoff.planning.lifecycle.standing import has_arrived
from easeoff.planning.plan import Plan, Status
from easeoff.proposing.propose import plan_taper
from easeoff.proposing.replanning import (
    NoSuchPlan,
)
from easeoff.quantities import EaseoffError, format_date
from easeoff.safety import review
from easeoff.safety.happenings import MISSED_DAYS, MOST_MISSED, step_back_needs_prescriber

#: A day further away than this is a slip of the finger. Project choice.
_FURTHEST_DAYS = 366


_LONGEST_WHY, _LONGEST_BY = 300, 200


_MOST_DOSES_MISSED = 999


_MOST_REVIEW_STEPS = 12


#: These name the first day of a step, which may lie ahead; everything else has taken place when it is recorded.
_AHEAD = frozenset({Kind.START, Kind.RESUME})


#: Who decided these has to stand in the record: name, role and registration number.
_BY_PRESCRIBER = frozenset({Kind.CLEAR, Kind.EDIT})


class Stopped(EaseoffError):  # noqa: N818
    """A stop stands, so no plan may be followed."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What somebody wants to record. ``on`` is its day: for start and resume the first day of the next step. ``taking`` is the dose really taken now in mg, ``to`` the dose to go back to.

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


def kind_of(plan: Plan, happening: Happening) -> Kind:
    """One missed dose changes nothing; several, or one more while frozen, are a gap: then no full dose is taken unasked."""
    if happening.kind is Kind.GAP:
        raise EaseoffError(
            "A gap is recorded as missed doses.", "Use missed, and say how many with --doses NUMBER."
        )
    frozen = plan.status is Status.FROZEN or restarting(plan.events)
    if happening.kind is Kind.MISSED and (frozen or missed_lately(plan, happening) > MOST_MISSED):
        return Kind.GAP
    return happening.kind


def missed_lately(plan: Plan, happening: Happening) -> int:
    """The doses missed in the last `MISSED_DAYS` days with those recorded now; those a prescriber looked at do not count."""
    missed = happening.doses
    for event in reversed(plan.events):
        if event.kind == Kind.CLEAR or event.on <= happening.on - timedelta(MISSED_DAYS):
            break
        missed += event.doses or 0
    return missed


def check_happening(plan: Plan, happening: Happening, kind: Kind, today: date) -> None:
    """Raise `EaseoffError` for days, numbers and names that cannot be meant or are missing."""
    on = happening.on
    if kind not in _AHEAD and on > today:
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
    _refuse_past_the_review(plan, happening, kind)
    _check_by(happening, kind, plan)


def _refuse_past_the_review(plan: Plan, happening: Happening, kind: Kind) -> None:
    """Nobody agreed to a lower dose on or after the day of the review: going on must not put that day off in silence."""
    if kind is not Kind.RESUME or plan.review_on is None or happening.on < plan.review_on:
        return
    raise EaseoffError(
        f"A review was planned for {format_date(plan.review_on)}, and none is recorded: it comes before the next lower dose.",
        "Ask your prescriber for it, and keep taking what you take now. Once it took place, record review, then resume.",
    )


def _check_by(happening: Happening, kind: Kind, plan: Plan) -> None:
    if kind is Kind.AGREE and not happening.by.strip():
        raise EaseoffError(
            "Who agreed was not said.", 'Give name and role: --by "name; role" in the terminal.'
        )
    medicine = load_formulary(find_medicine(plan.medicine), plan.country).medicine
    crossing = plan.crossover is not None
    alone = kind is Kind.STEP_BACK and (crossing or step_back_needs_prescriber(medicine))
    if not alone and kind not in _BY_PRESCRIBER:
        return
    parts = [part.strip() for part in happening.by.split(";")]
    if len(parts) != 3 or not all(parts) or not any(letter.isdigit() for letter in parts[2]):
        why = (
            "Going back changes both medicines of a crossover on one day: which prescriber decided it was not said."
            if alone and crossing
            else f"{medicine.name.capitalize()} is never put back up without a clinician: who decided it was not said."
            if alone
            else f"A prescriber has to take responsibility for “{kind}”: who it is was not said."
        )
        raise EaseoffError(
            why,
            'Give name, role and registration number (in the terminal: --by "name; role; registration number"). Until then keep taking what you take now.',
        )
    if kind in _BY_PRESCRIBER and not happening.why.strip():
        raise EaseoffError("The prescriber's reason is missing.", "Say why in a few words.")


def refuse_unless_followable(plan: Plan, formulary: Formulary) -> None:
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
