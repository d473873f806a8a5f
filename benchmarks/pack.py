"""How fast the files for other programs are made, warm and in process: ``python benchmarks/pack.py [--repeats 7]``.

A plan of 60 steps by the engine, reviewed after 3 steps as usual, and the same with every step dated, which is the most there can
be; then 400 daily steps. The shortest of some runs counts: other work on the machine only ever makes a run longer.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from cases import ANSWERED, TODAY

from easeoff.documents import calendar_file, fhir_bundle, plan_table, write_plan
from easeoff.planning.request import Indication, IntakeDose, MethodName, TaperRequest
from easeoff.proposing import Proposal, plan_taper

#: Promised for all files of a plan of 60 steps together, in milliseconds.
PACK_MS = 200
START = date(2027, 2, 1)
NOW = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)


def sixty_steps() -> Proposal:
    """Aripiprazole by a quarter of a mg at a time, at a time of day, so that there are reminders."""
    request = TaperRequest("aripiprazole", Decimal(15), "US", today=TODAY, start=START, goal=Decimal(0), method=MethodName.FIXED,
                           limit=Decimal("0.25"), person=replace(ANSWERED, indication=Indication.OTHER),
                           intakes=(IntakeDose("08:00", Decimal(15)),))  # fmt: skip
    return plan_taper(request)


def all_dated(proposal: Proposal, days: int, count: int) -> Proposal:
    """The same doses in ``count`` dated steps of so many days, the review after the last."""
    plan = proposal.plan
    assert plan is not None
    steps = tuple(
        replace(plan.steps[n * len(plan.steps) // count], number=n + 1, days=days, start=START + timedelta(n * days),
                end=START + timedelta((n + 1) * days - 1))
        for n in range(count)
    )  # fmt: skip
    products = dict.fromkeys(p.product for s in steps for i in s.intakes for p in i.portions)
    line = plan.supply[0]
    supply = tuple(replace(line, product=product) for product in products)
    return replace(
        proposal, plan=replace(plan, steps=steps, supply=supply, review_on=START + timedelta(count * days))
    )


def best_of(run: Callable[[], object], repeats: int) -> float:
    """The shortest of some runs, in milliseconds."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


def pack(title: str, proposal: Proposal, repeats: int, promised: int | None = None) -> None:
    """A line for each file, and their sum."""
    plan = proposal.plan
    assert plan is not None
    makers: dict[str, Callable[[], object]] = {
        "plan file": lambda: write_plan(plan),
        "table of steps": lambda: plan_table(proposal, "steps"),
        "table of days": lambda: plan_table(proposal, "days"),
        "table of portions": lambda: plan_table(proposal, "portions"),
        "calendar": lambda: calendar_file(proposal, NOW, reminders=True, titles="doses"),
        "FHIR, sequence": lambda: fhir_bundle(proposal, NOW),
        "FHIR, separate, German": lambda: fhir_bundle(proposal, NOW, steps="separate", code="de"),
    }
    print(f"\n{title}: {len(plan.steps)} steps, {sum(s.start is not None for s in plan.steps)} of them dated")
    total = 0.0
    for name, make in makers.items():
        took = best_of(make, repeats)
        total += took
        print(f"  {name:<26}{took:>8.1f} ms")
    kept = (
        "" if promised is None else f"  {'kept' if total <= promised else 'MISSED'} (promised {promised} ms)"
    )
    print(f"  {'all together':<26}{total:>8.1f} ms{kept}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast the files for other programs are made.")
    parser.add_argument("--repeats", type=int, default=7)
    repeats = parser.parse_args().repeats
    proposal = sixty_steps()
    pack("A plan as it is made", proposal, repeats, PACK_MS)
    pack(
        "Every step dated", all_dated(proposal, 28, len(proposal.plan.steps) if proposal.plan else 0), repeats
    )
    pack("A day a step", all_dated(proposal, 1, 400), repeats)


if __name__ == "__main__":
    main()
