"""Every address that a visitor can open, taken from the hub's own table of addresses, so that no new page is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import URLPattern, URLResolver, get_resolver

from easeoff.directory import load_services, to_hsds, uuid_of
from easeoff.library import load_articles

#: One address, or several that look different, for each page whose address has a changing part.
EXAMPLES: dict[str, tuple[str, ...]] = {
    "medicine": ("sertraline", "lithium", "morphine", "gabapentin-enacarbil"),
    "article": tuple(article.slug for article in load_articles()),
    "service": (
        "bridge-project-bradford", "ads-oldham", "battle-against-tranquillisers", "bristol-tranquilliser-project",
        "surviving-antidepressants", "samaritans", "nelft-pdc",
    ),
    "api-service": (uuid_of("samaritans"),),
    "api-taxonomy": (uuid_of("taxonomy"),),
    "api-term": (uuid_of("term/kind/charity"),),
    "api-service-at-location": tuple(
        at["id"] for record in to_hsds(load_services(), date(2026, 11, 20)) for at in record.get("service_at_locations", ())
    )[:1],
    "api-organization": (uuid_of("bridge-project-bradford/organization"),),
}  # fmt: skip
#: The back office is for people who have signed in, and has tests of its own.
_NOT_PUBLIC = "back-office/"


@dataclass(frozen=True)
class Page:
    """One page of the table with the addresses to try it at."""

    name: str
    route: str
    addresses: tuple[str, ...]


def pages() -> tuple[Page, ...]:
    """Every page that the public can reach. Fails where one with a changing part has no example here."""
    return tuple(_page(route, pattern) for route, pattern in _patterns(get_resolver(), ""))


def addresses() -> tuple[str, ...]:
    """Every address to try."""
    return tuple(address for page in pages() for address in page.addresses)


def every_service() -> tuple[str, ...]:
    """The address of every entry of the directory."""
    return tuple(f"/find-help/{service.id}/" for service in load_services())


def _page(route: str, pattern: URLPattern) -> Page:
    name = pattern.name or route
    if "<" not in route:
        return Page(name, route, (f"/{route}",))
    assert name in EXAMPLES, f"Give an example of “{route}” (named {name}) in tests/public_addresses.py"
    before, _, rest = route.partition("<")
    after = rest.partition(">")[2]
    assert "<" not in after, f"“{route}” has two changing parts: extend tests/public_addresses.py"
    return Page(name, route, tuple(f"/{before}{value}{after}" for value in EXAMPLES[name]))


def _patterns(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = f"{before}{entry.pattern}"
        if route.startswith(_NOT_PUBLIC):
            continue
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, route)
        else:
            yield route, entry
