"""Put a CSV or HSDS file into the review queue. Files up to the limits of the format, larger than a form takes."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from easeoff.quantities import EaseoffError
from easeoff.web.directory.flows import Actor
from easeoff.web.directory.queueing import queue_file

_LARGEST_BYTES = 20 * 1024 * 1024


class Command(BaseCommand):
    """``import_services FILE``: nothing changes until a person decides in the back office."""

    help = "Reads a CSV or HSDS 3.0 file into the review queue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and queue."""
        path: Path = options["file"]
        try:
            if path.stat().st_size > _LARGEST_BYTES:
                raise CommandError("This file is too large. A file may have 20 MB.")
            batch = queue_file(path.read_bytes(), path.name, Actor("import"))
        except OSError as problem:
            raise CommandError(f"The file cannot be read: {problem.strerror}.") from None
        except EaseoffError as problem:
            raise CommandError(f"{problem.message} {problem.hint}") from None
        self.stdout.write(f"{batch.waiting_words} in the back office.")
