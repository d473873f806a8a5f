"""The directory as Human Services Data Specification (HSDS) 3.0: services with their parts, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from easeoff.directory.freshness import phone_shown
from easeoff.directory.hsdslocations import service_at_locations
from easeoff.directory.hsdsparts import (
    Json,
    attributes,
    cost_options,
    languages,
    schedules,
    service_areas,
    uuid_of,
)
from easeoff.directory.model import Service, Status
from easeoff.directory.rows import to_row
from easeoff.directory.tombstones import by_id, state_words

_STATUS = {
    Status.ACTIVE: "active",
    Status.UNCONFIRMED: "inactive",
    Status.CLOSED: "defunct",
    Status.RENAMED: "defunct",
    Status.READ_ONLY: "inactive",
}


def to_hsds(
    services: Iterable[Service], today: date, *, include_unconfirmed: bool = False, assurer_email: str = ""
) -> list[Json]:  # fmt: skip
    """Every listed service as an HSDS 3.0 ``service``.

    The public feed leaves out what nobody has confirmed; ``include_unconfirmed`` adds it as ``inactive`` with an alert.
    A number that must not be shown is left out. ``assurer_email`` is the mailbox of a role, never a person's.
    """
    held = tuple(services)
    known = by_id(held)
    return [
        _service(service, known, today, assurer_email)
        for service in held
        if not service.do_not_list and (include_unconfirmed or service.status is not Status.UNCONFIRMED)
    ]


def _service(service: Service, known: Mapping[str, Service], today: date, assurer_email: str) -> Json:
    record: Json = {
        "id": uuid_of(service.id),
        "name": service.name,
        "alternate_name": "; ".join(service.old_names),
        "description": service.offers,
        "url": service.url,
        "email": service.email,
        "status": _STATUS[service.status],
        "alert": state_words(service, known),
        "fees_description": service.cost,
    }
    if service.last_human_check is not None:
        record["assured_date"] = service.last_human_check.isoformat()
        record["assurer_email"] = assurer_email
    parts = {
        "phones": _phones(service, today),
        "schedules": schedules(service),
        "service_areas": service_areas(service),
        "service_at_locations": service_at_locations(service),
        "languages": languages(service),
        "cost_options": cost_options(service),
        "attributes": attributes(service, _facts(service)),
    }
    return {name: value for name, value in {**record, **parts}.items() if value}


def _phones(service: Service, today: date) -> list[Json]:
    view = phone_shown(service, today)
    numbers = (("voice", view.phone), ("text", view.text_line))
    return [
        {"id": uuid_of(f"{service.id}/phone/{kind}"), "service_id": uuid_of(service.id), "number": number, "type": kind, "description": view.words}
        for kind, number in numbers
        if number
    ]  # fmt: skip


def _facts(service: Service) -> dict[str, str]:
    """What HSDS has no field for. Old numbers stay at home: in a feed they could be taken for live ones."""
    row = to_row(service)
    facts = {name: row[name] for name in ("evidence_url", "evidence_date", "country", "stance", "places")}
    successor = uuid_of(service.successor_id) if service.successor_id else ""
    return {"successor_id": successor, "online": row["online"] if service.online else "", **facts}
