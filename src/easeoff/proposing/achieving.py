"""What a solution achieves, in the method's unit."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from easeoff.pharmacology import PER_POINT
from easeoff.planning.methods import Approach
from easeoff.planning.request import TaperRequest
from easeoff.planning.solving.solver import Solution
from easeoff.proposing.proposal import Addition, Remedy
from easeoff.proposing.situation import Situation
from easeoff.quantities import plain, rounded


def drops_of(solution: Solution, approach: Approach, start: int) -> list[int]:
    """The drops of a solution in millionths of a point, the one to the goal last."""
    return [approach.rule.drop(a, b) for a, b in pairwise((start, *solution.doses))]


def figure(millionths: int) -> Decimal:
    """A drop as it is printed: two decimal places at most."""
    return Decimal(plain(rounded(Decimal(millionths) / PER_POINT, 2)))


def achieved(
    solution: Solution,
    approach: Approach,
    situation: Situation,
    add: tuple[Addition, ...],
    request: TaperRequest | None,
) -> Remedy:
    """These additions with what the solution found with them achieves."""
    drops = drops_of(solution, approach, sum(situation.starts))
    return Remedy(
        add=add,
        within_limit=solution.shape.within_limit,
        largest_drop=figure(max(drops)),
        last_drop=figure(drops[-1]),
        steps=len(solution.doses),
        request=request,
    )
