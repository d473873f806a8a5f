"""The best plan of one kit for several intakes a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from easeoff.planning.rules import StepRule
from easeoff.planning.solving.descent import Net
from easeoff.planning.solving.regimens import Regimens, Split
from easeoff.planning.solving.solved import Solved, with_portions
from easeoff.planning.solving.solver import Label, Ladder, Shape
from easeoff.planning.solving.unwinding import unwind


@dataclass(frozen=True)
class Shared:
    """The best way over the splits of one kit. ``bound`` is what it would be if intakes might rise: no way is better."""

    bound: Shape
    net: Net
    regimens: Regimens

    @property
    def promise(self) -> Label:
        """What no way of this kit costs less than; quick to tell."""
        return self.bound.label

    @cached_property
    def label(self) -> Label:
        """The unavoidable drops and the steps."""
        return self.net.least()

    @property
    def steps(self) -> int:
        """How many steps it takes, the one to the goal included."""
        return self.label[1]

    @cached_property
    def shape(self) -> Shape:
        """What decides between kits before handling does."""
        low = self.bound.bin if self.label == self.bound.label else 0
        return Shape(self.label[0], self.label[1], self.net.bin(self.label, low))

    def solved(self) -> Solved:
        """The way that is kept, with its portions."""
        settled = self.net.settle(self.shape.bin, self.label)
        solution, splits = unwind(self.net, settled, self.shape, self.regimens.lightest_ways)
        return with_portions(solution, splits, self.regimens)


def share(
    regimens: Regimens, splits: Iterable[Split], starts: Sequence[int], goal: int, rule: StepRule
) -> Shared | None:
    """The best way over those of ``splits`` that can be made; ``None`` where none of them is the goal."""
    made = regimens.makeable(splits)
    totals = {sum(split) for split in made}
    if goal and goal not in totals:
        return None
    ladder = Ladder(tuple(totals), sum(starts), goal, rule)
    return Shared(ladder.shape, Net.of(made, tuple(starts), goal, rule, ladder.ahead()), regimens)
