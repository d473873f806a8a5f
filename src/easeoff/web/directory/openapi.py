"""The feed described in OpenAPI 3.1. Tests hold it against the answers."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
_TEXT: Json = {"type": "string"}
_ID: Json = {"type": "string", "format": "uuid"}


def root() -> Json:
    """The answer at ``/api/``: what this is, by whom, in which version."""
    return {
        "version": "3.0",
        "profile": "https://docs.openreferral.org/en/v3.0.0/",
        "openapi_url": "/api/openapi.json",
        "description": "Help with coming off psychiatric drugs, and crisis lines. Numbers that nobody has confirmed are left out. "
        "“assured_date” is the last check by a person; without it nobody has checked the entry.",
    }


def document() -> Json:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Easeoff directory", "version": "1", "description": root()["description"]},
        "servers": [{"url": "/api"}],
        "paths": {
            "/": {"get": _answer("What this is", {"$ref": "#/components/schemas/root"})},
            "/services": {"get": _answer("A page of services", _page("service"), parameters=[
                *_PAGING,
                *_NARROWING,
            ])},
            "/services/{id}": {"get": _answer("One service", _ref("service"), parameters=[_PATH_ID], missing=True)},
            "/taxonomies": {"get": _answer("Our taxonomy", _page("taxonomy"), parameters=_PAGING)},
            "/taxonomies/{id}": {"get": _answer("One taxonomy", _ref("taxonomy"), parameters=[_PATH_ID], missing=True)},
            "/taxonomy_terms": {"get": _answer("Its terms", _page("taxonomy_term"), parameters=_PAGING)},
            "/taxonomy_terms/{id}": {"get": _answer("One term", _ref("taxonomy_term"), parameters=[_PATH_ID], missing=True)},
            "/organizations": {"get": _answer("The charities", _page("organization"), parameters=_PAGING)},
            "/organizations/{id}": {"get": _answer("One charity", _ref("organization"), parameters=[_PATH_ID], missing=True)},
            "/service_at_locations": {"get": _answer("Where services are met, the nearest first", _page("service_at_location"), parameters=[
                *_PAGING,
                *_NARROWING,
                _query("postcode", "The first half of a UK postcode, or a town. Without “proximity”: what is within 50 km, and what is online.", _TEXT),
                _query("proximity", "Only within so many metres of the postcode", _TEXT),
            ])},
            "/service_at_locations/{id}": {"get": _answer("One of these", _ref("service_at_location"), parameters=[_PATH_ID], missing=True)},
        },
        "components": {"schemas": _SCHEMAS},
    }  # fmt: skip


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _page(name: str) -> Json:
    numbers: Json = {
        key: {"type": "integer"} for key in ("total_items", "total_pages", "page_number", "size")
    }
    flags: Json = {key: {"type": "boolean"} for key in ("first_page", "last_page", "empty")}
    properties = {**numbers, **flags, "contents": {"type": "array", "items": _ref(name)}}
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _query(name: str, words: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "description": words, "schema": schema}


def _answer(words: str, schema: Json, parameters: list[Json] | None = None, missing: bool = False) -> Json:
    answers = {"200": {"description": words, "content": {"application/json": {"schema": schema}}}}
    wrong = {"description": "Refused", "content": {"application/json": {"schema": _ref("error")}}}
    if missing:
        answers["404"] = wrong
    elif parameters:
        answers["400"] = wrong
    return {"summary": words, "responses": answers, **({"parameters": parameters} if parameters else {})}


def _thing(required: tuple[str, ...], **properties: Json) -> Json:
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }


_PATH_ID: Json = {"name": "id", "in": "path", "required": True, "schema": _ID}
_PAGING = [
    _query("page", "Which page", {"type": "integer", "minimum": 1, "default": 1}),
    _query(
        "per_page", "How many on a page", {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}
    ),
]
_NARROWING = [
    _query("search", "Plain words; spelling is forgiven", {**_TEXT, "maxLength": 200}),
    _query("modified_after", "A date or a time in ISO 8601", _TEXT),
    _query("taxonomy_term_id", "Only services with this term", _ID),
    _query("organization_id", "Only services of this charity", _ID),
    _query(
        "include_unconfirmed", "Add entries that nobody has confirmed", {"type": "boolean", "default": False}
    ),
]
_TERM = _thing(("id", "name", "description"), id=_ID, code=_TEXT, name=_TEXT, description=_TEXT, taxonomy=_TEXT,
               taxonomy_id=_ID, language=_TEXT)  # fmt: skip
_LIST_OF_OBJECTS: Json = {"type": "array", "items": {"type": "object"}}
_SCHEMAS: Json = {
    "root": _thing(("version", "profile", "openapi_url"), version=_TEXT, profile=_TEXT, openapi_url=_TEXT, description=_TEXT),
    "error": _thing(("error",), error=_TEXT),
    "taxonomy": _thing(("id", "name", "description"), id=_ID, name=_TEXT, description=_TEXT, version=_TEXT),
    "taxonomy_term": _TERM,
    "organization": _thing(("id", "name", "description"), id=_ID, name=_TEXT, description=_TEXT, website=_TEXT,
                           alternate_name=_TEXT),
    "service_at_location": _thing(
        ("id", "service_id", "location_id", "location"), id=_ID, service_id=_ID, location_id=_ID,
        location=_thing(("id", "location_type", "name"), id=_ID, location_type={"enum": ["physical", "virtual"]}, name=_TEXT,
                        description=_TEXT, url=_TEXT, latitude={"type": "number"}, longitude={"type": "number"}),
    ),
    "service": _thing(
        ("id", "name", "status"),
        id=_ID, organization_id=_ID, organization=_ref("organization"), name=_TEXT, alternate_name=_TEXT, description=_TEXT, url=_TEXT, email=_TEXT,
        status={"enum": ["active", "inactive", "defunct"]}, alert=_TEXT, fees_description=_TEXT,
        assured_date={"type": "string", "format": "date"}, assurer_email=_TEXT,
        last_modified={"type": "string", "format": "date-time"},
        phones={"type": "array", "items": _thing(("id", "number"), id=_ID, service_id=_ID, number=_TEXT,
                                                 type={"enum": ["voice", "text"]}, description=_TEXT)},
        schedules=_LIST_OF_OBJECTS, service_areas=_LIST_OF_OBJECTS, languages=_LIST_OF_OBJECTS,
        cost_options=_LIST_OF_OBJECTS, service_at_locations={"type": "array", "items": _ref("service_at_location")},
        attributes={"type": "array", "items": {"type": "object", "required": ["id", "taxonomy_term_id"]}},
    ),
}  # fmt: skip
