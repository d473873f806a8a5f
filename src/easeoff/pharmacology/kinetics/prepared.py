"""`DayMaps` from the compiled kernels, and every sample from them; imported only where Numba is there."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike, NDArray

from easeoff.pharmacology.kinetics.compiled import fill_kernel, prepare
from easeoff.pharmacology.kinetics.dosing import Dosing, pieces_of
from easeoff.pharmacology.kinetics.fast import DayMaps, given_by_piece
from easeoff.pharmacology.kinetics.model import Kinetics, People, chain


def prepared(kinetics: Kinetics, dosing: Dosing, people: People, samples_a_day: int) -> DayMaps:
    """The same as `easeoff.pharmacology.kinetics.fast.day_maps`, to the last few digits."""
    q, per_mg, acts = chain(kinetics, people)
    pieces = pieces_of(dosing.times_h, kinetics)
    given, early = given_by_piece(dosing, pieces)
    count, size = len(people), len(acts)
    step = np.zeros((count, size, size))
    dose = np.zeros((count, len(pieces), size))
    from_state = np.zeros((count, size, samples_a_day))
    from_dose = np.zeros((count, len(pieces), samples_a_day))
    start = np.zeros((count, size))
    starts, lengths = (np.array([getattr(p, name) for p in pieces]) for name in ("start_h", "length_h"))
    prepare(q, per_mg, acts, starts, lengths, early, step, dose, from_state, from_dose, start)
    return DayMaps(step, dose, from_state, from_dose, given, start)


def filled(
    kinetics: Kinetics, dosing: Dosing, people: People, samples_a_day: int = 24, dtype: DTypeLike = np.float64
) -> NDArray[np.floating]:
    """What acts, as `easeoff.pharmacology.kinetics.levels` gives it, in the precision that is asked for."""
    out = np.empty((len(people), dosing.days, samples_a_day), dtype)
    fill_into(kinetics, dosing, people, out)
    return out


def fill_into(kinetics: Kinetics, dosing: Dosing, people: People, out: NDArray[np.floating]) -> None:
    """The same into an array (people, days, samples a day) that is there already."""
    maps = prepared(kinetics, dosing, people, out.shape[2])
    rows = np.concatenate([maps.from_state, maps.from_dose], axis=1).astype(out.dtype)
    update = np.concatenate([maps.step, maps.dose.transpose(0, 2, 1)], axis=2)
    fill_kernel(maps.step.shape[-1], maps.given.shape[1])(update, rows, maps.start, maps.given, out)
