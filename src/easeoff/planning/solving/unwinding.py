"""Of the ways down a net that are equally good by its limits, the one that is kept.

The shares of the day stay nearest to today's, then handling is least, then the drops are evenest. Unlike the number of steps and
the largest drop, this is looked for among the most promising splits only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    limit = shape.bin * PER_POINT
    useful = _useful(net, settled, limit)
    level = [_Partial((0, 0, 0), 0, None, None)]
    for step in range(1, shape.steps + 1):
        reached: dict[tuple[int, frozenset[str]], _Partial] = {}
        for partial in level:
            for further in _further(net, partial, useful[step - 1], useful[step], limit, ways_of):
                key = (further.position, further.way.products if further.way else frozenset())
                if key not in reached or further.cost < reached[key].cost:
                    reached[key] = further
        level = sorted(reached.values(), key=attrgetter("cost", "position"))[:MOST_FOLLOWED]
    return _traced(net, level[0], shape)


def _useful(net: Net, settled: Settled, limit: int) -> list[dict[int, Label]]:
    """For each number of steps the splits that lie on a best way to the goal, with their labels."""
    label, last = settled.groups[-1]
    useful: list[dict[int, Label]] = [{} for _ in range(label[1] + 1)]
    useful[-1] = {p: label for p in last if net.totals[p] == net.goal}
    for label, group in reversed(settled.groups[:-1]):
        after = useful[label[1] + 1] if label[1] + 1 < len(useful) else {}
        for position in group:
            if any(_joins(net, position, label, p, known, limit) for p, known in after.items()):
                useful[label[1]][position] = label
    return useful


def _joins(net: Net, upper: int, label: Label, lower: int, known: Label, limit: int) -> bool:
    """Whether the step from one to the other makes the lower's label out of the upper's."""
    cost = net.cost(upper, lower, limit)
    if cost is None:
        return False
    return known[0] == (with_drop(label[0], cost[0]) if cost else label[0])


def _further(
    net: Net,
    partial: _Partial,
    here: dict[int, Label],
    after: dict[int, Label],
    limit: int,
    ways_of: Callable[[Split], Sequence[Way]],
) -> Iterator[_Partial]:
    shifts, work, squares = partial.cost
    before = partial.way.products if partial.way else frozenset()
    for position, known in after.items():
        if not _joins(net, partial.position, here[partial.position], position, known, limit):
            continue
        split = net.splits[position]
        shift = _shift(split, net.splits[0])
        square = net.drop(partial.position, position) ** 2
        for way in worth_trying(ways_of(split)) if any(split) else (None,):
            own = packed(way.handling) + CHANGE * changes(before, way) if way else 0
            yield _Partial((shifts + shift, work + own, squares + square), position, way, partial)


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
