"""A crossover handed over: a letter on one page, and papers and files that never count one medicine as the other."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from io import StringIO
from typing import Any

import pytest
from crossing_cases import ALPRAZOLAM, ISSUED, REQUESTS, crossing
from icalendar import Calendar
from paper_cases import pages_of, text_of

from easeoff.documents import (
    calendar_file,
    fhir_bundle,
    letter_pdf,
    plan_table,
    preparation_cards_pdf,
    read_fhir_doses,
    read_fhir_plan,
    supply_pdf,
)
from easeoff.documents.carddata import card_data
from easeoff.documents.letterdata import letter_data
from easeoff.documents.needs import needs, quantity_text
from easeoff.documents.recorded import override_sentence
from easeoff.documents.supplydata import supply_data
from easeoff.planning.plan import Plan, Portion
from easeoff.proposing import plan_taper
from easeoff.proposing.proposal import Outcome

NOW = datetime(2026, 12, 20, 9, 30, tzinfo=UTC)


def plan_of(name: str) -> Plan:
    plan = crossing(name).plan
    assert plan is not None and plan.crossover is not None
    return plan


def due(plan: Plan) -> list[tuple[Any, str, Portion]]:
    """Every portion of every day up to the review, the slow and obvious way."""
    found = []
    for step in plan.steps:
        day = step.start
        while (
            day is not None
            and plan.review_on is not None
            and day < plan.review_on
            and (not step.end or day <= step.end)
        ):
            found += [(day, intake.time, portion) for intake in step.intakes for portion in intake.portions]
            day += timedelta(1)
    return found  # fmt: skip


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("name", REQUESTS)
def test_the_letter_is_one_page(name: str, paper: Any) -> None:
    assert len(pages_of(letter_pdf(crossing(name), paper))) == 1


@pytest.mark.hazard("H-015")
@pytest.mark.parametrize("name", ["agreed", "with no prescriber on record"])
def test_the_letter_asks_for_the_equivalent_and_names_both_medicines_to_prescribe(name: str) -> None:
    proposal, text = crossing(name), text_of(letter_pdf(crossing(name)))
    for words in (
        "Please confirm the equivalent, or give another: 1.5 mg of alprazolam a day counted as 20 mg of diazepam",
        "The named tables that may be used give 15 mg to 30 mg; the figure put in lies within that range.",
        "ClinCalc (as reproduced by benzoreform.org) 7.5 mg to 30 mg of diazepam not verified, so never used",
        "Please see or ring me on day 5 to 7 after each exchange, before the next one",
        "Until then I keep taking alprazolam 1.5 mg a day and take no diazepam.",
        "Diazepam builds up: its longest half-life on record is 93 hours (of nordazepam), and four of these are 16 days",
        "Sleepiness, unsteadiness",
        "I do not drive or use machines until you say that I may",
        "I confirm the equivalent and agree to this as it stands.",
    ):
        assert words in text, words
    for need in needs(plan_of(name), proposal.formulary):
        assert need.product.name in text and quantity_text(need.by_period[0]) in text
    assert {p.medicine for *_, p in due(plan_of("agreed"))} == {"alprazolam", "diazepam"}


def test_the_checks_in_the_letter_have_their_days() -> None:
    text = text_of(letter_pdf(crossing("agreed")))
    assert (
        "exchange 1, 8 January to 10 January 2027; exchange 2, 15 January to 17 January 2027; exchange 3, 22 January to 24 January 2027"
        in text
    )


@pytest.mark.hazard("H-019")
def test_a_record_is_said_to_lift_a_stop_only_where_there_is_one() -> None:
    taken = "taken by Dr A Example, GP, registration GMC 7654321, on 20 December 2026: short acting and hard to take down."
    assert f"Responsibility was {taken}" in text_of(letter_pdf(crossing("agreed")))
    older = plan_taper(replace(ALPRAZOLAM, person=replace(ALPRAZOLAM.person, age=70)))
    said = override_sentence(older.request.override, older.findings)
    assert said.startswith("Stops were lifted by Dr A Example")
    assert override_sentence(None, older.findings) == ""


def test_one_exchange_is_told_as_one() -> None:
    text = text_of(letter_pdf(crossing("all at once")))
    assert "to diazepam 10 mg a day in one exchange. First review on 11 January 2027 after it." in text
    assert "Please see or ring me on day 5 to 7 after it: exchange 1, 8 January to 10 January 2027." in text
    assert "All of loprazolam would be exchanged for diazepam on one day." in text


@pytest.mark.parametrize("name", ["nothing answered", "an equivalent outside all tables"])
def test_while_more_is_open_than_the_prescribers_record_nothing_is_named_to_be_dispensed(name: str) -> None:
    data = letter_data(crossing(name))
    assert data["prescribe"] is None
    assert "I confirm the equivalent and agree to this as it stands." not in data["slip"]  # type: ignore[operator]
    assert "6.6 mg" not in text_of(letter_pdf(crossing(name)))


def test_an_equivalent_outside_all_tables_is_said_to_the_prescriber() -> None:
    text = text_of(letter_pdf(crossing("an equivalent outside all tables")))
    assert "give 15 mg to 30 mg; the figure put in lies OUTSIDE that range" in text
    assert "the equivalent, which no table bears out" in text


def test_what_cannot_be_done_gently_is_a_letter_of_the_other_kind() -> None:
    assert crossing("too coarse").outcome is Outcome.NOT_WITHIN_LIMITS
    data = letter_data(crossing("too coarse"))
    assert "cannot be done gently with what is at hand" in str(data["title"])
    assert "nothing at hand makes chlordiazepoxide closely enough" in " ".join(data["stuck"])  # type: ignore[arg-type]
    assert data["prescribe"] is None and data["slip"][0] == "I choose way number:"  # type: ignore[index]
    ways = [str(way) for way in data["ways"]]  # type: ignore[union-attr]
    assert (
        "Chlordiazepoxide 2.5mg/5ml oral solution" in ways[0]
        and "With this a plan keeps within the limits" in ways[0]
    )
    assert "For 14 days of this, nothing in hand on top: " in ways[0] and "Diazepam 5mg tablets" in ways[0]
    assert "Staying on 10 mg a day for now" in ways[-1]
    assert len(ways) == 4 and "(the proposal has 2 more)" in str(data["asks"])
    assert "rounded down" not in str(data["findings"])


@pytest.mark.hazard("H-015")
def test_what_is_made_to_order_is_ordered_by_the_name_of_the_new_medicine() -> None:
    text = text_of(letter_pdf(crossing("nothing listed would do")))
    assert "Special-order text: zolpidem oral liquid 20 mg/mL" in text
    assert "for 28 days at most 12.6 mL" in text


@pytest.mark.hazard("H-003", "H-022")
@pytest.mark.parametrize("name", ISSUED)
def test_the_supply_list_counts_both_medicines_day_by_day(name: str) -> None:
    proposal, plan = crossing(name), plan_of(name)
    counted = Counter[str]()
    for *_, portion in due(plan):
        counted[portion.product] += portion.amount  # type: ignore[assignment]
    wanted = needs(plan, proposal.formulary)
    assert {need.product.id: need.in_all.amount for need in wanted} == dict(counted)
    data = supply_data(plan, proposal.formulary)
    assert f"is to be changed to {plan.crossover.medicine}" in str(data["course"])  # type: ignore[union-attr]
    assert any("keep the boxes apart" in str(told).lower() for told in data["told"])  # type: ignore[union-attr]
    assert text_of(supply_pdf(proposal))


@pytest.mark.hazard("H-001")
def test_a_preparation_card_tells_the_error_in_mg_of_its_own_medicine() -> None:
    proposal = crossing("agreed")
    cards = card_data(plan_of("agreed"), proposal.formulary)["cards"]
    rows = [row for card in cards for row in card["rows"]]  # type: ignore[union-attr,index,call-overload]
    assert rows == [
        [
            "Steps 1, 2, 3",
            "diazepam: 1.6 mg = 4 mL of 0.4 mg/mL liquid",
            "1.48 mg to 1.72 mg",
            "up to 8 % either way",
        ]
    ]
    assert text_of(preparation_cards_pdf(proposal))  # fmt: skip


@pytest.mark.hazard("H-009", "H-031")
@pytest.mark.parametrize("style", ["sequence", "separate"])
@pytest.mark.parametrize("name", ISSUED)
def test_the_fhir_document_reads_back_to_the_same_doses_of_each_product(name: str, style: Any) -> None:
    plan = plan_of(name)
    text = fhir_bundle(crossing(name), NOW, steps=style)
    assert read_fhir_plan(text) == plan
    read = Counter((dose.date, dose.time, dose.product, D(dose.mg)) for dose in read_fhir_doses(text))
    assert read == Counter((day, time, p.product, p.mg) for day, time, p in due(plan))
    assert "counts as" not in text and "a slow reduction" not in text
    assert "One of two medicines of a crossover" in text


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("name", ISSUED)
def test_the_tables_have_a_row_for_each_medicine_in_its_own_mg(name: str) -> None:
    proposal, plan = crossing(name), plan_of(name)
    names = (plan.medicine, plan.crossover.medicine)  # type: ignore[union-attr]
    rows = {
        table: list(csv.DictReader(StringIO(plan_table(proposal, table))))
        for table in ("steps", "days", "portions")
    }  # type: ignore[arg-type]
    steps = {(int(row["step"]), row["medicine"]): D(row["dose"]) for row in rows["steps"]}
    assert steps == {
        (s.number, medicine): plan.taken_of(medicine, s) for s in plan.steps for medicine in names
    }
    assert all(bool(row["dosage"]) == bool(D(row["dose"])) for row in rows["steps"])
    assert all(row["effect_unit"].endswith("both medicines together") for row in rows["steps"])
    assert len(rows["days"]) == 2 * sum(step.days for step in plan.steps if step.start)
    for row in rows["portions"]:
        assert row["product"].startswith(f"GB-{row['medicine']}-")
        assert D(row["low"]) <= D(row["dose"]) <= D(row["high"])
        assert row["counts_as_unit"] == f"mg of {plan.medicine}, by the equivalent entered"


@pytest.mark.parametrize("name", ISSUED)
def test_the_calendar_has_the_check_after_each_exchange_and_names_both_or_none(name: str) -> None:
    plan = plan_of(name)
    named = Calendar.from_ical(calendar_file(crossing(name), NOW, titles="doses")).walk("VEVENT")
    changes = [event for event in named if str(event["UID"]).rsplit("-", 1)[1].isdigit()]
    checks = [event for event in named if str(event["UID"]).endswith("-check")]
    assert [event["DTSTART"].dt for event in changes] == [step.start for step in plan.steps if step.start]
    assert [e["DTSTART"].dt for e in checks] == [s.start + timedelta(4) for s in plan.steps if s.start]
    both = f"{plan.medicine.capitalize()} to {plan.crossover.medicine}: "  # type: ignore[union-attr]
    assert all(str(event["SUMMARY"]).startswith(both) for event in named)
    for event, step in zip(changes, plan.steps, strict=False):
        for intake in step.intakes:
            for portion in intake.portions:
                assert f"{portion.medicine.capitalize()}: Take" in str(event["DESCRIPTION"])
    neutral = calendar_file(crossing(name), NOW).decode().replace("\r\n ", "").lower()
    assert plan.medicine not in neutral and plan.crossover.medicine not in neutral  # type: ignore[union-attr]
    assert "take no next step before it" in neutral


def test_reminders_name_the_medicine_of_that_time_of_day() -> None:
    events = Calendar.from_ical(calendar_file(crossing("agreed"), NOW, titles="doses", reminders=True)).walk(
        "VEVENT"
    )
    by_key = {str(event["UID"]).split("-", 1)[1]: event for event in events}
    assert "alprazolam 0.5 mg" in str(by_key["1-0800"]["SUMMARY"])
    assert "diazepam 6.6 mg" in str(by_key["1-2200"]["SUMMARY"])
    assert "Diazepam: Take 5 mg" in str(by_key["1-2200"]["DESCRIPTION"])  # fmt: skip
