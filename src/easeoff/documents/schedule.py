"""The printed schedule: one PDF/UA-1 file for the fridge, from a plan that may be followed."""

from __future__ import annotations

from easeoff.directory import CrisisPanel, crisis_panel
from easeoff.documents.refusing import as_proposal, plan_to_print
from easeoff.documents.scheduledata import schedule_data
from easeoff.documents.typesetting import Paper, paper_for, typeset
from easeoff.planning.plan import Plan
from easeoff.proposing.proposal import Proposal


def schedule_pdf(
    source: Proposal | Plan,
    paper: Paper | None = None,
    panel: CrisisPanel | None = None,
    *,
    large: bool = False,
    person: str = "",
) -> bytes:
    """The schedule up to the next review, as a PDF. The same proposal and panel give the same bytes.

    ``paper`` is the country's unless said. ``panel`` says where to turn at once; without one it is "your local
    emergency number" and no line is named. ``large`` prints in letters of 16 points and more; ``person`` is a name
    to print, in any script.

    Raises `EaseoffError` where no schedule may be made from the proposal: a stop, open questions, a draft not
    within its limits.
    """
    proposal = as_proposal(source)
    plan = plan_to_print(proposal, "schedule")
    panel = panel or crisis_panel((), plan.country, proposal.on or plan.created_on)
    later = None if proposal.on is None else proposal.findings
    data = schedule_data(plan, proposal.formulary, panel, person, proposal.on, later)
    return typeset("schedule", data, paper or paper_for(plan.country), plan.created_on, large=large)
