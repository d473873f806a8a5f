"""What the pharmacy supplies, counted from the plan's own days, and how each dose is made ready with its error."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import documents_factory as make
import pytest
from paper_cases import DRAFTS, PLANS, proposal_of, text_of

from easeoff.documents import (
    letter_pdf,
    papers_for,
    preparation_cards_pdf,
    read_plan,
    schedule_pdf,
    supply_pdf,
    write_plan,
)
from easeoff.documents.beadcard import bead_card_data, offers_beads
from easeoff.documents.carddata import card_data
from easeoff.documents.needs import PERIOD_DAYS, near_steps, needs, periods
from easeoff.documents.preparing import CAREFUL, TITLES, WORDS, Way, way_of
from easeoff.documents.supplydata import opened_days, supply_data
from easeoff.documents.supplywords import packs_text, supply_sentences, with_buffer_text
from easeoff.medicines import load_formulary
from easeoff.medicines.model import Confidence, Property, Provenance
from easeoff.planning.plan import Plan, Portion
from easeoff.planning.supply import BUFFER_DAYS
from easeoff.proposing import plan_taper
from easeoff.quantities import EaseoffError


def _plan(name: str) -> Plan:
    plan = proposal_of(name).plan
    assert plan is not None
    return plan


def _by_hand(plan: Plan, first: int, days: int) -> dict[str, D]:
    """Day by day, the slow way."""
    taken: dict[str, D] = {}
    day = 0
    for step in near_steps(plan):
        for _ in range(step.days):
            if first <= day < first + days:
                for portion in (p for intake in step.intakes for p in intake.portions):
                    taken[portion.product] = taken.get(portion.product, D(0)) + portion.amount
            day += 1
    return taken


@pytest.mark.hazard("H-006")
@pytest.mark.parametrize("name", PLANS)
def test_each_period_needs_what_its_days_take(name: str) -> None:
    plan = _plan(name)
    wanted = needs(plan, proposal_of(name).formulary)
    for place, period in enumerate(periods(plan)):
        counted = {n.product.id: line.amount for n in wanted if (line := n.by_period[place]) is not None}
        assert counted == _by_hand(plan, period.first, period.days)
    assert sum(period.days for period in periods(plan)) == sum(step.days for step in near_steps(plan))
    assert all(period.days <= PERIOD_DAYS for period in periods(plan))


def test_steps_that_are_no_four_weeks_are_cut_at_the_period() -> None:
    plan = make.plan(days=10)
    spans = periods(plan)
    assert [(p.first, p.days) for p in spans] == [(0, 28), (28, 2)]
    assert spans[0].words == "4 January to 31 January 2027"
    assert periods(make.plan(days=10, dated=0))[1].words == "day 29 to day 30"
    first = needs(plan, make.FORMULARY)[0]
    assert first.by_period[0] is not None
    assert first.by_period[0].amount == D("1.5") * 10 + 10 + D("0.5") * 8


@pytest.mark.hazard("H-006")
@pytest.mark.parametrize("name", PLANS)
def test_the_list_names_every_product_exactly_with_code_price_and_quantities(name: str) -> None:
    proposal = proposal_of(name)
    text = text_of(supply_pdf(proposal))
    for need in needs(_plan(name), proposal.formulary):
        assert need.product.name in text and need.product.codes[0] in text
        assert with_buffer_text(need.in_all) in text
    assert "It is not a prescription" in text
    assert "not stop" in text


@pytest.mark.hazard("H-006")
@pytest.mark.parametrize("name", PLANS)
def test_every_paper_counts_the_same_packs_with_the_same_days_in_hand(name: str) -> None:
    """Text and page, supply list, schedule and letter: nobody has to ask which of two numbers of packs is right."""
    proposal, plan = proposal_of(name), _plan(name)
    formulary = proposal.formulary
    words = " ".join(supply_sentences(plan, formulary))
    papers = [text_of(make_pdf(proposal)) for make_pdf in (supply_pdf, schedule_pdf, letter_pdf)]
    for need in needs(plan, formulary):
        line = need.in_all
        assert line.buffer is not None and line.buffer_days == BUFFER_DAYS
        assert all("7 days in hand on top (our choice of days)" in text for text in (words, *papers))
        if line.packs_with_buffer is not None:
            assert f"With that: {packs_text(line, line.packs_with_buffer)}" in words
        assert all(with_buffer_text(line) in text for text in papers)


def test_a_special_asks_for_one_maker_and_a_liquid_for_its_strength_on_the_label() -> None:
    data: Any = supply_data(_plan("sertraline"), proposal_of("sertraline").formulary)
    tablets, liquid = data["products"]
    assert ["Supply", "special, made or brought in to order, unlicensed; listed on 14 August 2025"] in liquid[
        "facts"
    ]
    assert any("1 mg/mL" in ask for ask in liquid["asks"]) and any(
        "one maker" in ask for ask in liquid["asks"]
    )
    assert any("please confirm it for the brand" in ask for ask in tablets["asks"]), "halved without a record"
    assert tablets["rows"][0] == ["4 January to 31 January 2027", "42 tablets (2 packs of 28)", "GBP 18.00"]
    assert (
        data["total"]
        == "List prices to the review, what is in hand with it: GBP 36.00. Products without a list price are not in it."
    )
    assert data["devices"] == [
        "5 mL oral syringe, marked every 0.2 mL",
        "10 mL oral syringe, marked every 0.2 mL",
    ]


def test_a_controlled_drug_says_how_many_days_one_prescription_holds() -> None:
    data: Any = supply_data(_plan("diazepam"), proposal_of("diazepam").formulary)
    assert any("at most 30 days on one prescription" in told for told in data["told"])


def test_the_shelf_life_of_an_opened_bottle_is_the_shortest_on_record_and_never_one_brand_s() -> None:
    def fact(value: str, condition: str = "", confidence: Confidence = Confidence.READ) -> Property:
        return Property("shelf_life_opened_days", value, condition, Provenance("list-2025", confidence))

    product = make.PRODUCTS[1]
    assert opened_days(product) is None
    said = (fact("60"), fact("42"), fact("7", "Only X: cool"), fact("1", "", Confidence.UNVERIFIED))
    assert opened_days(replace(product, properties=said)) == 42


@pytest.mark.hazard("H-038")
@pytest.mark.parametrize("make_pdf", [supply_pdf, preparation_cards_pdf])
@pytest.mark.parametrize("name", DRAFTS)
def test_from_a_draft_there_is_neither_supply_list_nor_card(name: str, make_pdf: Any) -> None:
    if make_pdf is preparation_cards_pdf and offers_beads(proposal_of(name)):
        return
    with pytest.raises(EaseoffError, match="is printed"):
        make_pdf(proposal_of(name))


@pytest.mark.hazard("H-034")
@pytest.mark.parametrize("name", ["sertraline", "diazepam", "aripiprazole", "lamotrigine", "zopiclone"])
def test_every_card_gives_each_amount_with_what_really_arrives(name: str) -> None:
    proposal = proposal_of(name)
    data: Any = card_data(_plan(name), proposal.formulary)
    assert data["cards"]
    text = text_of(preparation_cards_pdf(proposal))
    for card in data["cards"]:
        assert card["heading"] in text
        for row in card["rows"]:
            assert all(cell in text for cell in row)
            assert "either way" in row[3]


def test_the_error_is_the_larger_side_rounded_up_and_the_band_is_the_plan_s_own() -> None:
    data: Any = card_data(make.plan(), make.FORMULARY)
    by_heading = {card["heading"]: card for card in data["cards"]}
    syringe = by_heading["Measuring with an oral syringe: Sertraline 5mg/5ml oral suspension"]
    assert syringe["rows"][0] == [
        "Steps 2, 3",
        "0.4 mg = 0.4 mL of 1 mg/mL liquid",
        "0.36 mg to 0.44 mg",
        "up to 10 % either way",
    ]
    halving = by_heading["Halving: Sertraline 25mg tablets"]
    assert [row[0] for row in halving["rows"]] == ["Step 1", "Step 3"]


def _portion(unit: str, amount: str) -> Portion:
    return Portion("x", D(amount), unit, D(1), D(1), D(1), D(1), "", "")


def test_each_way_of_making_a_dose_is_told_apart_and_has_its_words() -> None:
    tablet, liquid = make.PRODUCTS[0], make.PRODUCTS[1]
    assert way_of(_portion("tablet", "2"), tablet) is None
    assert way_of(_portion("tablet", "1.5"), tablet) is Way.HALVE
    assert way_of(_portion("tablet", "0.75"), tablet) is Way.QUARTER
    assert way_of(_portion("mL", "0.4"), liquid) is Way.SYRINGE
    assert way_of(_portion("mL", "0.4"), replace(liquid, must_dilute=True)) is Way.DILUTE
    assert way_of(_portion("drop", "4"), make.PRODUCTS[2]) is Way.DROPS
    assert way_of(_portion("tablet", "1"), replace(tablet, form_group="dispersible_tablet")) is Way.DISPERSE
    for way in Way:
        assert TITLES[way] and WORDS[way] and CAREFUL[way]


def test_what_must_be_diluted_says_into_how_much_of_what_from_its_own_record() -> None:
    formulary = load_formulary("sertraline", "US")
    concentrate = next(p for p in formulary.products if p.must_dilute)
    plan = make.plan()
    step = replace(plan.steps[0], intakes=(replace(plan.steps[0].intakes[0], portions=(
        Portion(concentrate.id, D("0.5"), "mL", D(10), D(10), D(9), D(11), "oral-syringe-1ml", "Draw 0.5 mL."),)),))  # fmt: skip
    data: Any = card_data(replace(plan, steps=(step,)), formulary)
    (card,) = data["cards"]
    assert card["heading"].startswith("Measuring, then diluting")
    assert any("about 120 mL" in words and "ginger ale" in words for words in card["how"])
    assert any("ISMP" in record for record in card["records"])


@pytest.mark.hazard("H-038")
def test_where_beads_may_help_a_card_for_counting_comes_before_any_plan_and_holds_no_dose_to_take() -> None:
    proposal = proposal_of("venlafaxine capsules")
    assert offers_beads(proposal) and not proposal.within_limit
    data: Any = bead_card_data(proposal)
    (card,) = data["cards"]
    assert card["heading"] == "Counting beads: Venlafaxine 37.5 mg extended-release capsule"
    assert card["rows"] == [] and card["counts"][-1] == "Capsule 10"
    assert any("37.5 mg divided by the mean number of beads" in words for words in card["how"])
    assert any("by brand" in record and "Horowitz" in record for record in card["records"])
    assert "keep taking 75 mg a day as you do now" in data["intro"]
    text = text_of(preparation_cards_pdf(proposal))
    amounts = {amount.replace(" ", "") for amount in re.findall(r"\d[\d.]* mg", text)}
    assert amounts == {"75mg", "37.5mg"}, "today's dose and the label's strength, and no other"
    assert [kind.format for kind in papers_for(proposal)] == ["letter", "cards"]


def test_while_a_question_is_open_or_beads_are_no_way_there_is_no_card_for_counting() -> None:
    proposal = proposal_of("venlafaxine capsules")
    assert not offers_beads(replace(proposal, open_questions=(make.QUESTION,)))
    for other in (replace(proposal, remedies=()), proposal_of("escitalopram")):
        with pytest.raises(EaseoffError, match="is not one of the ways"):
            bead_card_data(other)


def test_a_plan_of_whole_pieces_needs_no_card() -> None:
    plan = make.plan((("25", (make.tablets("1"),)),))
    with pytest.raises(EaseoffError, match="No card is needed"):
        card_data(plan, make.FORMULARY)


@pytest.mark.hazard("H-038")
@pytest.mark.parametrize("make_pdf", [schedule_pdf, letter_pdf, supply_pdf, preparation_cards_pdf])
def test_a_plan_read_from_its_file_gives_the_same_paper_and_a_changed_one_gives_none(make_pdf: Any) -> None:
    proposal = proposal_of("zopiclone")
    plan = read_plan(write_plan(_plan("zopiclone")))
    assert make_pdf(plan) == make_pdf(proposal)
    changed = replace(plan, steps=(replace(plan.steps[0], days=13), *plan.steps[1:]))
    with pytest.raises(EaseoffError, match="would come out differently today"):
        make_pdf(changed)
    young = replace(plan, request=replace(plan.request, person=replace(plan.request.person, age=15)))
    if make_pdf is letter_pdf:
        assert "This tool is for adults." in text_of(make_pdf(young)), "a stop gives its own letter"
        return
    with pytest.raises(EaseoffError, match="while a stop stands"):
        make_pdf(young)


@pytest.mark.hazard("H-018", "H-024")
def test_how_much_is_given_out_at_once_stands_before_every_quantity() -> None:
    at_risk = plan_taper(
        replace(
            proposal_of("zopiclone").request,
            override=make.OVERRIDE,
            person=replace(proposal_of("zopiclone").request.person, crisis=True),
        )
    )
    assert at_risk.plan is not None and at_risk.may_issue_schedule
    text = text_of(supply_pdf(at_risk))
    weekly = "Give out at most 7 days at a time, whatever is added up below; what is in hand stays at the pharmacy."
    assert text.index(weekly) < text.index("What to supply")
    assert text.index("A controlled drug: at most 30 days on one prescription.") < text.index(
        "What to supply"
    )
    assert "as below, given out 7 days at a time." in text_of(letter_pdf(at_risk))
    assert "Give out at most" not in text_of(supply_pdf(proposal_of("zopiclone")))
