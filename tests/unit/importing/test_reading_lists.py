"""Orange Book, BDPM and DPD, read from real excerpts and compared with the rows that are in the data."""

from __future__ import annotations

import csv
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from easeoff.medicines import DATA_ROOT
from easeoff.medicines.importing import ImportRefused
from easeoff.medicines.importing.catalogue import load_catalogue
from easeoff.medicines.importing.releases import read_all
from easeoff.medicines.importing.rowchecks import row_fault
from easeoff.medicines.importing.textrecords import quoted_rows

FIXTURES = Path(__file__).parents[2] / "fixtures" / "releases"
CATALOGUE = load_catalogue()
FILES = {
    "orange-book": [FIXTURES / "orange_book" / "products.txt"],
    "bdpm": [*sorted((FIXTURES / "bdpm/2025-11").iterdir()), FIXTURES / "bdpm/2026-07-24/CIS_CIP_bdpm.txt"],
    "dpd": sorted((FIXTURES / "dpd").iterdir()),
}
COUNTRY = {"orange-book": "US", "bdpm": "FR", "dpd": "CA"}
READ = {kind: read_all(kind, paths, catalogue=CATALOGUE) for kind, paths in FILES.items()}


def rows_by_code(kind):
    return {code: row for row in READ[kind].rows for code in row.codes}


def data_by_code(kind):
    found = {}
    for path in (DATA_ROOT / "products" / COUNTRY[kind]).glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {code: row for row in csv.DictReader(file) for code in row["product_code"].split("|")}
    return found


@pytest.mark.parametrize(("kind", "at_least"), [("orange-book", 180), ("bdpm", 90), ("dpd", 45)])
def test_what_is_read_is_what_the_data_say(kind, at_least):
    """Strength, form, release and route of each code, against the list that was made by other means."""
    read, data = rows_by_code(kind), data_by_code(kind)
    both = read.keys() & data.keys()
    assert len(both) >= at_least
    columns = ("medicine", "form_group", "route", "combination_with", "availability")
    for code in sorted(both):
        cells = read[code].cells()
        assert {c: cells[c] for c in columns} == {c: data[code][c] for c in columns}, code
        ours = Fraction(cells["strength_value"]) / Fraction(cells["per_value"] or 1)
        theirs = Fraction(data[code]["strength_value"]) / Fraction(data[code]["per_value"] or 1)
        assert (ours, cells["strength_unit"]) == (theirs, data[code]["strength_unit"]), code
        # Gralise is a plain tablet to the FDA's list; the data correct that by hand.
        if not (cells["medicine"] == "gabapentin" and kind == "orange-book"):
            assert cells["release"] == data[code]["release"], code


@pytest.mark.parametrize("kind", FILES)
def test_every_row_passes_the_checks(kind):
    assert {row_fault(row) for row in READ[kind].rows} == {""}


def test_unrelated_products_are_left_out():
    assert not any("BUDESONIDE" in row.product_name.upper() for row in READ["orange-book"].rows)
    assert "00813761" not in rows_by_code("dpd")  # veterinary


def test_mixed_amfetamine_salts_add_up_to_the_label():
    row = next(
        row for row in READ["orange-book"].rows if row.medicine == "amfetamine" and "mixed" in row.note
    )
    assert row.combination_with == "" and row.note == "strength is the total of mixed amfetamine salts"
    assert Fraction(row.strength_value) in {
        Fraction(n) for n in ("5", "7.5", "10", "12.5", "15", "20", "25", "30")
    }


def test_a_remark_after_the_strength_is_no_part_of_it():
    text = FILES["orange-book"][0].read_text()
    assert "**Federal Register" in text
    assert not READ["orange-book"].left_out


def test_a_base_strength_has_no_salt_note_and_a_salt_strength_has():
    notes = {row.medicine: row.note for row in READ["orange-book"].rows if row.form_group == "tablet"}
    assert notes["sertraline"] == ""
    assert notes["clonidine"] == "strength is of clonidine hydrochloride"


def test_french_score_lines_come_from_the_name_and_the_form():
    scored = [row for row in READ["bdpm"].rows if "products scored in 4" in row.note]
    assert scored and all(row.score in ("scored", "mixed") for row in scored)
    assert all(row.score == "none" for row in READ["bdpm"].rows if row.form_group == "capsule")


def test_a_french_name_that_contradicts_its_composition_is_left_out():
    (fault,) = [fault for fault in READ["bdpm"].left_out if "PADERYL" in fault.reason]
    assert fault.record == "62582924" and fault.row > 0
    assert "its name says 100 mg/100 ml, its composition says 107.5 mg/100 ml" in fault.reason


def test_french_patches_keep_the_label_by_the_hour():
    row = next(row for row in READ["bdpm"].rows if row.form_group == "patch")
    assert (row.per_unit, row.mg_per_unit, row.mg_per_ml, row.release) == ("hour", "", "", "MR")


def test_french_packs_come_from_the_file_of_packs():
    assert any("28" in row.pack_sizes.split("|") for row in READ["bdpm"].rows if row.medicine == "sertraline")


def test_bare_carriage_returns_inside_canadian_fields_are_read():
    raw = (FIXTURES / "dpd" / "ingred.txt").read_bytes()
    assert raw.count(b"\r") == raw.count(b"\r\n") + 2
    records = list(quoted_rows(FIXTURES / "dpd" / "ingred.txt", 15))
    assert len(records) == raw.count(b"\r\n")
    assert [cells[2] for _, cells in records if cells[0] == "102820"] == ["PLERIXAFOR"]


def test_a_canadian_copy_with_header_rows_is_read_the_same(tmp_path):
    for path in FILES["dpd"]:
        width = len(next(csv.reader([path.read_bytes().decode().split("\r\n")[0]])))
        header = ",".join(["DRUG_CODE", *(f"C{place}" for place in range(1, width))])
        (tmp_path / path.name).write_bytes(header.encode() + b"\r\n" + path.read_bytes())
    again = read_all("dpd", sorted(tmp_path.iterdir()), catalogue=CATALOGUE)
    assert [row.cells() for row in again.rows] == [row.cells() for row in READ["dpd"].rows]


def broken(tmp_path, kind, name, change):
    for path in FILES[kind]:
        shutil.copy(path, tmp_path / path.name)
    path = tmp_path / name
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(ImportRefused) as caught:
        read_all(kind, sorted(tmp_path.iterdir()), catalogue=CATALOGUE)
    return str(caught.value)


def again(raw: bytes, place: int) -> bytes:
    return raw + raw.splitlines(keepends=True)[place]


@pytest.mark.parametrize(
    ("kind", "name", "change", "said"),
    [
        ("orange-book", "products.txt", lambda raw: raw[:-30], "cut off"),
        ("orange-book", "products.txt", lambda raw: again(raw, 1), "the code stands twice"),
        ("orange-book", "products.txt", lambda raw: raw.replace(b"~", b","), "fields where 14 belong"),
        (
            "orange-book",
            "products.txt",
            lambda raw: raw.replace(b"Strength", b"Dose", 1),
            "does not name the columns",
        ),
        (
            "orange-book",
            "products.txt",
            lambda raw: raw.replace(b"~RX~", b"~ZZ~", 1),
            "is not RX, OTC or DISCN",
        ),
        ("bdpm", "CIS_bdpm.txt", lambda raw: raw[:-30], "cut off"),
        ("bdpm", "CIS_bdpm.txt", lambda raw: again(raw, 0), "the code stands twice"),
        ("bdpm", "CIS_COMPO_bdpm.txt", lambda raw: b"", "it holds no row"),
        ("bdpm", "CIS_bdpm.txt", lambda raw: b"x" + raw[1:], "is not eight digits"),
        ("dpd", "drug.txt", lambda raw: raw[:-30], "cut off"),
        ("dpd", "drug.txt", lambda raw: again(raw, 0), "the code stands twice"),
        ("dpd", "ingred.txt", lambda raw: raw.replace(b'","', b'";"'), "not comma-separated"),
        ("dpd", "ingred.txt", lambda raw: raw.replace(b'"",', b"", 1), "it has 14 fields where 15 belong"),
    ],
)
def test_a_damaged_file_refuses_the_release(tmp_path, kind, name, change, said):
    text = broken(tmp_path, kind, name, change)
    assert text.startswith("Nothing was imported.") and name in text and said in text


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"~EQ 25MG BASE~", b"~EQ 25 POUNDS BASE~", "cannot be read"),
        (b"~EQ 25MG BASE~", b"~EQ 0MG BASE~", "is not above zero"),
    ],
)
def test_a_strength_that_cannot_be_read_leaves_out_that_product_only(tmp_path, old, new, reason):
    path = tmp_path / "products.txt"
    lines = FILES["orange-book"][0].read_bytes().splitlines(keepends=True)
    place = next(
        n for n, line in enumerate(lines) if line.startswith(b"SERTRALINE") and old in line and b"RX" in line
    )
    lines[place] = lines[place].replace(old, new)
    path.write_bytes(b"".join(lines))
    (fault,) = read_all("orange-book", [path], catalogue=CATALOGUE).left_out
    assert fault.row == place + 1 and reason in fault.reason
