"""Many small cuts are judged by how far they fall together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from easeoff.medicines.model import Tier
from easeoff.planning.request import (
    BandCut,
    Base,
    Indication,
    MethodName,
    MethodSettings,
    Person,
    Pregnancy,
    TaperRequest,
)
from easeoff.proposing import Outcome, plan_taper
from easeoff.quantities import EaseoffError

ANSWERED = Person(
    indication=Indication.ANXIETY, age=50, pregnancy=Pregnancy.NO, years=D(3), days_a_week=7, steady=True, others=(),
    alcohol_units=D(0), alcohol_dependence=False, drugs=False, seizures=False, past_withdrawal=False, psychosis=False,
    suicidal=False, crisis=False, liver=False, kidney=False, heart=False, breathing=False, relapse_plan=True,
)  # fmt: skip
DIAZEPAM = TaperRequest("diazepam", D(10), "GB", date(2027, 1, 4), form="tablet", goal=D(0), person=ANSWERED)


def _rules(request: TaperRequest) -> set[str]:
    return {finding.rule for finding in plan_taper(request).findings}


def test_a_benzodiazepine_at_25_percent_a_fortnight_stays_a_draft_until_a_prescriber_agrees() -> None:
    asked = replace(DIAZEPAM, method=MethodName.PERCENT_CURRENT, limit=D(25), every=14)
    proposal = plan_taper(asked)
    assert proposal.outcome is Outcome.DRAFT
    assert [question.key for question in proposal.open_questions] == ["pace"]


@pytest.mark.parametrize("settings", [
    MethodSettings(bands=(BandCut(D(0), D(10), 1),)),
    MethodSettings(bands=(BandCut(D(0), D(3), 2),)),
])  # fmt: skip
def test_bands_of_a_few_days_do_not_escape_the_fastest_cut_of_the_class(settings: MethodSettings) -> None:
    with pytest.raises(EaseoffError, match="faster than this class may go"):
        plan_taper(replace(DIAZEPAM, method=MethodName.BANDS, settings=settings))


def test_a_micro_taper_by_the_start_is_held_against_the_current_dose() -> None:
    asked = replace(DIAZEPAM, method=MethodName.MICRO, limit=D(25), settings=MethodSettings(base=Base.START))
    assert plan_taper(asked).outcome is Outcome.DRAFT
    assert "falls-above-pace" in _rules(asked)


def test_a_slide_whose_end_is_a_cliff_by_the_curve_stays_a_draft() -> None:
    asked = replace(
        DIAZEPAM, medicine="sertraline", dose=D(100), tier=Tier.SPECIAL, method=MethodName.SLIDE,
        person=replace(ANSWERED, indication=Indication.DEPRESSION),
    )  # fmt: skip
    proposal = plan_taper(asked)
    assert proposal.outcome is Outcome.DRAFT
    assert "falls-above-pace" in _rules(asked)
    assert any(question.key == "pace" for question in proposal.open_questions)


def test_a_slow_slide_of_a_medicine_without_a_curve_is_not_held_up() -> None:
    asked = replace(DIAZEPAM, medicine="mirtazapine", dose=D(30), tier=Tier.SPECIAL, method=MethodName.SLIDE,
                    person=replace(ANSWERED, indication=Indication.DEPRESSION))  # fmt: skip
    assert "falls-above-pace" not in _rules(asked)


def test_what_is_at_hand_never_turns_a_draft_into_bad_input() -> None:
    """Tablets that are too coarse leave a drop that nothing avoids: that is a draft with ways out, not a faster wish."""
    asked = replace(DIAZEPAM, medicine="alprazolam", dose=D("1.5"), method=MethodName.MICRO, devices=())
    proposal = plan_taper(asked)
    assert not proposal.within_limit and proposal.remedies
