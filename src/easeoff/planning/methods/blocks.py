"""Methods of small cuts in blocks: the slide (a few cuts, then a rest) and the daily micro-taper. Doses are exact fractions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from easeoff.planning.courses import Asked, Course
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

    def doses(self, start: Fraction) -> Iterator[Kept]:
        """The doses of one block from ``start`` down."""
        dose = start
        for number in range(1, self.cuts + 1):
            dose -= (dose if self.compound else start) * self.share
            yield dose, self.every + (self.hold if number == self.cuts else 0)


def blocks_from(start: Fraction, block: Block) -> Iterator[Kept]:
    """Block after block without an end."""
    first = start
    while True:
        kept = tuple(block.doses(first))
        yield from kept
        first = kept[-1][0]


def block_course(start: int, block: Block, end: int, tail: Fraction, longest_days: int) -> Course:
    """The whole way (grid units): blocks down to ``end``, from there equal cuts, so many that a block takes ``tail``, to nothing.

    Raises `EaseoffError` where it would take longer than ``longest_days``.
    """
    asked: list[Asked] = []
    passed = 0
    for dose, days in _to_nothing(Fraction(start), block, Fraction(end), tail):
        # Between two units the higher one is asked for: never less than the method's own dose.
        asked.append(Asked(-(-dose.numerator // dose.denominator), days))
        passed += days
        if passed > longest_days:
            raise EaseoffError(
                f"This would take more than {longest_days} days.",
                "Give a larger share, fewer days, or a higher end dose.",
            )
    return Course(tuple(asked), late_days=block.days)


def _to_nothing(start: Fraction, block: Block, end: Fraction, tail: Fraction) -> Iterator[Kept]:
    dose = start
    for dose, days in blocks_from(start, block):
        yield dose, days
        if dose <= end:
            break
    # From the end dose on, in the same rhythm: a block's tail in equal cuts.
    while True:
        for number in range(1, block.cuts + 1):
            dose -= tail / block.cuts
            if dose <= 0:
                yield Fraction(0), 0
                return
            yield dose, block.every + (block.hold if number == block.cuts else 0)
