"""How fast a plan is found, against what was promised and against CP-SAT: ``python benchmarks/plan.py [--quick]``.

Times are of one process, warm: product records and paces are loaded before the clock starts.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from cases import Case, cases, cases_by_time_of_day
from cpsat import question_of, solve_with_cpsat

from easeoff.medicines import load_formulary
from easeoff.pharmacology import Occupancy
from easeoff.planning.request import TaperRequest
from easeoff.planning.rules import StepRule
from easeoff.planning.solving.handling import Handling, Way
from easeoff.planning.solving.search import OnALadder
from easeoff.planning.solving.solver import Ladder, solve
from easeoff.proposing import plan_taper
from easeoff.proposing.situation import understand
from easeoff.safety import open_questions, review, screen

MG = 10**6
#: Promised: milliseconds at the median, with remedies at the worst, times faster than CP-SAT, and megabytes.
MEDIAN_MS, WORST_MS, TIMES_FASTER, MEGABYTES = 10, 250, 20, 120
_REPEATS = 3
#: Runs the command in its arguments and prints the largest size of that process in kilobytes.
_PEAK = """
import resource, subprocess, sys
ended = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(ended not in (0, 1) and f"{ended}")
"""


def best_of(run: Callable[[], object], repeats: int = _REPEATS) -> float:
    """The shortest of some runs, in seconds."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return min(times)


def proposals(what: str, every: list[Case]) -> None:
    """Time to a checked proposal; those not within their limits work out remedies too."""
    rows = []
    for case in every:
        found = plan_taper(case.request)
        rows.append((best_of(lambda r=case.request: plan_taper(r)) * 1000, bool(found.remedies), case.name))
    remedied = [ms for ms, with_remedies, _ in rows if with_remedies]
    print(f"A checked proposal, {len(rows)} cases {what} ({len(remedied)} with remedies)")
    print(f"    median of all {statistics.median(ms for ms, _, _ in rows):24.1f} ms")
    if remedied:
        _row("median with remedies", statistics.median(remedied), WORST_MS, "ms")
        _row("worst with remedies", max(remedied), WORST_MS, "ms")
    for ms, _, name in sorted(rows, reverse=True)[:5]:
        print(f"    {ms:8.1f} ms  {name}")


def plans(every: list[Case]) -> None:
    """Time from a request to its checked plan, before it is asked what else would help."""
    times = [best_of(lambda r=case.request: _plan_of(r)) * 1000 for case in every]
    print(f"A checked plan alone, the same {len(times)} cases")
    _row("median", statistics.median(times), MEDIAN_MS, "ms")
    _row("worst", max(times), WORST_MS, "ms")


def _plan_of(request: TaperRequest) -> None:
    formulary = load_formulary(request.medicine, request.country)
    screen(formulary, request)
    situation = understand(formulary, request, questions_open=bool(open_questions(formulary, request)))
    approach = situation.approach(situation.at_hand)
    goal = situation.goal(situation.at_hand, approach) or 0
    solved = situation.search(approach, goal).solution(situation.at_hand)
    if solved is not None:
        review(formulary, request, situation.plan(approach, goal, solved))


def growth(sizes: list[int]) -> None:
    """The solver alone, over ladders of evenly spread doses made in three ways each."""
    print("The solver alone, by the number of doses that can be made")
    for size in sizes:
        ladder, ways_of = _synthetic(size)
        ladder_of = _fresh(ladder)
        seconds = best_of(lambda make=ladder_of, ways=ways_of: solve(make(), ways))
        print(
            f"    {size:6d} doses  {seconds * 1000:8.1f} ms  {solve(ladder_of(), ways_of).shape.steps} steps"
        )


def against_cpsat(every: list[Case]) -> None:
    """The same ladders given to both; CP-SAT without changes of product and without the last criterion."""
    print("Against CP-SAT on the same ladders (steps, then bin, then handling)")
    rows = []
    for case in every:
        pair = _ladder_of(case)
        if pair is None:
            continue
        ladder, ways_of = pair
        solution = solve(ladder, ways_of)
        fresh = _fresh(ladder)
        ours = best_of(lambda make=fresh, ways=ways_of: solve(make(), ways))
        ways = [ways_of(dose) if 0 < dose < ladder.doses[-1] else () for dose in ladder.doses]
        theirs = solve_with_cpsat(question_of(ladder, ways))
        same = (theirs.steps, theirs.bin) == (solution.shape.steps, solution.shape.bin)
        rows.append(
            (theirs.seconds / ours, ours, theirs.seconds, len(ladder.doses), theirs.proved, same, case.name)
        )
    ratios = [row[0] for row in rows]
    _row("times faster at the median", statistics.median(ratios), TIMES_FASTER, "x", higher=True)
    _row("times faster at the worst", min(ratios), TIMES_FASTER, "x", higher=True)
    print(
        f"    ours {statistics.median(r[1] for r in rows) * 1000:.1f} ms, CP-SAT {statistics.median(r[2] for r in rows) * 1000:.0f} ms at the median"
    )
    print(
        f"    CP-SAT ran out of time in {sum(not r[4] for r in rows)} of {len(rows)}; of the others {sum(r[4] and not r[5] for r in rows)} differ"
    )
    for ratio, ours, theirs, doses, proved, same, name in sorted(rows)[:3]:
        note = "" if proved and same else "  (out of time)" if not proved else "  (DIFFERS)"
        print(
            f"    {ratio:8.0f} x  {ours * 1000:7.1f} ms  {theirs * 1000:8.0f} ms  {doses:5d} doses  {name}{note}"
        )


def memory() -> None:
    """Peak memory of the command in its own process."""
    command = Path(sys.executable).with_name("easeoff")
    if not command.exists():
        print("Peak memory: the command is not installed")
        return
    # A child starts with the largest size its parent has had, so a small process of its own asks for the figure.
    done = subprocess.run(
        [sys.executable, "-S", "-c", _PEAK, str(command), "plan", "sertraline 100 mg", "--country", "GB"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        print(f"Peak memory: the command ended with {done.stderr}")
        return
    print("The command `easeoff plan` in its own process")
    _row("peak memory", int(done.stdout) / 1024, MEGABYTES, "MB")


def _row(what: str, value: float, target: float, unit: str, *, higher: bool = False) -> None:
    kept = value >= target if higher else value <= target
    print(f"    {what:28s} {value:9.1f} {unit:3s} {'kept' if kept else 'MISSED'} (promised {target} {unit})")


def _synthetic(size: int) -> tuple[Ladder, Callable[[int], tuple[Way, ...]]]:
    start = 100 * MG
    rule = StepRule(Occupancy(9 * MG, start), start, effect_drop=5 * MG, cap=Fraction(1, 4), cap_above=9 * MG)
    sets = [frozenset({"25"}), frozenset({"liquid"}), frozenset({"25", "liquid"})]

    def ways_of(dose: int) -> tuple[Way, ...]:
        return tuple(Way(s, Handling(len(s), dose // (25 * MG) + i, i % 2, i)) for i, s in enumerate(sets))

    return Ladder([start * n // size for n in range(1, size)], start, 0, rule), ways_of


def _fresh(ladder: Ladder) -> Callable[[], Ladder]:
    """The same ladder with nothing remembered."""
    return lambda: Ladder(ladder.doses, ladder.doses[-1], ladder.doses[0], ladder.rule)


def _ladder_of(case: Case) -> tuple[Ladder, Callable[[int], tuple[Way, ...]]] | None:
    formulary = plan_taper(case.request).formulary
    questions = open_questions(formulary, case.request)
    situation = understand(formulary, case.request, questions_open=bool(questions))
    approach = situation.approach(situation.at_hand)
    found = situation.search(approach, 0).best(situation.at_hand)
    if not isinstance(found, OnALadder):
        return None
    known = {dose: found.regimens.ways((dose,)) for dose in found.ladder.doses[1:-1]}
    return found.ladder, known.__getitem__


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast a plan is found.")
    parser.add_argument("--quick", action="store_true", help="a few cases and no long ladders")
    asked = parser.parse_args()
    every = list(cases())
    if asked.quick:
        every = every[::5]
    memory()
    plans(every)
    proposals("taken once a day", every)
    by_time_of_day = list(cases_by_time_of_day())
    proposals("taken two or three times a day", by_time_of_day[::6] if asked.quick else by_time_of_day)
    growth([100, 1000] if asked.quick else [100, 300, 1000, 3000, 10_000])
    against_cpsat(every)


if __name__ == "__main__":
    main()
