"""Everything that changes the directory. Each change is numbered, written down, and moves the revision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from secrets import token_hex

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction

from easeoff.directory import (
    Method,
    Result,
    Service,
    Status,
    Verification,
    after_check,
    counts,
    next_due,
    to_row,
)
from easeoff.quantities import EaseoffError
from easeoff.web.directory.models import Complaint, Keeper, Metadata, Revision, ServiceRecord
from easeoff.web.directory.models import Verification as VerificationRow
from easeoff.web.directory.records import FIELD_OF, fields_of, row_of, service_of

#: Beyond so many unread messages of one kind nobody could read more. Project choice.
MOST_OPEN_PER_SERVICE = 20
MOST_OPEN = 1000


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes something: the public sees ``role``; ``user`` stays inside."""

    role: str
    user: User | None = None


def actor_of(user: AbstractBaseUser | AnonymousUser) -> Actor:
    """The role that a signed-in person has."""
    if not isinstance(user, User):
        return Actor("editor")
    keeper = Keeper.objects.filter(user=user).first()
    return Actor(keeper.role if keeper else "editor", user)


class OutOfDateError(EaseoffError):
    """Someone else has changed the record since it was read."""


def moved_on() -> None:
    """Say that something has changed, so that every process builds its index anew."""
    Revision.objects.update_or_create(pk=1, defaults={"token": token_hex(16)})


@transaction.atomic
def save_service(
    service: Service, actor: Actor, *, read_version: int | None, action: str = "update", touched: bool = True
) -> ServiceRecord:
    """Write ``service`` over its record, or make one.

    ``read_version`` is the version that the changes were made on; ``None`` only for a new record.
    Raises `OutOfDateError` where the record has moved on since, and changes nothing then.
    """
    record = ServiceRecord.objects.select_for_update().filter(slug=service.id).first()
    if record is None:
        record = ServiceRecord.objects.create(**fields_of(service), touched=touched)
        _write_down(record, {}, to_row(service), actor, "create")
    else:
        if read_version != record.version:
            raise OutOfDateError(
                f"Someone else has changed “{record.name}” since you opened it.", "Look at it again."
            )
        before = row_of(record)
        if before == to_row(service):
            return record
        for name, value in fields_of(service).items():
            setattr(record, name, value)
        record.version += 1
        record.touched = record.touched or touched
        record.save()
        _write_down(record, before, to_row(service), actor, action)
    moved_on()
    return record


@transaction.atomic
def record_check(
    record: ServiceRecord,
    actor: Actor,
    *,
    method: Method,
    result: Result,
    fields_covered: tuple[str, ...],
    on: date,
    today: date,
    answered_by: str = "",
    evidence_url: str = "",
    note: str = "",
) -> bool:
    """Write down one check by a person, and what follows from it. Returns whether it counts as a fresh check.

    Raises `EaseoffError` for a day that is still to come, and where nothing was covered.
    """
    if on > today:
        raise EaseoffError("This day is still to come.", "Give the day on which it was checked.")
    record = ServiceRecord.objects.select_for_update().get(pk=record.pk)
    service = service_of(record)
    if service.do_not_list and result is not Result.REFUSED_LISTING:
        raise EaseoffError("This service asked not to be listed, so we do not ring it.", "Leave it as it is.")
    check = Verification(
        record.slug, fields_covered, method, result, on, actor.role, evidence_url, note, answered_by
    )
    fresh = counts(service, check)
    VerificationRow.objects.create(
        service=record, fields_covered=";".join(fields_covered), method=method, result=result, checked_at=on,
        checker_role=actor.role, answered_by=answered_by, evidence_url=evidence_url, note=note, checked_by=actor.user,
        next_due=next_due(service.kind, on) if fresh else None,
    )  # fmt: skip
    save_service(
        after_check(service, check), actor, read_version=record.version, action=f"check_{result}"[:20]
    )
    if fresh:
        _settle(record, actor, today, check)
    return fresh


def edited(before: Service, after: Service) -> Service:
    """An editor's text, with what only a check may say put back.

    A changed number makes an active service unconfirmed. Raises `EaseoffError` where the text makes a service active.
    """
    if after.status is Status.ACTIVE and before.status is not Status.ACTIVE:
        raise EaseoffError("Only a check makes a service active.", "Use the buttons above the form.")
    row_now, numbers = to_row(after), ("phone", "text_line")
    changed = any(row_now[name] != to_row(before)[name] for name in numbers)
    kept = replace(after, last_human_check=before.last_human_check, on_founding_page=before.on_founding_page)
    return replace(kept, status=Status.UNCONFIRMED) if changed and kept.status is Status.ACTIVE else kept


@transaction.atomic
def take_complaint(record: ServiceRecord, what: str, about: str, words: str, today: date) -> bool:
    """Keep what someone sent in; ``False`` where so many wait already that one more would not be read."""
    waiting = Complaint.objects.filter(state=Complaint.State.OPEN)
    if waiting.filter(service=record, what=what, about=about, words=words, made_on=today).exists():
        return True
    if waiting.count() >= MOST_OPEN or waiting.filter(service=record).count() >= MOST_OPEN_PER_SERVICE:
        return False
    Complaint.objects.create(service=record, what=what, about=about, words=words, made_on=today)
    return True


def close_complaint(complaint: Complaint, state: str, actor: Actor, today: date) -> None:
    """Deal with a message from the public. Its words are not needed after that, and go."""
    complaint.state, complaint.handled_on, complaint.words = state, today, ""
    complaint.handled_by = actor.user
    complaint.save()


def _settle(record: ServiceRecord, actor: Actor, today: date, check: Verification) -> None:
    """A fresh check answers the open “did not work” messages about what it covered."""
    state = Complaint.State.UPHELD if check.result is Result.CHANGED else Complaint.State.DISMISSED
    for complaint in record.complaints.filter(state=Complaint.State.OPEN, what=Complaint.What.DID_NOT_WORK,
                                              about__in=check.fields_covered):  # fmt: skip
        close_complaint(complaint, state, actor, today)


def _write_down(
    record: ServiceRecord, before: dict[str, str], after: dict[str, str], actor: Actor, action: str
) -> None:
    Metadata.objects.bulk_create(
        Metadata(service=record, last_action_type=action, field_name=FIELD_OF[column],
                 previous_value=before.get(column, ""), replacement_value=cell, updated_by=actor.role,
                 version=record.version, editor=actor.user)
        for column, cell in after.items() if before.get(column, "") != cell and (before or cell)
    )  # fmt: skip
