"""The rest of a plan worked out anew, from the dose that is really taken now.

The person's own starting dose stays the base of points and percentages, and no step is ever larger than what was agreed,
unless somebody asked for just that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise
from math import ceil

from easeoff.medicines.model import Product, Tier
from easeoff.planning.build import drops_between
from easeoff.planning.forms import start_form
from easeoff.planning.plan import Course, Intake, Plan, Step
from easeoff.planning.request import TaperRequest
from easeoff.proposing.now import NoSuchPlan, Now, agreed_limit, as_first_agreed, limit_words, wish_of
from easeoff.proposing.situation import Situation, understand
from easeoff.proposing.stretching import stretched
from easeoff.proposing.wayon import Rest, made_of, refuse_looser, rest_of, search_from
from easeoff.quantities import EaseoffError, format_mg, to_grid

#: What "slower" means where nobody says it: half as long again. Project choice, as in the slower plans of a proposal.
LONGER = Decimal("1.5")


#: After a step back the limit is halved, and halved again where that is no smaller step than the one that was too much.
#: Project choice: guidance says "slower and smaller" and gives no figure.
SMALLER = (Decimal("0.5"), Decimal("0.25"))


_PLACES = Decimal("0.000001")


_LONGEST_DAYS = 730


def longer(now: Now, every: int) -> Course:
    """The same doses, with more time between them."""
    plan = now.plan
    steps = tuple(replace(step, days=_scaled(step.days, every, plan)) for step in plan.steps[now.step :])
    because = (
        f"The doses stay as they are. There are {every} days between steps instead of {plan.interval_days}."
    )
    return kept(plan, steps, plan.request, every, because)


def smaller(now: Now, wish: TaperRequest, because: str, *, faster: bool = False) -> Course:
    """The way down under the limits of ``wish``. Raises `EaseoffError` where nothing at hand keeps within them."""
    rest = rest_of(now, wish)
    if rest is None or not rest.within:
        raise NoSuchPlan(
            "Nothing at hand keeps every step within these limits.",
            "Keep the agreed ones, ask for more time instead, or add a product with change-product.",
        )
    if not faster:
        refuse_looser(rest.approach.method.limits, now.plan.method.limits)
    return rest.course(wish, because, faster=faster)


def step_back(now: Now, back: int, wish: TaperRequest, every: int) -> Course:
    """The dose of step ``back`` again, then smaller steps, ``every`` days apart; slower ones alone where smaller cannot be made."""
    plan, limit = now.plan, agreed_limit(now.plan)
    there = Now(plan, back, now.formulary, uses_from=now.step)
    again, (slower, _) = _taken_again(there), stretched(plan, wish, every)
    for share in SMALLER if limit is not None else ():
        assert limit is not None
        less = replace(slower, limit=min(wish.limit or limit, (limit * share).quantize(_PLACES, ROUND_DOWN)))
        try:
            rest = rest_of(there, less)
        except EaseoffError:
            continue  # so small a limit cannot be asked for
        if rest is not None and rest.within and rest.steps and rest.steps[0].dose_mg > now.dose:
            refuse_looser(rest.approach.method.limits, plan.method.limits)
            longer_too = ", and lasts longer" if every > plan.interval_days else ""
            because = (
                f"Each step ahead is at most {limit_words(plan, less.limit or limit)}, instead of {limit_words(plan, limit)}"
                f"{longer_too}."
            )
            return led_by(again, rest.course(less, because))
    return led_by(again, _same_doses(now, there, wish, every, _between(now, there, slower)))


def change_product(now: Now, wish: TaperRequest) -> Course:
    """The dose of now from what ``wish`` names, as a step of its own and no cut, then the way down from it.

    From then on there is one concentration of a liquid: of several that were named the one that leads down in the fewest steps.
    """
    situation = understand(now.formulary, as_first_agreed(now.plan, wish), questions_open=False)
    ways = [_with_products(now, wish, situation, products) for products in _one_liquid_each(situation)]
    made = [way for way in ways if way.same is not None]
    if not made:
        raise NoSuchPlan(
            f"These products cannot make the {format_mg(now.dose)} you take now, so the change would be a cut.",
            "Name products that together make the same dose.",
        )
    leading = [(way.same, way.rest) for way in made if way.rest is not None and way.rest.within]
    if not leading:
        raise NoSuchPlan(
            "With these products alone the steps ahead do not keep within the agreed limits.",
            "Name more products, or ask your pharmacist for a weaker liquid or smaller tablets.",
        )
    same, rest = min(leading, key=lambda way: len(way[1].steps))
    assert same is not None
    refuse_looser(rest.approach.method.limits, now.plan.method.limits)
    lasts = max(now.plan.interval_days, now.plan.steps[now.step - 1].days) + rest.waiting
    first = new_step(now, same, lasts, "The same dose from other products. This is no cut.")
    return led_by(
        first,
        rest.course(wish, "The doses ahead are worked out for the new products, within the agreed limits."),
    )


@dataclass(frozen=True)
class _Way:
    """Today's dose and the way down from it with some products; ``None`` where they do not make it."""

    same: tuple[Intake, ...] | None
    rest: Rest | None


def _with_products(now: Now, wish: TaperRequest, situation: Situation, products: tuple[Product, ...]) -> _Way:
    at_hand = replace(situation.at_hand, products=products)
    found = search_from(now, situation, situation.approach(at_hand)).day(at_hand)
    if found is None:
        return _Way(None, None)
    wish = replace(wish, products=tuple(product.id for product in products))
    return _Way(made_of(now, found), rest_of(now, wish, named=True))


def _one_liquid_each(situation: Situation) -> list[tuple[Product, ...]]:
    """What is at hand with each of its liquids in turn, and no other."""
    products = situation.at_hand.products
    solids = tuple(p for p in products if not p.is_liquid)
    return [(*solids, liquid) for liquid in products if liquid.is_liquid] or [solids]


def _between(now: Now, there: Now, wish: TaperRequest) -> tuple[Step, ...]:
    """Smaller steps down to the dose that was too much; none where nothing at hand makes them."""
    limit = agreed_limit(now.plan)
    for share in SMALLER if limit is not None else ():
        assert limit is not None
        try:
            rest = rest_of(
                there, replace(wish, limit=(limit * share).quantize(_PLACES, ROUND_DOWN)), now.dose
            )
        except EaseoffError:
            continue
        if rest is not None and rest.within and len(rest.steps) > 1:
            return rest.steps
    return ()


def _same_doses(now: Now, there: Now, wish: TaperRequest, every: int, between: tuple[Step, ...]) -> Course:
    """The doses that were agreed between there and the goal, each for longer, with what lies ``between`` put in."""
    plan = now.plan
    situation = understand(now.formulary, as_first_agreed(plan, wish_of(plan)), questions_open=False)
    approach = situation.approach(situation.at_hand)
    _refuse_replaced_liquids(now, there)
    agreed = (*between, *(_as_agreed(now, step, every) for step in plan.steps[there.step :]))
    known = {step.dose_mg: step for step in agreed if plan.goal_mg <= step.dose_mg < there.dose}
    doses = sorted(known, reverse=True)
    steps = []
    for before, dose in pairwise((there.dose, *doses)):
        drop, worst = drops_between(approach, to_grid(before), to_grid(dose))
        within = approach.rule.allows(to_grid(before), to_grid(dose))
        step = known[dose]
        days = max(step.days, every)
        steps.append(
            replace(step, start=None, end=None, days=days, drop=drop, worst_drop=worst, within=within)
        )
    because = (
        f"The next steps, down to {format_mg(now.dose)}, are smaller; those after that stay as agreed and last longer."
        if between
        else "The doses stay as they were agreed. The steps are not smaller; each lasts longer."
    )
    ask = "" if between else " For smaller steps ask your prescriber before you go on."
    agreed_wish = wish if plan.method.is_timetable else replace(wish, limit=agreed_limit(plan))
    return kept(plan, tuple(steps), agreed_wish, every, because + ask)


def _refuse_replaced_liquids(now: Now, there: Now) -> None:
    """Raise `NoSuchPlan` where a dose in between was made from a liquid that has been replaced since."""
    liquids = {p.id for p in now.formulary.products if p.is_liquid}
    before = {p.product for s in now.plan.steps[there.step : now.step] for i in s.intakes for p in i.portions}
    if before & liquids - there.in_use:
        raise NoSuchPlan(
            "The doses in between were made from a liquid that has been replaced since, so the way back is not worked out here.",
            "Stay on the dose you take now. Record hold or freeze, and ask your prescriber for a new plan.",
        )


def _as_agreed(now: Now, step: Step, every: int) -> Step:
    """A step with its days scaled, rests of blocks too; how long an earlier one really lasted says nothing of the next time."""
    plan, days = now.plan, step.days
    if step.number < now.step:
        first = plan.first or plan
        days = next((s.days for s in first.steps if s.dose_mg == step.dose_mg), days)
    return replace(step, days=_scaled(days, every, plan))


def kept(plan: Plan, steps: tuple[Step, ...], wish: TaperRequest, every: int, because: str) -> Course:
    """A course of doses that are in the plan already, with ``every`` days between its steps."""
    request, method = stretched(plan, wish, every)
    return Course(
        engine_version=plan.engine_version,
        data_version=plan.data_version,
        request=request,
        method=method,
        interval_days=every,
        goal_mg=plan.goal_mg,
        steps=_numbered(tuple(replace(s, start=None, end=None) for s in steps)),
        last_drop=plan.summary.last_drop,
        worst_last_drop=plan.summary.worst_last_drop,
        within_limit=plan.summary.within_limit,
        checked=False,
        findings=plan.findings,
        sources=plan.sources,
        because=(because,),
    )


def _taken_again(there: Now) -> Step:
    """The step that is gone back to: made as it was made then, or anew from what is in use where a liquid was replaced since."""
    every, because = there.plan.interval_days, "You went back to a dose that was tolerable."
    if there.step:
        before = there.plan.steps[there.step - 1].intakes
        used = {p.product for i in before for p in i.portions}
        liquids = {p.id for p in there.formulary.products if p.is_liquid}
        if not used & liquids - there.in_use:
            return new_step(there, before, every, because)
    wish = replace(as_first_agreed(there.plan, wish_of(there.plan)), products=None, tier=Tier.SPECIAL)
    situation = understand(there.formulary, wish, questions_open=False)
    for products in _taken_before(there, situation):
        at_hand = replace(situation.at_hand, products=products)
        portions = search_from(there, situation, situation.approach(at_hand)).day(at_hand)
        if portions is not None:
            return new_step(there, made_of(there, portions), every, because)
    raise NoSuchPlan(
        f"What you have now does not make the {format_mg(there.dose)} you took before, so the way back is not worked out here.",
        "Contact your prescriber today; record freeze until then.",
    )


def _taken_before(there: Now, situation: Situation) -> tuple[tuple[Product, ...], ...]:
    """What somebody who goes back has: what is in use, then also tablets of the kind this plan began with. Never another liquid."""
    form, _ = start_form(there.formulary, there.plan.request)
    known = tuple(p for p in situation.at_hand.products if p.id in there.in_use)
    alike = tuple(
        p
        for p in situation.at_hand.products
        if not p.is_liquid and p not in known and (p.release, p.form_group) == (form.release, form.form_group)
    )
    return tuple(products for products in (alike, (*known, *alike), known) if products)


def new_step(now: Now, intakes: tuple[Intake, ...], days: int, because: str) -> Step:
    """A step at the dose of ``now``, with no drop."""
    plan, portions = now.plan, [p for i in intakes for p in i.portions]
    effect = plan.steps[now.step - 1].effect if now.step else Decimal(100)
    worst = None if plan.summary.worst_last_drop is None else Decimal(0)
    return Step(
        number=1,
        start=None,
        end=None,
        days=days,
        dose_mg=now.dose,
        low_mg=sum((p.low_mg for p in portions), Decimal(0)),
        high_mg=sum((p.high_mg for p in portions), Decimal(0)),
        ideal_mg=now.dose,
        intakes=intakes,
        effect=effect,
        drop=Decimal(0),
        worst_drop=worst,
        percent_of_start=(now.dose * 100 / plan.start_dose_mg).quantize(Decimal("0.01")),
        within=True,
        distinct=True,
        because=(because,),
    )


def led_by(step: Step, course: Course) -> Course:
    """The course with a step put before it, for as long as its own at least."""
    first = replace(step, days=max(step.days, course.interval_days))
    return replace(course, steps=_numbered((first, *course.steps)))


def _numbered(steps: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(replace(step, number=number) for number, step in enumerate(steps, 1))


def _scaled(days: int, every: int, plan: Plan) -> int:
    """A step's days by as much more as there are now days between steps, rounded up."""
    return max(days, -(-days * every // plan.interval_days))


def longer_days(plan: Plan) -> int:
    """The days between steps of a slower plan, where nobody says how many."""
    return min(_LONGEST_DAYS, ceil(plan.interval_days * LONGER))


__all__ = [
    "NoSuchPlan",
    "change_product",
    "kept",
    "led_by",
    "longer",
    "longer_days",
    "new_step",
    "smaller",
    "step_back",
]
