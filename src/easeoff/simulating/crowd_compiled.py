"""One block of a crowd with the compiled kernels; imported only where Numba is there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from easeoff.pharmacology.kinetics import Dosing, Floats, People
from easeoff.pharmacology.kinetics.compiled import LANES, tally_kernel
from easeoff.pharmacology.kinetics.prepared import prepared
from easeoff.simulating.known import Known

_SAMPLES = 24

Singles = NDArray[np.float32]


def add_block(
    known: Known, dosing: Dosing, people: People, width: float, counts: NDArray[np.uint32]
) -> Singles:
    """Count one block into ``counts`` (3, days, bins). Each person's day means (people, days)."""
    maps = prepared(known.kinetics, dosing, people, _SAMPLES)
    rows = np.concatenate([maps.from_state, maps.from_dose], axis=1)
    update = np.concatenate([maps.step, maps.dose.transpose(0, 2, 1)], axis=2)
    half = known.ed50_mg * people.ed50
    kernel = tally_kernel(maps.step.shape[-1], maps.given.shape[1])
    given = maps.given.astype(np.float32)
    ceiling = 1.0 if known.curve is None else min(1.0, 100 / known.emax_percent)
    whole = len(people) // LANES * LANES
    kept = np.empty((len(people), dosing.days), np.float32)
    for part, lanes in ((slice(0, whole), LANES), (slice(whole, None), len(people) - whole)):
        if not lanes:
            continue
        arrays = [_lanes(array[part], lanes) for array in (rows, update, maps.start, half)]
        means = np.empty((1, dosing.days, lanes), np.float32)
        for group in range(len(arrays[0])):  # one at a time: its maps then stay in the nearest cache
            here = [array[group : group + 1] for array in arrays]
            kernel(*here, given, known.curve is not None, ceiling, width, counts, means)
            begin = part.start + group * lanes
            kept[begin : begin + lanes] = means[0].T
    return kept


def _lanes(values: Floats, lanes: int) -> Singles:
    """(people, ...) as (groups, ..., lanes) in single precision."""
    grouped = values.reshape(len(values) // lanes, lanes, *values.shape[1:])
    return np.ascontiguousarray(np.moveaxis(grouped, 1, -1), dtype=np.float32)
