"""What a crossover needs besides a plan of one medicine: the products of both, and a refusal where only one can be meant."""

from __future__ import annotations

from dataclasses import replace

from easeoff.medicines import find_medicine, load_formulary
from easeoff.medicines.model import Formulary
from easeoff.planning.plan import Plan
from easeoff.quantities import EaseoffError


def formulary_of(plan: Plan) -> Formulary:
    """What is known today of the plan's medicine; in a crossover with the products of the other one too."""
    outgoing = load_formulary(find_medicine(plan.medicine), plan.country)
    if plan.crossover is None:
        return outgoing
    return with_both(outgoing, load_formulary(find_medicine(plan.crossover.medicine), plan.country))


def with_both(outgoing: Formulary, incoming: Formulary) -> Formulary:
    """The outgoing formulary with the products of both."""
    return replace(
        outgoing,
        products=(*outgoing.products, *incoming.products),
        dose_equivalences=(*outgoing.dose_equivalences, *incoming.dose_equivalences),
    )


def refuse_two(plan: Plan, what: str) -> None:
    """Raise `EaseoffError` where ``what`` would be made from a crossover: its doses are of two medicines."""
    if plan.crossover is not None:
        raise EaseoffError(
            f"No {what} is made from a crossover: this plan holds two medicines, and that is for one.",
            "The plan itself, its papers and its files name both. After the crossover make a plan of the new medicine.",
        )
