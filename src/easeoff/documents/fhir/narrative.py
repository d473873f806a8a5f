"""The readable part of each resource, as XHTML: a system that understands nothing else can still show this."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from easeoff.documents.dosage import Language
from easeoff.documents.issuing import PURPOSE
from easeoff.documents.presenting import worst_drop_sentence
from easeoff.documents.recorded import override_sentence
from easeoff.documents.requestfile import JsonObject
from easeoff.documents.scheduledata import OUTLINE_NOTE
from easeoff.documents.standing import Standing, agreement, course_text, done_text
from easeoff.documents.steprows import StepRow, step_rows
from easeoff.medicines.model import Formulary
from easeoff.planning.plan import Plan
from easeoff.safety.words import NOTICE, RED_CARD_INTRO, START_ONLY_IF, red_flags


def narrative(*parts: str, whole_notice: str = "") -> JsonObject:
    """A `Narrative` of these pieces of XHTML, which are escaped already, with what it is below, in short or in whole.

    ``whole_notice`` is how far the plan is agreed to; the notice in whole follows it.
    """
    said = f"{whole_notice}. {NOTICE}" if whole_notice else f"{PURPOSE[:1].upper()}{PURPOSE[1:]}."
    notice = paragraph(said)
    return {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(parts)}{notice}</div>',
    }


def paragraph(text: str) -> str:
    """One paragraph; nothing for no text."""
    return f"<p>{escape(text)}</p>" if text else ""


def listed(texts: Sequence[str], said: Language | None = None) -> str:
    """A list of texts, with their language where it is not that of the page."""
    lang = "" if said is None else f' lang="{said.code}" xml:lang="{said.code}"'
    return f"<ul{lang}>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def schedule(plan: Plan, formulary: Formulary, now: Standing) -> str:
    """The person's schedule: every step from the one taken now, dated up to the review, then in outline; when to get help."""
    rows = step_rows(plan, formulary)[max(0, now.step - 1) :]
    head = "".join(f"<th>{name}</th>" for name in ("Step", "When", "Dose a day", "What to take", "Drop"))
    body = "".join(_row(row) for row in rows)
    return "".join((
        paragraph(course_text(plan, now)),
        paragraph(agreement(plan, now).text if now.later else ""),
        paragraph(done_text(plan, now)),
        paragraph(START_ONLY_IF),
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>",
        paragraph(OUTLINE_NOTE),
        paragraph(worst_drop_sentence(plan)),
        paragraph(override_sentence(plan.request.override, plan.findings)),
        paragraph(RED_CARD_INTRO),
        listed(red_flags(formulary.medicine)),
    ))  # fmt: skip


def _row(row: StepRow) -> str:
    taken = "; ".join(f"{intake.when}: {intake.text}" for intake in row.intakes) or "nothing to take"
    when = f"{row.when}, {row.days}" if row.days else row.when
    cells = (str(row.number), when, row.dose, taken, row.drop)
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
