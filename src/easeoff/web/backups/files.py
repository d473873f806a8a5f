"""The files of a folder of backups: their names, putting one in place, and letting the oldest go."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from easeoff.quantities import EaseoffError

_NAME = re.compile(r"easeoff-\d{4}-\d{2}-\d{2}-\d{6}")


def name_of(moment: datetime, suffix: str) -> str:
    """``easeoff-2026-11-23-023000.sqlite3.gz``: the moment in UTC, so that the names sort by age."""
    return f"easeoff-{moment.astimezone(UTC):%Y-%m-%d-%H%M%S}{suffix}"


def put_in_place(finished: Path, final: Path) -> None:
    """Give a finished file its name, for its owner's eyes only: it holds accounts and what the public wrote.

    Raises `EaseoffError` where the name is taken; nothing is ever written over.
    """
    finished.chmod(0o600)
    with finished.open("rb") as handle:
        os.fsync(handle.fileno())
    try:
        os.link(finished, final)
    except FileExistsError:
        raise EaseoffError(
            f"There is already a backup called {final.name}.", "Wait a second and try again."
        ) from None
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def let_go(folder: Path, suffix: str, keep: int) -> list[Path]:
    """Remove all but the newest ``keep`` backups with ``suffix``; files with other names are left alone."""
    ours = sorted(path for path in folder.iterdir()
                  if path.name.endswith(suffix) and _NAME.fullmatch(path.name.removesuffix(suffix)))  # fmt: skip
    old = ours[:-keep]
    for path in old:
        path.unlink()
    return old
