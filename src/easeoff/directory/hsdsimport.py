"""Reading somebody's HSDS 3.0 file into the review queue. Nothing is taken over without a person."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from easeoff.directory.csvfiles import LARGEST_FILE, MOST_ROWS
from easeoff.directory.folding import folded
from easeoff.directory.hsdsparts import Json, uuid_of
from easeoff.directory.model import DrugClass, Kind, Service, Status
from easeoff.directory.proposals import ProposedChange, propose
from easeoff.directory.tombstones import by_id
from easeoff.quantities import EaseoffError

_STATUS = {
    "active": "active",
    "inactive": "unconfirmed",
    "defunct": "closed",
    "temporarily closed": "unconfirmed",
}
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HINT = "Export the file again as HSDS 3.0 JSON: one service, a list of services, or a page with “contents”."


def from_hsds(text: str, known: Iterable[Service]) -> tuple[ProposedChange, ...]:
    """What an HSDS 3.0 JSON file would change, for the review queue.

    A service is known again by the id that our own export gives it; any other is proposed as new.
    Raises `EaseoffError`, naming where in the file, for anything malformed.
    """
    services = _services(_parsed(text))
    held = by_id(known)
    slugs = {uuid_of(slug): slug for slug in held}
    proposed: list[ProposedChange] = []
    seen: set[str] = set()
    for number, record in enumerate(services):
        where = f"services[{number}]"
        row = _row(record, where, slugs, held)
        if row["id"] in seen:
            raise EaseoffError(f"{where} stands in the file twice.", "Keep one record for each service.")
        seen.add(row["id"])
        change = propose(row, held, where)
        if change is not None:
            proposed.append(change)
    return tuple(proposed)


def _parsed(text: str) -> object:
    if len(text) > LARGEST_FILE:
        raise EaseoffError(
            "This file is too large.", f"A file may have {LARGEST_FILE // 1_000_000} million letters."
        )
    if not text.strip():
        raise EaseoffError("This file is empty.", _HINT)
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise EaseoffError(f"This is not JSON: line {error.lineno}, column {error.colno}.", _HINT) from error
    except RecursionError as error:
        raise EaseoffError("This file is nested too deeply.", _HINT) from error


def _no_constant(name: str) -> object:
    raise EaseoffError(f"The file has {name} where a number belongs.", _HINT)


def _services(parsed: object) -> list[object]:
    found = parsed
    if isinstance(parsed, dict):
        found = next((parsed[key] for key in ("contents", "services") if key in parsed), [parsed])
    if not isinstance(found, list):
        raise EaseoffError("The file has no list of services.", _HINT)
    if len(found) > MOST_ROWS:
        raise EaseoffError("This file has too many services.", f"A file may have {MOST_ROWS} services.")
    return found


def _row(
    record: object, where: str, slugs: Mapping[str, str], known: Mapping[str, Service]
) -> dict[str, str]:
    """The columns that this record fills. What it does not say stays out, so that it changes nothing."""
    if not isinstance(record, dict):
        raise EaseoffError(f"{where} is not a service.", _HINT)
    uuid, name, status = (_text(record, key, where, needed=True) for key in ("id", "name", "status"))
    if not _UUID.fullmatch(uuid):
        raise EaseoffError(f"{where}.id is not a UUID.", _HINT)
    if status not in _STATUS:
        raise EaseoffError(f"{where}.status is “{status[:40]}”.", f"Use one of {', '.join(_STATUS)}.")
    slug = slugs.get(uuid.lower()) or _new_slug(name, known)
    row = {"id": slug, "name": name, "status": _status(status, known.get(slug))}
    plain = {"description": "offers", "url": "url", "email": "email"}
    for key, column in plain.items():
        if key in record:
            row[column] = _text(record, key, where)
    row.update(_parts(record, where))
    attributes = _list(record, "attributes", where)
    if attributes:
        row.update(_attributes(attributes, where))
    successor = slugs.get(row.pop("successor", ""), "")
    if successor:
        row["successor_id"] = successor
    if "assured_date" in record:
        row["last_human_check"] = _text(record, "assured_date", where)
    return row


def _status(status: str, current: Service | None) -> str:
    """Our word for theirs: the one we have, where theirs would say the same of it."""
    same = {
        Status.RENAMED: ("defunct",), Status.READ_ONLY: ("inactive",), Status.UNCONFIRMED: ("inactive",),
    }  # fmt: skip
    if current and status in same.get(current.status, ()):
        return current.status
    return _STATUS[status]


def _parts(record: Json, where: str) -> dict[str, str]:
    row: dict[str, str] = {}
    for number, phone in enumerate(_list(record, "phones", where)):
        at = f"{where}.phones[{number}]"
        column = "text_line" if _text(phone, "type", at) == "text" else "phone"
        row.setdefault(column, _text(phone, "number", at, needed=True))
    codes = [
        _text(one, "code", f"{where}.languages[{n}]")
        for n, one in enumerate(_list(record, "languages", where))
    ]
    if any(codes):
        row["languages"] = ";".join(filter(None, codes))
    options = [
        _text(one, "option", f"{where}.cost_options[{n}]")
        for n, one in enumerate(_list(record, "cost_options", where))
    ]
    cost = next(filter(None, options), "") or _text(record, "fees_description", where)
    if cost:
        row["cost"] = cost
    notes = [
        _text(one, "notes", f"{where}.schedules[{n}]")
        for n, one in enumerate(_list(record, "schedules", where))
    ]
    if any(notes):
        row["hours"] = "; ".join(note.removesuffix(" (local time)") for note in notes if note)
    return row


def _attributes(attributes: list[Json], where: str) -> dict[str, str]:
    row: dict[str, str] = {}
    classes: list[str] = []
    for number, attribute in enumerate(attributes):
        at = f"{where}.attributes[{number}]"
        term = attribute.get("taxonomy_term", {})
        if not isinstance(term, dict):
            raise EaseoffError(f"{at}.taxonomy_term is not an object.", _HINT)
        group, _, code = _text(term, "code", f"{at}.taxonomy_term").partition(":")
        value = _text(attribute, "value", at)
        if group == "drug_class" and code in set(DrugClass):
            classes.append(code)
        elif group == "kind" and code in set(Kind):
            row["kind"] = code
        elif group == "fact" and code in (
            "evidence_url",
            "evidence_date",
            "country",
            "stance",
            "places",
            "online",
        ):
            row[code] = value
        elif group == "fact" and code == "successor_id":
            row["successor"] = value.lower()
    if classes:
        row["drug_classes"] = ";".join(dict.fromkeys(classes))
    return row


def _list(record: Json, key: str, where: str) -> list[Json]:
    found = record.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise EaseoffError(f"{where}.{key} is not a list of objects.", _HINT)
    return found


def _text(record: Json, key: str, where: str, *, needed: bool = False) -> str:
    value = record.get(key)
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise EaseoffError(f"{where}.{key} is not text.", _HINT)
    if needed and not value.strip():
        raise EaseoffError(f"{where}.{key} is missing.", _HINT)
    return value


def _new_slug(name: str, known: Mapping[str, Service]) -> str:
    """A slug out of the name, with a number where another service has it."""
    stem = folded(name).replace(" ", "-")[:60].strip("-") or "service"
    slug, number = stem, 2
    while slug in known:
        slug, number = f"{stem}-{number}", number + 1
    return slug
