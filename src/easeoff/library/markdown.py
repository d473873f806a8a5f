"""Our Markdown: CommonMark and tables, with citations ``[@key]`` and figures ``{{figure: ...}}``, and no raw HTML.

What an article may not hold is refused when it is loaded, so that nothing odd is ever drawn on a page.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from easeoff.medicines.files import DataError

_CITATION = re.compile(r"\[(@[^\[\]]*)\]")
_KEY = re.compile(r"@([a-z0-9][a-z0-9_-]*)")
_FIGURE = re.compile(r"\{\{figure:\s*([a-z][a-z-]*)((?:\s+[a-z_]+=[^\s=}]+)*)\s*\}\}")
_LINK = re.compile(r"(https?://|/(?!/)|#)[^\s]*")
_TAG = re.compile(r"<[/!?a-zA-Z]")


def parse(body: str, where: str) -> list[Token]:
    """The tokens of an article's body. Raises `DataError`, naming ``where``, for what an article may not hold."""
    tokens = _parser().parse(body)
    for token in tokens:
        if token.type == "heading_open" and token.tag in ("h1", "h5", "h6"):
            raise DataError(where, "headings go from ## to ####; the title stands in the head")
        if token.type in ("figure", "inline") and "{{" in token.content and token.type != "figure":
            raise DataError(where, f"{token.content[:40]!r} is not a figure on a line of its own")
        for child in token.children or ():
            _check_inline(child, where)
    return tokens


def _check_inline(token: Token, where: str) -> None:
    if token.type == "image":
        raise DataError(where, "it holds an image; pictures are drawn by the engine")
    if token.type == "text" and _TAG.search(token.content):
        raise DataError(where, f"{token.content[:40]!r} holds raw HTML")
    if token.type == "text" and "[@" in token.content:
        raise DataError(where, f"{token.content[:40]!r} holds a citation that cannot be read")
    if token.type == "link_open" and not _LINK.fullmatch(str(token.attrGet("href"))):
        raise DataError(
            where, f"the link {token.attrGet('href')!r} must begin with https://, http://, / or #"
        )
    if token.type == "citation" and not token.meta["keys"]:
        raise DataError(where, f"the citation {token.content!r} must look like [@key] or [@one; @two]")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .disable(["html_block", "html_inline", "autolink"])
    )
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.block.ruler.before("paragraph", "figure", _figure_rule)
    return parser


def _citation_rule(state: StateInline, silent: bool) -> bool:
    match = _CITATION.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        keys = [_KEY.fullmatch(part.strip()) for part in match.group(1).split(";")]
        token = state.push("citation", "", 0)
        token.content = match.group()
        token.meta = {"keys": tuple(key.group(1) for key in keys if key) if all(keys) else ()}
    state.pos = match.end()
    return True


def _figure_rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
    match = _FIGURE.fullmatch(text)
    if match is None:
        return False
    if not silent:
        token = state.push("figure", "figure", 0)
        token.content = text
        options = dict(pair.split("=", 1) for pair in match.group(2).split())
        token.meta = {"name": match.group(1), "options": options}
        token.map = [line, line + 1]
        state.line = line + 1
    return True
