"""What is said beside every plan: supply, what the label says, missed doses, one change at a time, and what may come after."""

from __future__ import annotations

from collections.abc import Iterator

from easeoff.medicines.model import Confidence
from easeoff.planning.findings import Finding
from easeoff.safety.parts import Case, note, only_for_sleep, warn

#: Most days on one prescription: of a controlled drug, and with a risk of suicide (project choices).
MOST_CONTROLLED_DAYS = 30
MOST_DAYS_WHEN_AT_RISK = 7


def supply(case: Case) -> Iterator[Finding]:
    """How much to have at home."""
    at_risk = case.person.suicidal or case.person.crisis
    if at_risk:
        yield warn(
            "weekly-supply",
            f"Ask for at most {MOST_DAYS_WHEN_AT_RISK} days of medicine at a time, and take leftovers back"
            " to the pharmacy.",
            ("H-018",),
        )
    if case.request.country in case.medicine.controlled:
        yield warn(
            "controlled-drug",
            f"It is a controlled drug: at most {MOST_CONTROLLED_DAYS} days on one prescription. Take"
            " leftovers back to the pharmacy.",
            ("H-024",),
        )


def label_on_stopping(case: Case) -> Iterator[Finding]:
    """Where the label itself says that the dose need not come down in steps: said, and left to the prescriber."""
    for said in case.medicine.notes:
        if said.name == "label_on_stopping" and said.provenance.confidence is not Confidence.UNVERIFIED:
            yield note(
                "label-on-stopping",
                f"{said.condition} Your prescriber decides how. Never stop it by yourself.",
                ("H-019",),
                (said.provenance.source,),
            )


def missed_dose(case: Case) -> Iterator[Finding]:
    """Never double; and for some medicines never a step back by oneself."""
    yield note(
        "missed-dose",
        "Missed a dose? Never take a double dose. Go on with today's dose. If you missed more than one dose, ask"
        " a clinician or pharmacist today before you take more.",
        ("H-021",),
    )
    if case.is_a("opioid", "no_self_made_step_back"):
        yield warn(
            "no-step-back-alone",
            f"After a gap or a lower dose, do not put {case.medicine.name} back up by yourself. Ask a"
            " clinician first.",
            ("H-021",),
        )


def one_change(_case: Case) -> Iterator[Finding]:
    """One change at a time."""
    yield note(
        "one-change-at-a-time",
        "Reduce one medicine at a time, and not in a time of stress, illness or another medicine change.",
        ("H-044",),
        ("fife_gabapentinoids",),
    )


def relapse_watch(case: Case) -> Iterator[Finding]:
    """How long to watch after the last dose, by class."""
    if _for_mood(case):
        yield note(
            "relapse-watch",
            "After the last dose: in one trial most relapses came 4 to 18 weeks later. Plan dated reviews"
            " for six months. Ask beforehand what you will do if it does not work out.",
            ("H-016",),
            ("antler_2021", "project_choice"),
        )
    elif case.is_a("lithium"):
        yield note(
            "relapse-watch",
            "After the last dose: plan dated reviews for three months. Mania can come back.",
            ("H-016",),
            ("gpnotebook_lithium",),
        )
    elif case.is_a("antipsychotic", "mood_stabiliser"):
        yield note(
            "relapse-watch",
            "After the last dose: plan dated reviews for two years.",
            ("H-016",),
            ("mind_mood_stabilisers", "project_choice"),
        )
    else:
        yield note(
            "relapse-watch",
            "After the last dose: agree dated reviews with your prescriber, and what to do if it does not"
            " work out.",
            ("H-016",),
        )


def relapse_or_withdrawal(case: Case) -> Iterator[Finding]:
    """What is known by class, without a verdict."""
    yield note(
        "relapse-or-withdrawal",
        "Withdrawal and relapse are mistaken for each other, in both directions, and both can be there at"
        " once. This tool does not say which it is. Write down when it began and what is new, and ask your"
        f" prescriber. Feeling better after going back up proves little.{_known(case)}",
        ("H-016",),
        _known_sources(case),
    )


def _for_mood(case: Case) -> bool:
    """An antidepressant; not one that is now given for ADHD only."""
    return case.is_a("antidepressant") and not case.is_a("stimulant")


def _known(case: Case) -> str:
    if case.medicine.name == "fluoxetine":
        return " Fluoxetine leaves the body over weeks, so what a cut does can show late."
    if _for_mood(case):
        return (
            " With antidepressants, withdrawal often begins hours to days after a cut, sometimes weeks,"
            " often with dizziness, nausea or electric-shock feelings. Relapse more often comes after weeks"
            " to months."
        )
    if case.is_a("benzodiazepine", "z_drug"):
        return (
            " With this class, anxiety, poor sleep, tremor and sharp senses can be withdrawal and can also"
            " be the old problem."
        )
    if case.is_a("antipsychotic") and only_for_sleep(case):
        return (
            " With antipsychotics, poor sleep, agitation or psychosis after a cut can be either. Tell your"
            " prescriber about poor sleep. If agitation or psychosis comes, contact them today."
        )
    if case.is_a("antipsychotic"):
        return (
            " With antipsychotics, poor sleep, agitation or psychosis after a cut can be either. If one of them"
            " comes, contact your team today."
        )
    if case.is_a("gabapentinoid"):
        return (
            " With this class, anxiety, poor sleep, nausea, pain and sweating can begin within a day and"
            " last a week or longer."
        )
    if case.is_a("opioid"):
        return (
            " With opioids, restlessness, a runny nose, sweating and cramps come first; low mood can come"
            " later."
        )
    if case.is_a("lithium"):
        return " With lithium, what comes after a stop is mostly mania, weeks to months later."
    return ""


def _known_sources(case: Case) -> tuple[str, ...]:
    for family, source in (
        ("antidepressant", "horowitz_2022"),
        ("benzodiazepine", "asam_2025"),
        ("z_drug", "asam_2025"),
        ("antipsychotic", "antipsychotic_withdrawal"),
        ("gabapentinoid", "fife_gabapentinoids"),
        ("opioid", "tapermd_opioids"),
        ("lithium", "gpnotebook_lithium"),
    ):
        if case.is_a(family):
            return (source,)
    return ("horowitz_2022",)
