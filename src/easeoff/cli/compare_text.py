"""A comparison as text for a terminal: a table of the figures where there is room, then each schedule dose by dose."""

from __future__ import annotations

from collections.abc import Sequence

from easeoff.cli.layout import Column, Sheet, Style
from easeoff.documents.comparison import WRITTEN_NOT_ADVICE, Compared, figures, lines_of, meaning
from easeoff.documents.sourcing import confidence_words
from easeoff.medicines import PublishedSchedule
from easeoff.planning.findings import Level
from easeoff.quantities import format_mg

_LABEL = 24
_NARROWEST = 18


def comparison_text(shown: Sequence[Compared], width: int, *, colour: bool) -> str:
    """The figures side by side, then every schedule with its doses and findings."""
    sheet = Sheet(width, colour)
    sheet.heading(WRITTEN_NOT_ADVICE, Style.WARN)
    for sentence in meaning(shown):
        sheet.say(sentence)
    _side_by_side(sheet, shown)
    for number, compared in enumerate(shown, 1):
        _one(sheet, number, compared)
    sheet.heading("Please note")
    sheet.say(
        "Keep taking your medicine as prescribed. Do not cut or stop without a prescriber, whatever a schedule says."
    )
    return sheet.text()


def _side_by_side(sheet: Sheet, shown: Sequence[Compared]) -> None:
    room = (sheet.width - _LABEL - 2 * len(shown)) // len(shown)
    rows = [figures(compared) for compared in shown]
    labels = list(dict.fromkeys(label for row in rows for label, _ in row))
    sheet.heading("Side by side")
    if room < _NARROWEST:
        for number, row in enumerate(rows, 1):
            sheet.say(f"{number}. {shown[number - 1].title}", style=Style.HEADING)
            for label, value in row:
                sheet.item(f"{label}: {value}", indent=1)
        return
    columns = (Column("", _LABEL), *(Column(f"{n}. {c.title}", room) for n, c in enumerate(shown, 1)))
    cells = [(label, *(dict(row).get(label, "") for row in rows)) for label in labels]
    sheet.table(columns, [(row, ()) for row in cells])


def _one(sheet: Sheet, number: int, compared: Compared) -> None:
    sheet.heading(f"{number}. {compared.title}")
    if compared.origin:
        sheet.say(f"From: {compared.origin}.")
    for text in (compared.caution, compared.note):
        if text:
            sheet.say(text, style=Style.WARN if text == compared.caution else None)
    if not compared.schedule.complete:
        sheet.say("Whoever made it did not say how it ends.")
    lines = lines_of(compared.measured)
    dose = min(max(len(line.dose) for line in lines), 20)
    columns = (
        Column("Dose a day", max(dose, 10)),
        Column("Days", 13),
        Column("Drop", 22),
        Column("Of the dose before", 10),
    )
    rows = [((line.dose, line.days, line.drop, line.of_current), ()) for line in lines]
    if sheet.width >= sum(column.width + 2 for column in columns):
        sheet.table(columns, rows)
    else:
        for line in lines:
            sheet.item(", ".join(filter(None, (line.dose, line.days, line.drop and f"drop {line.drop}"))))
    sheet.say(f"The drops are counted from {format_mg(compared.schedule.start_mg)}, the first dose written.")
    for finding in compared.findings:
        mark = "Take care" if finding.level is not Level.NOTE else "Good to know"
        sheet.item(f"{mark}: {finding.text}", style=Style.WARN if finding.level is not Level.NOTE else None)


def list_text(found: Sequence[PublishedSchedule], width: int, *, colour: bool) -> str:
    """The published schedules, each with its id and how sure we are of it."""
    sheet = Sheet(width, colour)
    sheet.heading(f"{len(found)} published {'schedule' if len(found) == 1 else 'schedules'}")
    sheet.say(WRITTEN_NOT_ADVICE)
    for schedule in found:
        how = confidence_words(schedule.provenance.confidence)
        end = "" if schedule.complete else " It does not say how it ends."
        sheet.item(f"{schedule.id}: {schedule.title}; {how}.{end} {schedule.caution}".rstrip())
    return sheet.text()
