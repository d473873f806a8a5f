"""The way down by a course with one kit: which doses it takes, and how each is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from easeoff.pharmacology import PER_POINT
from easeoff.planning.courses import Course, Followed, follow
from easeoff.planning.handling import CHANGE, Way, changes, packed, worth_trying
from easeoff.planning.kits import Kit
from easeoff.planning.regimens import Regimens, Split
from easeoff.planning.rules import StepRule
from easeoff.planning.solved import Solved, with_portions
from easeoff.planning.solver import Label, Shape, Solution


@dataclass(frozen=True)
class OnACourse:
    """What one kit makes of a course. Of two kits the better has smaller unavoidable drops, then keeps nearer to the course."""

    followed: Followed
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
        """The unavoidable drops, and how far above the course the days are."""
        over = sorted((self.drops[place] for place in self.followed.over), reverse=True)
        return (tuple(over), self.followed.excess)

    @property
    def promise(self) -> Label:
        """The same: it is known at once."""
        return self.label

    @property
    def steps(self) -> int:
        """How many steps it takes, the one to the goal included."""
        return len(self.followed.splits)

    @cached_property
    def shape(self) -> Shape:
        """What decides between kits before handling does."""
        within = [drop for place, drop in enumerate(self.drops) if place not in self.followed.over]
        return Shape(self.label[0], self.steps, -(-max(within, default=0) // PER_POINT))

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


def on_a_course(
    course: Course, kit: Kit, splits: Iterable[Split] | None, starts: Sequence[int], rule: StepRule
) -> OnACourse | None:
    """The course over what ``kit`` makes; ``splits`` are the ways to share a day, ``None`` for one intake."""
    regimens = Regimens(kit)
    makeable = (
        ((dose,) for dose in kit.doses) if splits is None else (s for s in splits if regimens.can_make(s))
    )
    followed = follow(course, makeable, tuple(starts), rule)
    return None if followed is None else OnACourse(followed, regimens, sum(starts), rule)


def _lightest(splits: Sequence[Split], regimens: Regimens) -> tuple[tuple[Way | None, ...], int]:
    """For each dose the way with the least work after the one before it, and the work of all."""
    before: frozenset[str] = frozenset()
    ways: list[Way | None] = []
    total = 0
    for split in splits:
        if not sum(split):
            ways.append(None)
            continue
        possible = worth_trying(regimens.ways(split))
        way = min(
            possible,
            key=lambda w: (packed(w.handling) + CHANGE * changes(before, w), sorted(w.products)),
        )
        total += packed(way.handling) + CHANGE * changes(before, way)
        ways.append(way)
        before = way.products
    return tuple(ways), total
