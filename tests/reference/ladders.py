"""Random doses, ways and rules, given twice: to the engine and to whoever checks it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from brute import HowMade, Limits
from hypothesis import strategies as st

from easeoff.pharmacology import Occupancy, ShareOfStart
from easeoff.planning.rules import StepRule
from easeoff.planning.solving.handling import Handling, Way
from easeoff.planning.solving.solver import Ladder

MG = 10**6
PERCENTS = [Fraction(p, 100) for p in (5, 10, 20, 25, 33, 50, 80)]
PRODUCTS = ["tablet", "capsule", "liquid"]


@dataclass(frozen=True)
class Case:
    """The same question in the engine's words and in the reference's."""

    doses: tuple[int, ...]
    made: dict[int, tuple[HowMade, ...]]
    limits: Limits
    rule: StepRule

    @property
    def ladder(self) -> Ladder:
        """The engine's ladder."""
        return Ladder(self.doses, self.doses[-1], self.doses[0], self.rule)

    def ways_of(self, dose: int) -> tuple[Way, ...]:
        """The engine's ways of making a dose."""
        return tuple(
            Way(w.products, Handling(len(w.products), w.pieces, w.divided, w.draws)) for w in self.made[dose]
        )


def rule_of(limits: Limits) -> StepRule:
    """The engine's rule with these limits."""
    scale = ShareOfStart(limits.start) if limits.ed50 is None else Occupancy(limits.ed50, limits.start)
    return StepRule(
        scale,
        limits.start,
        effect_drop=None if limits.points is None else int(limits.points * 10**6),
        cap=limits.cap,
        cap_above=limits.cap_above,
        amount=limits.amount,
        tail=limits.tail,
        first_cut=limits.first_cut,
    )


@st.composite
def limits(draw: st.DrawFn, start: int) -> Limits:
    """Occupancy, percent of current with an end rule, percent of start, or a fixed amount; now and then a mixture."""
    first = draw(st.none() | st.sampled_from(PERCENTS))
    if draw(st.booleans()):
        ed50 = max(1, draw(st.integers(1, 3 * start)))
        points = draw(st.sampled_from([Fraction(p, 10) for p in (5, 25, 50, 100, 200, 350, 900)]))
        cap = draw(st.none() | st.sampled_from(PERCENTS))
        return Limits(start, ed50, points=points, cap=cap, cap_above=ed50, first_cut=first)
    end = draw(st.integers(0, start))
    return Limits(
        start,
        cap=draw(st.none() | st.sampled_from(PERCENTS)),
        cap_above=end,
        amount=draw(st.none() | st.integers(1, start)),
        tail=draw(st.none() | st.integers(1, start)),
        first_cut=first,
    )


@st.composite
def ways(draw: st.DrawFn, most: int) -> tuple[HowMade, ...]:
    """Up to ``most`` ways of making a dose, each from its own set of products."""
    sets = st.frozensets(st.sampled_from(PRODUCTS), min_size=1, max_size=2)
    small = st.integers(0, 2)
    return tuple(
        HowMade(products, draw(small), draw(small), draw(small))
        for products in draw(st.lists(sets, min_size=1, max_size=most, unique=True))
    )


@st.composite
def cases(draw: st.DrawFn, most_doses: int = 9, most_ways: int = 3) -> Case:
    """A handful of doses, on a coarse grid so that bins and sums often tie, or on a fine one."""
    unit = draw(st.sampled_from([MG, MG // 2, 1, 123_457]))
    numbers = draw(st.lists(st.integers(0, 60), min_size=2, max_size=most_doses, unique=True))
    doses = tuple(sorted(n * unit for n in numbers))
    if draw(st.integers(0, 3)):
        doses = (0, *doses) if doses[0] else doses
    doses = doses[-most_doses:]
    found = draw(limits(doses[-1]))
    made = {d: draw(ways(most_ways)) for d in doses if d}
    return Case(doses, made, found, rule_of(found))
