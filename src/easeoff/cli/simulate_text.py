"""A simulation as text for a terminal: the chart in letters, then each section with its table."""

from __future__ import annotations

from easeoff.cli.layout import Column, Sheet, Style
from easeoff.documents.levelcharts import level_chart, level_letters
from easeoff.documents.levelwords import KEEP_TAKING, WAVES_AT, Section, depot_section, how_to_read, sections
from easeoff.documents.sourcing import confidence_words
from easeoff.documents.wavechart import wave_chart, wave_letters
from easeoff.medicines.kinetics import Depot
from easeoff.planning.plan import Plan
from easeoff.simulating import Simulation
from easeoff.simulating.depots import DepotCourse

_FIRST_COLUMN = 34
_CHART_WIDTH = 80


def simulation_text(found: Simulation, plan: Plan, width: int, *, colour: bool) -> str:
    """Everything a simulation says."""
    sheet = Sheet(width, colour)
    sheet.heading(f"What each step does: {found.medicine}", Style.HEADING)
    sheet.say(KEEP_TAKING, style=Style.WARN)
    if not plan.summary.within_limit:
        sheet.say("This plan is a draft that is not within your limits. Do not follow it.", style=Style.WARN)
    first, *rest = sections(found)
    _section(sheet, first)
    _chart(sheet, found)
    for section in rest:
        _section(sheet, section)
        if section.id == WAVES_AT:
            _waves(sheet, found)
    return sheet.text()


def depot_text(depot: Depot, found: DepotCourse, width: int, *, colour: bool) -> str:
    """A long-acting injection over months."""
    sheet = Sheet(width, colour)
    sheet.heading(f"{depot.name}: what is left over months", Style.HEADING)
    sheet.say(KEEP_TAKING, style=Style.WARN)
    _section(sheet, depot_section(depot, found))
    sheet.heading("What these numbers rest on")
    for figure in found.known.figures:
        sheet.item(f"{figure.what}: {figure.value} ({confidence_words(figure.provenance.confidence)})")
    sheet.item(
        f"usual interval: {depot.every_days} days (chosen by this project, because nobody published it)"
    )
    return sheet.text()


def _chart(sheet: Sheet, found: Simulation) -> None:
    chart = level_chart(found)
    sheet.heading(chart.unit)
    sheet.say(
        "# average adult (a model, not measured), : where 90 of 100 people lie; weeks from the first change."
    )
    sheet.lines += level_letters(chart, min(sheet.width, _CHART_WIDTH))
    for sentence in how_to_read(found, letters=True):
        sheet.say(sentence)
    sheet.say(chart.alternative)


def _waves(sheet: Sheet, found: Simulation) -> None:
    chart = wave_chart(found)
    sheet.say(f"{chart.unit}: # every other day, - half the dose every day.")
    sheet.lines += wave_letters(chart, min(sheet.width, _CHART_WIDTH))
    sheet.say(chart.alternative)


def _section(sheet: Sheet, section: Section) -> None:
    sheet.heading(section.title)
    for sentence in section.sentences:
        sheet.say(sentence)
    if not section.rows:
        return
    count = len(section.columns) - 1
    first = min(max(len(row[0]) for row in section.rows), max(_FIRST_COLUMN, sheet.width // 3))
    room = (sheet.width - first - 2 * count) // count
    if room < 12:
        for row in section.rows:
            sheet.item(
                "; ".join(
                    filter(
                        None,
                        (
                            row[0],
                            *(
                                f"{name}: {cell}"
                                for name, cell in zip(section.columns[1:], row[1:], strict=True)
                            ),
                        ),
                    )
                )
            )
        return
    columns = (Column(section.columns[0], first), *(Column(name, room) for name in section.columns[1:]))
    sheet.table(columns, [(row, ()) for row in section.rows])
