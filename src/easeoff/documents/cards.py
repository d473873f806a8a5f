"""The preparation cards: one PDF/UA-1 file, a card for each way of making a dose."""

from __future__ import annotations

from easeoff.documents.beadcard import bead_card_data, offers_beads
from easeoff.documents.carddata import card_data
from easeoff.documents.refusing import as_proposal, plan_to_print, refuse_a_stop
from easeoff.documents.typesetting import Paper, paper_for, typeset
from easeoff.planning.plan import Plan
from easeoff.proposing.proposal import Proposal


def preparation_cards_pdf(
    source: Proposal | Plan, paper: Paper | None = None, *, large: bool = False, person: str = ""
) -> bytes:
    """How each dose up to the review is made ready, and how far off it may be, as a PDF.

    From a draft for which counting beads is one of the ways: how to find out whether that can be done, without any dose.
    Raises `EaseoffError` where nothing has to be made ready, and for a stop, open questions, or a draft not within its limits.
    """
    proposal = as_proposal(source)
    if offers_beads(proposal):
        refuse_a_stop(proposal, "preparation card")
        data = bead_card_data(proposal, person)
    else:
        plan = plan_to_print(proposal, "preparation card")
        data = card_data(plan, proposal.formulary, person, proposal.on)
    request = proposal.request
    return typeset("cards", data, paper or paper_for(request.country), request.today, large=large)
