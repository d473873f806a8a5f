"""The app: two commands and no tables."""

from __future__ import annotations

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    """``backup`` and ``restore``."""

    name = "easeoff.web.backups"
    label = "backups"
    verbose_name = "Backups"
