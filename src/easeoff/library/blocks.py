"""An article's text in pieces: what the reading grade measures and what must carry a citation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from markdown_it.token import Token

from easeoff.library.markdown import parse
from easeoff.library.model import Article


class BlockKind(StrEnum):
    """What a piece of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece: its words without marks, the keys it cites, its links.

    ``group`` numbers the list or table that an item or a cell belongs to, ``row`` the row of a cell (0 is the head);
    both are 0 elsewhere.
    """

    kind: BlockKind
    text: str
    citations: tuple[str, ...]
    links: tuple[str, ...]
    group: int
    row: int


def blocks_of(article: Article) -> tuple[Block, ...]:
    """The pieces of ``article`` in order, figures left out. Raises `DataError`."""
    found: list[Block] = []
    kind, group, row, depth = BlockKind.PARAGRAPH, 0, -1, 0
    for token in parse(article.body, f"{article.slug}.md"):
        if token.type in ("bullet_list_open", "ordered_list_open", "table_open"):
            group, row, depth = group + (depth == 0), -1, depth + 1
        elif token.type in ("bullet_list_close", "ordered_list_close", "table_close"):
            depth -= 1
        elif token.type == "tr_open":
            row += 1
        elif token.type == "heading_open":
            kind = BlockKind.HEADING
        elif token.type == "paragraph_open":
            kind = BlockKind.ITEM if depth else BlockKind.PARAGRAPH
        elif token.type in ("td_open", "th_open"):
            kind = BlockKind.CELL
        elif token.type == "inline" and token.content:
            cell = kind is BlockKind.CELL
            found.append(_block(kind, token.children or [], group if depth else 0, row if cell else 0))
    return tuple(found)


def _block(kind: BlockKind, children: list[Token], group: int, row: int) -> Block:
    words, keys, links = [], [], []
    for token in children:
        if token.type in ("text", "code_inline"):
            words.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif token.type == "citation":
            keys.extend(token.meta["keys"])
        elif token.type == "link_open":
            links.append(str(token.attrGet("href")))
    return Block(kind, " ".join("".join(words).split()), tuple(keys), tuple(links), group, row)
