"""Articles by plain words, for the one search of the hub."""

from __future__ import annotations

from pathlib import Path

from easeoff.library.blocks import BlockKind, blocks_of
from easeoff.library.loading import load_articles
from easeoff.library.matching import score
from easeoff.library.model import DRUG_CLASSES, Article
from easeoff.medicines.files import DATA_ROOT


def find_articles(words: str, root: Path = DATA_ROOT) -> tuple[Article, ...]:
    """The articles that hold every word of ``words``, best first; none for no words."""
    if not words.strip():
        return ()
    scored = [(score(words, _fields(article)), article) for article in load_articles(root)]
    return tuple(article for points, article in sorted(scored, key=lambda pair: -pair[0]) if points)


def _fields(article: Article) -> tuple[str, ...]:
    """What is looked in, the most telling first."""
    blocks = blocks_of(article)
    headings = " ".join(block.text for block in blocks if block.kind is BlockKind.HEADING)
    classes = " ".join(DRUG_CLASSES[name] for name in article.drug_classes)
    text = " ".join(block.text for block in blocks)
    return (article.title, f"{article.summary} {headings} {classes}", text)
