"""The promises of time that need no story: loading, checking, reading what was pasted, one search. Run: python benchmarks/promises.py

Each is the shortest of some runs, in one warm process unless it says otherwise.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable

from easeoff.medicines import check_data, load_formulary, load_medicine, load_sources
from easeoff.medicines.files import read_rows, read_toml
from easeoff.medicines.loading import load_rules
from easeoff.medicines.search import medicine_names
from easeoff.planning.schedules.reading import read_schedule
from easeoff.quantities import QuantityError, parse_medicine_and_dose

#: The medicine with the most products on record, so that no other loads more.
HEAVIEST = "phenobarbital"


def best_of(run: Callable[[], object], repeats: int) -> float:
    """The shortest of some runs, in milliseconds."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return min(times) * 1000


def loaded_afresh() -> None:
    """What one plan needs, with nothing kept from before."""
    for kept in (
        load_formulary,
        load_medicine,
        load_sources,
        load_rules,
        read_rows,
        read_toml,
        medicine_names,
    ):
        kept.cache_clear()
    load_formulary(HEAVIEST, "GB")


def long_amount() -> None:
    """Twenty thousand spaces and a figure."""
    try:
        parse_medicine_and_dose(" " * 20_000 + "1")
    except QuantityError:
        return


def pages() -> None:
    """Server time of a search page, inside a hub of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "EASEOFF_DATA_DIR": folder,
            "EASEOFF_DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "easeoff.web.project.settings",
        }
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.test import Client

        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0)
        client = Client()
        for address, typed in (
            ("/search/", {"q": "benzo help Leeds"}),
            ("/find-help/", {"place": "BD1", "drug": "benzodiazepine", "words": "charity"}),
        ):
            client.post(address, typed)
            row(f"a search at {address}", best_of(lambda a=address, t=typed: client.post(a, t), 20), 30)


def row(what: str, milliseconds: float, promised: float) -> None:
    """One line of the report."""
    kept = "kept" if milliseconds <= promised else "MISSED"
    print(f"{what:52s} {milliseconds:9.1f} ms  {kept} (promised {promised:g} ms)")


def main() -> None:
    row(f"what a plan of {HEAVIEST} needs, loaded afresh", best_of(loaded_afresh, 5), 60)
    row("all data checked", best_of(check_data, 1), 20_000)
    row("twenty thousand spaces asked back", best_of(long_amount, 3), 1000)
    lines = "\n".join(f"{600 - number} mg for 7 days, felt fine that week" for number in range(500))
    answers = {"words": "skip"}
    row(
        "500 pasted lines read",
        best_of(lambda: read_schedule(f"sertraline\n{lines}", answers=answers), 2),
        5000,
    )
    for text in ("1 " * 40_000, "37,5 mg " * 12_000, "half " * 20_000, "2-4 weeks 20 mg, " * 5_000):
        row(
            f"the longest text of “{text[:12].strip()} …”",
            best_of(lambda t=text: read_schedule(t), 1),
            20_000,
        )
    pages()


if __name__ == "__main__":
    main()
