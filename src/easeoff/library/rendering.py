"""An article as HTML: our own tags only, everything else escaped, every citation a numbered note."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from markdown_it.token import Token

from easeoff.library.figures import Figure, make_figure
from easeoff.library.markdown import parse
from easeoff.library.model import Article, Reference
from easeoff.library.wording import sureness
from easeoff.medicines.files import DataError
from easeoff.quantities import EaseoffError


@dataclass(frozen=True, slots=True)
class Note:
    """One cited work as it stands below an article. ``marks`` is how often the text points to it."""

    number: int
    reference: Reference
    sureness: str
    marks: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """An article's body as safe HTML, its headings (id and words) and its notes in order."""

    html: str
    headings: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]


@dataclass(slots=True)
class _Page:
    """What is gathered while an article is drawn."""

    where: str
    references: dict[str, Reference]
    parts: list[str] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    figures: int = 0
    tables: int = 0


_PLAIN = frozenset({
    "p", "ul", "ol", "li", "strong", "em", "blockquote", "thead", "tbody", "tr", "h3", "h4", "br", "hr",
})  # fmt: skip


def render_article(article: Article, references: dict[str, Reference]) -> Rendered:
    """The HTML of ``article``. Raises `DataError` for an unknown citation, figure or anything else it may not hold."""
    page = _Page(f"{article.slug}.md", references)
    _walk(parse(article.body, page.where), page)
    notes = tuple(
        Note(number, references[key], sureness(references[key].confidence), count)
        for number, (key, count) in enumerate(page.marks.items(), 1)
    )
    return Rendered("".join(page.parts), tuple(page.headings), notes)


def _walk(tokens: list[Token], page: _Page) -> None:
    for place, token in enumerate(tokens):
        if token.hidden:
            continue
        if token.type == "inline":
            _walk(token.children or [], page)
        elif token.type == "heading_open" and token.tag == "h2":
            _heading(tokens[place + 1], page)
        elif token.type == "citation":
            page.parts.append(_citation(token, page))
        elif token.type == "figure":
            page.parts.append(_figure(token, page))
        else:
            page.parts.append(_tag(token, page))


def _tag(token: Token, page: _Page) -> str:
    kind, closing = token.type, token.nesting < 0
    if kind == "text":
        return escape(token.content)
    if kind == "code_inline":
        return f"<code>{escape(token.content)}</code>"
    if kind in ("code_block", "fence"):
        return f"<pre>{escape(token.content)}</pre>"
    if kind in ("softbreak", "hardbreak"):
        return "\n" if kind == "softbreak" else "<br>"
    if kind == "link_open":
        return _link(str(token.attrGet("href")))
    if kind == "link_close":
        return "</a>"
    if token.tag == "table":
        return "</table></div>\n" if closing else _table(page)
    if token.tag in ("th", "td"):
        scope = ' scope="col"' if token.tag == "th" else ""
        return f"</{token.tag}>" if closing else f"<{token.tag}{scope}>"
    if token.tag == "h2" and closing:
        return "</h2>\n"
    if token.tag in _PLAIN:
        end = "\n" if closing and token.block else ""
        return f"</{token.tag}>{end}" if closing else f"<{token.tag}>"
    raise DataError(page.where, f"it holds {kind!r}, which cannot be drawn")


def _heading(inline: Token, page: _Page) -> None:
    words = "".join(child.content for child in inline.children or [] if child.type in ("text", "code_inline"))
    name = f"part-{len(page.headings) + 1}"
    page.headings.append((name, words))
    page.parts.append(f'<h2 id="{name}">')


def _link(address: str) -> str:
    rel = "" if address.startswith(("/", "#")) else ' rel="noreferrer"'
    return f'<a href="{escape(address)}"{rel}>'


def _table(page: _Page) -> str:
    page.tables += 1
    label = f"Table {page.tables}"
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>\n'


def _citation(token: Token, page: _Page) -> str:
    links = []
    for key in token.meta["keys"]:
        if key not in page.references:
            raise DataError(page.where, f"it cites {key!r}, which is not in references.json")
        page.marks[key] = page.marks.get(key, 0) + 1
        number = list(page.marks).index(key) + 1
        name = f"cite-{number}-{page.marks[key]}"
        links.append(f'<a href="#note-{number}" id="{name}"><span class="hidden">Source </span>{number}</a>')
    return f'<sup class="cite">{" ".join(links)}</sup>'


def _figure(token: Token, page: _Page) -> str:
    page.figures += 1
    try:
        figure = make_figure(token.meta["name"], token.meta["options"], f"figure-{page.figures}")
    except EaseoffError as error:
        raise DataError(page.where, f"{token.content}: {error.message}") from error
    return figure_html(figure)


def figure_html(figure: Figure) -> str:
    """A figure with its caption, its source and the same as a small table."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in figure.header)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in figure.rows
    )
    source = f'<a href="{escape(figure.source_address)}" rel="noreferrer">{escape(figure.source)}</a>'
    return (
        f'<figure class="drawn">{figure.svg}<figcaption><p>{escape(figure.caption)}</p>'
        f'<p class="small">Source: {source}. {escape(figure.sureness)}</p></figcaption>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(figure.title)}, as a table">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></figure>\n"
    )
