"""dm+d: what is read, what is left out with its reason, and what refuses the release whole."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from making import IMPORTED, SERTRALINE, SPECIAL, Vmp, release

from easeoff.medicines.importing import ImportRefused, read_release
from easeoff.medicines.importing.catalogue import Catalogue
from easeoff.medicines.importing.releases import read_all

FIXTURES = Path(__file__).parents[2] / "fixtures" / "releases" / "dmd"
CATALOGUE = Catalogue(
    {"sertraline": "antidepressant_ssri", "morphine": "opioid", "citalopram": "antidepressant_ssri"}, {}
)


def read(paths, catalogue=CATALOGUE):
    return read_all("dmd", paths, catalogue=catalogue)


def test_a_tablet_becomes_a_row_of_the_country_file(tmp_path):
    row = read(release(tmp_path)).rows[0]
    cells = row.cells()
    assert cells["medicine"] == "sertraline" and cells["class"] == "antidepressant_ssri"
    assert (cells["strength_value"], cells["strength_unit"], cells["mg_per_unit"]) == ("50", "mg", "50")
    assert (cells["form_group"], cells["form"], cells["release"], cells["route"]) == (
        "tablet",
        "tablets",
        "IR",
        "oral",
    )
    assert cells["pack_sizes"] == "28|56"
    assert cells["availability"] == "licensed_listed" and cells["score"] == "unknown"
    assert (cells["source_id"], cells["source_date"]) == ("gb_dmd_2026_09_01", "2026-09-01")
    assert cells["product_code_system"] == "dm+d VMP (SNOMED CT)"


def test_the_price_is_of_the_pack_that_is_cheapest_for_one_tablet(tmp_path):
    row = read(release(tmp_path)).rows[0]
    assert (row.lowest_price, row.price_currency, row.price_pack_size) == ("1.50", "GBP", "56")


def test_a_liquid_has_the_strength_of_its_label_and_mg_in_one_ml(tmp_path):
    row = next(row for row in read(release(tmp_path)).rows if row.form_group == "oral_suspension")
    assert (row.strength_value, row.per_value, row.per_unit, row.mg_per_ml, row.mg_per_unit) == (
        "50",
        "5",
        "ml",
        "10",
        "",
    )
    assert row.availability == "special"


def test_other_substances_are_not_read(tmp_path):
    assert {row.medicine for row in read(release(tmp_path)).rows} == {"sertraline"}


def test_the_salt_is_noted_only_where_the_strength_is_of_the_salt(tmp_path):
    morphine = Vmp(7, "Morphine sulfate 10mg tablets", "Morphine sulfate", "10")
    rows = read(release(tmp_path, (SERTRALINE[0], morphine))).rows
    assert [row.note for row in rows] == ["", "strength is of morphine sulfate"]


@pytest.mark.parametrize(
    ("vmp", "availability"),
    [
        (replace(SERTRALINE[0], supply=SPECIAL), "special"),
        (replace(SERTRALINE[0], supply=IMPORTED), "import"),
        (replace(SERTRALINE[0], supply=("0003", "0001")), "doubtful"),
        (replace(SERTRALINE[0], discontinued=True), "discontinued"),
        (replace(SERTRALINE[0], supply=("0001", "0009")), "discontinued"),
        (replace(SERTRALINE[0], packs=()), "unknown"),
    ],
)
def test_how_it_is_supplied(tmp_path, vmp, availability):
    assert read(release(tmp_path, (vmp, SERTRALINE[1]))).rows[0].availability == availability


def test_a_modified_release_tablet_is_never_ir(tmp_path):
    slow = Vmp(
        8,
        "Morphine sulfate 10mg modified-release tablets",
        "Morphine sulfate",
        "10",
        form="Modified-release tablet",
    )
    assert read(release(tmp_path, (slow,))).rows[0].release == "MR"


def test_records_marked_invalid_are_skipped(tmp_path):
    assert (
        read(release(tmp_path, (replace(SERTRALINE[0], invalid=True), SERTRALINE[1]))).rows[0].strength_value
        == "100"
    )


@pytest.mark.parametrize(
    ("vmp", "reason"),
    [
        (replace(SERTRALINE[0], value="5"), "its name says 50 mg, its ingredient record says 5 mg"),
        (replace(SERTRALINE[0], unit="iu"), "the strength unit “iu” is not one that can be read"),
        (replace(SERTRALINE[0], unit="999"), "the unit code 999 of its strength is not in the lookup file"),
        (replace(SERTRALINE[0], value="fifty"), "the figure “fifty” is not a number"),
        (replace(SERTRALINE[0], value="0"), "the figure “0” is not above zero"),
        (replace(SERTRALINE[0], base="Citalopram"), "which is not a form of sertraline"),
    ],
)
def test_a_product_that_cannot_be_read_is_left_out_with_row_and_reason(tmp_path, vmp, reason):
    found = read(release(tmp_path, (vmp, SERTRALINE[1])))
    assert [row.strength_value for row in found.rows] == ["100"]
    (fault,) = found.left_out
    assert fault.file == "f_vmp2_3010926.xml" and fault.row == 2 and fault.record == vmp.code
    assert reason in fault.reason


def test_a_wrong_check_digit_is_left_out(tmp_path):
    paths = release(tmp_path, SERTRALINE[:1])
    good, bad = SERTRALINE[0].code, SERTRALINE[0].code[:-1] + str((int(SERTRALINE[0].code[-1]) + 1) % 10)
    for path in paths:
        path.write_text(path.read_text().replace(good, bad))
    assert "check digit" in read(paths).left_out[0].reason


def refused(paths) -> str:
    with pytest.raises(ImportRefused) as caught:
        read(paths)
    return str(caught.value)


def vmp_file(paths) -> Path:
    return next(path for path in paths if "_vmp2_" in path.name)


def test_a_truncated_file_refuses_the_release(tmp_path):
    paths = release(tmp_path)
    path = vmp_file(paths)
    path.write_bytes(path.read_bytes()[:-40])
    assert "f_vmp2_3010926.xml line" in refused(paths) and "it ends too early" in refused(paths)


def test_a_malformed_file_refuses_the_release(tmp_path):
    paths = release(tmp_path)
    path = vmp_file(paths)
    path.write_text(path.read_text().replace("</NM>", "</N>", 1))
    assert "not well-formed XML" in refused(paths)


def test_a_file_of_another_kind_refuses_the_release(tmp_path):
    paths = release(tmp_path)
    amp = next(path for path in paths if "_amp2_" in path.name)
    shutil.copy(amp, vmp_file(paths))
    assert "begins with ACTUAL_MEDICINAL_PRODUCTS" in refused(paths)


def test_a_duplicate_code_refuses_the_release_and_names_the_row(tmp_path):
    text = refused(release(tmp_path, (SERTRALINE[0], replace(SERTRALINE[1], number=1))))
    assert f"line 3 ({SERTRALINE[0].code}): the code stands twice in vmp" in text


def test_a_doctype_is_refused_before_any_entity_is_read(tmp_path):
    paths = release(tmp_path)
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    path = vmp_file(paths)
    path.write_text(bomb + path.read_text().replace("Sertraline 50mg tablets", "&b;"))
    assert "DOCTYPE" in refused(paths)


def test_an_external_entity_is_refused(tmp_path):
    paths = release(tmp_path)
    path = vmp_file(paths)
    path.write_text('<!DOCTYPE x SYSTEM "file:///etc/hostname">' + path.read_text())
    assert "DOCTYPE" in refused(paths)


def test_a_missing_file_is_named(tmp_path):
    paths = [path for path in release(tmp_path) if "_lookup2_" not in path.name]
    assert "the lookup file is missing" in refused(paths)


def test_files_of_two_weeks_are_refused(tmp_path):
    paths = [path for path in release(tmp_path) if "_amp2_" not in path.name]
    other = next(path for path in release(tmp_path / "other", day="080926") if "_amp2_" in path.name)
    assert "different weeks" in refused([*paths, other])


def test_the_real_excerpt_of_2019_is_read_whole():
    paths = sorted((FIXTURES / "2019-04-01").iterdir())
    assert list(read_release("dmd", paths, catalogue=CATALOGUE)) == []
    adenosine = Catalogue({"adenosine": "alpha_beta_blocker_other"}, {})
    found = read(paths, adenosine)
    assert (found.rows, found.left_out) == ((), ())  # an injection that is no depot
    assert found.day.isoformat() == "2019-04-01"


def test_a_real_oral_solution_with_unit_dose_and_base_strength(tmp_path):
    """Tobramycin 200mg/5ml is 40 mg in 1 ml in the ingredient record, of the base; its tables are of 2018."""
    for path in (FIXTURES / "2019-04-01").iterdir():
        if not any(f"_{role}2_" in path.name for role in ("vmp", "amp", "vmpp", "ampp")):
            shutil.copy(path, tmp_path / path.name.replace("010419", "280618"))
    for path in (FIXTURES / "2018-06-28").iterdir():
        shutil.copy(path, tmp_path)
    found = read(sorted(tmp_path.iterdir()), Catalogue({"tobramycin": "opioid"}, {}))
    assert not found.left_out
    (row,) = found.rows
    assert (row.product_name, row.strength_value, row.per_value, row.mg_per_ml) == (
        "Tobramycin 200mg/5ml oral solution", "200", "5", "40")  # fmt: skip
    assert row.form_group == "oral_solution" and row.availability == "special"


def test_the_files_of_2017_are_read_though_they_are_one_line(tmp_path):
    paths = sorted((FIXTURES / "2017-06-01").iterdir())
    found = read(paths, Catalogue({"verapamil": "alpha_beta_blocker_other"}, {}))
    # Its ingredient is not in the ingredient file: each file holds the first record of its table only.
    assert found.rows == ()


def test_progress_ends_at_the_size_of_the_files(tmp_path):
    paths = release(tmp_path)
    told = []
    list(
        read_release(
            "dmd", paths, progress=lambda done, total: told.append((done, total)), catalogue=CATALOGUE
        )
    )
    total = sum(path.stat().st_size for path in paths)
    assert told[-1] == (total, total) and [done for done, _ in told] == sorted(done for done, _ in told)
