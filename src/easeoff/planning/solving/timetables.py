"""What a method asks for from day to day, and the doses that can be made nearest above it.

A timetable is a falling list of doses with their days. Someone who follows it never takes less than it asks for on that day: where
a dose cannot be made the one before is kept until the next that can be made is due.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import le

from easeoff.planning.rules import StepRule
from easeoff.planning.solving.regimens import Split


@dataclass(frozen=True, slots=True)
class Asked:
    """A dose (grid units, rounded up where it falls between two) and the days for which it is asked."""

    dose: int
    days: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """The doses after today's, falling, the goal last. ``exact``: exactly these doses and no others.

    ``late_days``: days between what steps are left where the timetable has ended and its goal has not been come to.
    """

    asked: tuple[Asked, ...]
    late_days: int
    exact: bool = False

    @property
    def goal(self) -> int:
        """The dose it ends at."""
        return self.asked[-1].dose

    def down_to(self, goal: int) -> Timetable:
        """The same, ending at ``goal`` as soon as it would fall to it or below."""
        if goal == self.goal:
            return self
        above = [asked for asked in self.asked if asked.dose > goal]
        last = self.asked[min(len(above), len(self.asked) - 1)]
        return Timetable((*above, Asked(goal, last.days)), self.late_days, self.exact)

    @property
    def doses(self) -> tuple[int, ...]:
        """The doses alone."""
        return tuple(asked.dose for asked in self.asked)


@dataclass(frozen=True, slots=True)
class TimetableDescent:
    """The splits taken, falling, the goal's last; the days of each; what was asked on the first day of each.

    ``over`` are positions whose fall is over the rule. ``waiting`` are the days before the first, at today's dose. ``excess`` sums
    how far above the timetable each day is, in grid units and days.
    """

    splits: tuple[Split, ...]
    days: tuple[int, ...]
    ideals: tuple[int, ...]
    over: tuple[int, ...]
    waiting: int
    excess: int


class Stairs:
    """The splits that can be made, and which of them comes next on the way down."""

    def __init__(self, splits: Iterable[Split], start: Split, rule: StepRule) -> None:
        today = sum(start)
        below = {split for split in splits if sum(split) < today}
        self._several = len(start) > 1
        key = (lambda split: (sum(split), _off_share(split, start), split)) if self._several else None
        self._splits = sorted(below, key=key)
        self._totals = [sum(split) for split in self._splits]
        self._rule = rule

    def next(self, current: Split, asked: int, below: Split) -> tuple[Split, bool]:
        """Where to go from ``current`` when ``asked`` is due, which lets it fall to ``below``, the highest under it at least.

        The lowest dose that is not under what is asked and keeps the rule; where none does, ``below`` itself, and true: that
        fall cannot be avoided with what is there.
        """
        total = sum(current)
        lowest = self._first(max(asked, self._rule.floor(total)), current, total)
        return (below, True) if lowest is None else (lowest, False)

    def _first(self, low: int, current: Split, total: int) -> Split | None:
        """The lowest split from ``low`` up that lies below ``current``."""
        for place in range(bisect_left(self._totals, low), len(self._splits)):
            if self._totals[place] >= total:
                return None
            if not self._several or all(map(le, self._splits[place], current)):
                return self._splits[place]
        return None

    def below(self, current: Split) -> Split | None:
        """The highest split under ``current``."""
        total = sum(current)
        for place in range(bisect_left(self._totals, total) - 1, -1, -1):
            if not self._several or all(map(le, self._splits[place], current)):
                return self._splits[place]
        return None


def _off_share(split: Split, start: Split) -> int:
    total, today = sum(split), sum(start)
    return max(abs(dose * today - total * share) for dose, share in zip(split, start, strict=True))


def follow(
    timetable: Timetable, makeable: Iterable[Split], start: Split, rule: StepRule
) -> TimetableDescent | None:
    """The way down by ``timetable`` over the splits that can be made; ``None`` where it cannot come to its goal.

    ``makeable`` holds the goal; nothing at all can always be made.
    """
    nothing = (0,) * len(start)
    splits = (
        {*makeable, nothing} if timetable.goal == 0 else {s for s in makeable if sum(s) >= timetable.goal}
    )
    if timetable.exact:
        return _exactly(timetable, splits, start)
    if all(sum(split) != timetable.goal for split in splits):
        return None
    return _nearest_above(timetable, Stairs(splits, start, rule), start)


def _nearest_above(timetable: Timetable, stairs: Stairs, start: Split) -> TimetableDescent | None:
    current, position, waiting, excess = start, 0, 0, 0
    taken: list[tuple[Split, int]] = []
    days: list[int] = []
    over: list[int] = []
    passed = _passed(timetable)
    while sum(current) > timetable.goal:
        below = stairs.below(current)
        if below is None:
            return None
        # Nothing changes until the timetable has come down to the next dose that can be made at all.
        due = passed.first(position, sum(below))
        kept = passed.days(position, due)
        excess += sum(current) * kept - passed.asked(position, due)
        if taken:
            days[-1] += kept
        else:
            waiting += kept
        asked = (
            timetable.asked[due] if due < len(timetable.asked) else Asked(timetable.goal, timetable.late_days)
        )
        position = due + 1
        lower, is_over = stairs.next(current, asked.dose, below)
        if is_over:
            over.append(len(taken))
        taken.append((lower, asked.dose))
        days.append(asked.days or timetable.late_days)
        excess += (sum(lower) - asked.dose) * days[-1]
        current = lower
    return TimetableDescent(
        tuple(split for split, _ in taken),
        tuple(days),
        tuple(dose for _, dose in taken),
        tuple(over),
        waiting,
        excess,
    )


class _Passed:
    """Sums over a timetable, so that days on which nothing changes need not be walked one by one."""

    def __init__(self, timetable: Timetable) -> None:
        self._rising = [-asked.dose for asked in timetable.asked]
        self._days, self._asked = [0], [0]
        for asked in timetable.asked:
            self._days.append(self._days[-1] + asked.days)
            self._asked.append(self._asked[-1] + asked.dose * asked.days)

    def first(self, position: int, dose: int) -> int:
        """The first place from ``position`` on at which ``dose`` or less is asked for; ``position`` itself after the end."""
        return max(position, bisect_left(self._rising, -dose))

    def days(self, first: int, end: int) -> int:
        """Days from one place to before another."""
        last = len(self._days) - 1
        return self._days[min(end, last)] - self._days[min(first, last)]

    def asked(self, first: int, end: int) -> int:
        """The same, each day times its dose."""
        last = len(self._asked) - 1
        return self._asked[min(end, last)] - self._asked[min(first, last)]


@lru_cache(maxsize=8)
def _passed(timetable: Timetable) -> _Passed:
    return _Passed(timetable)


def _exactly(timetable: Timetable, splits: Iterable[Split], start: Split) -> TimetableDescent | None:
    by_total: dict[int, list[Split]] = {}
    for split in splits:
        by_total.setdefault(sum(split), []).append(split)
    current, taken = start, []
    for asked in timetable.asked:
        fitting = [s for s in by_total.get(asked.dose, ()) if all(map(le, s, current))]
        if not fitting:
            return None
        current = min(fitting, key=lambda split: (_off_share(split, start), split))
        taken.append(current)
    return TimetableDescent(tuple(taken), tuple(a.days for a in timetable.asked), timetable.doses, (), 0, 0)


def missing(timetable: Timetable, totals: Sequence[int] | frozenset[int]) -> tuple[int, ...]:
    """The doses of an exact timetable that are not among ``totals``, falling."""
    known = frozenset(totals)
    return tuple(dose for dose in timetable.doses if dose and dose not in known)
