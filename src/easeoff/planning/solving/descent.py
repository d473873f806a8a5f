"""The best way down through splits of the day, none of whose intakes ever rises.

With one intake a day the doses lie on a line and `easeoff.planning.solving.solver` walks it. With several, a split may only be followed
by one that is nowhere higher, so the splits are joined as in a net. Every split gets the least cost of coming to it: first the
drops over the limits (the largest first), then the steps. Both only grow on the way down, so splits are settled in the order of
that cost, as on a map of roads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import le
from typing import NamedTuple

from easeoff.pharmacology import PER_POINT
from easeoff.planning.rules import StepRule
from easeoff.planning.solving.regimens import Split
from easeoff.planning.solving.solver import Label, least_bin, least_that, with_drop

#: Where something cannot be kept within the limits, drops over them of up to four points are tried first, then twice as large ones.
_FIRST_TRIED = 4 * PER_POINT


@dataclass(frozen=True, slots=True)
class Settled:
    """The splits in the order they were settled, those of equal cost together, the last group holding the goal.

    Numbers are positions in `Net.splits`.
    """

    groups: tuple[tuple[Label, tuple[int, ...]], ...]

    @property
    def label(self) -> Label:
        """The cost of coming to the goal."""
        return self.groups[-1][0]


@dataclass
class Net:
    """Splits from today's down to the goal, the highest first, and the rule that joins them.

    ``ahead`` is for each total the least that the rest of the way could cost if intakes might rise; it keeps the search
    from looking where nothing can be won.
    """

    splits: tuple[Split, ...]
    goal: int
    rule: StepRule
    ahead: Mapping[int, Label]
    totals: tuple[int, ...] = field(init=False)

    @classmethod
    def of(
        cls, splits: Iterable[Split], start: Split, goal: int, rule: StepRule, ahead: Mapping[int, Label]
    ) -> Net:
        """The net of these splits; the goal, where it is not zero, is among their totals."""
        today = sum(start)
        below = {split for split in splits if goal <= sum(split) < today}
        if goal == 0:
            below.add((0,) * len(start))
        return cls((start, *sorted(below, key=lambda split: (-sum(split), split))), goal, rule, ahead)

    def __post_init__(self) -> None:
        self.totals = tuple(sum(split) for split in self.splits)

    def effect(self, total: int) -> int:
        """The effect of a day's total."""
        return self.rule.effects[total]

    def floor(self, total: int, limit: int | None = None) -> int:
        """The lowest total that one step may lead to, with no drop over ``limit`` where one is given."""
        floor = self.rule.floors[total]
        if limit is None:
            return floor
        return max(floor, self.rule.scale.lowest_dose(self.effect(total) - limit))

    def drop(self, upper: int, lower: int) -> int:
        """The fall in effect between two splits."""
        return self.effect(self.totals[upper]) - self.effect(self.totals[lower])

    def costs_from(self, upper: int, limit: int | None) -> Callable[[int], tuple[int, ...] | None]:
        """For a split below ``upper`` the drops over the rule that one step there takes, none or one; ``None`` where it may not be taken."""
        split, total = self.splits[upper], self.totals[upper]
        within, allowed = self.floor(total, limit), self.floor(total)

        def cost(lower: int) -> tuple[int, ...] | None:
            total = self.totals[lower]
            if allowed <= total < within or not all(map(le, self.splits[lower], split)):
                return None
            return () if total >= within else (self.drop(upper, lower),)

        return cost

    @cached_property
    def least_within(self) -> Label | None:
        """The cost of the best way down by steps within the rule, ``None`` where there is none: quicker to tell than `least`."""
        # Where even intakes that might rise could not keep within the limits, neither can these.
        if self.ahead[self.totals[0]][0]:
            return None
        settled = _Settling(self, None, None, largest=0, deepest_first=True).run()
        return None if settled is None else settled.label

    @cached_property
    def least(self) -> Label:
        """The cost of the best way down: the unavoidable drops and the steps."""
        if self.least_within is not None:
            return self.least_within
        # A way whose largest drop is smaller is better, whatever else it does: small ones are tried first, which is quicker.
        whole, known = self.drop(0, len(self.splits) - 1), self.ahead[self.totals[0]][0]
        largest = known[0] if known else _FIRST_TRIED
        while (settled := _Settling(self, None, None, largest=largest, deepest_first=True).run()) is None:
            assert largest < whole, "a drop over the limits leads anywhere below"
            largest = min(2 * largest, whole)
        return settled.label

    def bin(self, label: Label, low: int) -> int:
        """The least largest drop, in whole points, of the ways down that cost ``label``; at least ``low``."""
        whole = self.drop(0, len(self.splits) - 1)
        low = max(low, least_bin(whole, *label))
        return least_that(lambda points: self.keeps(points, label), low, -(-whole // PER_POINT))

    def keeps(self, bin: int, label: Label) -> bool:
        """Whether some way down costs ``label`` with no drop within the rule of more than ``bin`` points."""
        return self._run(bin * PER_POINT, label, deepest_first=True) is not None

    def settle(self, bin: int, label: Label) -> Settled:
        """Every split on the ways down that cost ``label`` with no drop within the rule of more than ``bin`` points."""
        settled = self._run(bin * PER_POINT, label, deepest_first=False)
        assert settled is not None, "there is such a way"
        return settled

    def _run(self, limit: int, at_most: Label, *, deepest_first: bool) -> Settled | None:
        # No drop over the rule may be larger than the largest that is known to do.
        largest = max(at_most[0], default=0)
        return _Settling(self, limit, at_most, largest=largest, deepest_first=deepest_first).run()


class _Offer(NamedTuple):
    """What a split can be come to for, and in which order it is settled."""

    first: Label
    then: int
    label: Label


class _Upper(NamedTuple):
    """A split that steps lead from: how low with no drop over the limit of the run, and how low by the rule alone."""

    total: int
    within: int
    allowed: int
    split: Split


class _Settling:
    """One run over the net. Drops over the rule are taken up to ``largest``; zero for none, which is quickest.

    Splits are settled cheapest first; or, ``deepest_first``, those through which the whole way could still be cheapest, and of
    these the ones furthest down, which is the quickest way to some way down.
    """

    def __init__(
        self, net: Net, limit: int | None, at_most: Label | None, *, largest: int, deepest_first: bool
    ) -> None:
        self._net = net
        self._limit = limit
        self._at_most = at_most
        self._largest = largest
        self._deepest_first = deepest_first
        self._waiting = list(range(1, len(net.splits)))
        self._offers: dict[int, _Offer] = {}

    def run(self) -> Settled | None:
        """The groups up to the goal's, or ``None``."""
        label: Label = ((), 0)
        group: tuple[int, ...] = (0,)
        groups = [(label, group)]
        while self._net.totals[group[-1]] > self._net.goal:
            self._offer(group, label)
            if not self._offers:
                return None
            best = min(self._offers.values())
            label = best.label
            group = tuple(sorted(p for p, offered in self._offers.items() if offered == best))
            groups.append((label, group))
            for position in group:
                del self._offers[position]
            settled = set(group)
            self._waiting = [p for p in self._waiting if p not in settled]
        return Settled(tuple(groups))

    def _offer(self, group: Sequence[int], label: Label) -> None:
        """What one more step from this group leads to. The lowest of the group that leads to a split leads best:
        the rule allows more from there, and the drop is smaller."""
        net = self._net
        rising = [self._upper(p) for p in reversed(group)]
        lowest = self._lowest(rising[0].total, rising[0].within)
        plain: Label = (label[0], label[1] + 1)
        bounded = self._at_most is not None
        above = len(rising)
        for position in self._waiting:
            total = net.totals[position]
            if total < lowest:
                break
            # Totals fall as positions rise, so whatever lay above the one before lies above this one.
            while above and rising[above - 1].total > total:
                above -= 1
            known = self._offers.get(position)
            if known is not None and known.label <= plain:
                continue
            if bounded and not self._promising(plain, total):
                continue
            offered = self._best(rising, above, net.splits[position], total, plain)
            if offered is None or (known is not None and known.label <= offered):
                continue
            if offered is plain or not bounded or self._promising(offered, total):
                self._offers[position] = self._ordered(offered, total)

    def _ordered(self, label: Label, total: int) -> _Offer:
        if not self._deepest_first:
            return _Offer(label, 0, label)
        return _Offer(self._whole(label, total), -label[1], label)

    def _whole(self, label: Label, total: int) -> Label:
        """The least that a way through here could cost."""
        drops, steps = self._net.ahead[total]
        both = tuple(sorted((*label[0], *drops), reverse=True)) if drops and label[0] else label[0] or drops
        return (both, label[1] + steps)

    def _lowest(self, total: int, floor: int) -> int:
        """The lowest total worth a look from a group whose lowest this is."""
        if not self._largest:
            return floor
        return min(floor, self._net.rule.scale.lowest_dose(self._net.effect(total) - self._largest))

    def _promising(self, label: Label, total: int) -> bool:
        """Whether the way through here could cost no more than asked."""
        return self._at_most is None or self._whole(label, total) <= self._at_most

    def _upper(self, position: int) -> _Upper:
        net, total = self._net, self._net.totals[position]
        return _Upper(total, net.floor(total, self._limit), net.floor(total), net.splits[position])

    def _best(
        self, rising: Sequence[_Upper], above: int, split: Split, total: int, plain: Label
    ) -> Label | None:
        """The least label that one step from this group, from its places ``above`` on, gives; ``plain`` is that of a step within the limits."""
        for place in range(above, len(rising)):
            upper_total, within, allowed, upper = rising[place]
            if within > total and not self._largest:
                return None
            if not all(map(le, split, upper)):
                continue
            if within <= total:
                return plain
            if allowed > total:
                drop = self._net.effect(upper_total) - self._net.effect(total)
                # From a split further up it would be larger still.
                return (with_drop(plain[0], drop), plain[1]) if drop <= self._largest else None
        return None
