"""What people entered can be backed up and restored; what is no whole backup is refused and changes nothing."""

from __future__ import annotations

import gzip
import re
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hubs import CHANGES, LATER, Hub

from easeoff.quantities import EaseoffError
from easeoff.web.backups import files


def _said(stderr: str) -> str:
    """The one line of a refusal."""
    lines = stderr.strip().splitlines()
    assert len(lines) == 1 and lines[0].startswith("CommandError: "), stderr
    return lines[0].removeprefix("CommandError: ")


def test_a_backup_restored_into_an_empty_place_holds_the_same_rows(backed_up, new_hub) -> None:
    by_slug = {row["fields"]["slug"]: row["fields"] for row in backed_up.rows if "slug" in row["fields"]}
    assert by_slug["no-panic"]["assured_date"] == "2026-11-20"
    assert by_slug["ads-oldham"]["note"] == "Corrected; “by hand”."
    assert {"directory.verification", "directory.complaint", "auth.user"} <= {
        row["model"] for row in backed_up.rows
    }
    elsewhere = new_hub()
    said = elsewhere.done("restore", backed_up.file)
    assert said.startswith("Restored.")
    assert elsewhere.rows() == backed_up.rows
    assert elsewhere.done("load_directory").startswith("0 new, 0 brought up to date")


def test_a_backup_is_for_its_owner_only_and_bears_the_moment_in_its_name(backed_up) -> None:
    assert re.fullmatch(r"easeoff-\d{4}-\d\d-\d\d-\d{6}\.(sqlite3|sql)\.gz", backed_up.file.name)
    assert stat.S_IMODE(backed_up.file.stat().st_mode) == 0o600
    assert [path.name for path in backed_up.file.parent.iterdir()] == [backed_up.file.name]


def test_before_the_first_start_there_is_nothing_to_back_up_and_nothing_is_called_damaged(
    new_hub, tmp_path: Path
) -> None:
    refused = new_hub().manage("backup", tmp_path / "backups")
    assert refused.returncode == 1
    assert "There is nothing in the database yet. Start the hub once" in _said(refused.stderr)
    assert not (tmp_path / "backups").exists()


def test_a_command_before_the_first_start_says_in_one_line_what_to_do(new_hub) -> None:
    for command in ("work_list", "check_links"):
        refused = new_hub().manage(command)
        assert refused.returncode == 1
        assert (
            refused.stderr.strip().splitlines()[-1]
            == "This hub has no tables yet. Start it once with: easeoff serve"
        )
        assert "Traceback" not in refused.stderr


def test_a_database_that_is_there_is_only_replaced_when_asked_and_a_copy_is_kept(backed_up, new_hub) -> None:
    hub = new_hub()
    hub.done("restore", backed_up.file)
    hub.work(LATER)
    later = hub.rows()
    refused = hub.manage("restore", backed_up.file)
    assert refused.returncode == 1 and "Add --replace" in _said(refused.stderr)
    assert hub.rows() == later
    said = hub.done("restore", backed_up.file, "--replace")
    assert hub.rows() == backed_up.rows
    kept = Path(said.splitlines()[0].partition(": ")[2])
    hub.done("restore", kept, "--replace")
    assert hub.rows() == later


def _spoilt(good: bytes, how: str) -> bytes:
    plain, middle = gzip.decompress(good), len(good) // 2
    other = b"SQLite format 3\0" if plain.startswith(b"--") else b"--\n-- PostgreSQL database dump\n"
    return {
        "empty": b"",
        "cut after a few letters": good[:12],
        "cut in the middle": good[:middle],
        "cut by one byte": good[:-1],
        "cut before it was packed": gzip.compress(plain[: len(plain) * 3 // 4]),
        "one letter changed": good[:middle] + bytes([good[middle] ^ 0xFF]) + good[middle + 1 :],
        "a text": b"Dear all,\nthe minutes are attached.\n",
        "a packed text": gzip.compress(b"Dear all"),
        "the other kind": gzip.compress(other + bytes(40)),
    }[how]


SPOILT = ["empty", "cut after a few letters", "cut in the middle", "cut by one byte", "cut before it was packed",
          "one letter changed", "a text", "a packed text", "the other kind"]  # fmt: skip


@pytest.mark.parametrize("how", SPOILT)
def test_what_is_no_whole_backup_is_refused_and_the_database_stays_as_it_was(
    backed_up, tmp_path, how
) -> None:
    file = tmp_path / "file.backup"
    file.write_bytes(_spoilt(backed_up.file.read_bytes(), how))
    before = _everything(backed_up.hub)
    refused = backed_up.hub.manage("restore", file, "--replace")
    assert refused.returncode == 1
    said = _said(refused.stderr)
    assert said.startswith("Nothing was changed. file.backup is not a")
    assert _everything(backed_up.hub) == before
    assert not (backed_up.hub.data / "before-restore").exists()


def _everything(hub) -> object:
    """The database to the last byte where it is a file, its rows otherwise; and the files beside it."""
    beside = sorted(path.name for path in hub.data.iterdir() if not path.name.endswith(("-wal", "-shm")))
    return (hub.rows() if hub.url else hub.database.read_bytes()), beside


def test_a_file_that_is_not_there_is_said_in_one_sentence(backed_up, tmp_path) -> None:
    refused = backed_up.hub.manage("restore", tmp_path / "none", "--replace")
    assert _said(refused.stderr).endswith("none: No such file or directory.")


def _sqlite_backup(tmp_path: Path, *statements: str) -> Path:
    """A packed SQLite database made by these statements."""
    plain, packed = tmp_path / "made.sqlite3", tmp_path / "made.sqlite3.gz"
    with sqlite3.connect(plain) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    return packed


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (("CREATE TABLE recipes (name text)",), "is not a whole backup of Easeoff"),
        (("CREATE TABLE django_migrations (app text, name text)",
          "INSERT INTO django_migrations VALUES ('shop', '0001_initial')"), "is not a whole backup of Easeoff"),
        (("CREATE TABLE django_migrations (app text, name text)",
          "INSERT INTO django_migrations VALUES ('directory', '0001_initial'), ('directory', '9999_later')"),
         "was made by a newer release"),
    ],
)  # fmt: skip
def test_another_program_s_database_and_one_of_a_newer_release_are_refused(
    backed_up, tmp_path, statements, words
) -> None:
    if backed_up.hub.url:
        pytest.skip("only SQLite")
    refused = backed_up.hub.manage("restore", _sqlite_backup(tmp_path, *statements), "--replace")
    assert words in _said(refused.stderr)


def test_a_damaged_database_is_not_backed_up_and_a_restore_brings_it_back(
    backed_up, new_hub, tmp_path
) -> None:
    hub = new_hub()
    if hub.url:
        pytest.skip("only SQLite")
    hub.done("restore", backed_up.file)
    whole = hub.database.read_bytes()
    hub.database.write_bytes(whole[:20_000] + bytes(8192) + whole[28_192:])
    refused = hub.manage("backup", tmp_path / "folder")
    assert _said(refused.stderr).startswith("No backup was made. The database")
    assert list((tmp_path / "folder").iterdir()) == []
    said = hub.done("restore", backed_up.file, "--replace")
    assert hub.rows() == backed_up.rows
    aside = Path(said.splitlines()[0].partition(": ")[2])
    assert (aside / "easeoff.sqlite3").stat().st_size == len(whole)


def test_the_oldest_go_and_files_that_are_not_ours_stay(backed_up, tmp_path) -> None:
    suffix = backed_up.file.name.removeprefix(backed_up.file.name[:25])
    old = [tmp_path / f"easeoff-2020-01-0{day}-000000{suffix}" for day in (1, 2, 3)]
    others = [tmp_path / "easeoff-by-hand.gz", tmp_path / f"my-easeoff-2020-01-01-000000{suffix}"]
    for path in (*old, *others):
        path.write_bytes(b"")
    new = backed_up.hub.backup(tmp_path, "--keep", "2")
    assert set(tmp_path.iterdir()) == {new, old[2], *others}


def test_no_backup_is_ever_written_over(tmp_path) -> None:
    moment = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
    final, second = tmp_path / files.name_of(moment, ".gz"), tmp_path / "second"
    final.write_bytes(b"first")
    second.write_bytes(b"second")
    with pytest.raises(EaseoffError, match="There is already a backup called easeoff-2026-11-23-023000"):
        files.put_in_place(second, final)
    assert final.read_bytes() == b"first"


def test_at_least_one_backup_is_kept(backed_up, tmp_path) -> None:
    assert "At least one" in _said(backed_up.hub.manage("backup", tmp_path, "--keep", "0").stderr)
    assert list(tmp_path.iterdir()) == []


def test_a_hub_can_move_from_a_file_to_postgresql(backed_up, new_hub, tmp_path) -> None:
    """As ``deploy/README.md`` tells it."""
    target, source = new_hub(), Hub(tmp_path / "data")
    if not target.url:
        pytest.skip("the way to PostgreSQL is tried where the suite runs on it: make test-postgres")
    source.done("migrate", "--verbosity=0")
    source.done("load_directory")
    source.work(CHANGES)
    moved = tmp_path / "move.json"
    source.done("dumpdata", "--natural-foreign", "--exclude=contenttypes", "--exclude=auth.permission",
                "--exclude=sessions", f"--output={moved}")  # fmt: skip
    target.done("migrate", "--verbosity=0")
    target.done("loaddata", moved)
    assert target.rows() == source.rows()
    assert target.done("load_directory").startswith("0 new, 0 brought up to date")
    target.work(LATER)
