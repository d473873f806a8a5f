"""Style sheets and scripts under names that hold a digest of their content, so that a browser asks for each only once.

The names are worked out from the files as they are: nothing has to be collected before a hub can start.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]


class DigestStorage(StaticFilesStorage):
    """``{% static 'easeoff.css' %}`` gives ``/static/easeoff.0123456789ab.css``."""

    def url(self, name: str | None) -> str:
        """The address that a page names."""
        return super().url(_with_digest(name) if name else name)


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves every file under both names; only under the one with a digest may it be kept for good."""

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: object = None) -> None:
        """Take in one file."""
        super().add_file_to_dictionary(url, path, stat_cache)
        name = url.removeprefix(self.static_prefix)
        super().add_file_to_dictionary(self.static_prefix + _with_digest(name), path, stat_cache)

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Whether this address will never stand for anything else."""
        digest = _digest(str(path))
        return f".{digest}." in unquote(url)


@cache
def _with_digest(name: str) -> str:
    path = finders.find(name)
    if not isinstance(path, str):
        return name
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{_digest(path)}{dot}{suffix}" if dot else name


@cache
def _digest(path: str) -> str:
    return blake2b(Path(path).read_bytes(), digest_size=6).hexdigest()
