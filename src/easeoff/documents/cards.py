"""The preparation cards: one PDF/UA-1 file, a card for each way of making a dose."""

from __future__ import annotations

from easeoff.documents.carddata import card_data
from easeoff.documents.refusing import plan_to_print
from easeoff.documents.typesetting import Paper, paper_for, typeset
from easeoff.proposing.proposal import Proposal


def preparation_cards_pdf(
    proposal: Proposal, paper: Paper | None = None, *, large: bool = False, person: str = ""
) -> bytes:
    """How each dose up to the review is made ready, and how far off it may be, as a PDF.

    Raises `EaseoffError` where nothing has to be made ready, and for a stop, open questions, or a draft not within its limits.
    """
    plan = plan_to_print(proposal, "preparation card")
    data = card_data(plan, proposal.formulary, person)
    return typeset("cards", data, paper or paper_for(plan.country), plan.created_on, large=large)
