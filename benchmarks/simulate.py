"""How fast levels are worked out, beside what one would install instead: ``python benchmarks/simulate.py [--people 10000]``.

One task for all: one compartment with an active metabolite, a dose a day over two years in 40 steps, hourly output, people who
differ. Ratios are of one run on one machine; a busy machine makes all of them slower alike. What is not installed is left out
and named. Times are the best of three, without compiling.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

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

    def row(self, what: str, seconds: float, people: int, note: str = "") -> None:
        """One measurement: seconds, milliseconds a person, person-hours a second."""
        rate = people * DAYS * HOURS / seconds
        print(
            f"| {what} | {people} | {seconds:.4g} s | {1000 * seconds / people:.4g} ms | {rate:.3g} | {note} |",
            flush=True,
        )


def in_threads(work: Callable[[slice], object], people: int, part: int, threads: int) -> None:
    """The same work on parts of the people; compiled code lets the threads run beside each other."""
    parts = [slice(first, min(first + part, people)) for first in range(0, people, part)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, parts))


def streaming_limit(out: np.ndarray, threads: int) -> float:
    """Bytes a second that can be written to memory that is there already."""
    return out.nbytes / best_of(lambda: in_threads(lambda p: out[p].fill(1.0), len(out), 256, threads))


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    try:
        from easeoff.pharmacology.kinetics import prepared
    except ImportError:
        prepared = None  # type: ignore[assignment]
    table = Table(prepared is not None)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} (a load above 0 slows everything)\n"
    )
    print("| what | people | time | a person | person-hours a second | note |\n|---|--:|--:|--:|--:|---|")
    one, many = crowd(1), crowd(chosen.people)
    reports = others(table, one)
    ours_numpy = best_of(lambda: levels(KINETICS, DOSING, one), 20)
    table.row("Easeoff, NumPy", ours_numpy, 1, f"asked: {ASKED['numpy_ms']} ms")
    table.row("Easeoff, NumPy", best_of(lambda: levels(KINETICS, DOSING, crowd(100))), 100)
    if prepared is None:
        print("| Easeoff, compiled | | not installed: easeoff[fast] | | | |")
        return
    prepared.filled(KINETICS, DOSING, one)
    compiled = best_of(lambda: prepared.filled(KINETICS, DOSING, one), 20)
    table.row("Easeoff, compiled", compiled, 1, f"asked: {ASKED['compiled_ms']} ms")
    table.row("Easeoff, compiled", best_of(lambda: prepared.filled(KINETICS, DOSING, crowd(100))), 100)
    per_person = {}
    for kind in (np.float64, np.float32):
        out = np.ones((chosen.people, DAYS, HOURS), kind)
        prepared.fill_into(KINETICS, DOSING, one, out[:1])
        limit = streaming_limit(out, chosen.threads)
        seconds = best_of(lambda out=out: in_threads(
            lambda p: prepared.fill_into(KINETICS, DOSING, many.some(p), out[p]), chosen.people, 256, chosen.threads))  # fmt: skip
        share = out.nbytes / seconds / limit
        table.row(f"Easeoff, compiled, all hours kept, {kind.__name__}", seconds, chosen.people,
                  f"{100 * share:.0f} % of the streaming limit of {limit / 1e9:.1f} GB/s")  # fmt: skip
        per_person[kind] = seconds / chosen.people
        del out
    blocks = -(-chosen.people * 4 // 2048)
    task = CrowdTask(known(), DOSING, blocks * 2048, 1, (0,), True)
    count(task)
    every = range(0, blocks, _BLOCKS_A_TASK)
    parts = [
        CrowdTask(known(), DOSING, blocks * 2048, 1, tuple(range(b, min(b + _BLOCKS_A_TASK, blocks))), True)
        for b in every
    ]
    with ThreadPoolExecutor(chosen.threads) as pool:
        seconds = best_of(lambda: list(pool.map(count, parts)))
    table.row(
        "Easeoff, compiled, summarised as quantiles",
        seconds,
        blocks * 2048,
        f"asked: {ASKED['hours_a_second']:.0e}",
    )
    print()
    for name, each in reports.items():
        print(f"- {name}: {each / per_person[np.float64]:.0f} times our time a person (float64, all hours kept, {chosen.threads} threads); "
              f"{each / compiled:.0f} times for one person")  # fmt: skip
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
        print("| numbalsoda | | not installed | | | |")
    else:
        compiled()
        found["numbalsoda"] = best_of(compiled)
        table.row("numbalsoda", found["numbalsoda"], 1, "one thread")
    diffused = diffrax_all(few)
    if diffused is None:
        print("| diffrax | | not installed | | | |")
    else:
        diffused()
        found["diffrax"] = best_of(diffused, 1) / 100
        table.row("diffrax Tsit5", 100 * found["diffrax"], 100, "compiled, all people at once, all cores")
    return found


if __name__ == "__main__":
    main()
