"""The comparison's pages as values: words from ``documents``, order from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from easeoff.documents.charts import schedule_chart
from easeoff.documents.comparison import (
    WRITTEN_NOT_ADVICE,
    Compared,
    Line,
    compare_plan,
    compare_published,
    compare_written,
    figures,
    lines_of,
    meaning,
)
from easeoff.documents.schedulefile import PlannedSchedule
from easeoff.documents.sourcing import confidence_words
from easeoff.medicines import countries, find_schedule, load_medicine, schedules_for
from easeoff.planning.findings import Finding
from easeoff.planning.schedules.model import Schedule
from easeoff.planning.schedules.reading import LONGEST_TEXT, PieceKind, Reading
from easeoff.quantities import format_mg
from easeoff.web.planning.compareform import Sent
from easeoff.web.planning.lookup import names

_FORM = "compare-form"
_TYPED = {
    "mg": "Or write the dose in mg",
    "days": "Or write the number of days",
    "year": "Or write the year",
    "date": "Or write the date, such as 2026-02-15",
    "medicine": "Or write the name",
}


@dataclass(frozen=True, slots=True)
class Ticked:
    """One published schedule that may be laid beside."""

    id: str
    title: str
    about: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One schedule of the result."""

    number: int
    title: str
    origin: str
    remarks: tuple[str, ...]
    caution: str
    figures: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    chart: SafeString
    alternative: str
    counted_from: str


def _frame(sent: Sent, page: str) -> dict[str, object]:
    return {"sent": sent, "page": page, "form_id": _FORM, "not_advice": WRITTEN_NOT_ADVICE}


def start_context(sent: Sent) -> dict[str, object]:
    """The form, with everything typed so far."""
    return _frame(sent, "start") | {
        "names": names(),
        "countries": tuple(countries().items()),
        "longest": LONGEST_TEXT,
    }


def doubt_context(sent: Sent, reading: Reading) -> dict[str, object]:
    """The first open question, and what was read so far."""
    doubt = reading.doubts[0]
    typed = _TYPED.get(doubt.typed, "")
    return _frame(sent, "doubt") | {
        "doubt": doubt,
        "typed_label": typed if doubt.choices else typed.removeprefix("Or ").capitalize(),
        "left": len(reading.doubts),
        "entries": tuple(format_mg(entry.dose_mg) for entry in reading.entries),
        "not_understood": reading.not_understood,
    }


def pick_context(sent: Sent, medicine: str) -> dict[str, object]:
    """The published schedules of this medicine, and those for any."""
    found = schedules_for(load_medicine(medicine))
    ticked = tuple(
        Ticked(
            s.id,
            s.title,
            " ".join(filter(None, (f"{confidence_words(s.provenance.confidence).capitalize()}.", s.caution))),
            s.id in sent.picks,
        )
        for s in found
    )
    return _frame(sent, "pick") | {
        "medicine": medicine,
        "ticked": ticked,
        "has_own": bool(sent.text or sent.plan),
    }


def result_context(
    sent: Sent,
    medicine: str,
    planned: PlannedSchedule | None,
    schedule: Schedule | None,
    reading: Reading | None,
    today: date,
) -> dict[str, object]:
    """The cards, the table of the same figures, and what the figures mean. Raises `EaseoffError` for an unknown id."""
    shown: list[Compared] = []
    if schedule is not None:
        shown.append(compare_written(schedule, sent.country, today))
    if planned is not None:
        shown.append(compare_plan(planned, sent.country, today))
    shown += [compare_published(find_schedule(one), medicine, sent.country, today) for one in sent.picks]
    cards = tuple(_card(number, compared) for number, compared in enumerate(shown, 1))
    labels = tuple(dict.fromkeys(label for card in cards for label, _ in card.figures))
    left_out = () if reading is None else tuple(
        p.text.strip() for p in reading.pieces if p.kind is PieceKind.LEFT_OUT and p.text.strip()
    )  # fmt: skip
    return _frame(sent, "result") | {
        "medicine": medicine,
        "cards": cards,
        "rows": tuple(
            (label, tuple(dict(card.figures).get(label, "") for card in cards)) for label in labels
        ),
        "meaning": meaning(shown),
        "left_out": left_out,
    }


def _card(number: int, compared: Compared) -> Card:
    lines = lines_of(compared.measured)
    alternative = "; ".join(
        ", ".join(filter(None, (line.dose, line.days, line.drop and f"a drop of {line.drop}")))
        for line in lines
    )
    remarks = [compared.note] if compared.note else []
    if not compared.schedule.complete:
        remarks.append("Whoever made it did not say how it ends.")
    return Card(
        number=number,
        title=compared.title,
        origin=compared.origin,
        remarks=tuple(remarks),
        caution=compared.caution,
        figures=figures(compared),
        lines=lines,
        findings=compared.findings,
        chart=mark_safe(schedule_chart(compared.measured, f"chart-{number}", alternative)),
        alternative=alternative,
        counted_from=format_mg(compared.schedule.start_mg),
    )
