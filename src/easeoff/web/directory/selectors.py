"""Everything that is read of the directory. Pages read an index in memory that follows the records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from threading import Lock

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from easeoff.directory import (
    Complaint,
    CrisisPanel,
    DirectoryIndex,
    DrugClass,
    Hit,
    Kind,
    LinkCheck,
    LinkState,
    Service,
    Status,
    WorkItem,
    country_name,
    crisis_panel,
    resolve_place,
    shipped_index,
    start_warnings,
    work_list,
)
from easeoff.web.directory import models
from easeoff.web.directory.records import service_of


@dataclass(frozen=True)
class Directory:
    """The index, and what the forms offer to choose from. ``token`` is the state of the records it was built from."""

    token: str
    index: DirectoryIndex

    @cached_property
    def crisis_lines(self) -> tuple[Service, ...]:
        """Every listed crisis line."""
        return tuple(service for service in self.index.services if service.kind is Kind.CRISIS_LINE)

    @cached_property
    def crisis_countries(self) -> tuple[str, ...]:
        """The codes of the countries with a crisis line, in order of name."""
        codes = {
            service.country for service in self.crisis_lines if service.country and not service.is_tombstone
        }
        return tuple(sorted(codes, key=country_name))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The language codes that services use."""
        return tuple(
            sorted({code for service in self.index.services for code in service.languages} - {"mul"})
        )

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The country codes that services are in, in order of name."""
        return tuple(sorted({service.country for service in self.index.services} - {""}, key=country_name))


#: How many services are looked at for a short list, however large the directory is.
_LOOKED_AT = 200
_lock = Lock()
_held: Directory | None = None


def today() -> date:
    """Today where the hub runs. The only place here that asks a clock."""
    return timezone.localdate()


def directory() -> Directory:
    """The directory as it stands: one short query, and a new index only where a record has changed.

    Where the database cannot be read, what the release ships with stands in, so that help is always found.
    """
    global _held
    token = _token()
    held = _held
    if held is not None and held.token == token:
        return held
    if not _lock.acquire(blocking=held is None) and held is not None:
        return held  # Someone is building the new index: a few seconds of the old one are better than a wait.
    try:
        if _held is None or _held.token != token:
            _held = Directory(token, _built() if token else shipped_index())
        return _held
    finally:
        _lock.release()


def _token() -> str:
    try:
        found = models.Revision.objects.filter(pk=1).values_list("token", flat=True).first()
    except DatabaseError:
        return ""
    return found or ""


def _built() -> DirectoryIndex:
    return DirectoryIndex(service_of(record) for record in models.ServiceRecord.objects.all())


def serving(
    drug: DrugClass, day: date, most: int, *, country: str = "", without: frozenset[Kind] = frozenset()
) -> tuple[Hit, ...]:
    """The best services for a class of drugs in a country; without one, those in English that can be used from anywhere.

    A short list has no service of which nobody knows whether it still exists.
    """
    place = resolve_place(country, country=country) if country else None
    found = directory().index.search(
        "", today=day, drug_class=drug, place=place, live_only=True, limit=_LOOKED_AT
    )
    kept = (
        hit
        for hit in found.hits
        if hit.service.status is not Status.UNCONFIRMED
        and hit.service.kind not in without
        and (place or _is_everywhere(hit.service))
    )
    return tuple(islice(kept, most))


def _is_everywhere(service: Service) -> bool:
    return (service.online or not service.country) and "en" in service.languages


def on_old_page(day: date) -> tuple[Hit, ...]:
    """The services that stood on the support page that this project grew from, by name."""
    index = directory().index
    found = (index.hit(service.id, today=day) for service in index.services if service.on_founding_page)
    return tuple(hit for hit in found if hit is not None)


def panel(country: str, day: date) -> CrisisPanel:
    """The crisis panel of one country."""
    return crisis_panel(directory().crisis_lines, country, day, settings.EMERGENCY_NUMBERS)


def panels(day: date, countries: Iterable[str] | None = None) -> tuple[CrisisPanel, ...]:
    """The crisis panels of these countries, or of every country with a crisis line."""
    held = directory()
    return tuple(
        crisis_panel(held.crisis_lines, country, day, settings.EMERGENCY_NUMBERS)
        for country in (held.crisis_countries if countries is None else countries)
    )


def first_run_list(day: date) -> tuple[str, ...]:
    """One sentence for each country of this hub whose crisis panel lacks something."""
    return start_warnings(
        directory().crisis_lines, settings.CRISIS_COUNTRIES, day, settings.EMERGENCY_NUMBERS
    )


def checks_of(slug: str) -> tuple[models.Verification, ...]:
    """The newest checks of one service, for the public: roles, never names."""
    try:
        with transaction.atomic():
            found = models.Verification.objects.filter(service__slug=slug)
            return tuple(found[:5])
    except DatabaseError:
        return ()


def work_to_do(day: date) -> tuple[WorkItem, ...]:
    """What the people who keep the directory true should look at next."""
    services = [service_of(record) for record in models.ServiceRecord.objects.all()]
    opened = models.Complaint.objects.filter(state=models.Complaint.State.OPEN).select_related("service")
    links = models.LinkCheck.objects.select_related("service").order_by("checked_at", "id")
    return work_list(
        services,
        (),
        [Complaint(one.service.slug, one.made_on, one.about, one.words) for one in opened],
        day,
        [LinkCheck(one.service.slug, one.url, LinkState(one.state), one.checked_at) for one in links],
        settings.CRISIS_COUNTRIES,
    )


def record_keys(slugs: Iterable[str]) -> dict[str, int]:
    """The number of each record in the back office, by its id."""
    return dict(models.ServiceRecord.objects.filter(slug__in=list(slugs)).values_list("slug", "pk"))
