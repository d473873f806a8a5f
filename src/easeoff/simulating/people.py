"""People who differ, drawn so that the same seed gives the same people, in whatever order and by however many workers.

Person number n is always in block ``n // BLOCK``, and each block has its own counter-based generator (Philox), keyed by
the seed and the block's number.
"""

from __future__ import annotations

import numpy as np

from easeoff.pharmacology.kinetics import Floats, People
from easeoff.simulating.known import Spread

#: People in one block. It is part of what a seed means: never change it.
BLOCK = 2048


def blocks(people: int) -> range:
    """The numbers of the blocks that hold the first ``people``."""
    return range(-(-people // BLOCK))


def draw(spread: Spread, seed: int, block: int, people: int) -> People:
    """The people of one block who are among the first ``people``."""
    generator = np.random.Generator(np.random.Philox(key=[seed, block]))
    normals = generator.standard_normal((4, BLOCK))[:, : min(BLOCK, people - block * BLOCK)]
    return differing(spread, normals)


def differing(spread: Spread, normals: Floats) -> People:
    """People from four rows of standard normal numbers: clearance or half-life, volume, metabolite, ED50."""
    one = np.ones(normals.shape[1])
    metabolite = np.exp(-spread.metabolite_half_life * normals[2])
    ed50 = np.exp(spread.ed50 * normals[3])
    if spread.clearance is None:
        return People(np.exp(-spread.half_life * normals[0]), metabolite, one, one, ed50)
    volume_sd = max(0.0, spread.half_life**2 - spread.clearance**2) ** 0.5
    clearance = np.exp(spread.clearance * normals[0])
    elimination = clearance / np.exp(volume_sd * normals[1])
    return People(elimination, metabolite, 1 / clearance, 1 / metabolite, ed50)
