"""Articles are drawn with our own tags only, and each citation becomes a numbered note."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_factory import reference

from easeoff.library import Article, Readers, Reference, Rendered, render_article
from easeoff.library.references import _reference
from easeoff.medicines.files import DataError

REFERENCES: dict[str, Reference] = {
    key: _reference(reference(key, sure), key)
    for key, sure in (("one", "read"), ("two", "secondary"), ("three", "read"))
}
ALLOWED_TAG = re.compile(
    r"</?(p|ul|ol|li|strong|em|blockquote|thead|tbody|tr|h3|h4|table|figcaption)>|<(br|hr)>|</?(code|pre)>|<h2 id=\"part-\d+\">|</(h2|a|div|th|td|sup|span|figure)>"
    r"|<t[hd]( scope=\"(col|row)\")?>|<a href=\"[^\"<>]*\"( rel=\"noreferrer\"| id=\"cite-[\d-]+\")?>|<sup class=\"cite\">"
    r"|<span class=\"hidden\">|<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"[^\"<>]*\">"
)


def article(body: str) -> Article:
    day = date(2026, 1, 1)
    return Article("page", "Page", "A page.", Readers.PATIENTS, day, day, ("any",), 1, "draft", body)


def draw(body: str) -> Rendered:
    return render_article(article(body), REFERENCES)


def test_notes_are_numbered_in_the_order_of_their_first_use() -> None:
    page = draw("First. [@two]\n\nThen. [@one; @two]\n\nLast. [@three]\n")
    assert [(note.number, note.reference.key, note.marks) for note in page.notes] == [
        (1, "two", 2), (2, "one", 1), (3, "three", 1),
    ]  # fmt: skip
    assert page.html.count('href="#note-1"') == 2
    assert 'id="cite-1-1"' in page.html
    assert 'id="cite-1-2"' in page.html


def test_a_note_says_how_sure_we_are() -> None:
    notes = draw("A. [@one]\n\nB. [@two]\n").notes
    assert notes[0].sureness == "We read this work itself, or its summary."
    assert notes[1].sureness == "We know this from another work that quotes it."


def test_a_link_to_another_host_sends_no_referrer_and_opens_nothing_by_itself() -> None:
    html = draw("See [this page](https://example.org/a?b=1&c=2). [@one]\n").html
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer">this page</a>' in html
    assert "target=" not in html


def test_a_link_within_the_hub_is_plain() -> None:
    assert '<a href="/help-now">get help now</a>' in draw("So [get help now](/help-now).\n").html


def test_headings_get_ids_and_are_listed() -> None:
    page = draw("## In short\n\nA. [@one]\n\n## What *else*\n\nB. [@one]\n")
    assert page.headings == (("part-1", "In short"), ("part-2", "What else"))
    assert '<h2 id="part-2">What <em>else</em></h2>' in page.html


def test_a_table_can_be_scrolled_by_keyboard_and_names_its_columns() -> None:
    html = draw("| Drug | Days |\n|---|---|\n| A | 2 [@one] |\n").html
    assert '<div class="scroll" tabindex="0" role="region" aria-label="Table 1"><table>' in html
    assert '<th scope="col">Drug</th>' in html


def test_a_figure_comes_with_words_a_table_and_its_source() -> None:
    html = draw("{{figure: occupancy-curve medicine=sertraline}}\n").html
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in html
    assert '<title id="figure-1-title">Sertraline: dose and expected occupancy</title>' in html
    assert "It is not a picture of you" in html
    assert '<th scope="row">50 mg</th><td>80 %</td>' in html
    assert 'href="https://doi.org/10.1038/s41380-021-01285-w" rel="noreferrer"' in html


def test_two_figures_on_a_page_share_no_id() -> None:
    figure = "{{figure: occupancy-curve medicine=sertraline}}\n"
    ids = re.findall(r'\bid="([^"]+)"', draw(f"{figure}\n{figure}").html)
    assert len(ids) == len(set(ids)) > 0


@pytest.mark.parametrize("text", ["5 < 6 & 7 > 2", 'a "quoted" word'])
def test_signs_of_html_are_escaped(text: str) -> None:
    html = draw(f"{text}. [@one]\n").html
    assert "<p>" in html
    assert ALLOWED_TAG.sub("", html).count("<") == 0


PIECES = st.sampled_from([
    "<", ">", "&", '"', "'", "<b", "</p>", "<script>", "javascript:", "[", "](", ")", "!", "`", "*", "_", "|", "\n", "\n\n",
    "- ", "1. ", "> ", "## ", "#", "    ", "\\", "&lt;", "&#60;", "[@one]", "[@", "]", "{{figure: x}}", "http://a.b", "/c",
    "[a](https://x.y", ' onclick="x"', "~~~", "```html", "word ", "---\n", "|--|\n", "\u2028", "\x00",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_whatever_is_written_only_our_own_tags_come_out(body: str) -> None:
    try:
        html = draw(body).html
    except DataError:
        return
    rest = ALLOWED_TAG.sub("", html)
    assert "<" not in rest
    assert ">" not in rest
    assert not re.search(r'href="(?!https?://|/|#)', html)
