"""The printed schedule: one PDF/UA-1 file for the fridge, made by Typst from texts handed over as JSON."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib.resources import files
from typing import Literal, get_args

from easeoff.directory import CrisisPanel, crisis_panel
from easeoff.documents.jsontext import json_text
from easeoff.documents.scheduledata import schedule_data
from easeoff.planning.plan import Plan
from easeoff.proposing.proposal import Outcome, Proposal
from easeoff.quantities import EaseoffError

Paper = Literal["a4", "us-letter"]

_NO_GLYPH = re.compile(r'the text `"(?P<text>.*)"` could not be displayed', re.DOTALL)


def schedule_pdf(proposal: Proposal, paper: Paper = "a4", panel: CrisisPanel | None = None) -> bytes:
    """The schedule up to the next review, as a PDF. The same proposal and panel give the same bytes.

    ``panel`` says where to turn at once; without one it is "your local emergency number" and no line is named.

    Raises `EaseoffError` where no schedule may be made from the proposal (a stop, open questions, a draft not
    within its limits), or where a text has a character that our letters do not hold.
    """
    plan = _plan_to_print(proposal)
    if paper not in get_args(Paper):
        raise EaseoffError(f"“{paper}” is not a paper size we print on.", "Choose a4 or us-letter.")
    panel = panel or crisis_panel((), plan.country, plan.created_on)
    data = json_text(schedule_data(plan, proposal.formulary, panel))
    return _typeset(data, paper, datetime.combine(plan.created_on, datetime.min.time(), UTC))


def _plan_to_print(proposal: Proposal) -> Plan:
    if proposal.plan is not None and proposal.may_issue_schedule:
        return proposal.plan
    if proposal.outcome is Outcome.STOPPED:
        raise EaseoffError(
            "No schedule is printed while a stop stands.", "A clinician has to plan this with you."
        )
    if proposal.outcome is Outcome.DRAFT:
        keys = ", ".join(question.key for question in proposal.open_questions)
        raise EaseoffError(f"No schedule is printed while questions are open: {keys}.", "Answer them first.")
    raise EaseoffError("No schedule is printed from a draft that is not within your limits.",
                       "The proposal lists what could be added.")  # fmt: skip


def _typeset(data: str, paper: Paper, made: datetime) -> bytes:
    import typst  # Loaded only here: the command line has to start at once.

    template = files("easeoff.documents").joinpath("templates/schedule.typ").read_bytes()
    try:
        return typst.compile(
            template,
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"data": data, "paper": paper},
            ignore_system_fonts=True,
            timestamp=made,
        )
    except typst.TypstError as error:
        missing = _NO_GLYPH.search(str(error))
        if missing is None:
            raise
        raise EaseoffError(
            f"The schedule cannot print the character “{missing['text']}”: its typeface does not hold it.",
            "Write that text in Latin, Greek or Cyrillic letters.",
        ) from None
