"""On ladders too long to try every path, a general solver must find the same: steps, then bin, then handling."""

from __future__ import annotations

import os
from collections.abc import Sequence
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from brute import HowMade, Limits
from ladders import MG, Case, rule_of
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from easeoff.planning.solving.solver import solve

SEEDS = range(400) if os.environ.get("EASEOFF_HYPOTHESIS_PROFILE") == "long" else range(8)
_RADIX = 1 << 40

#: A dose, by its place on the ladder, made in one of its ways.
Node = tuple[int, int]


def random_case(seed: int) -> Case:
    """60 to 150 doses with one or two ways each, under the limits of one of the methods."""
    random = Random(seed)
    start = random.choice([20, 60, 100, 225]) * MG
    count = random.randint(60, 150)
    step = start // random.choice([200, 400, 1000])
    doses = tuple(sorted({0, start} | {random.randrange(step, start, step) for _ in range(count)}))
    limits = random.choice(
        [
            Limits(start, ed50=start // 11, points=Fraction(5), cap=Fraction(1, 4), cap_above=start // 11,
                   first_cut=Fraction(15, 100)),
            Limits(start, ed50=start // 3, points=Fraction(10), cap=Fraction(1, 5), cap_above=start // 3),
            Limits(start, cap=Fraction(1, 4), cap_above=start // 10, tail=start // 20),
            Limits(start, amount=start // 12, first_cut=Fraction(1, 10)),
        ]
    )  # fmt: skip
    sets = [frozenset(s) for s in (["25"], ["50"], ["liquid"], ["25", "liquid"], ["50", "25"])]
    made = {
        dose: tuple(
            HowMade(products, random.randint(0, 3), random.randint(0, 1), random.randint(0, 1))
            for products in random.sample(sets, random.randint(1, 2))
        )
        for dose in doses
        if dose
    }
    return Case(doses, made, limits, rule_of(limits))


class Network:
    """Every allowed step between doses made in their ways, as arcs of a 0/1 programme with one unit of flow."""

    def __init__(self, case: Case) -> None:
        self.case = case
        doses, limits = case.doses, case.limits
        crossing = [-1] * len(doses)
        pairs = []
        for upper in range(len(doses) - 1, 0, -1):
            allowed = [low for low in range(upper) if limits.allows(doses[upper], doses[low])]
            pairs += [(upper, low, False) for low in allowed]
            for between in range(min(allowed, default=upper) + 1, upper + 1):
                crossing[between] = 1
        pairs += [(upper, upper - 1, True) for upper in range(1, len(doses)) if crossing[upper] < 0]
        self.top = len(doses) - 1
        self.arcs: list[tuple[Node, Node, bool]] = [
            ((a, i), (b, j), gap)
            for a, b, gap in pairs
            for i in range(self._ways(a))
            for j in range(self._ways(b))
        ]
        self.rows: list[tuple[np.ndarray, float, float]] = []

    def _ways(self, place: int) -> int:
        return 1 if place in {0, self.top} else len(self.case.made[self.case.doses[place]])

    def bin(self, arc: tuple[Node, Node, bool]) -> int:
        """The drop in points rounded up, nothing for a drop that cannot be avoided."""
        (a, _), (b, _), gap = arc
        doses = self.case.doses
        return 0 if gap else -(-self.case.limits.drop(doses[a], doses[b]) // MG)

    def way(self, node: Node) -> HowMade | None:
        """How this dose is made; ``None`` for the start and for nothing."""
        place, number = node
        dose = self.case.doses[place]
        return None if place == self.top or not dose else self.case.made[dose][number]

    def least(self, cost: Sequence[float], extra: bool = False) -> int:
        """The least total of ``cost``; with ``extra`` one more column stands for the largest bin on the path."""
        columns = len(self.arcs) + extra
        nodes = sorted({node for a, b, _ in self.arcs for node in (a, b)})
        index = {node: n for n, node in enumerate(nodes)}
        row, column, value = [], [], []
        for number, (a, b, _) in enumerate(self.arcs):
            row += [index[a], index[b]]
            column += [number, number]
            value += [1.0, -1.0]
        flow = csr_array((value, (row, column)), shape=(len(nodes), columns))
        balance = np.zeros(len(nodes))
        balance[index[(self.top, 0)]] = 1
        balance[index[(0, 0)]] = -1
        constraints = [LinearConstraint(flow, balance, balance)]
        if extra:
            bins = np.array([self.bin(arc) for arc in self.arcs], float)
            rows = [index[a] for a, _, _ in self.arcs] + list(range(len(nodes)))
            places = [*range(len(self.arcs)), *[len(self.arcs)] * len(nodes)]
            values = np.concatenate([bins, -np.ones(len(nodes))])
            largest = csr_array((values, (rows, places)), shape=(len(nodes), columns))
            constraints.append(LinearConstraint(largest, -np.inf, 0))
        for coefficients, low, high in self.rows:
            padded = np.append(coefficients, [0.0] * extra)
            constraints.append(LinearConstraint(padded[None, :], low, high))
        upper = np.ones(columns)
        if extra:
            upper[-1] = 200
        found = milp(
            np.asarray(cost, float),
            integrality=np.ones(columns),
            bounds=Bounds(0, upper),
            constraints=constraints,
        )
        assert found.success, found.message
        return round(found.fun)

    def fix(self, cost: Sequence[float], value: int) -> None:
        """Hold one total at its least while the next is sought."""
        self.rows.append((np.asarray(cost, float), value, value))


def _handling(network: Network) -> dict[str, list[float]]:
    work: dict[str, list[float]] = {
        name: [] for name in ("products", "pieces", "divided", "changes", "draws")
    }
    for a, b, _ in network.arcs:
        before, way = network.way(a), network.way(b)
        work["products"].append(len(way.products) if way else 0)
        work["pieces"].append(way.pieces if way else 0)
        work["divided"].append(way.divided if way else 0)
        work["changes"].append(len(way.products - before.products) if way and before else 0)
        work["draws"].append(way.draws if way else 0)
    return work


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_general_solver_finds_no_shorter_evener_or_easier_plan(seed: int) -> None:
    case = random_case(seed)
    solution = solve(case.ladder, case.ways_of)
    network = Network(case)
    steps = [1.0] * len(network.arcs)
    fewest = network.least(steps)
    assert solution.shape.steps == fewest
    network.fix(steps, fewest)
    largest = network.least([*[0.0] * len(steps), 1.0], extra=True)
    assert solution.shape.bin == largest
    network.fix([float(network.bin(arc) > largest) for arc in network.arcs], 0)
    found = []
    for cost in _handling(network).values():
        found.append(network.least(cost))
        network.fix(cost, found[-1])
    work, _ = solution.cost
    assert found == [(work >> (40 * place)) % _RADIX for place in (4, 3, 2, 1, 0)]
