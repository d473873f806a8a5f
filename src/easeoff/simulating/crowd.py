"""Very many people, none of them kept: each day's mean, lowest and highest go into counts, and quantiles come from the counts.

Whole numbers are added up, so the order does not matter: the same seed gives the same counts, whatever the number of workers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from easeoff.pharmacology.kinetics import Dosing, Floats, People
from easeoff.quantities import EaseoffError
from easeoff.simulating.course import both
from easeoff.simulating.known import Known
from easeoff.simulating.people import blocks, draw

#: More than this nobody needs; a histogram of so many is already smooth.
MOST_PEOPLE = 10_000_000
STATS = ("mean", "low", "high")
#: What is counted of two schedules on the same people: each one's day mean, and the second less the first.
PAIR = ("first", "second", "difference")
QUANTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99)
#: Bins of the counts. Occupancy in points hardly passes its start; levels swing further. What is above is in the last bin.
BINS = 800
_WIDTH_POINTS, _WIDTH_LEVEL = 0.25, 0.5
#: People worked out at once without Numba, so that memory stays small.
_AT_ONCE = 128

#: Up to ten million people fit, and half the memory of the usual whole numbers.
Counts = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class CrowdTask:
    """Some blocks of a crowd: what a worker is given. ``compiled`` is decided once, for all workers.

    With ``other``, of as many days, the same people take both schedules.
    """

    known: Known
    dosing: Dosing
    people: int
    seed: int
    blocks: tuple[int, ...]
    compiled: bool
    other: Dosing | None = None


def width_of(known: Known) -> float:
    """How wide a bin is, in percent (or points) of the start."""
    return _WIDTH_LEVEL if known.curve is None else _WIDTH_POINTS


def tasks_of(
    known: Known, dosing: Dosing, people: int, seed: int, a_task: int, other: Dosing | None = None
) -> list[CrowdTask]:
    """The whole crowd in tasks of so many blocks. Raises `EaseoffError` for a number of people that cannot be."""
    if not 1 <= people <= MOST_PEOPLE:
        raise EaseoffError(f"{people} people cannot be simulated.", f"Give 1 to {MOST_PEOPLE}.")
    for schedule in (dosing, *([] if other is None else [other])):
        if (schedule.before_mg != schedule.mg[0]).any():  # what 100 is, is counted on the first day
            raise EaseoffError("A crowd's schedule begins with a day as those before.", "Put one in front.")
    compiled = find_spec("numba") is not None
    every = list(blocks(people))
    return [
        CrowdTask(known, dosing, people, seed, tuple(every[first : first + a_task]), compiled, other)
        for first in range(0, len(every), a_task)
    ]


def count(task: CrowdTask) -> Counts:
    """How many people have which value: (3, days, bins) for the day's mean, lowest and highest, or for `PAIR`."""
    found = np.zeros((len(STATS), task.dosing.days, BINS), np.uint32)
    for block in task.blocks:
        people = draw(task.known.spread, task.seed, block, task.people)
        if task.other is not None:
            _add_pair(task, task.other, people, found)
        elif task.compiled:
            from easeoff.simulating.crowd_compiled import add_block

            add_block(task.known, task.dosing, people, width_of(task.known), found)
        else:
            _add_block(task.known, task.dosing, people, found)
    return found


def paired(first: Dosing, second: Dosing) -> tuple[Dosing, Dosing]:
    """Both as long as the longer: the shorter goes on as it ended."""
    days = max(first.days, second.days)
    return _lengthened(first, days), _lengthened(second, days)


def _lengthened(dosing: Dosing, days: int) -> Dosing:
    more = np.repeat(dosing.mg[-1:], days - dosing.days, axis=0)
    return replace(dosing, mg=np.concatenate([dosing.mg, more]))


def pair_offset(width: float) -> float:
    """What has to be taken off a counted difference: its counts begin below zero."""
    return BINS // 2 * width


def _add_pair(task: CrowdTask, other: Dosing, people: People, counts: Counts) -> None:
    width = width_of(task.known)
    if task.compiled:
        from easeoff.simulating.crowd_compiled import add_pair

        add_pair(task.known, task.dosing, other, people, width, counts)
        return
    first, second = (_means(task.known, dosing, people) for dosing in (task.dosing, other))
    shown = (first / width, second / width, (second - first) / width + BINS // 2)
    for stat, places in enumerate(shown):
        _tally(places, counts[stat])


def _means(known: Known, dosing: Dosing, people: People) -> Floats:
    """Each person's mean of each day."""
    return np.concatenate([_shown(known, dosing, part).mean(axis=2) for part in _some_at_once(people)])


def _add_block(known: Known, dosing: Dosing, people: People, counts: Counts) -> None:
    for part in _some_at_once(people):
        shown = _shown(known, dosing, part) / width_of(known)
        for stat, values in enumerate((shown.mean(axis=2), shown.min(axis=2), shown.max(axis=2))):
            _tally(values, counts[stat])


def _some_at_once(people: People) -> list[People]:
    return [people.some(slice(first, first + _AT_ONCE)) for first in range(0, len(people), _AT_ONCE)]


def _shown(known: Known, dosing: Dosing, people: People) -> Floats:
    level, points = both(known, dosing, people)
    return level if points is None else points


def _tally(places: NDArray[np.floating], counts: Counts) -> None:
    """Add each (people, days) value, in bins, to ``counts`` (days, bins)."""
    days = places.shape[1]
    place = np.clip(places, 0, BINS - 1).astype(np.int64) + BINS * np.arange(days)
    counts += np.bincount(place.ravel(), minlength=days * BINS).reshape(days, BINS).astype(np.uint32)


def summed(parts: Iterable[Counts]) -> Counts:
    """All counts together."""
    total: Counts | None = None
    for part in parts:
        total = part if total is None else total + part
    if total is None:
        raise EaseoffError("There was nothing to count.", "Give one person or more.")
    return total


def quantiles(counts: Counts, width: float) -> Floats:
    """(3, days, quantiles) in percent (or points) of the start, straight within a bin, so right to half a bin."""
    reached = np.cumsum(counts, axis=2)
    people = reached[:, :, -1:]
    found = np.empty((*counts.shape[:2], len(QUANTILES)))
    for column, percent in enumerate(QUANTILES):
        wanted = percent / 100 * people
        place = np.argmax(reached >= wanted, axis=2)[..., None]
        inside = np.take_along_axis(counts, place, axis=2)
        before = np.take_along_axis(reached, place, axis=2) - inside
        found[:, :, column] = ((place + (wanted - before) / np.maximum(inside, 1)) * width)[..., 0]
    return found
