"""The directory's own files: whole, strict, and with evidence for every entry."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from easeoff.directory import Status, load_services, to_row
from easeoff.directory.lexicon import load_lexicon
from easeoff.directory.places import resolve_place
from easeoff.medicines import DATA_ROOT, DataError
from easeoff.medicines.files import read_rows

SERVICES = load_services()


def test_every_entry_has_an_id_a_name_and_its_evidence() -> None:
    for one in SERVICES:
        assert re.fullmatch(r"[a-z0-9-]+", one.id)
        assert one.name and one.evidence_url, one.id
        assert all(address.startswith(("http://", "https://")) for address in one.evidence_url), one.id


def test_every_entry_comes_back_from_its_row() -> None:
    for row, one in zip(read_rows(DATA_ROOT / "directory" / "services.csv"), SERVICES, strict=True):
        assert to_row(one) == row


def test_only_renamed_and_superseded_entries_name_a_successor() -> None:
    named = {one.id: one.status for one in SERVICES if one.successor_id}
    assert named == {
        "ads-oldham": Status.UNCONFIRMED, "battle-against-tranquillisers": Status.RENAMED, "adfd": Status.CLOSED,
    }  # fmt: skip


def test_every_outward_code_has_the_form_of_one() -> None:
    rows = read_rows(DATA_ROOT / "directory" / "outward_codes.csv")
    assert all(re.fullmatch(r"[A-Z]{1,2}[0-9][0-9A-Z]?", row["code"]) for row in rows)
    assert all(49 < float(row["latitude"]) < 61 and -9 < float(row["longitude"]) < 2 for row in rows)


def test_the_notices_of_the_postcode_table_are_printed_with_their_year() -> None:
    text = (DATA_ROOT / "directory" / "SOURCES.md").read_text(encoding="utf-8")
    for owner in ("Ordnance Survey", "Royal Mail", "National Statistics"):
        assert re.search(
            rf"Contains {owner} data © (Crown|Royal Mail) copyright and database right 2017", text
        )


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A copy of the data folder in which one text of one file is another."""

    def change(name: str, old: str, new: str) -> Path:
        root = tmp_path / "data"
        shutil.copytree(DATA_ROOT / "directory", root / "directory")
        shutil.copytree(DATA_ROOT / "medicines", root / "medicines")
        path = root / "directory" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return root

    return change


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("oldham-tranx,", "ads-oldham,", "another service has this id"),
        (",charity,GB,", ",temple,GB,", "is not one of charity"),
        (
            "renamed,postscript360",
            "renamed,postscript361",
            "its successor 'postscript361' is not in the list",
        ),
        (",yes,http", ",perhaps,http", "is not yes or no"),
        (",stance,", ",attitude,", "the column stance is missing"),
        ("\noldham-tranx,Oldham Tranx,", "\noldham-tranx,,", "no id or no name"),
    ],
)
def test_a_fault_in_the_services_is_named(
    changed: Callable[[str, str, str], Path], old: str, new: str, what: str
) -> None:
    with pytest.raises(DataError, match=what):
        load_services(changed("services.csv", old, new))


def test_a_fault_in_the_places_or_the_spellings_is_named(changed: Callable[[str, str, str], Path]) -> None:
    root = changed("outward_codes.csv", "57.135", "north")
    with pytest.raises(DataError, match="'north' is not a number of degrees"):
        resolve_place("AB10", root)
    shutil.rmtree(root)
    with pytest.raises(DataError, match="is not brand, class, drug or spelling"):
        load_lexicon(changed("spellings.csv", "xanax,alprazolam,brand", "xanax,alprazolam,maker"))
