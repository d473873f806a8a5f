"""Slower plans beside one that something has slowed already: what a least length or the class's fastest cut did is never lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from invariants import gentler_is_gentler
from wishes import SETTLED, TODAY

from easeoff.medicines.model import Tier
from easeoff.planning.request import BandCut, IntakeDose, MethodName, MethodSettings, TaperRequest
from easeoff.proposing import Proposal, plan_taper


def _is_slower_beside(wish: TaperRequest) -> Proposal:
    proposal = plan_taper(wish)
    assert proposal.gentler
    gentler_is_gentler(proposal, plan_taper)
    return proposal


@pytest.mark.hazard("H-033")
@pytest.mark.parametrize("at_least", [None, 300, 350, 400, 450, 500])
def test_beside_a_ramp_no_dose_comes_sooner(at_least: int | None) -> None:
    _is_slower_beside(
        TaperRequest("dosulepin", Decimal(300), "GB", TODAY, form="tablet", halves=True, max_pieces=2, end_dose=Decimal(75),
                     person=SETTLED, settings=MethodSettings(ramp=(56, 42, 28), at_least=at_least),
                     intakes=(IntakeDose("08:00", Decimal(225)), IntakeDose("22:00", Decimal(75))))
    )  # fmt: skip


@pytest.mark.hazard("H-033")
@pytest.mark.parametrize("at_least", [None, 350, 400, 450])
def test_where_some_steps_have_a_day_more_no_dose_comes_sooner(at_least: int | None) -> None:
    _is_slower_beside(
        TaperRequest("hydrocodone", Decimal("2.5"), "CA", TODAY, form="liquid", every=14, goal=Decimal(0), tier=Tier.TARIFF,
                     max_products=3, person=SETTLED, settings=MethodSettings(at_least=at_least),
                     intakes=(IntakeDose("08:00", Decimal("2.5")),))
    )  # fmt: skip


@pytest.mark.hazard("H-033")
@pytest.mark.parametrize("every", [None, 7])
@pytest.mark.parametrize("at_least", [None, 200, 457, 600])
@pytest.mark.parametrize(
    "bands",
    [
        (BandCut(Decimal(50), Decimal(5), 10), BandCut(Decimal(20), Decimal(5), 14), BandCut(Decimal(0), Decimal("2.5"), 21)),
        (BandCut(Decimal(60), Decimal(10)), BandCut(Decimal(0), Decimal(5), 10)),
        (BandCut(Decimal(60), Decimal(10), 30), BandCut(Decimal(0), Decimal(5), 14)),
    ],
)  # fmt: skip
def test_beside_bands_no_dose_comes_sooner(
    bands: tuple[BandCut, ...], at_least: int | None, every: int | None
) -> None:
    _is_slower_beside(
        TaperRequest("quetiapine", Decimal(100), "GB", TODAY, form="tablet", every=every, goal=Decimal(0), halves=True,
                     max_products=3, method=MethodName.BANDS, person=SETTLED,
                     settings=MethodSettings(bands=bands, at_least=at_least), intakes=(IntakeDose("08:00", Decimal(100)),))
    )  # fmt: skip


@pytest.mark.hazard("H-033")
@pytest.mark.parametrize("at_least", [None, 300])
@pytest.mark.parametrize(("every", "ramp"), [(10, ()), (7, ()), (None, (10, 9, 8))])
def test_with_more_time_no_cut_is_larger_than_the_shorter_steps_allowed(
    every: int | None, ramp: tuple[int, ...], at_least: int | None
) -> None:
    """The class's fastest cut is by the fortnight, so that longer steps alone would allow larger ones."""
    _is_slower_beside(
        TaperRequest("diazepam", Decimal(20), "GB", TODAY, form="tablet", every=every, goal=Decimal(0), halves=True,
                     max_products=3, method=MethodName.PERCENT_START, person=SETTLED,
                     settings=MethodSettings(ramp=ramp, at_least=at_least), intakes=(IntakeDose("08:00", Decimal(20)),))
    )  # fmt: skip


@pytest.mark.hazard("H-033")
def test_smaller_steps_over_several_times_of_day_are_offered_only_where_they_can_be_made() -> None:
    """With half the limit the 8 o'clock dose of 30 mg would have gone at once, and every later dose have come sooner."""
    proposal = _is_slower_beside(
        TaperRequest("paroxetine", Decimal(120), "US", TODAY, form="tablet", goal=Decimal(24), tier=Tier.SPECIAL, halves=True,
                     max_products=2, devices=("oral-syringe-1ml",), person=SETTLED,
                     intakes=(IntakeDose("08:00", Decimal(60)), IntakeDose("14:00", Decimal(30)), IntakeDose("22:00", Decimal(30))))
    )  # fmt: skip
    assert [text.split(":")[0] for text, _ in proposal.gentler] == ["More time"]
