"""The head of an article: TOML between two lines of ``+++``, every key known, none missing."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from easeoff.library.model import DRUG_CLASSES, Article, Readers
from easeoff.medicines.files import DataError, choice

_FENCE = "+++\n"
_KINDS: dict[str, type] = {
    "title": str,
    "summary": str,
    "audience": str,
    "reviewed_on": date,
    "review_by": date,
    "drug_classes": list,
    "order": int,
    "status": str,
}


def read_article(path: Path) -> Article:
    """One article file. Raises `DataError` for any fault in its head."""
    head, body = _split(path)
    record = _record(head, path.name)
    classes = tuple(record["drug_classes"])
    unknown = [name for name in classes if name not in DRUG_CLASSES]
    if unknown or not classes:
        raise DataError(path.name, f"drug_classes must be some of {', '.join(DRUG_CLASSES)}")
    if record["review_by"] <= record["reviewed_on"]:
        raise DataError(path.name, "review_by must be later than reviewed_on")
    return Article(
        slug=path.stem,
        title=record["title"],
        summary=record["summary"],
        audience=choice(Readers, record["audience"], path.name),
        reviewed_on=record["reviewed_on"],
        review_by=record["review_by"],
        drug_classes=classes,
        order=record["order"],
        status=record["status"],
        body=body,
    )


def _split(path: Path) -> tuple[str, str]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(path.name, "it is not UTF-8 text") from error
    if not text.startswith(_FENCE):
        raise DataError(path.name, "it must begin with a line of +++")
    head, fence, body = text[len(_FENCE) :].partition("\n" + _FENCE)
    if not fence or not body.strip():
        raise DataError(path.name, "a second line of +++ and a text must follow the head")
    return head, body.lstrip("\n")


def _record(head: str, where: str) -> dict[str, Any]:
    try:
        record = tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        raise DataError(where, f"its head is not valid TOML ({error})") from error
    for key in record.keys() - _KINDS.keys():
        raise DataError(where, f"its head has an unknown key {key!r}")
    for key, kind in _KINDS.items():
        value = record.get(key)
        # A date with a time is a date to Python, and true is a whole number.
        if not isinstance(value, kind) or type(value) is bool or hasattr(value, "hour"):
            raise DataError(where, f"its head needs {key!r} as {_NAMES[kind]}")
        if value == "":
            raise DataError(where, f"{key!r} is empty")
    return record


_NAMES: dict[type, str] = {str: "text", date: "a date", list: "a list", int: "a whole number"}
