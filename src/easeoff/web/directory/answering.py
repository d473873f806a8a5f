"""Answers of the open feed: a page of records, one record, or one sentence on what cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse

Json = dict[str, Any]
_MOST_PER_PAGE = 100
_PER_PAGE = 50


class BadRequestError(Exception):
    """Something in the address cannot be used; says what would be right."""


def flag(request: HttpRequest, name: str) -> bool:
    """A parameter that is ``true`` or ``false``; false where it is left out."""
    text = request.GET.get(name, "false")
    if text not in ("true", "false"):
        raise BadRequestError(f"“{name}” is true or false.")
    return text == "true"


def listed(request: HttpRequest, wanted: Callable[[], Sequence[Json]]) -> JsonResponse:
    """The page that was asked for of the records that ``wanted`` finds."""
    try:
        return _paged(request, wanted())
    except BadRequestError as problem:
        return JsonResponse({"error": str(problem)}, status=400)


def _paged(request: HttpRequest, records: Sequence[Json]) -> JsonResponse:
    """One page, in the envelope of HSDS."""
    size = _number(request, "per_page", _PER_PAGE, _MOST_PER_PAGE)
    page = _number(request, "page", 1, 1_000_000)
    contents = list(records[(page - 1) * size : page * size])
    pages = max(1, -(-len(records) // size))
    return JsonResponse({
        "total_items": len(records), "total_pages": pages, "page_number": page, "size": len(contents),
        "first_page": page == 1, "last_page": page >= pages, "empty": not contents, "contents": contents,
    })  # fmt: skip


def _number(request: HttpRequest, name: str, usual: int, most: int) -> int:
    text = request.GET.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= most):
        raise BadRequestError(f"“{name}” is a whole number from 1 to {most}.")
    return int(text)


def one(records: Iterable[Json], wanted: UUID) -> JsonResponse:
    """The record with this id, or 404."""
    found = next((record for record in records if record["id"] == str(wanted)), None)
    missing = {"error": "There is nothing with this id."}
    return JsonResponse(found or missing, status=200 if found else 404)
