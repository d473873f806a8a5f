"""What is made for one medicine is refused for a plan of two: nothing is printed that could be read as the wrong medicine."""

from __future__ import annotations

from easeoff.planning.plan import Plan
from easeoff.quantities import EaseoffError


def refusal_for_two(plan: Plan, what: str) -> tuple[str, str] | None:
    """Why ``what`` is not made from a crossover and what there is instead; ``None`` for every other plan."""
    if plan.crossover is None:
        return None
    return (
        f"No {what} is made from a crossover: this plan holds two medicines, and that is for one.",
        "The plan as text, the plan file and the schedule (PDF) name both. After the crossover make a plan of the new medicine.",
    )


def refuse_two(plan: Plan, what: str) -> None:
    """Raise `EaseoffError` where ``what`` would be made from a crossover."""
    refusal = refusal_for_two(plan, what)
    if refusal is not None:
        raise EaseoffError(*refusal)
