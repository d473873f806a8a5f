"""The last line of defence: a plan that contradicts itself is never shown, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from easeoff.planning.findings import Finding
from easeoff.planning.lifecycle import Kind
from easeoff.planning.plan import Plan, Step
from easeoff.quantities import format_mg
from easeoff.safety.parts import Case


def guards(case: Case, plan: Plan) -> Iterator[Finding]:
    """Doses that rise or exceed the start, and portions that do not add up to their dose."""
    before = plan.start_dose_mg
    for step in plan.steps:
        if step.dose_mg > before and not went_back(plan, step):
            yield _error(
                case,
                "dose-rises",
                f"Step {step.number} would raise the dose from {format_mg(before)} to"
                f" {format_mg(step.dose_mg)}.",
                ("H-002", "H-021"),
            )
        before = step.dose_mg
        portions = sum((intake.mg for intake in step.intakes), Decimal(0))
        if portions != step.dose_mg:
            yield _error(
                case,
                "portions-differ",
                f"The pieces of step {step.number} add up to {format_mg(portions)}, not to "
                f"{format_mg(step.dose_mg)}.",
                ("H-001", "H-003"),
            )


def went_back(plan: Plan, step: Step) -> bool:
    """Whether this step is one that somebody went back to: on the day, or the day after a dose taken that morning."""
    back = {event.on for event in plan.events if event.kind == Kind.STEP_BACK}
    begins = step.start
    recorded = begins is not None and not back.isdisjoint({begins, begins - timedelta(1)})
    return recorded and step.drop == 0 and step.dose_mg <= plan.start_dose_mg


def _error(case: Case, rule: str, reason: str, hazards: tuple[str, ...]) -> Finding:
    return case.stop(
        rule,
        f"This plan contains an error and must not be used. {reason}",
        contact="your prescriber, and report the error",
        hazards=hazards,
        liftable=False,
    )
