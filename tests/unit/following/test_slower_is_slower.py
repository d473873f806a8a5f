"""After a slower plan or a step back no dose is reached earlier than before, whatever the method."""

from __future__ import annotations

from datetime import date

import pytest
from life_cases import D, citalopram, day, draft, lamotrigine, mirtazapine, record

from easeoff.documents.history import identity
from easeoff.medicines.model import Tier
from easeoff.planning.lifecycle import Kind, advance
from easeoff.planning.plan import Event, Plan
from easeoff.planning.request import MethodName, MethodSettings
from easeoff.proposing.now import NoSuchPlan

BY = "A prescriber; GP; 1234567"


def _begun(plan: Plan) -> Plan:
    """Agreed and started without the checks of a proposal: some methods here keep no whole limit."""
    for kind in (Kind.HAND_OVER, Kind.AGREE, Kind.START):
        plan = advance(
            plan,
            Event(kind, day(0), "", by=BY, next_on=day(0) if kind is Kind.START else None),
            identity(plan),
        )
    return plan


def _plans() -> dict[str, Plan]:
    by = {"tier": Tier.SPECIAL, "goal": "0"}
    return {
        "micro": _begun(draft("mirtazapine", "30", method=MethodName.MICRO, **by)),
        "slide": _begun(draft("mirtazapine", "30", method=MethodName.SLIDE, **by)),
        "table": _begun(
            draft(
                "sertraline",
                "100",
                method=MethodName.TABLE,
                settings=MethodSettings(schedule="DTB-SER-100"),
                **by,
            )
        ),
        "percent": mirtazapine(),
        "occupancy": citalopram(),
        "lamotrigine": lamotrigine(),
    }


PLANS = _plans()


def _reached(plan: Plan, since: int) -> dict[D, int]:
    """Days from the first day of the plan to each dose ahead, as planned; the last step is over then."""
    found: dict[D, int] = {}
    total = 0
    for step in plan.steps[:since]:
        total += step.days
    for step in plan.steps[since:]:
        found.setdefault(step.dose_mg, total)
        total += step.days
    found.setdefault(D(0), total)
    return found


def _when(plan: Plan, dose: D, after: int) -> int:
    return min(days for one, days in _reached(plan, after).items() if one <= dose)


@pytest.mark.hazard("H-017", "H-021")
@pytest.mark.parametrize("kind", ["slower", "step-back"])
@pytest.mark.parametrize("number", [1, 6, 27, 29, 40, 60])
@pytest.mark.parametrize("name", PLANS)
def test_no_later_dose_is_reached_earlier_than_before(name: str, number: int, kind: str) -> None:
    plan = PLANS[name]
    dated = [s for s in plan.steps if s.start is not None and s.start <= day(number)]
    now = dated[-1]
    try:
        new = record(plan, kind, number, taking=now.dose_mg, by=BY).plan
    except NoSuchPlan as refused:
        # Nothing at hand makes a slower one, and that is said: no dose is reached at all.
        assert refused.message.count(".") <= 2 and refused.hint
        assert kind == "slower", "a dose that was taken before can be made again"
        return
    back = now.number + (kind == "step-back")
    assert new.interval_days > plan.interval_days
    for dose in [*(s.dose_mg for s in plan.steps[now.number :]), D(0)]:
        assert _when(new, dose, back) >= _when(plan, dose, now.number), dose


@pytest.mark.hazard("H-017")
@pytest.mark.parametrize("name", ["micro", "slide", "table"])
def test_a_step_back_keeps_the_rests_of_blocks_and_shortens_no_step(name: str) -> None:
    plan = PLANS[name]
    new = record(plan, "step-back", 40, taking=_taken(plan, day(40)), by=BY).plan
    agreed = {s.dose_mg: s.days for s in plan.steps}
    ahead = new.steps[len([s for s in plan.steps if s.start and s.start <= day(40)]) + 1 :]
    assert ahead and all(step.days > agreed[step.dose_mg] for step in ahead)


def _taken(plan: Plan, on: date) -> D:
    return [s for s in plan.steps if s.start is not None and s.start <= on][-1].dose_mg


@pytest.mark.hazard("H-017")
def test_where_no_step_is_smaller_only_that_they_last_longer_is_said() -> None:
    plan = PLANS["micro"]
    followed = record(plan, "step-back", 6, taking=_taken(plan, day(6)), by=BY)
    said = " ".join((*followed.words, *followed.difference.changes))
    assert "smaller and slower" not in said and "at hand" not in said
    assert "each lasts longer" in said
