"""How fast the papers are printed, warm and in process: ``python benchmarks/documents.py [--repeats 7]``.

A plan of more than 60 steps by the engine, each paper in both sizes; then the letter that works out three ways, and 400 daily steps.
The shortest of some runs counts, by the clock; beside it stands the processor's own time, which tells more on a busy machine.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from easeoff.directory import crisis_panel, load_services
from easeoff.documents import PAPERS, PaperKind, PrintOptions
from easeoff.medicines.model import Tier
from easeoff.planning.request import Indication, MethodName, Person, Pregnancy, TaperRequest
from easeoff.proposing import Proposal, plan_taper

#: Promised for each paper of a plan of 60 steps, in milliseconds.
PAPER_MS = 150
TODAY = date(2026, 11, 23)
PERSON = Person(
    indication=Indication.OTHER, age=45, pregnancy=Pregnancy.NO, years=Decimal(3), days_a_week=7, steady=True, others=(),
    alcohol_units=Decimal(4), alcohol_dependence=False, drugs=False, seizures=False, past_withdrawal=False, psychosis=False,
    suicidal=False, crisis=False, liver=False, kidney=False, heart=False, breathing=False, relapse_plan=True,
)  # fmt: skip


def sixty_steps() -> Proposal:
    """A plan of more than 60 steps: aripiprazole by a quarter of a mg at a time."""
    request = TaperRequest("aripiprazole", Decimal(15), "US", today=TODAY, start=date(2027, 1, 4), goal=Decimal(0),
                           method=MethodName.FIXED, limit=Decimal("0.25"), person=PERSON)  # fmt: skip
    return plan_taper(request)


def four_hundred_days(proposal: Proposal) -> Proposal:
    """The same plan's doses as 400 daily steps, reviewed after 12."""
    assert proposal.plan is not None
    plan = proposal.plan
    start = date(2027, 1, 4)
    steps = tuple(
        replace(
            plan.steps[number * len(plan.steps) // 400],
            number=number + 1, days=1,
            start=start + timedelta(number) if number < 12 else None,
            end=start + timedelta(number) if number < 12 else None,
        )
        for number in range(400)
    )  # fmt: skip
    return replace(proposal, plan=replace(plan, steps=steps, review_on=start + timedelta(12)))


def a_letter_with_ways() -> Proposal:
    """Sertraline 50 mg with specials: three ways, each worked out for its first four weeks."""
    person = replace(PERSON, indication=Indication.DEPRESSION, relapse_plan=None)
    return plan_taper(
        TaperRequest("sertraline", Decimal(50), "GB", today=TODAY, tier=Tier.SPECIAL, person=person)
    )


def best_of(run: Callable[[], object], repeats: int) -> tuple[float, float]:
    """The shortest of some runs by the clock, and by the processor's own time, in milliseconds."""
    clock, processor = [], []
    for _ in range(repeats):
        began, worked = time.perf_counter(), time.process_time()
        run()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - worked)
    return 1000 * min(clock), 1000 * min(processor)


def printed(
    kind: PaperKind, proposal: Proposal, repeats: int, how: PrintOptions, target: float | None
) -> None:
    """One line of the table."""
    panel = crisis_panel(load_services(), proposal.request.country, TODAY)
    took, worked = best_of(lambda: kind.make(proposal, how, panel), repeats)
    kept = "" if target is None else f"{'kept' if took <= target else 'MISSED'} (promised {target:.0f} ms)"
    print(
        f"    {kind.name:20s} {how.paper or 'usual paper':11s} {took:7.1f} ms ({worked:.0f} of the processor)  {kept}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast the papers are printed.")
    parser.add_argument("--repeats", type=int, default=7)
    repeats = parser.parse_args().repeats
    plan = sixty_steps()
    assert plan.plan is not None and plan.may_issue_schedule
    print(f"{len(plan.plan.steps)} steps, {plan.plan.medicine}")
    for kind in PAPERS:
        for how in (PrintOptions("a4"), PrintOptions("us-letter")):
            printed(kind, plan, repeats, how, PAPER_MS)
    print("A letter that lays three ways side by side (it works out their plans too)")
    printed(PAPERS[0], a_letter_with_ways(), repeats, PrintOptions(), None)
    print("400 daily steps")
    for kind in PAPERS:
        printed(kind, four_hundred_days(plan), min(repeats, 3), PrintOptions(), None)


if __name__ == "__main__":
    main()
