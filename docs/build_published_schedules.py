"""Writes docs/reference/published-schedules.md from the data: each published schedule with its doses, days and drops.

``python docs/build_published_schedules.py`` writes it; ``--check`` says whether it is up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

from easeoff.documents.sourcing import confidence_words
from easeoff.medicines import PublishedSchedule, load_medicine, load_sources, published_schedules
from easeoff.planning.plan import EffectKind
from easeoff.planning.schedules.measures import Measured, MeasuredStep, measure, measures_for, over_band
from easeoff.planning.schedules.published import from_published
from easeoff.quantities import plain

PAGE = Path(__file__).resolve().parent / "reference" / "published-schedules.md"


def page() -> str:
    """The whole page as Markdown."""
    records = published_schedules()
    measured = {record.id: _measured(record) for record in records}
    parts = [
        "# Published schedules",
        "",
        "Written by `docs/build_published_schedules.py` from `src/easeoff/data/schedules`. Do not edit it by hand.",
        "",
        "This is what was written, not advice. Doses are those of the sources, days those that they allow; drops are ours: points where a "
        "curve may be used (100 is what the starting dose does), else percent of the starting dose. “Worst” is the largest drop over every "
        "published curve. Lay them beside each other with `easeoff compare`.",
        "",
        f"{len(records)} schedules, {sum(record.complete for record in records)} of them down to nothing.",
        "",
        "| Schedule | Medicine | From | Changes | Days | Largest drop | Last drop | Worst |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
        *(_row(record, measured[record.id]) for record in records),
        "",
    ]
    for record in records:
        parts += _section(record, measured[record.id])
    return "\n".join(parts).rstrip() + "\n"


def _measured(record: PublishedSchedule) -> Measured:
    medicine = None if record.medicine is None else load_medicine(record.medicine)
    return measure(from_published(record), measures_for(medicine, record.steps[0].mg))


def _unit(measured: Measured) -> str:
    return "points" if measured.kind is EffectKind.OCCUPANCY_POINTS else "%"


def _row(record: PublishedSchedule, measured: Measured) -> str:
    last = measured.last_step
    worst = over_band(measured.steps)
    unit = _unit(measured)
    cells = (
        f"`{record.id}`",
        record.medicine or f"any {record.drug_class}".strip(),
        f"{plain(record.steps[0].mg)} mg",
        str(len(record.steps) - 1),
        str(measured.days),
        f"{_figure(measured.largest_step)} {unit}",
        "no end given" if last is None else f"{_figure(last)} {unit}",
        "no curve" if worst is None else f"{plain(worst)} points",
    )
    return f"| {' | '.join(cells)} |"


def _figure(step: MeasuredStep) -> str:
    return "" if step.drop is None else plain(step.drop)


def _section(record: PublishedSchedule, measured: Measured) -> list[str]:
    source = next(source for source in load_sources() if source.id == record.provenance.source)
    where = f" <{source.doi_or_url}>" if source.doi_or_url.startswith("http") else f" {source.doi_or_url}"
    made = "The rule on record gives these doses again." if record.rule else "No rule is on record."
    unit = _unit(measured)
    lines = [
        f"## {record.id}: {record.title}",
        "",
        f"{source.title}.{where.rstrip()} ({confidence_words(record.provenance.confidence)}). {made}",
        "",
    ]
    lines += [line for text in (record.caution, record.provenance.note) if text for line in (text, "")]
    lines += [
        f"| Dose a day | Days | Drop, {unit} | Percent of current | Percent of start |",
        "|--:|--:|--:|--:|--:|",
        *(_step(step) for step in measured.steps),
        "",
    ]
    return lines


def _step(step: MeasuredStep) -> str:
    entry = step.entry
    days = "before" if entry.days == 0 else "" if entry.days is None else str(entry.days)
    dose = f"{plain(entry.dose_mg)} mg" + (" (average)" if entry.alternate_days else "")
    figures = (step.drop, step.percent_of_current, step.percent_of_start)
    return f"| {dose} | {days} | {' | '.join('' if f is None else plain(f) for f in figures)} |"


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it is up to date."""
    written = page()
    if "--check" not in arguments:
        PAGE.write_text(written, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == written:
        return 0
    sys.stderr.write(
        "published-schedules.md is not up to date. Run: python docs/build_published_schedules.py\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
