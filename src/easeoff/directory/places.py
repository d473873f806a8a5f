"""Where someone is: an outward code, a town, a region, a nation or a country, found in our own tables.

Only the outward half of a postcode is read; the rest is dropped. Nothing is stored and nothing is sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from easeoff.directory.folding import folded
from easeoff.directory.forgiving import within_one
from easeoff.medicines.files import DATA_ROOT, DataError, Row, choice, read_rows
from easeoff.quantities import EaseoffError

#: The mean radius of the Earth.
EARTH_RADIUS_KM = 6371.0
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_INWARD = re.compile(r"[0-9][A-Z]{2}")
_INWARD_BEGUN = re.compile(r"([0-9][A-Z]{0,2})?")
_LONGEST = 80
_SHOWN = 30
_SHORTEST_GUESSED = 4
_HINT = "Write the first half of a UK postcode, such as BD1, or a town or a country."


class PlaceKind(StrEnum):
    """How wide a place is."""

    OUTWARD = "outward"
    TOWN = "town"
    REGION = "region"
    NATION = "nation"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Place:
    """One place. ``country`` is an ISO 3166 code; ``nation`` is England, Scotland, Wales or Northern Ireland, else empty.

    ``latitude`` and ``longitude`` are in degrees, ``None`` where the tables have none (nations, countries,
    Northern Ireland). ``also`` names other places of the same name, to choose from.
    """

    name: str
    kind: PlaceKind
    country: str
    nation: str = ""
    region: str = ""
    wide_region: str = ""
    latitude: float | None = None
    longitude: float | None = None
    also: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name with what tells it from others of that name: ``Newport (Shropshire)``."""
        wider = self.region if self.region and self.region != self.name else self.wide_region or self.nation
        plain = self.kind in (PlaceKind.COUNTRY, PlaceKind.NATION) or not wider or wider == self.name
        return self.name if plain else f"{self.name} ({wider})"

    def holds(self, other: Place) -> bool:
        """Whether ``other`` lies inside this place, as far as the tables say."""
        if self.country != other.country:
            return False
        if self.kind is PlaceKind.COUNTRY:
            return True
        if self.kind is PlaceKind.NATION:
            return self.nation == other.nation
        if self.kind is PlaceKind.REGION:
            if self.region:
                return self.region == other.region
            return self.wide_region == other.wide_region
        return self.name == other.name and self.region == other.region


def resolve_place(text: str, root: Path = DATA_ROOT, *, country: str = "") -> Place:
    """The place that ``text`` names: ``BD1``, ``bd1 1aa``, ``Bradford``, ``Scotland``, ``Germany``.

    ``country`` is preferred where the name stands in several. Raises `EaseoffError` for anything unknown.
    """
    if len(text) > _LONGEST:
        raise EaseoffError("This place is too long to read.", _HINT)
    cleaned = " ".join(text.split())
    if not folded(cleaned):
        raise EaseoffError(
            "The place is empty." if not cleaned else f"“{_shown(cleaned)}” is not a place.", _HINT
        )
    code = outward_code(cleaned)
    if code:
        return _of_code(code, root)
    found = _names(root).get(folded(cleaned))
    if not found:
        raise EaseoffError(f"We do not know the place “{_shown(cleaned)}”.", _hint_for(cleaned, root))
    return _first(found, country)


def outward_code(text: str) -> str:
    """The outward half of what looks like a UK postcode, or nothing: ``bd1 1aa`` gives ``BD1``."""
    first, _, rest = text.upper().partition(" ")
    if _OUTWARD.fullmatch(first) and _INWARD_BEGUN.fullmatch(rest):
        return first
    joined = text.upper().replace(" ", "")
    if _INWARD.fullmatch(joined[-3:]) and _OUTWARD.fullmatch(joined[:-3]):
        return joined[:-3]
    return joined if _OUTWARD.fullmatch(joined) else ""


def distance_km(one: Place, other: Place) -> float | None:
    """Kilometres along a great circle, or ``None`` where one of them has no point."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    lat_1, lat_2 = radians(one.latitude), radians(other.latitude)
    half_lat, half_lon = (lat_2 - lat_1) / 2, radians(other.longitude - one.longitude) / 2
    share = sin(half_lat) ** 2 + cos(lat_1) * cos(lat_2) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, share)))


def country_name(code: str, root: Path = DATA_ROOT) -> str:
    """The English name of a country code, or the code itself."""
    return _countries(root).get(code, code)


def choices(country: str, root: Path = DATA_ROOT) -> tuple[Place, ...]:
    """The places of a country that can be chosen from a list, in order of name."""
    found = [p for p in _places(root) if p.country == country and p.kind is not PlaceKind.COUNTRY]
    return tuple(sorted(found, key=lambda place: (folded(place.name), place.label)))


def _of_code(code: str, root: Path) -> Place:
    found = _codes(root).get(code)
    if found is not None:
        return found
    if re.fullmatch(r"BT\d{1,2}", code):
        return resolve_place("Northern Ireland", root)
    raise EaseoffError(
        f"We do not know the postcode “{code}”.", "Try the next town instead, such as Bradford."
    )


def _first(found: tuple[Place, ...], country: str) -> Place:
    ordered = sorted(found, key=lambda place: place.country != country) if country else list(found)
    chosen, others = (
        ordered[0],
        tuple(place.label for place in ordered[1:] if place.label != ordered[0].label),
    )
    if not others:
        return chosen
    return replace(chosen, also=others)


def _hint_for(text: str, root: Path) -> str:
    key = folded(text)
    near = [places[0].name for name, places in _names(root).items() if len(key) >= 3 and name.startswith(key)]
    if not near:
        near = [
            places[0].name
            for name, places in _names(root).items()
            if len(key) >= _SHORTEST_GUESSED and within_one(key, name)
        ]
    if not near:
        return _HINT
    unique = list(dict.fromkeys(near))[:3]
    return f"Did you mean {unique[0] if len(unique) == 1 else ', '.join(unique[:-1]) + ' or ' + unique[-1]}?"


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


@lru_cache(maxsize=2)
def _codes(root: Path) -> dict[str, Place]:
    path = root / "directory" / "outward_codes.csv"
    return {row["code"]: _to_place(row, row["code"], PlaceKind.OUTWARD, f"{path.name} {row['code']}")
            for row in read_rows(path)}  # fmt: skip


@lru_cache(maxsize=2)
def _places(root: Path) -> tuple[Place, ...]:
    path = root / "directory" / "places.csv"
    return tuple(_to_place(row, row["name"], choice(PlaceKind, row["kind"], path.name), f"{path.name} {row['name']}")
                 for row in read_rows(path))  # fmt: skip


@lru_cache(maxsize=2)
def _names(root: Path) -> dict[str, tuple[Place, ...]]:
    """Every name and other name, folded, with its places: countries and nations first, then the largest."""
    path = root / "directory" / "places.csv"
    found: dict[str, list[Place]] = {}
    size: dict[Place, int] = {}
    for row, place in zip(read_rows(path), _places(root), strict=True):
        size[place] = int(row["outward_codes"] or 0)
        names = [
            place.name,
            *row["other_names"].split(";"),
            place.country if place.kind is PlaceKind.COUNTRY else "",
        ]
        for name in {folded(name) for name in names} - {""}:
            found.setdefault(name, []).append(place)
    wide = (PlaceKind.COUNTRY, PlaceKind.NATION)
    return {name: tuple(sorted(places, key=lambda p: (p.kind not in wide, p.country != "GB", -size[p], p.region)))
            for name, places in found.items()}  # fmt: skip


@lru_cache(maxsize=2)
def _countries(root: Path) -> dict[str, str]:
    return {place.country: place.name for place in _places(root) if place.kind is PlaceKind.COUNTRY}


def _to_place(row: Row, name: str, kind: PlaceKind, where: str) -> Place:
    return Place(
        name, kind, row["country"], row["nation"], row["region"], row["wide_region"],
        _degrees(row["latitude"], where), _degrees(row["longitude"], where),
    )  # fmt: skip


def _degrees(cell: str, where: str) -> float | None:
    if not cell:
        return None
    try:
        return float(cell)
    except ValueError as error:
        raise DataError(where, f"{cell!r} is not a number of degrees") from error
