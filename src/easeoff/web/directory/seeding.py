"""Bringing the entries of the release into the database, without ever writing over what people did there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from easeoff.directory import Service, load_services, to_row
from easeoff.directory.proposals import propose
from easeoff.web.directory.flows import Actor, moved_on, save_service
from easeoff.web.directory.models import ImportBatch, ServiceRecord
from easeoff.web.directory.queueing import keep_proposed
from easeoff.web.directory.records import fields_of, row_of, service_of

_RELEASE = Actor("release")
_SOURCE = "The entries of this release"


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many entries were new, taken over, or put into the queue because someone had worked on them here."""

    new: int = 0
    taken_over: int = 0
    proposed: int = 0


@transaction.atomic
def load_shipped(services: tuple[Service, ...] | None = None) -> Seeded:
    """Load the release. Doing it twice does nothing more.

    An entry that is new here is added. One that nobody has changed or checked here follows the release. Of one
    that somebody has, what the release changed waits in the queue.
    """
    shipped = load_services() if services is None else services
    held = {record.slug: record for record in ServiceRecord.objects.select_for_update()}
    new = [service for service in shipped if service.id not in held]
    ServiceRecord.objects.bulk_create(
        ServiceRecord(**fields_of(service), shipped=to_row(service)) for service in new
    )
    taken_over = proposed = 0
    batch: ImportBatch | None = None
    for service in shipped:
        record, row = held.get(service.id), to_row(service)
        if record is None or record.shipped == row:
            continue
        if not record.touched:
            save_service(service, _RELEASE, read_version=record.version, action="release", touched=False)
            taken_over += 1
        else:
            batch = batch or ImportBatch.objects.create(source=_SOURCE, format="release")
            proposed += _propose(record, row, batch)
        ServiceRecord.objects.filter(pk=record.pk).update(shipped=row)
    if new:
        moved_on()
    return Seeded(len(new), taken_over, proposed)


def _propose(record: ServiceRecord, row: dict[str, str], batch: ImportBatch) -> int:
    """Put what the release changed since last time into the queue."""
    here = row_of(record)
    news = {
        name: cell for name, cell in row.items() if record.shipped.get(name) != cell and here[name] != cell
    }
    change = (
        propose({"id": record.slug, **news}, {record.slug: service_of(record)}, "Release") if news else None
    )
    return 0 if change is None else keep_proposed((change,), batch)
