"""One interface for both engines."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from easeoff.pharmacology.kinetics.dosing import Dosing
from easeoff.pharmacology.kinetics.fast import fast_levels
from easeoff.pharmacology.kinetics.model import Floats, Kinetics, People, average_adult
from easeoff.pharmacology.kinetics.reference import reference_levels
from easeoff.quantities import EaseoffError

#: Every minute: finer than any of the rates can tell.
MOST_SAMPLES = 1440


class Engine(StrEnum):
    """How levels are worked out."""

    REFERENCE = "reference"
    FAST = "fast"


def levels(
    kinetics: Kinetics,
    dosing: Dosing,
    people: People | None = None,
    samples_a_day: int = 24,
    engine: Engine = Engine.FAST,
) -> Floats:
    """What acts, in equivalent mg a day: an array (people, days, samples a day), the first sample of a day at midnight.

    Without ``people`` it is the average adult's. Raises `EaseoffError` where ``samples_a_day`` cannot be.
    """
    if not 1 <= samples_a_day <= MOST_SAMPLES:
        raise EaseoffError(f"{samples_a_day} samples a day cannot be taken.", f"Give 1 to {MOST_SAMPLES}.")
    work = reference_levels if engine is Engine.REFERENCE else fast_levels
    return work(kinetics, dosing, average_adult() if people is None else people, samples_a_day)


def occupancy_percent(level: Floats, emax_percent: float, ed50_mg: float, people: People) -> Floats:
    """Expected occupancy in percent, ``Emax * L / (ED50 + L)``, never above 100. ``level`` (people, ...) as `levels` gives it."""
    half = ed50_mg * people.ed50.reshape((-1,) + (1,) * (level.ndim - 1))
    found: Floats = np.minimum(emax_percent * level / (half + level), 100.0)
    return found
