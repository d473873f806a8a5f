"""Loading the articles, strictly: what cannot be cited, drawn or dated is refused."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from easeoff.library.frontmatter import read_article
from easeoff.library.model import Article, Readers
from easeoff.library.references import FILE, load_references
from easeoff.library.rendering import Rendered, render_article
from easeoff.medicines import Confidence
from easeoff.medicines.files import DATA_ROOT, DataError

#: Classes of ``data/paces.toml`` and medicine records, by the names that readers know.
_READER_CLASS = {"mood_stabiliser_antiepileptic": "mood_stabiliser"}


@lru_cache(maxsize=8)
def load_articles(root: Path = DATA_ROOT) -> tuple[Article, ...]:
    """Every article, by readers and then in its own order. Raises `DataError`.

    Slugs and titles are unique, every citation is known and not ``unverified``, every reference is cited or says why
    it is not, every figure can be drawn.
    """
    paths = sorted((root / "articles").glob("*.md"))
    articles = [read_article(path) for path in paths]
    _unique([article.slug.casefold() for article in articles], "slug")
    _unique([article.title.casefold() for article in articles], "title")
    references = load_references(root)
    cited: set[str] = set()
    for article in articles:
        for note in render_article(article, references).notes:
            if note.reference.confidence is Confidence.UNVERIFIED:
                raise DataError(
                    f"{article.slug}.md", f"it cites {note.reference.key!r}, which nobody has checked"
                )
            cited.add(note.reference.key)
    for key, reference in references.items():
        if key not in cited and not reference.unused_because:
            raise DataError(FILE, f"{key!r} is cited nowhere; take it out, or give custom.unused_because")
    return tuple(sorted(articles, key=lambda a: (list(Readers).index(a.audience), a.order, a.slug)))


def load_article(slug: str, root: Path = DATA_ROOT) -> Article | None:
    """One article by its slug, or ``None``."""
    return next((article for article in load_articles(root) if article.slug == slug), None)


@lru_cache(maxsize=256)
def rendered(slug: str, root: Path = DATA_ROOT) -> Rendered:
    """The HTML of one article, kept. Raises `KeyError`."""
    article = load_article(slug, root)
    if article is None:
        raise KeyError(slug)
    return render_article(article, load_references(root))


def articles_for(drug_class: str, root: Path = DATA_ROOT) -> tuple[Article, ...]:
    """The articles about a class, then those about any. Takes a medicine's ``drug_class`` or a key of `DRUG_CLASSES`."""
    wanted = reader_class(drug_class)
    articles = load_articles(root)
    own = [article for article in articles if wanted in article.drug_classes]
    return (*own, *(a for a in articles if "any" in a.drug_classes and a not in own))


def reader_class(drug_class: str) -> str:
    """A medicine record's class by the name that readers know: antidepressant_ssri is antidepressant."""
    if drug_class.startswith("antidepressant"):
        return "antidepressant"
    return _READER_CLASS.get(drug_class, drug_class)


def _unique(names: list[str], what: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise DataError("articles", f"two articles have the {what} {name!r}")
