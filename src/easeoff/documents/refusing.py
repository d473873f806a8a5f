"""From which proposals paper may be made, and the one sentence that says why not."""

from __future__ import annotations

from easeoff.documents.issuing import stop_words
from easeoff.documents.planfile import write_plan
from easeoff.documents.standing import standing
from easeoff.planning.lifecycle.causes import restarting
from easeoff.planning.plan import Plan, Status
from easeoff.proposing import plan_taper
from easeoff.proposing.issuing import NOT_AGREED
from easeoff.proposing.proposal import Outcome, Proposal
from easeoff.quantities import EaseoffError

#: The one paper that a stop gives as well.
_LETTER = "letter"
#: The one paper of a plan on hold: whoever stays on a dose needs it from the pharmacy.
_SUPPLY_LIST = "supply list"


def as_proposal(source: Proposal | Plan) -> Proposal:
    """``source`` as a proposal. A first version, such as one read from a file, is worked out again from its own request.

    Raises `EaseoffError` where that comes out differently today, or not at all: rules and products may have changed. A later
    version needs to be told the day, because the dose that is taken depends on it.
    """
    if isinstance(source, Proposal):
        return source
    if source.first is not None:
        raise EaseoffError("A later version of a plan is printed for a day, because the dose taken now depends on it.",
                           "Give proposal_of_version(plan, today) instead of the plan.")  # fmt: skip
    again = plan_taper(source.request)
    if again.outcome is Outcome.STOPPED or (again.plan and write_plan(again.plan) == write_plan(source)):
        return again
    raise EaseoffError("This saved plan would come out differently today.", "Work it out again first.")


def plan_to_print(proposal: Proposal, what: str) -> Plan:
    """The plan of a proposal that may be followed. ``what`` is the paper asked for, in a word or two.

    Raises `EaseoffError` for a stop, for open questions, and for a draft that is not within its limits.
    """
    _raise(refusal_of_paper(proposal, what))
    assert proposal.plan is not None, "what may be followed has a plan"
    return proposal.plan


def tells_of_a_stop(proposal: Proposal) -> bool:
    """Whether the letter is the one that a stop gives: of a plan that nobody follows yet, so it holds no dose but today's."""
    return proposal.outcome is Outcome.STOPPED and proposal.on is None


def refuse_a_stop(proposal: Proposal, what: str) -> None:
    """Raise `EaseoffError` where a stop stands: then nothing with a dose of a plan is printed."""
    _raise(refusal_of_paper(proposal, what, of_drafts_too=True))


def refusal_of_paper(proposal: Proposal, what: str, *, of_drafts_too: bool = False) -> tuple[str, str] | None:
    """What is wrong and what would be right, or ``None`` where ``what`` may be printed."""
    if proposal.outcome is Outcome.STOPPED and not (what == _LETTER and tells_of_a_stop(proposal)):
        return f"No {what} is printed while a stop stands.", stop_words(proposal)
    if of_drafts_too and proposal.on is not None:
        return _refusal_of_letter(proposal, what)
    if what == _SUPPLY_LIST and _has_supply_on_hold(proposal):
        return None
    if proposal.waits is not None:
        return f"No {what} is printed {proposal.waits.why}.", proposal.waits.what_to_do
    if of_drafts_too or (proposal.may_issue_schedule and proposal.plan is not None):
        return None
    if proposal.outcome is Outcome.DRAFT:
        keys = ", ".join(question.key for question in proposal.open_questions)
        return f"No {what} is printed while questions are open: {keys}.", "Answer them first."
    return (
        f"No {what} is printed from a draft that is not within your limits.",
        "The proposal lists what could be added.",
    )


def _has_supply_on_hold(proposal: Proposal) -> bool:
    """What the starting dose is made from was never asked, and after missed doses no dose is clear."""
    plan = proposal.plan
    if plan is None or proposal.on is None or proposal.outcome is not Outcome.PLAN:
        return False
    return plan.status is Status.HELD and not restarting(plan.events) and standing(plan, proposal.on).step > 0


def _refusal_of_letter(proposal: Proposal, what: str) -> tuple[str, str] | None:
    """A letter asks for a plan; once somebody agreed to it there is nothing to ask."""
    assert proposal.plan is not None, "a later version has a plan"
    if proposal.plan.status in NOT_AGREED:
        return None
    if proposal.plan.status is Status.FROZEN and proposal.waits is not None:
        return f"No {what} is printed {proposal.waits.why}.", proposal.waits.what_to_do
    if proposal.waits is not None:
        too = " The supply list can be printed." if _has_supply_on_hold(proposal) else ""
        return (
            f"No {what} is printed once a plan is agreed, and no schedule {proposal.waits.why}.",
            f"Show the saved plan itself instead: it tells the dose you take now and what happened.{too}",
        )
    return (
        f"No {what} is printed once a plan is agreed.",
        "Hand over the schedule instead: the history of the plan stands in it.",
    )


def _raise(refusal: tuple[str, str] | None) -> None:
    if refusal is not None:
        raise EaseoffError(*refusal)
