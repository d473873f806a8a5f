"""How near services are to someone, worked out once for all services of the same place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from easeoff.directory.model import Service
from easeoff.directory.places import EARTH_RADIUS_KM, Place, PlaceKind, resolve_place
from easeoff.quantities import EaseoffError

#: Up to how many kilometres a local service counts as within reach. Project choice.
WITHIN_REACH_KM = 50

_WIDE = (PlaceKind.COUNTRY, PlaceKind.NATION)


class Nearness(IntEnum):
    """From the nearest to the farthest. ``ELSEWHERE`` does not serve the place at all."""

    HERE = 0  #: local and within reach
    COVERS = 1  #: serves the whole nation or country
    ONLINE = 2  #: can be used from anywhere
    FOREIGN = 3  #: the same, but in no language that services of that country use
    FAR = 4  #: local, in the same country, beyond reach
    ELSEWHERE = 5


Near = tuple[Nearness, float | None]


class Area:
    """Where services work and what they speak; many services share one. ``places`` are numbers of places."""

    __slots__ = ("country", "languages", "online", "places")

    def __init__(self, service: Service, places: tuple[int, ...]) -> None:
        self.country = service.country
        self.languages = frozenset(service.languages)
        self.online = service.online
        self.places = places

    def without_places(self, place: Place) -> Nearness:
        """How near it is where it names no places."""
        if self.country and self.country == place.country and not self.online:
            return Nearness.COVERS
        return Nearness.ONLINE if self.online or not self.country else Nearness.ELSEWHERE


class Areas:
    """The areas of a list of services, and how near each is to a place. ``area_at`` gives each service's area."""

    def __init__(self, services: Sequence[Service], root: Path) -> None:
        self._root = root
        self._places: list[Place] = []
        self._numbers: dict[tuple[str, str], int | None] = {}
        self.area_at: list[int] = []
        self._areas: list[Area] = []
        known: dict[tuple[object, ...], int] = {}
        for service in services:
            key = (service.country, service.places, service.online, service.languages)
            if key not in known:
                known[key] = len(self._areas)
                self._areas.append(Area(service, self._numbered(service.places, service.country)))
            self.area_at.append(known[key])
        self._points = [_point(place) for place in self._places]

    def near(self, place: Place) -> list[Near]:
        """For each area how near it is, and in kilometres where both have a point."""
        to_places = [
            _to_one(own, place, km) for own, km in zip(self._places, self._kilometres(place), strict=True)
        ]
        spoken = self._spoken_in(place.country)
        found = []
        for area in self._areas:
            near = _nearest(area, place, to_places)
            strange = near[0] is Nearness.ONLINE and spoken and area.languages and not area.languages & spoken
            found.append((Nearness.FOREIGN, None) if strange else near)
        return found

    def _numbered(self, names: Iterable[str], country: str) -> tuple[int, ...]:
        """The numbers of the named places. One that the tables do not know is left out."""
        found = (self._number(name, country) for name in names)
        return tuple(number for number in found if number is not None)

    def _number(self, name: str, country: str) -> int | None:
        key = (name, country)
        if key not in self._numbers:
            try:
                self._places.append(resolve_place(name, self._root, country=country))
                self._numbers[key] = len(self._places) - 1
            except EaseoffError:
                self._numbers[key] = None
        return self._numbers[key]

    def _kilometres(self, place: Place) -> list[float | None]:
        """The distance of every known place, by the haversine formula."""
        own = _point(place)
        if own is None:
            return [None] * len(self._places)
        latitude, longitude, own_cos = own
        return [
            None if point is None else 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0,
                sin((point[0] - latitude) / 2) ** 2 + own_cos * point[2] * sin((point[1] - longitude) / 2) ** 2)))
            for point in self._points
        ]  # fmt: skip

    def _spoken_in(self, country: str) -> frozenset[str]:
        """The languages of the services of a country, and the sign for many languages; nothing where it has none."""
        found = frozenset().union(*(area.languages for area in self._areas if area.country == country))
        return found | {"mul"} if found else found


def _nearest(area: Area, place: Place, to_places: list[Near]) -> Near:
    if not area.places:
        return area.without_places(place), None
    best: Near = (Nearness.ONLINE, None) if area.online else (Nearness.ELSEWHERE, None)
    for number in area.places:
        near = to_places[number]
        closer = near[1] is not None and (best[1] is None or near[1] < best[1])
        if near[0] < best[0] or (near[0] == best[0] and closer):
            best = near
    return best


def _to_one(own: Place, place: Place, km: float | None) -> Near:
    """How near a service that serves ``own`` is to someone at ``place``."""
    if own.country != place.country:
        return Nearness.ELSEWHERE, None
    if own.kind in _WIDE:
        return (Nearness.COVERS if own.holds(place) or place.holds(own) else Nearness.ELSEWHERE), None
    if place.kind in _WIDE or place.kind is PlaceKind.REGION:
        inside = place.holds(own)
    else:
        inside = own.kind is PlaceKind.REGION and own.holds(place)
    if inside or (km is not None and km <= WITHIN_REACH_KM):
        return Nearness.HERE, km
    return Nearness.FAR, km


def _point(place: Place) -> tuple[float, float, float] | None:
    """Latitude and longitude in radians, and the cosine of the latitude."""
    if place.latitude is None or place.longitude is None:
        return None
    return radians(place.latitude), radians(place.longitude), cos(radians(place.latitude))
