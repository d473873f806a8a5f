"""What continuous integration asks of the articles beyond that they load: cited, readable, within their review date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from easeoff.library.blocks import Block, BlockKind, blocks_of
from easeoff.library.loading import load_articles
from easeoff.library.model import Article, Readers
from easeoff.library.readability import HIGHEST_GRADE, article_grade, committed_words
from easeoff.medicines.files import DATA_ROOT

UNCITED_FILE = "uncited.txt"
#: A paragraph that tells someone to get help needs no citation. It links there, or names whom to ring.
_HELP_ADDRESS = "/help-now"
_HELP_WORDS = ("get help now", "emergency number", "ring 999", "call 999", "ring 911", "call 911")


@dataclass(frozen=True, slots=True)
class ArticleFault:
    """One thing to mend in one article."""

    slug: str
    what: str


def check_articles(today: date, root: Path = DATA_ROOT) -> tuple[ArticleFault, ...]:
    """Every fault of the articles as of ``today``. Raises `DataError` where they do not even load."""
    articles = load_articles(root)
    found: list[ArticleFault] = []
    for article in articles:
        found.extend(ArticleFault(article.slug, what) for what in _faults(article, today, root))
    return (*found, *_stale_lines(articles, root), *_stale_words(articles, root))


def is_overdue(article: Article, today: date) -> bool:
    """Whether its review was due before ``today``."""
    return article.review_by < today


def uncited(article: Article) -> tuple[str, ...]:
    """The opening words of each claim that no source stands behind: paragraphs, list items, table rows.

    A lead-in that ends in a colon may carry the source for the list or table that follows it; questions and
    instructions to get help need none.
    """
    blocks = [block for block in blocks_of(article) if block.kind is not BlockKind.HEADING]
    lead: Block | None = None
    found: list[str] = []
    for group, members in groupby(blocks, key=lambda block: block.group):
        if group == 0:
            plain = list(members)
            found.extend(b.text for b in plain if not b.citations and not _needs_none(b))
            lead = plain[-1]
        elif lead is None or not (lead.citations and lead.text.rstrip().endswith(":")):
            found.extend(_bare(list(members)))
    return tuple(found)


def _needs_none(block: Block) -> bool:
    lower = block.text.lower()
    if block.text.endswith(("?", ":")):
        return True
    return _HELP_ADDRESS in block.links or any(words in lower for words in _HELP_WORDS)


def _bare(members: list[Block]) -> Iterator[str]:
    """Items, and rows of a table without its head, that cite nothing."""
    if members[0].kind is BlockKind.CELL:
        for row, cells in groupby(members, key=lambda block: block.row):
            row_cells = list(cells)
            if row and not any(cell.citations for cell in row_cells):
                yield " | ".join(cell.text for cell in row_cells)
    else:
        yield from (item.text for item in members if not item.citations and not _needs_none(item))


def _faults(article: Article, today: date, root: Path) -> Iterator[str]:
    if is_overdue(article, today):
        yield f"its review was due by {article.review_by}"
    if article.reviewed_on > today:
        yield f"it says that it was reviewed on {article.reviewed_on}, which is still to come"
    if article.audience is not Readers.PRESCRIBERS:
        grade = article_grade(article, root)
        if grade > HIGHEST_GRADE:
            yield f"its reading grade is {grade}, above {HIGHEST_GRADE}"
    excused = _excused(root)
    for text in uncited(article):
        if not any(slug == article.slug and text.startswith(opening) for slug, opening in excused):
            yield f"no source stands behind: {text[:70]}"


@lru_cache(maxsize=8)
def _excused(root: Path) -> tuple[tuple[str, str], ...]:
    """``uncited.txt``: a line a paragraph, ``slug: its opening words``. Lines with # are remarks."""
    path = root / "articles" / UNCITED_FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    split = [line.partition(":") for line in lines if line.strip() and not line.startswith("#")]
    return tuple((slug.strip(), opening.strip()) for slug, _, opening in split)


def _stale_lines(articles: tuple[Article, ...], root: Path) -> Iterator[ArticleFault]:
    bare = {article.slug: uncited(article) for article in articles}
    for slug, opening in _excused(root):
        if not any(text.startswith(opening) for text in bare.get(slug, ())):
            yield ArticleFault(slug, f"{UNCITED_FILE} excuses what is not there: {opening[:70]}")


def _stale_words(articles: tuple[Article, ...], root: Path) -> Iterator[ArticleFault]:
    text = " ".join(block.text for article in articles for block in blocks_of(article)).lower()
    for word in sorted(committed_words(root)):
        if word not in text:
            yield ArticleFault("unavoidable_words.txt", f"{word!r} stands in no article")
