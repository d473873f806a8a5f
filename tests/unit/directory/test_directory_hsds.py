"""HSDS 3.0, out and in: against the published schemas and the field list, and against broken files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from directory_factory import TODAY, crisis_line, service
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from easeoff.directory import (
    DrugClass,
    Status,
    from_hsds,
    load_services,
    taxonomy,
    taxonomy_terms,
    to_hsds,
    uuid_of,
)
from easeoff.quantities import EaseoffError

SERVICES = load_services()
SCHEMAS = Path(__file__).parents[2] / "schemas" / "hsds-3.0"
UUID = "11111111-1111-4111-8111-111111111111"


def validator(name: str) -> Draft202012Validator:
    """The validator of one table; a field that the schema does not know is an error too, so that slips show."""
    resources = []
    for path in SCHEMAS.glob("*.json"):
        schema = {**json.loads(path.read_text(encoding="utf-8")), "additionalProperties": False}
        resources.append((path.name, Resource.from_contents(schema, default_specification=DRAFT202012)))
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator({"$ref": f"{name}.json"}, registry=registry, format_checker=FormatChecker())


@pytest.mark.parametrize("everything", [False, True])
def test_the_export_of_every_shipped_service_is_valid(everything: bool) -> None:
    checker = validator("service")
    for record in to_hsds(SERVICES, TODAY, include_unconfirmed=everything):
        assert not list(checker.iter_errors(record)), record["name"]


def test_the_validator_sees_what_is_wrong() -> None:
    record = to_hsds([service(hours="24/7")], TODAY)[0]
    assert list(validator("service").iter_errors({**record, "status": "renamed"}))
    assert list(validator("service").iter_errors({**record, "colour": "red"}))
    record["schedules"][0]["freq"] = "DAILY"
    assert list(validator("service").iter_errors(record))


def test_the_taxonomy_is_valid_and_every_term_of_the_export_is_in_it() -> None:
    assert not list(validator("taxonomy").iter_errors(taxonomy()))
    terms = {term["id"]: term for term in taxonomy_terms()}
    assert len(terms) == len(taxonomy_terms())
    assert not [error for term in terms.values() for error in validator("taxonomy_term").iter_errors(term)]
    for record in to_hsds(SERVICES, TODAY, include_unconfirmed=True):
        assert all(terms[one["taxonomy_term_id"]] == one["taxonomy_term"] for one in record["attributes"])


def test_every_id_is_a_uuid_of_its_own_and_stays_the_same() -> None:
    shared = {"taxonomy_term", "location"}  # several services may stand under one term, or in one town

    def ids(value: object) -> list[str]:
        if isinstance(value, list):
            return [found for one in value for found in ids(one)]
        if not isinstance(value, dict):
            return []
        inner = [found for key, one in value.items() if key not in shared for found in ids(one)]
        return [*inner, value["id"]]

    first = ids(to_hsds(SERVICES, TODAY, include_unconfirmed=True))
    assert len(set(first)) == len(first)
    assert first == ids(to_hsds(SERVICES, TODAY, include_unconfirmed=True))
    assert uuid_of("samaritans") == uuid_of("samaritans")


def test_the_public_feed_leaves_out_what_nobody_has_confirmed() -> None:
    names = {record["name"] for record in to_hsds(SERVICES, TODAY)}
    assert len(names) == 36
    assert "No Panic" not in names
    asked = {record["name"]: record for record in to_hsds(SERVICES, TODAY, include_unconfirmed=True)}
    assert asked["No Panic"]["status"] == "inactive"
    assert asked["No Panic"]["alert"] == "Nobody has checked whether this service still exists."
    assert "phones" not in asked["No Panic"]


@pytest.mark.parametrize("status", [Status.CLOSED, Status.RENAMED])
def test_a_tombstone_is_defunct_with_an_alert_that_names_its_successor_and_no_number(status: Status) -> None:
    heir = service(id="heir", name="Heir House")
    record = to_hsds([service(status=status, successor_id="heir"), heir], TODAY)[0]
    assert record["status"] == "defunct"
    assert "Heir House" in record["alert"]
    assert "phones" not in record
    values = {one["taxonomy_term"]["code"]: one.get("value") for one in record["attributes"]}
    assert values["fact:successor_id"] == uuid_of("heir")


def test_a_read_only_forum_is_inactive_with_an_alert() -> None:
    record = to_hsds([service(status=Status.READ_ONLY)], TODAY)[0]
    assert (record["status"], record["alert"]) == (
        "inactive",
        "You can read it, but nobody can write there now.",
    )


def test_the_assured_date_is_the_last_check_by_a_person_and_nothing_else() -> None:
    assert "assured_date" not in to_hsds([service(evidence_date="2026-01-01")], TODAY)[0]
    record = to_hsds([service(last_human_check=TODAY)], TODAY, assurer_email="directory@harbour.example")[0]
    assert (record["assured_date"], record["assurer_email"]) == ("2026-11-01", "directory@harbour.example")


def test_numbers_say_whether_they_are_for_voice_or_text_and_how_old_they_are() -> None:
    phones = to_hsds([service(text_line="85000")], TODAY)[0]["phones"]
    assert [(one["number"], one["type"]) for one in phones] == [("01632 960001", "voice"), ("85000", "text")]
    assert phones[0]["description"] == "Not checked, use with care."


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("24/7", [("MO,TU,WE,TH,FR,SA,SU", "00:00", "24:00")]),
        ("Mon-Fri 09:00-18:00", [("MO,TU,WE,TH,FR", "09:00", "18:00")]),
        (
            "Mon-Fri 19:00-23:00; Sat-Sun 16:00-23:00",
            [("MO,TU,WE,TH,FR", "19:00", "23:00"), ("SA,SU", "16:00", "23:00")],
        ),
        ("daily 09:00-24:00", [("MO,TU,WE,TH,FR,SA,SU", "09:00", "24:00")]),
        ("Mon-Fri office hours", [(None, None, None)]),
        ("24/7; peer support 14:00-22:00", [(None, None, None)]),
    ],
)
def test_opening_times_are_structured_only_where_the_words_are_plain(
    hours: str, expected: list[tuple[str | None, ...]]
) -> None:
    schedules = to_hsds([service(hours=hours)], TODAY)[0]["schedules"]
    assert [(one.get("byday"), one.get("opens_at"), one.get("closes_at")) for one in schedules] == expected
    assert "; ".join(one["notes"].removesuffix(" (local time)") for one in schedules) == hours


def test_drug_classes_go_out_as_terms_of_our_taxonomy() -> None:
    record = to_hsds([service(drug_classes=(DrugClass.Z_DRUG,))], TODAY)[0]
    codes = [one["taxonomy_term"]["code"] for one in record["attributes"] if one["link_entity"] == "service"]
    assert "drug_class:z_drug" in codes


def test_a_service_that_people_go_to_has_its_towns_with_a_point_and_a_line_has_none() -> None:
    records = {record["id"]: record for record in to_hsds(SERVICES, TODAY, include_unconfirmed=True)}

    def places(slug: str) -> list[tuple[str, str]]:
        held = records[uuid_of(slug)].get("service_at_locations", [])
        return [(at["location"]["location_type"], at["location"]["name"]) for at in held]

    assert places("bridge-project-bradford") == [("physical", "Bradford (Yorkshire and the Humber)")]
    assert places("postscript360")[-1] == ("virtual", "Online") and len(places("postscript360")) > 2
    assert places("first-response-bradford") == [], "a telephone line has an area and no place"
    assert places("nelft-pdc") == [], "a whole nation is no point"
    assert places("battle-against-tranquillisers") == [], "a closed or renamed service is met nowhere"
    (bradford,) = records[uuid_of("bridge-project-bradford")]["service_at_locations"]
    assert 53.7 < bradford["location"]["latitude"] < 53.9 and -1.9 < bradford["location"]["longitude"] < -1.6
    assert "not its address" in bradford["location"]["description"]


@pytest.mark.parametrize("everything", [False, True])
def test_our_own_feed_comes_back_without_a_change(everything: bool) -> None:
    assert from_hsds(json.dumps(to_hsds(SERVICES, TODAY, include_unconfirmed=everything)), SERVICES) == ()


def test_somebody_elses_service_is_proposed_as_new_and_unconfirmed() -> None:
    record = {
        "id": UUID,
        "name": "Harbour House",
        "status": "active",
        "phones": [{"id": UUID, "number": "01632 960003", "type": "voice"}],
    }
    (change,) = from_hsds(json.dumps({"contents": [record]}), SERVICES)
    assert (change.service_id, change.is_new, change.origin) == ("harbour-house", True, "services[0]")
    assert {one.field: one.after for one in change.changes}["status"] == "unconfirmed"


def test_a_crisis_line_in_a_feed_brings_no_number() -> None:
    record = to_hsds([crisis_line()], TODAY)
    (change,) = from_hsds(json.dumps(record), [])
    assert "phone" not in {one.field for one in change.changes}
    assert "take it from the operator" in " ".join(change.warnings)


def test_a_feed_does_not_bring_in_the_date_of_a_check() -> None:
    record = to_hsds([service(last_human_check=TODAY)], TODAY)
    (change,) = from_hsds(json.dumps(record), [service()])
    assert change.changes == ()
    assert "only a check by a person" in change.warnings[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "This file is empty."),
        ("{", "This is not JSON: line 1, column 2."),
        ("[" * 100_000, "This file is nested too deeply."),
        ('"services"', "The file has no list of services."),
        ("[1]", "services[0] is not a service."),
        ("[{}]", "services[0].id is missing."),
        ('[{"id": 5, "name": "A", "status": "active"}]', "services[0].id is not text."),
        ('[{"id": "a", "name": "A", "status": "active"}]', "services[0].id is not a UUID."),
        (f'[{{"id": "{UUID}", "name": " ", "status": "active"}}]', "services[0].name is missing."),
        (f'[{{"id": "{UUID}", "name": "A", "status": "open"}}]', "services[0].status is “open”."),
        (f'[{{"id": "{UUID}", "name": "A", "status": "active", "phones": {{}}}}]', "services[0].phones is not a list of objects."),
        (f'[{{"id": "{UUID}", "name": "A", "status": "active", "phones": [{{}}]}}]', "services[0].phones[0].number is missing."),
        (f'[{{"id": "{UUID}", "name": "A", "status": "active", "url": "javascript:x"}}]', "services[0]: “javascript:x” is not a web address"),
        (f'[{{"id": "{UUID}", "name": "A", "status": "active", "attributes": [{{"taxonomy_term": 1}}]}}]', "services[0].attributes[0].taxonomy_term"),
        (f'[{{"id": "{UUID}", "name": "A", "status": NaN}}]', "The file has NaN where a number belongs."),
        ("x" * 6_000_000, "This file is too large."),
    ],
)  # fmt: skip
def test_a_malformed_file_is_refused_in_one_sentence_that_says_where(text: str, sentence: str) -> None:
    with pytest.raises(EaseoffError) as raised:
        from_hsds(text, [])
    assert sentence in str(raised.value)
