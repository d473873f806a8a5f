"""Visit the web addresses of the services and write down what came of it. Run by hand: nothing else here goes out.

A working link is not a working service: this never moves the date of the last check by a person. Where no address at all
gives an answer it is this computer that has no way out, and nothing is written down.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from easeoff.directory import LinkState
from easeoff.web.directory.linkchecking import has_answered, visit
from easeoff.web.directory.models import LinkCheck, ServiceRecord
from easeoff.web.directory.selectors import today

_NO_WAY_OUT = (
    "No address gave any answer, so this computer seems to have no way out to the internet. Nothing was written down. "
    "Check its connection; on a server, the services of deploy/ may not go out, and easeoff-manage may."
)


class Command(BaseCommand):
    """``check_links``: one request to each address, one line for each that is not reachable."""

    help = "Visits each web address once. Needs the internet; sends nothing but the request."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which services, and how long to wait."""
        parser.add_argument("ids", nargs="*", help="ids of services; all where none is given")
        parser.add_argument("--wait", type=float, default=15.0, help="seconds to wait for an answer (15)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Visit, write down, count."""
        records = ServiceRecord.objects.exclude(url="").exclude(do_not_list=True)
        if options["ids"]:
            records = records.filter(slug__in=options["ids"])
            unknown = set(options["ids"]) - set(ServiceRecord.objects.values_list("slug", flat=True))
            if unknown:
                raise CommandError(f"No service has the id {', '.join(sorted(unknown))}.")
        held: list[LinkCheck] = []
        counted = dict.fromkeys(LinkState, 0)
        connected = False
        for record in records:
            state, detail = visit(record.url, options["wait"])
            held.append(
                LinkCheck(service=record, url=record.url, state=state, detail=detail, checked_at=today())
            )
            counted[state] += 1
            connected = connected or has_answered(detail)
            if connected:
                LinkCheck.objects.bulk_create(held)
                held.clear()
            if state is not LinkState.REACHABLE:
                self.stdout.write(f"{state}: {record.slug} {record.url} ({detail})")
        if held:
            raise CommandError(_NO_WAY_OUT)
        self.stdout.write(", ".join(f"{count} {state}" for state, count in counted.items()))
