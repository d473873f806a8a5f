"""The parts of an HSDS service: ids, phones, opening times, areas, languages, costs, attributes."""

from __future__ import annotations

import re
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from easeoff.directory.model import DrugClass, Kind, Service
from easeoff.directory.places import country_name

Json = dict[str, Any]

#: Ours, so that the same slug gives the same id in every export.
NAMESPACE: UUID = uuid5(NAMESPACE_URL, "https://easeoff.example/directory")
TAXONOMY_NAME = "Easeoff directory terms"
#: The words of the attributes that carry what HSDS has no field for.
FACTS = ("successor_id", "evidence_url", "evidence_date", "country", "stance", "places", "online")

_LANGUAGES = {
    "da": "Danish", "de": "German", "en": "English", "es": "Spanish", "fi": "Finnish", "fr": "French", "is": "Icelandic",
    "it": "Italian", "mul": "Several languages", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "sv": "Swedish",
}  # fmt: skip
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY_NAMES = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_HOURS = re.compile(r"(daily|([A-Z][a-z]{2})-([A-Z][a-z]{2})) (\d\d:\d\d)-(\d\d:\d\d)")


def uuid_of(slug: str) -> str:
    """The id that stands for a service, or for a part of one such as ``no-panic/phone``."""
    return str(uuid5(NAMESPACE, slug))


def schedules(service: Service) -> list[Json]:
    """Opening times: structured where the words are plain, and the words themselves always. Times are local."""
    if not service.hours:
        return []
    parts = [part.strip() for part in service.hours.split(";")]
    read = [_schedule(part) for part in parts]
    if any(found is None for found in read):
        read, parts = [{}], [service.hours]
    return [
        {
            "id": uuid_of(f"{service.id}/schedule/{n}"),
            "service_id": uuid_of(service.id),
            **(found or {}),
            "notes": f"{words} (local time)",
        }
        for n, (found, words) in enumerate(zip(read, parts, strict=True))
    ]


def _schedule(words: str) -> Json | None:
    if words == "24/7":
        return {"freq": "WEEKLY", "byday": ",".join(_DAYS), "opens_at": "00:00", "closes_at": "24:00"}
    match = _HOURS.fullmatch(words)
    if match is None:
        return None
    first, last = (0, 6) if match[1] == "daily" else (_day(match[2]), _day(match[3]))
    if first is None or last is None or first > last:
        return None
    return {
        "freq": "WEEKLY",
        "byday": ",".join(_DAYS[first : last + 1]),
        "opens_at": match[4],
        "closes_at": match[5],
    }


def _day(name: str) -> int | None:
    return _DAY_NAMES.get(name.casefold())


def service_areas(service: Service) -> list[Json]:
    """Where it works, in words."""
    name = "; ".join(filter(None, (service.area, country_name(service.country) if service.country else "")))
    if not name:
        return []
    return [{"id": uuid_of(f"{service.id}/area"), "service_id": uuid_of(service.id), "name": name}]


def languages(service: Service) -> list[Json]:
    """The languages, with their English names."""
    return [
        {"id": uuid_of(f"{service.id}/language/{code}"), "service_id": uuid_of(service.id), "code": code, "name": _LANGUAGES.get(code, code)}
        for code in service.languages
    ]  # fmt: skip


def cost_options(service: Service) -> list[Json]:
    """What it costs, in words; an amount only where it is free."""
    if not service.cost:
        return []
    option: Json = {
        "id": uuid_of(f"{service.id}/cost"),
        "service_id": uuid_of(service.id),
        "option": service.cost,
    }
    return [{**option, "amount": 0} if service.cost.casefold() == "free" else option]


def taxonomy() -> Json:
    """Our own small taxonomy: drug classes and kinds of service."""
    return {
        "id": uuid_of("taxonomy"),
        "name": TAXONOMY_NAME,
        "description": "Which psychiatric drugs a service helps to come off, what kind of service it is, and facts about its record.",
        "version": "1",
    }


def taxonomy_terms() -> list[Json]:
    """Every term of the taxonomy."""
    classes = [_term("drug_class", name.value, "Helps with this class of drugs.") for name in DrugClass]
    kinds = [_term("kind", name.value, "Is this kind of service.") for name in Kind]
    facts = [
        _term("fact", name, "A fact about the record; the attribute's value holds it.") for name in FACTS
    ]
    return classes + kinds + facts


def _term(group: str, code: str, description: str) -> Json:
    return {
        "id": uuid_of(f"term/{group}/{code}"),
        "code": f"{group}:{code}",
        "name": code.replace("_", " "),
        "description": description,
        "taxonomy": TAXONOMY_NAME,
        "taxonomy_id": uuid_of("taxonomy"),
        "language": "en",
    }


def attributes(service: Service, facts: dict[str, str]) -> list[Json]:
    """Drug classes, kind, and ``facts`` by name, each with its term."""
    terms = {term["code"]: term for term in taxonomy_terms()}
    held = [(f"drug_class:{name}", "") for name in service.drug_classes]
    held += [
        (f"kind:{service.kind}", ""),
        *((f"fact:{name}", value) for name, value in facts.items() if value),
    ]
    return [_attribute(service, terms[code], value) for code, value in held]


def _attribute(service: Service, term: Json, value: str) -> Json:
    attribute = {
        "id": uuid_of(f"{service.id}/{term['code']}"),
        "link_id": uuid_of(service.id),
        "link_entity": "service",
        "taxonomy_term_id": term["id"],
        "taxonomy_term": term,
    }
    return {**attribute, "value": value} if value else attribute
