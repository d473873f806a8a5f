"""Random requests in bulk, outside pytest: ``python tests/property/run_long.py --count 100000 --workers 2 -o report.txt``.

Every request is planned and every invariant of ``invariants.py`` is checked on it. A failing one is named by its seed;
``--seed N`` runs that one alone and shows the request and the traceback. One in ``--deep-every`` requests is also planned again:
with more at hand, as each of its remedies and as each gentler plan, and compared with every dose that can be made.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from multiprocessing import Pool
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "reference")]

from comparing import again, best_of_all_doses, richer_wishes  # noqa: E402
from invariants import CHECKS, gentler_is_gentler, no_worse, remedies_do_what_they_say  # noqa: E402
from wishes import wish  # noqa: E402

from easeoff.planning.request import TaperRequest  # noqa: E402
from easeoff.proposing import plan_taper  # noqa: E402
from easeoff.quantities import EaseoffError  # noqa: E402

#: Seed, outcome, what failed (or nothing) and the seconds to the proposal.
Result = tuple[int, str, str, float]


def request_of(seed: int) -> TaperRequest:
    """The request with this number."""
    return wish(Random(seed).choice)


def run_one(seed: int, deep: bool) -> Result:
    """Seed, outcome, what failed (or nothing) and the seconds to the proposal."""
    request, began, failed = request_of(seed), time.perf_counter(), ""
    try:
        proposal = plan_taper(request)
    except EaseoffError:
        return seed, "refused", "", time.perf_counter() - began
    except Exception as error:
        return seed, "crashed", f"crash: {type(error).__name__}: {str(error)[:100]}", 0.0
    took = time.perf_counter() - began
    outcome = proposal.outcome.value + (
        "" if proposal.plan or proposal.outcome.value == "stopped" else ", no draft"
    )
    checks = [(c.__name__, lambda c=c: c(proposal)) for c in CHECKS] if proposal.plan else []
    if deep:
        checks.append(("remedies_do_what_they_say", lambda: remedies_do_what_they_say(proposal, again)))
        checks.append(("gentler_is_gentler", lambda: gentler_is_gentler(proposal, again)))
        for name, richer in richer_wishes(request) if proposal.plan else []:
            checks.append((f"no_worse with {name}", lambda r=richer: no_worse(again(r), proposal)))
        checks.append(("best_of_all_doses", lambda: best_of_all_doses(proposal)))
    for name, check in checks:
        try:
            check()
        except Exception as error:
            failed += f"{name}: {type(error).__name__} {str(error).splitlines()[0] if str(error) else ''}; "
    return seed, outcome, failed, took


def _job(job: tuple[int, bool]) -> Result:
    return run_one(*job)


def report(results: list[Result], seconds: float) -> str:
    """The run in figures, then every failure."""
    outcomes = Counter(outcome for _, outcome, _, _ in results)
    failures = [(seed, failed) for seed, _, failed, _ in results if failed]
    times = sorted(took for *_, took in results)
    kinds = Counter(part.split(":")[0] for _, failed in failures for part in failed.split("; ") if part)
    lines = [f"{len(results)} requests in {seconds:.0f} s, {len(failures)} with a failure", ""]
    lines += [f"  {count:7d}  {outcome}" for outcome, count in outcomes.most_common()]
    lines += [
        "",
        f"time to a proposal: median {times[len(times) // 2] * 1000:.1f} ms, worst {times[-1] * 1000:.0f} ms",
        "",
    ]
    slowest = sorted(results, key=lambda result: -result[3])[:5]
    lines += [f"  {took * 1000:7.0f} ms  seed {seed}" for seed, _, _, took in slowest]
    lines += [f"  {count:7d}  FAILED {kind}" for kind, count in kinds.most_common()]
    lines += [f"  seed {seed}: {failed}" for seed, failed in failures[:200]]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--deep-every", type=int, default=20, help="plan one in so many again in other ways")
    parser.add_argument("--seed", type=int, help="run this one alone and show what fails")
    parser.add_argument("-o", "--output", type=Path)
    asked = parser.parse_args()
    if asked.seed is not None:
        return _show(asked.seed)
    began = time.perf_counter()
    jobs = [(seed, seed % asked.deep_every == 0) for seed in range(asked.first, asked.first + asked.count)]
    results: list[Result] = []
    with Pool(asked.workers, maxtasksperchild=2000) as pool:
        for result in _until_stopped(pool.imap_unordered(_job, jobs, chunksize=20)):
            results.append(result)
            if result[2]:
                print(f"seed {result[0]}: {result[2]}", file=sys.stderr)
            if len(results) % 1000 == 0:
                print(
                    f"{len(results)} of {asked.count}, {time.perf_counter() - began:.0f} s", file=sys.stderr
                )
    text = report(sorted(results), time.perf_counter() - began)
    print(text)
    if asked.output:
        asked.output.write_text(text, encoding="utf-8")
    return int(any(failed for _, _, failed, _ in results))


def _until_stopped(results: Iterable[Result]) -> Iterator[Result]:
    """What has come so far is reported even where the run is stopped by hand."""
    try:
        yield from results
    except KeyboardInterrupt:
        print("stopped by hand", file=sys.stderr)


def _show(seed: int) -> int:
    print(replace(request_of(seed)))
    try:
        print(run_one(seed, True))
        plan_taper(request_of(seed))
    except Exception:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
