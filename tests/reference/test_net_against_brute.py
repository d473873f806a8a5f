"""Several intakes a day: the search over splits and every path written out must agree on every small case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from brute import Limits
from hypothesis import given, settings
from hypothesis import strategies as st
from ladders import MG, limits, rule_of

from easeoff.planning.solving.descent import Net
from easeoff.planning.solving.handling import Handling, Way
from easeoff.planning.solving.regimens import Split
from easeoff.planning.solving.solver import Ladder, Shape
from easeoff.planning.solving.unwinding import unwind


@dataclass(frozen=True)
class Case:
    """A few splits below today's, a goal among them or nothing, and limits."""

    splits: tuple[Split, ...]
    start: Split
    goal: int
    limits: Limits

    @property
    def net(self) -> Net:
        """The engine's net of these splits."""
        rule = rule_of(self.limits)
        totals = tuple(sum(split) for split in self.splits)
        ahead = Ladder(totals, sum(self.start), self.goal, rule).ahead()
        return Net.of(self.splits, self.start, self.goal, rule, ahead)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Two or three intakes with coarse doses, so that which one falls first matters."""
    start = tuple(draw(st.lists(st.integers(2, 8), min_size=2, max_size=3)))
    below = st.tuples(*(st.integers(0, dose) for dose in start)).filter(lambda s: 0 < sum(s) < sum(start))
    splits = draw(st.lists(below, min_size=1, max_size=9, unique=True))
    goal = draw(st.sampled_from([0, 0, sum(splits[0])]))
    return Case(tuple(splits), start, goal, draw(limits(sum(start))))


def paths(case: Case) -> Iterator[tuple[Split, ...]]:
    """Every way from today's split to the goal on which no intake rises."""
    nothing = (0,) * len(case.start)
    below = {s for s in (*case.splits, *([nothing] if case.goal == 0 else [])) if sum(s) >= case.goal}

    def onwards(path: tuple[Split, ...]) -> Iterator[tuple[Split, ...]]:
        if sum(path[-1]) == case.goal:
            yield path
            return
        for split in below - {path[-1]}:
            if all(b <= a for a, b in zip(path[-1], split, strict=True)):
                yield from onwards((*path, split))

    yield from onwards((case.start,))


def shape_of(case: Case, path: tuple[Split, ...]) -> tuple[tuple[int, ...], int, int]:
    """The drops over the limits, the steps and the largest other drop of one way, from the definitions."""
    over, within = [], [0]
    for upper, lower in pairwise(path):
        a, b = sum(upper), sum(lower)
        (within if case.limits.allows(a, b) else over).append(case.limits.drop(a, b))
    return tuple(sorted(over, reverse=True)), len(path) - 1, -(-max(within) // MG)


@pytest.mark.hazard("H-003", "H-011", "H-034")
@settings(max_examples=300, deadline=None)
@given(cases())
def test_the_net_finds_what_trying_every_path_finds(case: Case) -> None:
    found = min(shape_of(case, path) for path in paths(case))
    label = case.net.least
    assert (*label, case.net.bin(label, 0)) == found


@settings(max_examples=300, deadline=None)
@given(cases())
def test_the_way_that_is_kept_has_that_shape_and_no_intake_rises(case: Case) -> None:
    net = case.net
    label = net.least
    shape = Shape(label[0], label[1], net.bin(label, 0))
    one_way = [Way(frozenset({"tablet"}), Handling(1, 1, 0, 0))]
    solution, splits = unwind(net, net.settle(shape.bin, label), shape, lambda split: one_way)
    path = (case.start, *splits)
    assert path in set(paths(case))
    assert shape_of(case, path) == shape.rank
    assert solution.doses == tuple(sum(split) for split in splits)
    over = {i for i, (a, b) in enumerate(pairwise(path)) if not case.limits.allows(sum(a), sum(b))}
    assert solution.over == over
