"""The open feed, held against its own description and the published schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from directory_web import HOSTILE, SHIPPED, TODAY
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from easeoff.directory import Status, phone_shown, uuid_of
from easeoff.web.directory.openapi import document

HOUSE = uuid_of("bridge-project-bradford/organization")
SCHEMAS = Path(__file__).parents[2] / "schemas" / "hsds-3.0"
ONE = uuid_of("samaritans")


def _get(client: Client, address: str):
    response = client.get(address)
    assert response["Content-Type"] == "application/json", address
    return response.status_code, json.loads(response.content)


def _described(path: str, status: str = "200") -> Draft202012Validator:
    """The answer that OpenAPI promises at ``path``."""
    whole = document()
    schema = whole["paths"][path]["get"]["responses"][status]["content"]["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": whole["components"]})


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", "/api/"),
        ("/services", "/api/services?per_page=100"),
        ("/services", "/api/services?per_page=100&include_unconfirmed=true"),
        ("/services", "/api/services?search=benzo"),
        ("/services/{id}", f"/api/services/{ONE}"),
        ("/taxonomies", "/api/taxonomies"),
        ("/taxonomies/{id}", f"/api/taxonomies/{uuid_of('taxonomy')}"),
        ("/taxonomy_terms", "/api/taxonomy_terms"),
        ("/taxonomy_terms/{id}", f"/api/taxonomy_terms/{uuid_of('term/kind/charity')}"),
        ("/organizations", "/api/organizations?page=1"),
        ("/organizations/{id}", f"/api/organizations/{HOUSE}"),
        ("/services", f"/api/services?organization_id={HOUSE}&include_unconfirmed=true"),
        ("/service_at_locations", "/api/service_at_locations?per_page=100&include_unconfirmed=true"),
        ("/service_at_locations", "/api/service_at_locations?postcode=BD1"),
    ],
)
def test_every_answer_is_as_described(client: Client, path: str, address: str) -> None:
    status, body = _get(client, address)
    assert status == 200
    assert not list(_described(path).iter_errors(body))


def test_the_description_is_served_and_names_every_address(client: Client) -> None:
    status, body = _get(client, "/api/openapi.json")
    assert status == 200 and body == json.loads(json.dumps(document()))
    from easeoff.web.directory.api_urls import urlpatterns

    served = {f"/{one.pattern}".split("<")[0].rstrip("/") for one in urlpatterns} - {"/openapi.json"}
    assert {path.removesuffix("/{id}").rstrip("/") for path in body["paths"]} == served


def _published(name: str) -> Draft202012Validator:
    """One table of the published schema. A field that it does not know is an error too, so that slips show."""
    resources = []
    for file in SCHEMAS.glob("*.json"):
        schema = {**json.loads(file.read_text(encoding="utf-8")), "additionalProperties": False}
        resources.append((file.name, DRAFT202012.create_resource(schema)))
    registry: Registry = Registry().with_resources(resources)
    return Draft202012Validator({"$ref": f"{name}.json"}, registry=registry, format_checker=FormatChecker())


def _whole(client: Client, address: str) -> list[dict]:
    first = _get(client, f"{address}{'&' if '?' in address else '?'}per_page=100")[1]
    second = _get(client, f"{address}{'&' if '?' in address else '?'}per_page=100&page=2")[1]
    return [*first["contents"], *second["contents"]]


@pytest.mark.parametrize(
    ("table", "address"),
    [
        ("service", "/api/services?include_unconfirmed=true"),
        ("organization", "/api/organizations"),
        ("service_at_location", "/api/service_at_locations?include_unconfirmed=true"),
        ("taxonomy", "/api/taxonomies"),
        ("taxonomy_term", "/api/taxonomy_terms"),
    ],
)
def test_every_record_is_valid_by_the_published_schema(client: Client, table: str, address: str) -> None:
    records, checker = _whole(client, address), _published(table)
    assert records
    for record in records:
        plain = {name: value for name, value in record.items() if name != "last_modified"}
        assert not list(checker.iter_errors(plain)), record
    envelope = {name: value for name, value in _get(client, address)[1].items() if name != "contents"}
    assert not list(_published("page").iter_errors(envelope))


def test_the_services_of_one_charity_can_be_asked_for(client: Client) -> None:
    _, body = _get(client, f"/api/services?organization_id={HOUSE}")
    assert [one["name"] for one in body["contents"]] == ["The Bridge Project"]
    assert body["contents"][0]["organization"]["id"] == HOUSE


def test_near_a_postcode_the_nearest_comes_first_and_then_what_is_online(client: Client) -> None:
    _, body = _get(client, "/api/service_at_locations?postcode=BD1+1AA&per_page=100&include_unconfirmed=true")
    names = [one["location"]["name"] for one in body["contents"]]
    assert names[0] == "Bradford (Yorkshire and the Humber)" and names[-1] == "Online"
    kinds = [one["location"]["location_type"] for one in body["contents"]]
    assert kinds == sorted(kinds), "places before the web"
    assert not [name for name in names if "Bristol" in name]
    _, close = _get(client, "/api/service_at_locations?postcode=BD1&proximity=5000&include_unconfirmed=true")
    assert {one["location"]["name"] for one in close["contents"]} == {"Bradford (Yorkshire and the Humber)"}
    held = _get(client, f"/api/service_at_locations/{close['contents'][0]['id']}")[1]
    assert held == close["contents"][0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"postcode": "ZZ99"}, "We do not know the postcode"),
        ({"postcode": "England"}, "too wide"),
        ({"postcode": HOSTILE[:60]}, "postcode"),
        ({"proximity": "5000"}, "needs a “postcode”"),
        ({"postcode": "BD1", "proximity": "near"}, "whole number of metres"),
        ({"postcode": "BD1", "proximity": "-5"}, "whole number of metres"),
        ({"postcode": "BD1", "proximity": "9" * 40}, "whole number of metres"),
    ],
)
def test_a_place_that_cannot_be_used_is_said_in_one_sentence(client: Client, typed, said: str) -> None:
    response = client.get("/api/service_at_locations", typed)
    body = json.loads(response.content)
    assert response.status_code == 400 and said in body["error"]
    assert not list(_described("/service_at_locations", "400").iter_errors(body))


def test_the_public_feed_leaves_out_what_nobody_has_confirmed_and_numbers_that_are_hidden(
    client: Client,
) -> None:
    _, body = _get(client, "/api/services?per_page=100")
    confirmed = [one for one in SHIPPED.values() if one.status is not Status.UNCONFIRMED]
    assert {one["id"] for one in body["contents"]} == {uuid_of(one.id) for one in confirmed}
    _, first = _get(client, "/api/services?include_unconfirmed=true&per_page=100")
    _, second = _get(client, "/api/services?include_unconfirmed=true&per_page=100&page=2")
    held = {one["id"]: one for one in (*first["contents"], *second["contents"])}
    assert len(held) == first["total_items"] == len(SHIPPED)
    for one in SHIPPED.values():
        view = phone_shown(one, TODAY)
        numbers = [phone["number"] for phone in held[uuid_of(one.id)].get("phones", [])]
        assert numbers == [number for number in (view.phone, view.text_line) if number]


def test_pages_add_up(client: Client) -> None:
    seen: list[str] = []
    page, last = 1, False
    while not last:
        _, body = _get(client, f"/api/services?per_page=7&page={page}")
        seen += [one["id"] for one in body["contents"]]
        assert body["size"] == len(body["contents"]) and body["first_page"] == (page == 1)
        page, last = page + 1, body["last_page"]
    assert len(seen) == len(set(seen)) == body["total_items"]
    assert _get(client, "/api/services?page=999")[1]["empty"] is True


def test_what_changed_since_a_moment_can_be_asked_for(client: Client, change) -> None:
    assert _get(client, "/api/services?modified_after=2999-01-01")[1]["total_items"] == 0
    assert _get(client, "/api/services?modified_after=2020-01-01T00:00:00Z")[1]["total_items"] > 20
    moment = max(
        record["last_modified"] for record in _get(client, "/api/services?per_page=100")[1]["contents"]
    )
    change("samaritans", note="Something new.")
    _, body = _get(client, f"/api/services?modified_after={moment.replace('+', '%2B')}")
    assert [one["id"] for one in body["contents"]] == [ONE]


def test_a_term_narrows_the_list(client: Client) -> None:
    _, body = _get(client, f"/api/services?taxonomy_term_id={uuid_of('term/kind/clinic')}")
    assert 0 < body["total_items"] < 10
    assert all(
        "kind:clinic" in {a["taxonomy_term"]["code"] for a in one["attributes"]} for one in body["contents"]
    )


@pytest.mark.parametrize(
    "field", ["page", "per_page", "modified_after", "include_unconfirmed", "search", "taxonomy_term_id"]
)
@pytest.mark.parametrize("value", [HOSTILE, "-1", "0", "x" * 500, "٣", "2026-13-45", "9" * 400])
def test_nonsense_in_any_field_is_refused_in_one_sentence_or_finds_nothing(
    client: Client, field: str, value: str
) -> None:
    response = client.get("/api/services", {field: value})
    body = json.loads(response.content)
    assert response.status_code in (200, 400)
    if response.status_code == 400:
        assert not list(_described("/services", "400").iter_errors(body)) and field in body["error"]
    else:
        assert field in ("search", "taxonomy_term_id")


def test_an_unknown_id_is_404_and_nothing_can_be_written(client: Client) -> None:
    status, body = _get(client, f"/api/services/{uuid_of('nowhere')}")
    assert status == 404 and not list(_described("/services/{id}", "404").iter_errors(body))
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)("/api/services").status_code == 405
