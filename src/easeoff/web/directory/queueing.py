"""The review queue: files come in as proposals, and a person decides on each."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from easeoff.directory import FieldChange, accept, from_csv, from_hsds
from easeoff.directory import ProposedChange as CoreChange
from easeoff.quantities import EaseoffError
from easeoff.web.directory.flows import Actor, save_service
from easeoff.web.directory.models import ImportBatch, ProposedChange, ServiceRecord
from easeoff.web.directory.records import service_of

_READERS = {"csv": from_csv, "hsds": from_hsds}


def queue_file(content: bytes, name: str, actor: Actor) -> ImportBatch:
    """Read a CSV or HSDS file and put what it would change into the queue.

    Raises `EaseoffError`, one sentence and a hint, for a file that cannot be read; nothing of it is kept then.
    """
    if b"\x00" in content:
        raise EaseoffError("This is not a text file.", "Choose a CSV file, or HSDS 3.0 as JSON.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EaseoffError(
            "This file is not written in UTF-8.", "Save it again as “CSV UTF-8”, or as JSON."
        ) from None
    kind = "hsds" if text.lstrip()[:1] in ("{", "[") else "csv"
    known = [service_of(record) for record in ServiceRecord.objects.all()]
    changes = _READERS[kind](text, known)
    if not changes:
        raise EaseoffError("Nothing in this file differs from what we have.", "Nothing has to be done.")
    with transaction.atomic():
        batch = ImportBatch.objects.create(source=name[:200] or "a file", format=kind, made_by=actor.user)
        keep_proposed(changes, batch)
    return batch


def keep_proposed(changes: Iterable[CoreChange], batch: ImportBatch) -> int:
    """Put the changes into the queue, and say how many they are."""
    rows = [
        ProposedChange(
            batch=batch, service_slug=change.service_id, is_new=change.is_new, origin=change.origin[:80],
            changes=[[one.field, one.before, one.after] for one in change.changes], warnings=list(change.warnings),
        )
        for change in changes
    ]  # fmt: skip
    ProposedChange.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def decide(change: ProposedChange, take: bool, actor: Actor) -> None:
    """Take a proposed change over, or refuse it.

    Raises `EaseoffError` where it was decided already, or where the record is not as it was then.
    """
    change = ProposedChange.objects.select_for_update().get(pk=change.pk)
    if change.state != ProposedChange.State.WAITING:
        raise EaseoffError("Someone has decided on this change already.", "Look at the list again.")
    if take:
        record = ServiceRecord.objects.select_for_update().filter(slug=change.service_slug).first()
        service = accept(_core(change), service_of(record) if record else None)
        save_service(service, actor, read_version=record.version if record else None, action="import")
    change.state = ProposedChange.State.ACCEPTED if take else ProposedChange.State.REFUSED
    change.decided_at, change.decided_by = timezone.now(), actor.user
    change.save()


def _core(change: ProposedChange) -> CoreChange:
    fields = tuple(FieldChange(field, before, after) for field, before, after in change.changes)
    return CoreChange(change.service_slug, change.is_new, fields, change.origin, tuple(change.warnings))
