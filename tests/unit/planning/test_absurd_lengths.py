"""Numbers that nobody means are asked back before anything is searched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from easeoff.planning.methods.registry import choices
from easeoff.planning.request import IntakeDose, MethodName, TaperRequest
from easeoff.proposing import plan_taper
from easeoff.quantities import EaseoffError

D = Decimal
LEVETIRACETAM = TaperRequest(
    "levetiracetam", D(3000), "GB", date(2027, 1, 4), form="tablet", goal=D(0), method=MethodName.FIXED, limit=D("2.5"),
    intakes=tuple(IntakeDose(at, D(1000)) for at in ("08:00", "14:00", "22:00")),
)  # fmt: skip


@pytest.mark.hazard("H-034")
def test_more_steps_than_anybody_means_are_asked_back() -> None:
    with pytest.raises(EaseoffError, match=f"more than {choices().most_steps} steps") as refused:
        plan_taper(replace(LEVETIRACETAM, every=1))
    assert "slip" in refused.value.hint


def test_a_few_steps_may_last_as_long_as_somebody_wishes() -> None:
    assert plan_taper(replace(LEVETIRACETAM, limit=D(25), every=182)).plan is not None


def test_no_gentler_plan_is_offered_that_would_be_asked_back() -> None:
    found = plan_taper(TaperRequest("diazepam", D(20), "GB", date(2027, 1, 4), form="tablet", goal=D(0), limit=D("2.5"), every=14))  # fmt: skip
    assert found.plan is not None
    for _, wish in found.gentler:
        plan_taper(wish)
