"""From a solution to the plan that people read: steps with their portions, dates, bands, drops and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from easeoff.medicines.bands import PortionBands
from easeoff.medicines.model import Formulary
from easeoff.medicines.portions import PortionChoice, band_of
from easeoff.pharmacology import PER_POINT, Scale
from easeoff.planning.cited import cited_sources
from easeoff.planning.distinct import marked_distinct
from easeoff.planning.methods import Approach
from easeoff.planning.plan import Intake, Plan, Portion, Status, Step, Summary
from easeoff.planning.preparing import how_to_take
from easeoff.planning.reasons import ideal_mg, reasons
from easeoff.planning.request import TaperRequest
from easeoff.planning.solving.kits import Portions
from easeoff.planning.solving.solved import Solved
from easeoff.planning.solving.solver import Solution
from easeoff.planning.supply import supply_until_review
from easeoff.planning.version import ENGINE_VERSION
from easeoff.quantities import from_grid, plain, rounded, to_grid

#: Decimal places of figures about a dose (effects, drops); doses themselves are never rounded.
_PLACES = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """A solution with everything it was found from."""

    formulary: Formulary
    request: TaperRequest
    approach: Approach
    solved: Solved
    goal: int
    bands: PortionBands

    @property
    def solution(self) -> Solution:
        """The doses and how each is made."""
        return self.solved.solution


def build_plan(draft: Draft) -> Plan:
    """The plan as immutable values. Findings are added by whoever reviews it."""
    request = draft.request
    start = to_grid(request.dose)
    path = [start, *draft.solution.doses]
    days = _days(draft, path)
    near = draft.approach.method.near_steps(days, request.review)
    steps = _steps(draft, path, days, near)
    steps = marked_distinct(steps, request.dose, request.dose, draft.approach.method)
    days_to_goal = sum(days[:-1])
    # The day of the last cut is a step too: at a review nobody has agreed to yet it has no date.
    review_on = _date_after(request.start, sum(days[: min(near, len(steps))]))
    arrives_on = _date_after(request.start, days_to_goal) if near == len(days) else None
    return Plan(
        engine_version=ENGINE_VERSION,
        data_version=draft.formulary.data_version,
        created_on=request.today,
        request=request,
        status=Status.DRAFT,
        version=1,
        replaces="",
        events=(),
        medicine=draft.formulary.medicine.name,
        country=draft.formulary.country,
        method=draft.approach.method,
        interval_days=min(days[:-1], default=draft.approach.days),
        start_dose_mg=request.dose,
        steps=steps,
        goal_mg=from_grid(draft.goal),
        arrives_on=arrives_on,
        review_on=review_on,
        summary=_summary(draft, steps, days_to_goal),
        supply=supply_until_review(draft.formulary, steps, near),
        findings=(),
        sources=cited_sources(draft.formulary, draft.approach, steps),
    )


def steps_from(draft: Draft, dose: int, low_mg: Decimal, high_mg: Decimal) -> tuple[Step, ...]:
    """The steps of the solution that leads down from ``dose`` (grid units), numbered from 1, without dates.

    ``low_mg`` and ``high_mg`` bound what ``dose`` really delivers.
    """
    path = [dose, *draft.solution.doses]
    steps = _steps(draft, path, _days(draft, path), 0)
    return marked_distinct(steps, low_mg, high_mg, draft.approach.method)


def last_drops(draft: Draft, dose: int) -> tuple[Decimal, Decimal | None]:
    """The drop to the goal of the way down from ``dose`` (grid units), and the worst by other published curves."""
    before, goal = [dose, *draft.solution.doses][-2:]
    return drops_between(draft.approach, before, goal)


def intakes_of(times: Sequence[str], portions: Sequence[Portions], bands: PortionBands) -> tuple[Intake, ...]:
    """What is taken at each time of day (``""`` where no time was said), in words and with what is really delivered."""
    return tuple(
        Intake(time, tuple(_portion(choice, bands) for choice in taken))
        for time, taken in zip(times, portions, strict=True)
    )


def _days(draft: Draft, path: Sequence[int]) -> list[int]:
    """The days of every dose after the start, the goal's last."""
    rhythm = draft.approach.rhythm
    if draft.solution.days:
        return rhythm.lengthened(draft.solution.days)
    return rhythm.days(path)


def _steps(draft: Draft, path: Sequence[int], days: Sequence[int], near: int) -> tuple[Step, ...]:
    """Every dose above zero as a step; those before the review are dated."""
    steps = []
    begins = draft.request.start
    for number, (before, dose) in enumerate(pairwise(path), 1):
        if dose > 0:
            day = begins if number <= near else None
            steps.append(_step(draft, number, before, dose, days[number - 1], day))
        begins = _date_after(begins, days[number - 1])
    return tuple(steps)


def _step(draft: Draft, number: int, before: int, dose: int, days: int, begins: date | None) -> Step:
    approach, request = draft.approach, draft.request
    portions = draft.solved.portions[number - 1]
    intakes = intakes_of([i.time for i in request.intakes] or [""], portions, draft.bands)
    within = number - 1 not in draft.solution.over
    every = [p for intake in intakes for p in intake.portions]
    return Step(
        number=number,
        start=begins,
        end=None if dose == draft.goal else _date_after(begins, days - 1),
        days=days,
        dose_mg=from_grid(dose),
        low_mg=sum((p.low_mg for p in every), Decimal(0)),
        high_mg=sum((p.high_mg for p in every), Decimal(0)),
        ideal_mg=ideal_mg(approach, draft.solution, number, before),
        intakes=intakes,
        effect=_figure(approach.rule.scale.effect(dose)),
        drop=_figure(approach.rule.drop(before, dose)),
        worst_drop=_worst_drop(approach.worst, before, dose),
        percent_of_start=rounded(from_grid(dose) * 100 / request.dose, _PLACES),
        within=within,
        distinct=True,
        because=reasons(approach, draft.solution, number, before, dose, days),
    )


def _portion(choice: PortionChoice, bands: PortionBands) -> Portion:
    low, high = band_of(choice, bands)
    return Portion(
        product=choice.product.id,
        amount=choice.amount,
        unit=choice.product.unit,
        mg=from_grid(choice.labelled),
        equivalent_mg=from_grid(choice.equivalent),
        low_mg=from_grid(low),
        high_mg=from_grid(high),
        device="" if choice.device is None else choice.device.id,
        how=how_to_take(choice),
    )


def _summary(draft: Draft, steps: Sequence[Step], days: int) -> Summary:
    approach, solution = draft.approach, draft.solution
    start = to_grid(draft.request.dose)
    path = [start, *solution.doses]
    drops = [approach.rule.drop(a, b) for a, b in pairwise(path)]
    last_from, last_to = path[-2], path[-1]
    gaps = [abs(step.dose_mg - step.ideal_mg) * 100 / draft.request.dose for step in steps]
    return Summary(
        steps=len(solution.doses),
        days=days,
        largest_drop=_figure(max(drops)),
        last_drop=_figure(drops[-1]),
        worst_last_drop=_worst_drop(approach.worst, last_from, last_to),
        effect_kind=approach.effect_kind,
        within_limit=solution.shape.within_limit,
        products=tuple(sorted({p.product for s in steps for i in s.intakes for p in i.portions})),
        mean_gap_to_ideal=rounded(sum(gaps, Decimal(0)) / len(gaps), _PLACES) if gaps else Decimal(0),
        # A timetable is followed, not shortened: nothing is claimed of other ways.
        checked_steps=approach.timetable is None,
        checked_largest_drop=approach.timetable is None,
        # How the day is shared comes before handling, and is looked for among the most promising ways only.
        checked_handling=approach.timetable is None and len(draft.request.intakes) < 2,
    )


def _worst_drop(scales: Sequence[Scale], before: int, dose: int) -> Decimal | None:
    if not scales:
        return None
    return _figure(max(scale.effect(before) - scale.effect(dose) for scale in scales))


def drops_between(approach: Approach, before: int, dose: int) -> tuple[Decimal, Decimal | None]:
    """The drop between two doses (grid units) as it is printed, and the worst by other published curves."""
    return _figure(approach.rule.drop(before, dose)), _worst_drop(approach.worst, before, dose)


def _figure(millionths: int) -> Decimal:
    return Decimal(plain(rounded(Decimal(millionths) / PER_POINT, _PLACES)))


def _date_after(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days=days)
