"""The stops: what prints no doses in self-service, and whom to contact instead."""

from __future__ import annotations

from collections.abc import Iterator

from easeoff.medicines.model import Policy
from easeoff.planning.findings import Finding
from easeoff.planning.request import Indication, Pregnancy
from easeoff.safety.one_at_a_time import already_tapering
from easeoff.safety.parts import BEFORE_RUNNING_OUT, TODAY, Case, Rule, listed
from easeoff.safety.words import IN_DANGER

#: Someone who takes it on fewer days than this takes it irregularly.
FEWEST_DAYS_A_WEEK = 4
ADULT_AGE = 18

_PREGNANCY_REASONS = {
    Pregnancy.PREGNANT: "You are pregnant.",
    Pregnancy.POSSIBLE: "You could be, or could become, pregnant.",
    Pregnancy.TRYING: "You are trying for a baby.",
    Pregnancy.BREASTFEEDING: "You are breastfeeding.",
}


def under_eighteen(case: Case) -> Iterator[Finding]:
    """This tool is for adults."""
    age = case.person.age
    if age is not None and age < ADULT_AGE:
        yield case.stop(
            "under-18",
            "This tool is for adults. Under 18, a reduction is planned by the clinician who prescribes.",
            contact="the clinician who prescribes it",
            hazards=("H-032",),
        )


def pregnancy(case: Case) -> Iterator[Finding]:
    """Pregnant, possibly, trying, or breastfeeding; with valproate the contact is the same day."""
    answer = case.person.pregnancy
    if answer is None or answer is Pregnancy.NO:
        return
    if case.is_a("valproate"):
        yield case.stop(
            "valproate-pregnancy",
            f"{_PREGNANCY_REASONS[answer]} Valproate can harm an unborn child, and stopping it "
            "by yourself can harm you.",
            contact="your prescriber or specialist",
            by=TODAY,
            hazards=("H-012", "H-013"),
            sources=("nhs_highland",),
        )
    yield case.stop(
        "pregnancy",
        f"{_PREGNANCY_REASONS[answer]} A change now is planned with a prescriber and the maternity team.",
        contact="your prescriber, midwife or health visitor",
        by=TODAY,
        hazards=("H-012", "H-013"),
        sources=("asam_2025",),
    )


def clozapine(case: Case) -> Iterator[Finding]:
    """Clozapine, reduced or taken beside."""
    if case.is_a("clozapine") or case.beside("clozapine"):
        yield case.stop(
            "clozapine",
            "With clozapine, only a psychiatrist plans a reduction.",
            contact="your clozapine clinic",
            by=TODAY,
            hazards=("H-013",),
            sources=("australian_prescriber_switching",),
        )


def lithium(case: Case) -> Iterator[Finding]:
    """Lithium, reduced or taken beside."""
    if case.is_a("lithium") or case.beside("lithium"):
        yield case.stop(
            "lithium",
            "With lithium, a specialist plans a reduction: mania can come back.",
            contact="the team that looks after your lithium",
            hazards=("H-013",),
            sources=("gpnotebook_lithium", "nhs_highland"),
        )


def mao_inhibitor(case: Case) -> Iterator[Finding]:
    """An MAO inhibitor, reduced or taken beside. Beside another medicine the pair itself may be dangerous: today."""
    together = case.beside("maoi")
    if together and not case.is_a("maoi"):
        yield case.stop(
            "maoi-beside",
            f"You also take {listed(together)}, an MAO inhibitor. With {case.medicine.name} it can be dangerous now, not"
            " only when you reduce. Get help now if you are agitated, confused, shaking, sweating or feverish.",
            contact="your prescriber or a pharmacist",
            by=TODAY,
            hazards=("H-013", "H-014", "H-019"),
            sources=("psychiatrienet",),
        )
    elif case.is_a("maoi"):
        yield case.stop(
            "maoi",
            "With an MAO inhibitor, some medicines and foods are dangerous for weeks, also after the last"
            " dose. A specialist plans it.",
            contact="your prescriber or specialist",
            hazards=("H-013", "H-014"),
            sources=("psychiatrienet",),
        )


def policy(case: Case) -> Iterator[Finding]:
    """What the medicine's own record says of who may plan, where no rule of its own says it."""
    medicine = case.medicine
    if case.is_a("clozapine", "lithium", "maoi", "opioid_use_disorder"):
        return
    reason = medicine.policy_reason.strip()
    sentence = f" {reason.rstrip('.')}." if reason else ""
    sources = (medicine.policy_provenance.source,)
    if medicine.policy is Policy.SPECIALIST_ONLY:
        yield case.stop(
            "specialist-only",
            f"A specialist plans a reduction of {medicine.name}.{sentence}",
            contact="the specialist who looks after it",
            hazards=("H-013",),
            sources=sources,
        )
    elif medicine.policy is Policy.REFUSE:
        yield case.stop(
            "refused-medicine",
            f"This tool does not plan a reduction of {medicine.name}.{sentence}",
            hazards=("H-013",),
            sources=sources,
        )


def taken_for_seizures(case: Case) -> Iterator[Finding]:
    """Epilepsy as the reason for taking it, or any seizure in the past."""
    if case.person.indication is Indication.EPILEPSY:
        yield case.stop(
            "taken-for-seizures",
            "It was prescribed for seizures. A seizure can follow a reduction.",
            contact="your epilepsy specialist",
            hazards=("H-013",),
            sources=("tapermd_anticonvulsants",),
        )
    if case.person.seizures:
        yield case.stop(
            "seizure-history",
            "You have had a seizure. A reduction can bring one on, so a specialist plans it.",
            contact="your prescriber or specialist",
            hazards=("H-013", "H-019"),
            sources=("asam_2025",),
        )


def opioid_use_disorder(case: Case) -> Iterator[Finding]:
    """Methadone, buprenorphine and whatever else treats opioid use disorder, reduced or taken beside."""
    if case.is_a("opioid_use_disorder") or case.beside("opioid_use_disorder"):
        yield case.stop(
            "opioid-use-disorder",
            "Methadone, buprenorphine and other treatment of opioid dependence are not reduced "
            "with this tool, and never as part of another plan.",
            contact="the team that prescribes it",
            hazards=("H-013",),
            sources=("asam_2025", "fda_2020"),
        )


def patches_and_injections(case: Case) -> Iterator[Finding]:
    """Patches are never cut; injections are given by a team."""
    form = (case.request.form or "").lower()
    if "patch" in form:
        yield case.stop(
            "patch",
            "You take it as a patch. A smaller patch is the prescriber's choice.",
            contact="your prescriber or pharmacist",
            hazards=("H-004", "H-013"),
        )
        if case.request.halves:
            yield case.stop(
                "patch-cutting",
                "A patch is never cut: it can let out its medicine all at once.",
                contact="your pharmacist",
                by=TODAY,
                hazards=("H-004",),
                liftable=False,
            )
    if any(word in form for word in ("depot", "injection", "implant")):
        yield case.stop(
            "injection",
            "You take it as an injection or implant. The team that gives it changes the amount.",
            contact="the team that gives it",
            hazards=("H-013",),
        )


def alcohol_dependence(case: Case) -> Iterator[Finding]:
    """Alcohol dependence or past alcohol withdrawal."""
    if case.person.alcohol_dependence or case.person.indication is Indication.ALCOHOL:
        yield case.stop(
            "alcohol-dependence",
            "Alcohol dependence or past alcohol withdrawal makes a seizure likelier.",
            contact="your prescriber or alcohol service",
            hazards=("H-013", "H-019"),
            sources=("cks_benzodiazepines", "asam_2025"),
        )


def other_drugs(case: Case) -> Iterator[Finding]:
    """Other drugs beside a benzodiazepine, z-drug or opioid."""
    if case.person.drugs and case.is_a("opioid", "benzodiazepine", "z_drug"):
        yield case.stop(
            "other-drugs",
            "You use other drugs, or were dependent on one. With this medicine that needs a specialist.",
            contact="your prescriber or drug service",
            hazards=("H-013",),
            sources=("cks_benzodiazepines", "asam_2025"),
        )


def opioid_with_benzodiazepine(case: Case) -> Iterator[Finding]:
    """An opioid with a benzodiazepine or z-drug: which goes first is the prescriber's decision."""
    sedatives = ("benzodiazepine", "z_drug")
    together = case.beside(*sedatives) if case.is_a("opioid") else ()
    together += case.beside("opioid") if case.is_a(*sedatives) else ()
    if together:
        yield case.stop(
            "opioid-with-benzodiazepine",
            f"You also take {listed(together)}. Together they can slow the breathing. Which is "
            "reduced first is the prescriber's decision, and never both at once. Ask about naloxone.",
            hazards=("H-013", "H-014"),
            sources=("asam_2025", "fda_2020"),
        )


def opioid_with_gabapentinoid(case: Case) -> Iterator[Finding]:
    """An opioid with a gabapentinoid, whichever is reduced."""
    together = case.beside("gabapentinoid") if case.is_a("opioid") else ()
    together += case.beside("opioid") if case.is_a("gabapentinoid") else ()
    if together:
        yield case.stop(
            "opioid-with-gabapentinoid",
            f"You also take {listed(together)}. Together they can slow the breathing. Which is "
            "reduced first is the prescriber's decision, and never both at once. Ask about naloxone.",
            hazards=("H-013", "H-014", "H-044"),
            sources=("asam_2025",),
        )


def psychosis_or_bipolar(case: Case) -> Iterator[Finding]:
    """Antipsychotics and mood stabilisers in someone who had psychosis or bipolar disorder."""
    person = case.person
    named = person.indication in (Indication.PSYCHOSIS, Indication.BIPOLAR)
    for_bipolar = case.is_a("anticonvulsant") and person.indication is Indication.BIPOLAR
    if (
        (named or person.psychosis) and case.is_a("antipsychotic", "mood_stabiliser", "lithium")
    ) or for_bipolar:
        yield case.stop(
            "psychosis-or-bipolar",
            "With psychosis or bipolar disorder, now or ever, a reduction is planned with your team.",
            contact="your mental health team",
            hazards=("H-013", "H-016"),
            sources=("pmc9810020",) if case.is_a("antipsychotic") else ("gpnotebook_lithium",),
        )


def crisis(case: Case) -> Iterator[Finding]:
    """Thoughts of suicide now, or a crisis in the last six months."""
    if case.person.suicidal:
        yield case.stop(
            "suicidal-thoughts",
            "You have thoughts of ending your life. You do not have to face this alone.",
            urgent=IN_DANGER,
            contact="your prescriber or crisis team",
            by=TODAY,
            hazards=("H-012", "H-018"),
        )
    if case.person.crisis:
        yield case.stop(
            "recent-crisis",
            "You had a crisis or hospital stay in the last six months.",
            urgent=IN_DANGER,
            contact="your mental health team",
            hazards=("H-012", "H-018"),
        )


def beta_blocker(case: Case) -> Iterator[Finding]:
    """A beta-blocker with heart or thyroid disease."""
    if case.is_a("beta_blocker") and (case.person.heart or case.beside("thyroid")):
        yield case.stop(
            "beta-blocker-heart-or-thyroid",
            "You take a beta-blocker and have heart or thyroid disease. It may be protecting "
            "your heart, so its dose is changed only with your prescriber.",
            hazards=("H-013",),
        )


def baclofen(case: Case) -> Iterator[Finding]:
    """Baclofen taken for spasticity."""
    if case.medicine.name == "baclofen" and case.person.indication is Indication.MUSCLE_SPASM:
        yield case.stop(
            "baclofen-for-spasticity",
            "Baclofen for spasticity is reduced only by the team that looks after it.",
            contact="the team that looks after your spasticity",
            hazards=("H-013",),
        )


def irregular_use(case: Case) -> Iterator[Finding]:
    """Fewer than four days a week: no daily schedule, and a talk about the irregular use itself."""
    days = case.person.days_a_week
    if days is not None and days < FEWEST_DAYS_A_WEEK:
        yield case.stop(
            "irregular-use",
            "You take it on fewer than four days a week, so a daily schedule does not fit. It could give"
            " you more than you take now. Talk to your prescriber about the irregular use itself.",
            by=BEFORE_RUNNING_OUT,
            hazards=("H-043",),
            sources=("asam_2025", "project_choice"),
        )


def unsteady_dose(case: Case) -> Iterator[Finding]:
    """A dose that moved in the last month: first a steady one."""
    if case.person.steady is False:
        yield case.stop(
            "unsteady-dose",
            "Your dose has not been steady for a month. A steady dose comes first; your prescriber can "
            "help you find it.",
            by=BEFORE_RUNNING_OUT,
            hazards=("H-042",),
        )


STOPS: tuple[Rule, ...] = (
    already_tapering,
    under_eighteen,
    pregnancy,
    clozapine,
    lithium,
    mao_inhibitor,
    policy,
    taken_for_seizures,
    opioid_use_disorder,
    patches_and_injections,
    alcohol_dependence,
    other_drugs,
    opioid_with_benzodiazepine,
    opioid_with_gabapentinoid,
    psychosis_or_bipolar,
    crisis,
    beta_blocker,
    baclofen,
    irregular_use,
    unsteady_dose,
)
