"""The solver again, slowly and obviously: every way down is written out and the best is picked.

Nothing here uses the engine's rule, its windows or its packed costs. Which step is allowed is computed with fractions from the
definitions: points of the person's own starting occupancy, the cap on percent of the current dose above ED50 (or above the
end dose), the end rule in parts of the start, a fixed amount, and the first cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

MILLION = 1_000_000


@dataclass(frozen=True)
class Limits:
    """The limits as a person would write them. Doses in grid units, shares as fractions, drops in points.

    ``ed50`` ``None`` means: the effect is the share of the starting dose. ``bands``: above the first (the highest first) at
    most the second at once, and not past that edge.
    """

    start: int
    ed50: int | None = None
    points: Fraction | None = None
    cap: Fraction | None = None
    cap_above: int = 0
    amount: int | None = None
    tail: int | None = None
    first_cut: Fraction | None = None
    bands: tuple[tuple[int, int], ...] = ()

    def points_of(self, dose: int) -> Fraction:
        """Percent of the starting effect that remains at ``dose``, exactly."""
        if self.ed50 is None:
            return Fraction(100 * dose, self.start)
        now = Fraction(dose, self.ed50 + dose)
        full = Fraction(self.start, self.ed50 + self.start)
        return 100 * now / full

    def millionths(self, dose: int) -> int:
        """The same in whole millionths of a point, rounded once, halves up (planner.md: integers throughout)."""
        return (self.points_of(dose) * MILLION + Fraction(1, 2)).__floor__()

    def drop(self, a: int, b: int) -> int:
        """The fall in effect in millionths of a point."""
        return self.millionths(a) - self.millionths(b)

    def allows(self, a: int, b: int) -> bool:
        """Whether one step may lead from ``a`` down to ``b``, limit by limit."""
        cut = Fraction(a - b)
        if not b < a:
            return False
        if self.points is not None and self.drop(a, b) > (self.points * MILLION).__floor__():
            return False
        if self.amount is not None and cut > self.amount:
            return False
        if self.cap is not None and a > self.cap_above and cut / a > self.cap:
            return False
        if self.tail is not None:
            # At or below the end dose: parts of the start. From above it, not past where the end dose may lead.
            from_here = min(a, self.cap_above)
            if b < from_here - self.tail:
                return False
        for above, most in self.bands:
            if a > above:
                if b < above or cut > most:
                    return False
                break
        return not (self.first_cut is not None and a == self.start and cut / a > self.first_cut)


@dataclass(frozen=True)
class HowMade:
    """One way of making a dose: its products and the work of it."""

    products: frozenset[str]
    pieces: int
    divided: int
    draws: int


#: A way down: each dose after the start with how it is made (``None`` for nothing).
Path = tuple[tuple[int, HowMade | None], ...]


@dataclass(frozen=True)
class Cost:
    """The five criteria of a path, compared from the first on."""

    unavoidable: tuple[int, ...]
    steps: int
    bin: int
    products: int
    pieces: int
    divided: int
    changes: int
    draws: int
    squares: int

    def key(self) -> tuple[object, ...]:
        """In the order in which they count."""
        return (
            self.unavoidable, self.steps, self.bin, self.products, self.pieces,
            self.divided, self.changes, self.draws, self.squares,
        )  # fmt: skip


def unavoidable_pairs(doses: Sequence[int], limits: Limits) -> frozenset[tuple[int, int]]:
    """Neighbouring doses between which no allowed step crosses, from whatever dose it starts."""
    return frozenset(
        (upper, lower)
        for lower, upper in pairwise(doses)
        if not any(limits.allows(a, b) for a in doses for b in doses if a >= upper and b <= lower)
    )


def best_path(
    doses: Sequence[int], made: Mapping[int, Sequence[HowMade]], limits: Limits
) -> tuple[Cost, Path]:
    """The best way from the highest dose to the lowest. ``doses`` rise; every dose between has a way to be made."""
    gaps = unavoidable_pairs(doses, limits)
    paths = (
        tuple(zip(downwards[1:], ways, strict=True))
        for downwards in _descents(tuple(doses), limits, gaps)
        for ways in product(*(made[d] if d else (None,) for d in downwards[1:]))
    )
    costed = ((cost_of(doses[-1], path, limits, gaps), path) for path in paths)
    return min(costed, key=lambda pair: pair[0].key())


def cost_of(start: int, path: Path, limits: Limits, gaps: frozenset[tuple[int, int]]) -> Cost:
    """What a path costs, criterion by criterion."""
    downwards = [start, *(dose for dose, _ in path)]
    steps = list(pairwise(downwards))
    ordinary = [limits.drop(a, b) for a, b in steps if (a, b) not in gaps]
    ways = [way for _, way in path if way is not None]
    return Cost(
        unavoidable=tuple(sorted((limits.drop(a, b) for a, b in steps if (a, b) in gaps), reverse=True)),
        steps=len(steps),
        bin=max((-(-drop // MILLION) for drop in ordinary), default=0),
        products=sum(len(way.products) for way in ways),
        pieces=sum(way.pieces for way in ways),
        divided=sum(way.divided for way in ways),
        changes=sum(len(after.products - before.products) for before, after in pairwise(ways)),
        draws=sum(way.draws for way in ways),
        squares=sum(limits.drop(a, b) ** 2 for a, b in steps),
    )


def _descents(
    doses: tuple[int, ...], limits: Limits, gaps: frozenset[tuple[int, int]]
) -> Iterator[tuple[int, ...]]:
    """Every falling sequence from the highest dose to the lowest whose steps are allowed or unavoidable."""
    if len(doses) == 1:
        yield doses
        return
    top = doses[-1]
    for index in range(len(doses) - 1):
        lower = doses[index]
        if limits.allows(top, lower) or (top, lower) in gaps:
            for rest in _descents(doses[: index + 1], limits, gaps):
                yield (top, *rest)
