"""Several medicines: one at a time, asked or stopped and never silent; and levels that a source says will change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from safety_cases import ANSWERED, formulary, medicine, request

from easeoff.medicines import load_sources, medicine_names
from easeoff.planning.findings import Level
from easeoff.planning.request import Person
from easeoff.quantities import EaseoffError
from easeoff.safety import answer_person, open_questions, screen
from easeoff.safety.level_changes import level_change_faults
from easeoff.safety.washouts import washout_between, washout_faults

OVERRIDE_CANNOT = "nobody lifts it"


@pytest.mark.hazard("H-044")
def test_another_one_that_people_reduce_slowly_is_asked_about() -> None:
    beside = request(replace(ANSWERED, others=("mirtazapine 15 mg", "paracetamol")))
    (asked,) = open_questions(formulary(), beside)
    assert asked.key == "tapering"
    assert "mirtazapine 15 mg" in asked.text
    assert "paracetamol" not in asked.text


def test_nothing_is_asked_where_no_other_is_reduced_slowly() -> None:
    assert open_questions(formulary(), request(replace(ANSWERED, others=("paracetamol",)))) == ()


@pytest.mark.hazard("H-014")
@pytest.mark.parametrize("written", ["Lamictal", "lamotrigin 100 mg", "lamotrigine"])
def test_the_pair_is_known_by_brand_and_through_a_slip_too(written: str) -> None:
    valproate = formulary(medicine("valproate", "mood_stabiliser_antiepileptic"))
    found = screen(valproate, request(replace(ANSWERED, others=(written,))))
    assert "level-of-lamotrigine" in {f.rule for f in found}


def test_the_medicine_itself_by_its_brand_is_no_second_reduction() -> None:
    own = screen(formulary(), request(replace(ANSWERED, tapering=("Zoloft",))))
    assert "one-at-a-time" not in {f.rule for f in own}
    other = screen(formulary(), request(replace(ANSWERED, tapering=("Lustral and Zispin",))))
    assert "one-at-a-time" in {f.rule for f in other}


def test_none_is_an_answer() -> None:
    person = answer_person("tapering", "none", replace(ANSWERED, others=("mirtazapine",)))
    assert open_questions(formulary(), request(person)) == ()


@pytest.mark.hazard("H-044")
def test_a_second_reduction_while_one_runs_is_a_stop_that_no_override_lifts() -> None:
    person = replace(ANSWERED, others=("mirtazapine",), tapering=("mirtazapine",))
    (stop,) = (f for f in screen(formulary(), request(person)) if f.level is Level.STOP)
    assert stop.rule == "one-at-a-time"
    assert not stop.liftable, OVERRIDE_CANNOT
    assert "mirtazapine" in stop.text


def test_the_one_planned_here_is_no_second_reduction() -> None:
    name = formulary().medicine.name
    found = screen(formulary(), request(replace(ANSWERED, tapering=(name,))))
    assert "one-at-a-time" not in {f.rule for f in found}


@pytest.mark.hazard("H-044")
def test_order_and_rests_are_agreed_and_not_worked_out() -> None:
    found = screen(formulary(), request(replace(ANSWERED, others=("mirtazapine",), tapering=())))
    (said,) = (f for f in found if f.rule == "order-of-medicines")
    assert "agree with your prescriber which goes first" in said.text


def test_two_answers_to_tapering_add_up_and_none_beside_a_name_is_asked_back() -> None:
    person = answer_person("tapering", "sertraline", answer_person("tapering", "diazepam", Person()))
    assert person.tapering == ("diazepam", "sertraline")
    with pytest.raises(EaseoffError, match="none"):
        answer_person("tapering", "none", person)


@pytest.mark.hazard("H-014")
@pytest.mark.parametrize(
    ("name", "drug_class", "level"),
    [("valproate", "anticonvulsant", "falls"), ("carbamazepine", "anticonvulsant", "rises")],
)
def test_the_level_of_lamotrigine_is_said_with_its_source(name: str, drug_class: str, level: str) -> None:
    person = replace(ANSWERED, others=("lamotrigine 100 mg",), tapering=())
    found = screen(formulary(medicine(name, drug_class)), request(person))
    (said,) = (f for f in found if f.rule == "level-of-lamotrigine")
    assert f"the level of lamotrigine {level}" in said.text
    assert said.sources == ("milosheska_2016",)


@pytest.mark.hazard("H-014")
@pytest.mark.parametrize(
    ("reduced", "beside", "rule", "said_of_it"),
    [
        ("fluvoxamine", "Zyprexa 10 mg", "level-of-olanzapine", "108 %"),
        ("carbamazepine", "risperidone", "level-of-risperidone", "0.51 times"),
        ("paroxetine", "Risperdal 2mg at night", "level-of-risperidone", "1.8 times"),
        ("fluvoxamine", "methadone 60 mg", "level-of-methadone", "opioid withdrawal"),
        ("fluoxetine", "nortriptyline", "level-of-nortriptyline", "several weeks"),
        ("duloxetine", "Clozaril", "level-of-clozapine", "still works"),
    ],
)
def test_a_pair_that_a_source_names_is_said_by_whatever_name_it_was_written(
    reduced: str, beside: str, rule: str, said_of_it: str
) -> None:
    person = replace(ANSWERED, others=(beside,), tapering=())
    found = screen(formulary(medicine(reduced, "antidepressant_ssri")), request(person))
    (said,) = (f for f in found if f.rule == rule)
    assert said_of_it in said.text and "nothing is adjusted here" in said.text


def test_nothing_is_said_of_a_pair_that_no_source_names() -> None:
    person = replace(ANSWERED, others=("olanzapine",), tapering=())
    found = screen(formulary(medicine("sertraline", "antidepressant_ssri")), request(person))
    assert not [f for f in found if f.rule == "level-of-olanzapine"]


def test_every_record_of_levels_and_washouts_is_sound() -> None:
    sources, names = {source.id for source in load_sources()}, medicine_names()
    assert level_change_faults(sources, names) == ()
    assert washout_faults(sources, names) == ()
    assert level_change_faults(set(), ()) and washout_faults(set(), ())


def test_a_washout_holds_for_its_ordered_pair_alone() -> None:
    record = washout_between("fluoxetine", "moclobemide")
    assert record is not None and record.days == 28
    assert washout_between("moclobemide", "fluoxetine") is None
