"""The slow engine, to check the fast one by: every dose by itself, added up.

The level after one dose is the textbook sum of exponentials. Its differences of nearly equal numbers are harmless here,
because it is worked out with 120 decimal digits; rates that coincide are taken a hair apart.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from functools import cache
from math import fsum

import numpy as np

from easeoff.pharmacology.kinetics.dosing import Dosing
from easeoff.pharmacology.kinetics.model import HOURS_A_DAY, Floats, Kinetics, People

_DIGITS = 120
#: Rates nearer than this, relatively, are moved apart by it; it changes a level by about as little.
_HAIR = Decimal("1e-25")
#: Doses so long ago that less than this share of them is left do not count.
_GONE = 1e-19


def reference_levels(kinetics: Kinetics, dosing: Dosing, people: People, samples_a_day: int = 24) -> Floats:
    """What acts, in equivalent mg a day: an array (people, days, samples a day)."""
    found = np.empty((len(people), dosing.days, samples_a_day))
    for person in range(len(people)):
        after = _after_one_dose(kinetics, people, person)
        taken = _taken(dosing, _slowest(kinetics, people, person), kinetics.lag_h + kinetics.release_h)
        for day in range(dosing.days):
            for sample in range(samples_a_day):
                now = HOURS_A_DAY * day + HOURS_A_DAY / samples_a_day * sample
                found[person, day, sample] = fsum(mg * after(now - time) for time, mg in taken if time < now)
    return found


def _slowest(kinetics: Kinetics, people: People, person: int) -> float:
    rates = [kinetics.absorption, kinetics.elimination * people.elimination[person]]
    if kinetics.metabolite is not None:
        rates.append(kinetics.metabolite * people.metabolite[person])
    return float(min([*rates, kinetics.effect or rates[0]]))


def _taken(dosing: Dosing, slowest: float, input_h: float) -> list[tuple[float, float]]:
    """Time and amount of every dose that still counts, the earlier ones first."""
    # Four equal rates decay as t^3 exp(-kt): 40 half-lives more than cover that; the last dose may be a period ago.
    hours = (-np.log(_GONE) + 40 * np.log(2)) / slowest + input_h
    early = int(hours / HOURS_A_DAY) + 1 + len(dosing.before_mg)
    doses = dosing.on_days(-early, dosing.days)
    return [
        (HOURS_A_DAY * (day - early) + float(time), float(mg))
        for day, row in enumerate(doses)
        for time, mg in zip(dosing.times_h, row, strict=True)
        if mg
    ]


def _after_one_dose(kinetics: Kinetics, people: People, person: int) -> Callable[[float], float]:
    """The level so many hours after 1 mg was taken."""
    ka = Decimal(kinetics.absorption)
    ke = Decimal(kinetics.elimination) * Decimal(float(people.elimination[person]))
    gain, share = Decimal(float(people.gain[person])), Decimal(kinetics.metabolite_share)
    paths = [([ka, ke], ka)]
    if kinetics.metabolite is not None:
        km = Decimal(kinetics.metabolite) * Decimal(float(people.metabolite[person]))
        formed = share / (1 - share) * km * Decimal(float(people.metabolite_gain[person])) / gain
        paths.append(([ka, ke, km], ka * formed))
    if kinetics.effect is not None:
        ke0 = Decimal(kinetics.effect)
        paths = [([*rates, ke0], factor * ke0) for rates, factor in paths]
    per_mg = Decimal(24) * ke * gain * (1 - share)

    @cache
    def after(hours: float) -> float:
        with localcontext(Context(prec=_DIGITS)):
            since = Decimal(hours) - Decimal(kinetics.lag_h)
            if since <= 0:
                return 0.0
            parts = (factor * _let_go(rates, since, Decimal(kinetics.release_h)) for rates, factor in paths)
            return float(per_mg * sum(parts, Decimal(0)))

    return after


def _let_go(rates: list[Decimal], since: Decimal, over: Decimal) -> Decimal:
    """The last of a row of compartments, for one unit given at once, or evenly ``over`` some hours."""
    if over == 0:
        return _bateman(rates, since)
    whole = _bateman([Decimal(0), *rates], since)
    missing = _bateman([Decimal(0), *rates], since - over) if since > over else Decimal(0)
    return (whole - missing) / over


def _bateman(rates: list[Decimal], hours: Decimal) -> Decimal:
    """``sum_i exp(-k_i t) / prod_{j != i} (k_j - k_i)``: Bateman 1910, without the product of the rates."""
    apart = _moved_apart(rates)
    total = Decimal(0)
    for place, rate in enumerate(apart):
        below = Decimal(1)
        for other, another in enumerate(apart):
            if other != place:
                below *= another - rate
        total += (-rate * hours).exp() / below
    return total


def _moved_apart(rates: list[Decimal]) -> list[Decimal]:
    found: list[Decimal] = []
    for rate in rates:
        moved = rate
        while any(abs(moved - other) <= _HAIR / 2 * max(moved, other) for other in found):
            moved += _HAIR * rate
        found.append(moved)
    return found
