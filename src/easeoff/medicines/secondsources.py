"""A second pair of eyes: what a second public source says beside our figure. Shown; nothing is ever averaged or replaced.

Read from ``data/second_sources.csv``; `most_used` names the medicines that are checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from easeoff.medicines.files import DATA_ROOT, DataError, Row, choice, read_rows, read_toml
from easeoff.medicines.heldfigures import FigureKind
from easeoff.medicines.records import need

_KIND_WORDS = {
    FigureKind.CURVE: "Curve",
    FigureKind.HALF_LIFE: "Half-life",
    FigureKind.EQUIVALENT: "Equal doses",
    FigureKind.DIVISION: "Dividing and opening",
}


class Verdict(StrEnum):
    """How a second source stands to our figure."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NONE_FOUND = "none found"  #: it was looked for; the note says how
    NOTHING_HELD = "nothing to check"  #: we hold no figure of this kind


class Origin(StrEnum):
    """Whether the second source got its figure by itself."""

    OTHER = "another source"
    PERHAPS_SHARED = "perhaps the same origin"
    SAME = "same origin"  #: the same paper or table: our copy of it is right, and nothing more is shown
    NONE = ""


@dataclass(frozen=True, slots=True)
class SecondSource:
    """One comparison. ``ours`` is what the data held on that day, ``compared`` the part that was set beside ``figure``."""

    medicine: str
    kind: FigureKind
    ours: str
    compared: str
    source: str
    figure: str
    verdict: Verdict
    origin: Origin
    address: str
    looked_at: date
    note: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One medicine and one kind: every comparison of it. Empty where nobody has looked yet."""

    medicine: str
    kind: FigureKind
    rows: tuple[SecondSource, ...]


def most_used(root: Path = DATA_ROOT) -> tuple[str, ...]:
    """The INN of the medicines that are checked, in order."""
    return tuple(need(read_toml(root / "most_used.toml"), "names", "most_used.toml"))


@lru_cache(maxsize=8)
def load_second_sources(root: Path = DATA_ROOT) -> tuple[SecondSource, ...]:
    """Every comparison. Raises `DataError`."""
    rows = read_rows(root / "second_sources.csv")
    return tuple(to_second_source(row, f"second_sources.csv row {n}") for n, row in enumerate(rows, 2))


def second_sources_of(medicine: str, root: Path = DATA_ROOT) -> tuple[SecondSource, ...]:
    """The comparisons of one medicine, by kind."""
    order = list(FigureKind)
    found = [row for row in load_second_sources(root) if row.medicine == medicine]
    return tuple(sorted(found, key=lambda row: order.index(row.kind)))


def checked(root: Path = DATA_ROOT) -> Iterator[Checked]:
    """Every medicine that is to be checked with every kind of figure, the empty ones too."""
    for medicine in most_used(root):
        rows = second_sources_of(medicine, root)
        for kind in FigureKind:
            yield Checked(medicine, kind, tuple(row for row in rows if row.kind is kind))


def to_second_source(row: Row, where: str) -> SecondSource:
    """One row of the file. Raises `DataError`."""
    try:
        day = date.fromisoformat(row["looked_at"])
    except ValueError as error:
        raise DataError(where, f"{row['looked_at']!r} is not a date such as 2026-11-23") from error
    return SecondSource(
        medicine=row["medicine"],
        kind=choice(FigureKind, row["kind"], where),
        ours=row["ours"],
        compared=row["compared"],
        source=row["second_source"],
        figure=row["its_figure"],
        verdict=choice(Verdict, row["verdict"], where),
        origin=choice(Origin, row["origin"], where),
        address=row["address"],
        looked_at=day,
        note=row["note"],
    )


def verdict_words(found: SecondSource) -> str:
    """The comparison in one or two sentences: ``Half-life: 26 h. Checked against ... : agrees (24 h).``"""
    kind = _KIND_WORDS[found.kind]
    note = f" {found.note[:1].upper()}{found.note[1:].rstrip('.')}." if found.note else ""
    if found.verdict is Verdict.NOTHING_HELD:
        return f"{kind}: we hold none, so there is nothing to check.{note}"
    ours = f"{kind}: {found.compared or found.ours}."
    if found.verdict is Verdict.NONE_FOUND:
        return f"{ours} Checked against a second source: none found.{note}"
    origin = f"; {found.origin.value}" if found.origin in (Origin.SAME, Origin.PERHAPS_SHARED) else ""
    return f"{ours} Checked against {found.source}: {found.verdict.value} ({found.figure}{origin}).{note}"
