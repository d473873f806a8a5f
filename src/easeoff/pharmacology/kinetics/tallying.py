"""Very many people counted, none of them kept: 16 side by side, in single precision. Needs Numba (the extra ``fast``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum
from functools import lru_cache
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from easeoff.pharmacology.kinetics.vectors import LOOSE, Wide

#: People worked on side by side: the widest registers of single-precision numbers there are.
GROUP = 16
#: Hours that are looked at, each day.
SAMPLES = 24
#: Days worked on before the next group's turn: the counts of so many days stay in the second cache.
_DAYS = 32
#: Hours whose inverses are added up with one division; few enough that no product overflows.
_TOGETHER = 4


class Counted(IntEnum):
    """What is counted: the level, or occupancy, which may have a ceiling."""

    LEVEL = 0
    OCCUPANCY = 1
    CAPPED = 2


class _Day:
    """One day of a group, as instructions. ``rows`` are states and doses; a level is so many times ``maps``, and where occupancy is
    counted, it is already divided by the level of half effect, and one is added: occupancy is then one less the inverse."""

    def __init__(self, wide: Wide, kind: int, maps: Any, cap: Any) -> None:
        self.wide, self.kind, self.maps, self.cap = wide, kind, maps, cap
        self.one = wide.constant(1.0)

    def hour(self, rows: list[Any], sample: int) -> Any:
        """The level, or one and the level over that of half effect."""
        wide = self.wide
        start = self.one if self.kind else None
        found = wide.products(rows, lambda row: wide.load(self.maps, (row * SAMPLES + sample) * GROUP), start)
        return wide.lower(found, self.cap) if self.kind == Counted.CAPPED else found

    def summed(self, values: list[Any]) -> Any:
        """What the mean is of: levels, or inverses, with one division for all of them."""
        wide = self.wide
        if not self.kind:
            return wide.plus(wide.plus(values[0], values[1]), wide.plus(values[2], values[3]))
        (top, below), (more, under) = [
            (wide.plus(a, b), wide.times(a, b)) for a, b in (values[:2], values[2:])
        ]
        over = wide.plus(wide.times(top, under), wide.times(more, below))
        return wide.over(over, wide.times(below, under))

    def stats(self, rows: list[Any], extremes: bool) -> Iterator[Any]:
        """The day's mean, and with ``extremes`` its lowest and highest hour."""
        wide, total, ends = self.wide, None, list[Any]()
        for sample in range(0, SAMPLES, _TOGETHER):
            values = [self.hour(rows, sample + number) for number in range(_TOGETHER)]
            part = self.summed(values)
            total = part if total is None else wide.plus(total, part)
            for value in values if extremes else ():
                ends = [wide.lower(ends[0], value), wide.higher(ends[1], value)] if ends else [value, value]
        mean = wide.times(total, wide.constant(float(np.float32(1 / SAMPLES))))
        yield wide.minus(self.one, mean) if self.kind else mean
        for end in ends:
            yield wide.minus(self.one, wide.over(self.one, end)) if self.kind else end


def _days_of_group(
    _typing: Any, maps: Any, update: Any, state: Any, given: Any, days: Any, scales: Any, places: Any, means: Any,
    size: Any, pieces: Any, kind: Any, extremes: Any,
) -> Any:  # fmt: skip
    """Some days of one group: the bin of each statistic into ``places``, the days' means into ``means``; ``state`` goes on."""
    arguments = (maps, update, state, given, days, scales, places, means, size, pieces, kind, extremes)
    count, taken = size.literal_value, pieces.literal_value
    what, with_ends = kind.literal_value, bool(extremes.literal_value)

    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        arrays = [context.make_array(kind)(context, builder, value).data if isinstance(kind, types.Array) else None
                  for kind, value in zip(signature.args, values, strict=True)]  # fmt: skip
        a_maps, a_update, a_state, a_given, _, a_scales, a_places, a_means = arrays[:8]
        wide = Wide(builder, ir.FloatType(), GROUP, LOOSE)
        per, top, cap = (wide.spread(a_scales, number) for number in range(3))
        day = _Day(wide, what, a_maps, cap)
        held = [
            cgutils.alloca_once(builder, wide.vector) for _ in range(count + 1)
        ]  # the states, and the scale
        for number, place in enumerate(held):
            builder.store(wide.load(a_state, number * GROUP), place)
        with cgutils.for_range(builder, values[4]) as loop:
            rows = [builder.load(place) for place in held[:count]]
            first = wide.times_place(loop.index, taken)
            rows += [wide.spread(a_given, wide.sum_of(first, piece)) for piece in range(taken)]
            found = list(day.stats(rows, with_ends))
            scale = _scale(wide, builder.load(held[count]), found[0])
            builder.store(scale, held[count])
            wide.store(wide.times(found[0], scale), a_means, wide.times_place(loop.index, GROUP))
            bins = wide.times(scale, per)
            for number, value in enumerate(found):
                at = wide.sum_of(wide.times_place(loop.index, len(found) * GROUP), number * GROUP)
                wide.store(wide.whole(wide.lower(wide.times(value, bins), top)), a_places, at)
            for number in range(count):
                builder.store(_next(wide, rows, a_update, number, count), held[number])
        for number, place in enumerate(held):
            wide.store(builder.load(place), a_state, number * GROUP)
        return context.get_dummy_value()

    return types.void(*arguments), write


def _scale(wide: Wide, scale: Any, mean: Any) -> Any:
    """What makes the first day's mean 100; kept from then on."""
    unknown = wide.builder.fcmp_ordered("==", scale, wide.constant(0.0))
    return wide.builder.select(unknown, wide.over(wide.constant(100.0), mean), scale)


def _next(wide: Wide, rows: list[Any], update: Any, number: int, size: int) -> Any:
    """One compartment at the next midnight: from itself, those before it, and what is given."""
    columns = [*range(size, len(rows)), *range(number + 1)]
    return wide.products(
        [rows[column] for column in columns],
        lambda place: wide.load(update, (number * len(rows) + columns[place]) * GROUP),
    )


#: As a call that a kernel can make.
days_of_group: Any = intrinsic(prefer_literal=True)(_days_of_group)


@lru_cache(maxsize=16)
def tally_kernel(size: int, pieces: int, counted: Counted) -> Callable[..., None]:
    """The counting kernel for so many compartments, pieces of a dose and what is `Counted`; compiled once for each.

    Arrays end in GROUP people, in single precision: ``maps`` (groups, size + pieces, SAMPLES), where occupancy is counted over the level of
    half effect; ``update`` (groups, size, size + pieces); ``states`` (groups, size + 1), the last row nothing at first; ``given`` (days,
    pieces); ``scales`` (bins a percent, the last bin, the ceiling). ``counts`` (3, days, bins) of each day's mean, lowest and highest, in
    percent of the first day's mean, get those of the first ``people``.
    """
    # Only numbers here: a kernel that refers to another one is compiled anew by every process.
    kind, extremes = int(counted), 1

    @njit(cache=True, nogil=True)
    def tally(maps: Any, update: Any, states: Any, given: Any, scales: Any, people: int, counts: Any) -> None:
        places, means = np.zeros((_DAYS, 3, GROUP), np.int32), np.zeros((_DAYS, GROUP), np.float32)
        for first in range(0, len(given), _DAYS):
            last = min(len(given), first + _DAYS)
            for group in range(len(maps)):
                here = given[first:last]
                days_of_group(maps[group], update[group], states[group], here, last - first, scales, places, means,
                              size, pieces, kind, extremes)  # fmt: skip
                some = min(GROUP, people - group * GROUP)
                for day in range(last - first):
                    for stat in range(3):
                        for lane in range(some):
                            counts[stat, first + day, np.uint32(places[day, stat, lane])] += 1

    return tally


@lru_cache(maxsize=16)
def pair_kernel(size: int, pieces: int, others: int, counted: Counted) -> Callable[..., None]:
    """The same for two schedules of ``pieces`` and ``others`` on the same people: counted are both means of each day, and the second less
    the first from the middle bin on."""
    kind, extremes = int(counted), 0

    @njit(cache=True, nogil=True)
    def tally_pair(
        maps: Any, update: Any, states: Any, given: Any, maps_2: Any, update_2: Any, states_2: Any, given_2: Any,
        scales: Any, people: int, counts: Any,
    ) -> None:  # fmt: skip
        places, places_2 = np.zeros((_DAYS, 1, GROUP), np.int32), np.zeros((_DAYS, 1, GROUP), np.int32)
        means, means_2 = np.zeros((_DAYS, GROUP), np.float32), np.zeros((_DAYS, GROUP), np.float32)
        middle = np.float32(counts.shape[2] // 2)
        for first in range(0, len(given), _DAYS):
            last = min(len(given), first + _DAYS)
            for group in range(len(maps)):
                here, there = given[first:last], given_2[first:last]
                days_of_group(maps[group], update[group], states[group], here, last - first, scales, places, means,
                              size, pieces, kind, extremes)  # fmt: skip
                days_of_group(maps_2[group], update_2[group], states_2[group], there, last - first, scales,
                              places_2, means_2, size, others, kind, extremes)  # fmt: skip
                for day in range(last - first):
                    for lane in range(min(GROUP, people - group * GROUP)):
                        apart = (means_2[day, lane] - means[day, lane]) * scales[0] + middle
                        counts[0, first + day, np.uint32(places[day, 0, lane])] += 1
                        counts[1, first + day, np.uint32(places_2[day, 0, lane])] += 1
                        counts[2, first + day, np.uint32(min(max(apart, np.float32(0.0)), scales[1]))] += 1

    return tally_pair
