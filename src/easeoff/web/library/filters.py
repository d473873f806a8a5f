"""The shelf's filters: what was asked for by GET, what it finds, and which page of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from easeoff.library import Resource, find_resources, load_shelf
from easeoff.web.library.presenting import audience_options, class_options, kind_options, topic_options

_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter with its choices. ``unknown`` is set where something else was asked for."""

    key: str
    label: str
    every: str
    options: dict[str, str]
    chosen: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of what was found. ``previous`` and ``following`` are addresses, or empty."""

    filters: tuple[Filter, ...]
    founding: bool
    resources: tuple[Resource, ...]
    found: int
    page: int
    pages: int
    previous: str
    following: str
    here: str


def read_shelf(sent: Mapping[str, str]) -> Shelf:
    """What ``sent`` asks for. A filter that does not exist is not applied, and said."""
    everything = load_shelf()
    filters = (
        _filter(sent, "topic", "Topic", "All topics", topic_options()),
        _filter(sent, "class", "Kind of medicine", "All medicines", class_options(everything)),
        _filter(sent, "audience", "For whom", "Everyone", audience_options()),
        _filter(sent, "kind", "Kind of thing", "All kinds", kind_options(everything)),
    )
    founding = sent.get("list") == "founding"
    topic, drug_class, audience, kind = (each.chosen for each in filters)
    found = find_resources(
        everything, topic=topic, drug_class=drug_class, audience=audience, kind=kind, founding=founding
    )
    pages = max(1, -(-len(found) // _PER_PAGE))
    page = min(_page(sent.get("page", "")), pages)
    kept = {each.key: each.chosen for each in filters if each.chosen} | (
        {"list": "founding"} if founding else {}
    )
    return Shelf(
        filters=filters,
        founding=founding,
        resources=found[(page - 1) * _PER_PAGE : page * _PER_PAGE],
        found=len(found),
        page=page,
        pages=pages,
        previous=_address(kept, page - 1) if page > 1 else "",
        following=_address(kept, page + 1) if page < pages else "",
        here=_address(kept, page),
    )


def _filter(sent: Mapping[str, str], key: str, label: str, every: str, options: dict[str, str]) -> Filter:
    asked = sent.get(key, "")
    return Filter(
        key, label, every, options, asked if asked in options else "", bool(asked) and asked not in options
    )


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 4 and int(text) else 1


def _address(kept: dict[str, str], page: int) -> str:
    return "?" + urlencode(kept | ({"page": str(page)} if page > 1 else {}))
