"""The shortest plan over what can really be taken.

Given the doses that can be made and the rule that says how far one step may go, the solver finds doses
``start > d1 > ... > goal`` such that, in this order: every step is allowed; there are as few as possible; the
largest drop is least, in bins of one point; handling is least; the sum of squared drops is least.

Because ``StepRule.floor`` never falls as the dose rises, the doses that can be reached in ``k`` steps are all
those above a bound, and so are those from which the goal can be reached. The plans with the fewest steps therefore lie in
``n`` disjoint bands of doses, one a step, and the rest is a short walk through the bands.

Where two neighbouring doses are so far apart that no allowed step crosses between them, the drop cannot be avoided with what is
there. It is taken between just those two doses, marked, and every other step still obeys the rule.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from easeoff.pharmacology import PER_POINT
from easeoff.planning.rules import StepRule
from easeoff.planning.solving.handling import CHANGE, MOST_PRODUCTS, Way, changes, packed, worth_trying

#: The drops over the limits, largest first, and the number of steps, of a way or of part of one.
Label = tuple[tuple[int, ...], int]


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides between kits of products before handling does: smaller is better, compared in this order.

    ``unavoidable`` are the drops over the limits, largest first; ``steps`` counts the doses after the
    start, the goal included; ``bin`` is the largest other drop in whole points, rounded up.
    """

    unavoidable: tuple[int, ...]
    steps: int
    bin: int

    @property
    def within_limit(self) -> bool:
        """Whether every step is allowed."""
        return not self.unavoidable

    @property
    def label(self) -> Label:
        """The unavoidable drops and the steps."""
        return (self.unavoidable, self.steps)

    @property
    def rank(self) -> tuple[tuple[int, ...], int, int]:
        """The order in which shapes are better: fewer drops over the limits, fewer steps, a smaller largest drop."""
        return (self.unavoidable, self.steps, self.bin)


@dataclass(frozen=True, slots=True)
class Solution:
    """The doses after the start in falling order, the goal last, and the way each is made (``None`` for a dose of zero).

    ``over`` are the positions in ``doses`` whose drop is over the limits. ``cost`` is what decided after the shape, smaller
    first. On a timetable ``days`` are those of each dose, ``ideals`` what is asked on its first day, ``waiting`` the days before the first.
    """

    shape: Shape
    doses: tuple[int, ...]
    ways: tuple[Way | None, ...]
    over: frozenset[int]
    cost: tuple[int, ...]
    days: tuple[int, ...] = ()
    ideals: tuple[int, ...] = ()
    waiting: int = 0


class Ladder:
    """The doses a plan may use, rising, from the goal to the start, with the rule that joins them."""

    def __init__(self, doses: Sequence[int], start: int, goal: int, rule: StepRule) -> None:
        if not goal < start:
            raise ValueError("the goal must lie below the start")
        self.doses = sorted({d for d in doses if goal < d < start} | {goal, start})
        self.rule = rule
        self.floors = rule.floors
        self.effects = rule.effects

    def descend(self, limit: int | None = None, gaps: frozenset[int] = frozenset()) -> list[int] | None:
        """Positions of the lowest doses reachable in 0, 1, 2 ... steps, down to the goal.

        With ``limit`` no drop may be larger, but for those across ``gaps``; ``None`` where that cannot be done. Without,
        a gap is crossed to the next dose below.
        """
        position = len(self.doses) - 1
        path = [position]
        while position > 0:
            lower = self.lowest(position, limit, gaps)
            if lower >= position:
                if limit is not None:
                    return None
                lower = position - 1
            position = lower
            path.append(position)
        return path

    def lowest(self, position: int, limit: int | None, gaps: frozenset[int]) -> int:
        """The position of the lowest dose one step may lead to, or ``position`` itself where there is none."""
        if position in gaps:
            return position - 1
        dose = self.doses[position]
        floor = self.floors[dose]
        if limit is not None:
            floor = max(floor, self.rule.scale.lowest_dose(self.effects[dose] - limit))
        return min(bisect_left(self.doses, floor), position)

    @cached_property
    def lowest_descent(self) -> list[int]:
        """The descent with the limits of the rule alone: the fewest steps."""
        path = self.descend()
        assert path is not None
        return path

    @cached_property
    def gaps(self) -> frozenset[int]:
        """Positions from which no allowed step leads down: the drops that nothing here can avoid.

        The lowest descent meets every one of them, because no allowed step crosses one.
        """
        return frozenset(a for a in self.lowest_descent[:-1] if self.lowest(a, None, frozenset()) >= a)

    def ahead(self) -> dict[int, Label]:
        """For each dose the unavoidable drops and the fewest steps from there down to the goal."""
        labels: list[Label] = [((), 0)]
        for position in range(1, len(self.doses)):
            lower = self.lowest(position, None, frozenset())
            if lower < position:
                labels.append((labels[lower][0], labels[lower][1] + 1))
            else:
                drops, steps = labels[position - 1]
                labels.append((with_drop(drops, self._drop(position, position - 1)), steps + 1))
        return dict(zip(self.doses, labels, strict=True))

    @cached_property
    def shape(self) -> Shape:
        """The unavoidable drops, the fewest steps and the least bin, without regard to handling."""
        path, gaps = self.lowest_descent, self.gaps
        steps = len(path) - 1
        unavoidable = tuple(sorted((self._drop(g, g - 1) for g in gaps), reverse=True))
        widest = max((self._drop(a, b) for a, b in pairwise(path) if a not in gaps), default=0)
        fall = self._drop(len(self.doses) - 1, 0)

        def keeps(points: int) -> bool:
            tried = self.descend(points * PER_POINT, gaps)
            return tried is not None and len(tried) - 1 <= steps

        low, high = least_bin(fall, unavoidable, steps), -(-widest // PER_POINT)
        return Shape(unavoidable, steps, least_that(keeps, low, high))

    def _drop(self, upper: int, lower: int) -> int:
        return self.effects[self.doses[upper]] - self.effects[self.doses[lower]]

    def bands(self, shape: Shape, gaps: frozenset[int]) -> list[range]:
        """For each step the positions that a plan of this shape may use, the start first and the goal last."""
        limit = shape.bin * PER_POINT
        lowest = self.descend(limit, gaps)
        assert lowest is not None
        highest = [0]
        while len(highest) <= shape.steps:
            highest.append(self._highest_leading_to(highest[-1], limit, gaps))
        return [range(low, high + 1) for low, high in zip(lowest, reversed(highest), strict=True)]

    def _highest_leading_to(self, position: int, limit: int, gaps: frozenset[int]) -> int:
        """The highest position from which one step may lead to ``position`` or below it."""
        low, high = position, len(self.doses) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.lowest(middle, limit, gaps) <= position:
                low = middle
            else:
                high = middle - 1
        return low


def with_drop(drops: tuple[int, ...], drop: int) -> tuple[int, ...]:
    """The drops with one more, the largest first."""
    return tuple(sorted((*drops, drop), reverse=True))


def least_that(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The least number from ``low`` on for which ``holds``, which once true stays true; ``high`` is known to hold.

    It is mostly near ``low``, so ever larger strides come before halving.
    """
    stride = 1
    while low < high:
        tried = min(low + stride, high) - 1
        if holds(tried):
            high = tried
            break
        low, stride = tried + 1, stride * 2
    while low < high:
        tried = (low + high) // 2
        low, high = (low, tried) if holds(tried) else (tried + 1, high)
    return low


def least_bin(fall: int, unavoidable: tuple[int, ...], steps: int) -> int:
    """No plan with so many steps over the whole ``fall`` has a smaller bin: its largest drop is at least the mean of those
    that can be chosen."""
    chosen = steps - len(unavoidable)
    return -(-(fall - sum(unavoidable)) // (chosen * PER_POINT)) if chosen else 0


def solve(ladder: Ladder, ways_of: Callable[[int], Sequence[Way]]) -> Solution:
    """The best plan over the ladder's doses; ``ways_of`` gives the ways to make a dose (grid units) above zero.

    The start needs no way. Raises `ValueError` where a dose on the ladder has no way to be made.
    """
    gaps, shape = ladder.gaps, ladder.shape
    bands = ladder.bands(shape, gaps)
    limit = shape.bin * PER_POINT
    top = bands[0][0]
    level: list[_Node] = [_Node(top, ladder.effects[ladder.doses[top]], None, 0, 0, None)]
    for band in bands[1:]:
        level = _next_level(ladder, level, band, ways_of, limit, gaps)
    best = min(level, key=lambda node: (node.work, node.squares))
    return _trace(ladder, shape, best, gaps)


@dataclass(slots=True)
class _Node:
    """A dose made in one way, and the least cost of coming to it. ``work`` packs the handling of the whole path."""

    position: int
    effect: int
    way: Way | None
    work: int
    squares: int
    before: _Node | None
    intercept: int = field(init=False)

    def __post_init__(self) -> None:
        self.intercept = self.squares + self.effect * self.effect

    def squares_to(self, effect: int) -> int:
        """The sum of squares after one more step, to ``effect``."""
        return self.squares + (self.effect - effect) ** 2


def _next_level(
    ladder: Ladder,
    level: list[_Node],
    band: range,
    ways_of: Callable[[int], Sequence[Way]],
    limit: int,
    gaps: frozenset[int],
) -> list[_Node]:
    """The best nodes of the next band. ``level`` is in rising order of dose.

    Every dose of a band lies below all of the band before it, so what may lead to a dose is a
    run from the bottom of that band: as the dose rises the run only grows.
    """
    reached: list[_Node] = []
    runs: dict[frozenset[str], _Run] = {}
    taken = 0
    lows = {position: ladder.lowest(position, limit, gaps) for position in {n.position for n in level}}
    for position in band:
        while taken < len(level) and lows[level[taken].position] <= position:
            _join_run(runs, level[taken])
            taken += 1
        dose = ladder.doses[position]
        lightest = _lightest(runs)
        for way in worth_trying(ways_of(dose)) if dose else (None,):
            reached.append(_cheapest(ladder, lightest, position, way))
    if not reached:
        raise ValueError("a dose on the ladder has no way to be made")
    return reached


class _Run:
    """Nodes made from the same products with the least work so far, ready to give the evenest way on.

    What comes after costs ``squares + (effect - e)**2`` for an effect ``e`` that never falls from one question to
    the next. Written out, that is one line in ``e`` for each node, and nodes join in falling order of slope: the
    least of the lines is a lower envelope that can be walked once.
    """

    __slots__ = ("_at", "_nodes", "products", "work")

    def __init__(self, products: frozenset[str], work: int) -> None:
        self.products = products
        self.work = work
        self._nodes: list[_Node] = []
        self._at = 0

    def join(self, node: _Node) -> None:
        """Add a node whose effect is above all that have joined."""
        nodes = self._nodes
        while len(nodes) > 1 and _never_least(nodes[-2], nodes[-1], node):
            nodes.pop()
        nodes.append(node)
        self._at = min(self._at, len(nodes) - 1)

    def evenest(self, effect: int) -> tuple[int, _Node]:
        """The least sum of squares on the way to ``effect``, and the node it comes from; the higher dose among equals."""
        nodes, at = self._nodes, self._at
        best = nodes[at].squares_to(effect)
        while at + 1 < len(nodes) and (after := nodes[at + 1].squares_to(effect)) <= best:
            at, best = at + 1, after
        self._at = at
        return best, nodes[at]


def _never_least(before: _Node, middle: _Node, after: _Node) -> bool:
    """Whether ``middle`` is nowhere strictly below both its neighbours: where the outer two cross it has no part left."""
    left = (middle.intercept - before.intercept) * (after.effect - middle.effect)
    right = (after.intercept - middle.intercept) * (middle.effect - before.effect)
    return left >= right


def _join_run(runs: dict[frozenset[str], _Run], node: _Node) -> None:
    """Keep, for each set of products, only the nodes with the least work so far."""
    key = node.way.products if node.way else frozenset()
    run = runs.get(key)
    if run is None or node.work < run.work:
        run = runs[key] = _Run(key, node.work)
    if node.work == run.work:
        run.join(node)


def _lightest(runs: dict[frozenset[str], _Run]) -> list[_Run]:
    """The runs that could still win: the others are behind by more than changes of product can make up."""
    behind = min(run.work for run in runs.values()) + CHANGE * MOST_PRODUCTS
    return [run for run in runs.values() if run.work <= behind]


def _cheapest(ladder: Ladder, runs: Sequence[_Run], position: int, way: Way | None) -> _Node:
    """The node at ``position`` made in this ``way``, come to by the least work and then the evenest drops."""
    effect = ladder.effects[ladder.doses[position]]
    own = packed(way.handling) if way else 0
    totals = [run.work + own + CHANGE * changes(run.products, way) for run in runs]
    work = min(totals)
    best = [run.evenest(effect) for run, total in zip(runs, totals, strict=True) if total == work]
    squares, before = min(best, key=lambda pair: (pair[0], -pair[1].position))
    return _Node(position, effect, way, work, squares, before)


def _trace(ladder: Ladder, shape: Shape, last: _Node, gaps: frozenset[int]) -> Solution:
    nodes: list[_Node] = []
    node: _Node | None = last
    while node is not None:
        nodes.append(node)
        node = node.before
    nodes.reverse()
    over = frozenset(i for i, before in enumerate(nodes[:-1]) if before.position in gaps)
    doses = tuple(ladder.doses[n.position] for n in nodes[1:])
    return Solution(shape, doses, tuple(n.way for n in nodes[1:]), over, (last.work, last.squares))
