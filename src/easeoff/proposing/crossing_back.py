"""One step back in a crossover: both medicines as they were before, then the same exchanges again, with more time between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from easeoff.medicines import find_medicine, load_formulary
from easeoff.planning.crossover.crossing import Side
from easeoff.planning.crossover.plan import starting_intakes
from easeoff.planning.lifecycle import mark_at, taken_text
from easeoff.planning.plan import Course, Intake, Plan, Step
from easeoff.planning.request import TaperRequest
from easeoff.proposing.now import NoSuchPlan, Now
from easeoff.proposing.replanning import kept, led_by, new_step
from easeoff.proposing.situation import understand

_BECAUSE = "You went back to what you took before: the exchange after it is undone."
_AGAIN = "The exchanges stay as they were agreed, and there is more time between them."


def crossing_back(now: Now, back: int, wish: TaperRequest) -> Course:
    """What was taken at step ``back`` again, then every exchange after it, each once.

    Raises `NoSuchPlan` where what was taken at the very start cannot be made by itself any more.
    """
    plan = now.plan
    there = Now(plan, back, now.formulary)
    every = max(wish.every or 0, plan.interval_days)
    intakes = plan.steps[back - 1].intakes if back else _at_the_start(plan)
    if intakes is None:
        raise NoSuchPlan(
            f"Nothing on record makes the {taken_text(plan, 0)} you began with, so the way back is not worked out here.",
            "Contact your prescriber today; record freeze until then.",
        )
    again = new_step(there, intakes, every, _BECAUSE)
    steps = tuple(replace(step, days=every) for step in _exchanges_after(there))
    return led_by(again, kept(plan, steps, replace(wish, every=every), every, _AGAIN))


def _exchanges_after(there: Now) -> tuple[Step, ...]:
    """The steps that still have to be taken, in order. One that was taken before and gone back from stands in the plan twice."""
    plan = there.plan
    known = {mark_at(plan, step.number): step for step in plan.steps[there.step :]}
    ahead = sorted((mark for mark in known if mark < mark_at(plan, there.step)), reverse=True)
    return tuple(known[mark] for mark in ahead)


def _at_the_start(plan: Plan) -> tuple[Intake, ...] | None:
    """Today's doses of the medicine that goes, from what the plan uses of it, else from anything else at hand without a new liquid."""
    formulary = load_formulary(find_medicine(plan.medicine), plan.country)
    own = {product.id for product in formulary.products}
    asked = tuple(p for p in plan.request.products or () if p in own) or None
    situation = understand(formulary, replace(plan.request, products=asked), questions_open=False)
    used = set(_used(plan))
    known = tuple(p for p in situation.at_hand.products if p.id in used)
    wider = tuple(p for p in situation.at_hand.products if p.id in used or not p.is_liquid)
    for products in (known, wider):
        at_hand = replace(situation.at_hand, products=products)
        made = starting_intakes(plan, Side(formulary, situation.larder, at_hand)) if products else None
        if made is not None:
            return made
    return None


def _used(plan: Plan) -> Iterator[str]:
    return (p.product for step in plan.steps for intake in step.intakes for p in intake.portions)
