"""The same ladder given to OR-Tools' CP-SAT: fewest steps, then the least bin, then the least handling.

CP-SAT gets an easier question than the planner: the lightest way of each dose, without changes of product and without the last
criterion. Windows, effects and work are worked out before its clock starts.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from easeoff.pharmacology import PER_POINT
from easeoff.planning.solving.handling import Way
from easeoff.planning.solving.solver import Ladder

#: More pieces or draws than any plan has, so that one number compares products, then pieces, and so on.
_RADIX = 64
_SECONDS = 30.0


@dataclass(frozen=True)
class Question:
    """Doses by their place, the lowest place one step may lead to, effects without unavoidable drops, and work."""

    lowest: list[int]
    effects: list[int]
    work: list[int]


@dataclass(frozen=True)
class Answer:
    """Steps, bin, and the seconds it took; ``proved`` is false where time ran out."""

    steps: int
    bin: int
    seconds: float
    proved: bool


def question_of(ladder: Ladder, ways: Sequence[Sequence[Way]]) -> Question:
    """The planner's ladder as plain lists; ``ways`` by place."""
    gaps = ladder.gaps
    lowest = [ladder.lowest(place, None, gaps) for place in range(len(ladder.doses))]
    effects = [0]
    for place in range(1, len(ladder.doses)):
        rise = ladder.effects[ladder.doses[place]] - ladder.effects[ladder.doses[place - 1]]
        effects.append(effects[-1] + (0 if place in gaps else rise))
    work = [min((_packed(way) for way in found), default=0) for found in ways]
    return Question(lowest, effects, work)


def solve_with_cpsat(question: Question, workers: int = 2) -> Answer:
    """Three solves, each holding the one before."""
    began = time.perf_counter()
    most = _greedy_steps(question)
    steps, proved_steps = _least(question, most, None, "steps", workers)
    least, proved_bin = _least(question, steps, None, "bin", workers)
    _, proved_work = _least(question, steps, least, "work", workers)
    return Answer(steps, least, time.perf_counter() - began, proved_steps and proved_bin and proved_work)


def _packed(way: Way) -> int:
    work = 0
    for part in (way.handling.products, way.handling.pieces, way.handling.divided, way.handling.draws):
        work = work * _RADIX + part
    return work


def _greedy_steps(question: Question) -> int:
    place, steps = len(question.lowest) - 1, 0
    while place:
        place, steps = question.lowest[place], steps + 1
    return steps


def _least(
    question: Question, steps: int, bin_limit: int | None, what: str, workers: int
) -> tuple[int, bool]:
    model = cp_model.CpModel()
    top = len(question.lowest) - 1
    places = [model.new_constant(top)]
    largest = model.new_int_var(0, 100, "bin") if bin_limit is None else model.new_constant(bin_limit)
    heaviest = max(question.work)
    used, totals = [], []
    for number in range(steps):
        before, after = places[-1], model.new_int_var(0, top, f"place{number}")
        bound = model.new_int_var(0, top, f"lowest{number}")
        model.add_element(before, question.lowest, bound)
        model.add(after >= bound)
        going = model.new_bool_var(f"going{number}")
        model.add(after <= before - 1).only_enforce_if(going)
        model.add(before == 0).only_enforce_if(~going)
        model.add(after == 0).only_enforce_if(~going)
        upper = model.new_int_var(0, question.effects[-1], f"upper{number}")
        lower = model.new_int_var(0, question.effects[-1], f"lower{number}")
        model.add_element(before, question.effects, upper)
        model.add_element(after, question.effects, lower)
        model.add(upper - lower <= largest * PER_POINT)
        work = model.new_int_var(0, heaviest, f"work{number}")
        model.add_element(after, question.work, work)
        used.append(going)
        totals.append(work)
        places.append(after)
    model.add(places[-1] == 0)
    model.minimize({"steps": sum(used), "bin": largest, "work": sum(totals)}[what])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = _SECONDS
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return steps if what == "steps" else (bin_limit or 100), False
    return round(solver.objective_value), status == cp_model.OPTIMAL
