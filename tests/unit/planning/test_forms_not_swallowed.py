"""Whoever takes a patch, an injection or a suppository is told that it is not planned here, before any sum is asked back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from easeoff import TaperRequest, plan_taper
from easeoff.medicines import load_formulary
from easeoff.proposing.unplannable import why_unplannable
from easeoff.quantities import EaseoffError


@pytest.mark.parametrize(("medicine", "mg", "form"), [
    ("paliperidone", "100", "depot"), ("aripiprazole", "400", "injection"), ("buprenorphine", "10", "patches"),
    ("diazepam", "10", "suppository"), ("haloperidol", "50", "depot injection"),
])  # fmt: skip
def test_a_form_that_is_not_swallowed_is_named_as_such(medicine: str, mg: str, form: str) -> None:
    with pytest.raises(EaseoffError) as refused:
        plan_taper(TaperRequest(medicine, Decimal(mg), "GB", date(2026, 11, 23), form=form))
    assert refused.value.message.startswith(
        "Patches, injections, sprays and suppositories are not planned here"
    )
    assert "Go on with it as prescribed" in refused.value.hint


def test_a_word_that_is_no_form_at_all_still_lists_the_forms() -> None:
    with pytest.raises(EaseoffError) as refused:
        plan_taper(TaperRequest("diazepam", Decimal(10), "GB", date(2026, 11, 23), form="beads"))
    assert "is not a form we know" in refused.value.message


def test_a_tablet_for_once_a_week_is_never_planned_and_the_reason_is_the_true_one() -> None:
    formulary = load_formulary("penfluridol", "GB")
    assert all(product.tier is None for product in formulary.products)
    assert "is no product to come down with by its record" in (why_unplannable(formulary) or "")
    proposal = plan_taper(TaperRequest("penfluridol", Decimal(40), "GB", date(2026, 11, 23)))
    assert proposal.plan is None
    assert any("taken once a week" in finding.text for finding in proposal.findings)
