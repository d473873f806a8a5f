"""The papers that can be handed over: what each is called, whom it is for, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from easeoff.directory import CrisisPanel
from easeoff.documents.beadcard import offers_beads
from easeoff.documents.carddata import needs_a_card
from easeoff.documents.cards import preparation_cards_pdf
from easeoff.documents.letter import letter_pdf
from easeoff.documents.refusing import refusal_of_paper
from easeoff.documents.schedule import schedule_pdf
from easeoff.documents.supplylist import supply_pdf
from easeoff.documents.typesetting import Paper
from easeoff.proposing.proposal import Outcome, Proposal


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How paper is printed: its size (the country's unless said), large print, a name to print."""

    paper: Paper | None = None
    large: bool = False
    person: str = ""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One paper. ``format`` is what the command line calls it, ``file_name`` says nothing of what is in it."""

    format: str
    name: str
    file_name: str
    whom: str
    make: Callable[[Proposal, PrintOptions, CrisisPanel | None], bytes]
    of_drafts_too: Callable[[Proposal], bool] = lambda _: False
    needed_for: Callable[[Proposal], bool] = lambda _: True

    def may_be_made(self, proposal: Proposal) -> bool:
        """Whether this paper may be made from ``proposal`` now."""
        return not self.refusal(proposal) and self.needed_for(proposal)

    def refusal(self, proposal: Proposal) -> tuple[str, str] | None:
        """Why it is not made and what would help, or ``None``."""
        return refusal_of_paper(proposal, self.name, of_drafts_too=self.of_drafts_too(proposal))


def _schedule(proposal: Proposal, how: PrintOptions, panel: CrisisPanel | None) -> bytes:
    return schedule_pdf(proposal, how.paper, panel, large=how.large, person=how.person)


def _letter(proposal: Proposal, how: PrintOptions, _: CrisisPanel | None) -> bytes:
    return letter_pdf(proposal, how.paper, person=how.person)


def _supply(proposal: Proposal, how: PrintOptions, _: CrisisPanel | None) -> bytes:
    return supply_pdf(proposal, how.paper, large=how.large, person=how.person)


def _cards(proposal: Proposal, how: PrintOptions, _: CrisisPanel | None) -> bytes:
    return preparation_cards_pdf(proposal, how.paper, large=how.large, person=how.person)


def _has_doses_to_make(proposal: Proposal) -> bool:
    if offers_beads(proposal):
        return True
    return proposal.plan is not None and needs_a_card(proposal.plan, proposal.formulary, proposal.on)


PAPERS: tuple[PaperKind, ...] = (
    PaperKind("letter", "letter", "easeoff-letter.pdf",
              "For your prescriber: one page on what you ask, why, and what it rests on.", _letter,
              of_drafts_too=lambda _: True),
    PaperKind("pdf", "schedule", "easeoff-schedule.pdf",
              "For you and the fridge: what to take when, with boxes to tick.", _schedule),
    PaperKind("supply", "supply list", "easeoff-supply.pdf",
              "For your pharmacy: what is needed for each four weeks.", _supply),
    PaperKind("cards", "preparation card", "easeoff-preparation.pdf",
              "For you and whoever helps you: how each dose is made ready, and how exact it is.", _cards,
              of_drafts_too=offers_beads, needed_for=_has_doses_to_make),
)  # fmt: skip


def paper_of_format(name: str) -> PaperKind | None:
    """The paper that the command line calls ``name``."""
    return next((paper for paper in PAPERS if paper.format == name), None)


def papers_for(proposal: Proposal) -> tuple[PaperKind, ...]:
    """Those that may be made from ``proposal``: the letter alone from a stop or a draft."""
    if proposal.outcome is Outcome.STOPPED:
        return tuple(paper for paper in PAPERS if paper.format == "letter" and paper.may_be_made(proposal))
    return tuple(paper for paper in PAPERS if paper.may_be_made(proposal))
