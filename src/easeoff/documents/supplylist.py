"""The pharmacy supply list: one PDF/UA-1 file."""

from __future__ import annotations

from easeoff.documents.refusing import as_proposal, plan_to_print
from easeoff.documents.supplydata import supply_data
from easeoff.documents.typesetting import Paper, paper_for, typeset
from easeoff.planning.plan import Plan
from easeoff.proposing.proposal import Proposal


def supply_pdf(
    source: Proposal | Plan, paper: Paper | None = None, *, large: bool = False, person: str = ""
) -> bytes:
    """What the pharmacy has to supply up to the review, in periods of 28 days, as a PDF.

    Of a plan on hold 28 days of the dose that is taken. Raises `EaseoffError` where no supply may be asked for: a stop, open questions, a draft not within its limits.
    """
    proposal = as_proposal(source)
    plan = plan_to_print(proposal, "supply list")
    data = supply_data(plan, proposal.formulary, person, proposal.on)
    return typeset("supply", data, paper or paper_for(plan.country), plan.created_on, large=large)
