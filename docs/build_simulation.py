"""Draws the figures of docs/explanation/simulation.md and writes docs/reference/measured-occupancy.md, from data and model.

``python docs/build_simulation.py`` writes them; ``--check`` says whether they are up to date.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from easeoff import simulate
from easeoff.documents.levelcharts import level_chart, level_svg
from easeoff.documents.measuredchart import measured_svg, row_name
from easeoff.documents.sourcing import confidence_words
from easeoff.documents.wavechart import wave_chart, wave_svg
from easeoff.medicines import load_sources
from easeoff.medicines.model import Tier
from easeoff.planning.request import TaperRequest
from easeoff.proposing import plan_taper
from easeoff.simulating import Simulation
from easeoff.simulating.measured import Beside, beside_the_model

DOCS = Path(__file__).resolve().parent
FIGURES = DOCS / "explanation" / "figures"
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)")


def simulated(medicine: str, dose: int) -> Simulation:
    """A plan made from everything that is listed, over time."""
    wish = TaperRequest(medicine, Decimal(dose), "GB", date(2026, 11, 23), tier=Tier.SPECIAL)
    plan = plan_taper(wish).plan
    assert plan is not None
    return simulate(plan, people=500)


def figure(medicine: str, dose: int) -> str:
    """The chart of such a plan."""
    return level_svg(level_chart(simulated(medicine, dose)), medicine)


def page(shown: tuple[Beside, ...]) -> str:
    """Every measurement beside the model, and those that no curve can be set beside."""
    left = beside_the_model()[1]
    titles = {source.id: source.title for source in load_sources()}
    inside = sum(beside.missed_by == 0 for beside in shown)
    in_band = sum(beside.measured[1] >= beside.low and beside.measured[0] <= beside.high for beside in shown)
    rows = [
        f"| {row_name(beside)} | {beside.point.target}, {beside.point.region} | {_range(beside)} | {beside.model:.0f} | {beside.low:.0f} to {beside.high:.0f} | "
        f"{_miss(beside)} | {titles[beside.point.provenance.source]}; {confidence_words(beside.point.provenance.confidence)} |"
        for beside in shown
    ]
    others = [
        f"| {p.medicine} {p.dose_mg.normalize():f} mg, {p.formulation} | {p.target} | {titles[p.provenance.source]} |"
        for p in left
    ]
    return "\n".join([
        "# Measured occupancy beside the model",
        "",
        "Written by `docs/build_simulation.py` from `src/easeoff/data/occupancy_points.csv`. Do not edit it by hand.",
        "",
        f"{len(shown)} published measurements can be set beside a curve of the same target. The model’s average adult lies within what was "
        f"measured for {inside} of them (a mean alone counts as a miss however near), and the model’s band of 90 of 100 people meets the "
        f"measured range for {in_band}.",
        "",
        "| Measurement | Target | Measured, % | Model, % | 90 of 100 people, % | Model misses by | Source |",
        "|---|---|--:|--:|--:|--:|---|",
        *rows,
        "",
        f"## No curve to set beside ({len(left)})",
        "",
        "| Measurement | Target | Source |",
        "|---|---|---|",
        *others,
        "",
    ])  # fmt: skip


def _range(beside: Beside) -> str:
    low, high = beside.measured
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _miss(beside: Beside) -> str:
    if beside.missed_by == 0:
        return "within"
    return f"{beside.missed_by:+.0f}" if abs(beside.missed_by) >= 0.5 else "less than 1"


def everything() -> dict[Path, str]:
    """Every file that is written, with its text."""
    shown = beside_the_model()[0]
    return {
        FIGURES / "sertraline.svg": figure("sertraline", 100),
        FIGURES / "fluoxetine.svg": figure("fluoxetine", 20),
        FIGURES / "mirtazapine.svg": figure("mirtazapine", 30),
        FIGURES / "venlafaxine-alternate.svg": wave_svg(
            wave_chart(simulated("venlafaxine", 75)), "alternate"
        ),
        FIGURES / "measured.svg": measured_svg(shown),
        DOCS / "reference" / "measured-occupancy.md": page(shown),
    }


def same(kept: str, made: str) -> bool:
    """Whether two texts are equal but for what another processor may round the other way: 1 in the last place that is shown."""
    ours, theirs = _NUMBER.split(kept), _NUMBER.split(made)
    return len(ours) == len(theirs) and all(
        a == b or (place % 2 == 1 and abs(float(a) - float(b)) <= 1)
        for place, (a, b) in enumerate(zip(ours, theirs, strict=True))
    )


def main() -> int:
    """Write, or with ``--check`` compare."""
    stale = [path for path, text in everything().items()
             if not path.is_file() or not same(path.read_text(encoding="utf-8"), text)]  # fmt: skip
    if "--check" in sys.argv:
        for path in stale:
            sys.stderr.write(f"{path.name} is out of date: run python docs/build_simulation.py\n")
        return 1 if stale else 0
    FIGURES.mkdir(parents=True, exist_ok=True)
    for path, text in everything().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
