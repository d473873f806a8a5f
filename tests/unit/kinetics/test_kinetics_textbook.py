"""Against textbook formulas, an ODE solver, and what no body can have."""

from __future__ import annotations

from itertools import pairwise
from math import exp, log

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from easeoff.pharmacology.kinetics import (
    Dosing,
    Engine,
    Kinetics,
    People,
    average_adult,
    dosing,
    levels,
    occupancy_percent,
    rate_of,
)
from easeoff.pharmacology.kinetics.dosing import pieces_of
from easeoff.pharmacology.kinetics.fast import day_maps
from easeoff.pharmacology.kinetics.model import chain
from easeoff.quantities import EaseoffError

ENGINES = [Engine.FAST, Engine.REFERENCE]


@pytest.mark.parametrize("engine", ENGINES)
def test_one_dose_a_day_at_steady_state_is_the_textbook_sum(engine):
    """Gibaldi and Perrier: C(t) = F D ka / (V (ka - ke)) (e^-ke t / (1 - e^-ke tau) - e^-ka t / (1 - e^-ka tau))."""
    ka, ke, dose, tau = 0.9, rate_of(26), 50.0, 24.0
    found = levels(Kinetics(ka, ke), dosing([0], [[dose]], [[dose]]), engine=engine)[0, 0]
    time = np.arange(24.0)
    bracket = np.exp(-ke * time) / (1 - exp(-ke * tau)) - np.exp(-ka * time) / (1 - exp(-ka * tau))
    volume = 1 / (24 * ke)  # the unit of a level: mg a day at clearance 1 a day
    np.testing.assert_allclose(found, dose * ka / (volume * (ka - ke)) * bracket, rtol=1e-12)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_the_mean_level_at_steady_state_is_the_dose_whatever_the_rates(share):
    """Mean = F D / (CL tau): here the dose of a day, by the choice of unit."""
    kinetics = Kinetics(0.5, rate_of(5), rate_of(11) if share else None, share, 0.3, 1.0, 12.0)
    found = levels(kinetics, dosing([8, 20], [[50, 25]], [[50, 25]]), samples_a_day=1440)
    assert found.mean() == pytest.approx(75, rel=1e-6)


def test_times_of_lowest_and_highest_level_are_the_textbook_ones():
    ka, ke = 1.2, rate_of(8)
    found = levels(Kinetics(ka, ke), dosing([0], [[1]], [[1]]), samples_a_day=1440)[0, 0]
    peak = log(ka * (1 - exp(-24 * ke)) / (ke * (1 - exp(-24 * ka)))) / (ka - ke)
    assert np.argmax(found) / 60 == pytest.approx(peak, abs=1 / 60)
    assert np.argmin(found) == 0


def test_an_ode_solver_finds_the_same():
    kinetics = Kinetics(0.7, rate_of(5), rate_of(11), 0.7, 0.4, 1.5, 30.0)
    taken = dosing([8, 20.25], [[100, 50], [0, 50], [0, 0], [25, 0]], [[100, 50]])
    fast = levels(kinetics, taken)[0]
    q, per_mg, acts = chain(kinetics, average_adult())
    state = day_maps(kinetics, taken, average_adult()).start[0]
    ends = [state @ acts]
    for day in range(taken.days):
        rows = [
            (p, taken.on_days(day - p.days_later, day - p.days_later + 1)[0, p.slot])
            for p in pieces_of(taken.times_h, kinetics)
        ]
        edges = sorted(
            {0.0, 24.0, *range(25), *(p.start_h for p, _ in rows), *(p.start_h + p.length_h for p, _ in rows)}
        )
        for begin, end in pairwise(edges):
            rate = sum(
                mg * p.share / p.length_h
                for p, mg in rows
                if p.start_h <= begin and end <= p.start_h + p.length_h
            )

            def slope(_, x, rate=rate):
                return q[0] @ x + np.array([rate * per_mg[0], 0, 0, 0])

            state = solve_ivp(slope, (begin, end), state, method="DOP853", rtol=1e-11, atol=1e-12).y[:, -1]
            if end in range(25) and not (day == taken.days - 1 and end == 24):
                ends.append(state @ acts)
    np.testing.assert_allclose(fast.ravel(), ends, rtol=1e-8)


def test_where_the_textbook_formula_fails_the_engines_do_not():
    """At a relative gap of 1e-9 between three rates the partial fractions in floats are far off; these are not."""
    ka, ke, km = 0.1, 0.1 * (1 + 1e-9), 0.1 * (1 - 1e-9)
    kinetics = Kinetics(ka, ke, km, 0.5)
    taken = dosing([0], [[100]] + [[0]] * 3, [[0]])
    fast, slow = (levels(kinetics, taken, engine=engine)[0].ravel() for engine in ENGINES)
    hours = np.arange(1, 96.0)
    rates = [ka, ke, km]
    naive = sum(np.exp(-a * hours) / np.prod([b - a for b in rates if b != a]) for a in rates)
    equal = (
        24
        * ke
        * 0.5
        * 100
        * (ka * hours * np.exp(-0.1 * hours) + ka * km * hours**2 / 2 * np.exp(-0.1 * hours))
    )
    assert np.abs(naive / (hours**2 / 2 * np.exp(-0.1 * hours)) - 1).max() > 0.1
    np.testing.assert_allclose(fast, slow, rtol=1e-12)
    np.testing.assert_allclose(fast[1:], equal, rtol=1e-7)


def test_what_is_taken_later_changes_nothing_earlier():
    kinetics = Kinetics(0.7, rate_of(5), release_h=40.0)
    one = levels(kinetics, dosing([8], [[10]] * 6, [[10]]))
    other = levels(kinetics, dosing([8], [[10]] * 3 + [[99]] * 3, [[10]]))
    np.testing.assert_array_equal(one[0, :3], other[0, :3])
    assert (other[0, 4] > one[0, 4]).all()


def test_a_person_who_clears_half_as_fast_has_twice_the_mean_level():
    kinetics, taken = Kinetics(0.7, rate_of(20)), dosing([8], [[10]], [[10]])
    half, one = np.array([0.5]), np.ones(1)
    slow = levels(kinetics, taken, People(half, one, 1 / half, one, one), 288)
    assert slow.mean() == pytest.approx(20, rel=1e-4)


def test_occupancy_is_never_above_all():
    one = average_adult()
    assert occupancy_percent(np.array([[16.11]]), 100.22, 16.11, one)[0, 0] == pytest.approx(50.11)
    assert occupancy_percent(np.array([[1e9]]), 106.0, 16.11, one)[0, 0] == 100.0


@pytest.mark.parametrize(
    "make",
    [
        lambda: rate_of(0),
        lambda: rate_of(float("nan")),
        lambda: Kinetics(0.0, 1.0),
        lambda: Kinetics(1.0, float("inf")),
        lambda: Kinetics(1.0, 1.0, metabolite=0.1),
        lambda: Kinetics(1.0, 1.0, metabolite_share=0.5),
        lambda: Kinetics(1.0, 1.0, lag_h=-1),
        lambda: dosing([8], [], [[1]]),
        lambda: dosing([8], [[1, 2]], [[1]]),
        lambda: dosing([24], [[1]], [[1]]),
        lambda: dosing([8], [[-1]], [[1]]),
        lambda: Dosing(np.array([8.0]), np.array([[np.nan]]), np.ones((1, 1))),
        lambda: levels(Kinetics(1.0, 1.0), dosing([8], [[1]], [[1]]), samples_a_day=0),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(make):
    with pytest.raises(EaseoffError) as refused:
        make()
    assert refused.value.message and refused.value.hint
