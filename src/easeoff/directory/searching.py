"""Search: plain words, forgiving; filters; nearest first; closed services that lead on to their successors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path

from easeoff.directory.folding import digits, folded
from easeoff.directory.freshness import Freshness, PhoneView, freshness_words, phone_shown, service_freshness
from easeoff.directory.indexing import Words, name_key
from easeoff.directory.lexicon import load_lexicon
from easeoff.directory.loading import load_services
from easeoff.directory.model import Cost, DrugClass, Kind, Service
from easeoff.directory.nearness import Nearness
from easeoff.directory.ordering import Ordering
from easeoff.directory.places import Place, resolve_place
from easeoff.directory.postings import Postings, mask_of
from easeoff.directory.reading import Reader, Reading
from easeoff.directory.tombstones import by_id, state_words, successor
from easeoff.medicines.files import DATA_ROOT
from easeoff.quantities import EaseoffError

#: How long a search may be, in letters.
LONGEST_QUERY = 200
_NUMBER = re.compile(r"[\d\s()+./\-]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """One service found. ``distance_km`` is ``None`` where no distance makes sense; ``nearness`` where no place was asked.

    ``successor`` is where a closed, renamed or superseded service leads. ``state`` and ``freshness_words`` are
    sentences for the page; ``state`` is empty for an active service.
    """

    service: Service
    freshness: Freshness
    freshness_words: str
    phone: PhoneView
    state: str
    successor: Service | None = None
    nearness: Nearness | None = None
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The hits asked for, out of ``total``. ``read_as`` pairs each misspelt word with what it was read as.

    ``all_words`` is false where no service has all the words, and those with the most of them are shown.
    """

    hits: tuple[Hit, ...]
    total: int
    read_as: tuple[tuple[str, str], ...] = ()
    all_words: bool = True


class DirectoryIndex:
    """The services, ready to be searched. Built once; it does not change. Those that asked not to be listed are left out."""

    def __init__(self, services: Iterable[Service], root: Path = DATA_ROOT) -> None:
        listed = [service for service in services if not service.do_not_list]
        self.services = tuple(sorted(listed, key=lambda service: (folded(service.name), service.id)))
        self.by_id = by_id(self.services)
        self._at = {service.id: at for at, service in enumerate(self.services)}
        self._words = Words(self.services)
        self._reader = Reader(self._words, load_lexicon(root))
        self._ordering = Ordering(self.services, root)
        self._all = (1 << len(self.services)) - 1
        self._live = self._all & ~mask_of(
            (at for at, service in enumerate(self.services) if service.is_tombstone), len(self.services)
        )  # fmt: skip
        self._filters = self._gather_filters()

    def search(
        self,
        query: str = "",
        *,
        today: date,
        drug_class: DrugClass | None = None,
        place: Place | None = None,
        kind: Kind | None = None,
        cost: Cost | None = None,
        language: str = "",
        country: str = "",
        home: frozenset[str] = frozenset(),
        live_only: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> Found:
        """The services that fit all that is asked, best first.

        A whole name or number (old ones too) comes first; then, in this order: live before closed or renamed,
        what serves the place before what is beyond reach, checked before not checked, active before unconfirmed,
        near before far, by name. ``country`` is a code; it keeps international services. ``home`` are the codes of the
        countries that come first where no place is asked. ``live_only`` leaves out closed and renamed ones. A search without words lists all that the filters let through.
        Raises `EaseoffError` where the search is too long.
        """
        if len(query) > LONGEST_QUERY:
            raise EaseoffError(
                "This search is too long.", "Use a few words, such as the name of a service or a drug."
            )
        exact = self._exact(query)
        reading = self._reader.read(query) if query.strip() else Reading((self._all,))
        allowed = self._allowed(drug_class, kind, cost, language, country) & (
            self._live if live_only else self._all
        )
        serving = allowed & (self._ordering.serving(place) | exact) if place else allowed
        tiers = [exact & serving, *(tier & serving & ~exact for tier in reading.tiers)]
        places = self._ordering.in_order(tiers, today, place, home)
        stop = None if limit is None else offset + limit
        hits = tuple(self._hit(at, place, today) for at in islice(places, offset, stop))
        return Found(hits, sum(tier.bit_count() for tier in tiers), reading.read_as, reading.all_words)

    def near(
        self, place: Place, drug_class: DrugClass | None, *, today: date, limit: int | None = None
    ) -> Found:  # fmt: skip
        """What serves ``place`` and helps with ``drug_class``, best first. Closed services are left out."""
        return self.search("", today=today, place=place, drug_class=drug_class, live_only=True, limit=limit)

    def hit(self, service_id: str, *, today: date) -> Hit | None:
        """One service by its id, as a hit; ``None`` where it is not listed."""
        at = self._at.get(service_id)
        return None if at is None else self._hit(at, None, today)

    def _exact(self, query: str) -> int:
        """The services whose whole name or number, past or present, was typed."""
        key = name_key(query)
        found = self._words.by_name.get(key) if key else 0
        if len(digits(query)) >= 2 and _NUMBER.fullmatch(query):
            found |= self._words.by_number.get(digits(query))
        return found

    def _allowed(
        self, drug_class: DrugClass | None, kind: Kind | None, cost: Cost | None, language: str, country: str
    ) -> int:  # fmt: skip
        found, filters = self._all, self._filters
        if drug_class is not None:
            found &= self._words.by_class.get(drug_class)
        if kind is not None:
            found &= filters.get(("kind", kind))
        if cost is not None:
            found &= filters.get(("cost", cost))
        if language:
            found &= filters.get(("language", language)) | filters.get(("language", "mul"))
        if country:
            found &= filters.get(("country", country)) | filters.get(("country", ""))
        return found

    def _gather_filters(self) -> Postings:
        filters = Postings()
        for at, service in enumerate(self.services):
            for key in (("kind", service.kind), ("cost", service.cost_kind), ("country", service.country)):
                filters.add(key, at)
            for language in service.languages:
                filters.add(("language", language), at)
        filters.close(len(self.services))
        return filters

    def _hit(self, at: int, place: Place | None, today: date) -> Hit:
        service = self.services[at]
        nearness, km = self._ordering.nearness(at, place) if place else (None, None)
        return Hit(
            service,
            service_freshness(service, today),
            freshness_words(service, today),
            phone_shown(service, today),
            state_words(service, self.by_id),
            successor(service, self.by_id),
            nearness,
            km,
        )


@lru_cache(maxsize=2)
def shipped_index(root: Path = DATA_ROOT) -> DirectoryIndex:
    """The index of the entries that Easeoff ships with."""
    return DirectoryIndex(load_services(root), root)


def near(
    place: str | Place, drug_class: DrugClass | None = None, *, today: date, limit: int | None = None
) -> Found:  # fmt: skip
    """What the shipped directory has near ``place`` (text such as ``BD1`` is resolved). Raises `EaseoffError`."""
    where = resolve_place(place) if isinstance(place, str) else place
    return shipped_index().near(where, drug_class, today=today, limit=limit)
