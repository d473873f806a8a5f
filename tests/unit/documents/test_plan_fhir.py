"""The FHIR document: sound by our invariants and by two others' rules, and the same doses when it is read back."""

from __future__ import annotations

import copy
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D
from functools import cache
from pathlib import Path
from typing import Any

import documents_factory as make
import jsonschema
import pytest
from fhir.resources.R4B.bundle import Bundle
from issued import NAMES, issued, portions_each_day

from easeoff.documents.fhir import check_bundle, fhir_bundle, read_fhir_doses, read_fhir_plan
from easeoff.documents.fhir.checks_timing import TIMING, check_timing
from easeoff.documents.fhir.codes import DAYS_URL, PURPOSE_URL
from easeoff.documents.jsontext import parsed_json
from easeoff.proposing.proposal import Proposal
from easeoff.quantities import EaseoffError

pytestmark = pytest.mark.hazard("H-031")

EXPORTED = datetime(2026, 12, 20, 9, 30, tzinfo=UTC)
STYLES = ("sequence", "separate")
SCHEMA = Path(__file__).parents[2] / "schemas" / "fhir-r4" / "bundle.json"
HANDED_OVER = [(name, style) for name in NAMES for style in STYLES]
both = pytest.mark.parametrize(("name", "style"), HANDED_OVER)


@cache
def text_of(name: str, style: str, code: str = "en") -> str:
    return fhir_bundle(issued(name), EXPORTED, steps=style, code=code)  # type: ignore[arg-type]


def resources(text: str, kind: str) -> list[dict[str, Any]]:
    entries = json.loads(text, parse_float=D)["entry"]
    return [entry["resource"] for entry in entries if entry["resource"]["resourceType"] == kind]


@cache
def r4_schema() -> jsonschema.Draft6Validator:
    return jsonschema.Draft6Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("name", "style"), [pair for pair in HANDED_OVER if pair[0] != "a micro-taper of 400 days"]
)
def test_it_is_valid_by_the_schema_of_r4(name: str, style: str) -> None:
    """The 400 days have no other shapes than the rest; the next test reads them."""
    assert [error.message for error in r4_schema().iter_errors(json.loads(text_of(name, style)))] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("status", "nonsense?"), ("authoredOn", "yesterday"), ("dosage", []), ("subject", {"ref": "x"})],
)
def test_the_schema_of_r4_does_notice(name: str, value: object) -> None:
    bundle = json.loads(text_of("diazepam twice a day", "sequence"))
    _request(bundle)[name] = value if name != "status" else " x "
    assert list(r4_schema().iter_errors(bundle))


@both
def test_an_independent_model_of_r4b_takes_it_in(name: str, style: str) -> None:
    taken = Bundle.model_validate_json(text_of(name, style))
    assert len(taken.entry) == len(json.loads(text_of(name, style))["entry"])


@both
def test_the_plan_comes_back_whole(name: str, style: str) -> None:
    assert read_fhir_plan(text_of(name, style)) == issued(name).plan


@both
def test_every_day_has_equal_doses_when_the_instructions_are_read_back(name: str, style: str) -> None:
    proposal = issued(name)
    plan = proposal.plan
    assert plan is not None
    found = read_fhir_doses(text_of(name, style))
    if name == "without a start":
        steps = plan.steps[: plan.request.review]
        due = [
            (first + day, None, intake.time, portion.product, portion.mg)
            for step, first in zip(steps, range(1, 10**6, plan.interval_days), strict=False)
            for day in range(step.days)
            for intake in step.intakes
            for portion in intake.portions
        ]
    else:
        first_day = plan.steps[0].start
        assert first_day is not None
        due = [
            ((day - first_day).days + 1, day, time, portion.product, portion.mg)
            for day, time, portion in portions_each_day(proposal)
        ]
    assert sorted((d.day, d.date, d.time, d.product, d.mg) for d in found) == sorted(due)


@both
def test_it_is_a_proposal_everywhere_and_says_so(name: str, style: str) -> None:
    text = text_of(name, style)
    for request in resources(text, "MedicationRequest"):
        assert request["intent"] == "plan"
        assert request["status"] in {"draft", "on-hold"}
        assert request["dispenseRequest"]["numberOfRepeatsAllowed"] == 0
    for kind in ("Composition", "CarePlan", "MedicationRequest"):
        for resource in resources(text, kind):
            said = [e["valueString"] for e in resource["extension"] if e["url"] == PURPOSE_URL]
            assert said[0].startswith("proposal for a prescriber; not medical advice; not an order")
    assert "no clinical safety officer has signed" in resources(text, "CarePlan")[0]["text"]["div"]
    assert resources(text, "Patient")[0].keys() == {"resourceType", "id", "text"}


@both
def test_each_dosage_has_its_dose_in_mg_its_amount_and_its_whole_text(name: str, style: str) -> None:
    for request in resources(text_of(name, style), "MedicationRequest"):
        for dosage in request["dosageInstruction"]:
            dose = dosage["doseAndRate"][0]["doseQuantity"]
            assert (dose["system"], dose["code"]) == ("http://unitsofmeasure.org", "mg")
            assert dosage["text"].startswith(f"Take {dose['value']} mg = ")
            assert ("sequence" in dosage) == (style == "sequence")


def test_two_forms_in_one_step_share_sequence_and_group() -> None:
    requests = resources(text_of("two products in one intake", "sequence"), "MedicationRequest")
    assert len(requests) == 2
    assert len({request["groupIdentifier"]["value"] for request in requests}) == 1
    numbers = [{dosage["sequence"] for dosage in request["dosageInstruction"]} for request in requests]
    assert numbers == [{1, 2, 3}, {2, 3}]


@pytest.mark.parametrize("style", STYLES)
def test_a_part_of_a_dose_names_the_other_part_and_the_sum(style: str) -> None:
    """A request read alone must not be taken for the whole dose."""
    tablets = resources(text_of("two products in one intake", style), "MedicationRequest")[
        : 3 if style == "separate" else 1
    ]
    second = [d for r in tablets for d in r["dosageInstruction"] if d["text"].startswith("Take 25 mg")][0]  # noqa: RUF015
    assert second["patientInstruction"].startswith(
        "This is a part of the dose: together with Sertraline 5mg/5ml oral suspension it makes 25.4 mg at this time of day."
    )
    assert "it makes 25.4 mg" in tablets[1 if style == "separate" else 0]["text"]["div"]
    first = tablets[0]["dosageInstruction"][0]
    assert first["patientInstruction"].startswith("Start only if")


def test_the_days_of_supply_are_those_on_which_the_product_is_taken() -> None:
    tablets, liquid = resources(text_of("two products in one intake", "sequence"), "MedicationRequest")
    assert tablets["dispenseRequest"]["expectedSupplyDuration"]["value"] == 84
    assert liquid["dispenseRequest"]["expectedSupplyDuration"]["value"] == 56
    assert liquid["dispenseRequest"]["validityPeriod"] == {"start": "2027-02-01", "end": "2027-03-28"}


@pytest.mark.hazard("H-006")
@pytest.mark.parametrize("style", STYLES)
def test_one_request_of_a_controlled_drug_is_for_28_days_at_most(style: str) -> None:
    """The instructions go on to the review; what is handed out at once does not."""
    requests = resources(text_of("diazepam twice a day", style), "MedicationRequest")
    for request in requests:
        dispensed = request["dispenseRequest"]
        assert dispensed["expectedSupplyDuration"]["value"] <= 28
        assert dispensed["numberOfRepeatsAllowed"] == 0
    if style == "sequence":
        plan = issued("diazepam twice a day").plan
        assert plan is not None and sum(line.amount for line in plan.supply) > sum(
            D(r["dispenseRequest"]["quantity"]["value"]) for r in requests
        )


def test_separate_steps_wait_for_the_first_and_name_the_one_before() -> None:
    requests = resources(text_of("two products in one intake", "separate"), "MedicationRequest")
    assert [request["status"] for request in requests] == ["draft", *["on-hold"] * 4]
    groups = [request["groupIdentifier"]["value"].rsplit("-", 1)[1] for request in requests]
    assert groups == ["1", "2", "2", "3", "3"]
    ids = [f"urn:uuid:{request['id']}" for request in requests]
    prior = [request.get("priorPrescription", {}).get("reference") for request in requests]
    assert prior == [None, ids[0], None, ids[1], ids[2]]
    assert all(request["statusReason"]["text"].startswith("Start only if") for request in requests[1:])


@pytest.mark.parametrize("name", NAMES)
def test_the_supply_of_the_parts_is_that_of_the_whole(name: str) -> None:
    totals: list[dict[str, D]] = []
    for style in STYLES:
        sums: dict[str, D] = {}
        for request in resources(text_of(name, style), "MedicationRequest"):
            product = request["medicationCodeableConcept"]["coding"][0]["code"]
            amount = request["dispenseRequest"]["quantity"]["value"]
            sums[product] = sums.get(product, D(0)) + D(amount)
        totals.append(sums)
    controlled = issued(name).plan.country in issued(name).formulary.medicine.controlled  # type: ignore[union-attr]
    if not controlled and name not in {
        "two products in one intake",
        "a name in another script",
        "a micro-taper of 400 days",
    }:
        assert totals[0] == totals[1]
    assert totals[0].keys() == totals[1].keys()


def test_the_last_step_that_is_written_says_not_to_stop() -> None:
    for style in STYLES:
        requests = resources(text_of("diazepam twice a day", style), "MedicationRequest")
        dosages = [dosage for request in requests for dosage in request["dosageInstruction"]]
        for dosage in dosages:
            is_last = dosage["extension"][0]["valuePositiveInt"] == 3
            assert ("do not stop by yourself" in dosage["patientInstruction"]) == is_last


def test_a_dose_to_stay_on_has_no_end() -> None:
    plan = make.plan(make.DOSES[:2], dated=2)
    staying = replace(plan, goal_mg=plan.steps[-1].dose_mg, steps=(plan.steps[0], replace(plan.steps[1], end=None)),
                      review_on=date(2027, 3, 29))  # fmt: skip
    text = fhir_bundle(make.proposal(staying), EXPORTED)
    bounds = [dosage["timing"]["repeat"]["boundsPeriod"] for request in resources(text, "MedicationRequest")
              for dosage in request["dosageInstruction"] if dosage["sequence"] == 2]  # fmt: skip
    assert bounds == [{"start": "2027-02-01"}] * 2
    days = {dose.date for dose in read_fhir_doses(text)}
    assert (max(days), len(days)) == (date(2027, 3, 28), 84)  # type: ignore[type-var]


def test_names_in_any_script_and_signs_of_markup_come_through() -> None:
    record = replace(make.OVERRIDE, name="د. ليلى 王小明 <b>&amp;", reason="agreed")
    plan = make.plan()
    proposal = make.proposal(replace(plan, request=replace(plan.request, override=record)))
    text = fhir_bundle(proposal, EXPORTED)
    request = resources(text, "MedicationRequest")[0]
    assert "د. ليلى 王小明 <b>&amp;" in request["note"][0]["text"]
    assert "د. ليلى 王小明 &lt;b&gt;&amp;amp;" in request["text"]["div"]
    Bundle.model_validate_json(text)


def test_another_language_stands_in_the_text_and_says_how_far_it_was_checked() -> None:
    dosage = resources(text_of("diazepam twice a day", "sequence", "de"), "MedicationRequest")[0][
        "dosageInstruction"
    ][0]
    parts = {e["url"]: e.get("valueString", e.get("valueCode")) for e in dosage["extension"][2]["extension"]}
    assert dosage["text"].startswith("Einzunehmen: 2 mg = 1 Tablette zu 2 mg, einmal täglich um 08:00 Uhr")
    assert parts == {
        "version": "1.0.0",
        "language": "de",
        "review": "machine-checked, not yet reviewed by a native clinician",
    }


def test_a_code_is_given_only_where_it_stands_for_the_product_alone() -> None:
    british = resources(text_of("diazepam twice a day", "sequence"), "MedicationRequest")[0]
    american = resources(text_of("fluoxetine in the US", "sequence"), "MedicationRequest")[0]
    assert [c["system"] for c in british["medicationCodeableConcept"]["coding"]][1:] == [
        "http://snomed.info/sct"
    ]
    assert len(american["medicationCodeableConcept"]["coding"]) == 1
    assert american["medicationCodeableConcept"]["text"]


def test_the_same_plan_and_moment_give_the_same_bytes() -> None:
    assert fhir_bundle(issued("diazepam twice a day"), EXPORTED) == text_of(
        "diazepam twice a day", "sequence"
    )


def test_steps_that_were_over_when_the_version_was_made_are_not_prescribed() -> None:
    plan = make.plan()
    later = replace(plan, version=2, created_on=date(2027, 2, 8))
    text = fhir_bundle(make.proposal(later), EXPORTED)
    numbers = {d["sequence"] for r in resources(text, "MedicationRequest") for d in r["dosageInstruction"]}
    assert numbers == {2, 3}
    assert min(dose.date for dose in read_fhir_doses(text) if dose.date) == date(2027, 2, 1)
    separate = resources(fhir_bundle(make.proposal(later), EXPORTED, steps="separate"), "MedicationRequest")
    assert separate[0]["dispenseRequest"]["expectedSupplyDuration"]["value"] == 21
    assert separate[0]["status"] == "draft"
    over = replace(plan, created_on=date(2027, 8, 1))
    with pytest.raises(EaseoffError, match="is over, so there is nothing to prescribe"):
        fhir_bundle(make.proposal(over), EXPORTED)


# Each invariant is broken once, and must be noticed.

Node = dict[str, Any]


def _request(bundle: Node, at: int = 0) -> Node:
    found = [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "MedicationRequest"]
    request: Node = found[at]
    return request


def _dosage(bundle: Node, at: int = 0) -> Node:
    dosage: Node = _request(bundle)["dosageInstruction"][at]
    return dosage


def _repeat(bundle: Node) -> Node:
    repeat: Node = _dosage(bundle)["timing"]["repeat"]
    return repeat


def _set(node: Node, name: str, value: Any) -> None:
    if value is None:
        node.pop(name)
    else:
        node[name] = value


BROKEN: dict[str, tuple[Callable[[Node], None], str]] = {
    "an order": (lambda b: _set(_request(b), "intent", "order"), "read as an order"),
    "an active request": (lambda b: _set(_request(b), "status", "active"), "no status of a MedicationRequest"),
    "an unknown status": (lambda b: _set(_request(b), "status", "nonsense"), "no status"),
    "no text": (lambda b: _set(_dosage(b), "text", " "), "no whole sentence"),
    "no narrative": (lambda b: _set(_request(b), "text", None), "no text that says what it is"),
    "no purpose": (lambda b: _set(_request(b), "extension", []), "purpose is not said"),
    "another unit": (lambda b: _set(_dosage(b)["doseAndRate"][0]["doseQuantity"], "code", "mgs"), "no unit of UCUM"),
    "another unit system": (lambda b: _set(_dosage(b)["doseAndRate"][0]["doseQuantity"], "system", "x"), "no unit of UCUM"),
    "micrograms": (lambda b: _set(_dosage(b)["doseAndRate"][0]["doseQuantity"], "code", "ug"), "no unit of UCUM"),
    "mL as the dose": (lambda b: _set(_dosage(b)["doseAndRate"][0]["doseQuantity"], "code", "mL"), "not one dose in mg"),
    "a dose of nothing": (lambda b: _set(_dosage(b)["doseAndRate"][0]["doseQuantity"], "value", 0), "not above zero"),
    "an inexact dose": (lambda b: _set(_dosage(b)["doseAndRate"][0]["doseQuantity"], "value", 0.1), "is not exact"),
    "two doses": (lambda b: _dosage(b)["doseAndRate"].append(_dosage(b)["doseAndRate"][0]), "not one dose in mg"),
    "a wrong period unit": (lambda b: _set(_repeat(b), "periodUnit", "day"), "not once a day"),
    "no period unit": (lambda b: _set(_repeat(b), "periodUnit", None), "tim-2"),
    "a gap": (lambda b: _set(_repeat(b)["boundsPeriod"], "end", "2027-01-30"), "begin on the day after|other bounds"),
    "an end before the start": (lambda b: _set(_repeat(b)["boundsPeriod"], "end", "2026-01-30"), "ends before it begins"),
    "a sequence that is not the step": (lambda b: _set(_dosage(b), "sequence", 7), "disagree"),
    "repeats": (lambda b: _set(_request(b)["dispenseRequest"], "numberOfRepeatsAllowed", 3), "would repeat"),
    "no quantity": (lambda b: _set(_request(b)["dispenseRequest"], "quantity", None), "how much to dispense"),
    "a reference to nowhere": (lambda b: _set(_request(b), "subject", {"reference": "urn:uuid:0"}), "refers to nothing"),
    "an empty value": (lambda b: _set(_request(b), "note", []), "is empty"),
    "no group": (lambda b: _set(_request(b), "groupIdentifier", None), "no dosage or no group"),
    "a resource twice": (lambda b: b["entry"].append(b["entry"][1]), "stands in it twice"),
    "no cover": (lambda b: _set(b, "entry", b["entry"][1:]), "begins with its Composition"),
    "a collection": (lambda b: _set(b, "type", "collection"), "not a document"),
    "no requests": (
        lambda b: _set(b, "entry", [e for e in b["entry"] if e["resource"]["resourceType"] in {"Composition", "Patient"}]),
        "refers to nothing|no request",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_invariant_is_noticed(what: str) -> None:
    bundle = copy.deepcopy(
        parsed_json(text_of("diazepam twice a day", "sequence"), what="document", longest=10**7)
    )
    assert isinstance(bundle, dict)
    check_bundle(bundle)
    spoil, said = BROKEN[what]
    spoil(bundle)
    with pytest.raises(EaseoffError, match=said):
        check_bundle(bundle)


DAILY = {"frequency": 1, "period": 1, "periodUnit": "d"}


@pytest.mark.parametrize(
    ("added", "breaks"),
    [
        ({"duration": 1}, "tim-1"),
        ({"duration": -1, "durationUnit": "h"}, "tim-4"),
        ({"period": -1}, "tim-5"),
        ({"periodMax": 2, "period": None}, "tim-6"),
        ({"durationMax": 2}, "tim-7"),
        ({"countMax": 2}, "tim-8"),
        ({"offset": 30}, "tim-9"),
        ({"offset": 30, "when": ["C"]}, "tim-9"),
        ({"timeOfDay": ["08:00:00"], "when": ["MORN"]}, "tim-10"),
        ({"timeOfDay": ["8:00"]}, "no time of day"),
        ({"duration": 1, "durationUnit": "hours"}, "no unit of time"),
    ],
)
def test_each_invariant_of_time_is_kept(added: Node, breaks: str) -> None:
    check_timing("here", DAILY)
    repeat = {name: value for name, value in (DAILY | added).items() if value is not None}
    with pytest.raises(EaseoffError, match=breaks):
        check_timing("here", repeat)
    assert set(TIMING) == {f"tim-{n}" for n in (1, 2, 4, 5, 6, 7, 8, 9, 10)}


@pytest.mark.parametrize(
    ("proposal", "said"),
    [
        (make.proposal(open_questions=(make.QUESTION,)), "while questions are open: pregnancy"),
        (make.proposal(findings=(make.STOP,)), "while a stop stands"),
        (make.proposal(within_limit=False), "not within your limits"),
        (make.proposal(replace(make.plan(), supply=())), "does not say how much"),
    ],
)
def test_nothing_is_written_from_what_may_not_be_issued(proposal: Proposal, said: str) -> None:
    with pytest.raises(EaseoffError, match=said):
        fhir_bundle(proposal, EXPORTED)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", '{"resourceType": "Patient"}', '{"resourceType": "Bundle", "type": "document"}'],
)
def test_what_is_not_ours_is_refused_in_a_sentence(text: str) -> None:
    for read in (read_fhir_plan, read_fhir_doses):
        with pytest.raises(EaseoffError) as refusal:
            read(text)
        assert refusal.value.message and refusal.value.hint


def test_a_changed_dose_is_read_as_it_stands_and_a_changed_plan_file_is_refused() -> None:
    """The two ways back are independent: the doses do not come out of the attachment."""
    bundle = json.loads(text_of("diazepam twice a day", "sequence"))
    _dosage(bundle)["doseAndRate"][0]["doseQuantity"]["value"] = 999
    changed = json.dumps(bundle)
    assert D(999) in {dose.mg for dose in read_fhir_doses(changed)}
    assert read_fhir_plan(changed) == issued("diazepam twice a day").plan
    document = next(
        e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "DocumentReference"
    )
    document["content"][0]["attachment"]["data"] = "not base64!"
    with pytest.raises(EaseoffError, match="damaged"):
        read_fhir_plan(json.dumps(bundle))


def test_the_moment_needs_its_time_zone() -> None:
    with pytest.raises(EaseoffError, match="no time zone"):
        fhir_bundle(make.proposal(), EXPORTED.replace(tzinfo=None))


def test_the_care_plan_covers_the_days_to_the_review() -> None:
    for name in NAMES:
        plan = issued(name).plan
        assert plan is not None
        careplan = resources(text_of(name, "sequence"), "CarePlan")[0]
        days = next(e["valuePositiveInt"] for e in careplan["extension"] if e["url"] == DAYS_URL)
        if plan.review_on is not None and plan.steps[0].start is not None:
            assert careplan["period"]["end"] == (plan.review_on - timedelta(1)).isoformat()
            assert days == (plan.review_on - plan.steps[0].start).days


@both
def test_every_narrative_is_whole_xhtml(name: str, style: str) -> None:
    document = json.loads(text_of(name, style))
    resources_too = [entry["resource"] for entry in document["entry"]]
    sections = [section for resource in resources_too for section in resource.get("section", ())]
    for holder in (*resources_too, *sections):
        root = ET.fromstring(holder["text"]["div"])
        assert root.tag == "{http://www.w3.org/1999/xhtml}div"
        assert {node.tag.split("}")[1] for node in root.iter()} <= XHTML


XHTML = {"div", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
