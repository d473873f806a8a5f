"""The open feed: what stands in it today, made once a day or when a record changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

from django.db import DatabaseError

from easeoff.directory import Kind, to_hsds, uuid_of
from easeoff.web.directory import selectors
from easeoff.web.directory.models import ServiceRecord

Json = dict[str, Any]


@dataclass(frozen=True)
class Feed:
    """Every listed service as HSDS, by id of the record; which of them are confirmed; when each was last changed."""

    token: str
    day: date
    services: Mapping[str, Json]
    confirmed: frozenset[str]
    changed: Mapping[str, datetime]
    organizations: tuple[Json, ...]


_lock = Lock()
_held: Feed | None = None


def feed() -> Feed:
    """Today's feed."""
    global _held
    directory, day = selectors.directory(), selectors.today()
    held = _held
    if held is not None and (held.token, held.day) == (directory.token, day):
        return held
    with _lock:
        _held = _made(directory, day)
        return _held


def _made(directory: selectors.Directory, day: date) -> Feed:
    listed = directory.index.services
    public = {record["id"] for record in to_hsds(listed, day)}
    changed = _changed()
    records: dict[str, Json] = {}
    for service, record in zip(listed, to_hsds(listed, day, include_unconfirmed=True), strict=True):
        if service.kind is Kind.CHARITY:
            record["organization_id"] = organization_id(service.id)
            record["organization"] = _organization(service.id, record)
        if service.id in changed:
            record["last_modified"] = changed[service.id].isoformat()
        records[service.id] = record
    organizations = tuple(record["organization"] for record in records.values() if "organization" in record)
    confirmed = frozenset(slug for slug, record in records.items() if record["id"] in public)
    return Feed(directory.token, day, records, confirmed, changed, organizations)


def organization_id(slug: str) -> str:
    """The id of the charity that an entry stands for."""
    return uuid_of(f"{slug}/organization")


def _organization(slug: str, record: Json) -> Json:
    """A charity as an HSDS organization: in our list the charity and its service are one entry."""
    made = {"id": organization_id(slug), "name": record["name"], "description": record.get("description") or record["name"],
            "website": record.get("url", ""), "alternate_name": record.get("alternate_name", "")}  # fmt: skip
    return {name: value for name, value in made.items() if value}


def _changed() -> dict[str, datetime]:
    try:
        return dict(ServiceRecord.objects.values_list("slug", "last_modified"))
    except DatabaseError:
        return {}
