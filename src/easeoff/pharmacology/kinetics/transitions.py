"""How far compartments empty into each other in some hours: ``exp(Q t)`` without a single subtraction that matters.

The textbook formula divides differences of exponentials by differences of rates, and is wrong by any amount where
two rates nearly coincide. Uniformisation (Jensen 1953) shifts Q by its largest rate, so that every entry and every
term of the series is positive; long times are halved and the result squared, positive again. Each entry is then right to
a few units of the last place, however near the rates are.
"""

from __future__ import annotations

from math import ceil, log2

import numpy as np

from easeoff.pharmacology.kinetics.model import Floats

#: ``0.5 ** 20 / 20!`` is far below the last place, also beside the third power, the first that reaches the last entry.
_TERMS = 20
_SMALL = 0.5


def transition(q: Floats, hours: float) -> Floats:
    """``exp(q * hours)`` for lower triangular ``q`` (people, n, n) with no negative entry off the diagonal."""
    size = q.shape[-1]
    places = np.arange(size)
    rates = -q[:, places, places]
    fastest = rates.max(axis=1)
    largest = float(fastest.max()) * hours
    halvings = max(0, ceil(log2(largest / _SMALL))) if largest > 0 else 0
    part = hours / 2**halvings
    shifted = q * part
    shifted[:, places, places] = (fastest[:, None] - rates) * part
    found = np.broadcast_to(np.eye(size), q.shape).copy()
    for term in range(_TERMS, 0, -1):  # Horner, all positive
        found = shifted @ found
        found /= term
        found[:, places, places] += 1.0
    found *= np.exp(-fastest * part)[:, None, None]
    for halving in range(halvings + 1):
        found[:, places, places] = np.exp(-rates * part * 2.0**halving)
        if halving < halvings:
            found = found @ found
    return found


def with_reservoir(q: Floats) -> Floats:
    """``q`` with a compartment before the first that feeds it 1 an hour and never empties."""
    size = q.shape[-1] + 1
    found = np.zeros((len(q), size, size))
    found[:, 1:, 1:] = q
    found[:, 1, 0] = 1.0
    return found
