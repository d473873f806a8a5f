"""What may leave the house: only a plan within its limits, with nothing open and no stop. And how far it reaches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from easeoff.documents.standing import Standing, standing
from easeoff.planning.plan import Plan, Step
from easeoff.proposing.proposal import Outcome, Proposal
from easeoff.quantities import EaseoffError
from easeoff.safety import merge_stops
from easeoff.safety.happenings import SIGNS_FIRST

#: Says in every export, for machines, what it is.
PURPOSE = "proposal for a prescriber; not medical advice; not an order"


def plan_to_issue(proposal: Proposal, what: str) -> Plan:
    """The plan, where ``what`` ("calendar") may be made from it. Raises `EaseoffError`, one sentence and a hint."""
    if proposal.plan is not None and proposal.may_issue_schedule:
        return proposal.plan
    if proposal.outcome is Outcome.STOPPED:
        raise EaseoffError(f"No {what} is written while a stop stands.", stop_words(proposal))
    if proposal.waits is not None:
        raise EaseoffError(f"No {what} is written {proposal.waits.why}.", proposal.waits.what_to_do)
    if proposal.outcome is Outcome.DRAFT:
        keys = ", ".join(question.key for question in proposal.open_questions)
        raise EaseoffError(f"No {what} is written while questions are open: {keys}.", "Answer them first.")
    raise EaseoffError(f"No {what} is written from a draft that is not within your limits.",
                       "The proposal lists what could be added.")  # fmt: skip


def stop_words(proposal: Proposal) -> str:
    """What to do while a stop stands. Somebody under way is told the dose of now, whom to contact and every reason."""
    if proposal.on is None or proposal.plan is None:
        return "A clinician has to plan this with you."
    now = standing(proposal.plan, proposal.on)
    card = merge_stops(proposal.findings, proposal.formulary.medicine, now.taken)
    return " ".join((card.keep, *card.contacts, *card.reasons, SIGNS_FIRST))


@dataclass(frozen=True, slots=True)
class Covered:
    """A step up to the next review: its days, counted from the first reduced day (1), and its dates where they stand.

    ``stays`` is for a step that goes on with no end, such as the goal of a plan that ends above zero; ``days`` reach to the review.
    """

    step: Step
    first_day: int
    days: int
    start: date | None
    stays: bool

    @property
    def end(self) -> date | None:
        """The last day before the next step or the review."""
        return None if self.start is None else self.start + timedelta(self.days - 1)

    def days_left(self, on: date) -> int:
        """The days that were not over on this day, that day counted; at least one."""
        over = 0 if self.start is None else max(0, (on - self.start).days)
        return max(self.days - over, 1)


def stays(plan: Plan, step: Step) -> bool:
    """Whether ``step`` goes on with no end: the goal itself, or a dated step that nobody has ended yet."""
    is_goal = plan.goal_mg > 0 and step.number == len(plan.steps)
    return is_goal or (step.start is not None and step.end is None)


def covered_steps(plan: Plan) -> tuple[Covered, ...]:
    """The steps up to the next review, one after the other. Raises `EaseoffError` where dates leave a gap."""
    dated = sum(1 for step in plan.steps if step.start is not None)
    near = plan.steps[: dated or plan.near_steps]
    covered, day = list[Covered](), 1
    for step in near:
        days = _days(plan, step)
        covered.append(Covered(step, day, days, step.start, stays(plan, step)))
        day += days
    _check_touching(covered)
    return tuple(covered)


def steps_as_of(plan: Plan, now: Standing) -> tuple[Covered, ...]:
    """The covered steps, those that are over too. One that goes on, with no day for a review, reaches as far as it lasts from
    the day ``now`` on. Raises `EaseoffError` where dates leave a gap."""
    covered = covered_steps(plan)
    if not now.later or not covered:
        return covered
    *before, last = covered
    if plan.review_on is not None or last.start is None or last.step.end is not None:
        return (*before, last)
    over = max(0, (now.on - last.start).days)
    return (*before, replace(last, days=over + max(last.step.days, 1)))


def steps_to_come(plan: Plan, now: Standing) -> tuple[Covered, ...]:
    """The covered steps from the one that is taken now on. Raises `EaseoffError` where dates leave a gap."""
    return tuple(covered for covered in steps_as_of(plan, now) if not now.is_behind(covered.step))


def steps_ahead(plan: Plan, now: Standing) -> tuple[Covered, ...]:
    """What there is to prescribe: the covered steps that are not over. Raises `EaseoffError` for none."""
    ahead = tuple(c for c in steps_to_come(plan, now) if c.stays or c.end is None or c.end >= now.on)
    if not ahead:
        raise EaseoffError("Every dated step of this plan is over, so there is nothing to prescribe from it.",
                           "Agree the next steps at the review.")  # fmt: skip
    return ahead


def _days(plan: Plan, step: Step) -> int:
    if step.start is None:
        return step.days
    if step.end is not None:
        return (step.end - step.start).days + 1
    reach = (plan.review_on - step.start).days if plan.review_on else step.days
    return max(reach, 1)


def _check_touching(covered: list[Covered]) -> None:
    for before, after in pairwise(covered):
        touching = before.end is None or (
            after.start is not None and after.start == before.end + timedelta(1)
        )
        if (before.start is None) != (after.start is None) or not touching or before.days < 1:
            raise EaseoffError(
                f"Step {after.step.number} of this plan does not begin on the day after step {before.step.number} ends.",
                "Make the plan again.",
            )
