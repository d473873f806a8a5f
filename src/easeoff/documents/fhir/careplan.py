"""What stands around the requests: the care plan, whom it is for, what made it, the plan file, and the cover page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime

from easeoff.documents.eachmedicine import change_text
from easeoff.documents.fhir.codes import DAYS_URL, LOINC, PURPOSE_URL, coding, extension
from easeoff.documents.fhir.names import Names
from easeoff.documents.fhir.narrative import listed, narrative, paragraph, schedule
from easeoff.documents.fhir.requests import Asked
from easeoff.documents.issuing import PURPOSE
from easeoff.documents.jsontext import JsonValue
from easeoff.documents.planfile import PLAN_FORMAT, write_plan
from easeoff.documents.presenting import finding_blocks
from easeoff.documents.recorded import override_sentence
from easeoff.documents.requestfile import JsonObject
from easeoff.documents.standing import agreement, course_text
from easeoff.planning.plan import Plan
from easeoff.proposing.issuing import NOT_AGREED
from easeoff.safety.words import NOTICE

PLAN_FILE_TYPE = "application/json"


def title_of(plan: Plan) -> str:
    """``Sertraline: a slow reduction``, ``Alprazolam to diazepam: a crossover``."""
    return f"{change_text(plan)}: {'a slow reduction' if plan.crossover is None else 'a crossover'}"


def moment_text(moment: datetime) -> str:
    """A moment as FHIR writes it: ``2026-12-20T09:30:00+00:00``."""
    return moment.replace(microsecond=0).isoformat()


def patient(names: Names) -> JsonObject:
    """Whom the plan is for. Easeoff knows no name, no number and no date of birth, and says so."""
    return {
        "resourceType": "Patient",
        "id": names.id("patient"),
        "text": narrative(
            paragraph("Easeoff does not know who this is. Whoever takes this in puts in the person.")
        ),
    }


def author(names: Names, plan: Plan) -> JsonObject:
    """The program, as the device that wrote the document."""
    return {
        "resourceType": "Device",
        "id": names.id("author"),
        "text": narrative(paragraph(f"Easeoff {plan.engine_version}, data version {plan.data_version}")),
        "status": "active",
        "deviceName": [{"name": "Easeoff", "type": "user-friendly-name"}],
        "version": [
            {"type": {"text": "engine"}, "value": plan.engine_version},
            {"type": {"text": "data"}, "value": plan.data_version},
        ],
    }


def care_plan(asked: Asked, requests: Sequence[JsonObject]) -> JsonObject:
    """The whole plan: its narrative is the person's schedule, its activities are the requests."""
    plan, names = asked.plan, asked.names
    first, last = asked.covered[0], asked.covered[-1]
    days = last.first_day + last.days - first.first_day
    subtitle = agreement(plan, asked.now).subtitle
    notes = [
        override_sentence(plan.request.override, plan.findings),
        *(f"{b.heading}: {b.text}" for b in finding_blocks(asked.findings)),
    ]
    resource: JsonObject = {
        "resourceType": "CarePlan",
        "id": names.id("careplan"),
        "text": narrative(schedule(plan, asked.formulary, asked.now), whole_notice=subtitle),
        "extension": [extension(PURPOSE_URL, "String", PURPOSE), extension(DAYS_URL, "PositiveInt", days)],
        "status": "draft" if plan.status in NOT_AGREED else "active",
        "intent": "plan",
        "title": title_of(plan),
        "description": course_text(plan, asked.now),
        "subject": names.reference("patient"),
        "created": plan.created_on.isoformat(),
        "author": names.reference("author"),
        "supportingInfo": [names.reference("planfile")],
        "activity": [{"reference": {"reference": f"urn:uuid:{request['id']}"}} for request in requests],
        "note": [{"text": note} for note in notes if note],
    }
    if first.start is not None and last.end is not None:
        resource["period"] = {"start": first.start.isoformat(), "end": last.end.isoformat()}
    return {key: value for key, value in resource.items() if value != []}


def plan_file(names: Names, plan: Plan, exported: datetime) -> JsonObject:
    """The plan file itself, so that nothing is lost on the way."""
    data = b64encode(write_plan(plan).encode("utf-8")).decode("ascii")
    return {
        "resourceType": "DocumentReference",
        "id": names.id("planfile"),
        "text": narrative(
            paragraph(f"The plan file ({PLAN_FORMAT}). It holds the answers that the plan was made from.")
        ),
        "status": "current",
        "docStatus": "preliminary",
        "type": {"text": f"Easeoff plan file, {PLAN_FORMAT}"},
        "subject": names.reference("patient"),
        "date": moment_text(exported),
        "author": [names.reference("author")],
        "content": [
            {
                "attachment": {
                    "contentType": PLAN_FILE_TYPE,
                    "language": "en",
                    "data": data,
                    "title": "easeoff-plan.json",
                    "creation": plan.created_on.isoformat(),
                }
            }
        ],
    }


def composition(asked: Asked, requests: Sequence[JsonObject], exported: datetime) -> JsonObject:
    """The cover page: what this is, what it is not, and what is in it."""
    names, plan = asked.names, asked.plan
    products = [str(request["medicationCodeableConcept"]["text"]) for request in requests]  # type: ignore[index,call-overload]
    entries: list[JsonValue] = [{"reference": f"urn:uuid:{request['id']}"} for request in requests]
    sections: list[JsonValue] = [
        _section("The plan", [names.reference("careplan")], paragraph(course_text(plan, asked.now))),
        _section("What to prescribe, as drafts", entries, listed(list(dict.fromkeys(products)))),
        _section(
            "The plan file",
            [names.reference("planfile")],
            paragraph(f"{PLAN_FORMAT}, for Easeoff to read back."),
        ),
    ]
    return {
        "resourceType": "Composition",
        "id": names.id("composition"),
        "text": narrative(
            paragraph(course_text(plan, asked.now)), whole_notice=agreement(plan, asked.now).subtitle
        ),
        "extension": [extension(PURPOSE_URL, "String", f"{PURPOSE}. {NOTICE}")],
        "status": "preliminary",
        "type": {"coding": [coding(LOINC, "18776-5", "Plan of care note")], "text": "Plan of care note"},
        "subject": names.reference("patient"),
        "date": moment_text(exported),
        "author": [names.reference("author")],
        "title": f"{title_of(plan)}, version {plan.version}",
        "section": sections,
    }


def _section(title: str, entries: list[JsonValue], text: str) -> JsonObject:
    return {"title": title, "text": narrative(text), "entry": entries}
