"""What was asked for that goes faster than the class's pace: said, never silently done. A prescriber has to agree to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from easeoff.planning.findings import Finding, Level
from easeoff.planning.methods.class_limits import DAYS_OF_FASTEST_CUT, OTHER_CAP_PERCENT
from easeoff.planning.pace import Pace
from easeoff.planning.request import MethodName, TaperRequest
from easeoff.planning.rules import StepRule
from easeoff.quantities import EaseoffError, format_mg, format_percent, from_grid, plain, rounded

#: Cuts named in one sentence; more are counted. Project choice.
_MOST_NAMED = 6
#: More doses than any method has on the way down by itself.
_MOST_DOSES = 5_000
_HIGHEST = {
    MethodName.OCCUPANCY: Decimal(10),
    MethodName.PERCENT_CURRENT: OTHER_CAP_PERCENT,
    MethodName.PERCENT_START: OTHER_CAP_PERCENT,
}


def beyond_pace(
    request: TaperRequest,
    pace: Pace,
    name: MethodName,
    limit: Decimal | None,
    days: int,
    *,
    in_blocks: bool = False,
) -> tuple[Finding, ...]:
    """Limits, caps and intervals beyond the class's. A method ``in_blocks`` of small cuts is judged by its speed.

    Raises `EaseoffError` where the class has a fastest cut and this is over it.
    """
    found = []
    fastest = pace.most_percent_per_14_days
    if (
        fastest is not None
        and limit is not None
        and name is not MethodName.FIXED
        and limit * DAYS_OF_FASTEST_CUT > fastest * max(days, DAYS_OF_FASTEST_CUT)
    ):
        raise EaseoffError(
            f"{format_percent(limit)} a step every {days} days is faster than this class may go.",
            f"Use {format_percent(fastest)} or less per 14 days.",
        )
    highest = pace.limit_range[1] if name is pace.method else _HIGHEST.get(name)
    if highest is not None and limit is not None and limit > highest:
        found.append(_warn(
            "limit-above-pace",
            f"You asked for steps of up to {plain(limit)}. For this medicine the usual limit is {plain(highest)}. "
            "A prescriber has to agree to larger steps.", pace,
        ))  # fmt: skip
    usual_cap = pace.cap_percent or OTHER_CAP_PERCENT
    if request.cap is not None and request.cap > usual_cap:
        found.append(_warn(
            "cap-above-pace",
            f"You asked for cuts of up to {format_percent(request.cap)} of the current dose. The usual cap is "
            f"{format_percent(usual_cap)}. A prescriber has to agree to larger cuts.", pace,
        ))  # fmt: skip
    shortest = pace.days_range[0]
    slow_enough = (
        in_blocks and limit is not None and highest is not None and limit * shortest <= highest * days
    )
    if days < shortest and not slow_enough:
        found.append(_interval(days, pace))
    return tuple(found)


def _interval(days: int, pace: Pace) -> Finding:
    return _warn(
        "interval-below-pace",
        f"You asked for {days} {'day' if days == 1 else 'days'} between steps. For this medicine the usual shortest is "
        f"{pace.days_range[0]} days. A prescriber has to agree to a faster pace.", pace,
    )  # fmt: skip


def own_doses(rule: StepRule) -> list[int]:
    """The doses that a rule alone leads to from its start, if every dose could be made; at most some thousands."""
    path = [rule.start]
    while path[-1] > 0 and len(path) < _MOST_DOSES:
        lower = rule.floor(path[-1])
        if lower >= path[-1]:
            break
        path.append(lower)
    return path


def beyond_class(path: Sequence[int], of_class: StepRule, pace: Pace, whose: str) -> Iterator[Finding]:
    """Cuts of ``path`` (grid units) that the class's own rule does not allow; the last one to nothing by itself."""
    over = [(a, b) for a, b in pairwise(path) if not of_class.allows(a, b)]
    cuts = [(a, b) for a, b in over if b > 0]
    if cuts:
        many = f"{len(cuts)} of {len(path) - 1} cuts are" if len(cuts) > 1 else "One cut is"
        yield _warn(
            "cuts-above-pace",
            f"{many} larger than this class's usual pace allows{whose}: {_named(cuts)}. A prescriber has to agree to them.", pace,
        )  # fmt: skip
    last = next(((a, b) for a, b in over if b == 0), None)
    if last is not None:
        drop = Decimal(of_class.drop(*last)) / 10**6
        lost = f"{plain(drop.quantize(Decimal('0.1')))} of the 100 parts that today's dose stands for"
        yield _warn(
            "last-cut-above-pace",
            f"The last cut{whose}, from {_mg(last[0])} to nothing, takes away {lost}. That is more than this "
            "class's usual pace allows. A prescriber has to agree to it; ask for smaller last doses.", pace,
        )  # fmt: skip


def short_steps(days: Sequence[int], pace: Pace) -> Iterator[Finding]:
    """Steps that last less than the class's shortest interval."""
    if days and min(days) < pace.days_range[0]:
        yield _interval(min(days), pace)


def _named(cuts: Sequence[tuple[int, int]]) -> str:
    shown = "; ".join(
        f"{format_mg(from_grid(a))} to {format_mg(from_grid(b))}" for a, b in cuts[:_MOST_NAMED]
    )
    more = len(cuts) - _MOST_NAMED
    return f"{shown}; and {more} more" if more > 0 else shown


def _mg(units: int) -> str:
    return format_mg(rounded(from_grid(units), 2))


def _warn(rule: str, text: str, pace: Pace) -> Finding:
    return Finding(rule, Level.WARN, text, ("H-033",), pace.sources)
