"""How old what we know of a service is, and whether its number may be shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from easeoff.directory.dates import in_words, months_after
from easeoff.directory.model import Kind, Service, Status

#: For how many months a check stands, and after how many it is too old to lean on.
CHECK_STANDS_MONTHS = 6
CRISIS_CHECK_STANDS_MONTHS = 3
STALE_AFTER_MONTHS = 12


class Freshness(StrEnum):
    """How old the newest check by a person is."""

    CHECKED = "checked"
    DUE = "due"
    STALE = "stale"
    NEVER = "never"


def next_due(kind: Kind, checked: date) -> date:
    """When a service checked on ``checked`` must be checked again: 3 months for a crisis line, else 6."""
    months = CRISIS_CHECK_STANDS_MONTHS if kind is Kind.CRISIS_LINE else CHECK_STANDS_MONTHS
    return months_after(checked, months)


def freshness(service_kind: Kind, last_human_check: date | None, today: date) -> Freshness:
    """How fresh a record is. A check that lies ahead of ``today`` proves nothing and counts as none."""
    if last_human_check is None or last_human_check > today:
        return Freshness.NEVER
    if today <= next_due(service_kind, last_human_check):
        return Freshness.CHECKED
    if today <= months_after(last_human_check, STALE_AFTER_MONTHS):
        return Freshness.DUE
    return Freshness.STALE


def service_freshness(service: Service, today: date) -> Freshness:
    """The same, of one service."""
    return freshness(service.kind, service.last_human_check, today)


def freshness_words(service: Service, today: date) -> str:
    """One sentence on how old the record is."""
    fresh = service_freshness(service, today)
    checked = service.last_human_check
    if fresh is Freshness.NEVER or checked is None:
        return "Not checked, use with care."
    if fresh is Freshness.CHECKED:
        return f"Checked on {in_words(checked)}."
    if fresh is Freshness.DUE:
        return f"Due for a check. Last checked on {in_words(checked)}."
    return f"Not checked since {in_words(checked)}, use with care."


@dataclass(frozen=True, slots=True)
class PhoneView:
    """What may be shown of a service's numbers. ``phone`` and ``text_line`` are empty unless ``show``.

    ``words`` stand beside the number, or in its place. ``operator`` is the operator's own web or e-mail address, to ask there instead.
    """

    show: bool
    words: str
    phone: str = ""
    text_line: str = ""
    operator: str = ""


def phone_shown(service: Service, today: date) -> PhoneView:
    """Whether the numbers of ``service`` may be shown, and the words beside or in place of them."""
    operator = service.url or service.email
    reason = _reason_to_hide(service)
    if not reason:
        return PhoneView(True, freshness_words(service, today), service.phone, service.text_line, operator)
    if operator and not service.is_tombstone:
        reason = f"{reason} Ask the service itself."
    return PhoneView(False, reason, operator=operator)


def _reason_to_hide(service: Service) -> str:
    if service.status is Status.CLOSED:
        return "This service has closed, so we do not show its number."
    if service.status is Status.RENAMED:
        return "This service now has another name, so we do not show its old number."
    if service.do_not_list:
        return "This service asked not to be listed."
    if not (service.phone or service.text_line):
        return "We have no number for this service."
    if service.status is Status.READ_ONLY:
        return "This service can only be read now, so we do not show its number."
    if service.status is Status.UNCONFIRMED:
        return "Nobody has confirmed this number, so we do not show it."
    return ""


_NUMBER = re.compile(r"\+?(\(\d+\) ?)?\d[\d \-]{4,}\d")
_ISO_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_YEARS = re.compile(r"\d{4}\s?-\s?\d{2,4}")


def note_shown(service: Service, today: date) -> str:
    """The note for the public: with every telephone number in it hidden unless the service's own is shown."""
    if phone_shown(service, today).show:
        return service.note
    return _NUMBER.sub(_hidden, service.note)


def _hidden(match: re.Match[str]) -> str:
    text = match.group()
    if _ISO_DATE.fullmatch(text) or _YEARS.fullmatch(text):
        return text
    return "(number not shown)"
