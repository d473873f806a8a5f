"""How fast levels are worked out, beside what one would install instead: ``python benchmarks/simulate.py [--people 10000]``.

One task for all: one compartment with an active metabolite, a dose a day over two years in 40 steps, hourly output, people who
differ. Ratios are of one run on one machine. What is compared is measured in turns, and the best of each is kept, because a busy
machine slows whatever happens to run; *processor time* is what the threads themselves used, whatever else ran beside them. What is
not installed is left out and named. Nothing is compiled while the clock runs.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import platform
import resource
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from easeoff.pharmacology.kinetics import Dosing, Engine, Kinetics, People, levels, rate_of
from easeoff.pharmacology.kinetics.model import chain
from easeoff.simulating.crowd import CrowdTask, count
from easeoff.simulating.known import Known, Spread

DAYS, HOURS, DOSE_HOUR = 730, 24, 8
KINETICS = Kinetics(absorption=0.8, elimination=rate_of(5), metabolite=rate_of(11), metabolite_share=0.7)
MG = np.repeat(np.linspace(100.0, 2.5, 40), 19)[:DAYS]
DOSING = Dosing(np.array([float(DOSE_HOUR)]), MG[:, None], np.array([[100.0]]))
#: What was asked for: milliseconds for one person with NumPy and compiled; times faster than the best solver and than lfilter;
#: the share of the streaming limit; person-hours a second.
ASKED = {
    "numpy_ms": 1.5,
    "compiled_ms": 0.5,
    "solver": 500,
    "lfilter": 25,
    "stream": 0.6,
    "hours_a_second": 5e9,
}
_REPEATS = 3
#: Turns of what is compared.
_TURNS = 6
#: As the command line shares a crowd out.
_BLOCKS_A_TASK = 8


def best_of(run: Callable[[], object], repeats: int = _REPEATS) -> float:
    """The shortest of some runs, in seconds."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return min(times)


def crowd(people: int) -> People:
    """People who differ, always the same."""
    return People(*np.exp(0.3 * np.random.default_rng(1).standard_normal((5, people))))


def solve_ivp_one(person: int, people: People, method: str) -> np.ndarray:
    """SciPy's solver, started anew at every dose, as it has to be. Hourly from the first dose on, from nothing."""
    from scipy.integrate import solve_ivp

    q, per_mg, acts = chain(KINETICS, people.some(slice(person, person + 1)))
    state, found = np.zeros(3), []
    for mg in MG:
        state[0] += mg * per_mg[0]
        path = solve_ivp(
            lambda _, x: q[0] @ x, (0, 24), state, method, t_eval=np.arange(25.0), rtol=1e-8, atol=1e-10
        )
        found.append(acts @ path.y[:, :24])
        state = path.y[:, -1].copy()
    return np.concatenate(found)


def lfilter_all(people: People) -> np.ndarray:
    """SciPy's digital filter, one for each person: the hourly recurrence of this chain is of the third order."""
    from scipy.signal import lfilter

    q = chain(KINETICS, people)[0]
    impulses = np.zeros(DAYS * HOURS)
    impulses[::HOURS] = MG
    first = levels(KINETICS, Dosing(np.array([0.0]), np.eye(1), np.zeros((1, 1))), people)[:, 0, :3]
    found = np.empty((len(people), len(impulses)))
    for person in range(len(people)):
        back = np.poly(np.exp(np.diag(q[person])))
        forward = np.convolve(first[person], back)[:3]
        found[person] = lfilter(forward, back, impulses)
    return found


def diffrax_all(people: People) -> Callable[[], object] | None:
    """Diffrax on JAX, compiled and over all people at once; ``None`` where it is not installed."""
    try:
        import diffrax
        import jax
    except ImportError:
        return None
    jax.config.update("jax_enable_x64", True)
    q, per_mg, acts = chain(KINETICS, people)
    hours = jax.numpy.arange(25.0)

    def one(matrix: object, scale: object) -> object:
        term = diffrax.ODETerm(lambda _t, x, m: m @ x)

        def day(state: object, mg: object) -> tuple[object, object]:
            state = state.at[0].add(mg * scale)  # type: ignore[attr-defined]
            path = diffrax.diffeqsolve(term, diffrax.Tsit5(), 0.0, 24.0, 0.1, state, matrix, max_steps=10_000,
                                       saveat=diffrax.SaveAt(ts=hours),
                                       stepsize_controller=diffrax.PIDController(rtol=1e-8, atol=1e-10))  # fmt: skip
            return path.ys[-1], path.ys[:-1] @ acts

        return jax.lax.scan(day, jax.numpy.zeros(3), jax.numpy.array(MG))[1]

    run = jax.jit(jax.vmap(one))
    return lambda: run(q, per_mg).block_until_ready()


def numbalsoda_one(people: People) -> Callable[[], object] | None:
    """LSODA compiled, called from compiled code, started anew at every dose; ``None`` where it is not installed."""
    try:
        from numba import carray, cfunc, njit
        from numbalsoda import lsoda, lsoda_sig
    except ImportError:
        return None
    q, per_mg, _ = chain(KINETICS, people)

    @cfunc(lsoda_sig)
    def slope(_t, x_, dx_, p_):  # type: ignore[no-untyped-def]
        x, dx, p = carray(x_, (3,)), carray(dx_, (3,)), carray(p_, (9,))
        for i in range(3):
            dx[i] = p[3 * i] * x[0] + p[3 * i + 1] * x[1] + p[3 * i + 2] * x[2]

    address, hours = slope.address, np.arange(25.0)

    @njit
    def run(matrix, scale, doses):  # type: ignore[no-untyped-def]
        state, found = np.zeros(3), np.empty((len(doses), 24))
        for day in range(len(doses)):
            state[0] += doses[day] * scale
            path, _ = lsoda(address, state, hours, matrix, rtol=1e-8, atol=1e-10)
            for hour in range(24):
                found[day, hour] = path[hour, 1] + path[hour, 2]
            state = path[24].copy()
        return found

    return lambda: run(q[0].ravel(), per_mg[0], MG)


@dataclass
class Table:
    """Rows of a Markdown table, as they are measured."""

    compiled: bool

    def row(
        self, what: str, seconds: float, people: int, note: str = "", processor: float | None = None
    ) -> None:
        """One measurement: seconds, milliseconds a person, person-hours a second."""
        rate = people * DAYS * HOURS / seconds
        print(
            f"| {what} | {people} | {seconds:.4g} s | {1000 * seconds / people:.4g} ms | "
            f"{'' if processor is None else f'{1000 * processor / people:.4g} ms'} | {rate:.3g} | {note} |",
            flush=True,
        )


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, of the processors, and of the quickest full part on the clock: the one that was least disturbed."""

    wall: float
    processor: float
    part: float


def in_threads(work: Callable[[slice], object], people: int, part: int, threads: int) -> Took:
    """The same work on parts of the people; compiled code lets the threads run beside each other."""

    def timed(which: slice) -> tuple[float, float]:
        began, clock = time.thread_time(), time.perf_counter()
        work(which)
        full = which.stop - which.start == min(part, people)
        return time.thread_time() - began, time.perf_counter() - clock if full else inf

    parts = [slice(first, min(first + part, people)) for first in range(0, people, part)]
    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        used, clocks = zip(*pool.map(timed, parts), strict=True)
    return Took(time.perf_counter() - began, sum(used), min(clocks))


def in_turns(runs: dict[str, Callable[[], Took]], turns: int = _TURNS) -> dict[str, Took]:
    """Each run in its turn, several times; the shortest of each, on the clock and of the processors."""
    found: dict[str, list[Took]] = {name: [] for name in runs}
    for _ in range(turns):
        for name, run in runs.items():
            found[name].append(run())
    return {
        name: Took(min(t.wall for t in each), min(t.processor for t in each), min(t.part for t in each))
        for name, each in found.items()
    }


def set_all(out: np.ndarray) -> None:
    """The C library's own way of writing memory, the fastest there is."""
    ctypes.memset(out.ctypes.data, 1, out.nbytes)  # not 0, for which processors have a short cut


def accuracy() -> None:
    """Relative errors beside 120 digits, where rates are apart and where they nearly coincide."""
    print("\n| rates | fast engine | textbook formula in floats |\n|---|--:|--:|")
    for gap in (0.5, 1e-3, 1e-6, 1e-9):
        near = Kinetics(0.1, 0.1 * (1 + gap), 0.1 * (1 - gap), 0.5)
        taken = Dosing(np.array([0.0]), np.array([[100.0], [0.0], [0.0]]), np.zeros((1, 1)))
        slow = levels(near, taken, engine=Engine.REFERENCE).ravel()[1:]
        fast = levels(near, taken).ravel()[1:]
        print(f"| gap {gap:g} | {np.abs(fast / slow - 1).max():.1e} | {textbook_error(near, slow):.1e} |")


def textbook_error(near: Kinetics, right: np.ndarray) -> float:
    """How far the partial fractions are off, worked out in the usual way."""
    assert near.metabolite is not None
    hours, ka, ke, km = np.arange(1.0, 72.0), near.absorption, near.elimination, near.metabolite
    parent = ka / (ke - ka) * (np.exp(-ka * hours) - np.exp(-ke * hours))
    rates = (ka, ke, km)
    third = sum(np.exp(-a * hours) / np.prod([b - a for b in rates if b != a]) for a in rates)
    return float(np.abs(24 * ke * 0.5 * 100 * (parent + ka * km * third) / right - 1).max())


def known() -> Known:
    """The task's medicine, with a curve: occupancy is what is counted."""
    from decimal import Decimal

    from easeoff.medicines.model import Confidence, Curve, CurveModel, Provenance

    curve = Curve("SERT", "striatum", CurveModel.DAILY_DOSE, Decimal("92.01"), Decimal("7.72"), ("IR",), True,
                  Provenance("none", Confidence.PROJECT_CHOICE))  # fmt: skip
    return Known("the task", KINETICS, Spread(0.3, 0.3, 0.7, 0.3), curve, 7.72, (), ())


def all_hours(people: int, threads: int, prepared: Any, table: Table) -> dict[str, Took]:
    """Every hour of everybody kept, in double and in single precision, beside the streaming limit and lfilter: for one person each."""
    many, few = crowd(people), crowd(100)
    outs = {
        kind.__name__: prepared.room_for((people, DAYS, HOURS), kind) for kind in (np.float64, np.float32)
    }
    runs: dict[str, Callable[[], Took]] = {
        "lfilter": lambda: in_threads(lambda _: lfilter_all(few), 100, 100, 1)
    }
    for name, out in outs.items():
        out[:] = 1  # the memory is there already
        prepared.fill_into(KINETICS, DOSING, few, out[:100])
        runs[name] = lambda out=out: in_threads(
            lambda p: prepared.fill_into(KINETICS, DOSING, many.some(p), out[p]), people, 256, threads)  # fmt: skip
        runs[f"limit {name}"] = lambda out=out: in_threads(lambda p: set_all(out[p]), people, 256, threads)
    took = in_turns(runs)
    for name, out in outs.items():
        ours, limit = took[name], took[f"limit {name}"]
        note = (
            f"{100 * limit.wall / ours.wall:.0f} % of the streaming limit of {out.nbytes / limit.wall / 1e9:.1f} GB/s "
            f"({100 * limit.processor / ours.processor:.0f} % by processor time, "
            f"{100 * limit.part / ours.part:.0f} % by the quickest of the parts)"
        )
        table.row(f"Easeoff, compiled, all hours kept, {name}", ours.wall, people, note, ours.processor)
    lfilter = took["lfilter"]
    table.row("scipy.signal.lfilter, in turns with these", lfilter.wall, 100, "one thread", lfilter.processor)
    each = {
        name: Took(took[name].wall / people, took[name].processor / people, took[name].part / 256)
        for name in outs
    }
    ratio = [
        lfilter.wall / 100 / each["float64"].wall,
        threads * lfilter.processor / 100 / each["float64"].processor,
    ]
    print(f"\nlfilter takes {ratio[0]:.1f} times our time (float64; asked: {ASKED['lfilter']}), "
          f"{ratio[1]:.1f} times if {threads} cores are free, by processor time\n")  # fmt: skip
    return each


def counted(people: int, threads: int, other: Dosing | None = None) -> Callable[[], Took]:
    """A crowd in tasks, as the command line shares it out."""
    blocks = -(-people // 2048)

    def work(which: slice) -> object:
        numbers = tuple(range(which.start, which.stop))
        return count(CrowdTask(known(), DOSING, blocks * 2048, 1, numbers, True, other))

    work(slice(0, 1))
    return lambda: in_threads(work, blocks, _BLOCKS_A_TASK, threads)


def summarised(people: int, threads: int, table: Table) -> None:
    """Each day's mean, lowest and highest of 24 hours, every hour worked out, counted into bins over everybody."""
    took = in_turns({"summarised": counted(people, threads)})["summarised"]
    people = -(-people // 2048) * 2048
    rate = people * DAYS * HOURS / took.processor * threads
    note = f"asked: {ASKED['hours_a_second']:.0e}; {rate:.2g} by processor time if {threads} cores are free"
    table.row("Easeoff, compiled, summarised as quantiles", took.wall, people, note, took.processor)


def pairs(people: int, threads: int, table: Table) -> None:
    """Two schedules on the same people, each day's means and their difference counted."""
    took = in_turns(
        {"pair": counted(people, threads, Dosing(DOSING.times_h, MG[:, None] * 1.0, DOSING.before_mg))}, 2
    )["pair"]
    scale = 1e6 / people
    note = f"a million: {scale * took.wall:.1f} s; {scale * took.processor / threads:.1f} s if {threads} cores are free; asked: 12 s"
    table.row("Easeoff, compiled, two schedules on the same people", took.wall, people, note, took.processor)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--pair", type=int, default=100_000, help="people who take two schedules")
    chosen = parser.parse_args()
    try:
        from easeoff.pharmacology.kinetics import prepared
    except ImportError:
        prepared = None  # type: ignore[assignment]
    table = Table(prepared is not None)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} (a load above 0 slows everything)\n"
    )
    print(
        "| what | people | time | a person | processor time a person | person-hours a second | note |\n|---|--:|--:|--:|--:|--:|---|"
    )
    one = crowd(1)
    reports = others(table, one)
    ours_numpy = best_of(lambda: levels(KINETICS, DOSING, one), 20)
    table.row("Easeoff, NumPy", ours_numpy, 1, f"asked: {ASKED['numpy_ms']} ms")
    table.row("Easeoff, NumPy", best_of(lambda: levels(KINETICS, DOSING, crowd(100))), 100)
    if prepared is None:
        print("| Easeoff, compiled | | not installed: easeoff[fast] | | | | |")
        return
    prepared.filled(KINETICS, DOSING, one)
    compiled = best_of(lambda: prepared.filled(KINETICS, DOSING, one), 20)
    table.row("Easeoff, compiled", compiled, 1, f"asked: {ASKED['compiled_ms']} ms")
    table.row("Easeoff, compiled", best_of(lambda: prepared.filled(KINETICS, DOSING, crowd(100))), 100)
    took = all_hours(chosen.people, chosen.threads, prepared, table)
    summarised(chosen.people * 4, chosen.threads, table)
    pairs(chosen.pair, chosen.threads, table)
    print()
    for name, each in reports.items():
        ours = took["float64"]
        print(f"- {name}: {each / ours.wall:.0f} times our time a person (float64, all hours kept, {chosen.threads} threads), "
              f"{chosen.threads * each / ours.processor:.0f} times if {chosen.threads} cores are free; {each / compiled:.0f} times for one person")  # fmt: skip
    accuracy()
    print(f"\nMost memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def others(table: Table, one: People) -> dict[str, float]:
    """Seconds a person of what one would install instead."""
    found: dict[str, float] = {}
    for method in ("DOP853", "LSODA"):
        found[f"solve_ivp {method}"] = best_of(lambda method=method: solve_ivp_one(0, one, method), 1)
        table.row(f"solve_ivp {method}", found[f"solve_ivp {method}"], 1)
    few = crowd(100)
    found["lfilter"] = best_of(lambda: lfilter_all(few)) / 100
    table.row("scipy.signal.lfilter", 100 * found["lfilter"], 100, "one thread")
    compiled = numbalsoda_one(one)
    if compiled is None:
        print("| numbalsoda | | not installed | | | | |")
    else:
        compiled()
        found["numbalsoda"] = best_of(compiled)
        table.row("numbalsoda", found["numbalsoda"], 1, "one thread")
    diffused = diffrax_all(few)
    if diffused is None:
        print("| diffrax | | not installed | | | | |")
    else:
        diffused()
        found["diffrax"] = best_of(diffused, 1) / 100
        table.row("diffrax Tsit5", 100 * found["diffrax"], 100, "compiled, all people at once, all cores")
    return found


if __name__ == "__main__":
    main()
