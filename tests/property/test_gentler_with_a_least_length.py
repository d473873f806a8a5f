"""Slower plans beside one with a least length: what that length added to each step is never lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from invariants import gentler_is_gentler
from wishes import SETTLED, TODAY

from easeoff.medicines.model import Tier
from easeoff.planning.request import IntakeDose, MethodSettings, TaperRequest
from easeoff.proposing import plan_taper


@pytest.mark.hazard("H-033")
@pytest.mark.parametrize("at_least", [None, 300, 350, 400, 450, 500])
def test_beside_a_ramp_no_dose_comes_sooner(at_least: int | None) -> None:
    proposal = plan_taper(
        TaperRequest("dosulepin", Decimal(300), "GB", TODAY, form="tablet", halves=True, max_pieces=2, end_dose=Decimal(75),
                     person=SETTLED, settings=MethodSettings(ramp=(56, 42, 28), at_least=at_least),
                     intakes=(IntakeDose("08:00", Decimal(225)), IntakeDose("22:00", Decimal(75))))
    )  # fmt: skip
    assert proposal.gentler
    gentler_is_gentler(proposal, plan_taper)


@pytest.mark.hazard("H-033")
@pytest.mark.parametrize("at_least", [None, 350, 400, 450])
def test_where_some_steps_have_a_day_more_no_dose_comes_sooner(at_least: int | None) -> None:
    proposal = plan_taper(
        TaperRequest("hydrocodone", Decimal("2.5"), "CA", TODAY, form="liquid", every=14, goal=Decimal(0), tier=Tier.TARIFF,
                     max_products=3, person=SETTLED, settings=MethodSettings(at_least=at_least),
                     intakes=(IntakeDose("08:00", Decimal("2.5")),))
    )  # fmt: skip
    assert proposal.gentler
    gentler_is_gentler(proposal, plan_taper)
