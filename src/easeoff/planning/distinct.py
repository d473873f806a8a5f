"""Which steps can be told apart by measuring: the bands of what is really delivered must not overlap by more than half."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from easeoff.planning.plan import Method, Step

_WEEK = 7
Band = tuple[Decimal, Decimal]


def marked_distinct(
    steps: Sequence[Step], low_mg: Decimal, high_mg: Decimal, method: Method
) -> tuple[Step, ...]:
    """Mark the steps whose band overlaps the one before by more than half of the narrower one.

    ``low_mg`` and ``high_mg`` bound what the dose before them really delivers.
    Where doses change within a week the mean of a week is judged, against that of the week before.
    """
    own: list[Band] = [(low_mg, high_mg), *((step.low_mg, step.high_mg) for step in steps)]
    if method.block_days is not None and any(step.days < _WEEK for step in steps):
        pairs = _weeks(steps, own)
    else:
        pairs = list(pairwise(own))
    return tuple(
        replace(step, distinct=not _overlaps_by_half(*before, *after))
        for step, (before, after) in zip(steps, pairs, strict=True)
    )


def _weeks(steps: Sequence[Step], own: Sequence[Band]) -> list[tuple[Band, Band]]:
    """For each step the mean band of the week before it and of the week that it begins."""
    lows, highs = [own[0][0]] * _WEEK, [own[0][1]] * _WEEK
    begins = []
    for step in steps:
        begins.append(len(lows))
        lows += [step.low_mg] * step.days
        highs += [step.high_mg] * step.days
    below, above = _sums(lows), _sums(highs)
    last = len(lows)

    def mean(first: int, end: int) -> Band:
        days = end - first
        return ((below[end] - below[first]) / days, (above[end] - above[first]) / days)

    return [(mean(day - _WEEK, day), mean(day, min(day + _WEEK, last))) for day in begins]


def _sums(values: Sequence[Decimal]) -> list[Decimal]:
    sums = [Decimal(0)]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


def _overlaps_by_half(low: Decimal, high: Decimal, other_low: Decimal, other_high: Decimal) -> bool:
    overlap = min(high, other_high) - max(low, other_low)
    if overlap < 0:
        return False
    narrower = min(high - low, other_high - other_low)
    return overlap * 2 > narrower or (narrower == 0 and low <= other_high and other_low <= high)
