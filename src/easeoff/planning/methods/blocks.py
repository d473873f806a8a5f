"""Methods of small cuts in blocks: the slide (a few cuts, then a rest) and the daily micro-taper. Doses are exact fractions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from easeoff.planning.solving.timetables import Asked, Timetable
from easeoff.quantities import EaseoffError

#: A dose and the days it is kept.
Kept = tuple[Fraction, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Cuts of ``share`` of a base, ``every`` days apart, and ``hold`` days more after the last of ``cuts``.

    ``compound``: each cut is a share of the dose before it, else of the dose at the block's start.
    """

    share: Fraction
    cuts: int
    every: int
    hold: int = 0
    compound: bool = False

    @property
    def days(self) -> int:
        """Days from the first dose of a block to the first of the next."""
        return self.cuts * self.every + self.hold

    @property
    def whole(self) -> Fraction:
        """The share that a whole block takes away."""
        return 1 - (1 - self.share) ** self.cuts if self.compound else self.share * self.cuts

    def days_after(self, cut: int) -> int:
        """Days to the next cut after the one with this number."""
        return self.every + (self.hold if cut == self.cuts else 0)

    def doses(self, start: Fraction) -> Iterator[Kept]:
        """The doses of one block from ``start`` down."""
        dose = start
        for number in range(1, self.cuts + 1):
            dose -= (dose if self.compound else start) * self.share
            yield dose, self.days_after(number)


def blocks_from(start: Fraction, block: Block) -> Iterator[Kept]:
    """Block after block without an end."""
    first = start
    while True:
        kept = tuple(block.doses(first))
        yield from kept
        first = kept[-1][0]


def block_timetable(start: int, block: Block, end: int, tail: Fraction, longest_days: int) -> Timetable:
    """The whole way (grid units): blocks down to ``end``, from there equal cuts, so many that a block takes ``tail``, to nothing.

    Each dose is rounded up to a whole unit, so that none is below the method's own. Raises `EaseoffError` where it would take
    longer than ``longest_days``.
    """
    asked: list[Asked] = []
    passed = 0
    for dose, days in _to_nothing(start, block, end, tail):
        asked.append(Asked(dose, days))
        passed += days
        if passed > longest_days:
            raise EaseoffError(
                f"This would take more than {longest_days} days.",
                "Give a larger share, fewer days, or a higher end dose.",
            )
    return Timetable(tuple(asked), late_days=block.days)


def _to_nothing(start: int, block: Block, end: int, tail: Fraction) -> Iterator[tuple[int, int]]:
    dose = start
    while dose > end:
        for lower, days in _falling(dose, block):
            yield lower, days
            dose = lower
            if dose <= end:
                break
    # From the end dose on, in the same rhythm: a block's tail in equal cuts.
    first, cut = dose, tail / block.cuts
    number = 0
    while True:
        number += 1
        dose = _up(first * cut.denominator - cut.numerator * number, cut.denominator)
        if dose <= 0:
            yield 0, 0
            return
        yield dose, block.days_after(number % block.cuts or block.cuts)


def _falling(start: int, block: Block) -> Iterator[tuple[int, int]]:
    """One block from ``start`` down."""
    part, whole = block.share.numerator, block.share.denominator
    dose = start
    for number in range(1, block.cuts + 1):
        if block.compound:
            dose = _up(dose * (whole - part), whole)
        else:
            dose = _up(start * (whole - part * number), whole)
        yield dose, block.days_after(number)


def _up(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)
