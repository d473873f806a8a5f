"""Put a backup in the place of the database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from easeoff.quantities import EaseoffError
from easeoff.web.backups.flows import restore


class Command(BaseCommand):
    """``restore FILE``: all of it or nothing."""

    help = "Puts a backup in the place of the database. Stop the hub first."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, and whether a database that is there may go."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="put it in the place of the present database; a copy is kept",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, keep, restore."""
        kept_in = settings.DATA_DIR / "before-restore"
        try:
            kept = restore(options["file"], timezone.now(), replace=options["replace"], kept_in=kept_in)
        except EaseoffError as problem:
            raise CommandError(f"Nothing was changed. {problem}") from None
        except Error:
            raise CommandError(
                "Nothing was changed: the database cannot be reached. Check EASEOFF_DATABASE_URL."
            ) from None
        except OSError as problem:
            raise CommandError(f"Nothing was changed: {problem.filename}: {problem.strerror}.") from None
        if kept:
            self.stdout.write(f"What was there before is kept: {kept}")
        self.stdout.write("Restored. Start the hub again: it brings the tables up to this release.")
