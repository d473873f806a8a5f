"""What is named as a help can be planned with: its own request gives a draft, never a stop."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from easeoff.medicines.model import Tier
from easeoff.planning.request import Indication, IntakeDose, MethodName, Person, Pregnancy, TaperRequest
from easeoff.proposing import plan_taper

TODAY = date(2027, 1, 4)
_NO = dict.fromkeys(("alcohol_dependence", "drugs", "seizures", "past_withdrawal", "psychosis", "suicidal", "crisis", "liver",
                     "kidney", "heart", "breathing"), False)  # fmt: skip
SETTLED = Person(indication=Indication.DEPRESSION, age=41, pregnancy=Pregnancy.NO, years=Decimal("0.5"), days_a_week=7, steady=True,
                 others=(), alcohol_units=Decimal(0), relapse_plan=True, **_NO)  # fmt: skip


@pytest.mark.hazard("H-040")
@pytest.mark.parametrize("goal", ["25", "10"])
def test_an_addition_that_allows_a_single_cut_over_the_limits_only_is_no_remedy(goal: str) -> None:
    """Quetiapine sachets are specials, and one of 25 mg halves the dose at one stroke."""
    wish = TaperRequest("quetiapine", Decimal(50), "GB", TODAY, form="sachet", tier=Tier.TARIFF, goal=Decimal(goal), start=TODAY,
                        intakes=(IntakeDose("08:00", Decimal(50)),), max_products=1, limit=Decimal(5))  # fmt: skip
    proposal = plan_taper(wish)
    assert proposal.plan is None
    for remedy in proposal.remedies:
        assert remedy.steps is None or remedy.steps > 1
        assert remedy.request is None or plan_taper(remedy.request).plan is not None


@pytest.mark.parametrize("wish", [
    TaperRequest("sulpiride", Decimal(250), "FR", TODAY, form="capsule", every=14, products=("FR-sulpiride-tablet-200mg",),
                 devices=(), halves=True, max_products=3, tier=Tier.TARIFF, person=SETTLED,
                 intakes=(IntakeDose("08:00", Decimal(150)), IntakeDose("22:00", Decimal(100)))),
    TaperRequest("baclofen", Decimal("12.5"), "GB", TODAY, form="tablet", tier=Tier.TARIFF, goal=Decimal("2.5"), every=28,
                 method=MethodName.MICRO, end_dose=Decimal("3.125"), halves=True, max_products=1, max_pieces=6, start=TODAY,
                 devices=("oral-syringe-1ml", "oral-syringe-1ml-tenths", "oral-syringe-3ml", "oral-syringe-5ml", "oral-syringe-10ml"),
                 intakes=(IntakeDose("08:00", Decimal("2.5")), IntakeDose("14:00", Decimal("2.5")),
                          IntakeDose("22:00", Decimal("7.5")))),
], ids=["one cut", "every day over three times of day"])  # fmt: skip
def test_a_slower_plan_that_is_offered_can_be_made(wish: TaperRequest) -> None:
    proposal = plan_taper(wish)
    assert proposal.plan is not None
    assert all(plan_taper(slower).plan is not None for _, slower in proposal.gentler)
