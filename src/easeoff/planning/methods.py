"""From a pace and a wish to the rule a step is held to, with its right name and its reasons.

Only *occupancy* is hyperbolic. A percentage always carries its base; a method without an end rule is given one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from easeoff.medicines.model import Confidence, Curve, Formulary, Medicine
from easeoff.pharmacology import (
    PER_POINT,
    Occupancy,
    Scale,
    ShareOfStart,
    planning_curve,
    scale_of,
    worst_scales,
)
from easeoff.planning.findings import Finding, Level
from easeoff.planning.forms import StartForm, curve_factor
from easeoff.planning.pace import Pace, common_pace, first_cut_percent
from easeoff.planning.plan import EffectKind, Limits, Method
from easeoff.planning.request import MethodName, TaperRequest
from easeoff.planning.rules import StepRule
from easeoff.quantities import EaseoffError, format_mg, format_percent, from_grid, on_grid, plain, to_grid

#: Limits for a method that is not the class's own. Project choices: the gentlest that the class tables use.
OTHER_POINTS = Decimal(5)
OTHER_PERCENT_OF_START = Decimal(10)
OTHER_CAP_PERCENT = Decimal(25)
_LONGEST_INTERVAL_DAYS = 730
_DAYS_OF_FASTEST_CUT = 14

_SEVERAL_INTAKES = (
    "The times of day stay as they are and none ever rises. Each time keeps its share of the day as nearly as the doses "
    "that can be made allow. No shorter plan was looked for that changes this."
)
_BASES = {
    MethodName.OCCUPANCY: "points of the person's own starting occupancy",
    MethodName.PERCENT_CURRENT: "the current dose",
    MethodName.PERCENT_START: "the starting dose",
    MethodName.FIXED: "a fixed amount in mg",
}


@dataclass(frozen=True, slots=True)
class Approach:
    """Everything that decides how far one step may go: the method in words and numbers, and the rule made from it.

    ``worst`` are the scales the worst drop is taken over, empty without a curve. ``findings`` say where a wish goes beyond the class's pace.
    """

    method: Method
    rule: StepRule
    effect_kind: EffectKind
    days: int
    pace: Pace
    curve: Curve | None
    worst: tuple[Scale, ...]
    findings: tuple[Finding, ...]


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

    Raises `EaseoffError` for a limit or method that cannot be used.
    """
    medicine = formulary.medicine
    start = to_grid(request.dose)
    factor = curve_factor(formulary, form)
    curve = planning_curve(medicine, form.release.value) if factor is not None else None
    name, because = _choose_name(medicine, request, pace, curve)
    limit = _limit(request, pace, name, gentle=gentle)
    days = _days(request, pace, gentle=gentle)
    cap = request.cap if request.cap is not None else pace.cap_percent
    _refuse_absurd(name, limit, cap, days)
    findings = _beyond_pace(request, pace, name, limit, days)
    first = first_cut_percent(pace, request.person)
    because = (*because, pace.basis)
    if len(request.intakes) > 1:
        because = (*because, _SEVERAL_INTAKES)
    if name is MethodName.OCCUPANCY:
        assert curve is not None and curve.ed50_mg is not None
        limits = Limits(
            points=limit,
            percent_of_current=OTHER_CAP_PERCENT if cap is None else cap,
            first_cut_percent=first,
        )
        assert factor is not None
        scale = scale_of(curve, start, factor)
        rule = StepRule(
            scale,
            start,
            effect_drop=_millionths(limit),
            cap=_share(limits.percent_of_current),
            cap_above=scale.ed50,
            first_cut=_share(first),
        )
        method = Method(name, _BASES[name], limits, None, because)
        return Approach(
            method,
            rule,
            EffectKind.OCCUPANCY_POINTS,
            days,
            pace,
            curve,
            worst_scales(medicine, curve, start, factor),
            findings,
        )
    method, rule = _without_curve(formulary, request, pace, name, limit, cap, days, first, smallest, because)
    return Approach(method, rule, EffectKind.PERCENT_OF_START, days, pace, None, (), findings)


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


def _limit(request: TaperRequest, pace: Pace, name: MethodName, *, gentle: bool) -> Decimal:
    if request.limit is not None:
        return request.limit
    if name is pace.method:
        return pace.limit_gentle if gentle else pace.limit
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


def _days(request: TaperRequest, pace: Pace, *, gentle: bool) -> int:
    if request.every is not None:
        return request.every
    return pace.days_gentle if gentle else pace.days


def _refuse_absurd(name: MethodName, limit: Decimal, cap: Decimal | None, days: int) -> None:
    if limit <= 0 or (name is not MethodName.FIXED and limit > 100):
        unit = "points" if name is MethodName.OCCUPANCY else "mg" if name is MethodName.FIXED else "%"
        raise EaseoffError(
            f"A limit of {plain(limit)} {unit} a step cannot be used.", "Give a limit above 0 and up to 100."
        )
    if on_grid(limit) is None:
        raise EaseoffError("The limit has too many decimal places.", "Give it with up to six.")
    if cap is not None and not 0 < cap <= 100:
        raise EaseoffError(f"A cap of {plain(cap)} % cannot be used.", "Give a cap above 0 and up to 100.")
    if not 1 <= days <= _LONGEST_INTERVAL_DAYS:
        raise EaseoffError(
            f"{days} days between steps cannot be used.", f"Give 1 to {_LONGEST_INTERVAL_DAYS} days."
        )


def _beyond_pace(
    request: TaperRequest, pace: Pace, name: MethodName, limit: Decimal, days: int
) -> tuple[Finding, ...]:
    """What was asked for that goes faster than the class's pace: said, never silently done."""
    found = []
    fastest = pace.most_percent_per_14_days
    if (
        fastest is not None
        and name is not MethodName.FIXED
        and limit * _DAYS_OF_FASTEST_CUT > fastest * max(days, _DAYS_OF_FASTEST_CUT)
    ):
        raise EaseoffError(
            f"{format_percent(limit)} a step every {days} days is faster than this class may go.",
            f"Use {format_percent(fastest)} or less per 14 days.",
        )
    highest = (
        pace.limit_range[1]
        if name is pace.method
        else {
            MethodName.OCCUPANCY: Decimal(10),
            MethodName.PERCENT_CURRENT: OTHER_CAP_PERCENT,
            MethodName.PERCENT_START: OTHER_CAP_PERCENT,
            MethodName.FIXED: None,
        }[name]
    )
    if highest is not None and limit > highest:
        found.append(
            Finding(
                "limit-above-pace",
                Level.WARN,
                f"You asked for steps of up to {plain(limit)}. For this medicine the usual limit is {plain(highest)}. "
                "A prescriber has to agree to larger steps.",
                ("H-033",),
                pace.sources,
            )
        )
    if request.cap is not None and request.cap > (pace.cap_percent or OTHER_CAP_PERCENT):
        found.append(
            Finding(
                "cap-above-pace",
                Level.WARN,
                f"You asked for cuts of up to {format_percent(request.cap)} of the current dose. The usual cap is "
                f"{format_percent(pace.cap_percent or OTHER_CAP_PERCENT)}. A prescriber has to agree to larger cuts.",
                ("H-033",),
                pace.sources,
            )
        )
    if days < pace.days_range[0]:
        found.append(
            Finding(
                "interval-below-pace",
                Level.WARN,
                f"You asked for {days} days between steps. For this medicine the usual shortest is {pace.days_range[0]} days. "
                "A prescriber has to agree to a faster pace.",
                ("H-033",),
                pace.sources,
            )
        )
    return tuple(found)


def _without_curve(
    formulary: Formulary,
    request: TaperRequest,
    pace: Pace,
    name: MethodName,
    limit: Decimal,
    cap: Decimal | None,
    days: int,
    first: Decimal,
    smallest: int | None,
    because: tuple[str, ...],
) -> tuple[Method, StepRule]:
    start = to_grid(request.dose)
    end = _end_dose(request, start)
    last_steps = _last_steps(formulary, pace)
    tail_percent = min(limit, common_pace().tail_percent_of_start)
    caps = [
        c
        for c in (cap, limit if name is MethodName.PERCENT_CURRENT else None, _fastest_cut(pace, days))
        if c is not None
    ]
    current = min(caps, default=None)
    amount: int | None = None
    if name is MethodName.PERCENT_START:
        amount = int(_share_of(start, limit))
    elif name is MethodName.FIXED:
        amount = to_grid(limit)
    is_percent_current = name is MethodName.PERCENT_CURRENT
    tails = [
        t
        for t in (int(_share_of(start, tail_percent)) if is_percent_current else None, last_steps)
        if t is not None
    ]
    tail = min(tails, default=None)
    limits = Limits(
        percent_of_current=current,
        percent_of_start=limit if name is MethodName.PERCENT_START else None,
        tail_percent_of_start=tail_percent if is_percent_current else None,
        mg=limit if name is MethodName.FIXED else None,
        first_cut_percent=first,
        last_steps_mg=None if last_steps is None else from_grid(last_steps),
    )
    rule = StepRule(
        ShareOfStart(start),
        start,
        cap=_share(current),
        cap_above=end,
        amount=amount,
        tail=tail,
        first_cut=_share(first),
    )
    shown = max(end, smallest or 0) if is_percent_current and request.end_dose is None else end
    end_shown = from_grid(shown) if current is not None or tail is not None else None
    reasons = (*because, common_pace().tail_basis) if is_percent_current else because
    if is_percent_current and shown != end:
        reasons = (
            *reasons,
            f"The smallest dose that can be measured is {format_mg(from_grid(shown))}, so the end rule begins there.",
        )
    return Method(name, _BASES[name], limits, end_shown, reasons), rule


def _end_dose(request: TaperRequest, start: int) -> int:
    """Where percent of the current dose ends, in grid units: as asked, or a share of the start.

    planner.md lets it rise to the smallest measurable dose. That never changes which step is allowed, because below that
    dose there is only zero and the tail limit decides; so the rule keeps the share, and the larger one is only shown.
    """
    if request.end_dose is not None:
        end = on_grid(request.end_dose) or 0
        if not 0 < end < to_grid(request.dose):
            raise EaseoffError(
                f"An end dose of {format_mg(request.end_dose)} cannot be used.",
                f"Give one above 0 mg and below {format_mg(request.dose)}.",
            )
        return end
    return int(start * Fraction(common_pace().end_dose_share))


def _fastest_cut(pace: Pace, days: int) -> Decimal | None:
    """The class's fastest cut as percent of current for one step of so many days; never over the two-week figure."""
    if pace.most_percent_per_14_days is None:
        return None
    return pace.most_percent_per_14_days * min(days, _DAYS_OF_FASTEST_CUT) / _DAYS_OF_FASTEST_CUT


def _last_steps(formulary: Formulary, pace: Pace) -> int | None:
    """The largest of the last cuts of a benzodiazepine, in grid units, by the table that gives the highest equivalent."""
    if pace.last_steps_diazepam_mg is None:
        return None
    if formulary.medicine.name == "diazepam":
        return to_grid(pace.last_steps_diazepam_mg)
    ratios = [
        Fraction(e.low_mg) / Fraction(e.reference_mg)
        for e in formulary.dose_equivalences
        if e.reference_medicine == "diazepam"
        and e.medicine == formulary.medicine.name
        and e.provenance.confidence is not Confidence.UNVERIFIED
    ]
    if not ratios:
        return None
    return int(Fraction(pace.last_steps_diazepam_mg) * min(ratios) * to_grid(Decimal(1)))


def _share(percent: Decimal | None) -> Fraction | None:
    return None if percent is None else Fraction(percent) / 100


def _share_of(units: int, percent: Decimal) -> Fraction:
    return units * Fraction(percent) / 100


def _millionths(points: Decimal) -> int:
    return int(Fraction(points) * PER_POINT)


__all__ = ["Approach", "Occupancy", "choose_approach"]
