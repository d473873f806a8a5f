"""Services as the pages, the embedded list and the printed list show them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from easeoff.directory import (
    DrugClass,
    Freshness,
    Hit,
    Service,
    dialled,
    in_words,
    note_shown,
    partial_in_words,
)
from easeoff.library import Article, articles_for
from easeoff.web.directory.models import Verification
from easeoff.web.directory.words import (
    KINDS,
    METHODS,
    RESULTS,
    drugs_words,
    languages_words,
    near_words,
    where_words,
)

#: How many articles stand below a service or a list.
_ARTICLES = 3
_SIGNS = {Freshness.CHECKED: "good", Freshness.DUE: "due", Freshness.STALE: "old", Freshness.NEVER: "old"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One service in words. ``phone`` and ``text_line`` are empty where rule says that they must not be shown."""

    slug: str
    name: str
    kind: str
    where: str
    near: str
    drugs: str
    offers: str
    cost: str
    hours: str
    languages: str
    stance: str
    state: str
    sign: str
    freshness: str
    phone: str
    phone_link: str
    text_line: str
    number_words: str
    url: str
    host: str
    email: str
    successor: str
    successor_name: str
    is_tombstone: bool
    note: str
    old_names: tuple[str, ...]


def shown(hit: Hit, day: date) -> Shown:
    """``hit`` as a visitor may see it."""
    service, phone = hit.service, hit.phone
    gone = service.is_tombstone
    return Shown(
        slug=service.id,
        name=service.name,
        kind=str(KINDS[service.kind]),
        where=_without_numbers(service, where_words(service), day),
        near="" if gone else near_words(hit),
        drugs=drugs_words(service),
        offers=_sentence(_without_numbers(service, service.offers, day)),
        cost=_without_numbers(service, service.cost, day),
        hours="" if gone else _without_numbers(service, service.hours, day),
        languages=languages_words(service),
        stance=_without_numbers(service, service.stance, day),
        state=hit.state,
        sign="gone" if gone else _SIGNS[hit.freshness],
        freshness=hit.freshness_words,
        phone=phone.phone,
        phone_link=dialled(phone.phone),
        text_line=phone.text_line,
        number_words=phone.words,
        url="" if gone else service.url,
        host="" if gone else service.url.partition("://")[2].partition("/")[0].removeprefix("www."),
        email="" if gone else service.email,
        successor=hit.successor.id if hit.successor else "",
        successor_name=hit.successor.name if hit.successor else "",
        is_tombstone=gone,
        note=_without_numbers(service, service.note, day),
        old_names=tuple(name for name in service.old_names if name != service.name),
    )  # fmt: skip


def entries(hits: Iterable[Hit], day: date) -> list[SafeString]:
    """``hits`` as items of a list."""
    language = get_language() or ""
    return [_entry_html(shown(hit, day), language) for hit in hits]


@lru_cache(maxsize=2000)
def _entry_html(service: Shown, language: str) -> SafeString:
    """Kept by its whole content: twenty of them are most of the work of a page."""
    with override(language):
        return render_to_string("directory/entry.html", {"service": service})


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """One check by a person: what was found, how, by whom in which role."""

    result: str
    how: str
    on: str
    role: str
    covered: str


def shown_check(row: Verification) -> ShownCheck:
    """A check as the public may see it: no names."""
    covered = row.fields_covered.replace("_", " ").replace(";", ", ")
    return ShownCheck(
        str(RESULTS[row.result]),
        str(METHODS[row.method]),
        in_words(row.checked_at),
        row.checker_role,
        covered,
    )


def evidence(service: Service) -> tuple[str, tuple[str, ...]]:
    """The date of the evidence in words, and its addresses."""
    when = partial_in_words(service.evidence_date) if service.evidence_date else ""
    return when, tuple(
        address for address in service.evidence_url if address.startswith(("http://", "https://"))
    )


def reading(drug_classes: tuple[DrugClass, ...]) -> tuple[Article, ...]:
    """A few articles for the first of these classes; for any psychiatric drug where there is none."""
    return articles_for(drug_classes[0] if drug_classes else DrugClass.ANY)[:_ARTICLES]


def _without_numbers(service: Service, text: str, day: date) -> str:
    """``text`` of the record, with every number hidden where the service's own is, and its old numbers always."""
    if not any(letter.isdigit() for letter in text):
        return text
    for number in service.old_numbers:
        figures = [letter for letter in number if letter.isdigit()]
        text = re.sub(r"[\s\-()]*".join(figures), "(old number)", text) if len(figures) > 3 else text
    return note_shown(replace(service, note=text), day)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
