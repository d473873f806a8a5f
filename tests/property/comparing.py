"""The same wish asked again: with more at hand, and against every dose that can be made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from invariants import best_shape, limits_of, makeable, shape_of, units, used_products

from easeoff.medicines import load_formulary
from easeoff.medicines.model import Product, Release, Tier
from easeoff.planning.request import TaperRequest
from easeoff.proposing import Proposal, plan_taper

again = plan_taper


def richer_wishes(request: TaperRequest) -> Iterator[tuple[str, TaperRequest]]:
    """The wish with one thing more, by its name.

    The goal must be said: a draft's own goal depends on what is at hand.
    """
    if request.goal is None:
        return
    formulary = load_formulary(request.medicine, request.country)
    if not request.halves:
        yield "halves", replace(request, halves=True)
    yield "more pieces", replace(request, max_pieces=min(12, request.max_pieces + 2))
    if request.max_products < 3:
        yield "more products in a dose", replace(request, max_products=request.max_products + 1)
    if request.products is not None:
        yield "every product", replace(request, products=tuple(p.id for p in formulary.products))
    elif request.tier is not Tier.SPECIAL:
        yield "a further tier", replace(request, tier=Tier.SPECIAL)
    if request.devices is not None:
        yield "every syringe", replace(request, devices=tuple(d.id for d in formulary.devices))


def best_of_all_doses(proposal: Proposal) -> None:
    """Over every mark and every combination, listed from the product records, nothing beats the plan's shape."""
    plan, request = proposal.plan, proposal.request
    if plan is None or not plan.steps or not small_enough(request):
        return
    if used_products(proposal)[0].release is not Release.IR:
        return
    if not plan.summary.checked_steps:
        return
    limits, start, goal = limits_of(proposal), units(plan.start_dose_mg), units(plan.goal_mg)
    ladders = makeable(proposal, lambda product: factor_to_tablet(proposal, product))
    shapes = [best_shape(ladder, start, goal, limits) for ladder in ladders if not goal or goal in ladder]
    assert shape_of(proposal) == min(shapes)


def small_enough(request: TaperRequest) -> bool:
    """One intake, few pieces, and not counted in drops: what can be listed in full."""
    one_a_day = len(request.intakes) < 2
    return (
        one_a_day
        and request.max_pieces <= 4
        and request.max_products <= 2
        and "drops" not in (request.form or "")
    )


def factor_to_tablet(proposal: Proposal, product: Product) -> Fraction:
    """mg of a tablet that 1 mg of this product stands for; 1 between the plain forms."""
    for record in proposal.formulary.form_equivalences:
        if record.from_form == product.form_group and record.to_form == "tablet":
            return Fraction(record.factor)
    return Fraction(1)
