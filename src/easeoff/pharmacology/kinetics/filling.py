"""Every sample of every day for very many people, written once and in order. Needs Numba (the extra ``fast``)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core.cgutils import for_range
from numba.extending import intrinsic

from easeoff.pharmacology.kinetics.vectors import JOINED, Wide

#: People whose states go on side by side.
GROUP = 16
#: Days worked on before the next person's turn: few, so that the states of the next ones are worked out while lines are still on their way
#: to memory. Measured: 64 days took a fifth longer.
_DAYS = 8
#: Samples in one wide number: a whole cache line in double precision.
WIDE = 8


def _day_lines(
    _typing: Any,
    states: Any,
    lane: Any,
    here: Any,
    out: Any,
    days: Any,
    rows: Any,
    samples: Any,
    aligned: Any,
) -> Any:
    """``out[day] = states[day, :, lane] @ here``, whose rows are held in registers over all days."""
    signature = types.void(states, lane, here, out, days, rows, samples, aligned)
    count, a_day, past = rows.literal_value, samples.literal_value, bool(aligned.literal_value)

    def write(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        arrays = {n: context.make_array(signature.args[n])(context, builder, given[n]) for n in (0, 2, 3)}
        element = ir.DoubleType() if signature.args[3].dtype == types.float64 else ir.FloatType()
        wide = Wide(builder, element, WIDE, JOINED)
        lanes = builder.extract_value(arrays[0].shape, 2)
        parts = range(0, a_day, WIDE)
        held = [[wide.load(arrays[2].data, row * a_day + part) for row in range(count)] for part in parts]
        with for_range(builder, given[4]) as loop:
            first = wide.times_place(loop.index, wide.times_place(count, lanes))
            now = [
                wide.spread(arrays[0].data, wide.sum_of(first, wide.times_place(row, lanes), given[1]))
                for row in range(count)
            ]
            line = wide.times_place(loop.index, a_day)
            for part, rows_of_part in zip(parts, held, strict=True):
                total = wide.products(now, rows_of_part.__getitem__)
                wide.store(total, arrays[3].data, wide.sum_of(line, part), past_the_cache=past)
        return context.get_dummy_value()

    return signature, write


#: As a call that a kernel can make.
day_lines: Any = intrinsic(prefer_literal=True)(_day_lines)


@njit(cache=True, nogil=True, fastmath={"contract"}, error_model="numpy")
def _day_lines_of_any_length(states: Any, lane: int, here: Any, out: Any) -> None:
    """The same for any number of samples."""
    for day in range(len(out)):
        for sample in range(out.shape[1]):
            total = states[day, 0, lane] * here[0, sample]
            for row in range(1, here.shape[0]):
                total += states[day, row, lane] * here[row, sample]
            out[day, sample] = total


@lru_cache(maxsize=16)
def fill_kernel(size: int, pieces: int, samples: int, aligned: bool) -> Callable[..., None]:
    """The kernel for so many compartments, pieces of a dose and samples a day.

    ``update`` (groups, size, size + pieces, GROUP) and ``start`` (groups, size, GROUP) are in double precision, ``maps`` (people, size +
    pieces, samples) in that of ``out`` (people, days, samples). With ``aligned`` each line of ``out`` begins at a multiple of 64 bytes.
    """
    # Only numbers here: a kernel that refers to another one is compiled anew by every process.
    rows, past, in_registers = size + pieces, int(aligned), samples % WIDE == 0

    @njit(cache=True, nogil=True, fastmath={"contract"}, error_model="numpy")
    def fill(update: Any, maps: Any, start: Any, given: Any, out: Any, lanes: int) -> None:
        people, days = len(out), len(given)
        now, new = np.zeros((size, lanes)), np.zeros((size, lanes))
        states = np.zeros((_DAYS, rows, lanes), out.dtype)
        for group in range(len(update)):
            for i in range(size):
                for lane in range(lanes):
                    now[i, lane] = start[group, i, lane]
            for first in range(0, days, _DAYS):
                last = min(days, first + _DAYS)
                for day in range(last - first):
                    for p in range(pieces):
                        for lane in range(lanes):
                            states[day, size + p, lane] = given[first + day, p]
                    for i in range(size):
                        for lane in range(lanes):
                            states[day, i, lane] = now[i, lane]
                            total = 0.0
                            for p in range(pieces):
                                total += update[group, i, size + p, lane] * given[first + day, p]
                            for j in range(i + 1):
                                total += update[group, i, j, lane] * now[j, lane]
                            new[i, lane] = total
                    for i in range(size):
                        for lane in range(lanes):
                            now[i, lane] = new[i, lane]
                for person in range(group * lanes, min(people, (group + 1) * lanes)):
                    lane, lines = person - group * lanes, out[person, first:last]
                    if in_registers:
                        day_lines(states, lane, maps[person], lines, last - first, rows, samples, past)
                    else:
                        _day_lines_of_any_length(states, lane, maps[person], lines)

    return fill
