"""How a day's dose may be shared between its times of day.

On the way down each time of day keeps its share, as far as whole doses let it: with doses that are multiples of some unit, the
time that is furthest above its share falls next, the earliest among equals. That gives one staircase of splits for each unit.
Which units there are depends on the medicine and the country, never on what is at hand. So whoever has more at hand can make
every split that others can, and more things at hand never make a plan worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise
from math import gcd, lcm

from easeoff.medicines.model import Device, Product
from easeoff.medicines.portions import MARK_LEVELS
from easeoff.planning.solving.regimens import Split
from easeoff.quantities import GRID_PER_MG

#: The finest staircase has at most this many steps to a day. Project choice: it keeps an answer within a second.
MOST_STEPS = 1_000
#: Parts of a piece that a record or a pharmacist may allow.
_PARTS = (1, 2, 4)


def units_of(listed: Iterable[tuple[Product, Fraction]], devices: Sequence[Device]) -> frozenset[int]:
    """The amounts (grid units) by which doses of these products rise. Each comes with its mg of the starting form for 1 mg."""
    pieces: set[Fraction] = set()
    marks: set[Fraction] = set()
    for product, factor in listed:
        if product.concentration is not None and product.mg_per_drop is None:
            of_one_ml = product.concentration.mg_per_ml * factor
            marks |= {of_one_ml * Fraction(d.mark_ml) * level for d in devices for level in MARK_LEVELS}
        else:
            of_one = Fraction(product.mg_per_drop or product.mg_per_unit or 0) * factor
            pieces |= {of_one / parts for parts in _PARTS}
    on_grid = {int(mg * GRID_PER_MG) for mg in pieces | marks if (mg * GRID_PER_MG).denominator == 1}
    whole = {int(mg * GRID_PER_MG) for mg in pieces if (mg * GRID_PER_MG).denominator == 1}
    return frozenset(on_grid | {gcd(a, b) for a, b in combinations(whole, 2)}) - {0}


@lru_cache(maxsize=16)
def splits_of(
    starts: tuple[int, ...], units: frozenset[int], *, keep_times: bool = False, first: int | None = None
) -> frozenset[Split]:
    """Every split on the staircases of these units, with the earliest times of day left out one by one, too.

    ``starts`` are today's doses in grid units; today's own split and nothing at all are not among them. With
    ``keep_times`` no time of day is left out before all are; ``first`` is the one that is emptied before the others fall.
    """
    coarse = [u for u in units if sum(starts) <= u * MOST_STEPS]
    found = _all_splits(starts, coarse) if first is None else _one_first(starts, coarse, first)
    if keep_times:
        found = {split for split in found if all(split)}
    return frozenset(found) - {starts, (0,) * len(starts)}


def _one_first(starts: tuple[int, ...], units: Sequence[int], first: int) -> set[Split]:
    """One time of day down to nothing, then the others as they share what is left."""
    falling = {rung for unit in units for rung in range(0, starts[first], unit)}
    found = {(*starts[:first], rung, *starts[first + 1 :]) for rung in falling}
    rest = (*starts[:first], *starts[first + 1 :])
    return found | {(*split[:first], 0, *split[first:]) for split in _all_splits(rest, units)}


def _all_splits(starts: tuple[int, ...], coarse: Sequence[int]) -> set[Split]:
    found: set[Split] = set()
    for left_out in range(len(starts)):
        none = (0,) * left_out
        for unit in coarse:
            found.update((*none, *split) for split in _staircase(starts[left_out:], unit))
    return found


def _staircase(starts: tuple[int, ...], unit: int) -> Iterator[Split]:
    """From today's doses down to nothing, one time of day lower at each step."""
    common = lcm(*starts)
    falls: list[tuple[int, int, int]] = []
    for index, start in enumerate(starts):
        rungs = [*range(0, start, unit), start]
        # A time of day leaves a rung when its share of the total falls below it; equal shares fall in the day's order.
        falls += ((-upper * (common // start), index, lower) for lower, upper in pairwise(rungs))
    current = list(starts)
    yield starts
    for _, index, lower in sorted(falls):
        current[index] = lower
        yield tuple(current)
