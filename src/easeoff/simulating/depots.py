"""Long-acting injections over months: after the last one, when one is missed, and how far the level swings between two."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from easeoff.medicines import load_medicine
from easeoff.medicines.kinetics import Depot, load_depots
from easeoff.pharmacology.kinetics import Dosing, Floats, People, average_adult, levels
from easeoff.quantities import EaseoffError
from easeoff.simulating.known import Known, known_of_depot
from easeoff.simulating.people import draw

#: Weeks after the last injection that are asked for.
WEEKS = (4, 8, 12, 16, 26, 39, 52, 78)
_PEOPLE = 500


@dataclass(frozen=True, slots=True)
class Left:
    """What is left so many weeks after the last injection, in percent of the usual mean level: average adult and band."""

    weeks: int
    level: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class DepotCourse:
    """One injection every ``every_days`` days. Levels are in percent of the mean between two injections.

    ``swing`` is the lowest and highest level between two injections; ``missed_low`` the lowest where one is left out.
    """

    known: Known
    every_days: int
    swing: tuple[float, float]
    missed_low: float
    left: tuple[Left, ...]


def find_depot(name: str) -> Depot:
    """The injection of this name. Raises `EaseoffError` with the nearest, or all of them."""
    depots = {depot.name: depot for depot in load_depots()}
    found = depots.get(name.lower())
    if found is not None:
        return found
    near = get_close_matches(name.lower(), depots, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"On record: {', '.join(depots)}."
    raise EaseoffError(f"“{name[:40]}” is not an injection on record.", hint)


def depot_course(depot: Depot, every_days: int | None = None) -> DepotCourse:
    """How the level of ``depot`` goes, injected every so many days (as usual where it is not said)."""
    every = depot.every_days if every_days is None else every_days
    known = known_of_depot(depot, load_medicine(depot.medicine))
    before = np.zeros((every, 1))
    before[0] = every  # one mg a day on average, so that 1 is the usual mean level
    usual = _levels(known, before, before)
    gone = np.zeros((7 * max(WEEKS) + every + 1, 1))
    missed = np.concatenate([np.zeros((every, 1)), before])
    people = draw(known.spread, 1, 0, _PEOPLE)
    after = _levels(known, gone, before, people)
    average = _levels(known, gone, before)[0]
    # The first day without an injection is the day the next one was due: `every` days after the last.
    left = [_left(average, after, weeks, every) for weeks in WEEKS if weeks * 7 >= every]
    return DepotCourse(
        known,
        every,
        (100 * float(usual.min()), 100 * float(usual.max())),
        100 * float(_levels(known, missed, before).min()),
        tuple(left),
    )


def _levels(known: Known, mg: Floats, before: Floats, people: People | None = None) -> Floats:
    dosing = Dosing(np.array([9.0]), mg, before)
    return levels(known.kinetics, dosing, average_adult() if people is None else people, 1)[:, :, 0]


def _left(average: Floats, people: Floats, weeks: int, every: int) -> Left:
    day = weeks * 7 - every
    low, high = np.percentile(people[:, day], (5, 95))
    return Left(weeks, 100 * float(average[day]), 100 * float(low), 100 * float(high))
