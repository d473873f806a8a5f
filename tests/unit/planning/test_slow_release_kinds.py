"""Slow-release kinds that act for different lengths of time are never mixed in one plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from easeoff import TaperRequest, plan_taper
from easeoff.medicines import load_formulary
from easeoff.planning.forms import start_form
from easeoff.planning.request import IntakeDose
from easeoff.proposing import Proposal

TODAY = date(2026, 11, 23)


def asked(medicine: str, mg: str, form: str | None = None, *intakes: tuple[str, str]) -> TaperRequest:
    times = tuple(IntakeDose(time, Decimal(dose)) for time, dose in intakes)
    return TaperRequest(medicine, Decimal(mg), "US", TODAY, form=form, intakes=times)


def products(proposal: Proposal) -> set[str]:
    assert proposal.plan is not None
    return {p.product for step in proposal.plan.steps for intake in step.intakes for p in intake.portions}


@pytest.mark.parametrize(("mg", "form", "hours"), [
    ("300", "XL tablet", "24"), ("300", "SR tablet", "12"), ("300", "MR tablet", "24"), ("450", "MR tablet", "24"),
    ("200", "MR tablet", "12"), ("150", "MR tablet", None),
])  # fmt: skip
def test_the_name_or_else_the_dose_tells_the_kind(mg: str, form: str, hours: str | None) -> None:
    found, _ = start_form(load_formulary("bupropion", "US"), asked("bupropion", mg, form))
    assert found.acts_hours == (None if hours is None else Decimal(hours))


@pytest.mark.hazard("H-007")
def test_bupropion_for_once_a_day_is_never_made_of_tablets_for_twice_a_day() -> None:
    used = products(plan_taper(asked("bupropion", "450", "XL tablet")))
    assert used
    assert not used & {"US-bupropion-tablet-100mg-MR", "US-bupropion-tablet-200mg-MR"}


@pytest.mark.hazard("H-007")
def test_where_the_kind_is_not_known_only_what_both_kinds_have_is_used() -> None:
    twice = asked("bupropion", "300", "MR tablet", ("08:00", "150"), ("16:00", "150"))
    assert products(plan_taper(twice)) <= {"US-bupropion-tablet-150mg-MR"}


@pytest.mark.hazard("H-007")
def test_methylphenidate_for_twelve_hours_is_never_made_of_tablets_for_eight() -> None:
    used = products(plan_taper(asked("methylphenidate", "36", "MR tablet")))
    assert used == {"US-methylphenidate-tablet-27mg-MR", "US-methylphenidate-tablet-18mg-MR"}


def test_a_dose_counted_in_another_salt_is_not_planned_from() -> None:
    proposal = plan_taper(asked("bupropion", "348", "XL tablet"))
    assert proposal.plan is None
    assert "Nothing at hand makes today's dose of 348 mg" in " ".join(proposal.reasons)


def test_the_form_assumed_makes_each_dose_of_the_day() -> None:
    thrice = asked("alprazolam", "1", None, ("08:00", "0.5"), ("13:00", "0.25"), ("22:00", "0.25"))
    found, question = start_form(load_formulary("alprazolam", "US"), thrice)
    assert found.words == "tablet"
    assert question is None


def test_a_kind_for_once_a_day_is_not_assumed_where_it_is_taken_three_times() -> None:
    thrice = asked("gabapentin", "900", None, *((time, "300") for time in ("08:00", "14:00", "22:00")))
    found, _ = start_form(load_formulary("gabapentin", "US"), thrice)
    assert found.words in {"capsule", "tablet"}


@pytest.mark.parametrize(("medicine", "mg", "form"), [
    ("morphine", "60", "MR tablet"), ("carbamazepine", "400", "MR tablet"), ("bupropion", "300", "SR tablet"),
])  # fmt: skip
def test_slow_release_kinds_often_taken_twice_a_day_are_asked_for_their_times(
    medicine: str, mg: str, form: str
) -> None:
    request = asked(medicine, mg, form)
    assert "intakes" in {q.key for q in plan_taper(request).open_questions}
    half = str(Decimal(mg) / 2)
    with_times = replace(request, intakes=asked(medicine, mg, form, ("08:00", half), ("20:00", half)).intakes)
    assert "intakes" not in {q.key for q in plan_taper(with_times).open_questions}


def test_one_slow_release_capsule_a_day_is_not_asked_for_its_times() -> None:
    proposal = plan_taper(asked("venlafaxine", "75", "MR capsule"))
    assert "intakes" not in {q.key for q in proposal.open_questions}


@pytest.mark.parametrize(("medicine", "mg"), [("pethidine", "200"), ("levorphanol", "6")])
def test_a_plain_opioid_is_asked_for_its_times_whatever_its_half_life(medicine: str, mg: str) -> None:
    assert "intakes" in {q.key for q in plan_taper(asked(medicine, mg, "tablet")).open_questions}


@pytest.mark.hazard("H-007")
def test_amfetamine_for_sixteen_hours_is_never_mixed_with_the_other_kind() -> None:
    assert "US-amfetamine-capsule-12.5mg-MR" not in products(
        plan_taper(asked("amfetamine", "20", "MR capsule"))
    )
    assert products(plan_taper(asked("amfetamine", "50", "MR capsule"))) <= {
        f"US-amfetamine-capsule-{mg}mg-MR" for mg in ("12.5", "25", "37.5", "50")
    }
