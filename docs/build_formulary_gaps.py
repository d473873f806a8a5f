"""Writes docs/reference/formulary-gaps.md from the data: what has no curve, no liquid, no small dose.

``python docs/build_formulary_gaps.py`` writes it; ``--check`` says whether it is up to date.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from easeoff.medicines.model import Policy
from easeoff.medicines.reporting import DataReport, data_report

PAGE = Path(__file__).resolve().parent / "reference" / "formulary-gaps.md"
#: The page holds nothing that depends on the day; a report wants one all the same.
ANY_DAY = date(2026, 11, 23)


def page(report: DataReport) -> str:
    """The whole page as Markdown."""
    parts = [
        "# What the formulary does not hold",
        "",
        "Written by `docs/build_formulary_gaps.py` from the data folder. Do not edit it by hand.",
        "",
        *_overview(report),
        *_lists(report),
        *_coverage(report),
        *_resting(report),
        *_disagreements(report),
        *_by_reason(report),
        *_names("Without a half-life that may be used", "", report.without_half_life),
        *_by_country(
            "Without a liquid",
            "Licensed products to swallow that a plan may use, none of them a liquid.",
            report.without_liquid,
        ),
        *_by_country(
            "Without a small dose",
            "No licensed liquid, and no licensed piece (or part that a record allows) at or below a tenth of the largest piece.",
            report.without_small_dose,
        ),
        *_by_country("Not in the list", "Nothing of these is in the country's list.", report.not_listed),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _overview(report: DataReport) -> list[str]:
    counts = "; ".join(f"{policy.value}: {report.policies[policy]}" for policy in Policy)
    return [f"{report.medicines} medicines. Who may plan: {counts}.", ""]


def _lists(report: DataReport) -> list[str]:
    rows = [
        f"| {a.country} | {a.name} | {a.listed_on.isoformat()} | {a.products} | {a.note} |"
        for a in report.lists
    ]
    return [
        "## Lists of products", "",
        "| Country | Name | Listed on | Products | What it leaves out |", "|---|---|---|--:|---|", *rows, "",
    ]  # fmt: skip


def _coverage(report: DataReport) -> list[str]:
    codes = [a.country for a in report.lists]
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    for c in report.coverage:
        cells[c.drug_class][c.country] = f"{c.with_products_to_plan}/{c.listed}"
    return [
        "## Coverage", "",
        "Medicines with a product that a plan may use, of those that are listed.", "",
        f"| Class | {' | '.join(codes)} |", f"|---|{'--:|' * len(codes)}",
        *(f"| {name} | {' | '.join(row[code] for code in codes)} |" for name, row in cells.items()), "",
    ]  # fmt: skip


def _resting(report: DataReport) -> list[str]:
    return [
        "## How sure we are", "",
        "| Figures | read | secondary | unverified | project choice |", "|---|--:|--:|--:|--:|",
        *(f"| {r.kind} | {r.read} | {r.secondary} | {r.unverified} | {r.project_choice} |" for r in report.resting),
        "", "An unverified figure is shown as such and never reaches a dose.", "",
    ]  # fmt: skip


def _disagreements(report: DataReport) -> list[str]:
    lines = [
        "## Where sources disagree", "",
        "Figures that are half as large again as others of the same thing. All are kept, nothing is averaged.", "",
    ]  # fmt: skip
    for one in report.disagreements:
        lines.append(f"- **{one.medicine}**, {one.what}. {one.because}")
        for figure in one.figures:
            used = " (used)" if figure.used else ""
            lines.append(f"    - {figure.text}: `{figure.source}`, {figure.confidence.value}{used}")
    return [*lines, ""]


def _by_reason(report: DataReport) -> list[str]:
    """Medicines without a curve, those with the same sentence together."""
    together: dict[str, list[str]] = defaultdict(list)
    for name, reason in report.without_curve.items():
        same = reason.replace(name.capitalize(), "It").replace(name, "it")
        together[same].append(name)
    lines = ["## Without a curve to plan with", "", f"{len(report.without_curve)} of {report.medicines}.", ""]
    for reason, names in sorted(together.items(), key=lambda item: (-len(item[1]), item[0])):
        lines += [f"{reason}", "", f"{', '.join(names)}.", ""]
    return lines


def _by_country(title: str, what: str, names: dict[str, tuple[str, ...]]) -> list[str]:
    lines = [f"## {title}", "", what, ""]
    for code, listed in names.items():
        lines += [f"- {code} ({len(listed)}): {', '.join(listed) or 'none'}."]
    return [*lines, ""]


def _names(title: str, what: str, names: Sequence[str]) -> list[str]:
    return [f"## {title}", "", *([what, ""] if what else []), f"{len(names)}: {', '.join(names)}.", ""]


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it is up to date."""
    written = page(data_report(ANY_DAY))
    if "--check" not in arguments:
        PAGE.write_text(written, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == written:
        return 0
    sys.stderr.write("formulary-gaps.md is not up to date. Run: python docs/build_formulary_gaps.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
