"""What is warned of and said beside a plan, by medicine and person."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from safety_cases import ANSWERED, formulary, medicine, request

from easeoff.medicines import load_medicine
from easeoff.medicines.model import Confidence, Medicine, Property, Provenance
from easeoff.planning.findings import Level
from easeoff.planning.request import Indication, Pregnancy
from easeoff.safety import screen

DIAZEPAM = medicine("diazepam", "benzodiazepine", controlled=("GB",))
MORPHINE = medicine("morphine", "opioid", controlled=("GB",))
OLANZAPINE = medicine("olanzapine", "antipsychotic")
CLONIDINE = medicine("clonidine", "alpha_beta_blocker_other")
PROPRANOLOL = medicine("propranolol", "alpha_beta_blocker_other")
CARBAMAZEPINE = medicine("carbamazepine", "mood_stabiliser_antiepileptic")
LAMOTRIGINE = medicine("lamotrigine", "mood_stabiliser_antiepileptic")
PREGABALIN = medicine("pregabalin", "gabapentinoid")
VALPROATE = medicine("valproate", "mood_stabiliser_antiepileptic")


def said(of: Medicine, dose: str = "20", **answers: object) -> dict[str, str]:
    found = screen(formulary(of), request(replace(ANSWERED, **answers), dose=dose))
    return {f.rule: f.text for f in found if f.level is not Level.STOP}


@pytest.mark.hazard("H-016", "H-045")
def test_early_signs_on_an_antipsychotic_mean_contact_today_and_not_waiting() -> None:
    text = said(OLANZAPINE)["antipsychotic-with-prescriber"]
    assert "contact your prescriber or named contact today" in text
    assert "Do not only wait" in text


@pytest.mark.hazard("H-045")
def test_someone_without_an_early_sign_plan_is_asked_to_write_one_first() -> None:
    assert "before the first step" in said(OLANZAPINE, relapse_plan=False)["no-relapse-plan"]
    assert "no-relapse-plan" not in said(OLANZAPINE)


@pytest.mark.hazard("H-046")
@pytest.mark.parametrize("of", [DIAZEPAM, MORPHINE, PREGABALIN, medicine("zopiclone", "z_drug")])
def test_drowsy_making_medicines_warn_of_driving_and_alcohol(of: Medicine) -> None:
    assert "Do not drive" in said(of, dose="5")["driving-and-alcohol"]


def test_an_antidepressant_does_not_warn_of_driving() -> None:
    assert "driving-and-alcohol" not in said(medicine())


@pytest.mark.hazard("H-046")
def test_alcohol_beside_a_sedative_is_named() -> None:
    assert "alcohol-with-sedative" in said(DIAZEPAM, alcohol_units=Decimal(6))
    assert "alcohol-with-sedative" not in said(DIAZEPAM, alcohol_units=Decimal(0))


@pytest.mark.hazard("H-006")
@pytest.mark.parametrize(("name", "drug_class", "words"), [
    ("baclofen", "alpha_beta_blocker_other", "has brought fits"),
    ("propranolol", "alpha_beta_blocker_other", "some people had heart pain or a heart attack"),
    ("bisoprolol", "alpha_beta_blocker_other", "Do not run out of bisoprolol"),
])  # fmt: skip
def test_what_a_sudden_stop_has_brought_is_said_of_that_medicine_only(
    name: str, drug_class: str, words: str
) -> None:
    assert words in said(medicine(name, drug_class))["sudden-stop"]
    assert "sudden-stop" not in said(medicine())
    assert "sudden-stop" not in said(medicine("clonidine", drug_class))


@pytest.mark.hazard("H-021")
def test_bupropion_is_never_taken_twice_at_one_time() -> None:
    assert "can cause a fit" in said(medicine("bupropion", "antidepressant_other"))["too-much-at-one-time"]


@pytest.mark.hazard("H-021")
def test_an_opioid_warns_that_the_old_dose_can_stop_the_breathing() -> None:
    text = said(MORPHINE)["lowered-tolerance"]
    assert "Going back to an old dose" in text
    assert "naloxone" in text


@pytest.mark.hazard("H-021")
@pytest.mark.parametrize("of", [MORPHINE, LAMOTRIGINE])
def test_some_medicines_are_never_put_back_up_alone(of: Medicine) -> None:
    assert "Ask a clinician first" in said(of)["no-step-back-alone"]


@pytest.mark.hazard("H-021")
def test_a_missed_dose_is_never_doubled() -> None:
    assert "Never take a double dose" in said(medicine())["missed-dose"]


@pytest.mark.hazard("H-014")
def test_clonidine_with_a_beta_blocker_leaves_the_order_to_the_prescriber_either_way_round() -> None:
    for of, other in ((CLONIDINE, "propranolol"), (PROPRANOLOL, "clonidine")):
        assert (
            "Which goes first is the prescriber's decision"
            in said(of, others=(other,))["clonidine-with-beta-blocker"]
        )
    assert "clonidine-with-beta-blocker" not in said(CLONIDINE)


@pytest.mark.hazard("H-014")
def test_reducing_an_inducer_or_inhibitor_is_said_and_nothing_is_adjusted() -> None:
    assert "can rise" in said(CARBAMAZEPINE, others=("warfarin",))["reducing-an-inducer"]
    assert "can fall" in said(medicine("fluvoxamine"), others=("olanzapine",))["reducing-an-inhibitor"]
    assert "nothing is adjusted here" in said(CARBAMAZEPINE, others=("warfarin",))["reducing-an-inducer"]
    assert "reducing-an-inducer" not in said(CARBAMAZEPINE, others=())


@pytest.mark.hazard("H-014")
def test_a_level_changer_beside_is_not_to_be_changed_during_the_reduction() -> None:
    assert "valproate" in said(LAMOTRIGINE, others=("valproate",))["level-changer-beside"]
    assert "level-changer-beside" in said(medicine(), others=("st john's wort",))


@pytest.mark.hazard("H-014")
def test_smoking_is_named_where_it_changes_the_level() -> None:
    assert "smoking" in said(OLANZAPINE)
    assert "smoking" not in said(medicine())


@pytest.mark.hazard("H-014")
def test_a_name_that_nobody_knows_is_asked_about_and_not_taken_for_harmless() -> None:
    text = said(medicine(), others=("wonderdrug", "codeine"))["unknown-other-medicine"]
    assert "wonderdrug" in text
    assert "codeine" not in text


@pytest.mark.hazard("H-014")
def test_a_name_that_was_taken_for_another_is_said_so_that_it_can_be_put_right() -> None:
    text = said(medicine(), others=("propanolol", "codeine"))["other-medicine-taken-for"]
    assert "“propanolol” for propranolol" in text
    assert "exactly as it stands on the box" in text
    assert "other-medicine-taken-for" not in said(medicine(), others=("codeine", "wonderdrug"))


@pytest.mark.hazard("H-046")
def test_how_much_is_drunk_beside_a_sedative_is_said_so_that_much_does_not_read_like_little() -> None:
    assert "80 units a week" in said(DIAZEPAM, alcohol_units=Decimal(80))["alcohol-with-sedative"]
    assert "1 unit a week" in said(DIAZEPAM, alcohol_units=Decimal(1))["alcohol-with-sedative"]
    assert "alcohol-with-sedative" not in said(DIAZEPAM, alcohol_units=Decimal(0))


def _noted(name: str, value: str, confidence: Confidence = Confidence.SECONDARY) -> Medicine:
    note = Property(name, value, "The dose a day, in a book.", Provenance("project_choice", confidence))
    return medicine(notes=(note,))


@pytest.mark.hazard("H-002")
@pytest.mark.parametrize(
    ("of", "dose", "words"),
    [
        (
            _noted("highest_dose", "200 mg"),
            "500",
            "500 mg a day is more than the highest dose on record here, 200 mg",
        ),
        (_noted("highest_dose", "200 mg"), "200", ""),
        (
            _noted("usual_dose", "10 to 20 mg"),
            "40.5",
            "more than 2 times the usual dose on record here, 20 mg",
        ),
        (_noted("usual_dose", "10 to 20 mg"), "40", ""),
        (_noted("highest_dose", "200 mg", Confidence.UNVERIFIED), "500", ""),
        (medicine(), "500", ""),
    ],
)
def test_a_dose_far_above_the_record_is_pointed_out_as_a_possible_slip(
    of: Medicine, dose: str, words: str
) -> None:
    text = said(of, dose).get("dose-above-the-record", "")
    assert words in text and bool(text) == bool(words)
    if words:
        assert "decimal point" in text and "The dose a day, in a book" in text


def test_what_to_do_about_signs_that_may_come_is_not_said_as_if_they_were_there() -> None:
    text = said(OLANZAPINE)["relapse-or-withdrawal"]
    assert text.endswith("If one of them comes, contact your team today.")


def test_several_level_changers_are_them() -> None:
    assert (
        "stop or change them"
        in said(OLANZAPINE, others=("fluvoxamine", "carbamazepine"))["level-changer-beside"]
    )
    assert "stop or change it" in said(OLANZAPINE, others=("fluvoxamine",))["level-changer-beside"]


@pytest.mark.hazard("H-018", "H-024")
def test_supply_is_weekly_after_a_crisis_and_thirty_days_at_most_for_a_controlled_drug() -> None:
    assert "at most 7 days" in said(medicine(), crisis=True)["weekly-supply"]
    assert "at most 30 days" in said(DIAZEPAM)["controlled-drug"]
    assert "controlled-drug" not in said(medicine())


@pytest.mark.hazard("H-012")
def test_valproate_says_contact_today_while_nobody_has_answered_about_pregnancy() -> None:
    assert "contact your prescriber today" in said(VALPROATE, pregnancy=None)["valproate"]
    assert "valproate" not in said(VALPROATE, pregnancy=Pregnancy.NO)


@pytest.mark.hazard("H-014", "H-019")
def test_lung_disease_and_sedatives_taken_together_are_named() -> None:
    assert "breathing" in said(MORPHINE, breathing=True)
    assert "sedatives-together" in said(PREGABALIN, others=("diazepam",))


@pytest.mark.hazard("H-010")
def test_liver_or_kidney_disease_says_that_the_figures_may_not_fit() -> None:
    assert "liver and kidney disease" in said(medicine(), liver=True, kidney=True)["slow-clearance"]


@pytest.mark.hazard("H-019")
def test_heart_disease_past_withdrawal_and_blood_pressure_are_named() -> None:
    assert "heart" in said(medicine(), heart=True)
    assert "past-withdrawal" in said(medicine(), past_withdrawal=True)
    assert "measured at each step" in said(CLONIDINE)["blood-pressure"]


@pytest.mark.hazard("H-016")
@pytest.mark.parametrize(
    ("of", "words"),
    [
        (medicine(), "six months"),
        (OLANZAPINE, "two years"),
        (LAMOTRIGINE, "two years"),
        (DIAZEPAM, "agree dated reviews"),
    ],
)
def test_reviews_after_the_last_dose_follow_the_class(of: Medicine, words: str) -> None:
    assert words in said(of)["relapse-watch"]


@pytest.mark.hazard("H-016")
@pytest.mark.parametrize("of", [medicine(), OLANZAPINE, DIAZEPAM, MORPHINE, PREGABALIN, CLONIDINE])
def test_withdrawal_or_relapse_is_never_decided_here(of: Medicine) -> None:
    text = said(of)["relapse-or-withdrawal"]
    assert "does not say which it is" in text
    assert "ask your prescriber" in text


@pytest.mark.hazard("H-044")
def test_one_medicine_at_a_time_is_always_said() -> None:
    assert "one medicine at a time" in said(medicine())["one-change-at-a-time"]


@pytest.mark.hazard("H-016", "H-045")
class TestAnAntipsychoticForSleep:
    QUETIAPINE = medicine("quetiapine", "antipsychotic")

    def test_is_not_warned_with_figures_from_people_with_schizophrenia(self) -> None:
        found = said(self.QUETIAPINE, indication=Indication.SLEEP)
        text = found["antipsychotic-with-prescriber"]
        assert "47 trials" not in text
        assert "also when it is taken for sleep" in text and "contact your prescriber" in text
        assert "contact them today" in found["relapse-or-withdrawal"]

    def test_is_warned_in_full_while_nobody_has_said_that_there_never_was_psychosis(self) -> None:
        for psychosis in (None, True):
            text = said(self.QUETIAPINE, indication=Indication.SLEEP, psychosis=psychosis).get(
                "antipsychotic-with-prescriber", ""
            )
            assert "47 trials with people who had schizophrenia" in text

    def test_for_another_reason_is_warned_in_full(self) -> None:
        assert (
            "47 trials"
            in said(self.QUETIAPINE, indication=Indication.ANXIETY)["antipsychotic-with-prescriber"]
        )


def test_a_medicine_for_adhd_only_is_not_told_of_a_trial_in_depression() -> None:
    assert "trial" not in said(medicine("viloxazine", "stimulant_adhd"))["relapse-watch"]
    assert "trial" in said(medicine("sertraline", "antidepressant_ssri"))["relapse-watch"]


@pytest.mark.hazard("H-019")
def test_a_label_that_asks_for_no_steps_is_quoted_and_left_to_the_prescriber() -> None:
    text = said(load_medicine("agomelatine"))["label-on-stopping"]
    assert "no tapering is needed" in text and "Never stop it by yourself" in text
    assert "label-on-stopping" not in said(medicine())
