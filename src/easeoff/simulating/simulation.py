"""One plan in, what each step does out: the only place that joins plan, medicine and model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, log

from easeoff.medicines import find_medicine, load_formulary
from easeoff.medicines.model import Formulary
from easeoff.pharmacology import planning_curve
from easeoff.pharmacology.kinetics import Dosing, Engine, Floats, Kinetics
from easeoff.planning.crossover.two_medicines import refuse_two
from easeoff.planning.forms import curve_factor, start_form
from easeoff.planning.plan import Plan
from easeoff.quantities import EaseoffError
from easeoff.simulating.course import Course, course
from easeoff.simulating.known import Known, known_of
from easeoff.simulating.questions import (
    Scale,
    Stopped,
    Swing,
    Upset,
    alternate_days,
    scale_of,
    steepest_day,
    stopping,
    swings_by_times,
    upsets,
    waves,
)
from easeoff.simulating.schedules import LEAD_DAYS, Stretch, dosing_of, stretches_of
from easeoff.simulating.steps import StepFall, step_falls

#: People drawn for the band where nobody says how many.
USUAL_PEOPLE = 1000
#: More people than this are for `easeoff.simulating.crowd`, which keeps none of them.
MOST_PEOPLE_DRAWN = 20_000
#: After the last dose the course is drawn for at least so many days, and at most so many. Project choice.
_TAIL_DAYS = (28, 182)
#: A step is drawn whose level is left by this share after the tail.
_TAIL_SHARE = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Simulation:
    """What a plan does to level and occupancy.

    ``stretches`` are the doses over time, `LEAD_DAYS` at the starting dose foremost. ``lowest`` is the last dose above zero of the plan, for
    the questions that are asked at a low dose too. ``waves`` is the hourly course of every other day and of half the dose. ``missed`` are days (0 is the first of the lead) whose doses are left out of ``course``.
    """

    medicine: str
    known: Known
    stretches: tuple[Stretch, ...]
    dosing: Dosing
    course: Course
    falls: tuple[StepFall, ...]
    scale: Scale
    swings: tuple[Swing, ...]
    alternate: tuple[Swing, ...]
    waves: tuple[Floats, Floats]
    upsets_now: tuple[Upset, ...]
    upsets_low: tuple[Upset, ...]
    stopped: tuple[Stopped, ...]
    steepest_day_percent: float
    missed: tuple[int, ...]

    @property
    def lead_days(self) -> int:
        """Days at the starting dose before the first change."""
        return LEAD_DAYS


def simulate(
    plan: Plan,
    *,
    people: int = USUAL_PEOPLE,
    seed: int = 1,
    missed: Sequence[date] = (),
    engine: Engine = Engine.FAST,
) -> Simulation:
    """What ``plan`` does, for the average adult and a band over ``people`` who differ.

    The same seed gives the same people. ``missed`` are days on which nothing is taken. Raises `EaseoffError` for a plan with gaps,
    a number of people that cannot be, missing kinetics or a missed day outside the dated part of the plan.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from easeoff import Tier, TaperRequest, plan_taper, simulate
    >>> request = TaperRequest("sertraline", Decimal(100), "GB", today=date(2026, 1, 5), tier=Tier.SPECIAL)
    >>> found = simulate(plan_taper(request).plan, people=50)
    >>> found.falls[0].settled_days
    5
    """
    refuse_two(plan, "simulation")
    if not 2 <= people <= MOST_PEOPLE_DRAWN:
        raise EaseoffError(f"A band over {people} people cannot be drawn.",
                           f"Give 2 to {MOST_PEOPLE_DRAWN}; for more, ask for a file of quantiles.")  # fmt: skip
    known, stretches = known_of_plan(plan)
    dosing = dosing_of(stretches)
    left_out = missed_days(stretches, missed)
    if left_out:
        mg = dosing.mg.copy()
        mg[list(left_out)] = 0.0
        dosing = replace(dosing, mg=mg)
    start = stretches[0].day
    lowest = next((s.day for s in reversed(stretches) if s.day), start)
    scale = scale_of(known, start)
    return Simulation(
        medicine=known.medicine,
        known=known,
        stretches=stretches,
        dosing=dosing,
        course=course(known, dosing, people, seed, engine),
        falls=step_falls(known, stretches),
        scale=scale,
        swings=swings_by_times(known, start, scale),
        alternate=alternate_days(known, start, scale),
        waves=waves(known, start, scale),
        upsets_now=upsets(known, start, scale),
        upsets_low=upsets(known, lowest, scale),
        stopped=stopping(known, start, scale),
        steepest_day_percent=steepest_day(known, start),
        missed=left_out,
    )


def known_of_plan(plan: Plan) -> tuple[Known, tuple[Stretch, ...]]:
    """What is known of the plan's medicine in the form it is taken, and its doses over time."""
    formulary = load_formulary(find_medicine(plan.medicine), plan.country)
    known = known_for(formulary, plan)
    return known, stretches_of(plan, _tail(known.kinetics))


def known_for(formulary: Formulary, plan: Plan) -> Known:
    """What is known of the medicine in the form the plan starts from."""
    form, _ = start_form(formulary, plan.request)
    factor = curve_factor(formulary, form)
    curve = planning_curve(formulary.medicine, form.release) if factor is not None else None
    return known_of(formulary.medicine, form.release, curve, float(factor) if factor is not None else 1.0)


def missed_days(stretches: Sequence[Stretch], missed: Sequence[date]) -> tuple[int, ...]:
    """The days of the course, counted from 0, on which nothing is taken. Raises `EaseoffError` for one outside the plan."""
    if not missed:
        return ()
    dated = [stretch for stretch in stretches if stretch.start is not None and stretch.day]
    if not dated:
        raise EaseoffError("This plan has no dates, so a missed day cannot be found in it.",
                           "A plan has dates once its questions are answered and it has a first day (--start).")  # fmt: skip
    first = dated[0].start
    assert first is not None
    last = max(s.start + timedelta(days=s.days - 1) for s in dated if s.start is not None)
    for day in missed:
        if not first <= day <= last:
            raise EaseoffError(f"{day.isoformat()} is not in the dated part of the plan.",
                               f"Give a day from {first.isoformat()} to {last.isoformat()}.")  # fmt: skip
    return tuple(sorted({LEAD_DAYS + (day - first).days for day in missed}))


def _tail(kinetics: Kinetics) -> int:
    """Days after the last dose until little is left."""
    slowest = min(kinetics.elimination, kinetics.metabolite or kinetics.elimination)
    return min(max(ceil(-log(_TAIL_SHARE) / slowest / 24), _TAIL_DAYS[0]), _TAIL_DAYS[1])
