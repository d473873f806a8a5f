"""Very many people: the same counts whoever does the work, right quantiles, and clear words where it cannot be."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from easeoff.medicines.model import Tier
from easeoff.planning.request import TaperRequest
from easeoff.proposing import plan_taper
from easeoff.quantities import EaseoffError
from easeoff.simulating.course import both
from easeoff.simulating.crowd import (
    BINS,
    QUANTILES,
    count,
    pair_offset,
    paired,
    quantiles,
    tasks_of,
    width_of,
)
from easeoff.simulating.people import BLOCK, draw
from easeoff.simulating.schedules import dosing_of
from easeoff.simulating.simulation import known_of_plan
from easeoff.simulating.workers import count_all

PEOPLE = 2 * BLOCK + 100


def nobody(done, total):
    """Nobody watches."""


@pytest.fixture(scope="module")
def crowd():
    plan = plan_taper(
        TaperRequest("escitalopram", Decimal(10), "GB", date(2026, 1, 5), tier=Tier.SPECIAL, every=14)
    ).plan
    known, stretches = known_of_plan(plan)
    short = [replace(stretch, days=min(stretch.days, 6)) for stretch in stretches]
    return known, dosing_of(short)


def test_the_same_seed_gives_the_same_counts_in_one_process_and_in_two(crowd):
    one = count_all(tasks_of(*crowd, PEOPLE, 7, 4), 1, nobody)
    two = count_all(tasks_of(*crowd, PEOPLE, 7, 1), 2, nobody)
    assert (one == two).all() and (one.sum(axis=2) == PEOPLE).all()
    assert (one != count_all(tasks_of(*crowd, PEOPLE, 8, 4), 1, nobody)).any()


def test_more_people_are_the_same_people_and_more(crowd):
    known = crowd[0]
    few, many = draw(known.spread, 3, 1, BLOCK + 5), draw(known.spread, 3, 1, 10 * BLOCK)
    assert len(few) == 5
    np.testing.assert_array_equal(few.elimination, many.elimination[:5])
    assert (draw(known.spread, 3, 0, BLOCK).elimination != many.elimination).all()


def test_the_quantiles_are_those_of_the_people_themselves(crowd):
    known, dosing = crowd
    points = both(known, dosing, draw(known.spread, 7, 0, 1000))[1]
    counted = quantiles(count(tasks_of(known, dosing, 1000, 7, 1)[0]), width_of(known))
    for stat, values in enumerate((points.mean(axis=2), points.min(axis=2), points.max(axis=2))):
        exact = np.percentile(values, QUANTILES, axis=0, method="inverted_cdf").T
        assert np.abs(counted[stat] - exact).max() <= 1.01 * width_of(known)


def test_with_and_without_numba_the_quantiles_agree(crowd):
    task = tasks_of(*crowd, 700, 7, 1)[0]
    found = [quantiles(count(replace(task, compiled=on)), width_of(crowd[0])) for on in (True, False)]
    np.testing.assert_allclose(*found, atol=width_of(crowd[0]))


def test_counting_in_single_precision_is_right_to_a_few_thousandths_of_a_point(crowd):
    """With bins of a hundredth of a point nobody is further than one bin from where double precision puts them."""
    pytest.importorskip("numba")
    from easeoff.simulating.crowd_compiled import add_block

    known, dosing = crowd
    people, width = draw(known.spread, 7, 0, 70), 0.01
    counts = np.zeros((3, dosing.days, 20_000), np.uint32)
    add_block(known, dosing, people, width, counts)
    points = both(known, dosing, people)[1]
    for stat, values in enumerate((points.mean(axis=2), points.min(axis=2), points.max(axis=2))):
        counted = [np.repeat(np.arange(20_000), row) for row in counts[stat]]
        assert np.abs(np.array(counted).T - np.sort(values, axis=0) / width + 0.5).max() < 1


@pytest.mark.parametrize("changed", ["no curve", "a ceiling"])
def test_with_and_without_numba_levels_and_ceilings_agree(crowd, changed):
    pytest.importorskip("numba")
    known, dosing = crowd
    curve = None if changed == "no curve" else replace(known.curve, emax_percent=Decimal(130))
    known = replace(known, curve=curve)
    task = tasks_of(known, dosing, 300, 7, 1)[0]
    found = [quantiles(count(replace(task, compiled=on)), width_of(known)) for on in (True, False)]
    np.testing.assert_allclose(*found, atol=width_of(known))


@pytest.mark.parametrize("compiled", [True, False])
def test_two_schedules_on_the_same_people_are_compared_person_by_person(crowd, compiled):
    known, dosing = crowd
    shorter = replace(dosing, mg=dosing.mg[: dosing.days // 2] / 2)
    with pytest.raises(EaseoffError, match="begins with a day"):
        tasks_of(known, shorter, 500, 7, 1)
    shorter.mg[0] *= 2
    first, second = paired(dosing, shorter)
    assert first.days == second.days and (second.mg[-1] == shorter.mg[-1]).all()
    task = replace(tasks_of(known, first, 500, 7, 1, second)[0], compiled=compiled)
    found = quantiles(count(task), width_of(known))
    people = draw(known.spread, 7, 0, 500)
    means = [both(known, one, people)[1].mean(axis=2) for one in (first, second)]
    exact = np.percentile(means[1] - means[0], QUANTILES, axis=0, method="inverted_cdf").T
    assert np.abs(found[2] - pair_offset(width_of(known)) - exact).max() <= 1.01 * width_of(known)


def test_nobody_falls_out_of_the_counts():
    counts = np.zeros((3, 1, BINS), np.int64)
    counts[:, 0, [0, BINS - 1]] = 1
    assert quantiles(counts, 0.25)[0, 0, -1] > 199


@pytest.mark.parametrize("people", [0, -1, 10_000_001])
def test_absurd_numbers_of_people_are_refused(crowd, people):
    with pytest.raises(EaseoffError, match="cannot be simulated"):
        tasks_of(*crowd, people, 1, 1)


@contextmanager
def cluster():
    """A scheduler and two workers, each a process of its own, that stop at the end."""
    code = (
        "from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, host='127.0.0.1', dashboard_address=None) as c:\n"
        "        print(c.scheduler_address, flush=True)\n"
        "        input()\n"
    )
    running = subprocess.Popen([sys.executable, "-W", "ignore", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)  # fmt: skip
    try:
        yield running.stdout.readline().strip()
    finally:
        running.communicate("\n", timeout=60)


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_of_separate_processes_counts_the_same(crowd):
    pytest.importorskip("distributed")
    tasks = tasks_of(*crowd, PEOPLE, 7, 1)
    seen = []
    with cluster() as address:
        counted = count_all(tasks, 1, lambda done, total: seen.append((done, total)), address)
    assert (counted == count_all(tasks, 1, nobody)).all()
    assert seen == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("address", ["nonsense", "http://127.0.0.1:8786", "tcp://127.0.0.1"])
def test_what_is_no_address_of_a_cluster_is_said_at_once(crowd, address):
    pytest.importorskip("distributed")
    with pytest.raises(EaseoffError, match="not the address of a Dask cluster"):
        count_all(tasks_of(*crowd, 10, 7, 1), 1, nobody, address)


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_does_not_answer_is_said_in_one_sentence(crowd):
    pytest.importorskip("distributed")
    with pytest.raises(EaseoffError, match="No Dask cluster answers"):
        count_all(tasks_of(*crowd, 10, 7, 1), 1, nobody, "tcp://127.0.0.1:9")
