"""Where a service is met, as HSDS 3.0 says it: one ``service_at_location`` for each town, and one for the web."""

from __future__ import annotations

from easeoff.directory.hsdsparts import Json, uuid_of
from easeoff.directory.model import Kind, Service
from easeoff.directory.places import Place, resolve_place
from easeoff.quantities import EaseoffError

#: Kinds that people can go to. A telephone line has an area and no place.
_MET_IN_PERSON = frozenset({Kind.CHARITY, Kind.CLINIC, Kind.SUPPORT_GROUP, Kind.PHARMACY})
_NOT_ITS_DOOR = "The middle of a place that it serves, to measure distances by. It is not its address."


def service_at_locations(service: Service) -> list[Json]:
    """Its towns with their latitude and longitude in degrees, and its web address where it can be used from anywhere.

    Empty for a closed or renamed service, and for one whose area is a whole country.
    """
    if service.is_tombstone:
        return []
    towns = [place for name in service.places if (place := _town(name, service.country))]
    found = [_at(service, _physical(place)) for place in towns] if service.kind in _MET_IN_PERSON else []
    return [*found, _at(service, _virtual(service))] if service.online and service.url else found


def _at(service: Service, location: Json) -> Json:
    return {
        "id": uuid_of(f"{service.id}/at/{location['id']}"),
        "service_id": uuid_of(service.id),
        "location_id": location["id"],
        "location": location,
    }


def _physical(place: Place) -> Json:
    return {
        "id": uuid_of(f"place/{place.country}/{place.label}"),
        "location_type": "physical",
        "name": place.label,
        "description": _NOT_ITS_DOOR,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _virtual(service: Service) -> Json:
    return {
        "id": uuid_of(f"{service.id}/web"),
        "location_type": "virtual",
        "name": "Online",
        "url": service.url,
    }


def _town(name: str, country: str) -> Place | None:
    """The place, where our tables have a point for it."""
    try:
        place = resolve_place(name, country=country)
    except EaseoffError:
        return None
    return None if place.latitude is None or place.longitude is None else place
