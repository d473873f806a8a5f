"""What must be asked before a plan, and what is still open. Silence is never read as "no"."""

from __future__ import annotations

from dataclasses import dataclass

from easeoff.medicines.model import Formulary, Medicine
from easeoff.planning.findings import OpenQuestion
from easeoff.planning.request import Indication, Person, Pregnancy, TaperRequest
from easeoff.safety.families import families_of
from easeoff.safety.one_at_a_time import question_of_tapering


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the form. ``kind`` is ``choice``, ``number``, ``yes_no`` or ``list``.

    ``key`` is the field of `Person`; ``choices`` are (value, words) pairs, empty but for a choice; ``why``
    says in one sentence what the answer changes.
    """

    key: str
    text: str
    help: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    why: str


_INDICATION_WORDS = {
    Indication.DEPRESSION: "depression",
    Indication.ANXIETY: "anxiety or panic",
    Indication.OCD: "obsessive-compulsive disorder",
    Indication.PTSD: "post-traumatic stress",
    Indication.SLEEP: "sleep",
    Indication.PAIN: "pain",
    Indication.PSYCHOSIS: "psychosis or schizophrenia",
    Indication.BIPOLAR: "bipolar disorder",
    Indication.EPILEPSY: "epilepsy or seizures",
    Indication.ALCOHOL: "alcohol withdrawal or dependence",
    Indication.MUSCLE_SPASM: "muscle spasm or spasticity",
    Indication.MENOPAUSE: "menopause",
    Indication.OTHER: "something else",
}
_PREGNANCY_WORDS = {
    Pregnancy.NO: "no, and it is not possible",
    Pregnancy.PREGNANT: "pregnant",
    Pregnancy.POSSIBLE: "could be, or could become pregnant",
    Pregnancy.TRYING: "trying for a baby",
    Pregnancy.BREASTFEEDING: "breastfeeding",
}


def _yes_no(key: str, text: str, why: str, help_text: str = "") -> Question:
    return Question(key, text, help_text, "yes_no", (), why)


def _number(key: str, text: str, why: str, help_text: str) -> Question:
    return Question(key, text, help_text, "number", (), why)


_COMMON: tuple[Question, ...] = (
    Question(
        "indication",
        "What was it prescribed for?",
        "If for several things, choose the first on this list that fits.",
        "choice",
        tuple((i.value, _INDICATION_WORDS[i]) for i in Indication),
        "The same medicine needs a different pace, or a specialist, for different problems.",
    ),
    _number("age", "How old are you?", "This tool is for adults only.", "In whole years."),
    Question(
        "pregnancy",
        "Are you pregnant, could you be, or are you breastfeeding?",
        "",
        "choice",
        tuple((p.value, _PREGNANCY_WORDS[p]) for p in Pregnancy),
        "In pregnancy and while breastfeeding a change is planned with a prescriber and the maternity team.",
    ),
    _number(
        "years",
        "How many years have you taken it?",
        "People who took it longer usually go slower.",
        "0.5 means half a year.",
    ),
    _number(
        "days_a_week",
        "On how many days a week do you take it?",
        "A daily schedule fits only someone who takes it on most days.",
        "From 1 to 7.",
    ),
    _yes_no(
        "steady",
        "Has the dose been the same for at least a month?",
        "A reduction starts from a steady dose.",
        "Say no if it changed, or if you often miss doses.",
    ),
    Question(
        "others",
        "Which other medicines do you take?",
        "Name all of them, also from the shop and herbal ones. Say none if there are none.",
        "list",
        (),
        "Some medicines together need a specialist, and some change each other's level.",
    ),
    _number(
        "alcohol_units",
        "How many units of alcohol do you drink in a week?",
        "Alcohol adds to drowsiness and can hide or copy withdrawal.",
        "0 if none.",
    ),
    _yes_no(
        "alcohol_dependence",
        "Have you ever been dependent on alcohol, or had alcohol withdrawal?",
        "Past alcohol withdrawal raises the chance of a seizure.",
    ),
    _yes_no(
        "drugs",
        "Do you use other drugs regularly, or have you been dependent on any?",
        "Other drugs can make a reduction riskier.",
    ),
    _yes_no(
        "seizures",
        "Have you ever had a seizure or fit?",
        "Anyone who has had a seizure needs a specialist's plan.",
    ),
    _yes_no(
        "past_withdrawal",
        "Did you have severe withdrawal before?",
        "Someone who had severe withdrawal before goes slower.",
    ),
    _yes_no(
        "psychosis",
        "Have you ever had psychosis or bipolar disorder?",
        "Coming off some medicines can bring these back.",
    ),
    _yes_no(
        "suicidal",
        "Do you have thoughts of ending your life?",
        "Then the first thing is help, and the pharmacy gives out small amounts.",
    ),
    _yes_no(
        "crisis",
        "Have you been in a crisis or in hospital for your mental health in the last six months?",
        "After a crisis a reduction is planned with your team.",
    ),
    _yes_no("liver", "Do you have liver disease?", "The liver clears most of these medicines."),
    _yes_no("kidney", "Do you have kidney disease?", "The kidneys clear some of these medicines."),
    _yes_no(
        "heart",
        "Do you have heart disease, angina, an uneven heartbeat or thyroid disease?",
        "Some medicines must not be reduced without care for the heart.",
    ),
    _yes_no(
        "breathing",
        "Do you have a lung disease such as COPD, or sleep apnoea?",
        "Some medicines slow the breathing.",
    ),
)

_RELAPSE_PLAN = _yes_no(
    "relapse_plan",
    "Do you have an early-sign plan and a named contact?",
    "Early signs of relapse mean contact today.",
    "A written list of your own early signs, and one person to ring.",
)
_GOAL = OpenQuestion(
    "goal",
    "Which dose do you want to arrive at?",
    "For an antipsychotic a lower dose may be the goal, so zero is never taken for granted.",
)


def questions_for(medicine: Medicine) -> tuple[Question, ...]:
    """Every question for someone who takes ``medicine``, in the order of the form."""
    extra = (_RELAPSE_PLAN,) if "antipsychotic" in families_of(medicine) else ()
    return (*_COMMON, *extra)


def open_questions(formulary: Formulary, request: TaperRequest) -> tuple[OpenQuestion, ...]:
    """What is not answered yet. ``others=()`` is an answer: no other medicines."""
    person: Person = request.person
    asked = tuple(
        OpenQuestion(question.key, question.text, question.why)
        for question in questions_for(formulary.medicine)
        if getattr(person, question.key) is None
    )
    asked = (*asked, *question_of_tapering(person))
    if request.goal is None and "antipsychotic" in families_of(formulary.medicine):
        return (*asked, _GOAL)
    return asked
