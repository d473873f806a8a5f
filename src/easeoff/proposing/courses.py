"""The way on that each kind of event asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from easeoff.planning.findings import Finding, Level
from easeoff.planning.lifecycle import (
    Kind,
    mark_at,
    mark_text,
    taken_text,
)
from easeoff.planning.plan import Course
from easeoff.planning.request import TaperRequest
from easeoff.proposing.crossing_back import crossing_back
from easeoff.proposing.happening import Happening
from easeoff.proposing.notsooner import refuse_sooner
from easeoff.proposing.now import Now, agreed_limit, limit_words, wish_of
from easeoff.proposing.replanning import change_product, longer, longer_days, smaller, step_back
from easeoff.proposing.stretching import stretched
from easeoff.quantities import EaseoffError, format_date, plain


def course_for(now: Now, happening: Happening, kind: Kind) -> Course:
    """The way on after this. Raises `EaseoffError`, or `NoSuchPlan` where nothing at hand makes it."""
    course = _COURSES[kind](now, happening)
    if kind in (Kind.SLOWER, Kind.STEP_BACK) and now.plan.crossover is None:
        refuse_sooner(now, course, kind)
    return course


def _step_back(now: Now, happening: Happening) -> Course:
    back = _step_to_go_back_to(now, happening.to)
    every = happening.every or longer_days(now.plan)
    wish = _slower_wish(now, happening)
    if now.plan.crossover is not None:
        return crossing_back(now, back, replace(wish, every=every))
    return step_back(now, back, wish, every)


def _step_to_go_back_to(now: Now, to: Decimal | None) -> int:
    """The last step before this one with a higher dose; never above the starting dose, because there is none."""
    plan, taken = now.plan, mark_at(now.plan, now.step)
    higher = [n for n in range(now.step - 1, -1, -1) if mark_at(plan, n) > taken]
    if not higher:
        raise EaseoffError(
            f"{taken_text(plan, now.step)} is the dose this plan began with: there is no step to go back to.",
            "Record hold or freeze, and contact your prescriber.",
        )
    if to is None:
        return higher[0]
    for number in higher:
        if mark_at(plan, number) == to:
            return number
    known = ", ".join(mark_text(plan, dose) for dose in sorted({mark_at(plan, n) for n in higher}))
    raise EaseoffError(
        f"{mark_text(plan, to)} is no dose to go back to.", f"Use a dose that was taken before: {known}."
    )


def _slower(now: Now, happening: Happening) -> Course:
    wish = _slower_wish(now, happening)
    if happening.limit is None:
        return longer(now, happening.every or longer_days(now.plan))
    if happening.every is not None:
        wish, _ = stretched(now.plan, wish, happening.every)
    agreed = agreed_limit(now.plan) or happening.limit
    because = f"Each step ahead is at most {limit_words(now.plan, happening.limit)}, instead of {limit_words(now.plan, agreed)}."
    return smaller(now, wish, because)


def _slower_wish(now: Now, happening: Happening) -> TaperRequest:
    """What was agreed, with the smaller limit in it. Raises `EaseoffError` for numbers that are not slower."""
    plan, limit = now.plan, agreed_limit(now.plan)
    if happening.every is not None and happening.every < plan.interval_days:
        raise EaseoffError(
            f"{happening.every} days between steps is faster than the agreed {plan.interval_days}.",
            "Give more days. Going faster is for a prescriber to decide, with edit.",
        )
    if happening.limit is not None and (limit is None or happening.limit > limit):
        agreed = "this method has no such limit" if limit is None else f"the agreed limit is {plain(limit)}"
        raise EaseoffError(
            f"A limit of {plain(happening.limit)} is not slower: {agreed}.",
            "Give a smaller one, or more days.",
        )
    same = happening.every in (None, plan.interval_days) and happening.limit in (None, limit)
    if same and (happening.every is not None or happening.limit is not None):
        raise EaseoffError("That is as fast as it was.", "Give more days, or a smaller limit.")
    wish = wish_of(plan)
    return replace(wish, limit=happening.limit or wish.limit)


def _edit(now: Now, happening: Happening) -> Course:
    plan, wish = now.plan, wish_of(now.plan)
    if happening.every is None and happening.limit is None:
        raise EaseoffError(
            "What to change was not said.",
            "Give the days between steps (--every), or the largest step (--limit).",
        )
    if plan.method.has_own_pace or (plan.method.ramp and happening.every is not None):
        raise EaseoffError(
            "The cuts and days of this plan belong to its method, so one of them alone cannot be changed.",
            "Record slower for more days between steps, or make a new plan from the dose that is taken now.",
        )
    changed = replace(wish, every=happening.every or wish.every, limit=happening.limit or wish.limit)
    before = wish.limit
    faster = (changed.every or plan.interval_days) < plan.interval_days or (
        before is not None and changed.limit is not None and changed.limit > before
    )
    pace = limit_words(plan, changed.limit or Decimal(0))
    days = "" if changed.every is None else f", every {changed.every} days"
    because = f"A prescriber changed the pace: steps of at most {pace}{days}."
    course = smaller(now, changed, because, faster=faster)
    return replace(course, findings=(*course.findings, _faster(happening))) if faster else course


def _faster(happening: Happening) -> Finding:
    return Finding(
        "faster-by-edit",
        Level.WARN,
        f"This plan was made faster than agreed by {happening.by.strip()}, on {format_date(happening.on)}. No part of this tool"
        " proposed it. Stay on a step longer whenever you need to.",
        ("H-017", "H-033"),
        ("project_choice",),
    )


def _change_product(now: Now, happening: Happening) -> Course:
    if not now.step:
        raise EaseoffError(
            "No lower dose is taken yet, so there is nothing to change.",
            "Make the plan again with the other products; it then checks them from the first step.",
        )
    if happening.products is None and happening.devices is None:
        raise EaseoffError(
            "Which products was not said.", "Name them (--product ID); easeoff medicines lists the ids."
        )
    wish = wish_of(now.plan)
    return change_product(
        now,
        replace(
            wish, products=happening.products or wish.products, devices=happening.devices or wish.devices
        ),
    )


_COURSES: dict[Kind, Callable[[Now, Happening], Course]] = {
    Kind.STEP_BACK: _step_back,
    Kind.SLOWER: _slower,
    Kind.EDIT: _edit,
    Kind.CHANGE_PRODUCT: _change_product,
}
