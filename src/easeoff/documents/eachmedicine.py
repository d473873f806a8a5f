"""A crossover taken apart: what is taken of each medicine by itself, in mg as labelled, for whoever reads one medicine at a time.

A plan of one medicine comes out as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from easeoff.planning.plan import Intake, Plan, Portion, Step
from easeoff.quantities import rounded

#: Decimal places of a mg to which a band is turned back into labelled mg: it was rounded to a millionth of the other medicine's.
_BAND_PLACES = 4


def medicines_of(plan: Plan) -> tuple[str, ...]:
    """The medicine, or in a crossover the one that goes and then the one that comes."""
    return (plan.medicine,) if plan.crossover is None else (plan.medicine, plan.crossover.medicine)


def change_text(plan: Plan) -> str:
    """``Sertraline``, or ``Alprazolam to diazepam``: what a plan is of, for titles."""
    return " to ".join(medicines_of(plan)).capitalize()


def as_labelled(plan: Plan, portion: Portion) -> Portion:
    """The portion counted in mg of its own medicine: a crossover counts both in mg of the one that goes."""
    crossover = plan.crossover
    if crossover is None or portion.medicine != crossover.medicine:
        return portion
    low, high = (rounded(mg * crossover.mg / plan.start_dose_mg, _BAND_PLACES)
                 for mg in (portion.low_mg, portion.high_mg))  # fmt: skip
    return replace(portion, equivalent_mg=portion.mg, low_mg=low, high_mg=high)


def _step_of_one(plan: Plan, step: Step, medicine: str) -> Step:
    if plan.crossover is None:
        return step
    intakes = tuple(i for i in (_intake_of_one(plan, i, medicine) for i in step.intakes) if i.portions)
    portions = [portion for intake in intakes for portion in intake.portions]
    return replace(
        step,
        intakes=intakes,
        dose_mg=sum((portion.equivalent_mg for portion in portions), Decimal(0)),
        low_mg=sum((portion.low_mg for portion in portions), Decimal(0)),
        high_mg=sum((portion.high_mg for portion in portions), Decimal(0)),
    )


def each_medicine(plan: Plan, step: Step) -> Iterator[tuple[str, Step]]:
    """Each medicine of the plan with what the step holds of it. Times of day without it are left out, so of a crossover's
    medicine that is not taken in this step there are no intakes."""
    for medicine in medicines_of(plan):
        yield medicine, _step_of_one(plan, step, medicine)


def medicines_taken(plan: Plan, step: Step) -> Iterator[tuple[str, Step]]:
    """The same without the medicines of which this step holds nothing."""
    return ((medicine, part) for medicine, part in each_medicine(plan, step) if part.intakes)


def intakes_by_medicine(plan: Plan, step: Step) -> Step:
    """The step with a crossover's intakes told apart: each holds one medicine, so that what adds up is what belongs together."""
    if plan.crossover is None:
        return step
    parts = (_intake_of_one(plan, intake, name) for intake in step.intakes for name in medicines_of(plan))
    return replace(step, intakes=tuple(part for part in parts if part.portions))


def _intake_of_one(plan: Plan, intake: Intake, medicine: str) -> Intake:
    return Intake(intake.time, tuple(as_labelled(plan, p) for p in intake.portions if p.medicine == medicine))
