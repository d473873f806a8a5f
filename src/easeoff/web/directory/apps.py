"""The app, and the checks that it adds to Django's own."""

from __future__ import annotations

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """``directory`` in the database and in the back office."""

    name = "easeoff.web.directory"
    label = "directory"
    verbose_name = "The directory of help"

    def ready(self) -> None:
        """Register the checks of the crisis lines."""
        from easeoff.web.directory import checks  # noqa: F401
