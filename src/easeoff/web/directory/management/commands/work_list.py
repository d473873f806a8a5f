"""Print what the people who keep the directory true should look at next."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from easeoff.web.directory.selectors import first_run_list, today, work_to_do


class Command(BaseCommand):
    """``work_list``: one line for each service, the most pressing first."""

    help = "Prints the work list: complaints, overdue, never checked, due, dead addresses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many."""
        parser.add_argument("--most", type=int, default=50, help="how many lines (50)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        for sentence in first_run_list(today()):
            self.stdout.write(f"! {sentence}")
        items = work_to_do(today())
        for item in items[: options["most"]]:
            self.stdout.write(f"{item.service.id}: {item.words}")
        self.stdout.write(f"{len(items)} services to look at.")
