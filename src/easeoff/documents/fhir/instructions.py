"""How one portion of a step is dosed: timing, bounds, dose in UCUM, and the whole of it as text."""

from __future__ import annotations

from dataclasses import dataclass

from easeoff.documents.dosage import DOSAGE_TEXT_VERSION, Language, portion_dosage
from easeoff.documents.fhir.codes import (
    AMOUNT_URL,
    DOSAGE_TEXT_URL,
    ROUTES,
    SNOMED,
    STEP_URL,
    coding,
    extension,
    quantity,
)
from easeoff.documents.issuing import Covered
from easeoff.documents.requestfile import JsonObject
from easeoff.medicines.model import Formulary
from easeoff.planning.plan import Intake, Portion
from easeoff.quantities import format_mg

#: What follows the last step that is written: nobody may read the end of the text as the end of the medicine.
KEEP_TO_IT = "This step lasts until the review. Stay on this dose until then, also if the review comes later: do not stop by yourself."


@dataclass(frozen=True, slots=True)
class Taken:
    """A portion in its place: which step, at what time, and whether a later step is written."""

    covered: Covered
    intake: Intake
    portion: Portion
    is_last: bool


def taken_of(covered: tuple[Covered, ...]) -> tuple[Taken, ...]:
    """Every portion of these steps, in order."""
    return tuple(
        Taken(step, intake, portion, step is covered[-1])
        for step in covered
        for intake in step.step.intakes
        for portion in intake.portions
    )


def dosage_of(
    taken: Taken, formulary: Formulary, said: Language, begins: str, *, numbered: bool
) -> JsonObject:
    """The `Dosage` of a portion. ``begins`` says when to start its step. ``numbered`` gives it its ``sequence``; else its step stands in an extension alone."""
    covered, portion = taken.covered, taken.portion
    number = covered.step.number
    text = portion_dosage(covered.step, taken.intake.time, portion, formulary, said.code, stays=covered.stays)
    code, display = ROUTES[formulary.product(portion.product).route]
    told = (part_of(taken, formulary), begins, KEEP_TO_IT if taken.is_last else "")
    sequence: JsonObject = {"sequence": number} if numbered else {}
    return {
        "extension": [
            extension(STEP_URL, "PositiveInt", number),
            extension(AMOUNT_URL, "Quantity", quantity(portion.amount, portion.unit)),
            _about_text(said),
        ],
        **sequence,
        "text": text,
        "patientInstruction": " ".join(filter(None, told)),
        "timing": {"repeat": _bounds(covered) | _each_day(taken.intake)},
        "route": {"coding": [coding(SNOMED, code, display)], "text": display},
        "doseAndRate": [{"doseQuantity": quantity(portion.mg, "mg")}],
    }


def part_of(taken: Taken, formulary: Formulary) -> str:
    """What a portion is taken together with, so that a request read alone is not taken for the whole dose; else nothing."""
    others = [p for p in taken.intake.portions if p is not taken.portion]
    if not others:
        return ""
    names = " and ".join(formulary.product(other.product).name for other in others)
    return f"This is a part of the dose: together with {names} it makes {format_mg(taken.intake.mg)} at this time of day."


def _about_text(said: Language) -> JsonObject:
    """Which generator wrote the text, in which language, and how far a translation was checked."""
    parts = [extension("version", "String", DOSAGE_TEXT_VERSION), extension("language", "Code", said.code)]
    if said.review:
        parts.append(extension("review", "String", said.review))
    return {"url": DOSAGE_TEXT_URL, "extension": parts}


def _bounds(covered: Covered) -> JsonObject:
    """From when to when, in civil dates; without dates, for how long; a dose to stay on has no end."""
    if covered.start is not None:
        period: JsonObject = {"start": covered.start.isoformat()}
        if not covered.stays and covered.end is not None:
            period["end"] = covered.end.isoformat()
        return {"boundsPeriod": period}
    return {} if covered.stays else {"boundsDuration": quantity(covered.days, "day")}


def _each_day(intake: Intake) -> JsonObject:
    once: JsonObject = {"frequency": 1, "period": 1, "periodUnit": "d"}
    return once | ({"timeOfDay": [f"{intake.time}:00"]} if intake.time else {})
