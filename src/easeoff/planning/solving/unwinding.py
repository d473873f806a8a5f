"""Of the ways down a net that are equally good by its limits, the one that is kept.

The shares of the day stay nearest to today's, then handling is least, then the drops are evenest. Unlike the number of steps and
the largest drop, this is looked for among the most promising splits only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from easeoff.pharmacology import PER_POINT
from easeoff.planning.solving.descent import Net, Settled
from easeoff.planning.solving.handling import CHANGE, Way, changes, packed, worth_trying
from easeoff.planning.solving.regimens import Split
from easeoff.planning.solving.solver import Label, Shape, Solution, with_drop

#: How many partial ways are followed at once. Project choice.
MOST_FOLLOWED = 24
#: Shares of the day are compared in parts of so many. Project choice: a twentieth of today's dose.
SHIFT_PARTS = 20


@dataclass(frozen=True, slots=True)
class _Partial:
    """A way down as far as one split: the shift of shares, the work, the squares."""

    cost: tuple[int, int, int]
    position: int
    way: Way | None
    before: _Partial | None


def unwind(
    net: Net,
    settled: Settled,
    shape: Shape,
    ways_of: Callable[[Split], Sequence[Way]],
) -> tuple[Solution, tuple[Split, ...]]:
    """The way that is kept, with the splits after the start; ``settled`` are those of this shape."""
    steps = _Steps(net, shape.bin * PER_POINT, ways_of)
    useful = _useful(net, settled, steps.limit)
    level = [_Partial((0, 0, 0), 0, None, None)]
    for here, after in pairwise(useful):
        level = sorted(steps.further(level, here, after), key=attrgetter("cost", "position"))[:MOST_FOLLOWED]
    return _traced(net, level[0], shape)


def _useful(net: Net, settled: Settled, limit: int) -> list[dict[int, Label]]:
    """For each number of steps the splits that lie on a best way to the goal, with their labels."""
    label, last = settled.groups[-1]
    useful: list[dict[int, Label]] = [{} for _ in range(label[1] + 1)]
    useful[-1] = {p: label for p in last if net.totals[p] == net.goal}
    for label, group in reversed(settled.groups[:-1]):
        after = useful[label[1] + 1] if label[1] + 1 < len(useful) else {}
        for position in group if after else ():
            cost_of = net.costs_from(position, limit)
            if any(_joins(cost_of(p), label, known) for p, known in after.items()):
                useful[label[1]][position] = label
    return useful


def _joins(cost: tuple[int, ...] | None, label: Label, known: Label) -> bool:
    """Whether a step of this cost makes the lower's label, which is known, out of the upper's."""
    if cost is None:
        return False
    if not cost:
        return known[0] == label[0]
    return len(known[0]) > len(label[0]) and known[0] == with_drop(label[0], cost[0])


class _Steps:
    """Steps down a net with no drop within the rule over ``limit``, each made in the ways that ``ways_of`` gives."""

    def __init__(self, net: Net, limit: int, ways_of: Callable[[Split], Sequence[Way]]) -> None:
        self.limit = limit
        self._net = net
        self._ways_of = ways_of
        self._made: dict[int, tuple[tuple[Way | None, int], ...]] = {}

    def further(
        self, level: Sequence[_Partial], here: dict[int, Label], after: dict[int, Label]
    ) -> Iterable[_Partial]:
        """The cheapest ways one step on for each split and its products; there are more, but none among the `MOST_FOLLOWED` cheapest."""
        reached: dict[tuple[int, frozenset[str]], _Partial] = {}
        by_shift: dict[int, list[int]] = {}
        for position in after:
            by_shift.setdefault(_shift(self._net.splits[position], self._net.splits[0]), []).append(position)
        costs = {p.position: self._net.costs_from(p.position, self.limit) for p in level}
        # The shift of shares weighs more than all else, so whatever shifts more comes after.
        for shifts in sorted({partial.cost[0] + shift for partial in level for shift in by_shift}):
            for partial in level:
                label, cost_of = here[partial.position], costs[partial.position]
                for position in by_shift.get(shifts - partial.cost[0], ()):
                    if _joins(cost_of(position), label, after[position]):
                        self._reach(reached, partial, position, shifts)
            if len(reached) >= MOST_FOLLOWED:
                break
        return reached.values()

    def _reach(
        self,
        reached: dict[tuple[int, frozenset[str]], _Partial],
        partial: _Partial,
        position: int,
        shifts: int,
    ) -> None:
        before = partial.way.products if partial.way else frozenset()
        squares = partial.cost[2] + self._net.drop(partial.position, position) ** 2
        for way, own in self._ways(position):
            work = partial.cost[1] + own + CHANGE * changes(before, way)
            key = (position, way.products if way else frozenset())
            known = reached.get(key)
            if known is None or (shifts, work, squares) < known.cost:
                reached[key] = _Partial((shifts, work, squares), position, way, partial)

    def _ways(self, position: int) -> tuple[tuple[Way | None, int], ...]:
        """The ways worth trying, each with its work."""
        found = self._made.get(position)
        if found is None:
            split = self._net.splits[position]
            ways = worth_trying(self._ways_of(split)) if any(split) else ()
            found = tuple((way, packed(way.handling)) for way in ways) or ((None, 0),)
            self._made[position] = found
        return found


def _shift(split: Split, start: Split) -> int:
    """How far the fullest time of day is from its share, in parts of today's dose."""
    total, today = sum(split), sum(start)
    off = max(abs(dose * today - total * share) for dose, share in zip(split, start, strict=True))
    return off * SHIFT_PARTS // (today * today)


def _traced(net: Net, last: _Partial, shape: Shape) -> tuple[Solution, tuple[Split, ...]]:
    partials: list[_Partial] = []
    partial: _Partial | None = last
    while partial is not None:
        partials.append(partial)
        partial = partial.before
    partials.reverse()
    over = frozenset(
        step
        for step, (a, b) in enumerate(pairwise(partials))
        if net.totals[b.position] < net.floor(net.totals[a.position])
    )
    doses = tuple(net.totals[p.position] for p in partials[1:])
    solution = Solution(shape, doses, tuple(p.way for p in partials[1:]), over, last.cost)
    return solution, tuple(net.splits[p.position] for p in partials[1:])
