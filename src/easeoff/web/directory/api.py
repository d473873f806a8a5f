"""The open feed in the form of HSDS 3.0: GET only, nothing about the visitor, no key needed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.http import require_safe

from easeoff.directory import LONGEST_QUERY, taxonomy, taxonomy_terms
from easeoff.web.directory import selectors
from easeoff.web.directory.answering import BadRequestError, flag, listed, one
from easeoff.web.directory.feed import Feed, feed
from easeoff.web.directory.openapi import document
from easeoff.web.directory.openapi import root as root_answer

Json = dict[str, Any]


@require_safe
def root(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """What this is."""
    return JsonResponse(root_answer())


@require_safe
def description(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The feed in OpenAPI."""
    return JsonResponse(document())


@require_safe
def services(request: HttpRequest) -> JsonResponse:
    """A page of services."""
    return listed(request, lambda: wanted_services(request, feed()))


@require_safe
def service(request: HttpRequest, service_id: UUID) -> JsonResponse:  # noqa: ARG001
    """One service, the unconfirmed among them with an alert."""
    return one(feed().services.values(), service_id)


@require_safe
def taxonomies(request: HttpRequest) -> JsonResponse:
    """Our one taxonomy."""
    return listed(request, lambda: [taxonomy()])


@require_safe
def taxonomy_by_id(request: HttpRequest, taxonomy_id: UUID) -> JsonResponse:  # noqa: ARG001
    """The same by its id."""
    return one([taxonomy()], taxonomy_id)


@require_safe
def terms(request: HttpRequest) -> JsonResponse:
    """The terms of our taxonomy."""
    return listed(request, taxonomy_terms)


@require_safe
def term(request: HttpRequest, term_id: UUID) -> JsonResponse:  # noqa: ARG001
    """One term."""
    return one(taxonomy_terms(), term_id)


@require_safe
def organizations(request: HttpRequest) -> JsonResponse:
    """The charities."""
    return listed(request, lambda: feed().organizations)


@require_safe
def organization(request: HttpRequest, organization_id: UUID) -> JsonResponse:  # noqa: ARG001
    """One charity."""
    return one(feed().organizations, organization_id)


def wanted_services(request: HttpRequest, held: Feed) -> list[Json]:
    """The services that the address asks for, in our order."""
    query, term_id = request.GET.get("search", ""), request.GET.get("taxonomy_term_id", "")
    owner = request.GET.get("organization_id", "").lower()
    if len(query) > LONGEST_QUERY:
        raise BadRequestError(f"“search” may have {LONGEST_QUERY} letters.")
    since, everything = _since(request.GET.get("modified_after", "")), flag(request, "include_unconfirmed")
    index = selectors.directory().index
    if query.strip():
        slugs = [hit.service.id for hit in index.search(query, today=held.day).hits]
    else:
        slugs = [one.id for one in index.services]
    # The feed may be a moment older than the index: what only one of them has waits for the next request.
    found = [slug for slug in slugs if slug in held.services and (everything or slug in held.confirmed)]
    if since is not None:
        found = [slug for slug in found if slug in held.changed and held.changed[slug] > since]
    records = [held.services[slug] for slug in found]
    if term_id:
        records = [one for one in records
                   if any(held["taxonomy_term_id"] == term_id.lower() for held in one.get("attributes", ()))]  # fmt: skip
    return [one for one in records if not owner or one.get("organization_id") == owner]


def _since(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = parse_datetime(text.replace(" ", "+"))
        day = parse_date(text) if moment is None else None
    except ValueError:
        moment = day = None
    if moment is None and day is None:
        raise BadRequestError(
            "“modified_after” is not a date or time such as 2026-05-03 or 2026-05-03T10:00:00Z."
        )
    found = moment or datetime(day.year, day.month, day.day, tzinfo=UTC)  # type: ignore[union-attr]
    return found if found.tzinfo else found.replace(tzinfo=UTC)
