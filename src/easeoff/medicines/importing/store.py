"""The work store: what has been read of a release, file by file, so that an import can be stopped and taken up again.

Each file is read in one transaction together with its checkpoint (name and SHA-256). A file is therefore in the
store whole or not at all, and one that is already there and unchanged is not read again. Beyond the few rows in
hand everything lies on disk, so that a release of any size fits.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from easeoff.medicines.importing.faults import RowFault, refuse

#: Raised whenever the tables change, so that a store of an older version is read anew.
_LAYOUT = "1"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, the first ``unique`` of which are the key that may not stand twice."""

    name: str
    columns: tuple[str, ...]
    unique: int = 1
    index: tuple[str, ...] = ()


class Store:
    """Tables of text on disk. ``path`` is ``None`` for a store that vanishes when it is closed."""

    def __init__(self, tables: Iterable[Table], path: Path | None, kind: str) -> None:
        self.tables = {table.name: table for table in tables}
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path or "", isolation_level=None)
        try:
            self._begin(f"{kind} {_LAYOUT}")
        except (
            sqlite3.DatabaseError
        ):  # not a store, or a damaged one: only a copy of the release, so made anew
            self._db.close()
            assert path is not None
            path.unlink()
            self._db = sqlite3.connect(path, isolation_level=None)
            self._begin(f"{kind} {_LAYOUT}")

    def _begin(self, layout: str) -> None:
        self._db.execute("PRAGMA journal_mode=TRUNCATE")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("PRAGMA cache_size=-32768")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS files (role TEXT PRIMARY KEY, name TEXT, sha256 TEXT, layout TEXT)"
        )
        others = self._db.execute("SELECT 1 FROM files WHERE layout <> ?", (layout,)).fetchone()
        if others:
            for name in self.tables:
                self._db.execute(f'DROP TABLE IF EXISTS "{name}"')
            self._db.execute("DELETE FROM files")
        for table in self.tables.values():
            columns = ", ".join(f'"{column}" TEXT NOT NULL' for column in table.columns)
            key = ", ".join(f'"{column}"' for column in table.columns[: table.unique])
            unique = f", PRIMARY KEY ({key})" if key else ""
            self._db.execute(
                f'CREATE TABLE IF NOT EXISTS "{table.name}" ({columns}, line INTEGER, role TEXT{unique})'
            )
            for column in table.index:
                self._db.execute(
                    f'CREATE INDEX IF NOT EXISTS "{table.name}_{column}" ON "{table.name}" ("{column}")'
                )
        self._layout = layout

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def done(self, role: str) -> str:
        """The SHA-256 of the file that was read for a role; empty if none was."""
        row = self._db.execute("SELECT sha256 FROM files WHERE role = ?", (role,)).fetchone()
        return row[0] if row else ""

    @contextmanager
    def file(
        self, role: str, path: Path, sha256: str
    ) -> Iterator[Callable[[str, int, tuple[str, ...]], None]]:
        """Read one file: yields a function that adds a row (table, line, values). All of it counts, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for name in self.tables:
                self._db.execute(f'DELETE FROM "{name}" WHERE role = ?', (role,))
            inserts = {
                name: f'INSERT INTO "{name}" VALUES ({", ".join("?" * (len(table.columns) + 2))})'
                for name, table in self.tables.items()
            }

            def add(table: str, line: int, values: tuple[str, ...]) -> None:
                try:
                    self._db.execute(inserts[table], (*values, line, role))
                except sqlite3.IntegrityError as error:
                    key = " ".join(values[: self.tables[table].unique])
                    raise refuse(path.name, f"the code stands twice in {table}", line, key) from error

            yield add
            row = (role, path.name, sha256, self._layout)
            self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", row)
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def forget_others(self, roles: frozenset[str]) -> None:
        """Drop what was read for roles that this release does not have."""
        for (role,) in self._db.execute("SELECT role FROM files").fetchall():
            if role not in roles:
                for name in self.tables:
                    self._db.execute(f'DELETE FROM "{name}" WHERE role = ?', (role,))
                self._db.execute("DELETE FROM files WHERE role = ?", (role,))

    def rows(self, sql: str, values: tuple[str, ...] = ()) -> sqlite3.Cursor:
        """The rows of a query, one at a time."""
        return self._db.execute(sql, values)

    def one(self, sql: str, values: tuple[str, ...] = ()) -> str:
        """The first value of a query; empty if there is none."""
        row = self._db.execute(sql, values).fetchone()
        return "" if row is None or row[0] is None else str(row[0])


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def need_fields(fields: dict[str, str], names: tuple[str, ...]) -> None:
    """Raise `RowFault` unless each field is there and says something."""
    for name in names:
        if not fields.get(name):
            raise RowFault(f"it has no {name}")
