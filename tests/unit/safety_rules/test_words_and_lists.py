"""The fixed words, and the lists of names and sources behind the rules."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from safety_cases import ANSWERED, formulary, medicine, request

from easeoff.directory import EMERGENCY_WORDS
from easeoff.medicines.loading import load_medicine, load_sources, medicine_names
from easeoff.planning.request import Indication, Person, Pregnancy
from easeoff.safety import (
    IN_DANGER,
    NOTICE,
    families_of,
    keep_taking,
    red_card,
    red_flags,
    screen,
)
from easeoff.safety.families import families_of_name, groups, taken_for, unknown


def test_the_notice_says_what_it_is_not_what_to_go_on_doing_and_who_has_not_signed() -> None:
    for part in (
        "not medical advice",
        "Keep taking",
        "red-flag sign",
        "get help now",
        "no clinical safety officer",
        "medical device",
    ):
        assert part in NOTICE


def test_keep_taking_names_the_dose_whom_and_when() -> None:
    assert keep_taking(Decimal("12.50"), "your prescriber", "today") == (
        "Keep taking 12.5 mg as you do now. Do not cut and do not stop. Contact your prescriber today."
    )


@pytest.mark.hazard("H-019")
def test_the_red_card_shows_the_signs_of_the_medicine_or_the_general_ones() -> None:
    assert "a high fever" in red_card(medicine())
    assert "a seizure" in red_card(medicine(red_flags=()))
    assert red_flags(medicine()) == ("A high fever",)


@pytest.mark.hazard("H-018", "H-028")
def test_the_words_for_danger_are_those_of_the_directory_and_hold_no_number() -> None:
    assert IN_DANGER == EMERGENCY_WORDS
    assert not re.search(r"\d", IN_DANGER)


@pytest.mark.parametrize(
    ("written", "family"),
    [
        ("codeine", "opioid"), ("Codeine 30 mg", "opioid"), ("co-codamol 8/500", "opioid"), ("zomorph (morphine)", "opioid"),
        ("Xanax", "benzodiazepine"), ("Lithium carbonate", "lithium"), ("st john's wort", "inducer"), ("Epilim", "valproate"),
    ],
)  # fmt: skip
def test_a_name_is_known_by_its_words_whatever_stands_around_it(written: str, family: str) -> None:
    assert family in families_of_name(written)


def test_a_part_of_a_word_is_not_a_name() -> None:
    assert unknown(("opioidine", "norlithiumate", "vitamin d")) == ("opioidine", "norlithiumate", "vitamin d")


@pytest.mark.hazard("H-014")
@pytest.mark.parametrize("name", medicine_names())
def test_every_name_and_brand_on_record_stands_for_the_families_of_its_medicine(name: str) -> None:
    medicine = load_medicine(name)
    for written in (name, *medicine.synonyms, *medicine.brands):
        assert families_of(medicine) <= families_of_name(written), written
        assert taken_for(written) == (), written


@pytest.mark.hazard("H-014")
@pytest.mark.parametrize(
    ("written", "family"),
    [
        ("cocodamol", "opioid"), ("co codamol 30/500", "opioid"), ("morphin", "opioid"), ("codiene 30mg tablets", "opioid"),
        ("ramadol", "opioid"), ("methadon linctus", "opioid_use_disorder"), ("litium", "lithium"), ("sertraline litium", "lithium"),
        ("phenelzin", "maoi"), ("Clozapin", "clozapine"), ("diazapam", "benzodiazepine"), ("propanolol", "beta_blocker"),
        ("Dépakine", "valproate"), ("thyroxin", "thyroid"), ("zapain", "opioid"), ("st john’s wort", "inducer"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_hides_no_medicine_that_a_stop_is_for(written: str, family: str) -> None:
    assert family in families_of_name(written)


@pytest.mark.parametrize(
    "written",
    [
        "ramipril", "amlodipine", "isoniazid", "chlorpropamide", "prednisolone", "cetirizine", "loperamide", "hydralazine",
        "digoxin", "sumatriptan", "paracetamol", "modified release tablets", "morning and evening", "vitamin d", "cbd oil",
    ],
)  # fmt: skip
def test_other_medicines_and_common_words_are_taken_for_nothing(written: str) -> None:
    assert taken_for(written) == ()
    assert unknown((written,)) == (written,)


@pytest.mark.parametrize(
    ("name", "drug_class", "family"),
    [
        ("newazepam", "benzodiazepine", "benzodiazepine"),
        ("newpine", "antipsychotic", "antipsychotic"),
        ("newmaoi", "antidepressant_maoi", "maoi"),
        ("newopioid", "opioid", "opioid"),
    ],
)
def test_a_new_medicine_is_known_by_its_class(name: str, drug_class: str, family: str) -> None:
    assert family in families_of(medicine(name, drug_class))


def test_an_mao_inhibitor_is_not_watched_like_other_antidepressants() -> None:
    assert "antidepressant" not in families_of(medicine("phenelzine", "antidepressant_maoi"))


@pytest.mark.parametrize("name", medicine_names())
@pytest.mark.hazard("H-013")
def test_every_medicine_on_record_belongs_to_a_family_that_the_rules_know(name: str) -> None:
    assert families_of(load_medicine(name))


def test_every_name_of_the_lists_stands_there_as_it_is_looked_up() -> None:
    for group in groups().values():
        for name in group.names:
            assert group.id in families_of_name(name)


def test_no_source_of_the_rules_has_two_records() -> None:
    ids = [source.id for source in load_sources()]
    assert len(ids) == len(set(ids))


#: Someone for whom almost every rule has something to say.
EVERYTHING = Person(
    indication=Indication.BIPOLAR, age=17, pregnancy=Pregnancy.POSSIBLE, years=Decimal(3), days_a_week=2, steady=False,
    others=("lithium", "codeine", "diazepam", "propranolol", "clonidine", "pregabalin", "carbamazepine", "clozapine", "phenelzine",
            "methadone", "carbimazole", "wonderdrug"),
    alcohol_units=Decimal(9), alcohol_dependence=True, drugs=True, seizures=True, past_withdrawal=True, psychosis=True,
    suicidal=True, crisis=True, liver=True, kidney=True, heart=True, breathing=True, relapse_plan=False,
)  # fmt: skip
NAMES = (
    ("sertraline", "antidepressant_ssri"), ("diazepam", "benzodiazepine"), ("zopiclone", "z_drug"), ("morphine", "opioid"),
    ("quetiapine", "antipsychotic"), ("clozapine", "antipsychotic"), ("lithium", "mood_stabiliser_antiepileptic"),
    ("valproate", "mood_stabiliser_antiepileptic"), ("carbamazepine", "mood_stabiliser_antiepileptic"),
    ("lamotrigine", "mood_stabiliser_antiepileptic"), ("pregabalin", "gabapentinoid"), ("clonidine", "alpha_beta_blocker_other"),
    ("propranolol", "alpha_beta_blocker_other"), ("phenelzine", "antidepressant_maoi"), ("methadone", "opioid"),
    ("olanzapine", "antipsychotic"), ("baclofen", "other"), ("fluvoxamine", "antidepressant_ssri"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "drug_class"), NAMES)
@pytest.mark.parametrize("person", [EVERYTHING, Person(), ANSWERED], ids=["everything", "silence", "no"])
def test_every_finding_has_a_stable_id_hazards_and_sources_on_record(
    name: str, drug_class: str, person: Person
) -> None:
    known = {source.id for source in load_sources()}
    found = screen(formulary(medicine(name, drug_class)), request(person, form="patch"))
    assert len({finding.rule for finding in found}) == len(found)
    for finding in found:
        assert re.fullmatch(r"[a-z]+(-[a-z]+|-[0-9]+)*", finding.rule)
        assert finding.hazards
        assert finding.sources
        assert set(finding.sources) <= known


def test_every_source_of_the_lists_is_on_record() -> None:
    assert {group.source for group in groups().values()} <= {source.id for source in load_sources()}


@pytest.mark.parametrize(("name", "drug_class"), NAMES)
def test_no_text_scares_cheers_or_promises(name: str, drug_class: str) -> None:
    for finding in screen(formulary(medicine(name, drug_class)), request(EVERYTHING)):
        for word in (
            "optimal",
            "proved",
            "guarantee",
            "congratulations",
            "well done",
            "stop suddenly",
            "stopping is dangerous",
        ):
            assert word not in finding.text.lower()
        assert not re.search(r"\bsafe(ly)?\b", finding.text.lower())
