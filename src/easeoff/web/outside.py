"""The hub's own directory, for a program beside the hub: a number that was checked there is checked in the terminal too."""

from __future__ import annotations

import os
from pathlib import Path

from easeoff.directory import DirectoryIndex
from easeoff.web.project.database import sqlite_file


def hub_index() -> DirectoryIndex | None:
    """The entries of the hub that the environment names, as they stand; ``None`` where there is none or it cannot be read.

    Only looks: it makes no folder and no file.
    """
    folder = Path(os.environ.get("EASEOFF_DATA_DIR", "var"))
    try:
        if not os.environ.get("EASEOFF_DATABASE_URL") and not sqlite_file(folder).exists():
            return None
        return _read()
    except OSError:
        return None


def _read() -> DirectoryIndex | None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "easeoff.web.project.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured:
        return None
    from easeoff.web.directory.selectors import directory

    held = directory()
    return held.index if held.token else None
