"""A solution with the portions that make each of its doses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from easeoff.planning.solving.kits import Portions
from easeoff.planning.solving.regimens import Regimens, Split
from easeoff.planning.solving.solver import Solution


@dataclass(frozen=True, slots=True)
class Solved:
    """A plan's doses with the portions of each intake, step by step; no portions for a dose of zero."""

    solution: Solution
    portions: tuple[tuple[Portions, ...], ...]


def with_portions(solution: Solution, splits: Sequence[Split], regimens: Regimens) -> Solved:
    """The solution with the portions of each of its splits, made in the way that it chose."""
    made = zip(splits, solution.ways, strict=True)
    return Solved(
        solution,
        tuple(() if way is None else regimens.portions(split, way.products) for split, way in made),
    )


def days_by_product(solved: Solved) -> dict[str, int]:
    """On how many days each product (id) is taken; for a solution that knows its days."""
    found: dict[str, int] = {}
    for way, days in zip(solved.solution.ways, solved.solution.days, strict=True):
        for product in way.products if way is not None else ():
            found[product] = found.get(product, 0) + days
    return found
