"""The proposal as text, ``easeoff-proposal/1``: what the command prints with ``--json``.

A stop prints no doses: then the plan is null, and there are no remedies and no blocking dose.
"""

from __future__ import annotations

from easeoff.documents.jsontext import JsonValue, json_text
from easeoff.documents.planfile import plan_object
from easeoff.documents.planparts import finding_object
from easeoff.documents.requestfile import JsonObject, amount_or_null, request_object
from easeoff.medicines.model import Price
from easeoff.planning.findings import OpenQuestion
from easeoff.proposing.proposal import Addition, Outcome, Proposal, Remedy
from easeoff.quantities import plain

PROPOSAL_FORMAT = "easeoff-proposal/1"


def proposal_json(proposal: Proposal) -> str:
    """``proposal`` as JSON text; the same proposal gives the same bytes."""
    stopped = proposal.outcome is Outcome.STOPPED
    plan = None if stopped else proposal.plan
    remedies = () if stopped else proposal.remedies
    gentler = () if stopped else proposal.gentler
    return json_text({
        "format": PROPOSAL_FORMAT,
        "request": request_object(proposal.request),
        "plan": plan_object(plan) if plan else None,
        "within_limit": proposal.within_limit and not stopped,
        "open_questions": [_question_object(question) for question in proposal.open_questions],
        "findings": [finding_object(finding) for finding in proposal.findings],
        "remedies": [_remedy_object(remedy) for remedy in remedies],
        "blocking_dose_mg": None if stopped else amount_or_null(proposal.blocking_dose_mg),
        "reasons": proposal.reasons,
        "outcome": proposal.outcome,
        "gentler": [{"text": text, "request": request_object(request)} for text, request in gentler],
    })  # fmt: skip


def _question_object(question: OpenQuestion) -> JsonObject:
    return {"key": question.key, "text": question.text, "why": question.why}


def _remedy_object(remedy: Remedy) -> JsonObject:
    return {
        "add": [_addition_object(addition) for addition in remedy.add],
        "within_limit": remedy.within_limit,
        "largest_drop": remedy.largest_drop,
        "last_drop": remedy.last_drop,
        "steps": remedy.steps,
        "request": request_object(remedy.request) if remedy.request else None,
    }


def _addition_object(addition: Addition) -> JsonObject:
    return {"kind": addition.kind, "id": addition.id, "text": addition.text, "tier": addition.tier,
            "price": _price_object(addition.price)}  # fmt: skip


def _price_object(price: Price | None) -> JsonValue:
    if price is None:
        return None
    return {"amount": plain(price.amount), "currency": price.currency, "pack_size": plain(price.pack_size)}
