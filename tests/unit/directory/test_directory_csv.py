"""The directory as CSV: nothing is lost, nothing runs in a spreadsheet, nothing is taken over unseen."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from directory_factory import TODAY, service
from hypothesis import given
from hypothesis import strategies as st

from easeoff.directory import (
    COLUMNS,
    ProposedChange,
    Status,
    accept,
    escape_cell,
    from_csv,
    load_services,
    to_csv,
    unescape_cell,
)
from easeoff.medicines import DataError
from easeoff.quantities import EaseoffError

SERVICES = load_services()


def test_what_goes_out_comes_back_without_a_change() -> None:
    assert from_csv(to_csv(SERVICES), SERVICES) == ()


def test_services_that_the_file_leaves_out_are_left_alone() -> None:
    assert from_csv(to_csv(SERVICES[:3]), SERVICES) == ()


def test_a_new_directory_is_proposed_service_by_service_and_none_comes_in_active() -> None:
    proposed = from_csv(to_csv(SERVICES), [])
    assert len(proposed) == len(SERVICES)
    taken = {change.service_id: accept(change, None) for change in proposed}
    assert all(one.status is not Status.ACTIVE for one in taken.values())
    kept = taken["postscript360"]
    assert replace(kept, on_founding_page=False) == next(one for one in SERVICES if one.id == "postscript360")


def test_a_change_names_the_field_the_row_and_both_values() -> None:
    (change,) = from_csv("id,name\r\nharbour,Harbour Line\r\n", [service()])
    assert isinstance(change, ProposedChange)
    assert (change.service_id, change.is_new, change.origin) == ("harbour", False, "Row 2")
    assert [(one.field, one.before, one.after) for one in change.changes] == [
        ("name", "Harbour Helpline", "Harbour Line")
    ]
    assert accept(change, service()).name == "Harbour Line"


def test_an_import_does_not_make_a_service_active() -> None:
    known = service(status=Status.UNCONFIRMED)
    (change,) = from_csv("id,status\nharbour,active\n", [known])
    assert change.changes == ()
    assert change.warnings == ("It was not made active: only a check by a person does that.",)


def test_two_editors_do_not_overwrite_each_other() -> None:
    (change,) = from_csv("id,name\nharbour,Harbour Line\n", [service()])
    with pytest.raises(EaseoffError, match="Someone else has changed the name"):
        accept(change, service(name="Harbour House"))
    with pytest.raises(EaseoffError, match="not as it was"):
        accept(change, None)


@pytest.mark.parametrize("start", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "'quoted", "''=x"])
def test_a_cell_that_a_spreadsheet_would_run_is_escaped_and_comes_back(start: str) -> None:
    assert escape_cell(start) == f"'{start}"
    assert unescape_cell(escape_cell(start)) == start


@given(st.text())
def test_escaping_loses_nothing_and_leaves_no_cell_that_runs(text: str) -> None:
    escaped = escape_cell(text)
    assert not escaped.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert unescape_cell(escaped) == text


def test_free_text_is_escaped_in_the_file_and_other_columns_are_not() -> None:
    text = to_csv([service(name="=cmd|'/c calc'!A1", phone="+44 1632 960001")])
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["name"] == "'=cmd|'/c calc'!A1"
    assert row["phone"] == "+44 1632 960001"
    assert from_csv(text, [service(name="=cmd|'/c calc'!A1", phone="+44 1632 960001")]) == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The first row has no column “id”."),
        ("name\nHarbour\n", "The first row has no column “id”."),
        ("id,colour\nharbour,red\n", "We do not know the column “colour”."),
        ("id,id\na,b\n", "The column “id” stands there twice."),
        ("id,name\nharbour\n", "Row 2 does not have as many cells as the first row, which has 2."),
        ("id,name\n,Harbour\n", "Row 2 has no usable id."),
        ("id,name\n../../etc,Harbour\n", "Row 2 has no usable id."),
        ("id,name\nharbour,One\nharbour,Two\n", "Row 3 has an id that stands in the file twice."),
        ("id,phone\nharbour,=1+1\n", "Row 2: “=1+1” is not a telephone number."),
        ("id,url\nharbour,javascript:alert(1)\n", "Row 2: “javascript:alert(1)” is not a web address"),
        ("id,evidence_url\nharbour,ftp://x\n", "Row 2: “ftp://x” is not a web address"),
        ("id,email\nharbour,nobody\n", "Row 2: “nobody” is not an e-mail address."),
        ("id,kind\nharbour,temple\n", "Row 2: 'temple' is not one of charity"),
        ("id,drug_classes\nharbour,cannabis\n", "Row 2: 'cannabis' is not one of benzodiazepine"),
        ("id,evidence_date\nharbour,yesterday\n", "Row 2: “yesterday” is not a date"),
        ("id,name\nharbour,\n", "Row 2: it has no id or no name."),
        ("id,note\nharbour," + "x" * 5000 + "\n", "Row 2: the note is too long."),
        ("id,name\nharbour,\"" + "x" * 200_000 + "\"\n", "cannot be read as CSV"),
        ("id\n" + "x" * 6_000_000, "This file is too large."),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_in_one_sentence_that_says_where(text: str, sentence: str) -> None:
    with pytest.raises(EaseoffError) as raised:
        from_csv(text, [service()])
    assert sentence in str(raised.value)
    assert not isinstance(raised.value, DataError)


def test_control_characters_and_line_breaks_do_not_hide_in_a_cell() -> None:
    (change,) = from_csv('id,name\nharbour,"Har\x00bour\n\u202eLine"\n', [service()])
    assert change.changes[0].after == "Har bour Line"


def test_the_header_is_the_columns_of_the_data_file() -> None:
    assert tuple(next(csv.reader(io.StringIO(to_csv([]))))) == COLUMNS


def test_a_semicolon_list_keeps_its_order() -> None:
    both = service(languages=("fr", "en"), last_human_check=TODAY)
    assert from_csv(to_csv([both]), [both]) == ()
