"""A weaker liquid for the last part, as a second plan: one plan never holds two concentrations of a medicine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from easeoff.medicines.model import Product
from easeoff.planning.methods import Approach
from easeoff.planning.search import AtHand
from easeoff.planning.solver import Solution
from easeoff.proposing.achieving import drops_of, figure
from easeoff.proposing.proposal import Addition, AdditionKind, Remedy
from easeoff.proposing.situation import Situation
from easeoff.quantities import format_mg, from_grid

#: From how many of the lowest doses within the limits the change is tried. Project choice.
_DOSES_TRIED = 8


@dataclass(frozen=True)
class Handover:
    """Where a second plan with ``liquid`` takes over: at ``dose`` (grid units), which both can make."""

    dose: int
    liquid: Product
    at_hand: AtHand


def changes_of_concentration(
    situation: Situation, approach: Approach, goal: int, base: Solution, liquids: Iterable[Product]
) -> list[Remedy]:
    """For each liquid that can take over, at the same dose, from a dose that this plan comes to within its limits."""
    handovers = [find_handover(situation, approach, goal, base, liquid) for liquid in liquids]
    remedies = [_remedy(situation, approach, goal, h) for h in handovers if h is not None]
    return [r for r in remedies if r is not None]


def find_handover(
    situation: Situation, approach: Approach, goal: int, base: Solution, liquid: Product
) -> Handover | None:
    """The lowest dose that ``base`` comes to within its limits and from which ``liquid`` leads on to the goal."""
    if len(situation.starts) > 1 or not base.over:
        return None
    search = situation.search(approach, goal)
    pieces = tuple(p for p in situation.at_hand.products if not p.is_liquid)
    at_hand = replace(situation.at_hand, products=(*pieces, liquid))
    draws = {c.equivalent for c in search.portions(liquid, at_hand, 1)}
    within = base.doses[: min(base.over)]
    for dose in reversed(within[-_DOSES_TRIED:]):
        # The new liquid alone makes the dose at which it takes over, so that the change is no cut.
        if dose > goal and dose in draws:
            found = search.from_dose(dose).best(at_hand)
            if found is not None and found.shape.within_limit:
                return Handover(dose, liquid, at_hand)
    return None


def _remedy(situation: Situation, approach: Approach, goal: int, handover: Handover) -> Remedy | None:
    dose, liquid = handover.dose, handover.liquid
    first = situation.search(approach, dose).solution(situation.at_hand)
    second = situation.search(approach, goal).from_dose(dose).solution(handover.at_hand)
    if first is None or second is None or not first[0].shape.within_limit:
        return None
    drops = drops_of(first[0], approach, sum(situation.starts)) + drops_of(second[0], approach, dose)
    at = format_mg(from_grid(dose))
    text = (
        f"From {at} on, as a second plan: {liquid.name} (listed on {liquid.listed_on.isoformat()}) instead of the liquid before. "
        f"The first plan goes down to {at}. The change itself is no cut, and only one bottle is in use at a time"
    )
    return Remedy(
        add=(Addition(AdditionKind.PRODUCT, liquid.id, text, liquid.tier, liquid.price),),
        within_limit=True,
        largest_drop=figure(max(drops)),
        last_drop=figure(drops[-1]),
        steps=len(first[0].doses) + len(second[0].doses),
        request=replace(situation.request, goal=from_grid(dose)),
    )
