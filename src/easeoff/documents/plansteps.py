"""The steps of the plan file: what is taken, from when to when, and what each step does."""

from __future__ import annotations

from decimal import Decimal

from easeoff.documents.jsonrecord import JsonRecord
from easeoff.documents.requestfile import JsonObject
from easeoff.planning.plan import Intake, Portion, Step
from easeoff.quantities import EaseoffError, format_mg, plain


def step_object(step: Step) -> JsonObject:
    """``step`` as a JSON object: amounts as decimal strings in mg, effect and drops as numbers."""
    return {
        "number": step.number,
        "from": step.start.isoformat() if step.start else None,
        "to": step.end.isoformat() if step.end else None,
        "days": step.days,
        "dose_mg": plain(step.dose_mg),
        "low_mg": plain(step.low_mg),
        "high_mg": plain(step.high_mg),
        "ideal_mg": plain(step.ideal_mg),
        "intakes": [_intake_object(intake) for intake in step.intakes],
        "effect": step.effect,
        "drop": step.drop,
        "worst_drop": step.worst_drop,
        "percent_of_start": step.percent_of_start,
        "because": step.because,
        "within": step.within,
        "distinct": step.distinct,
    }


def _intake_object(intake: Intake) -> JsonObject:
    return {"time": intake.time, "portions": [_portion_object(portion) for portion in intake.portions]}


def _portion_object(portion: Portion) -> JsonObject:
    return {
        "product": portion.product,
        "amount": plain(portion.amount),
        "unit": portion.unit,
        "mg": plain(portion.mg),
        "equivalent_mg": plain(portion.equivalent_mg),
        "how": portion.how,
        "low_mg": plain(portion.low_mg),
        "high_mg": plain(portion.high_mg),
        "device": portion.device,
        **({"medicine": portion.medicine} if portion.medicine else {}),
    }


def steps_from(records: tuple[JsonRecord, ...]) -> tuple[Step, ...]:
    """The steps in ``records``. Raises `EaseoffError` where the parts do not make the dose."""
    steps = tuple(_step_from(record) for record in records)
    for place, step in enumerate(steps, start=1):
        if step.number != place:
            raise EaseoffError(f"Step {place} of this plan file is numbered {step.number}.",
                               "Use the file as it was saved.")  # fmt: skip
        _check_parts(step)
    return steps


def _check_parts(step: Step) -> None:
    parts = sum((intake.mg for intake in step.intakes), Decimal(0))
    if parts != step.dose_mg:
        raise EaseoffError(
            f"In step {step.number} of this plan file the parts add up to {format_mg(parts)}, "
            f"but the dose is {format_mg(step.dose_mg)}.",
            "Do not take doses from this file; use the file as it was saved.",
        )


def _step_from(record: JsonRecord) -> Step:
    step = Step(
        number=record.whole("number"),
        start=record.maybe("from", record.date),
        end=record.maybe("to", record.date),
        days=record.whole("days"),
        dose_mg=record.amount("dose_mg"),
        low_mg=record.amount("low_mg"),
        high_mg=record.amount("high_mg"),
        ideal_mg=record.amount("ideal_mg"),
        intakes=tuple(_intake_from(item) for item in record.records("intakes")),
        effect=record.number("effect"),
        drop=record.number("drop"),
        worst_drop=record.maybe("worst_drop", record.number),
        percent_of_start=record.number("percent_of_start"),
        within=record.flag("within"),
        distinct=record.flag("distinct"),
        because=record.texts("because"),
    )
    record.finish()
    return step


def _intake_from(record: JsonRecord) -> Intake:
    intake = Intake(record.text("time"), tuple(_portion_from(item) for item in record.records("portions")))
    record.finish()
    return intake


def _portion_from(record: JsonRecord) -> Portion:
    portion = Portion(
        product=record.text("product"),
        amount=record.amount("amount"),
        unit=record.text("unit"),
        mg=record.amount("mg"),
        equivalent_mg=record.amount("equivalent_mg"),
        low_mg=record.amount("low_mg"),
        high_mg=record.amount("high_mg"),
        device=record.text("device"),
        how=record.text("how"),
        medicine=record.text("medicine") if record.has("medicine") else "",
    )
    record.finish()
    return portion
