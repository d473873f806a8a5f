"""The printed local list: what it holds, and what it never prints."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from pypdf import PdfReader

from easeoff.directory import (
    DirectoryIndex,
    DrugClass,
    crisis_panel,
    load_services,
    phone_shown,
    resolve_place,
)
from easeoff.documents.locallist import local_list_data, local_list_pdf
from easeoff.quantities import EaseoffError

TODAY = date(2026, 11, 20)
INDEX = DirectoryIndex(load_services())
NEAR = INDEX.near(resolve_place("BD1"), DrugClass.BENZODIAZEPINE, today=TODAY, limit=8)
PANEL = crisis_panel(INDEX.services, "GB", TODAY, {"GB": "999"})
ASKED = ("BD1 (Bradford)", "Benzodiazepines")


def test_the_list_says_where_how_old_and_whom_to_ring_first() -> None:
    reader = PdfReader(io.BytesIO(local_list_pdf(NEAR, asked=ASKED, panel=PANEL, today=TODAY)))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in ("Places to turn to", "BD1 (Bradford); Benzodiazepines", "Printed on 20 November 2026.", "If life is in danger, ring 999 now.",
                  "The Bridge Project", "Not checked, use with care.", "Ring 01274 723863", "Not medical advice", "more entries are on the web page"):  # fmt: skip
        assert words.casefold() in text.casefold(), words
    assert reader.metadata is not None and reader.metadata.title == "Places to turn to"


def test_the_same_list_gives_the_same_bytes_on_either_paper() -> None:
    for paper in ("a4", "us-letter"):
        one = local_list_pdf(NEAR, asked=ASKED, panel=PANEL, today=TODAY, paper=paper)  # type: ignore[arg-type]
        assert one == local_list_pdf(NEAR, asked=ASKED, panel=PANEL, today=TODAY, paper=paper)  # type: ignore[arg-type]


def test_a_number_that_must_be_hidden_is_never_printed() -> None:
    every = INDEX.search("", today=TODAY, live_only=True)
    data = local_list_data(every, asked=(), panel=PANEL, today=TODAY)
    for hit, entry in zip(every.hits, data["entries"], strict=True):  # type: ignore[arg-type]
        number = hit.service.phone
        if len(number) > 6 and not phone_shown(hit.service, TODAY).show:
            assert number not in json.dumps(entry, ensure_ascii=False), hit.service.id
    assert len(local_list_pdf(every, asked=(), panel=PANEL, today=TODAY)) > 20_000, (
        "every letter of every entry can be printed"
    )


def test_nothing_to_print_and_a_strange_paper_are_said() -> None:
    nothing = INDEX.search("zzzzqqqq", today=TODAY)
    with pytest.raises(EaseoffError, match="nothing to print"):
        local_list_pdf(nothing, asked=(), panel=PANEL, today=TODAY)
    with pytest.raises(EaseoffError, match="not a paper size"):
        local_list_pdf(NEAR, asked=(), panel=PANEL, today=TODAY, paper="a9")  # type: ignore[arg-type]
