"""Writes docs/reference/second-source-check.md from the data: what a second public source says beside each figure.

``python docs/build_second_sources.py`` writes it; ``--check`` says whether it is up to date.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from easeoff.medicines.heldfigures import FigureKind
from easeoff.medicines.secondsources import Checked, Origin, SecondSource, Verdict, checked

PAGE = Path(__file__).resolve().parent / "reference" / "second-source-check.md"

HEAD = """\
# A second source for the most used medicines

Written by `docs/build_second_sources.py` from `second_sources.csv` in the data folder. Do not edit it by hand.

Each curve, half-life, dose equivalent and rule on dividing, set beside a second public source. Nothing was averaged, and no
figure was replaced. `easeoff data check` reports a cell that is empty, or that was compared with a figure we no longer hold.

- **Agrees**: the ranges overlap, or the figures are within a quarter of each other (occupancy: within 5 points); on dividing,
  nothing contradicts what our records let a person do.
- **Differs**: neither holds, or the second source lets more be done than ours. Both are shown, and the more cautious is used.
- **None found**: it was looked for, and the note says how.
- **Nothing to check**: we hold no figure of this kind.

**Same origin** means the same paper or table: it shows that our copy is right, and nothing more. **Perhaps the same origin** is
said where we cannot tell.
"""

LIMITS = """\
## What this does not show

- Stored copies of public pages were read, not the live pages, and only as far as they could be read. No label was read in full.
- Many second sources are teaching pages, reworded copies or answers of pharmacists; the notes call the weak ones weak.
- A label is of one maker. It says nothing of another maker's tablets.
- The nine curves of Sorensen 2022 come from one public repository, which was read again and holds the same numbers. The paper's
  own tables could not be read.
"""


def page() -> str:
    """The whole page as Markdown."""
    cells = tuple(checked())
    return "\n".join([HEAD, *_counts(cells), *_differences(cells), *_grid(cells), *_rows(cells), LIMITS])


def _counts(cells: tuple[Checked, ...]) -> list[str]:
    lines = [
        f"| Figure | {' | '.join(verdict.value for verdict in Verdict)} |",
        f"|---|{'--:|' * len(Verdict)}",
    ]
    for kind in FigureKind:
        words = Counter(row.verdict for cell in cells if cell.kind is kind for row in cell.rows)
        lines.append(f"| {kind.value} | {' | '.join(str(words[verdict]) for verdict in Verdict)} |")
    return [*lines, ""]


def _differences(cells: tuple[Checked, ...]) -> list[str]:
    found = [row for cell in cells for row in cell.rows if row.verdict is Verdict.DIFFERS]
    return [
        f"## What differs ({len(found)})", "",
        *(f"- **{row.medicine}**, {row.kind.value}. Ours: {row.compared or row.ours}. {_link(row)}: {row.figure}. {_note(row)}"
          for row in found), "",
    ]  # fmt: skip


def _grid(cells: tuple[Checked, ...]) -> list[str]:
    lines = [
        "## Medicine by medicine", "",
        f"| Medicine | {' | '.join(kind.value for kind in FigureKind)} |", f"|---|{'---|' * len(FigureKind)}",
    ]  # fmt: skip
    for medicine in dict.fromkeys(cell.medicine for cell in cells):
        words = [_cell(cell) for cell in cells if cell.medicine == medicine]
        lines.append(f"| {medicine} | {' | '.join(words)} |")
    return [*lines, ""]


def _cell(cell: Checked) -> str:
    return ", ".join(dict.fromkeys(row.verdict.value for row in cell.rows)) or "**unchecked**"


def _rows(cells: tuple[Checked, ...]) -> list[str]:
    lines = ["## Every comparison", ""]
    for cell in cells:
        for row in cell.rows:
            if row.verdict is not Verdict.NOTHING_HELD:
                lines.append(f"- {row.medicine}, {row.kind.value}: {_told(row)}")
    return [*lines, ""]


def _told(row: SecondSource) -> str:
    if row.verdict is Verdict.NONE_FOUND:
        return f"none found. {_note(row)} ({row.looked_at.isoformat()})"
    compared = f"{row.compared}; we hold: {row.ours}" if row.compared else row.ours
    origin = "" if row.origin is Origin.OTHER else f", {row.origin.value}"
    note = f" {_note(row)}" if row.note else ""
    return f"**{row.verdict.value}**{origin}. {compared}. {_link(row)}: {row.figure}.{note} ({row.looked_at.isoformat()})"


def _link(row: SecondSource) -> str:
    return f"[{row.source}]({row.address})"


def _note(row: SecondSource) -> str:
    return f"{row.note[:1].upper()}{row.note[1:].rstrip('.')}." if row.note else ""


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it is up to date."""
    text = page()
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write("second-source-check.md is out of date. Run: python docs/build_second_sources.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
