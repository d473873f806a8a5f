"""How far a plan really falls within the class's shortest interval, however small and frequent its cuts are.

A method with many small cuts keeps within its own limits on every day and may still go faster than the class's pace. So the
dose at every cut is held against the one taken a whole interval before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from easeoff.planning.findings import Finding, Level
from easeoff.planning.methods.class_limits import DAYS_OF_FASTEST_CUT
from easeoff.planning.pace import Pace, common_pace
from easeoff.planning.plan import Plan
from easeoff.planning.rules import StepRule
from easeoff.quantities import EaseoffError, format_mg, format_percent, from_grid, rounded, to_grid

#: In the low doses up to 1 mg of diazepam a week instead of a share, so that what guidelines print is not refused: four last steps of
#: 0.5 mg in two weeks. Project choice, as the reading of where that band ends.
_LAST_STEPS_IN_TWO_WEEKS = 4
#: A dose before and one after, in grid units.
Fall = tuple[int, int]


def falls_within(start: int, doses: Sequence[int], days: Sequence[int], window: int) -> Iterator[Fall]:
    """For every cut the dose taken ``window`` days before it and the dose it leads to.

    ``doses`` (grid units) come after ``start``, the goal last; ``days`` are those for which each is taken.
    """
    begins = [0, *accumulate(days)]
    before = -1
    for place, dose in enumerate(doses):
        while before + 1 < place and begins[before + 1] <= begins[place] - window:
            before += 1
        yield (start if before < 0 else doses[before]), dose


def refuse_over_ceiling(
    start: int, doses: Sequence[int], days: Sequence[int], pace: Pace, last_step: int | None
) -> None:
    """Raise `EaseoffError` where a method asks for more than the class's fastest cut for two weeks, whatever is at hand.

    ``last_step`` is the cut (grid units) that the class allows at the end, whatever share of the dose it is.
    """
    most = pace.most_percent_per_14_days
    if most is None:
        return
    end, low = int(start * common_pace().end_dose_share), (last_step or 0) * _LAST_STEPS_IN_TWO_WEEKS
    for a, b in falls_within(start, doses, days, DAYS_OF_FASTEST_CUT):
        if _is_above(a, end) and a - b > low and (a - b) * 100 > most * a:
            raise EaseoffError(
                f"Within {DAYS_OF_FASTEST_CUT} days this falls from {_mg(a)} to {_mg(b)}, which is faster than this class may go.",
                f"Ask for smaller or rarer cuts: {format_percent(most)} or less per {DAYS_OF_FASTEST_CUT} days.",
            )


def beyond_windows(plan: Plan, of_class: StepRule, pace: Pace) -> tuple[Finding, ...]:
    """Falls within the class's shortest interval that its own rule does not allow, as one warning."""
    shortest = pace.days_range[0]
    doses = [to_grid(step.dose_mg) for step in plan.steps] + ([0] if plan.goal_mg == 0 else [])
    falls = falls_within(to_grid(plan.start_dose_mg), doses, [step.days for step in plan.steps], shortest)
    over = [fall for fall in falls if not _allows(of_class, *fall)]
    if not over:
        return ()
    a, b = max(over, key=lambda fall: of_class.drop(*fall))
    to = "nothing" if b == 0 else _mg(b)
    text = (
        f"Within {shortest} days this plan falls further than this class's usual pace allows, the most from {_mg(a)} to {to}. "
        "Each cut is small, but together they are faster. A prescriber has to agree to it, or ask for smaller or rarer cuts."
    )
    return (Finding("falls-above-pace", Level.WARN, text, ("H-033", "H-040"), pace.sources),)


def _allows(of_class: StepRule, a: int, b: int) -> bool:
    """Whether the class allows it; where an interval begins just above the end dose, what holds for the last part."""
    at_the_end = of_class.tail is not None and not _is_above(a, of_class.cap_above)
    return of_class.allows(a, b) or (at_the_end and a - b <= (of_class.tail or 0))


def _is_above(dose: int, end: int) -> bool:
    """Above the end dose by more than a tenth of it: windows do not begin just where a part of the plan does. Project choice."""
    return dose * 10 > end * 11


def _mg(units: int) -> str:
    return format_mg(rounded(from_grid(units), 2))
