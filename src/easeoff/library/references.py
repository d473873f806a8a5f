"""The works that articles cite: ``references.json``, CSL-JSON with how sure we are of each."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from easeoff.library.model import Reference
from easeoff.medicines import Confidence
from easeoff.medicines.files import DATA_ROOT, DataError, choice

FILE = "references.json"
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SURENESS = frozenset({Confidence.READ, Confidence.SECONDARY, Confidence.UNVERIFIED})
#: Beyond this many authors the rest are "and others".
_AUTHORS_SHOWN = 3


@lru_cache(maxsize=8)
def load_references(root: Path = DATA_ROOT) -> dict[str, Reference]:
    """Every reference by its key; not to be changed. Raises `DataError`."""
    path = root / "articles" / FILE
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(FILE, f"it cannot be read as JSON ({error})") from error
    if not isinstance(items, list):
        raise DataError(FILE, "it must be a list of CSL-JSON items")
    found: dict[str, Reference] = {}
    for number, item in enumerate(items, 1):
        reference = _reference(item, f"{FILE} item {number}")
        if reference.key in found:
            raise DataError(FILE, f"the id {reference.key!r} stands there twice")
        found[reference.key] = reference
    return found


def _reference(item: Any, where: str) -> Reference:
    if not isinstance(item, dict):
        raise DataError(where, "it is not an object")
    key = _text(item, "id", where)
    if not _KEY.fullmatch(key):
        raise DataError(where, f"the id {key!r} may hold only a to z, 0 to 9, _ and -")
    where = f"{FILE} {key}"
    custom = item.get("custom")
    if not isinstance(custom, dict):
        raise DataError(where, "it needs custom with a confidence")
    confidence = choice(Confidence, _text(custom, "confidence", where), where)
    if confidence not in _SURENESS:
        raise DataError(where, "its confidence must be read, secondary or unverified")
    _text(item, "type", where)
    return Reference(
        key=key,
        title=_text(item, "title", where),
        authors=_authors(item, where),
        where=_optional(item, "container-title") or _optional(item, "publisher"),
        year=_year(item, where),
        address=_address(item, where),
        confidence=confidence,
        note=_optional(custom, "note"),
        unused_because=_optional(custom, "unused_because"),
    )


def _text(item: dict[str, Any], key: str, where: str) -> str:
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DataError(where, f"it needs {key!r} as text")
    return value.strip()


def _optional(item: dict[str, Any], key: str) -> str:
    value = item.get(key, "")
    return value.strip() if isinstance(value, str) else ""


def _authors(item: dict[str, Any], where: str) -> tuple[str, ...]:
    names = item.get("author", [])
    if not isinstance(names, list) or not (names or _optional(item, "publisher")):
        raise DataError(where, "it needs an author or a publisher")
    found = [_name(name, where) for name in names]
    return (*found[:_AUTHORS_SHOWN], "others") if len(found) > _AUTHORS_SHOWN else tuple(found)


def _name(name: Any, where: str) -> str:
    if isinstance(name, dict) and _optional(name, "literal"):
        return _optional(name, "literal")
    if isinstance(name, dict) and _optional(name, "family"):
        return f"{_optional(name, 'family')} {_optional(name, 'given')}".strip()
    raise DataError(where, "each author needs a literal or a family name")


def _year(item: dict[str, Any], where: str) -> str:
    issued = item.get("issued")
    if issued is None:
        return ""
    try:
        year = int(issued["date-parts"][0][0])
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise DataError(where, 'issued must look like {"date-parts": [[2019, 3]]}') from error
    return str(year)


def _address(item: dict[str, Any], where: str) -> str:
    doi, url = _optional(item, "DOI"), _optional(item, "URL")
    if doi:
        if not doi.startswith("10."):
            raise DataError(where, "its DOI must begin with 10.")
        return f"https://doi.org/{doi}"
    if not url.startswith(("https://", "http://")):
        raise DataError(where, "it needs a DOI, or a URL that begins with https:// or http://")
    return url
