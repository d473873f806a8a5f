"""The letter to the prescriber: one page, as a PDF/UA-1 file."""

from __future__ import annotations

from easeoff.documents.letterdata import letter_data
from easeoff.documents.refusing import as_proposal, refuse_a_stop, tells_of_a_stop
from easeoff.documents.stopletter import stop_letter_data
from easeoff.documents.typesetting import Paper, paper_for, typeset
from easeoff.planning.plan import Plan
from easeoff.proposing.proposal import Proposal


def letter_pdf(source: Proposal | Plan, paper: Paper | None = None, *, person: str = "") -> bytes:
    """What is asked of the prescriber, why, and what it rests on, as a PDF of one page.

    There are three kinds. A plan or draft within its limits is put forward to be agreed or changed; where nothing listed
    keeps within them, the ways out are laid side by side to choose from. Open questions are listed in both. Where a stop stands the letter says why,
    and what is asked of whom by when; it holds no dose but today's.

    Raises `EaseoffError` for a stop of a plan that is followed: then its dose of now is told, and whom to contact.
    """
    proposal = as_proposal(source)
    refuse_a_stop(proposal, "letter")
    tells = stop_letter_data if tells_of_a_stop(proposal) else letter_data
    data = tells(proposal, person)
    return typeset("letter", data, paper or paper_for(proposal.request.country), proposal.request.today)
