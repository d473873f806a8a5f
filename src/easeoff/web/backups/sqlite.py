"""Backups of the SQLite file: a copy made by SQLite itself while the hub runs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from easeoff.quantities import EaseoffError
from easeoff.web.backups.contents import check_migrations, not_ours

SUFFIX = ".sqlite3.gz"
MAGIC = b"SQLite format 3\0"
#: Seconds to wait for someone who is writing.
_PATIENCE = 30.0


def dump(database: Path, work: Path) -> Path:
    """A copy of ``database`` in the folder ``work``, as it stands at one moment.

    Raises `EaseoffError` where it is damaged.
    """
    copy = work / "backup.sqlite3"
    try:
        with closing(_opened(database, "ro")) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as problem:
        raise EaseoffError("The database cannot be read.", "Restore the newest backup.") from problem
    return copy


def check(plain: Path, file: Path) -> None:
    """Raises `EaseoffError` where the unpacked ``plain`` of the backup ``file`` is not sound, or not a hub's."""
    try:
        applied = _migrations(plain)
    except sqlite3.DatabaseError:
        raise not_ours(file) from None
    check_migrations(applied, file)


def is_empty(database: Path) -> bool:
    """Whether nothing is there that could be lost."""
    if not database.exists():
        return True
    try:
        with closing(_opened(database, "ro")) as connection:
            return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    except sqlite3.DatabaseError:
        return False


def put_back(plain: Path, database: Path, aside: Path | None) -> None:
    """Put an unpacked backup in the place of ``database``, in one transaction of SQLite.

    A database that is damaged is moved to ``aside`` first, because nothing can be written into it.
    Raises `EaseoffError` where it cannot be written.
    """
    if aside is not None and not _is_sound(database):
        aside.mkdir(mode=0o700, parents=True)
        for name in (database.name, f"{database.name}-wal", f"{database.name}-shm"):
            if (database.parent / name).exists():
                (database.parent / name).rename(aside / name)
    try:
        with closing(sqlite3.connect(plain)) as source, closing(_opened(database, "rwc")) as target:
            source.backup(target)
    except sqlite3.Error as problem:
        raise EaseoffError("The database cannot be written.", "Look whether the disk is full.") from problem


def _migrations(database: Path) -> set[tuple[str, str]]:
    """The migrations of a database whose every page is sound. Raises `sqlite3.DatabaseError` for any other."""
    with closing(_opened(database, "ro")) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise sqlite3.DatabaseError
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise sqlite3.DatabaseError
        return set(connection.execute("SELECT app, name FROM django_migrations"))


def _is_sound(database: Path) -> bool:
    try:
        _migrations(database)
    except sqlite3.DatabaseError:
        return False
    return True


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE)
