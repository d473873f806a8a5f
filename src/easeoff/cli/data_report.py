"""``easeoff data report``: coverage, age, how sure we are, where sources disagree, and what is missing."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from easeoff.cli import exits, reading
from easeoff.cli.layout import Sheet
from easeoff.cli.terminal import say, wants_colour, width
from easeoff.documents.sourcing import confidence_words
from easeoff.medicines.classes import class_words
from easeoff.medicines.heldfigures import FigureKind
from easeoff.medicines.model import Confidence, Policy
from easeoff.medicines.reporting import OLD_AFTER_DAYS, DataReport, data_report
from easeoff.medicines.secondsources import Verdict, verdict_words
from easeoff.quantities import format_date


def report(*, as_json: bool) -> int:
    """Print the state of the data today."""
    found = data_report(reading.today())
    if as_json:
        say(json.dumps(_plain(asdict(found)), ensure_ascii=False, indent=1) + "\n")
    else:
        say(report_text(found, width(), colour=wants_colour(sys.stdout)))
    return exits.DONE


def report_text(found: DataReport, columns: int, *, colour: bool) -> str:
    """The report for a terminal."""
    sheet = Sheet(columns, colour)
    sheet.heading(f"Data {found.data_version} on {format_date(found.today)}")
    who = "; ".join(f"{policy.value} {found.policies[policy]}" for policy in Policy)
    sheet.say(f"{found.medicines} medicines. Who may plan them: {who}.")
    _say_lists(sheet, found)
    _say_coverage(sheet, found)
    _say_resting(sheet, found)
    _say_disagreements(sheet, found)
    _say_second_sources(sheet, found)
    _say_gaps(sheet, found)
    return sheet.text()


def _say_lists(sheet: Sheet, found: DataReport) -> None:
    sheet.heading("Lists of products and their age")
    for one in found.lists:
        old = f" Old: more than {OLD_AFTER_DAYS} days." if one.old else ""
        sheet.item(
            f"{one.country}, {one.name}: {one.products} products, listed on {format_date(one.listed_on)}, "
            f"{one.age_days} days ago.{old} {one.note} [{one.source}]"
        )


def _say_coverage(sheet: Sheet, found: DataReport) -> None:
    sheet.heading("Coverage: medicines with a product to plan with, of those listed")
    cells: dict[str, list[str]] = {}
    for one in found.coverage:
        cells.setdefault(one.drug_class, []).append(
            f"{one.country} {one.with_products_to_plan} of {one.listed}"
        )
    for drug_class, counts in cells.items():
        sheet.item(f"{class_words(drug_class)}: {', '.join(counts)}")


def _say_resting(sheet: Sheet, found: DataReport) -> None:
    sheet.heading("What the figures rest on")
    for one in found.resting:
        sheet.item(
            f"{one.kind}: read {one.read}, secondary {one.secondary}, unverified {one.unverified}, "
            f"project_choice {one.project_choice}"
        )
    for word in Confidence:
        sheet.say(f"{word.value}: {confidence_words(word.value)}", indent=1)


def _say_disagreements(sheet: Sheet, found: DataReport) -> None:
    sheet.heading(f"Where sources disagree ({len(found.disagreements)})")
    sheet.say("All figures are kept, and nothing is averaged.")
    for one in found.disagreements:
        sheet.item(f"{one.medicine}, {one.what}. {one.because}")
        for figure in one.figures:
            used = " Used." if figure.used else ""
            sheet.item(f"{figure.text} [{figure.source}, {figure.confidence.value}].{used}", indent=1)


def _say_second_sources(sheet: Sheet, found: DataReport) -> None:
    cells = found.second_sources
    sheet.heading(f"A second pair of eyes ({len({cell.medicine for cell in cells})} most used medicines)")
    sheet.say("Each figure beside a second public source. Both are shown; nothing is averaged or replaced.")
    for kind in FigureKind:
        words = Counter(row.verdict for cell in cells if cell.kind is kind for row in cell.rows)
        counts = ", ".join(f"{verdict.value} {words[verdict]}" for verdict in Verdict)
        sheet.item(f"{kind.value}: {counts}")
    unchecked = [f"{cell.medicine} ({cell.kind.value})" for cell in cells if not cell.rows]
    sheet.say(f"Still unchecked: {', '.join(unchecked) or 'none'}.")
    for cell in cells:
        for row in cell.rows:
            if row.verdict is not Verdict.NOTHING_HELD:
                sheet.item(f"{row.medicine}. {verdict_words(row)}", indent=1)


def _say_gaps(sheet: Sheet, found: DataReport) -> None:
    _say_names(sheet, "Without a curve to plan with", tuple(found.without_curve))
    _say_names(sheet, "Without a half-life that may be used", found.without_half_life)
    _say_by_country(sheet, "Without a licensed liquid", found.without_liquid)
    _say_by_country(sheet, "Without any licensed small dose", found.without_small_dose)
    _say_by_country(sheet, "Not in the list", found.not_listed)
    sheet.heading("To be looked at again")
    if not found.to_review:
        sheet.say("No record is past its day.")
    for name, day in found.to_review.items():
        sheet.item(f"{name}: was due on {format_date(day)}")


def _say_names(sheet: Sheet, title: str, names: tuple[str, ...]) -> None:
    sheet.heading(f"{title} ({len(names)})")
    sheet.say(f"{', '.join(names) or 'None'}.")


def _say_by_country(sheet: Sheet, title: str, names: Mapping[str, tuple[str, ...]]) -> None:
    sheet.heading(title)
    for country, listed in names.items():
        sheet.item(f"{country} ({len(listed)}): {', '.join(listed) or 'none'}")


def _plain(value: Any) -> Any:
    """What JSON has words for: days as ``2026-12-01``, words as they are."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
