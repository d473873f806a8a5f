"""Days worked out by the compiled kernels, and every sample from them; imported only where Numba is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

from easeoff.pharmacology.kinetics.dosing import Dosing, pieces_of
from easeoff.pharmacology.kinetics.fast import given_by_piece
from easeoff.pharmacology.kinetics.filling import GROUP, WIDE, fill_kernel
from easeoff.pharmacology.kinetics.lanes import LANES, pack_lanes, pack_people, prepare_lanes
from easeoff.pharmacology.kinetics.model import Floats, Kinetics, People, chain

#: A cache line. An array that begins at a multiple of it, in lines that are multiples of it, is written past the cache.
_LINE_BYTES = 64


@dataclass(frozen=True, slots=True, eq=False)
class SideBySide:
    """One day, worked out for up to LANES people from number ``first`` on: `easeoff.pharmacology.kinetics.fast.DayMaps` with people last.

    ``update`` (n, n + pieces, people): the state at midnight, from that before and each mg. ``maps`` (n + pieces, samples, people): what acts
    at each sample. ``start`` (n, people): the state at the first midnight. Those beyond the last of the people are the last again.
    """

    first: int
    update: Floats
    maps: Floats
    start: Floats


def side_by_side(
    kinetics: Kinetics, dosing: Dosing, people: People, samples_a_day: int
) -> Iterator[SideBySide]:
    """The same as `easeoff.pharmacology.kinetics.fast.day_maps`, to the last few digits. Each is gone when the next one comes."""
    q, per_mg, acts = chain(kinetics, people)
    pieces = pieces_of(dosing.times_h, kinetics)
    early = given_by_piece(dosing, pieces)[1]
    starts, lengths = (np.array([getattr(p, name) for p in pieces]) for name in ("start_h", "length_h"))
    lanes = min(LANES, GROUP * -(-len(people) // GROUP))
    q, per_mg = grouped(q, lanes), grouped(per_mg, lanes)
    size, rows = len(acts), len(acts) + len(pieces)
    update, start = np.zeros((size, rows, lanes)), np.zeros((size, lanes))
    maps = np.zeros((rows, samples_a_day, lanes))
    for number, (rates, scale) in enumerate(zip(q, per_mg, strict=True)):
        prepare_lanes(rates, scale, acts, starts, lengths, early, update, maps, start)
        yield SideBySide(number * lanes, update, maps, start)


def grouped(values: Floats, lanes: int) -> Floats:
    """(people, ...) as (groups, ..., lanes); the last person fills up the last group."""
    missing = -len(values) % lanes
    whole = np.concatenate([values, np.repeat(values[-1:], missing, axis=0)]) if missing else values
    parts = whole.reshape(-1, lanes, *values.shape[1:])
    return np.ascontiguousarray(np.moveaxis(parts, 1, -1))


def filled(
    kinetics: Kinetics, dosing: Dosing, people: People, samples_a_day: int = 24, dtype: DTypeLike = np.float64
) -> NDArray[np.floating]:
    """What acts, as `easeoff.pharmacology.kinetics.levels` gives it, in the precision that is asked for."""
    out = room_for((len(people), dosing.days, samples_a_day), dtype)
    fill_into(kinetics, dosing, people, out)
    return out


def room_for(shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[np.floating]:
    """An array, not filled yet, that begins at a multiple of a cache line."""
    kind = np.dtype(dtype)
    length = int(np.prod(shape)) * kind.itemsize
    memory = np.empty(length + _LINE_BYTES, np.uint8)
    begin = -memory.ctypes.data % _LINE_BYTES
    return memory[begin : begin + length].view(kind).reshape(shape)


def fill_into(kinetics: Kinetics, dosing: Dosing, people: People, out: NDArray[np.floating]) -> None:
    """The same into an array (people, days, samples a day) that is there already; fastest in one from `room_for`."""
    if not out.flags.c_contiguous:  # the kernel writes one line after the other
        out[:] = filled(kinetics, dosing, people, out.shape[2], out.dtype)
        return
    given = given_by_piece(dosing, pieces_of(dosing.times_h, kinetics))[0]
    aligned = not (out.ctypes.data % _LINE_BYTES or out.strides[1] % (WIDE * out.itemsize))
    for day in side_by_side(kinetics, dosing, people, out.shape[2]):
        size, rows, lanes = day.update.shape
        some = out[day.first : day.first + lanes]
        maps = np.empty((len(some), rows, out.shape[2]), out.dtype)
        pack_people(day.maps.reshape(-1, lanes), maps.reshape(len(some), -1))
        update, start = (in_groups(values) for values in (day.update, day.start))
        fill_kernel(size, rows - size, out.shape[2], aligned)(update, maps, start, given, some, GROUP)


def in_groups(
    values: Floats, factor: Floats | float = 1.0, dtype: DTypeLike = np.float64
) -> NDArray[np.floating]:
    """(..., lanes) as (groups, ..., GROUP), times a factor for each person."""
    lanes = values.shape[-1]
    out = np.empty((lanes // GROUP, *values.shape[:-1], GROUP), dtype)
    each = np.broadcast_to(factor, (lanes,)).copy()
    pack_lanes(values.reshape(-1, lanes), each, out.reshape(len(out), -1, GROUP))
    return out
