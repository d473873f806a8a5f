"""Hubs with a database of their own, worked on by the commands that a volunteer types."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: One service confirmed by telephone, one put right, and a message from the public.
CHANGES = """
import django; django.setup()
from dataclasses import replace
from datetime import date
from django.contrib.auth.models import User
from easeoff.directory import Method, Result
from easeoff.web.directory import flows
from easeoff.web.directory.models import ServiceRecord
from easeoff.web.directory.records import service_of
user = User.objects.create_user("keeper", password="a kind and long word", is_staff=True)
actor, day = flows.Actor("volunteer", user), date(2026, 11, 20)
record = ServiceRecord.objects.get(slug="no-panic")
flows.record_check(record, actor, method=Method.PHONE_CALL, result=Result.CONFIRMED, fields_covered=("phone", "name"), on=day, today=day)
record = ServiceRecord.objects.get(slug="ads-oldham")
flows.save_service(replace(service_of(record), note="Corrected; “by hand”."), actor, read_version=record.version)
flows.take_complaint(record, "correction", "hours", "Open on Mondays too.", day)
"""
LATER = """
import django; django.setup()
from dataclasses import replace
from easeoff.web.directory import flows
from easeoff.web.directory.models import ServiceRecord
from easeoff.web.directory.records import service_of
record = ServiceRecord.objects.get(slug="no-panic")
flows.save_service(replace(service_of(record), note="After the backup."), flows.Actor("volunteer"), read_version=record.version)
"""


@dataclass(frozen=True)
class Hub:
    """A data folder, and the URL of a database where it is not a file in that folder."""

    data: Path
    url: str = ""

    @property
    def database(self) -> Path:
        return self.data / "easeoff.sqlite3"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of ``python``, as this hub."""
        settings = {"EASEOFF_DATA_DIR": str(self.data), "EASEOFF_DATABASE_URL": self.url,
                    "DJANGO_SETTINGS_MODULE": "easeoff.web.project.settings"}  # fmt: skip
        return subprocess.run(
            [sys.executable, *arguments], env=os.environ | settings, capture_output=True, text=True, timeout=120,
            check=False,
        )  # fmt: skip

    def manage(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """A management command."""
        return self.run("-m", "easeoff.web.manage", *map(str, arguments))

    def done(self, *arguments: str | Path) -> str:
        """What a command that has to succeed printed."""
        ran = self.manage(*arguments)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def work(self, code: str) -> None:
        """Change something, through the functions of the hub."""
        ran = self.run("-c", code)
        assert ran.returncode == 0, ran.stderr

    def rows(self) -> list[dict[str, Any]]:
        """Every row that people or the release put there."""
        text = self.done("dumpdata", "directory", "auth.user")
        return sorted(json.loads(text), key=lambda row: (row["model"], row["pk"]))

    def backup(self, folder: Path, *more: str) -> Path:
        """Make a backup, and find it by what the command says."""
        return Path(self.done("backup", folder, *more).split(" to ", 1)[1].split(" and ", 1)[0])
