"""Articles by plain words, for the one search of the hub."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from easeoff.library.blocks import BlockKind, blocks_of
from easeoff.library.loading import load_articles
from easeoff.library.matching import best, stems
from easeoff.library.model import DRUG_CLASSES, Article
from easeoff.library.shelf import load_shelf, searched_fields
from easeoff.medicines.files import DATA_ROOT


def find_articles(words: str, root: Path = DATA_ROOT, *, partly: bool = False) -> tuple[Article, ...]:
    """The articles that hold every word of ``words``, best first; none for no words.

    ``partly``: where none holds them all, those that hold the most.
    """
    return best(words, load_articles(root), _fields, partly=partly)


def is_written(word: str, root: Path = DATA_ROOT) -> bool:
    """Whether an article or the shelf has this word itself, in any form of it: then it is no slip of the pen."""
    return set(stems(word)) <= _written(root)


@lru_cache(maxsize=2)
def _written(root: Path) -> frozenset[str]:
    fields = (
        *(field for article in load_articles(root) for field in _fields(article)),
        *(field for resource in load_shelf(root) for field in searched_fields(resource)),
    )
    return frozenset(stem for field in fields for stem in stems(field))


@lru_cache(maxsize=256)
def _fields(article: Article) -> tuple[str, ...]:
    """What is looked in, the most telling first. Kept, because taking an article apart is most of a search."""
    blocks = blocks_of(article)
    headings = " ".join(block.text for block in blocks if block.kind is BlockKind.HEADING)
    classes = " ".join(DRUG_CLASSES[name] for name in article.drug_classes)
    text = " ".join(block.text for block in blocks)
    return (article.title, f"{article.summary} {headings} {classes}", text)
