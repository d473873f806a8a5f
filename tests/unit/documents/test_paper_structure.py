"""Every paper as a screen reader meets it, in both sizes: tagged, titled, headed, with words for pictures and bookmarks."""

from __future__ import annotations

import io

import pypdf
import pytest
from paper_cases import DRAFTS, PLANS, proposal_of
from pdf_structure import elements, faults_of

from easeoff.documents import PAPERS, Paper, PaperKind, PrintOptions, paper_for
from easeoff.proposing.proposal import Outcome

SIZES: dict[Paper, tuple[int, int]] = {"a4": (595, 842), "us-letter": (612, 792)}
LETTER = PAPERS[0]


@pytest.mark.parametrize("large", [False, True], ids=["ordinary", "large print"])
@pytest.mark.parametrize("paper", list(SIZES))
@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.format)
@pytest.mark.parametrize("name", PLANS)
def test_every_paper_of_every_plan_has_its_structure(
    name: str, kind: PaperKind, paper: Paper, large: bool
) -> None:
    proposal = proposal_of(name)
    assert proposal.outcome is Outcome.PLAN, "the case must stay one that may be printed"
    if not kind.may_be_made(proposal):
        assert kind.format == "cards"
        return
    pdf = kind.make(proposal, PrintOptions(paper, large), None)
    assert faults_of(pdf) == []
    box = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == SIZES[paper]


@pytest.mark.parametrize("paper", list(SIZES))
@pytest.mark.parametrize("name", DRAFTS)
def test_every_letter_of_a_draft_has_its_structure(name: str, paper: Paper) -> None:
    assert faults_of(LETTER.make(proposal_of(name), PrintOptions(paper), None)) == []


@pytest.mark.parametrize("paper", list(SIZES))
def test_the_card_for_counting_beads_has_its_structure(paper: Paper) -> None:
    assert faults_of(PAPERS[3].make(proposal_of("venlafaxine capsules"), PrintOptions(paper), None)) == []


def test_the_chart_has_words_and_the_drawings_are_left_to_the_words_beside_them() -> None:
    pdf = PAPERS[1].make(proposal_of("sertraline"), PrintOptions(), None)
    figures = [element for tag, element in elements(pypdf.PdfReader(io.BytesIO(pdf))) if tag == "/Figure"]
    assert len(figures) == 1
    assert "Doses: 42.5 mg" in str(figures[0]["/Alt"]).replace("\u00a0", " ")


def test_the_paper_is_the_country_s_unless_said() -> None:
    assert (paper_for("GB"), paper_for("FR"), paper_for("US"), paper_for("CA")) == (
        "a4",
        "a4",
        "us-letter",
        "us-letter",
    )
    pdf = LETTER.make(proposal_of("aripiprazole"), PrintOptions(), None)
    assert round(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox.width) == 612


def test_a_fault_would_be_seen() -> None:
    pdf = LETTER.make(proposal_of("aripiprazole"), PrintOptions(), None)
    assert "no language" in faults_of(pdf.replace(b"/Lang(en-GB)", b"/Lang(xx-XX)"))
