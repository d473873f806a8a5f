"""A plan that has its own days keeps them through everything: other products, more time, a prescriber's wish."""

from __future__ import annotations

from decimal import Decimal

import pytest
from life_cases import BY, D, day, draft, record, running
from test_slower_is_slower import PLANS

from easeoff.documents.history import identity
from easeoff.medicines import load_formulary
from easeoff.medicines.model import Tier
from easeoff.planning.lifecycle import Kind, recordable, step_by_date, suggestion
from easeoff.planning.plan import Plan
from easeoff.planning.request import BandCut, MethodName, MethodSettings, Override
from easeoff.proposing import plan_taper
from easeoff.proposing.following import Happening, follow
from easeoff.quantities import EaseoffError

EVERY_OTHER = BandCut(D(15), D("1.5"), 42), BandCut(D(0), D("0.75"), 28)
AGREED = Override("Dr A", "GP", "1234567", "We agreed on this pace.", day(0))


def _all_products(plan: Plan) -> tuple[str, ...]:
    return tuple(
        p.id
        for p in load_formulary(plan.medicine, plan.country).products
        if p.tier is not None and p.route == "oral"
    )


def _tablets(plan: Plan) -> tuple[str, ...]:
    formulary = load_formulary(plan.medicine, plan.country)
    return tuple(p.id for p in formulary.products if p.tier is not None and p.form == "tablet")


def _bands() -> Plan:
    return running("mirtazapine", "30", tier=Tier.SPECIAL, method=MethodName.BANDS, override=AGREED,
                   settings=MethodSettings(bands=EVERY_OTHER))  # fmt: skip


def _ramp() -> Plan:
    return running("mirtazapine", "30", tier=Tier.SPECIAL, goal="7.5", override=AGREED,
                   settings=MethodSettings(ramp=(42, 28, 21)))  # fmt: skip


def _plan(name: str) -> Plan:
    own = {"bands": _bands, "ramp": _ramp}
    return own[name]() if name in own else PLANS[name]


def _reached(plan: Plan, dose: Decimal) -> int:
    """Days from the first Monday to the first day on which no more than ``dose`` is taken, by the days of the steps."""
    passed = 0
    for step in plan.steps:
        if step.dose_mg <= dose:
            return passed
        passed += step.days
    return passed


def _dose_on(plan: Plan, number: int) -> Decimal:
    return plan.steps[step_by_date(plan, day(number)) - 1].dose_mg


@pytest.mark.hazard("H-017")
@pytest.mark.parametrize("number", [1, 10, 29, 40, 61])
@pytest.mark.parametrize("name", ["micro", "slide"])
def test_with_other_products_no_dose_of_a_plan_of_small_cuts_comes_sooner(name: str, number: int) -> None:
    plan = PLANS[name]
    for products in (plan.summary.products, _all_products(plan), (*plan.summary.products, *_tablets(plan))):
        new = record(plan, "change-product", number, taking=_dose_on(plan, number), products=products).plan
        for dose in (*(step.dose_mg for step in plan.steps), D(0)):
            assert _reached(new, dose) >= _reached(plan, dose), f"{dose} mg"
        assert new.interval_days == plan.interval_days and new.method.block_days == plan.method.block_days


@pytest.mark.hazard("H-017")
@pytest.mark.parametrize("name", ["micro", "slide", "bands", "table", "ramp"])
def test_time_that_was_added_is_not_lost_with_other_products(name: str) -> None:
    plan = _plan(name)
    number = step_by_date(plan, day(40))
    slow = record(plan, "slower", 40, taking=plan.steps[number - 1].dose_mg).plan
    assert all(after.days > before.days for before, after in
               zip(plan.steps[number:], slow.steps[number:], strict=True))  # fmt: skip
    new = record(slow, "change-product", 41, taking=slow.steps[number - 1].dose_mg,
                 products=plan.summary.products).plan  # fmt: skip
    days = {step.dose_mg: step.days for step in slow.steps[number:]}
    assert [s.dose_mg for s in new.steps[number + 1 :]] == [s.dose_mg for s in slow.steps[number:]]
    assert all(step.days >= days[step.dose_mg] for step in new.steps[number + 1 :])


@pytest.mark.hazard("H-017")
@pytest.mark.parametrize("kind", ["slower", "step-back"])
@pytest.mark.parametrize("name", ["micro", "slide", "bands", "ramp", "percent"])
def test_a_plan_made_again_from_a_slower_one_is_as_slow(name: str, kind: str) -> None:
    plan = _plan(name)
    slow = record(plan, kind, 10, taking=_dose_on(plan, 10)).plan
    again = plan_taper(slow.request).plan
    assert again is not None
    assert again.summary.days * 10 >= plan.summary.days * 14, "half as long again, but for rounding"
    assert slow.method.block_days is None or slow.method.block_days * 2 >= (plan.method.block_days or 0) * 3


@pytest.mark.parametrize("name", ["micro", "slide", "table", "bands"])
def test_one_number_of_a_method_with_its_own_days_is_not_changed_alone(name: str) -> None:
    plan = _plan(name)
    for wish in ({"every": 28}, {"limit": D(3)}):
        with pytest.raises(EaseoffError, match="belong to its method") as refused:
            record(plan, "edit", 40, taking=_dose_on(plan, 40), by=BY, why="asked for", **wish)
        assert "slower" in refused.value.hint
    assert Kind.EDIT not in recordable(plan) and Kind.SLOWER in recordable(plan)


@pytest.mark.hazard("H-017")
@pytest.mark.parametrize(("kind", "more"), [("slower", {}), ("slower", {"limit": D(8)}), ("review", {}),
                                            ("edit", {"every": 42, "by": BY, "why": "asked for"})])  # fmt: skip
def test_before_the_first_cut_nothing_that_is_recorded_brings_it_nearer(kind: str, more: dict) -> None:
    plan = running("mirtazapine", "30", tier=Tier.SPECIAL)
    # Somebody who still takes the starting dose at a review begins the first step one whole interval later.
    plan = record(plan, "missed", 10, taking=D(30)).plan
    first = plan.steps[0].start
    assert first is not None and first > day(21)
    new = record(plan, kind, 21, taking=D(30), **more).plan
    assert new.steps[0].start is not None and new.steps[0].start >= first


@pytest.mark.hazard("H-017")
def test_a_pause_before_the_first_cut_does_not_bring_it_nearer() -> None:
    plan = draft("mirtazapine", "30", tier=Tier.SPECIAL)
    for what in ("hand-over", "agree"):
        plan = record(plan, what, 0, by=BY).plan
    started = follow(plan, Happening(Kind.START, day(30)), replaces=identity(plan), today=day(0)).plan
    assert started.steps[0].start == day(30)
    held = record(started, "hold", 2).plan
    assert record(held, "resume", 5).plan.steps[0].start == day(30)
    assert record(held, "resume", 40).plan.steps[0].start == day(40)


def test_a_change_of_product_that_begins_tomorrow_outlasts_what_else_is_recorded_today() -> None:
    plan = running("mirtazapine", "30", tier=Tier.SPECIAL)
    changed = record(plan, "change-product", 0, taking=plan.steps[0].dose_mg, products=plan.summary.products)
    assert changed.plan.steps[1].dose_mg == changed.plan.steps[0].dose_mg
    told = suggestion(changed.plan, day(0)).text
    assert "From 5 January 2027 on it is the same dose" in told and "may begin" not in told
    reviewed = record(changed.plan, "review", 0, taking=plan.steps[0].dose_mg).plan
    assert [s.dose_mg for s in reviewed.steps] == [s.dose_mg for s in changed.plan.steps]
    assert reviewed.steps[2].start is not None and reviewed.steps[2].start >= changed.plan.steps[2].start
