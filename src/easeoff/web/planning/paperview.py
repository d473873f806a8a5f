"""What the plan's page offers to print and hand over."""

from __future__ import annotations

from dataclasses import dataclass

from easeoff.documents import Paper, paper_for, papers_for
from easeoff.proposing import Proposal

#: Longer than any name; the rest would only push the page apart.
LONGEST_NAME = 120
#: Where each is asked for, and what its button says.
ADDRESSES = {"pdf": "schedule", "letter": "letter", "supply": "supply", "cards": "cards"}
_BUTTONS = {
    "letter": "Letter to your prescriber (PDF)",
    "pdf": "Schedule to print (PDF)",
    "supply": "Supply list (PDF)",
    "cards": "Preparation cards (PDF)",
}


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper as the page offers it: its button, where that leads, and whom the paper is for."""

    button: str
    address: str
    whom: str


@dataclass(frozen=True, slots=True)
class ShownSize:
    """A paper size to choose."""

    value: Paper
    label: str
    chosen: bool


def papers_context(proposal: Proposal) -> dict[str, object]:
    """What the part “Print and hand over” shows; of a stop the letter alone."""
    usual = paper_for(proposal.request.country)
    sizes: tuple[tuple[Paper, str], ...] = (("a4", "A4"), ("us-letter", "US Letter"))
    return {
        "papers": tuple(
            ShownPaper(_BUTTONS[kind.format], f"/plan/{ADDRESSES[kind.format]}", kind.whom)
            for kind in papers_for(proposal)
        ),
        "paper_sizes": tuple(ShownSize(value, label, value == usual) for value, label in sizes),
        "longest_name": LONGEST_NAME,
    }
