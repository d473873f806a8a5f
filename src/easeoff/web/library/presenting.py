"""What the reading pages show, worked out from the library's records."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from easeoff.library import (
    AUDIENCE_WORDS,
    DRUG_CLASSES,
    LANGUAGES,
    READERS_WORDS,
    SHELVES,
    STANCE_WORDS,
    STANDING_WORDS,
    Article,
    Note,
    Readers,
    Resource,
    articles_for,
    kind_words,
    load_articles,
)

#: How many further articles stand below one.
_FURTHER = 4


@dataclass(frozen=True, slots=True)
class ShownResource:
    """A resource in words."""

    resource: Resource
    byline: str
    standing: str
    standing_words: str
    stance: str
    audience: str
    languages: str
    classes: str
    host: str


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A cited work in words."""

    number: int
    title: str
    byline: str
    address: str
    sureness: str
    note: str


def sections() -> tuple[tuple[str, tuple[Article, ...]], ...]:
    """The articles under a heading for each kind of reader; a kind without articles is left out."""
    articles = load_articles()
    found = [(READERS_WORDS[who], tuple(a for a in articles if a.audience is who)) for who in Readers]
    return tuple((heading, members) for heading, members in found if members)


def shown_note(note: Note) -> ShownNote:
    """One note as readers see it."""
    reference = note.reference
    byline = ", ".join(part for part in (_names(reference.authors), reference.where, reference.year) if part)
    return ShownNote(note.number, reference.title, byline, reference.address, note.sureness, reference.note)


def further(article: Article) -> tuple[Article, ...]:
    """A few other articles for the same readers, those of the same class first."""
    same = [a for name in article.drug_classes for a in articles_for(name)]
    others = [
        a for a in (*same, *load_articles()) if a.slug != article.slug and a.audience is article.audience
    ]
    return tuple(dict.fromkeys(others))[:_FURTHER]


@lru_cache(maxsize=256)
def shown_resource(resource: Resource) -> ShownResource:
    """One resource as readers see it."""
    standing, words = STANDING_WORDS[resource.status]
    return ShownResource(
        resource=resource,
        byline=", ".join(part for part in (kind_words(resource.kind), resource.author) if part),
        standing=standing,
        standing_words=words,
        stance=STANCE_WORDS[resource.stance],
        audience=AUDIENCE_WORDS[resource.audience],
        languages=" and ".join(LANGUAGES[code] for code in resource.languages),
        classes=", ".join(DRUG_CLASSES[name] for name in resource.drug_classes),
        host=resource.url.partition("://")[2].partition("/")[0].removeprefix("www."),
    )


def topic_options() -> dict[str, str]:
    """The shelf's topics."""
    return SHELVES


def class_options(resources: tuple[Resource, ...]) -> dict[str, str]:
    """The drug classes that stand on the shelf."""
    present = {name for resource in resources for name in resource.drug_classes} - {"any"}
    return {name: words for name, words in DRUG_CLASSES.items() if name in present}


def audience_options() -> dict[str, str]:
    """For whom, without "everyone"."""
    return {who: words for who, words in AUDIENCE_WORDS.items() if who != "both"}


def kind_options(resources: tuple[Resource, ...]) -> dict[str, str]:
    """The kinds of resource on the shelf."""
    return {kind: kind_words(kind) for kind in sorted({resource.kind for resource in resources})}


def example_dose(largest: Decimal) -> Decimal:
    """The dose that the try-out opens with: a quarter of the drawing. It is nobody's."""
    return largest / 4


def _names(authors: tuple[str, ...]) -> str:
    names = ["others" if name.lower() in ("others", "and others") else name for name in authors]
    if len(names) > 1 and names[-1] == "others":
        return f"{', '.join(names[:-1])} and others"
    return ", ".join(names)
