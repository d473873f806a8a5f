"""The best plan of one kit for several intakes a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from easeoff.planning.rules import StepRule
from easeoff.planning.solving.descent import Net, Settled
from easeoff.planning.solving.regimens import Regimens, Split
from easeoff.planning.solving.solved import Solved, with_portions
from easeoff.planning.solving.solver import Label, Ladder, Shape
from easeoff.planning.solving.unwinding import unwind


@dataclass(frozen=True)
class Descent:
    """The best way over some splits, whatever makes them. ``bound`` is what it would be if intakes might rise: no way is better."""

    bound: Shape
    net: Net

    @cached_property
    def shape(self) -> Shape:
        """What decides between kits before handling does."""
        drops, steps = label = self.net.least
        low = self.bound.bin if label == self.bound.label else 0
        return Shape(drops, steps, self.net.bin(label, low))

    @cached_property
    def settled(self) -> Settled:
        """The splits that ways of this shape may use."""
        return self.net.settle(self.shape.bin, self.shape.label)


#: What was worked out for a start, a goal and a rule, by the splits that can be made: kits that make the same share it.
Descents = dict[frozenset[Split], Descent]


@dataclass(frozen=True)
class Shared:
    """The best way over the splits of one kit."""

    descent: Descent
    regimens: Regimens

    @property
    def promise(self) -> Label:
        """What no way of this kit costs less than; quick to tell."""
        return self.descent.bound.label

    @property
    def label(self) -> Label:
        """The unavoidable drops and the steps."""
        return self.descent.net.least

    @property
    def within_limit(self) -> bool:
        """Whether some way keeps within the limits; quicker to tell than the label."""
        return self.descent.net.least_within is not None

    @property
    def steps(self) -> int:
        """How many steps it takes, the one to the goal included."""
        return self.label[1]

    @property
    def shape(self) -> Shape:
        """What decides between kits before handling does."""
        return self.descent.shape

    def solved(self) -> Solved:
        """The way that is kept, with its portions."""
        descent = self.descent
        solution, splits = unwind(descent.net, descent.settled, descent.shape, self.regimens.lightest_ways)
        return with_portions(solution, splits, self.regimens)


def share(
    regimens: Regimens,
    splits: Iterable[Split],
    starts: Sequence[int],
    goal: int,
    rule: StepRule,
    known: Descents,
) -> Shared | None:
    """The best way over those of ``splits`` that can be made; ``None`` where none of them is the goal.

    ``known`` is what was worked out before for this start, goal and rule, and takes what is worked out now.
    """
    made = frozenset(regimens.makeable(splits))
    if made not in known:
        totals = {sum(split) for split in made}
        if goal and goal not in totals:
            return None
        ladder = Ladder(tuple(totals), sum(starts), goal, rule)
        known[made] = Descent(ladder.shape, Net.of(made, tuple(starts), goal, rule, ladder.ahead()))
    return Shared(known[made], regimens)
