"""What there is to read, as immutable records: our own articles, the works they cite, and the shelf of others' work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from easeoff.medicines import Confidence

#: Drug classes as readers and the shelf name them. ``any`` concerns all of them.
DRUG_CLASSES = {
    "any": "Any medicine",
    "antidepressant": "Antidepressants",
    "benzodiazepine": "Benzodiazepines",
    "z_drug": "Z-drugs (sleeping tablets)",
    "antipsychotic": "Antipsychotics",
    "mood_stabiliser": "Mood stabilisers",
    "gabapentinoid": "Gabapentinoids",
    "opioid": "Opioids",
    "stimulant": "Stimulants",
}


class Readers(StrEnum):
    """For whom an article is written."""

    PATIENTS = "patients"
    FAMILIES = "families"
    PRESCRIBERS = "prescribers"


@dataclass(frozen=True, slots=True)
class Article:
    """One article of our own. ``body`` is Markdown; ``drug_classes`` are keys of `DRUG_CLASSES`.

    ``review_by`` is the day from which readers are told that a review is overdue.
    """

    slug: str
    title: str
    summary: str
    audience: Readers
    reviewed_on: date
    review_by: date
    drug_classes: tuple[str, ...]
    order: int
    status: str
    body: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One cited work. ``address`` is a full web address, or empty; ``where`` is the journal, book or publisher."""

    key: str
    title: str
    authors: tuple[str, ...]
    where: str
    year: str
    address: str
    confidence: Confidence
    note: str
    unused_because: str


class Audience(StrEnum):
    """For whom a resource of the shelf was made."""

    PATIENT = "patient"
    PRESCRIBER = "prescriber"
    BOTH = "both"


class Standing(StrEnum):
    """What is known of a resource's present state."""

    ACTIVE = "active"
    PUBLISHED = "published"
    READ_ONLY = "read_only"
    UNCONFIRMED = "unconfirmed"


class Stance(StrEnum):
    """Where a resource's makers stand. ``none`` where the record does not say, as for research papers."""

    OFFICIAL = "official"
    INDEPENDENT = "independent"
    ADVOCACY = "advocacy"
    COMMERCIAL = "commercial"
    PEER = "peer"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """One work or place on the shelf, made by others.

    ``good_for`` and ``limits`` are what readers are told; ``note`` is the record's own note, for whoever keeps
    the shelf. ``shelves`` are keys of `easeoff.library.SHELVES`; ``topics`` are the record's own words.
    ``url`` is empty where no address may or can be given; then ``limits`` says why.
    """

    id: str
    title: str
    author: str
    kind: str
    url: str
    audience: Audience
    topics: tuple[str, ...]
    shelves: tuple[str, ...]
    drug_classes: tuple[str, ...]
    reuse_licence: str
    status: Standing
    on_founding_page: bool
    evidence_urls: tuple[str, ...]
    note: str
    stance: Stance
    languages: tuple[str, ...]
    good_for: str
    limits: str
