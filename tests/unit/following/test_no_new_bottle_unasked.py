"""One concentration of a liquid at a time, and a new one only by a change of product: forwards and backwards."""

from __future__ import annotations

import pytest
from life_cases import BY, D, citalopram, day, mirtazapine, record, running

from easeoff.medicines import load_formulary
from easeoff.medicines.model import Tier
from easeoff.planning.lifecycle import step_by_date
from easeoff.planning.plan import Plan
from easeoff.planning.request import IntakeDose, MethodName, MethodSettings
from easeoff.proposing.now import NoSuchPlan


def _liquids(plan: Plan, since: int = 0) -> set[str]:
    known = {p.id for p in load_formulary(plan.medicine, plan.country).products if p.is_liquid}
    return {p.product for s in plan.steps[since:] for i in s.intakes for p in i.portions} & known


def _plans() -> dict[str, Plan]:
    return {
        "mirtazapine": mirtazapine(),
        "citalopram": citalopram(),
        "diazepam": running("diazepam", "6", goal="2", tier=Tier.SPECIAL,
                            intakes=(IntakeDose("08:00", D(2)), IntakeDose("22:00", D(4)))),
        "olanzapine": running("olanzapine", "20", goal="10"),
        "amitriptyline": running("amitriptyline", "50"),
        "micro": running("mirtazapine", "15", goal="7.5", tier=Tier.SPECIAL, method=MethodName.MICRO),
        "tablets": running("sertraline", "50", goal="25", tier=Tier.LICENSED, settings=MethodSettings()),
    }  # fmt: skip


PLANS = _plans()


@pytest.mark.hazard("H-001", "H-021")
@pytest.mark.parametrize("number", [3, 30, 62])
@pytest.mark.parametrize("name", PLANS)
def test_a_step_back_brings_no_liquid_that_is_not_in_use(name: str, number: int) -> None:
    plan = PLANS[name]
    now = step_by_date(plan, day(number))
    try:
        back = record(plan, "step-back", number, taking=plan.steps[now - 1].dose_mg, by=BY).plan
    except NoSuchPlan as refused:
        assert "Record" in refused.hint or "record" in refused.hint
        return
    assert _liquids(back, now) <= _liquids(plan, now - 1)


@pytest.mark.hazard("H-001")
def test_of_several_liquids_that_were_ticked_one_is_used_from_the_change_on() -> None:
    plan = mirtazapine()
    every = tuple(p.id for p in load_formulary("mirtazapine", "GB").products if p.tier and p.route == "oral")
    changed = record(plan, "change-product", 30, taking=D("24.45"), products=every)
    assert len(_liquids(changed.plan, 2)) == 1
    said = " ".join(changed.difference.changes)
    new = {p.product for s in changed.plan.steps[2:] for i in s.intakes for p in i.portions} - set(
        plan.summary.products
    )
    assert ("New in this plan" in said) == bool(new)


@pytest.mark.hazard("H-001", "H-021")
def test_after_a_change_of_liquid_a_step_back_does_not_go_back_to_the_old_bottle() -> None:
    plan = mirtazapine()
    old = _liquids(plan)
    other = tuple(
        p.id
        for p in load_formulary("mirtazapine", "GB").products
        if p.tier and p.route == "oral" and p.id not in old
    )
    changed = record(plan, "change-product", 30, taking=D("24.45"), products=other).plan
    assert not _liquids(changed, 2) & old
    try:
        back = record(changed, "step-back", 40, taking=D("24.45")).plan
    except NoSuchPlan as refused:
        assert "replaced" in refused.message or "does not make" in refused.message
        return
    assert not _liquids(back, 3) & old


def test_time_that_was_added_again_and_again_refuses_no_step_back() -> None:
    plan = running("mirtazapine", "15", goal="12", tier=Tier.SPECIAL, method=MethodName.MICRO)
    for number in (10, 20, 30):
        plan = record(plan, "slower", number, taking=plan.steps[0].dose_mg, every=plan.interval_days * 8).plan
    back = record(plan, "step-back", 40, taking=plan.steps[0].dose_mg).plan
    assert back.steps[1].dose_mg == D(15)
