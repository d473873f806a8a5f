"""From a pace and a wish to the approach: which method, with which limit, and from whom it has to be agreed.

Only *occupancy* is hyperbolic. A percentage always carries its base; a method without an end rule is given one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from easeoff.medicines.model import Curve, Formulary, Medicine
from easeoff.pharmacology import planning_curve
from easeoff.planning.findings import Finding
from easeoff.planning.forms import StartForm, curve_factor
from easeoff.planning.methods.against_class import beyond_class, beyond_pace, own_doses, short_steps
from easeoff.planning.methods.approach import Approach
from easeoff.planning.methods.as_published import as_published
from easeoff.planning.methods.asking import Asking
from easeoff.planning.methods.by_curve import by_curve
from easeoff.planning.methods.by_dose import by_dose, percent
from easeoff.planning.methods.class_limits import OTHER_PERCENT_OF_START, OTHER_POINTS, last_steps
from easeoff.planning.methods.in_blocks import block_of, in_blocks, judged_as
from easeoff.planning.methods.registry import choices
from easeoff.planning.methods.settings import checked_settings, refuse_absurd
from easeoff.planning.methods.windows import refuse_over_ceiling
from easeoff.planning.pace import Pace
from easeoff.planning.request import NO_SETTINGS, MethodName, TaperRequest
from easeoff.planning.rules import StepRule
from easeoff.quantities import EaseoffError, to_grid

_SEVERAL_INTAKES = (
    "The times of day stay as they are and none ever rises. Each time keeps its share of the day as nearly as the doses "
    "that can be made allow. No shorter plan was looked for that changes this."
)


def choose_approach(
    formulary: Formulary,
    request: TaperRequest,
    pace: Pace,
    form: StartForm,
    *,
    gentle: bool,
    smallest: int | None,
) -> Approach:
    """The method and its rule. ``gentle`` while a question is open; ``smallest`` measurable dose in grid units.

    Raises `EaseoffError` for a limit, a setting or a method that cannot be used.
    """
    medicine = formulary.medicine
    curve = (
        planning_curve(medicine, form.release.value) if curve_factor(formulary, form) is not None else None
    )
    name, because = _choose_name(medicine, request, pace, curve)
    because = (*because, pace.basis)
    if len(request.intakes) > 1:
        because = (*because, _SEVERAL_INTAKES)
    request = replace(request, settings=checked_settings(request, name, medicine))
    asking = Asking(formulary, request, pace, form, gentle, smallest, curve, name, because)
    match name:
        case MethodName.TABLE:
            return as_published(asking, _rule_of_class(asking))
        case MethodName.SLIDE | MethodName.MICRO:
            return _in_blocks(asking)
        case MethodName.BANDS:
            return _in_bands(asking)
        case _:
            return _by_limit(asking)


def _in_blocks(asking: Asking) -> Approach:
    block, judged = block_of(asking.request, asking.name), judged_as(asking)
    whole = percent(block.whole)
    refuse_absurd(judged, asking.request.limit, asking.request.cap, block.days)
    if whole > 100:
        raise EaseoffError(
            "A block of these cuts takes away more than there is.", "Give fewer or smaller cuts."
        )
    findings = beyond_pace(asking.request, asking.pace, judged, whole, block.days, in_blocks=True)
    approach = in_blocks(asking, block, findings)
    assert approach.timetable is not None
    asked = approach.timetable.asked
    _refuse_over_ceiling(asking, [a.dose for a in asked], [a.days for a in asked])
    return approach


def _in_bands(asking: Asking) -> Approach:
    days = [band.days or asking.days for band in asking.settings.bands]
    refuse_absurd(asking.name, None, asking.request.cap, min(days))
    found = beyond_pace(asking.request, asking.pace, asking.name, None, max(days))
    approach = by_dose(asking, Decimal(0), ())
    _refuse_too_many(asking, approach)
    path = own_doses(approach.rule)
    _refuse_over_ceiling(asking, path[1:], approach.rhythm.days(path))
    return replace(approach, findings=(*found, *_beyond_class(asking, approach), *_ramped(asking, min(days))))


def _refuse_over_ceiling(asking: Asking, doses: Sequence[int], days: Sequence[int]) -> None:
    last_step = last_steps(asking.formulary, asking.pace)
    refuse_over_ceiling(asking.start, doses, days, asking.pace, last_step)


def _by_limit(asking: Asking) -> Approach:
    limit, days = _limit(asking), asking.days
    refuse_absurd(asking.name, limit, asking.request.cap, days)
    findings = beyond_pace(asking.request, asking.pace, asking.name, limit, days)
    if asking.name is MethodName.OCCUPANCY:
        approach = by_curve(asking, limit, (*findings, *_ramped(asking, days)))
        _refuse_too_many(asking, approach)
        return approach
    approach = by_dose(asking, limit, findings)
    _refuse_too_many(asking, approach)
    beyond = _beyond_class(asking, approach) if asking.settings.unit is not None else ()
    return replace(approach, findings=(*findings, *beyond, *_ramped(asking, days)))


def _refuse_too_many(asking: Asking, approach: Approach) -> None:
    """Raise `EaseoffError` where the method alone, if every dose could be made, would take more steps than anybody means.

    However long the steps last is nobody's slip: slower is always possible.
    """
    goal = to_grid(asking.request.goal or Decimal(0))
    path = [dose for dose in own_doses(approach.rule) if dose > goal]
    most = choices().most_steps
    if len(path) > most:
        raise EaseoffError(
            f"With these numbers there would be more than {most} steps.",
            "Check the largest step and the dose for a slip. For many small cuts there is the daily micro-taper.",
        )


def _beyond_class(asking: Asking, approach: Approach) -> tuple[Finding, ...]:
    return tuple(beyond_class(own_doses(approach.rule), _rule_of_class(asking), asking.pace, ""))


def _ramped(asking: Asking, days: int) -> tuple[Finding, ...]:
    """Intervals below the class's shortest further on: in a ramp or in bands, whose first was looked at already."""
    later = [*asking.settings.ramp, *(band.days or days for band in asking.settings.bands)]
    return () if days < asking.pace.days_range[0] else tuple(short_steps(later, asking.pace))


def _rule_of_class(asking: Asking) -> StepRule:
    return class_rule(asking.formulary, asking.request, asking.pace, asking.form)


def class_rule(formulary: Formulary, request: TaperRequest, pace: Pace, form: StartForm) -> StepRule:
    """The class's own rule at the fastest that its range allows: what somebody else's doses are held to."""
    plain = replace(
        request,
        method=None,
        limit=pace.limit_range[1],
        cap=None,
        every=pace.days_range[0],
        end_dose=None,
        settings=NO_SETTINGS,
    )
    return choose_approach(formulary, plain, pace, form, gentle=False, smallest=None).rule


def _choose_name(
    medicine: Medicine, request: TaperRequest, pace: Pace, curve: Curve | None
) -> tuple[MethodName, tuple[str, ...]]:
    asked = request.method
    no_curve = (
        medicine.no_curve_reason
        or f"No published curve for {medicine.name} in this form may be used to plan doses."
    )
    if asked is MethodName.OCCUPANCY and curve is None:
        raise EaseoffError(no_curve, "Use --method percent-current instead.")
    if asked is not None:
        return asked, (f"You asked for the method {asked.value}.",)
    if pace.method is MethodName.OCCUPANCY and curve is None:
        return MethodName.PERCENT_CURRENT, (f"{no_curve} So the steps are parts of the current dose.",)
    if pace.method is MethodName.OCCUPANCY:
        return pace.method, (
            f"A published curve links the dose of {medicine.name} to what it does in the brain, so steps of equal effect can be planned.",
        )
    if curve is None and not medicine.curves:
        return pace.method, (no_curve,)
    return pace.method, ()


def _limit(asking: Asking) -> Decimal:
    name, pace = asking.name, asking.pace
    if asking.request.limit is not None:
        return asking.request.limit
    if name is pace.method:
        return pace.limit_gentle if asking.gentle else pace.limit
    if name is MethodName.OCCUPANCY:
        return OTHER_POINTS
    if name is MethodName.PERCENT_CURRENT:
        return pace.cap_percent if pace.cap_percent is not None else OTHER_PERCENT_OF_START
    if name is MethodName.PERCENT_START:
        return OTHER_PERCENT_OF_START
    raise EaseoffError(
        "The fixed method has no limit of its own.",
        "Say how many mg to take off each time, such as --limit 2.5.",
    )
