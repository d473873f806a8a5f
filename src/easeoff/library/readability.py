"""How hard a text is to read: the Flesch-Kincaid grade, a school year in the United States (age is about grade plus 5).

grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59
(Kincaid, Fishburne, Rogers and Chissom 1975, Derivation of new readability formulas for Navy enlisted personnel).

Words that nobody can avoid on this subject, medicines' names above all, are left out of the syllables; they still count
in the length of their sentence. A figure counts as a word of one syllable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from pathlib import Path

from easeoff.library.blocks import BlockKind, blocks_of
from easeoff.library.model import Article
from easeoff.library.syllables import syllables
from easeoff.medicines import medicine_names
from easeoff.medicines.files import DATA_ROOT

#: The hardest that a page for patients or families may be.
HIGHEST_GRADE = Decimal(6)
WORDS_FILE = "unavoidable_words.txt"
_PER_SENTENCE, _PER_WORD, _LESS = Decimal("0.39"), Decimal("11.8"), Decimal("15.59")
_WORD = re.compile(r"[^\W_]+(?:[-’'.,][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[”’\")\]]*(?=\s|$)")
_PLURAL = re.compile(r"(?:['’]s|s)$")


def reading_age(text: str, left_out: Iterable[str] = ()) -> Decimal:
    """The Flesch-Kincaid grade of ``text`` to one decimal place; each line is at least one sentence.

    ``left_out`` are lower-case words whose syllables do not count, in the singular. Raises `ValueError` where
    ``text`` has no words.
    """
    spared = frozenset(left_out)
    words = _WORD.findall(text)
    counted = [word for word in words if not _spared(word.lower(), spared)]
    if not words:
        raise ValueError("there is nothing to read")
    per_sentence = Decimal(len(words)) / sum(_sentences(line) for line in text.splitlines())
    total = sum(syllables(word) if any(c.isalpha() for c in word) else 1 for word in counted)
    per_word = Decimal(total) / len(counted) if counted else Decimal(1)
    grade = _PER_SENTENCE * per_sentence + _PER_WORD * per_word - _LESS
    return grade.quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)


def article_grade(article: Article, root: Path = DATA_ROOT) -> Decimal:
    """The grade of an article's sentences and list items. Headings and tables are left out."""
    kinds = (BlockKind.PARAGRAPH, BlockKind.ITEM)
    text = "\n".join(block.text for block in blocks_of(article) if block.kind in kinds)
    return reading_age(text, unavoidable_words(root))


@lru_cache(maxsize=8)
def unavoidable_words(root: Path = DATA_ROOT) -> frozenset[str]:
    """The committed list, and the name of every medicine on record."""
    return committed_words(root) | frozenset(medicine_names(root))


@lru_cache(maxsize=8)
def committed_words(root: Path = DATA_ROOT) -> frozenset[str]:
    """The words of ``unavoidable_words.txt``: one a line, in lower case; lines with # are remarks."""
    lines = (root / "articles" / WORDS_FILE).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _spared(word: str, spared: frozenset[str]) -> bool:
    return word in spared or _PLURAL.sub("", word) in spared


def _sentences(line: str) -> int:
    """Sentences of one line: a last one without a full stop counts too."""
    if not _WORD.search(line):
        return 0
    ends = [match.end() for match in _SENTENCE_END.finditer(line)]
    rest = line[ends[-1] :] if ends else line
    return len(ends) + (1 if _WORD.search(rest) else 0)
