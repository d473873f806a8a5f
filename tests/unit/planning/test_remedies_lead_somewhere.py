"""What is named as a help can be planned with: its own request gives a draft, never a stop."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from easeoff.medicines.model import Tier
from easeoff.planning.request import IntakeDose, TaperRequest
from easeoff.proposing import plan_taper

TODAY = date(2027, 1, 4)


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
