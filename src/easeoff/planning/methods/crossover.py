"""Which portion of the day is exchanged when, and for how much: the arithmetic of a crossover.

One time of day after the other, the night dose first. The incoming medicine rises only by what the outgoing has fallen by, counted with
the equivalent that the prescriber entered, and is rounded down to what can be made: so the total never rises.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil

from easeoff.planning.methods.registry import crossover_table

#: A dose before this hour belongs to the night that has begun.
_NIGHT_ENDS = "04:00"


@dataclass(frozen=True, slots=True)
class CrossoverChoices:
    """The figures that shape a crossover: days, percent of the day's dose; with their basis."""

    days: int
    check_from: int
    check_to: int
    check_source: str
    near_percent: Decimal
    most_loss_percent: Decimal
    most_parts: int
    older_age: int
    basis: str


@cache
def crossover_choices() -> CrossoverChoices:
    """The figures of ``data/methods.toml``."""
    said = dict(crossover_table())
    for name in ("near_percent", "most_loss_percent"):
        said[name] = Decimal(said[name])
    return CrossoverChoices(**said)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange: at the time of day ``place`` the outgoing medicine goes from ``before`` down to ``after``, in grid units."""

    place: int
    before: int
    after: int


def night_first(times: Sequence[str]) -> tuple[int, ...]:
    """The places of the times of day (``HH:MM``), the night dose first, then back through the day."""
    late = [f"1{time}" if time < _NIGHT_ENDS else f"0{time}" for time in times]
    return tuple(sorted(range(len(times)), key=lambda place: late[place], reverse=True))


def exchanges(
    starts: Sequence[int], times: Sequence[str], keep: int, parts: int, makeable: frozenset[int]
) -> Iterator[Exchange]:
    """Every exchange down to ``keep`` of the outgoing medicine (grid units).

    A part that cannot be made is left a little larger: the outgoing dose is the lowest of ``makeable`` that is not below it.
    """
    left = sum(starts) - keep
    for place in night_first(times):
        now, lowest = starts[place], max(0, starts[place] - left)
        for part in range(1, parts + 1):
            wanted = lowest + (starts[place] - lowest) * (parts - part) // parts
            after = min((d for d in (*makeable, 0) if wanted <= d < now), default=None)
            if after is not None:
                yield Exchange(place, now, after)
                left -= now - after
                now = after


def allowed(exchange: Exchange, taken: int, ratio: Fraction) -> int:
    """The most that may be taken of the incoming medicine at that time after the exchange (grid units of it).

    ``taken`` is what is taken of it there now; ``ratio`` is mg of it for 1 mg of the outgoing.
    """
    return int(taken + (exchange.before - exchange.after) * ratio)


def counted(taken: int, ratio: Fraction) -> int:
    """What so much of the incoming medicine counts as in the outgoing (grid units), rounded up, so that no total looks too low."""
    return ceil(taken / ratio)
