"""Changes that others propose: each waits for a person, and none carries a check, a crisis number or a wish undone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from easeoff.directory.folding import digits
from easeoff.directory.loading import COLUMNS, to_service
from easeoff.directory.model import Kind, Service, Status
from easeoff.directory.rows import to_row
from easeoff.medicines.files import DataError
from easeoff.quantities import EaseoffError

#: What an import never changes: only a check by a person moves the date, and only we know our founding page.
NEVER_IMPORTED = frozenset({"id", "last_human_check", "on_founding_page"})
#: How long one cell may be, in letters.
LONGEST_CELL = 4000
_NUMBERS = ("phone", "text_line")
_ID = re.compile(r"[a-z0-9][a-z0-9\-]{0,79}")
_PHONE = re.compile(r"[+(]?\d[\d ()+\-./]*( (option|then press|press|ext\.?|extension) \d+)?")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^]+\.[^\s<>\"'`{}|\\^]+")
_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")
_EVIDENCE_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-([0-2]\d|3[01]))?)?")
_SAFE_DEFAULTS = {
    "kind": "information",
    "status": "unconfirmed",
    "on_founding_page": "no",
    "online": "no",
    "do_not_list": "no",
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one service, before and after, as the CSV file writes it."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """What an import would change in one service. ``origin`` says where it stands in the file.

    ``warnings`` are sentences on what was left out, and why. Nothing is taken over until `accept` is called.
    """

    service_id: str
    is_new: bool
    changes: tuple[FieldChange, ...]
    origin: str
    warnings: tuple[str, ...] = ()


def propose(row: Mapping[str, str], known: Mapping[str, Service], origin: str) -> ProposedChange | None:
    """What ``row`` (some of the CSV columns, with an id) would change; ``None`` where it would change nothing.

    Raises `EaseoffError`, naming ``origin``, where the row cannot be read.
    """
    service_id = row.get("id", "").strip()
    if not _ID.fullmatch(service_id):
        raise EaseoffError(
            f"{origin} has no usable id.", "An id has small letters, digits and hyphens, such as no-panic."
        )
    current = known.get(service_id)
    before = to_row(current) if current else {column: _SAFE_DEFAULTS.get(column, "") for column in COLUMNS}
    after = {
        **before,
        **{name: _tidy(cell) for name, cell in row.items() if name in COLUMNS},
        "id": service_id,
    }
    warnings: list[str] = []
    _guard(before, after, current, warnings)
    _check(after, before, origin)
    changes = tuple(FieldChange(name, before[name] if current else "", after[name])
                    for name in COLUMNS if name not in NEVER_IMPORTED
                    and (after[name] != before[name] if current else bool(after[name])))  # fmt: skip
    if not changes and not warnings:
        return None
    return ProposedChange(service_id, current is None, changes, origin, tuple(warnings))


def accept(change: ProposedChange, current: Service | None) -> Service:
    """The service with a proposed change taken over, once a person has said yes.

    A changed number makes an active service unconfirmed until a person has checked it.
    Raises `EaseoffError` where the service has changed since the proposal was made.
    """
    if change.is_new == (current is not None):
        raise EaseoffError(
            f"The service “{change.service_id}” is not as it was when this was proposed.",
            "Import the file again.",
        )
    row = (
        to_row(current)
        if current
        else {**dict.fromkeys(COLUMNS, ""), **_SAFE_DEFAULTS, "id": change.service_id}
    )
    for one in change.changes:
        if current and row[one.field] != one.before:
            what = (
                f"Someone else has changed the {one.field.replace('_', ' ')} of “{current.name}” since then."
            )
            raise EaseoffError(what, "Import the file again.")
        row[one.field] = one.after
    service = to_service(row, change.service_id)
    numbers_changed = current and (service.phone, service.text_line) != (current.phone, current.text_line)
    if numbers_changed and service.status is Status.ACTIVE:
        return replace(service, status=Status.UNCONFIRMED)
    return service


def _guard(
    before: dict[str, str], after: dict[str, str], current: Service | None, warnings: list[str]
) -> None:
    """Put back what an import may not change, each with a sentence that says why."""
    if after["last_human_check"] != before["last_human_check"]:
        warnings.append("The date of the last check was left out: only a check by a person sets it.")
    for name in NEVER_IMPORTED - {"id"}:
        after[name] = before[name]
    crisis = Kind.CRISIS_LINE.value in (after["kind"], before["kind"] if current else "")
    for name in _NUMBERS:
        if crisis and after[name] != before[name]:
            after[name] = before[name]
            warnings.append("The number of a crisis line was left out: take it from the operator.")
    if after["status"] == Status.ACTIVE and before["status"] != Status.ACTIVE:
        after["status"] = before["status"]
        warnings.append("It was not made active: only a check by a person does that.")
    if current and current.do_not_list and after["do_not_list"] != "yes":
        after["do_not_list"] = "yes"
        warnings.append("It asked not to be listed, and stays so.")
    if after["phone"] != before["phone"] and looks_like_uk_mobile(after["phone"]):
        warnings.append("This is a mobile number: make sure that it is not a private person's.")


def _check(after: dict[str, str], before: dict[str, str], origin: str) -> None:
    """Raise `EaseoffError` for a changed cell that no record could hold."""
    for name, pattern, what in (
        ("phone", _PHONE, "a telephone number"),
        ("text_line", _PHONE, "a number for text messages"),
        ("url", _ADDRESS, "a web address that begins with https://"),
        ("email", _MAIL, "an e-mail address"),
        ("evidence_date", _EVIDENCE_DATE, "a date such as 2026-05-03, 2026-05 or 2026"),
    ):
        if after[name] != before[name] and after[name] and not pattern.fullmatch(after[name]):
            raise EaseoffError(
                f"{origin}: “{after[name][:40]}” is not {what}.", "Correct it in the file and import again."
            )
    addresses = [part.strip() for part in after["evidence_url"].split(";") if part.strip()]
    for address in addresses if after["evidence_url"] != before["evidence_url"] else []:
        if not _ADDRESS.fullmatch(address):
            raise EaseoffError(
                f"{origin}: “{address[:40]}” is not a web address that begins with https://.",
                "Correct it and import again.",
            )
    for name, cell in after.items():
        if len(cell) > LONGEST_CELL:
            raise EaseoffError(
                f"{origin}: the {name.replace('_', ' ')} is too long.", f"Use at most {LONGEST_CELL} letters."
            )
    try:
        to_service(after, origin)
    except DataError as error:
        raise EaseoffError(
            f"{error.where}: {error.what}.", "Correct it in the file and import again."
        ) from error


def _tidy(cell: str) -> str:
    """Without control characters and with single spaces, so that nothing hides in a cell."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in cell).split())


def looks_like_uk_mobile(phone: str) -> bool:
    """Whether a British number begins as mobile numbers do, and so may be a private person's."""
    return digits(phone).removeprefix("44").lstrip("0").startswith("7") and len(digits(phone)) >= 10
