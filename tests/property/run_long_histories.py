"""Random lives of plans in bulk: ``python tests/property/run_long_histories.py --count 100000 --workers 2 -o report.txt``.

Each life records a dozen things on days that go by, and every version is held against ``history_invariants.py``. A failing life is
named by its seed; ``--seed N`` runs that one alone and shows what was recorded.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from multiprocessing import Pool
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "reference")]

from histories import begun, happening, later, proposals, record  # noqa: E402
from history_invariants import check_file, check_version  # noqa: E402
from wishes import TODAY  # noqa: E402

from easeoff.documents import write_plan  # noqa: E402
from easeoff.proposing.following import Happening  # noqa: E402
from easeoff.quantities import EaseoffError  # noqa: E402

#: Things recorded in one life.
_EVENTS = 12
#: The seed, the states gone through, how often something was refused, and what failed (or nothing).
Result = tuple[int, tuple[str, ...], int, str]


def run_one(seed: int, log: list[Happening] | None = None) -> Result:
    """One life, checked after each thing that happens."""
    random, states, refused = Random(seed), [], 0
    proposal = random.choice(proposals())
    plan, today = begun(proposal, random.choice((0, 0, 0, 0, 30))), TODAY
    try:
        for _ in range(_EVENTS):
            today = later(today, random.choice)
            one = happening(plan, today, random.choice)
            if log is not None:
                log.append(one)
            before = write_plan(plan) if random.random() < 0.1 else ""
            try:
                followed = record(plan, one, today)
            except EaseoffError as problem:
                assert problem.message and problem.hint, "one sentence and a hint"
                refused += 1
                continue
            check_version(plan, followed, proposal, one, today)
            assert not before or write_plan(plan) == before, "the older version stays as it is"
            plan = followed.plan
            states.append(plan.status.value)
        check_file(plan)
    except Exception as error:
        first = str(error).splitlines()[0] if str(error) else ""
        return seed, tuple(states), refused, f"{type(error).__name__} {first}"
    return seed, tuple(states), refused, ""


def report(results: list[Result], seconds: float) -> str:
    """The run in figures, then every failure."""
    states = Counter(state for _, gone, _, _ in results for state in gone)
    failures = [(seed, failed) for seed, *_, failed in results if failed]
    lines = [
        f"{len(results)} lives in {seconds:.0f} s, {sum(states.values())} versions, {len(failures)} with a failure",
        "",
    ]
    lines += [f"  {count:8d}  {state}" for state, count in states.most_common()]
    lines += [f"  {sum(refused for _, _, refused, _ in results):8d}  refused in a sentence", ""]
    lines += [f"  seed {seed}: {failed}" for seed, failed in failures[:200]]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, help="run this one alone and show what was recorded")
    parser.add_argument("-o", "--output", type=Path)
    asked = parser.parse_args()
    if asked.seed is not None:
        log: list[Happening] = []
        result = run_one(asked.seed, log)
        print(*log, result, sep="\n")
        return int(bool(result[-1]))
    began, results = time.perf_counter(), []
    with Pool(asked.workers, maxtasksperchild=1000) as pool:
        for result in pool.imap_unordered(
            run_one, range(asked.first, asked.first + asked.count), chunksize=20
        ):
            results.append(result)
            if len(results) % 1000 == 0:
                print(
                    f"{len(results)} of {asked.count}, {time.perf_counter() - began:.0f} s", file=sys.stderr
                )
    text = report(sorted(results), time.perf_counter() - began)
    print(text)
    if asked.output:
        asked.output.write_text(text, encoding="utf-8")
    return int(any(failed for *_, failed in results))


if __name__ == "__main__":
    sys.exit(main())
