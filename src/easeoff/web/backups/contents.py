"""Whether what stands in a backup is a hub's database that this release can bring up to date."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from easeoff.quantities import EaseoffError

_FIRST = ("directory", "0001_initial")


def not_ours(file: Path) -> EaseoffError:
    """What is said of a file that is no backup of a hub, or no longer a whole one."""
    return EaseoffError(f"{file.name} is not a whole backup of Easeoff.", "Choose another backup.")


def check_migrations(applied: AbstractSet[tuple[str, str]], file: Path) -> None:
    """Raises `EaseoffError` where these migrations are not a hub's, or are of a release newer than this one."""
    if _FIRST not in applied:
        raise not_ours(file)
    known = MigrationLoader(None).disk_migrations
    apps = {app for app, _ in known}
    if any(one not in known for one in applied if one[0] in apps):
        raise EaseoffError(
            f"{file.name} was made by a newer release of Easeoff.",
            "Install that release first, then restore.",
        )
