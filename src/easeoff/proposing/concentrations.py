"""A weaker liquid for the last part, as a second plan: one plan never holds two concentrations of a medicine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from easeoff.medicines.model import Product
from easeoff.planning.methods import Approach
from easeoff.planning.solving.larder import AtHand
from easeoff.planning.solving.search import Found, OnALadder
from easeoff.proposing.achieving import drops_of, figure
from easeoff.proposing.proposal import Addition, AdditionKind, Remedy
from easeoff.proposing.situation import Situation
from easeoff.quantities import format_date, format_mg, from_grid

#: From how many of the lowest doses within the limits the change is tried. Project choice.
_DOSES_TRIED = 8


@dataclass(frozen=True)
class Handover:
    """Where a second plan takes over: at ``dose`` (grid units), which both liquids can make exactly."""

    dose: int
    first: AtHand
    second: AtHand
    liquid: Product


def changes_of_concentration(
    situation: Situation, approach: Approach, goal: int, liquids: Iterable[Product]
) -> list[Remedy]:
    """For each liquid that can take over, at the same dose, from what is at hand."""
    handovers = [find_handover(situation, approach, goal, situation.at_hand, liquid) for liquid in liquids]
    remedies = [_remedy(situation, approach, goal, h) for h in handovers if h is not None]
    return [r for r in remedies if r is not None]


def find_handover(
    situation: Situation, approach: Approach, goal: int, first: AtHand, liquid: Product
) -> Handover | None:
    """The lowest dose that ``first`` comes to within the limits and from which ``liquid`` leads on to the goal."""
    if len(situation.starts) > 1 or approach.timetable is not None:
        return None
    search = situation.search(approach, goal)
    pieces = tuple(p for p in first.products if not p.is_liquid)
    second = replace(first, products=(*pieces, liquid))
    if not search.may_suffice(second, liquid):
        return None
    # The new liquid alone makes the dose at which it takes over, so that the change is no cut.
    draws = {c.equivalent for c in search.larder.portions(liquid, second, 1)}
    for found in search.every(first):
        for dose in [d for d in _within(found) if goal < d < search.start and d in draws][:_DOSES_TRIED]:
            rest = search.from_dose(dose).best(second, liquid)
            if rest is not None and not rest.label[0]:
                return Handover(dose, first, second, liquid)
    return None


def _within(found: Found) -> list[int]:
    """The doses that these products come to within the limits, the lowest first."""
    assert isinstance(found, OnALadder), "one intake a day"
    stuck = max(found.ladder.gaps, default=0)
    return found.ladder.doses[stuck:]


def _remedy(situation: Situation, approach: Approach, goal: int, handover: Handover) -> Remedy | None:
    dose, liquid = handover.dose, handover.liquid
    first = situation.search(approach, dose).solution(handover.first)
    second = situation.search(approach, goal).from_dose(dose).solution(handover.second)
    if first is None or second is None or not first.solution.shape.within_limit:
        return None
    drops = drops_of(first.solution, approach, sum(situation.starts)) + drops_of(
        second.solution, approach, dose
    )
    at = format_mg(from_grid(dose))
    text = (
        f"From {at} on, as a second plan: {liquid.name} (listed on {format_date(liquid.listed_on)}) instead of the liquid "
        f"before. The first plan goes down to {at} in {len(first.solution.doses)} steps, the second on from there in "
        f"{len(second.solution.doses)}. The change itself is no cut, and only one bottle is in use at a time"
    )
    return Remedy(
        add=(Addition(AdditionKind.PRODUCT, liquid.id, text, liquid.tier, liquid.price),),
        within_limit=True,
        largest_drop=figure(max(drops)),
        last_drop=figure(drops[-1]),
        steps=len(first.solution.doses) + len(second.solution.doses),
        request=replace(situation.request, goal=from_grid(dose)),
    )
