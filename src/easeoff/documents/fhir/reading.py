"""Back from a FHIR document: the plan from its plan file, and, apart from that, the doses from the dosage instructions."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from easeoff.documents.fhir.checks import check_bundle
from easeoff.documents.fhir.checks_timing import step_of
from easeoff.documents.fhir.codes import DAYS_URL, PRODUCTS
from easeoff.documents.jsontext import parsed_json
from easeoff.documents.planfile import PLAN_FORMAT, read_plan
from easeoff.planning.plan import Plan
from easeoff.quantities import EaseoffError

Node = dict[str, Any]
_WHAT = "FHIR document"
#: Characters; 400 steps of a day, each a request of its own, have two million. `project_choice`: ample, and still read at once.
_LONGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class FhirDose:
    """What is taken of one product at one time of one day. ``day`` counts from the first day written, 1; ``date`` may be unknown."""

    day: int
    date: date | None
    time: str
    product: str
    mg: Decimal


@dataclass(frozen=True, slots=True)
class _Span:
    """The days of one step: the first, counted and as a date where there is one, and how many."""

    first: int
    start: date | None
    days: int


def read_fhir_plan(text: str) -> Plan:
    """The plan in the plan file of a document that Easeoff wrote. Raises `EaseoffError`."""
    for resource in _resources(_bundle(text), "DocumentReference"):
        if resource["type"]["text"].endswith(PLAN_FORMAT):
            return read_plan(_decoded(resource["content"][0]["attachment"]["data"]))
    raise EaseoffError(f"This {_WHAT} holds no plan file of Easeoff.", "Use the file as Easeoff wrote it.")


def read_fhir_doses(text: str) -> tuple[FhirDose, ...]:
    """Every dose of every day up to the review, read from the dosage instructions alone. Raises `EaseoffError`."""
    bundle = _bundle(text)
    requests = _resources(bundle, "MedicationRequest")
    spans = _spans(requests, _days_to_review(bundle))
    return tuple(sorted(_doses(requests, spans), key=lambda d: (d.day, d.time, d.product)))


def _bundle(text: str) -> Node:
    bundle = parsed_json(text, what=_WHAT, longest=_LONGEST)
    if not isinstance(bundle, dict):
        raise EaseoffError(f"This is not a {_WHAT}.", "Use the file as Easeoff wrote it.")
    try:
        check_bundle(bundle)
    except (KeyError, TypeError, AttributeError, IndexError):
        raise EaseoffError(f"This {_WHAT} was not written by Easeoff, or it was changed.",
                           "Use the file as Easeoff wrote it.") from None  # fmt: skip
    return bundle


def _resources(bundle: Node, kind: str) -> list[Node]:
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]


def _decoded(data: str) -> str:
    try:
        return b64decode(data, validate=True).decode("utf-8")
    except (Base64Error, UnicodeDecodeError):
        raise EaseoffError(
            f"The plan file in this {_WHAT} is damaged.", "Use the file as Easeoff wrote it."
        ) from None


def _days_to_review(bundle: Node) -> int:
    careplan = _resources(bundle, "CarePlan")[0]
    return next(int(e["valuePositiveInt"]) for e in careplan["extension"] if e["url"] == DAYS_URL)


def _spans(requests: Sequence[Node], horizon: int) -> dict[int, _Span]:
    """Each step's days, one after the other; a step without an end reaches to the review."""
    bounds = {step_of(d): d["timing"]["repeat"] for r in requests for d in r["dosageInstruction"]}
    spans, day = dict[int, _Span](), 1
    for step in sorted(bounds):
        repeat = bounds[step]
        period = repeat.get("boundsPeriod", {})
        start = date.fromisoformat(period["start"]) if "start" in period else None
        days = horizon - day + 1
        if start is not None and "end" in period:
            days = (date.fromisoformat(period["end"]) - start).days + 1
        elif "boundsDuration" in repeat:
            days = int(repeat["boundsDuration"]["value"])
        spans[step] = _Span(day, start, days)
        day += days
    return spans


def _doses(requests: Sequence[Node], spans: dict[int, _Span]) -> Iterator[FhirDose]:
    for request in requests:
        codings = request["medicationCodeableConcept"]["coding"]
        product = next(c["code"] for c in codings if c["system"] == PRODUCTS)
        for dosage in request["dosageInstruction"]:
            span, mg = spans[step_of(dosage)], Decimal(dosage["doseAndRate"][0]["doseQuantity"]["value"])
            times = dosage["timing"]["repeat"].get("timeOfDay", ("",))
            for offset in range(span.days):
                on = None if span.start is None else span.start + timedelta(offset)
                for time in times:
                    yield FhirDose(span.first + offset, on, time[: len("08:00")], product, mg)
