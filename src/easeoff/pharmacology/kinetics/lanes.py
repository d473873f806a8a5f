"""One day's maps for very many people, compiled: the steps of `easeoff.pharmacology.kinetics.fast`, 64 people side by side.

Needs Numba (the extra ``fast``). Arrays end in people, so that every inner loop runs over neighbours and becomes a few wide instructions.
"""

from __future__ import annotations

from math import ceil, exp, expm1, log2
from typing import Any

import numpy as np
from numba import njit

#: People worked on side by side: enough that looping costs little, few enough that their matrices stay in the nearest cache.
LANES = 64
_TERMS = 20
_SMALL = 0.5


@njit(cache=True, nogil=True, fastmath={"contract"}, error_model="numpy")
def _product(left: Any, right: Any, divisor: float, out: Any) -> None:
    """``out = left @ right / divisor`` of lower triangular matrices (n, n, people)."""
    size, people, factor = left.shape[0], left.shape[2], 1.0 / divisor
    for i in range(size):
        for j in range(i + 1):
            a, b, c = left[i, j], right[j, j], out[i, j]
            for p in range(people):
                c[p] = a[p] * b[p]
            for k in range(j + 1, i + 1):
                a, b = left[i, k], right[k, j]
                for p in range(people):
                    c[p] += a[p] * b[p]
            if divisor != 1.0:
                for p in range(people):
                    c[p] *= factor


@njit(cache=True, nogil=True)
def _copy(matrix: Any, out: Any) -> None:
    for i in range(matrix.shape[0]):
        for j in range(i + 1):
            for p in range(matrix.shape[2]):
                out[i, j, p] = matrix[i, j, p]


@njit(cache=True, nogil=True, error_model="numpy")
def _decay(q: Any, hours: float, out: Any) -> None:
    """The diagonal as it is by itself, so that no error of it adds up."""
    for i in range(q.shape[0]):
        for p in range(q.shape[2]):
            out[i, i, p] = exp(q[i, i, p] * hours)


@njit(cache=True, nogil=True, error_model="numpy")
def transition_lanes(q: Any, hours: float, out: Any, spare: Any, shifted: Any) -> None:
    """``out = exp(q hours)``: uniformisation and squaring, as in `transitions`. ``spare`` and ``shifted`` are for working in."""
    size, people = q.shape[0], q.shape[2]
    fastest = np.zeros(people)
    for i in range(size):
        for p in range(people):
            fastest[p] = max(fastest[p], -q[i, i, p])
    largest = fastest.max() * hours
    halvings = ceil(log2(largest / _SMALL)) if largest > _SMALL else 0
    part = hours / 2.0**halvings
    for i in range(size):
        for j in range(i):
            for p in range(people):
                shifted[i, j, p] = q[i, j, p] * part
                out[i, j, p] = 0.0
        for p in range(people):
            shifted[i, i, p] = (fastest[p] + q[i, i, p]) * part
            out[i, i, p] = 1.0
    for term in range(_TERMS, 0, -1):  # Horner, all positive
        _product(shifted, out, float(term), spare)
        _copy(spare, out)
        for i in range(size):
            for p in range(people):
                out[i, i, p] += 1.0
    for p in range(people):
        fastest[p] = exp(-fastest[p] * part)
    for i in range(size):
        for j in range(i):
            for p in range(people):
                out[i, j, p] *= fastest[p]
    _decay(q, part, out)
    for halving in range(1, halvings + 1):
        _product(out, out, 1.0, spare)
        _copy(spare, out)
        _decay(q, part * 2.0**halving, out)


@njit(cache=True, nogil=True, fastmath={"contract"}, error_model="numpy")
def _move(matrix: Any, state: Any, new: Any) -> None:
    """``state = matrix @ state`` (n, people)."""
    people = state.shape[1]
    for i in range(state.shape[0]):
        for p in range(people):
            new[i, p] = matrix[i, 0, p] * state[0, p]
        for j in range(1, i + 1):
            for p in range(people):
                new[i, p] += matrix[i, j, p] * state[j, p]
    for i in range(state.shape[0]):
        for p in range(people):
            state[i, p] = new[i, p]


@njit(cache=True, nogil=True, error_model="numpy")
def _response(
    q: Any, wide: Any, tick: Any, start: float, length: float, acts: Any, seen: Any, state: Any
) -> None:
    """What one unit of a piece adds to each sample (``seen``) and to the state at midnight (``state``)."""
    size, people, samples = q.shape[0], q.shape[2], seen.shape[0]
    hour = 24.0 / samples
    new, (matrix, spare, shifted) = np.zeros((size, people)), _three(size, people)
    wide_new, (wide_matrix, wide_spare, wide_shifted) = np.zeros((size + 1, people)), _three(size + 1, people)
    wide_state = np.zeros((size + 1, people))
    for p in range(people):
        for i in range(size):
            state[i, p] = 0.0
        if length == 0.0:
            state[0, p] = 1.0
    now, end = start, start + length
    for sample in range(samples):
        for p in range(people):
            seen[sample, p] = 0.0
    for sample in range(samples + 1):
        until = sample * hour if sample < samples else 24.0
        if until < start:
            continue
        if now < end:
            stop = min(until, end)
            transition_lanes(wide, stop - now, wide_matrix, wide_spare, wide_shifted)
            for p in range(people):
                wide_state[0, p] = 1.0 / length
                for i in range(size):
                    wide_state[1 + i, p] = state[i, p]
            _move(wide_matrix, wide_state, wide_new)
            for i in range(size):
                for p in range(people):
                    state[i, p] = wide_state[1 + i, p]
            now = stop
        if now < until:
            if until - now == hour:
                _move(tick, state, new)
            else:
                transition_lanes(q, until - now, matrix, spare, shifted)
                _move(matrix, state, new)
            now = until
        if sample < samples:
            for i in range(size):
                for p in range(people):
                    seen[sample, p] += state[i, p] * acts[i]


@njit(cache=True, nogil=True)
def _three(size: int, people: int) -> Any:
    shape = (size, size, people)
    return np.zeros(shape), np.zeros(shape), np.zeros(shape)


@njit(cache=True, nogil=True, error_model="numpy")
def prepare_lanes(q: Any, per_mg: Any, acts: Any, starts: Any, lengths: Any, early: Any,
                  update: Any, maps: Any, start: Any) -> None:  # fmt: skip
    """Fill, for some people side by side, ``update`` (n, n + pieces, people), ``maps`` (n + pieces, samples, people) and ``start`` (n, people).

    ``q`` is (n, n, people) and ``per_mg`` (people,), as `easeoff.pharmacology.kinetics.model.chain` has them; no entry of ``update`` above
    the diagonal is written.
    """
    size, people = q.shape[0], q.shape[2]
    pieces, samples = len(starts), maps.shape[1]
    tick, spare, shifted = _three(size, people)
    step, power, _ = _three(size, people)
    state, new = np.zeros((size, people)), np.zeros((size, people))
    transition_lanes(q, 24.0 / samples, tick, spare, shifted)
    transition_lanes(q, 24.0, step, spare, shifted)
    for i in range(size):
        for p in range(people):
            maps[i, 0, p] = acts[i]
            for j in range(i + 1):
                update[i, j, p] = step[i, j, p]
    for sample in range(1, samples):
        for j in range(size):
            for p in range(people):
                maps[j, sample, p] = maps[j, sample - 1, p] * tick[j, j, p]
            for i in range(j + 1, size):
                for p in range(people):
                    maps[j, sample, p] += maps[i, sample - 1, p] * tick[i, j, p]
    wide = np.zeros((size + 1, size + 1, people))
    for p in range(people):
        wide[1, 0, p] = 1.0
        for i in range(size):
            for j in range(i + 1):
                wide[1 + i, 1 + j, p] = q[i, j, p]
    for piece in range(pieces):
        _response(q, wide, tick, starts[piece], lengths[piece], acts, maps[size + piece], state)
        for p in range(people):
            for i in range(size):
                update[i, size + piece, p] = state[i, p] * per_mg[p]
        for sample in range(samples):
            for p in range(people):
                maps[size + piece, sample, p] *= per_mg[p]
    _settle(q, step, power, early, update, start, state, new)


@njit(cache=True, nogil=True, error_model="numpy")
def _settle(q: Any, step: Any, power: Any, early: Any, update: Any, start: Any, state: Any, new: Any) -> None:
    """The state that repeats itself over the period whose days give ``early``."""
    size, people, period = q.shape[0], q.shape[2], early.shape[0]
    for i in range(size):
        for p in range(people):
            state[i, p] = 0.0
    for day in range(period):
        _move(step, state, new)
        for piece in range(early.shape[1]):
            for i in range(size):
                for p in range(people):
                    state[i, p] += early[day, piece] * update[i, size + piece, p]
    _copy(step, power)
    if period > 1:
        _, spare, shifted = _three(size, people)
        transition_lanes(q, 24.0 * period, power, spare, shifted)
    for i in range(size):
        for j in range(i):
            for p in range(people):
                state[i, p] += power[i, j, p] * start[j, p]
        for p in range(people):
            start[i, p] = state[i, p] / -expm1(q[i, i, p] * 24.0 * period)


@njit(cache=True, nogil=True)
def pack_lanes(values: Any, factor: Any, out: Any) -> None:
    """``values`` (rows, people) times ``factor`` (people,) into ``out`` (groups, rows, fewer people), in its precision."""
    lanes = out.shape[2]
    for group in range(out.shape[0]):
        for row in range(out.shape[1]):
            for lane in range(lanes):
                out[group, row, lane] = values[row, group * lanes + lane] * factor[group * lanes + lane]


@njit(cache=True, nogil=True)
def pack_people(values: Any, out: Any) -> None:
    """``values`` (rows, people) into ``out`` (people, rows), in its precision."""
    for person in range(out.shape[0]):
        for row in range(out.shape[1]):
            out[person, row] = values[row, person]
