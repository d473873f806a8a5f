"""Backups of a PostgreSQL database, made and put back by PostgreSQL's own programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from easeoff.quantities import EaseoffError
from easeoff.web.backups.contents import check_migrations, not_ours

SUFFIX = ".sql.gz"
MAGIC = b"--\n-- PostgreSQL database dump\n"
_END = "-- PostgreSQL database dump complete"
_MIGRATIONS = re.compile(r"^COPY public\.django_migrations \((.*?)\) FROM stdin;\n(.*?)^\\\.$", re.M | re.S)


def dump(work: Path) -> Path:
    """The database as SQL in the folder ``work``, as it stands at one moment."""
    script = work / "backup.sql"
    _run("pg_dump", "--no-owner", "--no-privileges", f"--file={script}")
    return script


def check(plain: Path, file: Path) -> None:
    """Raises `EaseoffError` where the unpacked ``plain`` of the backup ``file`` is not whole, or not a hub's."""
    try:
        script = plain.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise not_ours(file) from None
    if _END not in script[-1000:]:
        raise not_ours(file)
    check_migrations(_migrations(script), file)


def is_empty() -> bool:
    """Whether nothing is there that could be lost."""
    return not _tables()


def put_back(script: Path) -> None:
    """Put the backup in the place of every table that is there, in one transaction."""
    whole = script.with_name("whole.sql")
    dropped = ", ".join(f"public.{connection.ops.quote_name(name)}" for name in _tables())
    with whole.open("wb") as out, script.open("rb") as backup:
        if dropped:
            out.write(f"SET client_min_messages = warning;\nDROP TABLE {dropped} CASCADE;\n".encode())
        shutil.copyfileobj(backup, out)
    connection.close()
    _run("psql", "--no-psqlrc", "--quiet", "--output=/dev/null", "--single-transaction",
         "--set=ON_ERROR_STOP=1", f"--file={whole}")  # fmt: skip


def _migrations(script: str) -> set[tuple[str, str]]:
    found = _MIGRATIONS.search(script)
    if found is None:
        return set()
    columns = found[1].split(", ")
    app, name = columns.index("app"), columns.index("name")
    rows = [line.split("\t") for line in found[2].splitlines()]
    return {(row[app], row[name]) for row in rows}


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _run(program: str, *arguments: str) -> None:
    """Run a program on our database. The password goes by the environment, where nobody else sees it."""
    where, variables = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    command = [program, *(str(one) for one in where[1:]), *arguments]
    try:
        done = subprocess.run(
            command, env=os.environ | (variables or {}), capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise EaseoffError(
            f"The program {program} is not on this computer.",
            "Install it: apt-get install postgresql-client.",
        ) from None
    if done.returncode:
        said = next(
            (line for line in done.stderr.splitlines() if "error" in line.lower()), "it gave no reason"
        )
        raise EaseoffError(f"{program} failed ({said.strip()}).", "Check EASEOFF_DATABASE_URL.")
