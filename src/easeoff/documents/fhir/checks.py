"""Our own invariants of a FHIR document, run on every one before it is given out.

A general validator lets through what hurts here: an unknown status, a period without a unit, steps that overlap, a dose
without its text. Each check names the place. It raises, because a document that breaks one is a fault and must not leave.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from easeoff.documents.fhir.checks_timing import broken, check_order, check_timing
from easeoff.documents.fhir.codes import PURPOSE_URL, UCUM, UNITS

#: What we ever write, out of the required value sets of R4 4.0.1.
_STATUS = {
    "Composition": {"preliminary"},
    "CarePlan": {"draft", "active"},
    "MedicationRequest": {"draft", "on-hold"},
    "DocumentReference": {"current"},
    "Device": {"active"},
}
_WITHOUT_STATUS = {"Patient"}
_SAY_WHAT_THEY_ARE = {"Composition", "CarePlan", "MedicationRequest"}
_UNITS = frozenset(UNITS.values())

Node = dict[str, Any]


def check_bundle(bundle: Node) -> None:
    """Raise `EaseoffError` where ``bundle`` breaks an invariant."""
    resources = _resources(bundle)
    for place, resource in resources.items():
        _check_status(place, resource)
        _check_text(place, resource)
    for place, node in _walk("Bundle", bundle):
        _check_node(place, node, resources.keys())
    requests = [r for r in resources.values() if r["resourceType"] == "MedicationRequest"]
    if not requests:
        raise broken("Bundle", "no request is in it")
    for request in requests:
        _check_request(request)
    check_order(requests)


def _resources(bundle: Node) -> dict[str, Node]:
    if bundle.get("resourceType") != "Bundle" or bundle.get("type") != "document":
        raise broken("Bundle", "it is not a document")
    if not bundle.get("timestamp") or not bundle.get("identifier", {}).get("value"):
        raise broken("Bundle", "a document needs a moment and an identifier")
    entries = bundle["entry"]
    found = {entry["fullUrl"]: entry["resource"] for entry in entries}
    if len(found) != len(entries):
        raise broken("Bundle", "a resource stands in it twice")
    if entries[0]["resource"]["resourceType"] != "Composition":
        raise broken("Bundle", "a document begins with its Composition")
    for url, resource in found.items():
        if url != f"urn:uuid:{resource['id']}":
            raise broken(url, "its id is not its address")
    return found


def _check_status(place: str, resource: Node) -> None:
    kind = resource["resourceType"]
    if kind not in _STATUS:
        if kind not in _WITHOUT_STATUS:
            raise broken(place, f"a {kind} has no place in it")
        return
    if resource.get("status") not in _STATUS[kind]:
        raise broken(place, f"“{resource.get('status')}” is no status of a {kind} of ours")
    if kind in {"CarePlan", "MedicationRequest"} and resource.get("intent") != "plan":
        raise broken(place, "it is not marked as a plan, so it would read as an order")


def _check_text(place: str, resource: Node) -> None:
    text = resource.get("text", {})
    if text.get("status") != "generated" or "not medical advice" not in text.get("div", ""):
        raise broken(place, "it has no text that says what it is")
    urls = {extension["url"] for extension in resource.get("extension", ())}
    if resource["resourceType"] in _SAY_WHAT_THEY_ARE and PURPOSE_URL not in urls:
        raise broken(place, "its purpose is not said for machines")


def _walk(place: str, node: Any) -> Iterator[tuple[str, Any]]:
    yield place, node
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _walk(f"{place}.{name}", value)
    elif isinstance(node, list | tuple):
        for number, value in enumerate(node):
            yield from _walk(f"{place}[{number}]", value)


def _check_node(place: str, node: Any, known: Any) -> None:
    """What holds wherever it stands: no empty or inexact values, quantities in UCUM, references that lead somewhere."""
    if node is None or node == "" or node == [] or node == {}:
        raise broken(place, "it is empty")
    if isinstance(node, float):
        raise broken(place, "a number is not exact")
    if not isinstance(node, dict):
        return
    if "value" in node and ("unit" in node or "code" in node) and "url" not in node:
        _check_quantity(place, node)
    if "reference" in node and isinstance(node["reference"], str) and node["reference"] not in known:
        raise broken(place, "it refers to nothing in the document")
    if "start" in node and "end" in node and node["start"] > node["end"]:
        raise broken(place, "it ends before it begins")


def _check_quantity(place: str, node: Node) -> None:
    if node.get("system") != UCUM or node.get("code") not in _UNITS or not node.get("unit"):
        raise broken(place, f"“{node.get('code')}” is no unit of UCUM that we write")
    if isinstance(node["value"], float):
        raise broken(place, "a number is not exact")
    if node["value"] <= 0:
        raise broken(place, "its value is not above zero")


def _check_request(request: Node) -> None:
    place = f"MedicationRequest {request['id']}"
    if not request.get("dosageInstruction") or not request.get("groupIdentifier", {}).get("value"):
        raise broken(place, "it has no dosage or no group")
    if not request.get("medicationCodeableConcept", {}).get("text"):
        raise broken(place, "its medicine has no name")
    for dosage in request["dosageInstruction"]:
        _check_dosage(place, dosage)
    dispense = request.get("dispenseRequest", {})
    if (
        not {"quantity", "expectedSupplyDuration"} <= dispense.keys()
        or dispense.get("numberOfRepeatsAllowed") != 0
    ):
        raise broken(place, "how much to dispense is not said, or it would repeat")


def _check_dosage(place: str, dosage: Node) -> None:
    text = dosage.get("text", "")
    if not text.strip().endswith("."):
        raise broken(place, "a dosage has no whole sentence")
    rates = dosage.get("doseAndRate", ())
    if len(rates) != 1 or rates[0].get("doseQuantity", {}).get("code") != "mg":
        raise broken(place, "a dosage has not one dose in mg")
    check_timing(place, dosage.get("timing", {}).get("repeat", {}))
