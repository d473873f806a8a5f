"""The shelf: other people's work on the subject, each with what it is good for, its limits and its state."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from easeoff.library.matching import best
from easeoff.library.model import DRUG_CLASSES, Audience, Resource, Stance, Standing
from easeoff.medicines.files import DATA_ROOT, DataError, Row, choice, read_rows

FILE = "resources.csv"
#: The shelf's own few topics. Each resource stands under one or more.
SHELVES = {
    "coming-off": "How to come off",
    "small-doses": "Making small doses",
    "withdrawal": "What withdrawal is",
    "relapse": "Withdrawal or relapse",
    "doctor": "Working with your doctor",
    "coping": "What helps besides",
    "family": "For family and friends",
    "help": "Where to get help",
    "peers": "Groups and forums",
    "stories": "People’s own stories",
    "guidance": "Official guidance",
    "prescribing": "For prescribing",
    "research": "Research",
}
LANGUAGES = {
    "en": "English", "nl": "Dutch", "fr": "French", "de": "German", "sv": "Swedish", "no": "Norwegian",
}  # fmt: skip
_YES_NO = {"yes": True, "no": False}
#: Where nobody may be sent: copies put up by others than the rights holder.
SHARING_SITES = ("docslib.org", "scribd.com", "yumpu.com")


@lru_cache(maxsize=8)
def load_shelf(root: Path = DATA_ROOT) -> tuple[Resource, ...]:
    """Every resource, in the order of the file. Raises `DataError`."""
    found = tuple(_resource(row, f"{FILE} {row.get('id', '')}") for row in read_rows(root / FILE))
    ids = [resource.id for resource in found]
    for name in ids:
        if ids.count(name) > 1:
            raise DataError(FILE, f"the id {name!r} stands there twice")
    return found


def find_resources(
    resources: tuple[Resource, ...],
    *,
    topic: str = "",
    subject: str = "",
    drug_class: str = "",
    audience: str = "",
    kind: str = "",
    founding: bool = False,
    words: str = "",
    partly: bool = False,
) -> tuple[Resource, ...]:
    """The resources that fit every filter given, best first where ``words`` are given.

    ``topic`` is a key of `SHELVES`, ``subject`` one of a record's own topics; a resource for any class fits every
    class, and one for both audiences either. ``partly``: where none has
    all the ``words``, those with the most.
    """
    kept = [
        resource for resource in resources
        if (not topic or topic in resource.shelves)
        and (not subject or subject in resource.topics)
        and (not drug_class or drug_class in resource.drug_classes or "any" in resource.drug_classes)
        and (not audience or resource.audience in (audience, Audience.BOTH))
        and (not kind or resource.kind == kind)
        and (not founding or resource.on_founding_page)
    ]  # fmt: skip
    if not words.strip():
        return tuple(kept)
    return best(words, kept, searched_fields, partly=partly)


def kind_words(kind: str) -> str:
    """A kind as people read it: systematic_review is Systematic review."""
    return kind.replace("_", " ").capitalize()


@lru_cache(maxsize=1024)
def searched_fields(resource: Resource) -> tuple[str, ...]:
    """What words are looked for in, the most telling first."""
    shelves = " ".join(SHELVES[name] for name in resource.shelves)
    classes = " ".join(DRUG_CLASSES[name] for name in resource.drug_classes)
    topics = " ".join(resource.topics)
    return (resource.title, f"{topics} {shelves} {classes}", f"{resource.author} {resource.good_for}")


def _resource(row: Row, where: str) -> Resource:
    try:
        resource = Resource(
            id=row["id"],
            title=row["title"],
            author=row["author"],
            kind=row["kind"],
            url=row["url"],
            audience=choice(Audience, row["audience"], where),
            topics=_several(row["topics"]),
            shelves=_known(row["shelves"], SHELVES, where),
            drug_classes=_known(row["drug_classes"], DRUG_CLASSES, where),
            reuse_licence=row["reuse_licence"],
            status=choice(Standing, row["status"], where),
            on_founding_page=_YES_NO[row["on_founding_page"]],
            evidence_urls=_several(row["evidence_url"]),
            note=row["note"],
            stance=choice(Stance, row["stance"], where),
            languages=_known(row["languages"], LANGUAGES, where),
            good_for=row["good_for"],
            limits=row["limits"],
        )
    except KeyError as error:
        raise DataError(where, f"{error} is missing, or is not yes or no") from error
    _check(resource, where)
    return resource


def _check(resource: Resource, where: str) -> None:
    for name in ("id", "title", "kind", "good_for", "limits", "topics"):
        if not getattr(resource, name):
            raise DataError(where, f"{name} is empty")
    if resource.url and not resource.url.startswith(("https://", "http://")):
        raise DataError(where, "its url must begin with https:// or http://")
    if any(site in resource.url for site in SHARING_SITES):
        raise DataError(where, "its url is a copy on a file-sharing site")
    if not resource.url and "no link" not in resource.limits:
        raise DataError(where, "it has no url, and its limits do not say why we give no link")


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _known(cell: str, known: dict[str, str], where: str) -> tuple[str, ...]:
    names = _several(cell)
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise DataError(where, f"{cell!r} must be some of {', '.join(known)}, with ; between them")
    return names
