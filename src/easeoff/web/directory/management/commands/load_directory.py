"""Bring the entries of this release into the database. ``easeoff serve`` does the same at its start."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from easeoff.web.directory.seeding import load_shipped


class Command(BaseCommand):
    """``load_directory``: doing it twice does nothing more."""

    help = "Loads the entries that Easeoff ships with. What people changed here is never written over."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and count."""
        done = load_shipped()
        self.stdout.write(
            f"{done.new} new, {done.taken_over} brought up to date, {done.proposed} to decide on in the back office."
        )
