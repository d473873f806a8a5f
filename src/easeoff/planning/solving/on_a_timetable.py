"""The way down by a timetable with one kit: which doses it takes, and how each is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from easeoff.pharmacology import PER_POINT
from easeoff.planning.rules import StepRule
from easeoff.planning.solving.handling import Way, changes, packed
from easeoff.planning.solving.regimens import Regimens, Split
from easeoff.planning.solving.solved import Solved, with_portions
from easeoff.planning.solving.solver import Label, Shape, Solution
from easeoff.planning.solving.timetables import Timetable, TimetableDescent, follow

#: Kits that keep within so many parts of the start near to a timetable count as equally near. Project choice: finer differences are
#: not worth more products to take.
_BINS = 50


@dataclass(frozen=True)
class OnATimetable:
    """What one kit makes of a timetable. Of two kits the better has smaller unavoidable drops, then keeps nearer to the timetable."""

    followed: TimetableDescent
    regimens: Regimens
    start: int
    rule: StepRule

    @cached_property
    def drops(self) -> tuple[int, ...]:
        """The fall of each step, in millionths of a point."""
        path = (self.start, *(sum(split) for split in self.followed.splits))
        return tuple(self.rule.drop(a, b) for a, b in pairwise(path))

    @cached_property
    def label(self) -> Label:
        """The unavoidable drops, and how far above the timetable an average day is, in bins of 2 percent of the start."""
        over = sorted((self.drops[place] for place in self.followed.over), reverse=True)
        days = self.followed.waiting + sum(self.followed.days)
        return (tuple(over), self.followed.excess * _BINS // (max(days, 1) * self.start))

    @property
    def promise(self) -> Label:
        """The same: it is known at once."""
        return self.label

    @property
    def within_limit(self) -> bool:
        """Whether it keeps within the limits."""
        return not self.label[0]

    @property
    def steps(self) -> int:
        """How many steps it takes, the one to the goal included."""
        return len(self.followed.splits)

    @cached_property
    def shape(self) -> Shape:
        """What decides between kits before handling does: of the drops within the rule the last one, the others are the timetable's."""
        last = len(self.drops) - 1
        within = 0 if last in self.followed.over else self.drops[last]
        return Shape(self.label[0], self.steps, -(-within // PER_POINT))

    def solved(self) -> Solved:
        """The doses with their portions, each made with the least handling and the fewest changes of product."""
        followed = self.followed
        ways, work = _lightest(followed.splits, self.regimens)
        solution = Solution(
            self.shape,
            tuple(sum(split) for split in followed.splits),
            ways,
            frozenset(followed.over),
            (work, followed.excess),
            followed.days,
            followed.ideals,
            followed.waiting,
        )
        return with_portions(solution, followed.splits, self.regimens)


def on_a_timetable(
    timetable: Timetable,
    regimens: Regimens,
    splits: Iterable[Split] | None,
    starts: Sequence[int],
    rule: StepRule,
) -> OnATimetable | None:
    """The timetable over what ``regimens`` make; ``splits`` are the ways to share a day, ``None`` for one intake."""
    makeable = ((dose,) for dose in regimens.kit.doses) if splits is None else regimens.makeable(splits)
    followed = follow(timetable, makeable, tuple(starts), rule)
    return None if followed is None else OnATimetable(followed, regimens, sum(starts), rule)


def _lightest(splits: Sequence[Split], regimens: Regimens) -> tuple[tuple[Way | None, ...], int]:
    """For each dose the way with the least work after the one before it, and the work of all."""
    before: frozenset[str] = frozenset()
    ways: list[Way | None] = []
    total = 0
    for split in splits:
        if not sum(split):
            ways.append(None)
            continue
        way = min(regimens.ways(split), key=lambda w: (_work(before, w), sorted(w.products)))
        total += _work(before, way)
        ways.append(way)
        before = way.products
    return tuple(ways), total


def _work(before: frozenset[str], way: Way) -> int:
    """A change of product counts like a product more: doses that change every few days should not change their box, too."""
    handling = way.handling
    return packed(replace(handling, products=handling.products + changes(before, way)))
