"""What the people who keep the directory true should look at next, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from easeoff.directory.checks import with_checks
from easeoff.directory.dates import in_words
from easeoff.directory.freshness import Freshness, next_due, service_freshness
from easeoff.directory.model import Complaint, Kind, LinkCheck, LinkState, Service, Verification


class Reason(StrEnum):
    """Why a service is on the list, the most pressing first."""

    COMPLAINT = "complaint"
    OVERDUE = "overdue"
    NEVER = "never"
    DUE = "due"
    LINK_GONE = "link_gone"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One service to check. ``due_on`` is ``None`` where it was never checked; ``complaints`` are the open ones."""

    service: Service
    reason: Reason
    words: str
    due_on: date | None
    complaints: tuple[Complaint, ...] = ()


def work_list(
    services: Iterable[Service],
    verifications: Iterable[Verification],
    complaints: Iterable[Complaint],
    today: date,
    link_checks: Iterable[LinkCheck] = (),
    countries: Collection[str] = (),
) -> tuple[WorkItem, ...]:
    """The services to check: those complained of, overdue, never checked, due, and those with a dead address.

    Crisis lines come first within each reason, those of ``countries`` (codes) before others, then the longest
    overdue. Services that asked not to be listed are
    never called again; closed and renamed ones are on the list only for a complaint. The date of the newest check comes
    from ``verifications`` where there are any of that service, else from the record. ``complaints`` are the open ones.
    """
    held = tuple(verifications)
    checked = {verification.service for verification in held}
    by_service: dict[str, list[Complaint]] = {}
    for complaint in complaints:
        by_service.setdefault(complaint.service, []).append(complaint)
    gone = _dead_addresses(link_checks)
    items = []
    for service in services:
        known = with_checks(service, held) if service.id in checked else service
        item = (
            None if service.do_not_list else _item(known, tuple(by_service.get(service.id, ())), gone, today)
        )
        if item is not None:
            items.append(item)
    return tuple(sorted(items, key=lambda item: _pressing(item, countries)))


def _item(
    service: Service, complaints: tuple[Complaint, ...], gone: frozenset[str], today: date
) -> WorkItem | None:
    due_on = None if service.last_human_check is None else next_due(service.kind, service.last_human_check)
    fresh = service_freshness(service, today)
    if complaints:
        abouts = " and ".join(dict.fromkeys(complaint.about.replace("_", " ") for complaint in complaints))
        return WorkItem(
            service, Reason.COMPLAINT, f"Someone says this did not work: {abouts}.", due_on, complaints
        )
    if service.is_tombstone:
        return None
    if fresh is Freshness.NEVER or due_on is None:
        return WorkItem(service, Reason.NEVER, "Nobody has ever checked it.", None)
    if fresh is Freshness.STALE or (fresh is Freshness.DUE and service.kind is Kind.CRISIS_LINE):
        return WorkItem(service, Reason.OVERDUE, f"Overdue since {in_words(due_on)}.", due_on)
    if fresh is Freshness.DUE:
        return WorkItem(service, Reason.DUE, f"Due for a check since {in_words(due_on)}.", due_on)
    if service.id in gone:
        return WorkItem(service, Reason.LINK_GONE, "Its web address is gone.", due_on)
    return None


def _dead_addresses(link_checks: Iterable[LinkCheck]) -> frozenset[str]:
    """The services whose newest link check found the address gone."""
    newest: dict[tuple[str, str], LinkCheck] = {}
    for check in sorted(link_checks, key=lambda check: check.checked_at):
        newest[check.service, check.url] = check
    return frozenset(check.service for check in newest.values() if check.state is LinkState.GONE)


def _pressing(item: WorkItem, countries: Collection[str]) -> tuple[int, bool, bool, date, str]:
    reasons = list(Reason)
    other = item.service.kind is not Kind.CRISIS_LINE
    elsewhere = not other and item.service.country not in countries
    return reasons.index(item.reason), other, elsewhere, item.due_on or date.min, item.service.name
