"""What a plan needs from the pharmacy, counted from the plan itself: by step, by 28 days, in whole packs, with a buffer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor

from easeoff.medicines.model import Formulary, Product
from easeoff.planning.plan import Intake, Plan, Status, Step, StepSupply, SupplyLine

#: Days of medicine that are to be at home on top of what is needed, so that a late delivery is no sudden stop. A project
#: choice: nobody published a figure, and one week is also the most that is given where there is a risk of suicide.
BUFFER_DAYS = 7
#: Use is also counted over stretches of so many days, which is how long many prescriptions last.
STRETCH_DAYS = 28
_GOING_ON = frozenset({Status.RUNNING, Status.SLOWED, Status.STEPPED_BACK})


@dataclass(frozen=True, slots=True)
class Stretch:
    """A dose of one step taken for some days."""

    step: int
    days: int
    intakes: tuple[Intake, ...]


def supply_until_review(formulary: Formulary, steps: Sequence[Step], review: int) -> tuple[SupplyLine, ...]:
    """One line a product: what steps 1 to ``review`` take. Spills and losses are for the buffer."""
    stretches = [Stretch(s.number, s.days, s.intakes) for s in steps if s.number <= review]
    begins = steps[0].start if steps else None
    ends = None if begins is None else begins + timedelta(sum(s.days for s in stretches))
    return _lines(formulary, stretches, ends)


def supply_from(formulary: Formulary, plan: Plan, step: int, on: date) -> tuple[SupplyLine, ...]:
    """What is needed from ``on``, when ``step`` is taken, up to the review; 28 days of it where nothing later has a date.

    The day to ask for more counts from the day on which the first of it is taken. A product that is not taken any more after
    these days has none, nor has a plan that waits. Nothing where only the starting dose is taken: what that is made from was never asked.
    """
    dated = [*_dated(plan, step, on)]
    waits = plan.status not in _GOING_ON or (plan.review_on is not None and plan.review_on <= on)
    taken = [one for one in plan.steps if one.number == step and one.end is None]
    if taken and waits:
        return _lines(formulary, [Stretch(step, STRETCH_DAYS, taken[0].intakes)], None)
    lines = _lines(formulary, dated, _ends(plan, dated, on))
    return tuple(replace(line, reorder_on=_asked_on(plan, line, on)) for line in lines)


def _asked_on(plan: Plan, line: SupplyLine, on: date) -> date | None:
    """Today where it should have been before."""
    if line.reorder_on is None or not is_taken_afterwards(plan, line.product):
        return None
    return max(line.reorder_on, on)


def is_taken_afterwards(plan: Plan, product: str) -> bool:
    """Whether ``product`` is still taken once the days are over for which dates stand."""
    dated = max((step.number for step in plan.steps if step.start is not None), default=plan.near_steps)
    goal = len(plan.steps) if plan.goal_mg > 0 else None
    stays = (s for s in plan.steps if s.number == dated and (s.number == goal or (s.start and s.end is None)))
    later = (s for s in plan.steps if s.number > dated)
    return any(_a_day(step.intakes, product) for step in (*stays, *later))


def _dated(plan: Plan, step: int, on: date) -> Iterator[Stretch]:
    """What is left of each step with dates, from ``step`` on: what is taken up to tonight before a step back is at home."""
    for one in plan.steps:
        if one.number >= step and one.start is not None and (one.end is None or one.end >= on):
            yield Stretch(one.number, _days_left(plan, one, max(one.start, on)), one.intakes)


def _days_left(plan: Plan, step: Step, begins: date) -> int:
    """A step that nobody has ended yet reaches to the review."""
    if step.end is not None:
        return (step.end - begins).days + 1
    if plan.review_on is not None and plan.review_on > begins:
        return (plan.review_on - begins).days
    return step.days


def _ends(plan: Plan, stretches: Sequence[Stretch], on: date) -> date | None:
    """The day after the last of ``stretches``, each of which begins when the one before it is over."""
    first = next((step for s in stretches for step in plan.steps if step.number == s.step), None)
    if first is None or first.start is None:
        return None
    return max(first.start, on) + timedelta(sum(stretch.days for stretch in stretches))


def _lines(formulary: Formulary, stretches: Sequence[Stretch], ends: date | None) -> tuple[SupplyLine, ...]:
    units = {p.product: p.unit for s in stretches for i in s.intakes for p in i.portions}
    known = {product.id: product for product in formulary.products}
    return tuple(
        _line(product, known.get(product), unit, stretches, ends) for product, unit in sorted(units.items())
    )


def _line(
    product_id: str, product: Product | None, unit: str, stretches: Sequence[Stretch], ends: date | None
) -> SupplyLine:
    """``product`` is ``None`` where newer data no longer list it: what is needed is counted all the same."""
    daily = [(s.step, s.days, _a_day(s.intakes, product_id)) for s in stretches]
    amount = sum((days * a_day for _, days, a_day in daily), Decimal(0))
    buffer = BUFFER_DAYS * max(a_day for *_, a_day in daily)
    in_a_pack = Decimal(1) if product is None else _units_in_one(product)
    sizes = [size for size in product.pack_sizes if size > 0] if product is not None else []
    size = min(sizes, key=lambda s: _least_over(amount / in_a_pack, s), default=None)
    packs = None if size is None else ceil(amount / in_a_pack / size)
    buffered = None if size is None else ceil((amount + buffer) / in_a_pack / size)
    return SupplyLine(
        product=product_id,
        amount=amount,
        unit=unit,
        packs=packs,
        pack_size=size,
        period_days=sum(s.days for s in stretches),
        steps=tuple(StepSupply(step, days * a_day) for step, days, a_day in daily if a_day),
        per_28_days=_per_stretch([a_day for _, days, a_day in daily for _ in range(days)]),
        buffer_days=BUFFER_DAYS,
        buffer=buffer,
        packs_with_buffer=buffered,
        leftover=None
        if size is None or buffered is None
        else _whole(buffered * size * in_a_pack, unit) - amount,
        reorder_on=None if ends is None else ends - timedelta(BUFFER_DAYS),
    )


def _a_day(intakes: Sequence[Intake], product: str) -> Decimal:
    return sum((p.amount for i in intakes for p in i.portions if p.product == product), Decimal(0))


def _units_in_one(product: Product) -> Decimal:
    """How many of the plan's units one of the pharmacy's holds: packs of drops are in mL, the plan counts drops."""
    if product.mg_per_drop is not None and product.concentration is not None:
        return product.concentration.mg / product.concentration.ml / product.mg_per_drop
    return Decimal(1)


def _least_over(needed: Decimal, size: Decimal) -> tuple[Decimal, int]:
    packs = ceil(needed / size)
    return packs * size, packs


def _whole(amount: Decimal, unit: str) -> Decimal:
    """Whole drops only: the last one of a bottle may not be there."""
    return Decimal(floor(amount)) if unit == "drop" else amount


def _per_stretch(daily: Sequence[Decimal]) -> tuple[Decimal, ...]:
    starts = range(0, len(daily), STRETCH_DAYS)
    return tuple(sum(daily[at : at + STRETCH_DAYS], Decimal(0)) for at in starts)
