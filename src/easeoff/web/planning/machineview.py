"""What the plan's page offers to other programs: calendar, FHIR document, tables."""

from __future__ import annotations

from dataclasses import dataclass

from easeoff.documents.calendarentries import only_cancels
from easeoff.documents.dosage import LANGUAGES, language
from easeoff.documents.tables import TABLES
from easeoff.proposing import Proposal

_TABLE_WORDS = {
    "steps": "A row for each step, the whole plan",
    "days": "A row for each day, to the next review",
    "portions": "A row for each part of a dose, the whole plan",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One value to choose, and whether it is chosen unless somebody chooses."""

    value: str
    label: str
    chosen: bool


def machine_context(proposal: Proposal) -> dict[str, object]:
    """What the part “For other programs” shows; of a plan that may not be issued only the calendar that cancels."""
    plan = proposal.plan
    if plan is None or not proposal.may_issue_schedule:
        return {"for_programs": False, "cancels": only_cancels(proposal)}
    taken = [intake for step in plan.steps for intake in step.intakes if intake.portions]
    return {
        "for_programs": True,
        "has_dates": plan.steps[0].start is not None,
        "has_times": all(intake.time for intake in taken),
        "tables": tuple(Option(name, _TABLE_WORDS[name], name == TABLES[0]) for name in TABLES),
        "languages": tuple(Option(code, _language_words(code), code == "en") for code in LANGUAGES),
    }


def _language_words(code: str) -> str:
    known = language(code)
    return f"{known.name} ({known.review})" if known.review else known.name
