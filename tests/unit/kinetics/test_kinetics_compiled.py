"""The compiled engine beside the plain ones: every sample, and the counts over people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba")

from easeoff.pharmacology.kinetics import Kinetics, People, dosing, levels, rate_of
from easeoff.pharmacology.kinetics.prepared import filled

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


@given(st.floats(0.01, 6), st.floats(0.01, 6), st.floats(0.01, 6), st.sampled_from([0.0, 1e-12, 1e-9, 1e-3]))
@settings(max_examples=60, deadline=None)
def test_nearly_equal_rates_cost_nothing(ka, ke, km, gap):
    for kinetics in (Kinetics(ka, ke, km, 0.5), Kinetics(ka, ka * (1 + gap), ka, 0.5)):
        taken = dosing([9], [[10], [0], [20]], [[10]])
        np.testing.assert_allclose(
            filled(kinetics, taken, People(*np.ones((5, 1)))), levels(kinetics, taken), rtol=1e-12
        )
