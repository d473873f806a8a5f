"""Warnings and notes that depend on the medicine and the person, said before and beside a plan."""

from __future__ import annotations

from collections.abc import Iterator

from easeoff.planning.findings import Finding
from easeoff.planning.request import Indication
from easeoff.quantities import plain, plural
from easeoff.safety.beside_every_plan import (
    label_on_stopping,
    missed_dose,
    one_change,
    relapse_or_withdrawal,
    relapse_watch,
    supply,
)
from easeoff.safety.families import groups, taken_for, unknown
from easeoff.safety.level_changes import named_level_changes
from easeoff.safety.one_at_a_time import order_and_rests
from easeoff.safety.parts import Case, Rule, listed, only_for_sleep, warn
from easeoff.safety.usual_doses import above_the_record


def antipsychotic(case: Case) -> Iterator[Finding]:
    """An antipsychotic is reduced with the prescriber; early signs mean contact today."""
    if not case.is_a("antipsychotic"):
        return
    if only_for_sleep(case):
        yield warn(
            "antipsychotic-with-prescriber",
            "An antipsychotic is reduced together with the prescriber, also when it is taken for sleep. If you"
            " become very agitated, much too high, or see, hear or believe things that others do not: contact your"
            " prescriber or named contact today. Do not only wait.",
            ("H-016", "H-045"),
            ("horowitz_2021", "project_choice"),
        )
    else:
        yield warn(
            "antipsychotic-with-prescriber",
            "An antipsychotic is reduced together with the prescriber. In 47 trials with people who had"
            " schizophrenia for long, relapse was about 2.3 times as frequent after a reduction or stop. Early signs"
            " of relapse mean: contact your prescriber or named contact today. Do not only wait.",
            ("H-016", "H-045"),
            ("pmc9810020", "horowitz_2021"),
        )
    if case.person.relapse_plan is False:
        yield warn(
            "no-relapse-plan",
            "You have no early-sign plan and named contact yet. Write both down with your prescriber before"
            " the first step.",
            ("H-016", "H-045"),
            ("horowitz_2021", "project_choice"),
        )


def mood(case: Case) -> Iterator[Finding]:
    """Bipolar disorder or psychosis with a medicine that is no stop for it."""
    person = case.person
    had = person.psychosis or person.indication in (Indication.PSYCHOSIS, Indication.BIPOLAR)
    if had and not case.is_a("antipsychotic", "mood_stabiliser", "lithium"):
        yield warn(
            "psychosis-or-bipolar-history",
            "You had psychosis or bipolar disorder. Agree with your team beforehand which early signs mean:"
            " contact today.",
            ("H-016", "H-019"),
        )


def driving_and_alcohol(case: Case) -> Iterator[Finding]:
    """Drowsiness, driving and alcohol."""
    if case.is_a("benzodiazepine", "z_drug", "opioid", "gabapentinoid"):
        yield warn(
            "driving-and-alcohol",
            "This medicine can make you drowsy and slow to react, also while it is reduced. Do not drive or"
            " use machines if you feel so, and ask what the law on driving says where you live. Alcohol"
            " adds to it.",
            ("H-046",),
            ("fda_2020", "asam_2025"),
        )
        if case.person.alcohol_units:
            units = f"{plain(case.person.alcohol_units)} {plural('unit', case.person.alcohol_units)}"
            yield warn(
                "alcohol-with-sedative",
                f"You drink alcohol, {units} a week. With this medicine it can slow the breathing. Do not drink more as the"
                " dose goes down, and tell your prescriber how much you drink.",
                ("H-046",),
                ("asam_2025",),
            )


def breathing(case: Case) -> Iterator[Finding]:
    """What slows the breathing."""
    if not case.is_a("benzodiazepine", "z_drug", "opioid", "gabapentinoid"):
        return
    if case.person.breathing:
        yield warn(
            "breathing",
            "You have a lung disease or sleep apnoea. This medicine can slow the breathing: your prescriber"
            " should know before the first step.",
            ("H-014", "H-019"),
            ("asam_2025",),
        )
    sedatives = ("benzodiazepine", "z_drug")
    together = case.beside("gabapentinoid") if case.is_a(*sedatives) else ()
    together += case.beside(*sedatives) if case.is_a("gabapentinoid") else ()
    if together:
        yield warn(
            "sedatives-together",
            f"You also take {', '.join(together)}. Together they can slow the breathing and make you very drowsy."
            " Reduce only one of them at a time.",
            ("H-014", "H-044"),
            ("asam_2025",),
        )


def opioid_tolerance(case: Case) -> Iterator[Finding]:
    """The old dose can kill after a reduction."""
    if case.is_a("opioid"):
        yield warn(
            "lowered-tolerance",
            "As the dose goes down the body gets used to less. Going back to an old dose, also just once,"
            " can stop your breathing. Ask for naloxone, and tell the people you live with.",
            ("H-021",),
            ("cdc_2022", "painscale_tolerance"),
        )


def interactions(case: Case) -> Iterator[Finding]:
    """What changes the level of something else. It is said and goes into the letter; nothing is adjusted."""
    others = case.person.others or ()
    for family, happens in (
        ("inducer", "the level of others can rise"),
        ("inhibitor", "the level of others can fall"),
    ):
        if case.is_a(family) and others:
            yield warn(
                f"reducing-an-{family}",
                f"{case.medicine.name.capitalize()} is {groups()[family].says}. As you take less of it,"
                f" {happens}: you also take {listed(others)}. This belongs in the letter; nothing is"
                " adjusted here.",
                ("H-014",),
                (groups()[family].source,),
            )
    beside = case.beside(
        "inducer", "inhibitor", *(("lamotrigine_level",) if case.medicine.name == "lamotrigine" else ())
    )
    if beside:
        yield warn(
            "level-changer-beside",
            f"You also take {listed(beside)}, which can change the level of other medicines. Do not start,"
            f" stop or change {'it' if len(beside) == 1 else 'them'} during the reduction without your prescriber or pharmacist.",
            ("H-014",),
            ("cmaj_cyp",),
        )
    if case.is_a("smoking_level"):
        yield warn(
            "smoking",
            "If you smoke: stopping or starting changes the level of this medicine. Tell your prescriber"
            " before you do.",
            ("H-014",),
            ("sun_2021", "fda_cyp_examples"),
        )
    yield from _slips(others)
    strangers = unknown(others)
    if strangers:
        yield warn(
            "unknown-other-medicine",
            f"We do not know {listed(strangers)}. Ask your pharmacist whether it matters for this reduction.",
            ("H-014",),
        )


def _slips(others: tuple[str, ...]) -> Iterator[Finding]:
    """Names that were taken for others: said, so that a wrong one can be put right."""
    slips = tuple(dict.fromkeys(slip for name in others for slip in taken_for(name)))
    if slips:
        took = listed(tuple(f"“{written}” for {meant}" for written, meant in slips))
        yield warn(
            "other-medicine-taken-for",
            f"We took {took}, because a medicine that matters here must not be missed. If that is wrong, write the name"
            " exactly as it stands on the box, and ask your pharmacist.",
            ("H-014",),
        )


def clonidine_type(case: Case) -> Iterator[Finding]:
    """Rebound of the blood pressure, and the order with a beta-blocker."""
    if case.is_a("alpha_agonist"):
        yield warn(
            "blood-pressure",
            "Blood pressure can jump up when this medicine is reduced too fast. Have it measured at each"
            " step.",
            ("H-019",),
            ("afp_2019_interactions", "project_choice"),
        )
    both = (case.is_a("alpha_agonist") and case.beside("beta_blocker")) or (
        case.is_a("beta_blocker") and case.beside("alpha_agonist")
    )
    if both:
        yield warn(
            "clonidine-with-beta-blocker",
            f"You also take {listed(both)}. With a beta-blocker, blood pressure can jump higher when a"
            " clonidine-type medicine is reduced. Which goes first is the prescriber's decision: ask before"
            " the first step.",
            ("H-014", "H-019"),
            ("afp_2019_interactions",),
        )


def sudden_stop(case: Case) -> Iterator[Finding]:
    """What a sudden stop, or two doses at one time, have brought with single medicines, in the words of their labels."""
    if case.medicine.name == "baclofen":
        yield warn(
            "sudden-stop",
            "Do not run out of baclofen, and never stop it at once. A sudden stop has brought fits, and seeing or hearing"
            " things that others do not. If that happens, get help now.",
            ("H-006", "H-021"),
            ("icnapedia_baclofen",),
        )
    if case.is_a("beta_blocker"):
        yield warn(
            "sudden-stop",
            f"Do not run out of {case.medicine.name}, and never stop it at once. After a sudden stop of a beta-blocker"
            " some people had heart pain or a heart attack, also people who did not know that their heart was ill. If"
            " you get chest pain, get help now.",
            ("H-006", "H-019"),
            ("us_innopran_label",),
        )
    if case.medicine.name == "bupropion":
        yield warn(
            "too-much-at-one-time",
            "Too much bupropion at one time can cause a fit. Keep to the times you take it now, and never take two"
            " doses together.",
            ("H-021",),
            ("us_wellbutrin_sr_dosage",),
        )


def body(case: Case) -> Iterator[Finding]:
    """Liver, kidney and heart disease change how long a medicine stays."""
    parts = tuple(
        name for name, answer in (("liver", case.person.liver), ("kidney", case.person.kidney)) if answer
    )
    if parts:
        yield warn(
            "slow-clearance",
            f"You have {listed(parts)} disease. A medicine can then stay longer in the body than the"
            " figures here say. Your prescriber should know before the first step.",
            ("H-010",),
        )
    if case.person.heart:
        yield warn(
            "heart",
            "You have heart or thyroid disease. Your prescriber should know before the first step.",
            ("H-019",),
        )


def past_withdrawal(case: Case) -> Iterator[Finding]:
    """Severe withdrawal before."""
    if case.person.past_withdrawal:
        yield warn(
            "past-withdrawal",
            "You had severe withdrawal before, so it can come again. Tell your prescriber what happened and"
            " at which dose.",
            ("H-019",),
            ("horowitz_2022", "asam_2025"),
        )
    if case.person.drugs and not case.is_a("opioid", "benzodiazepine", "z_drug"):
        yield warn(
            "other-drugs",
            "You use other drugs, or were dependent on one. Tell your prescriber: they can hide or copy"
            " withdrawal.",
            ("H-014",),
        )


def valproate(case: Case) -> Iterator[Finding]:
    """Valproate while nobody has said whether pregnancy is possible."""
    if case.is_a("valproate") and case.person.pregnancy is None:
        yield warn(
            "valproate",
            "Valproate can harm an unborn child. If you could be or become pregnant, contact your"
            " prescriber today and keep taking it until then.",
            ("H-012", "H-013"),
            ("nhs_highland",),
        )


WARNINGS: tuple[Rule, ...] = (
    above_the_record,
    valproate,
    antipsychotic,
    mood,
    driving_and_alcohol,
    breathing,
    opioid_tolerance,
    clonidine_type,
    sudden_stop,
    interactions,
    named_level_changes,
    body,
    past_withdrawal,
    supply,
    label_on_stopping,
    missed_dose,
    one_change,
    order_and_rests,
    relapse_watch,
    relapse_or_withdrawal,
)
