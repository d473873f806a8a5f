"""Every stop of the safety decisions: who is stopped, and what they are told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from safety_cases import ANSWERED, UNVERIFIED, equivalence, formulary, medicine, request

from easeoff.medicines.model import Medicine, Policy
from easeoff.planning.findings import Finding, Level
from easeoff.planning.request import Indication, Override, Person, Pregnancy
from easeoff.quantities import EaseoffError
from easeoff.safety import apply_override, diazepam_equivalent, screen

DIAZEPAM = medicine("diazepam", "benzodiazepine")
MORPHINE = medicine("morphine", "opioid")
PREGABALIN = medicine("pregabalin", "gabapentinoid")
QUETIAPINE = medicine("quetiapine", "antipsychotic")
VALPROATE = medicine("valproate", "mood_stabiliser_antiepileptic")
LAMOTRIGINE = medicine("lamotrigine", "mood_stabiliser_antiepileptic")
PROPRANOLOL = medicine("propranolol", "alpha_beta_blocker_other")
BACLOFEN = medicine("baclofen", "other")
SPECIALIST = medicine(policy=Policy.SPECIALIST_ONLY, policy_reason="It is hard to measure.")
REFUSED = medicine(policy=Policy.REFUSE)

#: (who or what, the medicine, what is answered, what is asked, the rule that stops)
CASES: list[tuple[str, Medicine, dict[str, object], dict[str, object], str]] = [
    ("someone of 17", medicine(), {"age": 17}, {}, "under-18"),
    ("someone pregnant", medicine(), {"pregnancy": Pregnancy.PREGNANT}, {}, "pregnancy"),
    ("someone who could be pregnant", medicine(), {"pregnancy": Pregnancy.POSSIBLE}, {}, "pregnancy"),
    ("someone trying for a baby", medicine(), {"pregnancy": Pregnancy.TRYING}, {}, "pregnancy"),
    ("someone breastfeeding", medicine(), {"pregnancy": Pregnancy.BREASTFEEDING}, {}, "pregnancy"),
    ("clozapine", medicine("clozapine", "antipsychotic"), {}, {}, "clozapine"),
    ("clozapine beside", medicine(), {"others": ("clozapine",)}, {}, "clozapine"),
    ("lithium", medicine("lithium", "mood_stabiliser_antiepileptic"), {}, {}, "lithium"),
    ("lithium beside", medicine(), {"others": ("lithium carbonate 400 mg",)}, {}, "lithium"),
    ("an MAO inhibitor", medicine("phenelzine", "antidepressant_maoi"), {}, {}, "maoi"),
    ("an MAO inhibitor beside", medicine(), {"others": ("moclobemide",)}, {}, "maoi-beside"),
    ("a medicine for specialists only", SPECIALIST, {}, {}, "specialist-only"),
    ("a medicine that is refused", REFUSED, {}, {}, "refused-medicine"),
    ("an anticonvulsant for epilepsy", LAMOTRIGINE, {"indication": Indication.EPILEPSY}, {}, "taken-for-seizures"),
    ("a benzodiazepine for epilepsy", DIAZEPAM, {"indication": Indication.EPILEPSY}, {}, "taken-for-seizures"),
    ("someone who had a seizure", medicine(), {"seizures": True}, {}, "seizure-history"),
    ("methadone", medicine("methadone", "opioid"), {}, {}, "opioid-use-disorder"),
    ("buprenorphine", medicine("buprenorphine", "opioid"), {}, {}, "opioid-use-disorder"),
    ("treatment of opioid dependence beside", medicine(), {"others": ("suboxone",)}, {}, "opioid-use-disorder"),
    ("a patch", medicine("fentanyl", "opioid"), {}, {"form": "patch"}, "patch"),
    ("a patch to be halved", medicine("fentanyl", "opioid"), {}, {"form": "patch", "halves": True}, "patch-cutting"),
    ("a depot injection", medicine("haloperidol", "antipsychotic"), {}, {"form": "depot injection"}, "injection"),
    ("alcohol dependence", medicine(), {"alcohol_dependence": True}, {}, "alcohol-dependence"),
    ("a medicine taken against alcohol", BACLOFEN, {"indication": Indication.ALCOHOL}, {}, "alcohol-dependence"),
    ("a benzodiazepine and other drugs", DIAZEPAM, {"drugs": True}, {}, "other-drugs"),
    ("an opioid with a benzodiazepine", MORPHINE, {"others": ("diazepam",)}, {}, "opioid-with-benzodiazepine"),
    ("an opioid with a brand of benzodiazepine", MORPHINE, {"others": ("xanax",)}, {}, "opioid-with-benzodiazepine"),
    ("a benzodiazepine with an opioid", DIAZEPAM, {"others": ("co-codamol",)}, {}, "opioid-with-benzodiazepine"),
    ("a benzodiazepine with a misspelt opioid", DIAZEPAM, {"others": ("cocodamol",)}, {}, "opioid-with-benzodiazepine"),
    ("a benzodiazepine with a brand of opioid", DIAZEPAM, {"others": ("Marol",)}, {}, "opioid-with-benzodiazepine"),
    ("misspelt lithium beside", medicine(), {"others": ("litium",)}, {}, "lithium"),
    ("an antipsychotic after psychosis", QUETIAPINE, {"psychosis": True}, {}, "psychosis-or-bipolar"),
    ("an antipsychotic for bipolar", QUETIAPINE, {"indication": Indication.BIPOLAR}, {}, "psychosis-or-bipolar"),
    ("a mood stabiliser for bipolar", LAMOTRIGINE, {"indication": Indication.BIPOLAR}, {}, "psychosis-or-bipolar"),
    ("a crisis in the last six months", medicine(), {"crisis": True}, {}, "recent-crisis"),
    ("thoughts of suicide", medicine(), {"suicidal": True}, {}, "suicidal-thoughts"),
    ("valproate and a possible pregnancy", VALPROATE, {"pregnancy": Pregnancy.POSSIBLE}, {}, "valproate-pregnancy"),
    ("a beta-blocker with heart disease", PROPRANOLOL, {"heart": True}, {}, "beta-blocker-heart-or-thyroid"),
    ("a beta-blocker with a thyroid medicine", PROPRANOLOL, {"others": ("carbimazole",)}, {}, "beta-blocker-heart-or-thyroid"),
    ("baclofen for spasticity", BACLOFEN, {"indication": Indication.MUSCLE_SPASM}, {}, "baclofen-for-spasticity"),
    ("three days a week", medicine(), {"days_a_week": 3}, {}, "irregular-use"),
    ("a dose that moved this month", medicine(), {"steady": False}, {}, "unsteady-dose"),
    ("40 mg of diazepam", DIAZEPAM, {}, {"dose": Decimal(40)}, "high-diazepam-equivalent"),
    ("two benzodiazepines", DIAZEPAM, {"others": ("zopiclone",)}, {"dose": Decimal(5)}, "several-benzodiazepines"),
    ("a benzodiazepine on no table", medicine("clotiazepam", "benzodiazepine"), {}, {}, "diazepam-equivalent-unknown"),
]  # fmt: skip
IDS = [case[0] for case in CASES]
OVERRIDE = Override(
    "A. Prescriber", "psychiatrist", "1234567", "stable for years, seen weekly", date(2027, 1, 4)
)


@pytest.mark.hazard("H-014")
def test_a_stop_that_rests_on_a_slip_of_the_pen_says_what_it_took_it_for() -> None:
    found = screen(formulary(DIAZEPAM), request(replace(ANSWERED, others=("cocodamol",)), dose="10"))
    stop = next(f for f in found if f.rule == "opioid-with-benzodiazepine")
    assert stop.text.startswith(
        "You also take cocodamol (taken for co-codamol). Together they can slow the breathing."
    )


def stops(of: Medicine, answers: dict[str, object], asked: dict[str, object]) -> dict[str, Finding]:
    found = screen(formulary(of), request(replace(ANSWERED, **answers), **asked))
    return {finding.rule: finding for finding in found if finding.level is Level.STOP}


@pytest.mark.hazard(
    "H-004", "H-012", "H-013", "H-014", "H-018", "H-019", "H-032", "H-035", "H-042", "H-043", "H-044"
)
@pytest.mark.parametrize(("who", "of", "answers", "asked", "rule"), CASES, ids=IDS)
def test_is_stopped_before_any_dose_is_planned(who, of, answers, asked, rule) -> None:
    assert rule in stops(of, answers, asked)


@pytest.mark.hazard("H-006", "H-013")
@pytest.mark.parametrize(("who", "of", "answers", "asked", "rule"), CASES, ids=IDS)
def test_every_stop_says_what_to_go_on_taking_whom_to_contact_and_the_exception(
    who, of, answers, asked, rule
) -> None:
    text = stops(of, answers, asked)[rule].text
    dose = asked.get("dose", Decimal(100))
    assert f"Keep taking {dose} mg as you do now. Do not cut and do not stop. Contact " in text
    assert "If you have one of these signs, get help now" in text
    assert "a high fever" in text
    for never in ("stop suddenly", "dangerous to stop", "safe", "optimal", "proved"):
        assert never not in text.lower()


@pytest.mark.parametrize(("who", "of", "answers", "asked", "rule"), CASES, ids=IDS)
def test_every_stop_names_hazards_and_sources(who, of, answers, asked, rule) -> None:
    finding = stops(of, answers, asked)[rule]
    assert finding.hazards
    assert finding.sources


def test_nothing_stops_an_adult_who_answered_everything_with_no() -> None:
    assert stops(medicine(), {}, {}) == {}


@pytest.mark.parametrize("age", [18, 64, 99])
def test_an_adult_is_not_stopped_for_age(age: int) -> None:
    assert "under-18" not in stops(medicine(), {"age": age}, {})


def test_four_days_a_week_is_regular_enough_for_a_daily_schedule() -> None:
    assert "irregular-use" not in stops(medicine(), {"days_a_week": 4}, {})


def test_pregabalin_after_psychosis_is_no_stop_but_is_warned_of() -> None:
    found = screen(
        formulary(medicine("pregabalin", "gabapentinoid")), request(replace(ANSWERED, psychosis=True))
    )
    assert {f.level for f in found if f.rule == "psychosis-or-bipolar-history"} == {Level.WARN}
    assert all(f.level is not Level.STOP for f in found)


def test_quetiapine_for_sleep_without_psychosis_is_warned_of_and_not_stopped() -> None:
    person = replace(ANSWERED, indication=Indication.SLEEP)
    found = screen(formulary(QUETIAPINE), request(person, dose="50"))
    assert all(f.level is not Level.STOP for f in found)
    assert "antipsychotic-with-prescriber" in {f.rule for f in found}


def test_an_antidepressant_beside_an_opioid_and_a_benzodiazepine_is_not_that_stop() -> None:
    assert "opioid-with-benzodiazepine" not in stops(medicine(), {"others": ("morphine", "diazepam")}, {})


@pytest.mark.hazard("H-013")
def test_silence_stops_nothing_by_itself_because_it_is_asked_about_instead() -> None:
    found = screen(formulary(), request(Person()))
    assert all(f.level is not Level.STOP for f in found)


@pytest.mark.hazard("H-012")
def test_a_possible_pregnancy_on_valproate_means_contact_today() -> None:
    text = stops(VALPROATE, {"pregnancy": Pregnancy.POSSIBLE}, {})["valproate-pregnancy"].text
    assert "Contact your prescriber or specialist today." in text
    assert "Keep taking 100 mg" in text


@pytest.mark.hazard("H-018")
@pytest.mark.parametrize("rule", ["suicidal-thoughts", "recent-crisis"])
def test_thoughts_of_suicide_and_a_crisis_show_where_to_turn_at_once(rule: str) -> None:
    person = replace(ANSWERED, suicidal=True, crisis=True)
    text = {f.rule: f.text for f in screen(formulary(), request(person))}[rule]
    assert "If life is in danger, ring your local emergency number now." in text


@pytest.mark.hazard("H-028")
@pytest.mark.parametrize("country", ["GB", "US", "CA", "FR"])
def test_no_finding_holds_the_number_of_a_crisis_line(country: str) -> None:
    person = replace(ANSWERED, suicidal=True, crisis=True)
    for finding in screen(formulary(), request(person, country=country)):
        assert not re.search(r"988|116 ?123|85258|\b111\b", finding.text)


class TestDiazepamEquivalents:
    CLONAZEPAM = medicine("clonazepam", "benzodiazepine")

    @pytest.mark.hazard("H-035")
    def test_the_table_with_the_highest_figure_decides(self) -> None:
        known = formulary(
            self.CLONAZEPAM,
            dose_equivalences=(equivalence("clonazepam", "0.5"), equivalence("clonazepam", "1")),
        )
        assert diazepam_equivalent(known, Decimal(2)) == (Decimal(20), Decimal(40))
        rules = {f.rule for f in screen(known, request(dose="2")) if f.level is Level.STOP}
        assert rules == {"high-diazepam-equivalent"}

    @pytest.mark.hazard("H-035")
    def test_exactly_thirty_is_not_above_thirty(self) -> None:
        known = formulary(self.CLONAZEPAM, dose_equivalences=(equivalence("clonazepam", "0.5"),))
        assert diazepam_equivalent(known, Decimal("1.5")) == (Decimal(30), Decimal(30))
        assert all(f.level is not Level.STOP for f in screen(known, request(dose="1.5")))
        assert any(f.level is Level.STOP for f in screen(known, request(dose="1.5001")))

    def test_an_unverified_table_is_left_out(self) -> None:
        rows = (equivalence("clonazepam", "1"), equivalence("clonazepam", "0.1", UNVERIFIED))
        known = formulary(self.CLONAZEPAM, dose_equivalences=rows)
        assert diazepam_equivalent(known, Decimal(1)) == (Decimal(10), Decimal(10))

    def test_a_table_of_another_medicine_is_never_used(self) -> None:
        known = formulary(self.CLONAZEPAM, dose_equivalences=(equivalence("lorazepam", "1"),))
        assert diazepam_equivalent(known, Decimal(1)) is None

    def test_diazepam_stands_for_itself(self) -> None:
        assert diazepam_equivalent(formulary(DIAZEPAM), Decimal(30)) == (Decimal(30), Decimal(30))

    def test_a_z_drug_on_no_table_is_warned_of_and_not_stopped(self) -> None:
        found = screen(formulary(medicine("eszopiclone", "z_drug")), request(dose="2"))
        assert {f.level for f in found if f.rule == "diazepam-equivalent-unknown"} == {Level.WARN}


class TestOverride:
    @pytest.mark.hazard("H-033")
    @pytest.mark.parametrize(("who", "of", "answers", "asked", "rule"), CASES, ids=IDS)
    def test_an_override_never_removes_a_stop_but_says_who_lifted_it(
        self, who, of, answers, asked, rule
    ) -> None:
        person = replace(ANSWERED, **answers)
        without = screen(formulary(of), request(person, **asked))
        lifted = screen(formulary(of), request(person, **asked, override=OVERRIDE))
        assert [f.rule for f in lifted] == [f.rule for f in without]
        for before, after in zip(without, lifted, strict=True):
            if before.level is Level.STOP and before.liftable:
                assert after.level is Level.WARN
                assert (
                    "A. Prescriber, psychiatrist, registration 1234567, took responsibility on 4 January 2027"
                    in after.text
                )
                assert "stable for years" in after.text
                assert before.text in after.text
            else:
                assert after == before

    @pytest.mark.hazard("H-004")
    def test_cutting_a_patch_stays_refused_whoever_signs(self) -> None:
        asked = request(form="patch", halves=True, override=OVERRIDE)
        stopped = [
            f.rule for f in screen(formulary(medicine("fentanyl", "opioid")), asked) if f.level is Level.STOP
        ]
        assert stopped == ["patch-cutting"]

    @pytest.mark.parametrize("field", ["name", "role", "registration", "reason"])
    def test_an_override_without_one_of_its_parts_is_asked_back(self, field: str) -> None:
        with pytest.raises(EaseoffError, match=f"gives no {field}"):
            apply_override((), replace(OVERRIDE, **{field: " "}))

    def test_without_an_override_nothing_changes(self) -> None:
        found = screen(formulary(), request(replace(ANSWERED, age=17)))
        assert apply_override(found, None) == found


@pytest.mark.hazard("H-014", "H-044")
@pytest.mark.parametrize(("of", "beside"), [(PREGABALIN, "morphine"), (MORPHINE, "pregabalin")])
def test_an_opioid_with_a_gabapentinoid_is_stopped_whichever_is_reduced(of: Medicine, beside: str) -> None:
    assert "opioid-with-gabapentinoid" in stops(of, {"others": (beside,)}, {})
