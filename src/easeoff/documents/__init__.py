"""What to hand over: plan file, proposal as JSON, words for page and terminal, chart, papers as PDF, files for other programs."""

from typing import TYPE_CHECKING, Any

from easeoff.documents.cards import preparation_cards_pdf
from easeoff.documents.charts import plan_chart
from easeoff.documents.letter import letter_pdf
from easeoff.documents.papers import PAPERS, PaperKind, PrintOptions, papers_for
from easeoff.documents.planfile import PLAN_FORMAT, read_plan, write_plan
from easeoff.documents.presenting import (
    NOT_YET,
    FindingBlock,
    IntakeRow,
    StepRow,
    about_sentences,
    chart_alternative,
    course_sentence,
    effect_text,
    finding_blocks,
    headline,
    intake_text,
    limits_sentence,
    method_sentence,
    portion_text,
    remedy_text,
    step_rows,
    worst_drop_sentence,
)
from easeoff.documents.proposalfile import PROPOSAL_FORMAT, proposal_json
from easeoff.documents.recorded import override_sentence
from easeoff.documents.schedule import schedule_pdf
from easeoff.documents.supplylist import supply_pdf
from easeoff.documents.typesetting import Paper, paper_for
from easeoff.documents.wording import drop_text

if TYPE_CHECKING:
    from easeoff.documents.calendar import calendar_file
    from easeoff.documents.dosage import DOSAGE_TEXT_VERSION, step_dosage
    from easeoff.documents.fhir import FhirDose, fhir_bundle, read_fhir_doses, read_fhir_plan
    from easeoff.documents.tables import free_text_of, plan_table

__all__ = [
    "DOSAGE_TEXT_VERSION",
    "NOT_YET",
    "PAPERS",
    "PLAN_FORMAT",
    "PROPOSAL_FORMAT",
    "FhirDose",
    "FindingBlock",
    "IntakeRow",
    "Paper",
    "PaperKind",
    "PrintOptions",
    "StepRow",
    "about_sentences",
    "calendar_file",
    "chart_alternative",
    "course_sentence",
    "drop_text",
    "effect_text",
    "fhir_bundle",
    "finding_blocks",
    "free_text_of",
    "headline",
    "intake_text",
    "letter_pdf",
    "limits_sentence",
    "method_sentence",
    "override_sentence",
    "paper_for",
    "papers_for",
    "plan_chart",
    "plan_table",
    "portion_text",
    "preparation_cards_pdf",
    "proposal_json",
    "read_fhir_doses",
    "read_fhir_plan",
    "read_plan",
    "remedy_text",
    "schedule_pdf",
    "step_dosage",
    "step_rows",
    "supply_pdf",
    "worst_drop_sentence",
    "write_plan",
]

#: What only some commands need is imported when it is first asked for: the others have to start at once.
_LATER = {
    "DOSAGE_TEXT_VERSION": "dosage",
    "FhirDose": "fhir",
    "calendar_file": "calendar",
    "fhir_bundle": "fhir",
    "free_text_of": "tables",
    "plan_table": "tables",
    "read_fhir_doses": "fhir",
    "read_fhir_plan": "fhir",
    "step_dosage": "dosage",
}


def __getattr__(name: str) -> Any:
    """A name of a file for other programs, with its module."""
    if name not in _LATER:
        raise AttributeError(f"module 'easeoff.documents' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"easeoff.documents.{_LATER[name]}"), name)
