"""Write a backup of the database into a folder, while the hub runs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from easeoff.quantities import EaseoffError
from easeoff.web.backups.flows import back_up


class Command(BaseCommand):
    """``backup FOLDER``: a new file each time; the oldest go once there are more than are kept."""

    help = "Writes a checked backup of the database into a folder. No file is ever written over."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and how many to keep."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, default=30, help="how many backups stay in the folder (30)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up and say what came of it."""
        if options["keep"] < 1:
            raise CommandError("At least one backup has to be kept. Write --keep 1 or more.")
        try:
            made = back_up(options["folder"], timezone.now(), options["keep"])
        except EaseoffError as problem:
            raise CommandError(f"No backup was made. {problem}") from None
        except OSError as problem:
            raise CommandError(f"No backup was made: {options['folder']}: {problem.strerror}.") from None
        self.stdout.write(f"Backed up to {made.file} and read back without a fault.")
        if made.let_go:
            self.stdout.write(f"{len(made.let_go)} older backups were let go.")
