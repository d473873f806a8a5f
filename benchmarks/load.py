"""How a hub bears 50 visitors at once. Run: python benchmarks/load.py [--seconds 20] [--pause 1] [--services 20000]

Two processes as on a server, one for each core, on one SQLite file in a temporary folder. Server time is taken inside the hub,
around everything it does for an answer; waiting for a free thread is not in it, and stands in the visitor's time. All of it runs on
this computer, the visitors too, so a busy computer makes every figure larger: the load at the start and the end is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from urllib.request import urlopen

from visitors import Answer, Page, Visitor, visit

from easeoff.library import load_articles

#: Promised: server time at the median and at 95 of 100 answers, and the weight of a page without its pictures.
MEDIAN_MS, P95_MS, PAGE_KB = 30, 100, 100
PROCESSES = 2
SEARCHES = (
    (("words", "benzodiazepine withdrawal"), ("place", "")),
    (("words", "counselling"), ("place", "Bradford")),
    (("words", ""), ("place", "BD1"), ("drug", "antidepressant")),
    (("words", "wihtdrawal grop"), ("place", "")),
)
_HERE = Path(__file__).parent
#: A job that was started in the background ignores Ctrl-C, and hands that on to what it starts.
_SERVE = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from easeoff.cli import main; sys.exit(main(['serve', '--port', sys.argv[1]]))"
)
_FILL = """
import sys, django; django.setup()
from django.core.management import call_command
from directory import generated
from easeoff.web.directory.flows import moved_on
from easeoff.web.directory.models import ServiceRecord
from easeoff.web.directory.records import fields_of
call_command("migrate", verbosity=0)
ServiceRecord.objects.bulk_create((ServiceRecord(**fields_of(one)) for one in generated(int(sys.argv[1]))), batch_size=500)
moved_on()
"""


def pages() -> list[Page]:
    """What the visitors look at, in turn: the start page, the directory, a search, an article, a medicine."""
    articles = [Page("article", f"/understand/{one.slug}/") for one in load_articles()]
    searches = [Page("directory search", "/find-help/", typed) for typed in SEARCHES]
    rows = [
        (Page("home", "/"), Page("directory", "/find-help/"), searches[n % len(searches)], article,
         Page("medicine", "/medicines/sertraline/"))
        for n, article in enumerate(articles)
    ]  # fmt: skip
    return [page for row in rows for page in row]


@contextmanager
def hub(services: int) -> Iterator[list[int]]:
    """The ports of a running hub with a directory of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"EASEOFF_DATA_DIR": folder, "EASEOFF_DATABASE_URL": "", "EASEOFF_HTTPS": "",
                    "DJANGO_SETTINGS_MODULE": "timed", "PYTHONPATH": str(_HERE)}  # fmt: skip
        environment = {name: value for name, value in os.environ.items() if not name.startswith("EASEOFF_")}
        environment |= settings
        if services:
            subprocess.run([sys.executable, "-c", _FILL, str(services)], env=environment, check=True)
        ports = _free_ports()
        started = [subprocess.Popen([sys.executable, "-c", _SERVE, str(port)], env=environment,
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for port in ports]  # fmt: skip
        try:
            for process in started:
                if not process.stdout or not process.stdout.readline():
                    raise SystemExit("The hub did not start.")
            yield ports
        finally:
            for process in started:
                process.send_signal(signal.SIGINT)
            for process in started:
                process.wait()


def weights(port: int, every: Sequence[Page]) -> list[tuple[str, float, float]]:
    """Each page with its style sheets and scripts in kB, as it is and as the web server packs it; pictures left out."""

    async def fetched() -> dict[Page, Answer]:
        visitor = Visitor(port)
        await visitor.arrive()
        return {page: await visitor.ask(page) for page in dict.fromkeys(every)}

    rows = []
    for page, answer in asyncio.run(fetched()).items():
        parts = [answer.body]
        for address in re.findall(rb"""(?:<script[^>]*src|rel="stylesheet" href)="([^"]+)""", answer.body):
            with urlopen(f"http://127.0.0.1:{port}{address.decode()}") as part:
                parts.append(part.read())
        plain, packed = sum(map(len, parts)), sum(len(gzip.compress(part, 5)) for part in parts)
        rows.append((f"{page.name} {page.address}", plain / 1000, packed / 1000))
    return rows


def report(answers: Sequence[Answer], seconds: float) -> bool:
    """Print a table; whether everything promised was kept."""
    failed = [answer for answer in answers if answer.status != 200]
    print(f"{len(answers)} answers, {len(answers) / seconds:.0f} a second, {len(failed)} failed")
    print(
        f"{'':18} {'answers':>8} {'server ms: median':>18} {'95 %':>8} {'visitor ms: median':>19} {'95 %':>8}"
    )
    names = list(dict.fromkeys(answer.page.name for answer in answers))
    for name in names:
        _row(name, [answer for answer in answers if answer.page.name == name and answer.status == 200])
    middle, late = _row("all", [answer for answer in answers if answer.status == 200])
    kept = middle <= MEDIAN_MS and late <= P95_MS and not failed
    print(
        f"promised: median {MEDIAN_MS} ms, 95 % within {P95_MS} ms, none failed: {'kept' if kept else 'MISSED'}"
    )
    return kept


def _row(name: str, answers: Sequence[Answer]) -> tuple[float, float]:
    server = [answer.server_ms for answer in answers]
    visitor = [answer.visitor_ms for answer in answers]
    middle, late = median(server), quantiles(server, n=20)[-1]
    print(
        f"{name:18} {len(answers):8} {middle:18.1f} {late:8.1f} {median(visitor):19.1f} {quantiles(visitor, n=20)[-1]:8.1f}"
    )
    return middle, late


def _free_ports() -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(PROCESSES)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def _load() -> str:
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def main() -> int:
    """Measure and print; 1 where something promised was missed."""
    parser = argparse.ArgumentParser(description="How a hub bears many visitors at once.")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--pause", type=float, default=0, help="seconds that a visitor reads a page (0)")
    parser.add_argument(
        "--services", type=int, default=0, help="generated services beside those of the release"
    )
    asked = parser.parse_args()
    every = pages()
    with hub(asked.services) as ports:
        print(f"{PROCESSES} processes, {asked.visitors} visitors at once, {asked.seconds:.0f} s; {_load()}")
        heavy = max(weights(ports[0], every), key=lambda row: row[1])
        answers = asyncio.run(visit(ports, every, asked.visitors, asked.seconds, asked.pause))
        kept = report(answers, asked.seconds)
        print(f"at the end: {_load()}")
    light = heavy[1] <= PAGE_KB
    print(f"heaviest page without pictures: {heavy[0]} {heavy[1]:.0f} kB, packed {heavy[2]:.0f} kB: "
          f"{'kept' if light else 'MISSED'} (promised {PAGE_KB} kB)")  # fmt: skip
    return 0 if kept and light else 1


if __name__ == "__main__":
    sys.exit(main())
