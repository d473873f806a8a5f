"""The fast engine compiled, where Numba is installed (the extra ``fast``): the same steps, person by person, without arrays in between.

`prepare` works out one day's maps for each person as `easeoff.pharmacology.kinetics.fast` does; `fill_kernel` keeps every sample;
`tally_kernel` keeps only counts, 64 people side by side in the registers of the processor.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import ceil, exp, expm1, log2
from typing import Any

import numpy as np
from numba import njit

#: People worked on side by side: a few of the widest registers of single-precision numbers.
LANES = 64
_TERMS = 20
_SMALL = 0.5


@njit(cache=True, nogil=True)
def _transition(q: Any, hours: float, out: Any) -> None:
    """``out = exp(q hours)``: uniformisation and squaring, as in `transitions`."""
    size = q.shape[0]
    fastest = 0.0
    for i in range(size):
        fastest = max(fastest, -q[i, i])
    halvings = 0
    if fastest * hours > _SMALL:
        halvings = ceil(log2(fastest * hours / _SMALL))
    part = hours / 2.0**halvings
    shifted = np.zeros((size, size))
    new = np.zeros((size, size))
    for i in range(size):
        for j in range(i):
            shifted[i, j] = q[i, j] * part
        shifted[i, i] = (fastest + q[i, i]) * part
    for i in range(size):
        for j in range(size):
            out[i, j] = 1.0 if i == j else 0.0
    for term in range(_TERMS, 0, -1):
        for i in range(size):
            for j in range(i + 1):
                total = 0.0
                for k in range(j, i + 1):
                    total += shifted[i, k] * out[k, j]
                new[i, j] = total / term
            new[i, i] += 1.0
        for i in range(size):
            for j in range(i + 1):
                out[i, j] = new[i, j]
    left = exp(-fastest * part)
    for i in range(size):
        for j in range(i + 1):
            out[i, j] *= left
    for halving in range(halvings + 1):
        for i in range(size):
            out[i, i] = exp(q[i, i] * part * 2.0**halving)
        if halving < halvings:
            for i in range(size):
                for j in range(i + 1):
                    total = 0.0
                    for k in range(j, i + 1):
                        total += out[i, k] * out[k, j]
                    new[i, j] = total
            for i in range(size):
                for j in range(i + 1):
                    out[i, j] = new[i, j]


@njit(cache=True, nogil=True)
def _move(matrix: Any, state: Any, new: Any) -> None:
    for i in range(len(state)):
        new[i] = 0.0
        for j in range(i + 1):
            new[i] += matrix[i, j] * state[j]
    for i in range(len(state)):
        state[i] = new[i]


@njit(cache=True, nogil=True)
def _response(
    q: Any, tick: Any, start: float, length: float, acts: Any, hour: float, seen: Any, state: Any
) -> None:
    """What one unit of a piece adds to each sample (``seen``) and to the state at midnight (``state``)."""
    size, samples = q.shape[0], len(seen)
    new, matrix = np.zeros(size), np.zeros((size, size))
    wide, wide_matrix = np.zeros((size + 1, size + 1)), np.zeros((size + 1, size + 1))
    wide_state, wide_new = np.zeros(size + 1), np.zeros(size + 1)
    state[:] = 0.0
    if length == 0.0:
        state[0] = 1.0
    else:
        wide[1:, 1:] = q
        wide[1, 0] = 1.0
    now, end = start, start + length
    for sample in range(samples + 1):
        until = sample * hour if sample < samples else 24.0
        if until < start:
            continue
        if now < end:
            stop = min(until, end)
            _transition(wide, stop - now, wide_matrix)
            wide_state[0] = 1.0 / length
            wide_state[1:] = state
            _move(wide_matrix, wide_state, wide_new)
            state[:] = wide_state[1:]
            now = stop
        if now < until:
            if until - now == hour:
                _move(tick, state, new)
            else:
                _transition(q, until - now, matrix)
                _move(matrix, state, new)
            now = until
        if sample < samples:
            total = 0.0
            for i in range(size):
                total += state[i] * acts[i]
            seen[sample] = total


@njit(cache=True, nogil=True)
def prepare(
    qs: Any, per_mg: Any, acts: Any, starts: Any, lengths: Any, early: Any,
    step: Any, dose: Any, from_state: Any, from_dose: Any, start: Any,
) -> None:  # fmt: skip
    """Fill `DayMaps` arrays for each person of ``qs`` (people, n, n)."""
    people, size = qs.shape[0], qs.shape[1]
    pieces, samples, period = len(starts), from_state.shape[2], early.shape[0]
    hour = 24.0 / samples
    tick, power = np.zeros((size, size)), np.zeros((size, size))
    row, new_row, state, new = np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size)
    for person in range(people):
        q = qs[person]
        _transition(q, hour, tick)
        _transition(q, 24.0, step[person])
        row[:] = acts
        for sample in range(samples):
            for i in range(size):
                from_state[person, i, sample] = row[i]
            for j in range(size):
                new_row[j] = 0.0
                for i in range(j, size):
                    new_row[j] += row[i] * tick[i, j]
            row[:] = new_row
        for piece in range(pieces):
            _response(q, tick, starts[piece], lengths[piece], acts, hour, from_dose[person, piece], state)
            for i in range(size):
                dose[person, piece, i] = state[i] * per_mg[person]
            for sample in range(samples):
                from_dose[person, piece, sample] *= per_mg[person]
        state[:] = 0.0
        for day in range(period):
            _move(step[person], state, new)
            for piece in range(pieces):
                for i in range(size):
                    state[i] += early[day, piece] * dose[person, piece, i]
        if period > 1:
            _transition(q, 24.0 * period, power)
        else:
            power[:] = step[person]
        for i in range(size):
            known = state[i]
            for j in range(i):
                known += power[i, j] * start[person, j]
            start[person, i] = known / -expm1(q[i, i] * 24.0 * period)


@lru_cache(maxsize=16)
def fill_kernel(size: int, pieces: int) -> Callable[..., None]:
    """Every sample of every day into ``out`` (people, days, samples), for so many compartments and pieces of a dose.

    ``maps`` (people, size + pieces, samples) is `DayMaps.from_state` and ``from_dose`` below each other, in the precision of ``out``;
    ``update`` (people, size, size + pieces) is ``step`` and ``dose`` side by side. States go on in double precision.
    """
    rows = size + pieces

    @njit(cache=True, nogil=True, fastmath={"contract"}, error_model="numpy")
    def fill(update: Any, maps: Any, start: Any, given: Any, out: Any) -> None:
        people, samples, days = maps.shape[0], maps.shape[2], len(given)
        now, new = np.zeros(rows), np.zeros(size)
        single = np.zeros(rows, out.dtype)
        for person in range(people):
            for i in range(size):
                now[i] = start[person, i]
            here, after = maps[person], update[person]
            for day in range(days):
                for p in range(pieces):
                    now[size + p] = given[day, p]
                for row in range(rows):
                    single[row] = now[row]
                line = out[person, day]
                for sample in range(samples):
                    total = single[0] * here[0, sample]
                    for row in range(1, rows):
                        total += single[row] * here[row, sample]
                    line[sample] = total
                for i in range(size):
                    new[i] = after[i, 0] * now[0]
                    for row in range(1, rows):
                        new[i] += after[i, row] * now[row]
                for i in range(size):
                    now[i] = new[i]

    return fill


@njit(cache=True, nogil=True)
def tally_pair(first: Any, second: Any, width: float, counts: Any) -> None:
    """Count day means (people, days) of two schedules, and the second less the first from the middle bin on."""
    people, days = first.shape
    bins = counts.shape[2]
    per, top, middle = 1.0 / width, bins - 1.0, float(bins // 2)
    for begin in range(0, people, LANES):
        for day in range(days):
            for person in range(begin, min(begin + LANES, people)):
                a, b = first[person, day], second[person, day]
                counts[0, day, int(min(a * per, top))] += 1
                counts[1, day, int(min(b * per, top))] += 1
                counts[2, day, int(min(max((b - a) * per + middle, 0.0), top))] += 1


@lru_cache(maxsize=16)
def tally_kernel(size: int, pieces: int) -> Callable[..., None]:
    """The counting kernel for so many compartments and pieces of a dose; compiled once for each.

    Arrays end in LANES people, in single precision: ``maps`` (groups, size + pieces, samples), ``update`` (groups, size, size +
    pieces), ``states`` (groups, size; left at the last midnight), ``half`` (groups), ``given`` (days, pieces; the same for all).
    Counted is occupancy where ``curve``, else level, in percent of the first day's mean: ``counts`` (3, days, bins) of each day's
    mean, lowest and highest, in bins of ``width`` percent; ``means`` (groups, days) keeps the means. Few base addresses and no
    check for a division by zero, so that the loops over people become a few wide instructions.
    """
    rows = size + pieces
    at_low, at_high, at_inverse, at_mean, at_half, at_scale, at_place, at_now = 0, 1, 2, 3, 4, 5, 6, 9
    at_new = at_now + rows

    @njit(cache=True, nogil=True, fastmath=True, error_model="numpy")
    def tally(
        maps: Any, update: Any, states: Any, half: Any, given: Any, curve: bool, ceiling: float, width: float,
        counts: Any, means: Any,
    ) -> None:  # fmt: skip
        groups, samples = maps.shape[0], maps.shape[2]
        lanes = maps.shape[
            3
        ]  # not a constant: loops of a known small length would be unrolled instead of widened
        one, full, nothing = np.float32(1.0), np.float32(100.0), np.float32(0.0)
        work = np.zeros((at_new + size, LANES), np.float32)
        scales = np.ones((groups, LANES), np.float32)
        share, top = one / np.float32(samples), np.float32(counts.shape[2] - 1)
        per, most = one / np.float32(width), np.float32(ceiling)
        for day in range(len(given)):
            for p in range(pieces):
                for lane in range(lanes):
                    work[at_now + size + p, lane] = given[day, p]
            for group in range(groups):
                for lane in range(lanes):
                    work[at_low, lane] = np.float32(3e38)
                    work[at_high, lane] = nothing
                    work[at_inverse, lane] = nothing
                    work[at_mean, lane] = nothing
                    work[at_half, lane] = half[group, lane]
                    work[at_scale, lane] = scales[group, lane]
                for i in range(size):
                    for lane in range(lanes):
                        work[at_now + i, lane] = states[group, i, lane]
                here = maps[group]
                for sample in range(0, samples, 4):
                    for lane in range(lanes):
                        a = b = c = d = nothing
                        for row in range(rows):
                            x = work[at_now + row, lane]
                            a += x * here[row, sample, lane]
                            b += x * here[row, sample + 1, lane]
                            c += x * here[row, sample + 2, lane]
                            d += x * here[row, sample + 3, lane]
                        work[at_low, lane] = min(work[at_low, lane], min(min(a, b), min(c, d)))
                        work[at_high, lane] = max(work[at_high, lane], max(max(a, b), max(c, d)))
                        work[at_mean, lane] += (a + b) + (c + d)
                        h = work[at_half, lane]
                        ab, cd = (a + h) * (b + h), (c + h) * (d + h)
                        # 1/a + 1/b + 1/c + 1/d with a single division
                        work[at_inverse, lane] += ((a + b + h + h) * cd + (c + d + h + h) * ab) / (ab * cd)
                if curve:
                    for lane in range(lanes):
                        h, low, high = work[at_half, lane], work[at_low, lane], work[at_high, lane]
                        work[at_mean, lane] = max(
                            min(one - h * work[at_inverse, lane] * share, most), nothing
                        )
                        work[at_low, lane] = min(low / (h + low), most)
                        work[at_high, lane] = min(high / (h + high), most)
                else:
                    for lane in range(lanes):
                        work[at_mean, lane] *= share
                if day == 0:
                    for lane in range(lanes):
                        scales[group, lane] = full / work[at_mean, lane]
                        work[at_scale, lane] = scales[group, lane]
                kept = means[group, day]
                for lane in range(lanes):
                    scale = work[at_scale, lane]
                    kept[lane] = work[at_mean, lane] * scale
                    work[at_place, lane] = min(work[at_mean, lane] * scale * per, top)
                    work[at_place + 1, lane] = min(work[at_low, lane] * scale * per, top)
                    work[at_place + 2, lane] = min(work[at_high, lane] * scale * per, top)
                for stat in range(3):
                    line = counts[stat, day]
                    for lane in range(lanes):
                        line[np.uint32(work[at_place + stat, lane])] += 1
                after = update[group]
                for i in range(size):
                    for lane in range(lanes):
                        total = nothing
                        for row in range(rows):
                            total += after[i, row, lane] * work[at_now + row, lane]
                        work[at_new + i, lane] = total
                for i in range(size):
                    for lane in range(lanes):
                        states[group, i, lane] = work[at_new + i, lane]

    return tally
