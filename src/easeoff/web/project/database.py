"""Where the directory is kept: a SQLite file in the data folder, or PostgreSQL where one URL says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

_SCHEMES = ("postgres://", "postgresql://")
_SHAPE = "Write it like postgres://user:password@host:5432/easeoff, or postgres:///easeoff for this computer."
#: Connections are kept for ten minutes, so that a page does not wait for a new one.
_KEPT_SECONDS = 600


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's entry for the one database: of ``url`` (``EASEOFF_DATABASE_URL``), or a file where it is empty.

    Raises `ImproperlyConfigured`, with nothing of the URL in it: it may hold a password.
    """
    return _postgres(url) if url else _sqlite(sqlite_file(data_dir))


def sqlite_file(data_dir: Path) -> Path:
    """Where the SQLite file is kept."""
    return data_dir / "easeoff.sqlite3"


def _sqlite(path: Path) -> dict[str, Any]:
    """Readers do not wait for a writer, a writer waits its turn, and a change takes the lock before it reads."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": _KEPT_SECONDS,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgres(url: str) -> dict[str, Any]:
    """What libpq itself reads in the URL, in Django's words. A server that was restarted is asked anew."""
    parts = _read(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": _KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
    }


def _read(url: str) -> dict[str, Any]:
    if not url.startswith(_SCHEMES):
        raise ImproperlyConfigured(
            f"EASEOFF_DATABASE_URL is not the address of a PostgreSQL database. {_SHAPE}"
        )
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        raise ImproperlyConfigured(
            "EASEOFF_DATABASE_URL asks for PostgreSQL, and its driver is not installed. "
            "Install it with: make server, or pip install 'easeoff[postgres]'."
        ) from None
    try:
        parts = dict(conninfo_to_dict(url))
    except ProgrammingError:
        raise ImproperlyConfigured(f"EASEOFF_DATABASE_URL cannot be read. {_SHAPE}") from None
    if not parts.get("dbname"):
        raise ImproperlyConfigured(f"EASEOFF_DATABASE_URL names no database. {_SHAPE}")
    return parts
