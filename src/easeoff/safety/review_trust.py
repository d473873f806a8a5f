"""How sure a plan is of itself: the last drop, the worst curve, the curve's origin, what we had to choose."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from easeoff.medicines.model import Confidence
from easeoff.pharmacology import PER_POINT, scale_of
from easeoff.planning.findings import Finding
from easeoff.planning.plan import EffectKind, Plan
from easeoff.quantities import format_mg, plain, rounded, to_grid
from easeoff.safety.parts import Case, note, warn

#: A step of more points than the largest class limit is a warning, not a note.
MOST_POINTS_UNREMARKED = 10
#: More numbers of steps than this are counted, not listed.
MOST_NUMBERS = 12
DAYS_OF_A_WEEK = 7


def trust(case: Case, plan: Plan) -> Iterator[Finding]:
    """The last step's size, blurred steps, the curve's origin, and how many figures are not primary."""
    yield _last_step(plan)
    yield from _blurred(plan)
    yield from _curve(case, plan)
    yield from _beside_the_curve(case, plan)
    yield from _figures(plan)


def _last_step(plan: Plan) -> Finding:
    doses = (plan.start_dose_mg, *(step.dose_mg for step in plan.steps))
    last, goal = (
        (doses[-1], Decimal(0))
        if plan.goal_mg == 0
        else (doses[-2] if len(doses) > 1 else doses[0], plan.goal_mg)
    )
    worst = plan.summary.worst_last_drop
    beside = "" if worst is None else f" On the least favourable published curve it is {_size(worst, plan)}."
    return note(
        "last-step",
        f"The last step goes from {format_mg(last)} to {format_mg(goal)}. That is a drop of"
        f" {_size(plan.summary.last_drop, plan)}.{beside}",
        ("H-011", "H-040"),
        ("horowitz_2021",),
    )


def _size(drop: Decimal, plan: Plan) -> str:
    number = plain(rounded(drop, 1))
    if plan.summary.effect_kind is EffectKind.OCCUPANCY_POINTS:
        return f"{number} points of occupancy"
    return f"{number} % of the starting dose"


def _blurred(plan: Plan) -> Iterator[Finding]:
    numbers = [str(step.number) for step in plan.steps if not step.distinct]
    by_week = plan.method.block_days is not None and any(step.days < DAYS_OF_A_WEEK for step in plan.steps)
    drawn = any(p.device for step in plan.steps for intake in step.intakes for p in intake.portions)
    same = " Use the same syringe throughout." if drawn else ""
    if numbers:
        which = f"{'Step' if len(numbers) == 1 else 'Steps'} {', '.join(numbers)}"
        if len(numbers) > MOST_NUMBERS:
            which = f"{len(numbers)} of {len(plan.steps)} steps"
        text = (
            f"{which}: the mean dose of a week falls by less than the measuring error. It goes down over weeks, not from day to day."
            if by_week
            else f"{which}: the measuring error is about as large as the step. On some days the dose may not go down."
        )
        yield warn("blurred-steps", f"{text}{same}", ("H-034",))


def _curve(case: Case, plan: Plan) -> Iterator[Finding]:
    if plan.summary.effect_kind is not EffectKind.OCCUPANCY_POINTS:
        return
    for curve in case.medicine.curves:
        if curve.plan_with and curve.provenance.confidence is not Confidence.READ:
            yield warn(
                "curve-not-checked",
                "The curve behind these steps comes from a public transcription, not yet checked against"
                " the paper. It describes an average, not you, and no trial of tapering by it was found.",
                ("H-010", "H-011"),
                (curve.provenance.source,),
            )


def _beside_the_curve(case: Case, plan: Plan) -> Iterator[Finding]:
    """A plan in mg or percent of dose for a medicine that has a curve: what its steps take away by that curve."""
    if plan.summary.effect_kind is EffectKind.OCCUPANCY_POINTS or not plan.steps:
        return
    releases = {
        case.formulary.product(p.product).release.value for i in plan.steps[0].intakes for p in i.portions
    }
    curve = next((c for c in case.medicine.curves if c.plan_with), None)
    if curve is None:
        return
    other = (
        ""
        if releases & set(curve.releases)
        else " It was measured on another form of the medicine, so it only gives an idea."
    )
    doses = [plan.start_dose_mg, *(step.dose_mg for step in plan.steps)]
    if plan.goal_mg == 0:
        doses.append(Decimal(0))
    scale = scale_of(curve, to_grid(plan.start_dose_mg))
    effects = [scale.effect(to_grid(dose)) for dose in doses]
    drops = [before - after for before, after in pairwise(effects)]
    largest = max(range(len(drops)), key=drops.__getitem__)
    points = rounded(Decimal(drops[largest]) / PER_POINT, 1)
    say = warn if points > MOST_POINTS_UNREMARKED else note
    yield say(
        "drop-by-the-curve",
        f"This method does not look at what the medicine does in the brain. By the published curve the step from"
        f" {format_mg(doses[largest])} to {format_mg(doses[largest + 1])} takes away {plain(points)} points of the"
        f" effect at today's dose, the most of all steps.{other}",
        ("H-011", "H-040"),
        (curve.provenance.source,),
    )


def _figures(plan: Plan) -> Iterator[Finding]:
    second_hand = sum(1 for cited in plan.sources if cited.confidence == Confidence.SECONDARY)
    chosen = sum(1 for cited in plan.sources if cited.confidence == Confidence.PROJECT_CHOICE)
    if second_hand or chosen:
        quoted = f"{second_hand} {'was' if second_hand == 1 else 'were'} seen only in works that quote them"
        ours = f"{chosen} {'is our own choice' if chosen == 1 else 'are our own choices'} because nobody published a figure"
        told = ", and ".join(text for number, text in ((second_hand, quoted), (chosen, ours)) if number)
        reviewed = " A clinician has yet to review what we chose." if chosen else ""
        yield note(
            "how-sure", f"Of the {len(plan.sources)} sources behind this plan, {told}.{reviewed}", ("H-033",)
        )
