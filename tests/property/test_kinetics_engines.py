"""Both engines give the same level to 1e-12, whatever the rates, doses and times, also where rates nearly coincide."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from easeoff.pharmacology.kinetics import Engine, Kinetics, People, dosing, levels

#: Below this many mg a day a level is nothing; the slow engine's 120 digits end there too.
_NOTHING = 1e-60
_GAPS = st.sampled_from([0.0, 1e-15, 1e-12, 1e-9, -1e-9, 1e-6, 1e-3])


@st.composite
def rates(draw):
    """Four rates, some of them nearly the same as an earlier one."""
    found = []
    for _ in range(4):
        if found and draw(st.booleans()):
            found.append(draw(st.sampled_from(found)) * (1 + draw(_GAPS)))
        else:
            found.append(draw(st.floats(0.02, 6)))
    return found


@st.composite
def models(draw):
    ka, ke, km, ke0 = draw(rates())
    with_metabolite, with_delay = draw(st.booleans()), draw(st.booleans())
    return Kinetics(
        ka,
        ke,
        km if with_metabolite else None,
        draw(st.floats(0.05, 0.95)) if with_metabolite else 0.0,
        ke0 if with_delay else None,
        draw(st.sampled_from([0.0, 0.0, 1.0, 2.5, 30.0])),
        draw(st.sampled_from([0.0, 0.0, 6.0, 12.5, 24.0, 40.0])),
    )


@st.composite
def doses(draw):
    slots = draw(
        st.lists(st.sampled_from([0.0, 7.25, 8.0, 13.0, 20.5, 23.9]), min_size=1, max_size=2, unique=True)
    )
    amount = st.sampled_from([0.0, 0.4, 12.5, 100.0])
    day = st.lists(amount, min_size=len(slots), max_size=len(slots))
    before = draw(st.lists(day, min_size=1, max_size=3))
    return dosing(slots, draw(st.lists(day, min_size=1, max_size=6)), before)


factors = st.floats(0.25, 4)


@given(
    models(),
    doses(),
    st.lists(st.tuples(*[factors] * 4), min_size=1, max_size=2),
    st.sampled_from([1, 4, 6]),
)
@settings(max_examples=40, deadline=None)
def test_the_engines_agree(kinetics, taken, people, samples):
    columns = [np.array(column) for column in zip(*people, strict=True)]
    crowd = People(*columns, np.ones(len(people)))
    fast = levels(kinetics, taken, crowd, samples)
    slow = levels(kinetics, taken, crowd, samples, Engine.REFERENCE)
    counts = slow > _NOTHING
    np.testing.assert_allclose(fast[counts], slow[counts], rtol=1e-12, atol=0)
    assert (fast[~counts] <= 2 * _NOTHING).all()
