"""Where the sources of a figure disagree: all are kept, and the one that is used says why. Nothing is averaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from easeoff.medicines.files import DATA_ROOT, Record, read_toml
from easeoff.medicines.loading import load_formulary
from easeoff.medicines.model import Confidence, DoseEquivalence
from easeoff.quantities import plain

#: Figures are said to disagree where the largest is at least this many times the smallest. Project choice.
APART = Fraction(3, 2)
HIGHEST_IS_USED = "None is preferred: limits are judged by the table that gives the highest figure, and every table is shown."
SHOWN_ONLY = (
    "None is preferred: they are shown with the names of their tables, and no dose is made from them."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as its source has it, and whether it is the one that is used."""

    text: str
    source: str
    confidence: Confidence
    used: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Figures of one thing that stand apart, and why the one that is used is used (or why none is)."""

    medicine: str
    what: str
    figures: tuple[Figure, ...]
    because: str


def disagreements(names: Sequence[str], root: Path = DATA_ROOT) -> tuple[Disagreement, ...]:
    """Half-lives, fits of one target on daily dose, and dose equivalents of one medicine that stand apart."""
    found: list[Disagreement] = []
    for name in names:
        record = read_toml(root / "medicines" / f"{name}.toml")
        found += _half_lives(name, record.get("half_life", []))
        found += _curves(name, record.get("curve", []))
        found += _equivalents(name, load_formulary(name, "GB", root).dose_equivalences)
    return tuple(found)


def _half_lives(name: str, rows: Sequence[Record]) -> list[Disagreement]:
    """Of the substance by mouth; intravenous figures and injections are other things."""
    known = [r for r in rows if "oral" in r["route"] and ("hours" in r or "low_hours" in r)]
    centres = [_centre(row) for row in known]
    if not _apart(centres):
        return []
    figures = tuple(_figure(row, span(row), bool(row["preferred"])) for row in known)
    used = next((row for row in known if row["preferred"]), None)
    because = used["because"] if used else "None is used: what there is, is unverified."
    return [Disagreement(name, "half-life", figures, because)]


def _curves(name: str, rows: Sequence[Record]) -> list[Disagreement]:
    by_target: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        if row["model"] == "emax_daily_dose":
            by_target[row["target"]].append(row)
    found = []
    for target, known in by_target.items():
        if not _apart([Decimal(row["ed50_mg"]) for row in known]):
            continue
        figures = tuple(
            _figure(row, f"ED50 {plain(row['ed50_mg'])} mg, ceiling {plain(row['emax_percent'])} %, {row['region']}",
                    bool(row["plan_with"]))
            for row in known
        )  # fmt: skip
        used = next((row for row in known if row["plan_with"]), None)
        because = used["because"] if used else "None is used: doses are not planned with this target."
        found.append(Disagreement(name, f"{target} curve", figures, because))
    return found


def _equivalents(name: str, rows: Sequence[DoseEquivalence]) -> list[Disagreement]:
    by_reference: dict[str, list[DoseEquivalence]] = defaultdict(list)
    for row in rows:
        by_reference[row.reference_medicine].append(row)
    found = []
    for reference, known in by_reference.items():
        ratios = [mg / row.reference_mg for row in known for mg in (row.low_mg, row.high_mg)]
        if len(known) > 1 and _apart(ratios):
            figures = tuple(
                Figure(_ratio(row), row.provenance.source, row.provenance.confidence, used=False)
                for row in known
            )
            because = HIGHEST_IS_USED if reference == "diazepam" else SHOWN_ONLY
            found.append(Disagreement(name, f"equivalent of {reference}", figures, because))
    return found


def _apart(values: Sequence[Decimal]) -> bool:
    return len(values) > 1 and Fraction(max(values)) >= APART * Fraction(min(values))


def _centre(row: Record) -> Decimal:
    """The value, or the middle of a range: only to see whether sources stand apart, never shown and never used."""
    return (
        Decimal(row["hours"])
        if "hours" in row
        else (Decimal(row["low_hours"]) + Decimal(row["high_hours"])) / 2
    )


def span(row: Record) -> str:
    """A half-life as its source has it: a value, a range, or both; empty where there is neither."""
    ends = f"{plain(row['low_hours'])} to {plain(row['high_hours'])} h" if "low_hours" in row else ""
    value = f"{plain(row['hours'])} h" if "hours" in row else ""
    return f"{value} ({ends})" if value and ends else value or ends


def _ratio(row: DoseEquivalence) -> str:
    mg = plain(row.low_mg) if row.low_mg == row.high_mg else f"{plain(row.low_mg)} to {plain(row.high_mg)}"
    return f"{plain(row.reference_mg)} mg {row.reference_medicine} for {mg} mg ({row.table})"


def _figure(row: Record, text: str, used: bool) -> Figure:
    return Figure(text, row["source"], Confidence(row["confidence"]), used)
