"""What each step does, on paper: one PDF/UA-1 file made by Typst from texts handed over as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from typing import Literal

from easeoff.documents.jsontext import JsonValue, json_text
from easeoff.documents.levelcharts import level_chart, level_svg
from easeoff.documents.levelwords import KEEP_TAKING, WAVES_AT, Section, how_to_read, sections
from easeoff.documents.wavechart import WaveChart, wave_chart, wave_svg
from easeoff.proposing.proposal import Proposal
from easeoff.quantities import EaseoffError, format_date
from easeoff.safety.words import NOTICE
from easeoff.simulating import Simulation

Paper = Literal["a4", "us-letter"]


def levels_pdf(proposal: Proposal, found: Simulation, paper: Paper = "a4") -> bytes:
    """The chart and the tables as a PDF. The same proposal and simulation give the same bytes.

    It names the doses of the steps, so it is printed only where a schedule may be: raises `EaseoffError` for a stop, open questions, or
    a draft not within its limits.
    """
    if proposal.plan is None or not proposal.may_issue_schedule:
        raise EaseoffError("This is printed only from a plan within its limits, with its questions answered.",
                           "The page and the terminal show it meanwhile.")  # fmt: skip
    import typst  # Loaded only here: the command line has to start at once.

    made = proposal.plan.created_on
    chart = level_chart(found)
    data: dict[str, JsonValue] = {
        "title": f"What each step does: {found.medicine}",
        "keep": KEEP_TAKING,
        "chart": level_svg(chart),
        "chart_alternative": chart.alternative,
        "reading": list(how_to_read(found)),
        "sections": [_section(section, wave_chart(found)) for section in sections(found)],
        "notice": NOTICE,
        "made": f"A model, not a measurement. From the plan of {format_date(made)}.",
    }
    return typst.compile(
        files("easeoff.documents").joinpath("templates/levels.typ").read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json_text(data), "paper": paper},
        ignore_system_fonts=True,
        timestamp=datetime.combine(made, datetime.min.time(), UTC),
    )


def _section(section: Section, waves: WaveChart) -> JsonValue:
    with_waves = section.id == WAVES_AT
    return {
        "chart": wave_svg(waves) if with_waves else "",
        "chart_alternative": waves.alternative if with_waves else "",
        "title": section.title,
        "sentences": list(section.sentences),
        "columns": list(section.columns),
        "rows": [list(row) for row in section.rows],
    }
