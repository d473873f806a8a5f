"""One block of a crowd with the compiled kernels; imported only where Numba is there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from easeoff.pharmacology.kinetics import Dosing, People
from easeoff.pharmacology.kinetics.dosing import pieces_of
from easeoff.pharmacology.kinetics.fast import given_by_piece
from easeoff.pharmacology.kinetics.prepared import grouped, in_groups, side_by_side
from easeoff.pharmacology.kinetics.tallying import SAMPLES, Counted, pair_kernel, tally_kernel
from easeoff.simulating.known import Known

Counts = NDArray[np.uint32]
Singles = NDArray[np.floating]


def add_block(known: Known, dosing: Dosing, people: People, width: float, counts: Counts) -> None:
    """Count each day's mean, lowest and highest of one block into ``counts`` (3, days, bins)."""
    maps, update, states, given = _arrays(known, dosing, people)
    kernel = tally_kernel(update.shape[1], given.shape[1], _kind(known))
    kernel(maps, update, states, given, _scales(known, width, counts), len(people), counts)


def add_pair(
    known: Known, first: Dosing, second: Dosing, people: People, width: float, counts: Counts
) -> None:
    """Count each day's mean of one block on two schedules, and how far they are apart."""
    one, two = (_arrays(known, dosing, people) for dosing in (first, second))
    kernel = pair_kernel(one[1].shape[1], one[3].shape[1], two[3].shape[1], _kind(known))
    kernel(*one, *two, _scales(known, width, counts), len(people), counts)


def _arrays(known: Known, dosing: Dosing, people: People) -> tuple[Singles, Singles, Singles, Singles]:
    """Maps, update and states of each group, and what is given each day; levels over that of half effect where there is a curve."""
    pieces = pieces_of(dosing.times_h, known.kinetics)
    given = given_by_piece(dosing, pieces)[0].astype(np.float32)
    half = known.ed50_mg * people.ed50 if known.curve is not None else np.ones(len(people))
    parts = list[tuple[Singles, Singles, Singles]]()
    for day in side_by_side(known.kinetics, dosing, people, SAMPLES):
        lanes = day.start.shape[-1]
        over = 1 / grouped(half[day.first : day.first + lanes], lanes)[0]
        start = np.concatenate([day.start, np.zeros((1, lanes))])  # the scale is not known yet
        parts.append(
            (
                in_groups(day.maps, over, np.float32),
                in_groups(day.update, 1.0, np.float32),
                in_groups(start, 1.0, np.float32),
            )
        )
    maps, update, states = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return maps, update, states, given


def _kind(known: Known) -> Counted:
    if known.curve is None:
        return Counted.LEVEL
    return Counted.CAPPED if known.emax_percent > 100 else Counted.OCCUPANCY


def _scales(known: Known, width: float, counts: Counts) -> Singles:
    """Bins a percent, the last bin, and what one and the level over that of half effect may be."""
    share = 100 / known.emax_percent if _kind(known) is Counted.CAPPED else 0.0
    return np.array([1 / width, counts.shape[2] - 1, 1 / (1 - share)], np.float32)
