"""Strict checks of ``most_used.toml`` and ``second_sources.csv``: no cell empty, none stale, none without its address."""

from __future__ import annotations

from pathlib import Path

from easeoff.medicines.files import read_rows, read_toml
from easeoff.medicines.heldfigures import NOTHING, FigureKind, held_words
from easeoff.medicines.problems import Checker, words
from easeoff.medicines.secondsources import (
    Origin,
    SecondSource,
    Verdict,
    most_used,
    to_second_source,
)

COLUMNS = (
    "medicine", "kind", "ours", "compared", "second_source", "its_figure", "verdict", "origin", "address", "looked_at", "note",
)  # fmt: skip
_FOUND = (Verdict.AGREES, Verdict.DIFFERS)


def check_second_sources(checker: Checker, root: Path) -> None:
    """Every medicine of ``most_used.toml`` has every kind of figure compared with what the data hold now."""
    with checker.reading("most_used.toml"):
        checker.keys(read_toml(root / "most_used.toml"), {"names": words}, "names")
    with checker.reading("second_sources.csv"):
        rows = read_rows(root / "second_sources.csv")
        checker.ensure(
            bool(rows) and tuple(rows[0]) == COLUMNS, "header", "the columns are not those that are known"
        )
        seen: set[tuple[str, FigureKind]] = set()
        for number, row in enumerate(rows, 2):
            where = f"row {number}"
            with checker.record(where):
                found = to_second_source(row, where)
                seen.add((found.medicine, found.kind))
                _check_row(checker, found, where, root)
        for medicine in most_used(root):
            for kind in FigureKind:
                checker.ensure(
                    (medicine, kind) in seen, medicine, f"no second source was looked for: {kind.value}"
                )


def _check_row(checker: Checker, found: SecondSource, where: str, root: Path) -> None:
    compared = found.verdict in _FOUND
    named = bool(found.source and found.figure and found.address and found.origin is not Origin.NONE)
    checker.ensure(
        named == compared,
        where,
        "source, figure, origin and address belong to what was found, and only there",
    )
    explained = bool(found.note) or found.verdict is Verdict.AGREES
    checker.ensure(
        explained, where, "it does not say what was looked for, or what is done about the difference"
    )
    if found.medicine not in checker.medicines:
        return
    held = held_words(found.medicine, found.kind, root)
    checker.ensure(found.ours == held, where, f"we hold {held!r} now: compare it again")
    nothing = found.verdict is Verdict.NOTHING_HELD
    checker.ensure(nothing == (held == NOTHING), where, "“nothing to check” belongs where we hold no figure")
