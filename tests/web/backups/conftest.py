"""Hubs of either kind. PostgreSQL takes part where the suite runs on it (``make test-postgres``)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from hubs import CHANGES, Hub

NewHub = Callable[[], Hub]


@dataclass(frozen=True)
class BackedUp:
    """A hub that people have worked on, its backup, and its rows at that moment."""

    hub: Hub
    file: Path
    rows: list[dict[str, object]]


SERVER = os.environ.get("EASEOFF_DATABASE_URL", "")


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"] if SERVER else ["SQLite"])
def new_hub(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewHub]:
    """Makes hubs whose database is empty."""
    if request.param == "SQLite":
        yield lambda: Hub(tmp_path_factory.mktemp("hub") / "data")
    else:
        yield from _on_postgres(tmp_path_factory)


def _on_postgres(folders: pytest.TempPathFactory) -> Iterator[NewHub]:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    names: list[str] = []

    def make() -> Hub:
        names.append(f"backed_up_{uuid4().hex[:12]}")
        connection.execute(f'CREATE DATABASE "{names[-1]}"')
        parts = conninfo_to_dict(SERVER)
        url = f"postgres://{parts.get('user', '')}@/{names[-1]}?host={parts['host']}"
        return Hub(folders.mktemp("hub") / "data", url)

    with psycopg.connect(SERVER, autocommit=True) as connection:
        yield make
        for name in names:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def backed_up(new_hub: NewHub, tmp_path_factory: pytest.TempPathFactory) -> BackedUp:
    """A release with a verified service, a correction and a message, and the backup of it."""
    hub = new_hub()
    hub.done("migrate", "--verbosity=0")
    hub.done("load_directory")
    hub.work(CHANGES)
    return BackedUp(hub, hub.backup(tmp_path_factory.mktemp("backups")), hub.rows())
