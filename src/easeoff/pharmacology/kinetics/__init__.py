"""Level over time: what acts after any doses, for the average adult or for people who differ.

Two engines with one interface: ``reference``, slow and obviously right, and ``fast``. Both count what acts in *equivalent
mg a day*: the daily dose on which the average adult's mean level would be this high.
"""

from easeoff.pharmacology.kinetics.dosing import LONGEST_DAYS, Dosing, dosing
from easeoff.pharmacology.kinetics.engines import Engine, levels, occupancy_percent
from easeoff.pharmacology.kinetics.model import (
    HOURS_A_DAY,
    Floats,
    Kinetics,
    People,
    average_adult,
    rate_of,
)

__all__ = [
    "HOURS_A_DAY",
    "LONGEST_DAYS",
    "Dosing",
    "Engine",
    "Floats",
    "Kinetics",
    "People",
    "average_adult",
    "dosing",
    "levels",
    "occupancy_percent",
    "rate_of",
]
