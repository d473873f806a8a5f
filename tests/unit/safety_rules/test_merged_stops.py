"""Several stops at once are told as one: the most urgent first, nothing twice, nothing in conflict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from safety_cases import ANSWERED, READ, formulary, medicine, request

from easeoff.medicines.model import Medicine, RedFlag
from easeoff.planning.findings import Finding, Level
from easeoff.planning.request import Pregnancy
from easeoff.safety import StopCard, merge_stops, screen

CLOZAPINE = medicine("clozapine", "antipsychotic")
LITHIUM = medicine("lithium", "mood_stabiliser_antiepileptic")
DEADLINES = (" today.", " within a week.", " before your supply runs out, and within two weeks.")


def card(of: Medicine, **answers: object) -> StopCard:
    asked = request(replace(ANSWERED, **answers))
    return merge_stops(screen(formulary(of), asked), of, asked.dose)


def test_one_stop_says_what_to_go_on_taking_whom_to_contact_and_why() -> None:
    told = card(medicine(), age=17)
    assert told.keep == "Keep taking 100 mg as you do now. Do not cut and do not stop."
    assert told.contacts == ("Contact the clinician who prescribes it within a week.",)
    assert told.reasons == (
        "This tool is for adults. Under 18, a reduction is planned by the clinician who prescribes.",
    )


@pytest.mark.hazard("H-012", "H-013")
def test_a_pregnant_woman_with_an_unsteady_dose_who_had_a_seizure_is_given_one_deadline_for_her_prescriber() -> (
    None
):
    told = card(medicine(), pregnancy=Pregnancy.PREGNANT, steady=False, seizures=True)
    assert told.contacts == (
        "Contact your prescriber, midwife or health visitor today. Tell them every reason below.",
    )
    assert [reason.split(".")[0] for reason in told.reasons] == [
        "You are pregnant",
        "You have had a seizure",
        "Your dose has not been steady for a month",
    ]


@pytest.mark.hazard("H-018")
def test_someone_with_thoughts_of_suicide_who_is_pregnant_is_told_of_the_crisis_team_before_anything_else() -> (
    None
):
    told = card(medicine(), suicidal=True, pregnancy=Pregnancy.PREGNANT)
    assert told.contacts[0].startswith("Contact your prescriber or crisis team today.")
    assert told.reasons[0].startswith("You have thoughts of ending your life.")
    assert told.in_danger


def test_someone_on_clozapine_and_lithium_is_sent_to_both_teams_each_by_its_own_day() -> None:
    told = card(CLOZAPINE, others=("lithium",))
    assert told.contacts == (
        "Contact your clozapine clinic today. Tell them every reason below.",
        "Also contact the team that looks after your lithium within a week.",
    )


def test_two_teams_with_the_same_deadline_stand_in_one_sentence() -> None:
    told = card(LITHIUM, crisis=True)
    assert told.contacts == (
        "Contact, within a week: your mental health team; the team that looks after your lithium."
        " Tell them every reason below.",
    )


@pytest.mark.parametrize("urgent", [{"suicidal": True}, {"pregnancy": Pregnancy.POSSIBLE}])
def test_no_one_is_named_with_two_deadlines(urgent: dict[str, object]) -> None:
    told = card(medicine(), days_a_week=2, steady=False, seizures=True, alcohol_dependence=True, **urgent)
    assert sum(line.count("your prescriber") for line in told.contacts) == 1
    assert [line for line in told.contacts if not any(day in line for day in DEADLINES)] == []
    assert " today." in told.contacts[0]


@pytest.mark.hazard("H-019")
def test_two_records_of_one_sign_are_told_once_in_the_words_of_the_first() -> None:
    signs = ("A seizure (a fit)", "Chest pain.", "a seizure (a fit)", "chest pain")
    taken = medicine(red_flags=tuple(RedFlag(sign, READ) for sign in signs))
    assert card(taken, age=17).signs == ("A seizure (a fit)", "Chest pain")


def test_the_same_reason_from_two_rules_is_told_once() -> None:
    twice = tuple(Finding(rule, Level.STOP, "It is so.", ("H-001",)) for rule in ("one", "two"))
    told = merge_stops(twice, medicine(), request().dose)
    assert told.reasons == ("It is so.",)
    assert told.contacts == ()


@pytest.mark.hazard("H-013")
def test_nothing_that_a_single_stop_says_as_its_reason_is_lost_when_many_fire() -> None:
    many = {"age": 16, "pregnancy": Pregnancy.TRYING, "crisis": True, "seizures": True, "days_a_week": 1}
    together = card(LITHIUM, **many).reasons
    for key, value in many.items():
        assert set(card(LITHIUM, **{key: value}).reasons) <= set(together)
