"""The letter to the prescriber: one page to decide on, of three kinds, and past a stop without a dose but today's."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import documents_factory as make
import pytest
from paper_cases import ANSWERED, DRAFTS, PLANS, pages_of, proposal_of, text_of

from easeoff.documents import letter_pdf, papers_for, schedule_pdf, step_rows
from easeoff.documents.letterdata import letter_data
from easeoff.documents.letterwords import months_text, plan_rate, rhythm_text, why_slow
from easeoff.documents.needs import needs, quantity_text
from easeoff.documents.presenting import OVER_CLASS, plan_title
from easeoff.documents.tables import plan_table
from easeoff.medicines.guidelines import guideline_rates
from easeoff.medicines.model import Tier
from easeoff.planning.methods.over_class import over_class
from easeoff.planning.request import MethodName, MethodSettings, Override, Pregnancy, TaperRequest
from easeoff.proposing import plan_taper
from easeoff.proposing.proposal import Proposal
from easeoff.quantities import EaseoffError, format_mg
from easeoff.safety.words import NOTICE, red_flags


def _data(name: str) -> dict[str, Any]:
    return dict(letter_data(proposal_of(name)))


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("name", [*PLANS, *DRAFTS])
def test_it_is_one_page(name: str, paper: Any) -> None:
    assert len(pages_of(letter_pdf(proposal_of(name), paper))) == 1


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_is_put_forward_with_its_products_quantities_and_guidelines(name: str) -> None:
    proposal = proposal_of(name)
    plan, formulary = proposal.plan, proposal.formulary
    assert plan is not None
    text = text_of(letter_pdf(proposal))
    assert "Please agree to this plan or change it" in text
    assert (
        f"Until then I keep taking {format_mg(plan.start_dose_mg)} a day. I do not cut and do not stop by myself."
        in text
    )
    for need in needs(plan, formulary):
        assert need.product.name in text
        assert quantity_text(need.by_period[0]) in text
        assert need.product.codes[0] in text.replace(" ", "")
    for row in step_rows(plan, formulary)[:3]:
        assert f"{row.name}, {row.when}: {row.dose} a day" in text
        assert all(intake.text in text for intake in row.intakes)
    for rate in guideline_rates(formulary.medicine)[:4]:
        assert rate.says in text
    for words in (NOTICE, "takes responsibility for that", "Not answered: nothing.", "I agree with this as it stands.",
                  "Name, role, registration number", *(flag[1:] for flag in red_flags(formulary.medicine))):  # fmt: skip
        assert words in text
    assert not re.search(r"\b(optimal|proved|safe)\b", text)


@pytest.mark.hazard("H-033")
def test_the_worst_curve_stands_beside_the_one_planned_with() -> None:
    drops = _data("sertraline")["drops"]
    assert drops["rows"] == [
        ["Largest drop", "5 points", "11 points"],
        ["Last drop", "4.3 points", "11 points"],
    ]
    assert _data("diazepam")["drops"] is None, "a plan in shares of the dose has no curve to set beside"


@pytest.mark.hazard("H-012")
@pytest.mark.parametrize("name", ["diazepam", "escitalopram"])
def test_red_flags_are_as_urgent_as_everywhere_else(name: str) -> None:
    """A seizure is not for some time today."""
    assert _data(name)["red"].startswith("Get help now for: ")


@pytest.mark.hazard("H-033")
def test_it_counts_what_rests_on_quotes_and_on_choices_of_ours() -> None:
    rests = _data("sertraline")["rests"]
    assert (
        "Of the plan’s 12 sources 4 were read, 6 are known as others quote them and 2 are our own choices, because"
        in rests
    )
    assert "at most 5 points" in rests


def test_what_was_answered_is_told_and_so_is_what_was_not() -> None:
    assert (
        "prescribed for depression, age 45, pregnancy or breastfeeding no, taken for 3 years"
        in _data("sertraline")["answered"]
    )
    assert "no: alcohol dependence or withdrawal ever" in _data("sertraline")["answered"]
    draft = _data("sertraline, nothing answered")
    assert draft["answered"] == "Answered: nothing."
    assert "the gentlest pace is used and this is a draft: what it was prescribed for, age" in draft["open"]


@pytest.mark.hazard("H-038")
@pytest.mark.parametrize("name", ["sertraline, nothing answered", "zopiclone, nothing answered"])
def test_while_questions_are_open_nothing_is_named_to_be_dispensed(name: str) -> None:
    data = _data(name)
    assert data["prescribe"] is None
    assert all(way["first"] == "" for way in data["ways"])
    assert any("nothing is dispensed on it" in ask for ask in data["asks"])
    assert not any("as it stands" in choice for choice in data["slip"])


@pytest.mark.hazard("H-040")
def test_where_listed_things_would_do_the_ways_are_laid_side_by_side() -> None:
    data = _data("sertraline with specials")
    assert (
        data["title"] == "Sertraline 50 mg a day: a slow reduction needs more than is at hand; please choose"
    )
    assert len(data["ways"]) == len(proposal_of("sertraline with specials").remedies) + 1
    assert (
        "Sertraline 25mg tablets, 42 tablets (2 packs of 28) (licensed; GBP 9.00 for 28 tablets)"
        in data["ways"][1]["first"]
    )
    assert "By the worst curve its last drop is" in data["ways"][1]["first"]
    assert "worst curve" not in data["ways"][0]["first"], "the first of two plans has no last drop to nothing"
    assert data["ways"][-1]["text"].startswith("Staying on 50 mg a day for now")
    assert data["slip"][0] == "I choose way number:"


@pytest.mark.hazard("H-040")
def test_where_nothing_listed_suffices_it_says_so_and_what_would_have_to_be_made() -> None:
    data = _data("escitalopram")
    assert data["title"] == (
        "Escitalopram 5 mg a day: this cannot be done gently with what is listed; please choose"
    )
    assert "With what is listed in the United Kingdom no plan keeps within the limits" in data["lead"]
    assert "3 mL oral syringe" in data["ways"][0]["text"] and "2 mg in 1 mL" in data["ways"][0]["text"]
    assert "unlicensed special; for 28 days at most 70 mL" in data["ways"][0]["first"]
    assert "ends with a drop of 41.51 points, by the worst published curve 68.2 points" in " ".join(
        data["stuck"]
    )
    assert data["prescribe"] is None and data["drops"] is None


def test_a_proposal_without_any_draft_has_a_letter_too() -> None:
    text = text_of(letter_pdf(proposal_of("a dose nothing makes")))
    assert "Nothing at hand makes today's dose of 33 mg" in text
    assert "Staying on 33 mg a day for now" in text
    assert "With what is listed in France no plan keeps within the limits" in text
    assert "please help me find a way" in text and "These are the ways" not in text
    assert "NICE NG222" in text


def _stopped(**answers: Any) -> Proposal:
    request = proposal_of("sertraline").request
    return plan_taper(replace(request, person=replace(request.person, **answers)))


@pytest.mark.hazard("H-013")
@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_a_stop_has_a_letter_of_its_own_on_one_page_and_without_a_dose_but_today_s(paper: Any) -> None:
    stopped = _stopped(pregnancy=Pregnancy.PREGNANT, crisis=True)
    pdf = letter_pdf(stopped, paper)
    text = text_of(pdf)
    assert len(pages_of(pdf)) == 1
    dose = format_mg(stopped.request.dose)
    assert f"I keep taking {dose} a day. I do not cut and do not stop by myself." in text
    assert set(re.findall(r"[\d.]+ mg", text)) == {dose}
    for words in ("Contact your prescriber, midwife or health visitor today.", "You are pregnant.",
                  "You had a crisis or hospital stay in the last six months.", "Get help now for:", NOTICE,
                  "If you take responsibility for a plan", "I will plan this with you."):  # fmt: skip
        assert words in text
    assert "What to prescribe" not in text and "The ways" not in text


@pytest.mark.hazard("H-013", "H-032")
def test_where_a_stop_cannot_be_lifted_its_letter_offers_no_record() -> None:
    text = text_of(letter_pdf(_stopped(tapering=("diazepam",), others=("diazepam",))))
    assert "This tool makes no plan here, with or without a record." in text
    assert "If you take responsibility for a plan" not in text


def test_past_a_stop_nothing_but_the_letter_is_printed() -> None:
    stopped = _stopped(age=17)
    assert [paper.format for paper in papers_for(stopped)] == ["letter"]
    with pytest.raises(EaseoffError) as refused:
        schedule_pdf(stopped)
    assert refused.value.message == "No schedule is printed while a stop stands."


def test_a_recorded_override_stands_in_the_letter() -> None:
    proposal = proposal_of("sertraline")
    request = replace(proposal.request, override=make.OVERRIDE)
    lifted = replace(proposal, request=request, findings=(*proposal.findings, *make.LIFTED))
    assert "Stops were lifted by A prescriber, GP, registration 0000000" in text_of(letter_pdf(lifted))
    text = text_of(letter_pdf(replace(proposal, request=request)))
    assert "Responsibility was taken by A prescriber, GP, registration 0000000" in text
    assert "Stops were lifted" not in text, "none stood"


def test_a_name_is_printed_and_without_one_there_is_a_line_to_write_on() -> None:
    assert "Name: Ελένη Жук" in text_of(letter_pdf(proposal_of("zopiclone"), person="Ελένη Жук"))
    assert "Name: Date of birth:" in text_of(letter_pdf(proposal_of("zopiclone")))


def test_the_rate_is_told_from_the_plan_s_own_doses() -> None:
    rate = plan_rate(make.plan())
    assert "25 % in the first step, 93 % at most (12.9 mg to 0.9 mg), then 0.9 mg to 0 mg" in rate
    assert "5 steps, about 4 months" in rate
    assert "12.9 mg a day still do 70 %" in why_slow(make.plan())


def test_a_method_that_cuts_by_equal_parts_does_not_claim_to_cut_less_at_the_end() -> None:
    plan = proposal_of("zopiclone").plan
    assert plan is not None
    assert "Each dose is kept for at least 14 days" in why_slow(plan)
    diazepam = proposal_of("diazepam").plan
    assert diazepam is not None
    assert "held to a share of the dose before it" in why_slow(diazepam)


def test_months_are_counted_from_the_days() -> None:
    assert (months_text(28), months_text(60), months_text(84), months_text(616)) == (
        "28 days", "60 days", "about 3 months", "about 20 months",
    )  # fmt: skip


def test_what_would_not_fit_a_page_goes_on_and_is_never_cut_off() -> None:
    proposal = proposal_of("sertraline")
    others = tuple(f"another medicine number {n} with a long name" for n in range(120))
    person = replace(proposal.request.person, others=others)
    pages = pages_of(letter_pdf(replace(proposal, request=replace(proposal.request, person=person))))
    assert len(pages) > 1
    assert all(other in " ".join(pages) for other in others)


def test_the_same_proposal_gives_the_same_bytes() -> None:
    assert letter_pdf(proposal_of("escitalopram")) == letter_pdf(proposal_of("escitalopram"))


def test_amounts_keep_their_units_at_the_end_of_a_line() -> None:
    text = " ".join(str(value) for value in _data("sertraline").values())
    assert re.search(r"\d mg\b", text) and D("42.5") in [
        s.dose_mg for s in proposal_of("sertraline").plan.steps
    ]  # type: ignore[union-attr]


def _overridden(**asked: Any) -> Proposal:
    agreed = Override("A prescriber", "GP", "1234567", "We agreed on this together.", date(2026, 11, 23))
    return plan_taper(TaperRequest("sertraline", D(100), "GB", today=date(2026, 11, 23), start=date(2027, 1, 4),
                                   person=ANSWERED, override=agreed, **asked))  # fmt: skip


@pytest.mark.hazard("H-033", "H-040")
def test_a_published_schedule_is_not_called_slow_or_within_the_limits() -> None:
    proposal = _overridden(method=MethodName.TABLE, settings=MethodSettings(schedule="DTB-SER-100"))
    assert proposal.may_issue_schedule and proposal.plan is not None
    data: Any = letter_data(proposal)
    assert "slow" not in f"{data['title']} {data['lead']} {data['why']} {data['why_title']}"
    assert "as published" in data["why"]
    assert "from 25 mg to 0 mg, takes away 82.3 points" in data["why"]
    assert plan_title(proposal.plan) == "Plan as published, with drops over the limits for this class"
    assert [row["within_limits"] for row in csv.DictReader(plan_table(proposal).splitlines())] == ["no"] * 4
    assert all(OVER_CLASS in row.marks for row in step_rows(proposal.plan, proposal.formulary))
    assert text_of(schedule_pdf(proposal)).count(OVER_CLASS) >= 3


@pytest.mark.hazard("H-033", "H-040")
def test_a_limit_far_over_the_class_s_is_not_called_slow_or_within_its_limits() -> None:
    proposal = _overridden(limit=D(40), cap=D(80), tier=Tier.TARIFF)
    assert proposal.may_issue_schedule and proposal.plan is not None
    assert "faster than the pace" in why_slow(proposal.plan) and "so small" not in why_slow(proposal.plan)
    assert plan_title(proposal.plan).startswith("Plan with drops over the limits for this class")
    assert "no" in [row["within_limits"] for row in csv.DictReader(plan_table(proposal).splitlines())]


def test_a_plan_of_the_class_s_own_pace_stays_within_its_limits() -> None:
    plan = proposal_of("sertraline").plan
    assert plan is not None and plan_title(plan) == "Plan within its limits"
    assert not over_class(plan, proposal_of("sertraline").formulary)


@pytest.mark.hazard("H-006")
def test_the_rests_of_a_slide_are_told() -> None:
    def kept(*days: int) -> str:
        step = make.plan().steps[0]
        return rhythm_text(
            replace(make.plan(), steps=tuple(replace(step, number=n, days=d) for n, d in enumerate(days, 1)))
        )

    assert kept(28, 28, 28) == "a step every 28 days"
    assert kept(7, 7, 7, 21, 7, 7, 7, 21, 7) == "a step every 7 days, but every fourth lasts 21 days"
    assert kept(7, 7, 21, 7, 28, 7) == "steps of 7 to 28 days"
    assert kept(7, 7, 21, 7, 7, 21, 35, 14) == (
        "a step every 7 days, but every third lasts 21 days; from step 7 on, where fewer doses can be made, steps last 14 to 35 days"
    )
