"""What is asked, what silence means, and how answers are read."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from safety_cases import ANSWERED, formulary, medicine, request

from easeoff.planning.request import Indication, Person, Pregnancy
from easeoff.quantities import EaseoffError
from easeoff.safety import answer_person, open_questions, questions_for

ANTIPSYCHOTIC = medicine("olanzapine", "antipsychotic")
#: Asked of everyone; `tapering` only of those who take another medicine that people reduce slowly.
FIELDS = [field.name for field in fields(Person) if field.name != "tapering"]


@pytest.mark.hazard("H-012", "H-013")
@pytest.mark.parametrize("field", FIELDS)
def test_each_unanswered_question_stays_open(field: str) -> None:
    asked = open_questions(formulary(ANTIPSYCHOTIC), request(replace(ANSWERED, **{field: None})))
    assert [question.key for question in asked] == [field]
    assert asked[0].text.endswith("?")
    assert asked[0].why


@pytest.mark.hazard("H-013")
def test_silence_is_never_no() -> None:
    asked = {question.key for question in open_questions(formulary(ANTIPSYCHOTIC), request(Person()))}
    assert asked == set(FIELDS)


def test_no_is_an_answer_and_so_is_no_other_medicine() -> None:
    assert open_questions(formulary(), request(ANSWERED)) == ()


def test_only_an_antipsychotic_asks_for_an_early_sign_plan() -> None:
    assert "relapse_plan" not in {q.key for q in questions_for(medicine())}
    assert "relapse_plan" in {q.key for q in questions_for(ANTIPSYCHOTIC)}


@pytest.mark.hazard("H-045")
def test_an_antipsychotic_asks_where_to_arrive_and_never_takes_zero_for_granted() -> None:
    asked = open_questions(formulary(ANTIPSYCHOTIC), request(goal=None))
    assert [question.key for question in asked] == ["goal"]
    assert open_questions(formulary(ANTIPSYCHOTIC), request(goal=Decimal(0))) == ()
    assert open_questions(formulary(), request(goal=None)) == ()


def test_every_question_can_be_put_on_a_form() -> None:
    for question in questions_for(ANTIPSYCHOTIC):
        assert question.kind in {"choice", "number", "yes_no", "list"}
        assert bool(question.choices) == (question.kind == "choice")
        assert question.key in FIELDS


@pytest.mark.parametrize(
    ("key", "text", "field", "value"),
    [
        ("for", "depression", "indication", Indication.DEPRESSION),
        ("indication", "Sleep", "indication", Indication.SLEEP),
        ("age", "41", "age", 41),
        ("pregnancy", "no", "pregnancy", Pregnancy.NO),
        ("pregnancy", "possible", "pregnancy", Pregnancy.POSSIBLE),
        ("years", "0.5", "years", Decimal("0.5")),
        ("days_a_week", "7", "days_a_week", 7),
        ("days-a-week", "7", "days_a_week", 7),
        ("steady", "yes", "steady", True),
        ("seizures", "No", "seizures", False),
        ("alcohol", "6", "alcohol_units", Decimal(6)),
        ("with", "Lithium, codeine ", "others", ("lithium", "codeine")),
        ("with", "none", "others", ()),
        ("crisis", "n", "crisis", False),
        ("relapse_plan", "yes", "relapse_plan", True),
    ],
)
def test_an_answer_is_read_as_it_was_meant(key: str, text: str, field: str, value: object) -> None:
    assert getattr(answer_person(key, text, Person()), field) == value


@pytest.mark.parametrize(
    ("key", "text", "allowed"),
    [
        ("for", "madness", "depression, anxiety"),
        ("pregnancy", "maybe", "no, pregnant, possible, trying, breastfeeding"),
        ("age", "-3", "zero or more"),
        ("age", "41.5", "from 0 to 120"),
        ("age", "121", "from 0 to 120"),
        ("age", "forty", "in figures"),
        ("days_a_week", "0", "from 1 to 7"),
        ("days_a_week", "8", "from 1 to 7"),
        ("years", "91", "from 0 to 90"),
        ("years", "1,5", "1.5"),
        ("seizures", "perhaps", "yes or no"),
        ("steady", "", "Leave the question out"),
        ("with", ",", "or none"),
        ("with", "none, lithium", "or say none"),
        ("shoe size", "42", "for, age, pregnancy"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_asked_back_with_what_is_allowed(
    key: str, text: str, allowed: str
) -> None:
    with pytest.raises(EaseoffError) as caught:
        answer_person(key, text, Person())
    assert allowed in caught.value.hint


def test_other_medicines_add_up_and_contradict_none() -> None:
    once = answer_person("with", "lithium", Person())
    assert answer_person("with", "codeine", once).others == ("lithium", "codeine")
    with pytest.raises(EaseoffError):
        answer_person("with", "none", once)
    with pytest.raises(EaseoffError):
        answer_person("with", "lithium", answer_person("with", "none", Person()))


def test_an_answer_leaves_the_others_alone() -> None:
    assert answer_person("age", "42", ANSWERED) == replace(ANSWERED, age=42)
