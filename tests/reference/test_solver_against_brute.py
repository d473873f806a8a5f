"""The fast solver and the slow reference must agree on every small case, criterion by criterion."""

from __future__ import annotations

import os
from itertools import pairwise

import pytest
from brute import Limits, best_path, unavoidable_pairs
from hypothesis import given, settings
from hypothesis import strategies as st
from ladders import MG, Case, cases, limits, rule_of

from easeoff.planning.solving.solver import Ladder, solve

EXAMPLES = 20_000 if os.environ.get("EASEOFF_HYPOTHESIS_PROFILE") == "long" else 120
_RADIX = 1 << 40


def _unpacked(work: int) -> tuple[int, ...]:
    parts = []
    for _ in range(5):
        work, part = divmod(work, _RADIX)
        parts.append(part)
    return tuple(reversed(parts))


@pytest.mark.hazard("H-003", "H-011", "H-034")
@settings(max_examples=EXAMPLES, deadline=None)
@given(cases())
def test_the_solver_finds_what_trying_every_path_finds(case: Case) -> None:
    cost, _ = best_path(case.doses, case.made, case.limits)
    solution = solve(case.ladder, case.ways_of)
    assert solution.shape.unavoidable == cost.unavoidable
    assert (solution.shape.steps, solution.shape.bin) == (cost.steps, cost.bin)
    work, squares = solution.cost
    assert _unpacked(work) == (cost.products, cost.pieces, cost.divided, cost.changes, cost.draws)
    assert squares == cost.squares


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases())
def test_the_solver_marks_exactly_the_drops_that_nothing_avoids(case: Case) -> None:
    gaps = unavoidable_pairs(case.doses, case.limits)
    solution = solve(case.ladder, case.ways_of)
    path = (case.doses[-1], *solution.doses)
    assert path[-1] == case.doses[0]
    for number, step in enumerate(pairwise(path)):
        if number in solution.over:
            assert step in gaps
        else:
            assert case.limits.allows(*step)
    assert {(path[i], path[i + 1]) for i in solution.over} == gaps


@pytest.mark.hazard("H-011")
@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_a_step_is_allowed_by_the_rule_exactly_where_every_limit_allows_it(data: st.DataObject) -> None:
    start = data.draw(st.integers(2, 60) | st.integers(2, 300 * MG))
    found = data.draw(limits(start))
    rule = rule_of(found)
    upper = data.draw(st.just(start) | st.integers(1, start))
    floor = rule.floor(upper)
    near = st.sampled_from([floor - 1, floor, floor + 1, 0, upper - 1])
    lower = data.draw(near.filter(lambda d: 0 <= d < upper) | st.integers(0, upper - 1))
    assert rule.allows(upper, lower) == found.allows(upper, lower)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_a_higher_dose_never_leads_lower_in_one_step_than_a_lower_dose_does(data: st.DataObject) -> None:
    start = data.draw(st.integers(2, 60) | st.integers(2, 300 * MG))
    rule = rule_of(data.draw(limits(start)))
    a, b = sorted(data.draw(st.tuples(st.integers(0, start), st.integers(0, start))))
    assert rule.floor(a) <= rule.floor(b)


def test_a_drop_that_cannot_be_avoided_is_taken_between_neighbours_and_the_rest_keeps_within_limits() -> None:
    # 100, 90, 80 then nothing until 10: only 80 -> 10 and 10 -> 0 are over 10 points.
    found = Limits(100, amount=10)
    doses = (0, 8, 80, 85, 90, 95, 100)
    ladder = Ladder(doses, 100, 0, rule_of(found))
    assert ladder.shape.unavoidable == (72 * MG,)
    assert unavoidable_pairs(doses, found) == {(80, 8)}
