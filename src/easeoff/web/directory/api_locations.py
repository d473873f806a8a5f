"""The open feed by place: what is near a postcode, and what can be used from anywhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from easeoff.directory import WITHIN_REACH_KM, Place, PlaceKind, distance_km, resolve_place
from easeoff.quantities import EaseoffError
from easeoff.web.directory.answering import BadRequestError, listed, one
from easeoff.web.directory.api import wanted_services
from easeoff.web.directory.feed import feed

Json = dict[str, Any]
#: Half the way round the Earth, in metres.
_FARTHEST_M = 20_000_000


@require_safe
def service_at_locations(request: HttpRequest) -> JsonResponse:
    """A page of places at which a service is met, the nearest first where a postcode is given."""
    return listed(request, lambda: _wanted(request))


@require_safe
def service_at_location(request: HttpRequest, at_id: UUID) -> JsonResponse:  # noqa: ARG001
    """One of them."""
    held = (at for record in feed().services.values() for at in record.get("service_at_locations", ()))
    return one(held, at_id)


def _wanted(request: HttpRequest) -> list[Json]:
    where, metres = _place(request.GET.get("postcode", "")), _metres(request.GET.get("proximity", ""))
    if metres is not None and where is None:
        raise BadRequestError("“proximity” needs a “postcode”.")
    held = [
        at for record in wanted_services(request, feed()) for at in record.get("service_at_locations", ())
    ]
    if where is None:
        return held
    reach_km = WITHIN_REACH_KM if metres is None else metres / 1000
    online = [at for at in held if at["location"]["location_type"] == "virtual" and metres is None]
    near = [(km, at) for at in held if (km := _km(where, at["location"])) is not None and km <= reach_km]
    return [at for _, at in sorted(near, key=lambda found: found[0])] + online


def _km(where: Place, location: Json) -> float | None:
    if "latitude" not in location:
        return None
    there = Place("", PlaceKind.TOWN, "", latitude=location["latitude"], longitude=location["longitude"])
    return distance_km(where, there)


def _place(text: str) -> Place | None:
    """Where a postcode is: its first half is enough, and no more of it is read."""
    if not text:
        return None
    try:
        found = resolve_place(text)
    except EaseoffError as problem:
        raise BadRequestError(f"“postcode”: {problem.message} {problem.hint}") from None
    if found.latitude is None:
        raise BadRequestError("“postcode” is too wide to measure from. Give one such as BD1, or a town.")
    return found


def _metres(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= _FARTHEST_M):
        raise BadRequestError("“proximity” is a whole number of metres, such as 25000.")
    return int(text)
