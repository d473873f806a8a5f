"""From a proposal into the data: nothing without a decision, all or nothing, and decisions are never overwritten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from making import SERTRALINE, Vmp, data_folder, overlay, release, snapshot

from easeoff.medicines import DataError, countries, load_formulary
from easeoff.medicines.files import read_rows
from easeoff.medicines.importing import (
    ImportRefused,
    accept,
    overlay_path,
    propose_import,
    read_overlay,
    read_proposal,
    recover,
    run_import,
)
from easeoff.medicines.importing import accepting as accepting_module


@pytest.fixture
def data(tmp_path) -> Path:
    return data_folder(tmp_path / "data")


def propose(data, tmp_path, vmps=SERTRALINE, day="010926"):
    return propose_import("dmd", release(tmp_path / f"release-{day}", vmps, day), tmp_path / "work", data)


def take(data, tmp_path, vmps=SERTRALINE, day="010926"):
    proposal = propose(data, tmp_path, vmps, day)
    return accept(proposal, read_overlay(overlay_path(data, "GB")), data)


def rows(data):
    read_rows.cache_clear()
    path = data / "products" / "GB" / "sertraline.csv"
    return {row["product_code"]: row for row in read_rows(path)} if path.is_file() else {}


def test_proposing_leaves_the_data_as_they_are(data, tmp_path):
    before = snapshot(data)
    proposal = propose(data, tmp_path)
    assert snapshot(data) == before
    assert [change.id for change in proposal.difference.of("new")] == [
        "GB-sertraline-tablet-50mg", "GB-sertraline-tablet-100mg", "GB-sertraline-oral_suspension-10mg-per-ml"]  # fmt: skip
    assert {path.name for path in proposal.folder.iterdir()} == {
        "rows.csv", "left_out.csv", "difference.csv", "proposal.json"}  # fmt: skip


def test_accepting_writes_rows_source_date_and_version(data, tmp_path):
    accepted = take(data, tmp_path)
    assert accepted.data_version == "2026.11.1"
    products = load_formulary("sertraline", "GB", data).products
    assert {str(product.mg_per_unit) for product in products if product.mg_per_unit} == {"50", "100"}
    assert products[0].listed_on.isoformat() == "2026-09-01"
    assert "gb_dmd_2026_09_01" in (data / "sources.toml").read_text()
    text = (data / "countries.toml").read_text()
    assert 'products_source = "gb_dmd_2026_09_01"\nlisted_on = 2026-09-01' in text
    assert 'products_source = "old"\nlisted_on = 2024-11-08' in text
    assert set(countries(data)) == {"GB", "US"}


def test_the_same_release_again_changes_nothing(data, tmp_path):
    take(data, tmp_path)
    assert propose(data, tmp_path).difference.changes == ()
    assert propose(data, tmp_path).difference.unchanged == 3


def test_the_difference_names_what_is_new_gone_and_changed(data, tmp_path):
    take(data, tmp_path)
    later = (replace(SERTRALINE[0], packs=(("28", "95"),)), SERTRALINE[2],
             Vmp(9, "Sertraline 25mg tablets", "Sertraline hydrochloride", "25", base="Sertraline"))  # fmt: skip
    found = propose(data, tmp_path, later, "080926").difference
    assert [(c.id, c.reason) for c in found.of("new")] == [
        ("GB-sertraline-tablet-25mg", "none of its codes was listed before")
    ]
    assert [(c.id, c.reason) for c in found.of("gone")] == [
        ("GB-sertraline-tablet-100mg", "none of its codes is in the release")
    ]
    changed = {c.field: (c.old, c.new) for c in found.of("changed")}
    assert changed == {
        "pack_sizes": ("28|56", "28"),
        "lowest_price": ("1.50", "0.95"),
        "price_pack_size": ("56", "28"),
    }
    assert "f_vmp2_3080926.xml line 2" in found.of("changed")[0].reason


def test_a_product_keeps_its_id_and_a_new_code_that_says_so_is_the_same_product(data, tmp_path):
    take(data, tmp_path)
    renumbered = replace(SERTRALINE[0], number=12, previous=SERTRALINE[0].code)
    found = propose(data, tmp_path, (renumbered, *SERTRALINE[1:]), "080926").difference
    assert [(c.id, c.field) for c in found.changes] == [("GB-sertraline-tablet-50mg", "product_code")]


STRONGER = (replace(SERTRALINE[0], name="Sertraline 75mg tablets", value="75"), *SERTRALINE[1:])


def test_another_strength_under_the_same_code_is_refused_until_a_person_confirms_it(data, tmp_path):
    take(data, tmp_path)
    before = snapshot(data)
    proposal = propose(data, tmp_path, STRONGER, "080926")
    (change,) = proposal.difference.to_decide
    assert (change.codes, change.old, change.new) == ((SERTRALINE[0].code,), "50 mg", "75 mg")
    assert "f_vmp2_3080926.xml line 2" in change.reason
    with pytest.raises(ImportRefused) as caught:
        accept(proposal, (), data)
    assert SERTRALINE[0].code in str(caught.value) and "50 mg before, 75 mg now" in str(caught.value)
    assert snapshot(data) == before
    overlay(data, "GB", f"{SERTRALINE[0].code},confirm,strength,60 mg")
    with pytest.raises(ImportRefused):  # another figure was looked at
        accept(proposal, read_overlay(overlay_path(data, "GB")), data)
    overlay(data, "GB", f"{SERTRALINE[0].code},confirm,strength,75 mg")
    accept(proposal, read_overlay(overlay_path(data, "GB")), data)
    assert rows(data)[SERTRALINE[0].code]["id"] == "GB-sertraline-tablet-75mg"


def test_a_listed_product_that_cannot_be_read_any_more_needs_a_decision(data, tmp_path):
    take(data, tmp_path)
    wrong = (replace(SERTRALINE[0], value="5"), *SERTRALINE[1:])
    proposal = propose(data, tmp_path, wrong, "080926")
    (change,) = proposal.difference.to_decide
    assert change.kind == "gone" and "its name says 50 mg, its ingredient record says 5 mg" in change.reason
    with pytest.raises(ImportRefused):
        accept(proposal, (), data)
    overlay(data, "GB", f"{SERTRALINE[0].code},keep,,")
    accept(proposal, read_overlay(overlay_path(data, "GB")), data)
    kept = rows(data)[SERTRALINE[0].code]
    assert (kept["strength_value"], kept["source_date"]) == ("50", "2026-09-01")


def test_a_code_that_turns_from_modified_to_immediate_release_needs_a_decision(data, tmp_path):
    slow = replace(
        SERTRALINE[0], name="Sertraline 50mg modified-release tablets", form="Modified-release tablet"
    )
    take(data, tmp_path, (slow, *SERTRALINE[1:]))
    proposal = propose(data, tmp_path, SERTRALINE, "080926")
    assert {(c.field, c.old, c.new) for c in proposal.difference.to_decide} == {("release", "MR", "IR")}
    with pytest.raises(ImportRefused, match="another release"):
        accept(proposal, (), data)
    overlay(data, "GB", f"{SERTRALINE[0].code},correct,release,MR")
    accept(proposal, read_overlay(overlay_path(data, "GB")), data)
    assert rows(data)[SERTRALINE[0].code]["id"] == "GB-sertraline-tablet-50mg-MR"


def test_a_listed_code_that_is_no_longer_taken_for_ours_needs_a_decision(data, tmp_path):
    take(data, tmp_path)
    other = replace(SERTRALINE[0], name="Ibuprofen 50mg tablets", ingredient="Ibuprofen", base="")
    proposal = propose(data, tmp_path, (other, *SERTRALINE[1:]), "080926")
    (change,) = proposal.difference.to_decide
    assert "still in the release" in change.reason and "f_vmp2_3080926.xml line 2" in change.reason


def test_the_overlay_is_laid_on_top_and_never_overwritten(data, tmp_path):
    overlay(data, "GB", f"{SERTRALINE[1].code},exclude,,", f"{SERTRALINE[0].code},correct,score,none",
            f"{SERTRALINE[2].code},note,,shake well")  # fmt: skip
    before = overlay_path(data, "GB").read_bytes()
    for day in ("010926", "080926"):
        take(data, tmp_path, day=day)
        found = rows(data)
        assert SERTRALINE[1].code not in found
        assert found[SERTRALINE[0].code]["score"] == "none"
        assert found[SERTRALINE[2].code]["note"].endswith("shake well")
    assert overlay_path(data, "GB").read_bytes() == before


def test_a_correction_that_fails_the_checks_is_left_out(data, tmp_path):
    overlay(data, "GB", f"{SERTRALINE[0].code},correct,strength_unit,stones")
    take(data, tmp_path)
    assert SERTRALINE[0].code not in rows(data)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,approve,,,pharmacist,2026-11-20,why", "action 'approve'"),
        ("1,correct,mg_per_unit,5,pharmacist,2026-11-20,why", "cannot be corrected"),
        ("1,confirm,price,5,pharmacist,2026-11-20,why", "cannot be confirmed"),
        ("1,exclude,,,,2026-11-20,why", "“who” is empty"),
        ("1,exclude,,,pharmacist,yesterday,why", "is not a date"),
        ("1,exclude,,,pharmacist,2026-11-20,", "“why” is empty"),
    ],
)
def test_a_decision_that_does_not_say_who_when_and_why_is_refused(tmp_path, row, said):
    path = tmp_path / "GB.csv"
    path.write_text(f"code,action,field,value,who,when,why\n{row}\n")
    with pytest.raises(DataError, match=said):
        read_overlay(path)


def test_a_proposal_is_refused_once_the_data_have_changed(data, tmp_path):
    first = propose(data, tmp_path)
    take(data, tmp_path)
    with pytest.raises(ImportRefused, match="the data have changed since"):
        accept(first, (), data)


def test_a_written_proposal_can_be_read_again_but_not_once_it_was_edited(data, tmp_path):
    proposal = propose(data, tmp_path)
    assert read_proposal(proposal.folder) == proposal
    path = proposal.folder / "rows.csv"
    path.write_text(path.read_text().replace(",50,", ",500,"))
    with pytest.raises(ImportRefused, match="it was changed after the proposal was made"):
        read_proposal(proposal.folder)


def test_rows_of_another_list_stay(data, tmp_path):
    take(data, tmp_path)
    path = data / "products" / "GB" / "citalopram.csv"
    text = (data / "products" / "GB" / "sertraline.csv").read_text().splitlines()
    path.write_text(
        "\n".join([text[0], text[1].replace("gb_dmd_2026_09_01", "old").replace("sertraline", "citalopram")])
        + "\n"
    )
    before = path.read_bytes()
    take(data, tmp_path, SERTRALINE[1:], "080926")
    assert path.read_bytes() == before


@pytest.mark.parametrize("stop", range(1, 12))
def test_an_acceptance_that_is_killed_is_done_whole_or_not_at_all(data, tmp_path, monkeypatch, stop):
    """Stopped at each move of a file in turn: the next call finishes it, or nothing of it is left."""
    take(data, tmp_path)
    before = snapshot(data)
    proposal = propose(data, tmp_path, SERTRALINE[:1], "080926")
    moved = 0
    real = Path.replace

    def failing(self, target):
        nonlocal moved
        moved += 1
        if moved == stop:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    try:
        accept(proposal, (), data)
        interrupted = False
    except KeyboardInterrupt:
        interrupted = True
    monkeypatch.setattr(Path, "replace", real)
    finished = recover(data)
    after = snapshot(data)
    if interrupted and not finished:
        assert after == before
    else:
        assert set(rows(data)) == {SERTRALINE[0].code}
        assert (data / "VERSION").read_text() == "2026.11.2\n"
    assert not (data / accepting_module._STAGE).exists()


def test_a_refused_release_is_reported_and_leaves_no_proposal(data, tmp_path):
    paths = release(tmp_path / "release")
    path = next(path for path in paths if "_vmp2_" in path.name)
    path.write_bytes(path.read_bytes()[:-40])
    before = snapshot(data)
    report = run_import("dmd", paths, tmp_path / "work", data)
    assert report.proposal is None and report.difference.changes == ()
    (fault,) = report.faults
    assert fault.file == path.name and fault.row > 0 and "too early" in fault.reason
    assert not list((tmp_path / "work").glob("*proposal*"))
    assert snapshot(data) == before
