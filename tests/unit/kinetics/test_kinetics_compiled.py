"""The compiled engine beside the plain ones: every sample, and the counts over people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba")

from easeoff.pharmacology.kinetics import Engine, Kinetics, People, dosing, levels, rate_of
from easeoff.pharmacology.kinetics.prepared import fill_into, filled, room_for

CASES = [
    Kinetics(0.8, rate_of(5)),
    Kinetics(0.8, rate_of(5), rate_of(11), 0.7),
    Kinetics(0.8, rate_of(5), rate_of(11), 0.7, 0.3, 1.5, 30.0),
    Kinetics(0.1, 0.1 * (1 + 1e-9), 0.1 * (1 - 1e-9), 0.5, 0.1, 2.0),
]


@pytest.mark.parametrize("kinetics", CASES)
def test_every_sample_is_that_of_the_plain_engine(kinetics):
    taken = dosing([8, 20.25], [[50, 25], [50, 0], [0, 25], [0, 0], [10, 10]], [[50, 25], [0, 0], [5, 5]])
    normals = np.random.default_rng(5).standard_normal((5, 7))
    people = People(*np.exp(0.4 * normals))
    np.testing.assert_allclose(filled(kinetics, taken, people), levels(kinetics, taken, people), rtol=1e-12)
    single = filled(kinetics, taken, people, dtype=np.float32)
    np.testing.assert_allclose(single, levels(kinetics, taken, people), rtol=2e-6)


@pytest.mark.parametrize("people", [1, 17, 64, 70])
@pytest.mark.parametrize("samples", [5, 12, 24, 40])
def test_groups_that_are_not_full_and_odd_numbers_of_samples_are_filled_all_the_same(people, samples):
    taken = dosing([8], [[50], [25]] * 35 + [[0]], [[50]])  # 71 days: more than are worked on at once
    crowd = People(*np.exp(0.4 * np.random.default_rng(6).standard_normal((5, people))))
    np.testing.assert_allclose(
        filled(CASES[1], taken, crowd, samples), levels(CASES[1], taken, crowd, samples), rtol=1e-12
    )


@pytest.mark.parametrize("offset", [0, 1, 3])
def test_wherever_the_array_begins_in_memory_nothing_beside_it_is_written(offset):
    taken, crowd = dosing([8], [[50], [25], [0]], [[50]]), People(*np.ones((5, 3)))
    for kind in (np.float32, np.float64):
        memory = room_for((3 * 3 * 24 + 8,), kind)
        memory[:] = -1
        out = memory[offset : offset + 216].reshape(3, 3, 24)
        fill_into(CASES[1], taken, crowd, out)
        np.testing.assert_allclose(out, levels(CASES[1], taken, crowd), rtol=2e-6)
        assert (memory[:offset] == -1).all() and (memory[offset + 216 :] == -1).all()


def test_an_array_with_gaps_keeps_what_is_in_them():
    taken, crowd = dosing([8], [[50], [25], [0]], [[50]]), People(*np.ones((5, 3)))
    wide = np.full((3, 3, 48), -1.0)
    fill_into(CASES[1], taken, crowd, wide[:, :, ::2])
    np.testing.assert_allclose(wide[:, :, ::2], levels(CASES[1], taken, crowd), rtol=1e-12)
    assert (wide[:, :, 1::2] == -1).all()


@given(st.floats(0.01, 6), st.floats(0.01, 6), st.floats(0.01, 6), st.sampled_from([0.0, 1e-12, 1e-9, 1e-3]))
@settings(max_examples=60, deadline=None)
def test_nearly_equal_rates_cost_nothing(ka, ke, km, gap):
    for kinetics in (Kinetics(ka, ke, km, 0.5), Kinetics(ka, ka * (1 + gap), ka, 0.5)):
        taken = dosing([9], [[10], [0], [20]], [[10]])
        np.testing.assert_allclose(
            filled(kinetics, taken, People(*np.ones((5, 1)))), levels(kinetics, taken), rtol=1e-12
        )


@given(st.floats(0.05, 6), st.floats(0.05, 6), st.floats(0.05, 6), st.sampled_from([0.0, 1e-12, 1e-9, 1e-3]))
@settings(max_examples=15, deadline=None)
def test_the_compiled_engine_agrees_with_the_reference_also_where_rates_nearly_coincide(ka, ke, km, gap):
    taken = dosing([9], [[10], [0], [20]], [[10]])
    people = People(*np.array([[1.0, 1.3]] * 5))
    for kinetics in (Kinetics(ka, ke, km, 0.5), Kinetics(ka, ka * (1 + gap), ka * (1 - gap), 0.5)):
        slow = levels(kinetics, taken, people, 8, Engine.REFERENCE)
        np.testing.assert_allclose(filled(kinetics, taken, people, 8), slow, rtol=1e-12)
