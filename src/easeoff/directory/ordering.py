"""The order in which services are listed, and what serves a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from heapq import heapify, heappop
from pathlib import Path

from easeoff.directory.freshness import Freshness, service_freshness
from easeoff.directory.model import Service, Status
from easeoff.directory.nearness import Areas, Near, Nearness
from easeoff.directory.places import Place
from easeoff.directory.postings import members

#: How many places are kept ready.
PLACES_KEPT = 64

_STATUS_ORDER = {
    Status.ACTIVE: 0,
    Status.READ_ONLY: 1,
    Status.UNCONFIRMED: 2,
    Status.CLOSED: 0,
    Status.RENAMED: 0,
}
#: The parts of a sort key, from the smallest: name, half kilometres, nearness, state, beyond reach, tombstone.
_DISTANCE_STEP = 1 << 24
_NEAR_STEP = _DISTANCE_STEP << 16
_STATE_STEP = _NEAR_STEP << 3
_FAR_STEP = _STATE_STEP << 4
_TOMBSTONE_STEP = _FAR_STEP << 1


class Ordering:
    """Sorts sets of services. Services are counted from 0 in the order of their names."""

    def __init__(self, services: Sequence[Service], root: Path) -> None:
        self._services = services
        self._areas = Areas(services, root)
        self._near = lru_cache(maxsize=PLACES_KEPT)(self._areas.near)
        self._state_keys = lru_cache(maxsize=1)(self._work_out_state_keys)
        self._home_keys = lru_cache(maxsize=4)(self._work_out_home_keys)

    def in_order(
        self, tiers: Iterable[int], today: date, place: Place | None, home: frozenset[str] = frozenset()
    ) -> Iterator[int]:
        """The members of the first set in order, then those of the second, and so on.

        Where no place is asked, what the countries of ``home`` can use stands before its like from elsewhere.
        """
        by_state = self._state_keys(today)
        area_at = self._areas.area_at
        by_area = [_area_key(nearness, km) for nearness, km in self._near(place)] if place else []
        by_home = self._home_keys(home)
        for tier in tiers:
            held = members(tier)
            keys = (
                [by_state[at] + by_area[area_at[at]] for at in held]
                if place
                else [by_state[at] + by_home[at] for at in held]
            )
            heapify(keys)
            while keys:
                yield heappop(keys) % _DISTANCE_STEP

    def nearness(self, at: int, place: Place) -> Near:
        """How near one service is to ``place``, and in kilometres where both have a point."""
        return self._near(place)[self._areas.area_at[at]]

    def serving(self, place: Place) -> int:
        """The set of services that serve ``place``, or lie in its country."""
        bits = ["0" if nearness is Nearness.ELSEWHERE else "1" for nearness, _ in self._near(place)]
        return int("".join(map(bits.__getitem__, reversed(self._areas.area_at))) or "0", 2)

    def _work_out_state_keys(self, today: date) -> list[int]:
        """One whole number for each service; its last digits are the service's own number."""
        return [_state_key(service, today) + at for at, service in enumerate(self._services)]

    def _work_out_home_keys(self, home: frozenset[str]) -> list[int]:
        """Nothing for an international service or one of ``home``, one step for any other; nothing where no home is known."""
        known = home | {""}
        return [0 if not home or one.country in known else _NEAR_STEP for one in self._services]


def _state_key(service: Service, today: date) -> int:
    """Live before tombstones, then checked before not checked, then active before unconfirmed."""
    old = service_freshness(service, today) in (Freshness.STALE, Freshness.NEVER)
    tombstone = _TOMBSTONE_STEP if service.is_tombstone else 0
    return tombstone + (old * 4 + _STATUS_ORDER[service.status]) * _STATE_STEP


def _area_key(nearness: Nearness, km: float | None) -> int:
    """Beyond reach last, then by how near, then by kilometres."""
    far = _FAR_STEP if nearness >= Nearness.FAR else 0
    return far + nearness * _NEAR_STEP + int((km or 0.0) * 2) * _DISTANCE_STEP
