"""What a check by a person does to a record. Nothing else moves ``last_human_check``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from easeoff.directory.model import Kind, Method, Result, Service, Status, Verification

_COUNTING_METHODS = frozenset({Method.PHONE_CALL, Method.OPERATOR_WRITTEN, Method.OPERATOR_PAGE})
_COUNTING_RESULTS = frozenset({Result.CONFIRMED, Result.CHANGED})


def last_human_check(service: Service, verifications: Iterable[Verification]) -> date | None:
    """The newest check that counts: confirmed or changed, by a call, the operator's word or page.

    A check of a crisis line counts only if it covered every number that the record holds.
    """
    days = [v.checked_at for v in verifications if v.service == service.id and counts(service, v)]
    return max(days, default=None)


def counts(service: Service, verification: Verification) -> bool:
    """Whether this check may move ``last_human_check`` of this service."""
    if verification.method not in _COUNTING_METHODS or verification.result not in _COUNTING_RESULTS:
        return False
    if service.kind is not Kind.CRISIS_LINE:
        return True
    numbers = {name for name in ("phone", "text_line") if getattr(service, name)}
    return numbers <= set(verification.fields_covered)


def with_checks(service: Service, verifications: Iterable[Verification]) -> Service:
    """The service with ``last_human_check`` taken from its checks, and from nothing else."""
    return replace(service, last_human_check=last_human_check(service, verifications))


def after_check(service: Service, verification: Verification) -> Service:
    """The service after one more check: its state, its date, and whether it asked not to be listed.

    A check that counts makes an unconfirmed service active. One that found it closed closes it, unless only a
    third party's page says so. What changed in the text is for the editor to write.
    """
    if verification.service != service.id:
        return service
    if verification.result is Result.REFUSED_LISTING:
        return replace(service, do_not_list=True)
    if verification.result is Result.CLOSED and verification.method in _COUNTING_METHODS:
        return service if service.is_tombstone else replace(service, status=Status.CLOSED)
    if not counts(service, verification):
        return service
    newest = max(verification.checked_at, service.last_human_check or verification.checked_at)
    status = Status.ACTIVE if service.status is Status.UNCONFIRMED else service.status
    return replace(service, last_human_check=newest, status=status)
