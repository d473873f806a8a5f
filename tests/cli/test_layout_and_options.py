"""How text is laid out, and that what a remedy asks one to type leads to that remedy."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from datetime import date

import pytest

from easeoff.cli.arguments import read_arguments
from easeoff.cli.layout import Column, Sheet, Style, wrapped
from easeoff.cli.plan_text import proposal_text
from easeoff.cli.reading import request_from
from easeoff.cli.wishes import options_for
from easeoff.directory import crisis_panel
from easeoff.planning.request import TaperRequest
from easeoff.proposing import plan_taper

TODAY = date(2026, 12, 1)
PANEL = crisis_panel((), "GB", TODAY)
ASKED = [
    ("sertraline 100 mg", "GB"),
    ("sertraline 100 mg", "GB", "--tier", "tariff"),
    ("venlafaxine 75 mg", "GB", "--as", "MR capsule"),
    ("zopiclone 7.5 mg", "GB"),
    ("zopiclone 7.5 mg", "GB", "--product", "GB-zopiclone-tablet-7.5mg"),
    ("diazepam 20 mg", "GB"),
    ("escitalopram 10 mg", "US", "--device", "oral-syringe-5ml"),
    ("quetiapine 100 mg", "US", "--goal", "25 mg", "--max-pieces", "2"),
]


def _request(*words: str) -> TaperRequest:
    medicine, country, *more = words
    return request_from(read_arguments(["plan", medicine, "--country", country, *more]).values, TODAY)


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_adding_what_a_remedy_or_a_slower_plan_prints_asks_for_just_that(asked):
    proposal = plan_taper(_request(*asked))
    wishes = [r.request for r in proposal.remedies if r.request is not None] + [
        wish for _, wish in proposal.gentler
    ]

    for wish in wishes:
        typed = shlex.split(" ".join(options_for(wish, proposal.request)))
        again = _request(*asked, *typed)
        assert typed
        # Ids given twice, or that cannot be used, add nothing: the order is of no weight.
        assert replace(again, products=None, devices=None) == replace(wish, products=None, devices=None)
        assert set(wish.products or ()) <= set(again.products or ())
        assert set(wish.devices or ()) <= set(again.devices or ())


def test_what_is_not_said_is_as_in_the_request():
    request = _request("sertraline 100 mg", "GB")

    assert request == TaperRequest("sertraline", request.dose, "GB", today=TODAY)


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("asked", [ASKED[0], ASKED[3], ("lithium 400 mg", "GB")], ids=" ".join)
def test_lines_keep_to_the_width_but_for_single_long_words(asked, width):
    text = proposal_text(plan_taper(_request(*asked)), width, PANEL, colour=False)

    for line in text.splitlines():
        unbroken = [line[line.index("--override") :]] if "--override" in line else line.split()
        longest = max(map(len, unbroken), default=0)
        assert len(line) <= width or longest > width - 25, line


@pytest.mark.parametrize("width", range(20, 60, 3))
def test_a_number_never_stands_apart_from_its_unit(width):
    text = "Take 44 mg = 4.4 mL of 10 mg/mL liquid, that is 12.5 % of 100 mg, for 28 days; the drop is 22.2 points."

    for line in wrapped(text, width):
        assert not re.match(r"(mg|mL|mg/mL|%|days|points)\b", line), line
        assert not re.search(r"\d$", line) or line.endswith("="), line


def test_a_table_keeps_its_columns_and_puts_remarks_below_the_row():
    sheet = Sheet(40)
    sheet.table(
        (Column("A", 4), Column("B", 12)), [(("1", "some words that wrap"), ("worst",)), (("2", "x"), ())]
    )

    assert sheet.text().splitlines() == [
        "A     B",
        "1     some words",
        "      that wrap",
        "  >> worst",
        "2     x",
    ]


def test_colour_is_added_to_the_words_and_never_instead_of_them():
    proposal = plan_taper(_request("sertraline 100 mg", "GB"))
    coloured = proposal_text(proposal, 80, PANEL, colour=True)

    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == proposal_text(proposal, 80, PANEL, colour=False)


def test_a_sheet_shows_what_could_steer_a_terminal_as_a_question_mark():
    sheet = Sheet(80, colour=False)
    sheet.say("a\x1b[2Jb\u202ec", style=Style.WARN)

    assert sheet.text() == "a?[2Jb?c\n"


def test_many_words_to_type_can_be_copied_over_several_lines():
    sheet = Sheet(40)
    words = ("--product", "GB-sertraline-tablet-25mg", "GB-sertraline-tablet-50mg", "--halves", "confirmed")
    sheet.command("Add:", words, indent=1)
    copied = sheet.text().replace("\\\n", "").split()

    assert copied == ["Add:", *words]
    assert "--halves confirmed" in sheet.text()
