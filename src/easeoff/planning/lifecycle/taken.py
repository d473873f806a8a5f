"""What is taken at a step, as a figure and in words. A crossover takes two medicines: both are named, and its steps are known by the
dose of the one that goes, because the total counted together may stay the same from step to step."""

from __future__ import annotations

from decimal import Decimal

from easeoff.planning.plan import Plan, Step
from easeoff.quantities import format_mg


def dose_at(plan: Plan, step: int) -> Decimal:
    """The dose of a step in mg: 0 stands for the starting dose, the one after the last for nothing."""
    if step == 0:
        return plan.start_dose_mg
    return plan.steps[step - 1].dose_mg if step <= len(plan.steps) else Decimal(0)


def mark_at(plan: Plan, step: int) -> Decimal:
    """The dose in mg by which a step is known: it falls from step to step."""
    if plan.crossover is None or not 0 < step <= len(plan.steps):
        return dose_at(plan, step)
    return plan.taken_of(plan.medicine, plan.steps[step - 1])


def last_mark(plan: Plan) -> Decimal:
    """The one of the goal."""
    return plan.goal_mg if plan.crossover is None else plan.crossover.kept_mg


def mark_text(plan: Plan, mg: Decimal) -> str:
    """Such a dose in words: ``25 mg``, in a crossover ``0.5 mg of alprazolam``."""
    return format_mg(mg) if plan.crossover is None else f"{format_mg(mg)} of {plan.medicine}"


def taken_text(plan: Plan, step: int) -> str:
    """``25 mg``, in a crossover ``alprazolam 1 mg and diazepam 6.6 mg``; 0 stands for the starting dose."""
    if plan.crossover is None:
        return format_mg(dose_at(plan, step))
    if step == 0:
        return f"{plan.medicine} {format_mg(plan.start_dose_mg)}"
    return step_text(plan, plan.steps[step - 1])


def step_text(plan: Plan, step: Step) -> str:
    """The same for a step."""
    if plan.crossover is None:
        return format_mg(step.dose_mg)
    taken = ((name, plan.taken_of(name, step)) for name in (plan.medicine, plan.crossover.medicine))
    return " and ".join(f"{name} {format_mg(mg)}" for name, mg in taken if mg) or "nothing"
