"""The whole document, checked against our own invariants before a byte of it is given out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal, get_args

from easeoff.documents.dosage import language
from easeoff.documents.eachmedicine import intakes_by_medicine
from easeoff.documents.fhir.careplan import author, care_plan, composition, moment_text, patient, plan_file
from easeoff.documents.fhir.checks import check_bundle
from easeoff.documents.fhir.names import names_of
from easeoff.documents.fhir.requests import Asked, requests_of
from easeoff.documents.issuing import plan_to_issue, steps_ahead
from easeoff.documents.jsontext import JsonValue, json_text
from easeoff.documents.requestfile import JsonObject
from easeoff.documents.standing import standing
from easeoff.proposing.proposal import Proposal
from easeoff.quantities import EaseoffError

#: ``sequence``: every step of a product in one request. ``separate``: one request a step, where a system forbids sequences.
StepStyle = Literal["sequence", "separate"]


def fhir_bundle(
    proposal: Proposal, exported: datetime, *, steps: StepStyle = "sequence", code: str = "en"
) -> str:
    """A plan that may be issued, up to the next review, as a FHIR R4 document in JSON.

    ``exported`` is the moment of writing, with its time zone. ``code`` is the language of the dosage text. Raises
    `EaseoffError` for a plan that may not be issued or that cannot be said whole.
    """
    plan = plan_to_issue(proposal, "FHIR document")
    if steps not in get_args(StepStyle):
        raise EaseoffError(f"“{steps}” is not a way to write steps.", "Choose sequence or separate.")
    if exported.tzinfo is None:
        raise EaseoffError("The moment of writing has no time zone.", "Give it with its time zone.")
    now = standing(plan, proposal.on)
    told = plan.findings if proposal.on is None else proposal.findings
    covered = tuple(replace(c, step=intakes_by_medicine(plan, c.step)) for c in steps_ahead(plan, now))
    asked = Asked(plan, proposal.formulary, covered, names_of(plan), language(code), now, told)
    requests = requests_of(asked, numbered=steps == "sequence")
    resources = [
        composition(asked, requests, exported),
        patient(asked.names),
        author(asked.names, plan),
        care_plan(asked, requests),
        *requests,
        plan_file(asked.names, plan, exported),
    ]
    bundle = _bundle(asked, resources, exported, steps)
    check_bundle(bundle)
    return json_text(bundle)


def _bundle(asked: Asked, resources: list[JsonObject], exported: datetime, steps: StepStyle) -> JsonObject:
    entries: list[JsonValue] = [
        {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources
    ]
    return {
        "resourceType": "Bundle",
        "id": asked.names.id(f"bundle-{steps}"),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": asked.names.url(f"bundle-{steps}")},
        "type": "document",
        "timestamp": moment_text(exported),
        "entry": entries,
    }
