"""What a body does with a medicine, as rates; and how people differ from the average adult.

One compartment with first-order absorption, an optional lag, an optional slow release at a steady rate, an optional active
metabolite and an optional delay between blood and effect. Rates are per hour. Simulation informs and never sets a
dose, so these are ordinary floats.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, log

import numpy as np
from numpy.typing import NDArray

from easeoff.quantities import EaseoffError

Floats = NDArray[np.float64]
HOURS_A_DAY = 24.0


@dataclass(frozen=True, slots=True)
class Kinetics:
    """The average adult.

    ``absorption`` and ``elimination`` are rate constants of the medicine itself, ``metabolite`` of its active metabolite
    (``None`` for none), which carries ``metabolite_share`` of the active level at steady state. ``effect`` is the rate at
    which the place of effect follows the blood (``None``: at once). ``lag_h`` hours pass before anything is taken up, and
    a slow product lets its dose go evenly over ``release_h`` hours. Raises `EaseoffError` for what no body can have.
    """

    absorption: float
    elimination: float
    metabolite: float | None = None
    metabolite_share: float = 0.0
    effect: float | None = None
    lag_h: float = 0.0
    release_h: float = 0.0

    def __post_init__(self) -> None:
        for name in ("absorption", "elimination", "metabolite", "effect"):
            rate = getattr(self, name)
            if rate is not None and not (isfinite(rate) and rate > 0):
                raise EaseoffError(f"A rate of {name} of {rate} per hour is none that a body can have.",
                                   "Give a half-life above zero.")  # fmt: skip
        for name in ("lag_h", "release_h"):
            if not (isfinite(getattr(self, name)) and getattr(self, name) >= 0):
                raise EaseoffError(
                    f"{name} of {getattr(self, name)} hours cannot be.", "Give zero hours or more."
                )
        if not 0 <= self.metabolite_share < 1 or (self.metabolite is None) != (self.metabolite_share == 0):
            raise EaseoffError("The active metabolite needs both a half-life and a share between 0 and 1.",
                               "Give both or neither.")  # fmt: skip


def rate_of(half_life_h: float) -> float:
    """The rate constant, per hour, of a half-life in hours. Raises `EaseoffError` unless it is above zero."""
    if not (isfinite(half_life_h) and half_life_h > 0):
        raise EaseoffError(
            f"A half-life of {half_life_h} hours cannot be.", "Give a half-life above zero hours."
        )
    return log(2.0) / half_life_h


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """How people differ from the average adult, one number a person in each array.

    ``elimination`` and ``metabolite`` multiply the rates of `Kinetics`; ``gain`` and ``metabolite_gain`` multiply the mean
    level of the medicine and of its metabolite on the same dose; ``ed50`` multiplies the dose of half effect.
    """

    elimination: Floats
    metabolite: Floats
    gain: Floats
    metabolite_gain: Floats
    ed50: Floats

    def __len__(self) -> int:
        return len(self.elimination)

    def some(self, which: slice) -> People:
        """Some of them."""
        return People(
            self.elimination[which],
            self.metabolite[which],
            self.gain[which],
            self.metabolite_gain[which],
            self.ed50[which],
        )


def average_adult() -> People:
    """One person who differs in nothing."""
    one = np.ones(1)
    return People(one, one, one, one, one)


def chain(kinetics: Kinetics, people: People) -> tuple[Floats, Floats, Floats]:
    """The compartments as ``x' = Q x``: Q (people, n, n), what a dose of 1 mg puts into the first one (people,), and which
    compartments add up to what acts (n,).

    What acts is counted in *equivalent mg a day*: the daily dose on which the average adult's mean level would be this high.
    Q is lower triangular, its off-diagonal entries are not negative.
    """
    count = len(people)
    ke = kinetics.elimination * people.elimination
    share = kinetics.metabolite_share
    names = ["gut", "parent"]
    names += ["metabolite"] if kinetics.metabolite is not None else []
    names += ["effect"] if kinetics.effect is not None else []
    at = {name: place for place, name in enumerate(names)}
    q = np.zeros((count, len(names), len(names)))
    q[:, 0, 0] = -kinetics.absorption
    q[:, 1, 0] = kinetics.absorption
    q[:, 1, 1] = -ke
    if kinetics.metabolite is not None:
        km = kinetics.metabolite * people.metabolite
        q[:, 2, 1] = share / (1 - share) * km * people.metabolite_gain / people.gain
        q[:, 2, 2] = -km
    acts = np.array([name in ("parent", "metabolite") for name in names], dtype=float)
    if kinetics.effect is not None:
        last = at["effect"]
        q[:, last, :] = kinetics.effect * acts
        q[:, last, last] = -kinetics.effect
        acts = np.zeros(len(names))
        acts[last] = 1.0
    per_mg = HOURS_A_DAY * ke * people.gain * (1 - share)
    return q, per_mg, acts
