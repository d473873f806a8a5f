"""The other ways of tapering in the browser: their pages, and a saved plan from before methods were described."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from easeoff.medicines.model import Tier
from easeoff.planning.request import MethodName, MethodSettings, TaperRequest
from easeoff.proposing import plan_taper
from easeoff.web.planning.flow import answers_from
from easeoff.web.planning.opening import is_same
from easeoff.web.planning.state import seal

TODAY = date(2026, 11, 23)


def wish(method: MethodName, medicine: str = "sertraline", dose: str = "100", **more: object) -> TaperRequest:
    return TaperRequest(medicine, Decimal(dose), "GB", TODAY, method=method, tier=Tier.SPECIAL, **more)


def shown(request: TaperRequest) -> str:
    sent = {"state": seal(answers_from(request)), "page": "check", "go": "show"}
    answer = Client().post("/plan/", sent)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "request_",
    [
        wish(MethodName.SLIDE),
        wish(MethodName.MICRO, dose="200"),
        wish(MethodName.TABLE, settings=MethodSettings(schedule="DTB-SER-100")),
        wish(
            MethodName.PERCENT_START,
            limit=Decimal(10),
            settings=MethodSettings(ramp=(42, 28), half_then=Decimal(50)),
        ),
    ],
    ids=["slide", "micro", "table", "ramp"],
)
def test_the_page_of_a_plan_says_what_its_method_is(request_: TaperRequest) -> None:
    page = shown(request_)
    assert "Who uses it:" in page and "What is known:" in page and "How it ends:" in page
    assert len(page) < 4_000_000


def test_a_plan_from_before_methods_were_described_is_still_the_same() -> None:
    proposal = plan_taper(wish(MethodName.FIXED, limit=Decimal(10)))
    assert proposal.plan is not None
    older = replace(
        proposal.plan, method=replace(proposal.plan.method, about=None), sources=proposal.plan.sources[:2]
    )
    assert is_same(proposal, older)
    assert not is_same(proposal, replace(older, interval_days=older.interval_days + 1))
    assert not is_same(proposal, replace(proposal.plan, sources=proposal.plan.sources[:2]))
