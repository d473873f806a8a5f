"""Whoever takes a patch, an injection or a suppository is told that it is not planned here, before any sum is asked back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from easeoff import TaperRequest, plan_taper
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
