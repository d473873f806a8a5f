"""Back up and restore, for either kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection

from easeoff.quantities import EaseoffError
from easeoff.web.backups import files, packing, postgres, sqlite
from easeoff.web.backups.contents import not_ours


@dataclass(frozen=True, slots=True)
class Made:
    """A new backup, and the old ones that were let go for it."""

    file: Path
    let_go: tuple[Path, ...]


def back_up(folder: Path, moment: datetime, keep: int) -> Made:
    """Write a new backup into ``folder``, read it back, and only then let the oldest go.

    Raises `EaseoffError` where it cannot be made or is not whole; nothing is left behind then.
    """
    if _is_empty():
        raise EaseoffError(
            "There is nothing in the database yet.", "Start the hub once, or check EASEOFF_DATA_DIR."
        )
    suffix = postgres.SUFFIX if _is_postgres() else sqlite.SUFFIX
    final = folder / files.name_of(moment, suffix)
    with _work_in(folder) as work:
        packed = packing.pack(postgres.dump(work) if _is_postgres() else sqlite.dump(_sqlite_file(), work))
        try:
            _checked(packed, work)
        except EaseoffError as problem:
            raise EaseoffError("The database is damaged.", "Restore the newest backup.") from problem
        files.put_in_place(packed, final)
    return Made(final, tuple(files.let_go(folder, suffix, keep)))


def restore(file: Path, moment: datetime, *, replace: bool, kept_in: Path) -> Path | None:
    """Put ``file`` in the place of the present database, of which a copy goes to the folder ``kept_in``.

    Returns that copy, or ``None`` where there was nothing to keep. Raises `EaseoffError`, and changes nothing, where
    the file is not a whole backup of this kind of database, or where there is a database and ``replace`` is not said.
    """
    with _work_in(kept_in.parent) as work:
        plain = _checked(file, work)
        is_empty = _is_empty()
        if not (is_empty or replace):
            raise EaseoffError(
                "There is a database here already.",
                "Add --replace to put the backup in its place; a copy of the present one is kept.",
            )
        kept = None if is_empty else _keep_present(kept_in, moment)
        if _is_postgres():
            postgres.put_back(plain)
        else:
            sqlite.put_back(plain, _sqlite_file(), aside=kept)
    return kept


def _checked(file: Path, work: Path) -> Path:
    """The unpacked backup. Raises `EaseoffError` where it is not whole, not a hub's, or of the other kind of database."""
    plain = packing.unpack(file, work)
    ours, other, name = (postgres, sqlite, "SQLite") if _is_postgres() else (sqlite, postgres, "PostgreSQL")
    if packing.begins_with(plain, other.MAGIC):
        raise EaseoffError(
            f"{file.name} is not a backup of the kind of database that this hub uses, but of {name}.",
            "Check EASEOFF_DATABASE_URL.",
        )
    if not packing.begins_with(plain, ours.MAGIC):
        raise not_ours(file)
    ours.check(plain, file)
    return plain


def _keep_present(folder: Path, moment: datetime) -> Path:
    """A backup of what is there; where it is too damaged for one, the folder that it will be moved to."""
    try:
        return back_up(folder, moment, keep=1_000_000).file
    except EaseoffError:
        if _is_postgres():
            raise
        return folder / files.name_of(moment, ".damaged")


@contextmanager
def _work_in(folder: Path) -> Iterator[Path]:
    """A folder that only we can read and that goes away; on the same disk, so that a finished file can be linked."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".unfinished-", dir=folder) as name:
        yield Path(name)


def _is_empty() -> bool:
    return postgres.is_empty() if _is_postgres() else sqlite.is_empty(_sqlite_file())


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"


def _sqlite_file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))
