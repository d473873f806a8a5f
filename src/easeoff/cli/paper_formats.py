"""The papers among the formats of ``easeoff plan``: schedule, letter, supply list and preparation cards."""

from __future__ import annotations

import sys

from easeoff.cli.arguments import Values
from easeoff.cli.terminal import is_terminal
from easeoff.cli.typed import tidy
from easeoff.proposing import Proposal
from easeoff.quantities import EaseoffError

#: What each is called; the papers themselves are loaded only to print, so that a plan as text starts fast.
WRITTEN = {"pdf": "schedule", "letter": "letter", "supply": "supply list", "cards": "preparation card"}


def is_of_drafts_too(proposal: Proposal, form: str) -> bool:
    """Whether this paper may be made though the proposal is a draft."""
    from easeoff.documents.papers import paper_of_format

    kind = paper_of_format(form) if form in WRITTEN else None
    return kind is not None and kind.of_drafts_too(proposal)


def check_options(values: Values, form: str) -> None:
    """Raise `EaseoffError` for an option that would do nothing, a paper size that is not known, a PDF for a terminal."""
    for name in ("paper", "large_print", "name"):
        if getattr(values, name) and form not in WRITTEN:
            raise EaseoffError(
                f"--{name.replace('_', '-')} is for what is printed.",
                "Add --format pdf, letter, supply or cards.",
            )
    if values.large_print and form == "letter":
        raise EaseoffError("The letter is one page, so it has no large print.", "Leave --large-print out.")
    if values.paper is not None:
        from easeoff.documents.typesetting import paper_named

        paper_named(tidy(values.paper).lower())
    if form in WRITTEN and not values.output and is_terminal(sys.stdout):
        file_name = f"{WRITTEN[form].split()[0]}.pdf"
        raise EaseoffError(
            "A PDF cannot be shown in a terminal.", f"Say where it goes, such as -o {file_name}."
        )


def not_needed(proposal: Proposal, form: str) -> tuple[str, str] | None:
    """Why a paper that might be made is not needed, and what to do instead."""
    if form != "cards" or not proposal.may_issue_schedule:
        return None
    from easeoff.documents.papers import paper_of_format

    kind = paper_of_format(form)
    if kind is None or kind.may_be_made(proposal):
        return None
    return (
        "No card is needed: every dose up to the review is of whole pieces.",
        "Take them as the schedule says.",
    )


def paper_format(proposal: Proposal, form: str, values: Values) -> bytes:
    """The paper as a PDF. Raises `EaseoffError` where it is not to be made."""
    from easeoff.cli.crisis import panel_for
    from easeoff.documents.papers import PrintOptions, paper_of_format
    from easeoff.documents.typesetting import paper_named

    kind = paper_of_format(form)
    assert kind is not None
    paper = paper_named(tidy(values.paper).lower()) if values.paper is not None else None
    name = tidy(values.name) if values.name is not None else ""
    panel = panel_for(proposal.request.country, proposal.request.today)
    return kind.make(proposal, PrintOptions(paper, values.large_print, name), panel)
