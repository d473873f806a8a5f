"""How long a directory of 20,000 generated services takes to build and to search. Run: python benchmarks/directory.py

The budget is 20 ms for a search. Every search asks for one page of 20 services.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import cycle, islice
from statistics import median
from time import perf_counter

from easeoff.directory import DirectoryIndex, DrugClass, Kind, Service, Status, resolve_place
from easeoff.directory.places import choices

TODAY = date(2026, 11, 1)
SERVICES = 20_000
BUDGET_MS = 20.0
ROUNDS = 9
FIRST = (
    "Harbour",
    "Lantern",
    "Willow",
    "Stepping",
    "Meadow",
    "Bridge",
    "Anchor",
    "Compass",
    "Beacon",
    "Orchard",
    "Quiet",
)
SECOND = (
    "Tranquilliser",
    "Recovery",
    "Withdrawal",
    "Support",
    "Wellbeing",
    "Tapering",
    "Medicines",
    "Peer",
    "Family",
)
THIRD = ("Project", "Group", "Service", "Line", "Centre", "Network", "Circle")


def generated(count: int) -> Iterator[Service]:
    """Services in every town of the tables, with names, numbers, classes and states in turn."""
    towns = cycle(dict.fromkeys(place.name for place in choices("GB")))
    kinds, states, classes = cycle(Kind), cycle(Status), cycle(DrugClass)
    for number, town, kind, status, drug_class in islice(
        zip(range(count), towns, kinds, states, classes, strict=False), count
    ):
        name = f"{FIRST[number % 11]} {SECOND[number % 9]} {THIRD[number % 7]} {town} {number}"
        checked = TODAY - timedelta(days=number % 700) if number % 3 else None
        yield Service(
            id=f"generated-{number}", name=name, kind=kind, country="GB", area=town, phone=f"01632 {960000 + number % 1000}",
            url=f"https://{number}.example", drug_classes=(drug_class,), offers="groups, counselling and telephone support",
            languages=("en",), status=status, last_human_check=checked, places=(town,), online=number % 5 == 0,
        )  # fmt: skip


def milliseconds(action: Callable[[], object]) -> tuple[float, float]:
    """The median and the longest of several runs, in milliseconds."""
    taken = []
    for _ in range(ROUNDS):
        start = perf_counter()
        action()
        taken.append(1000 * (perf_counter() - start))
    return median(taken), max(taken)


def main() -> int:
    """Print a table; 1 where a median is over the budget."""
    services = list(generated(SERVICES))
    start = perf_counter()
    index = DirectoryIndex(services)
    print(f"built an index of {len(index.services)} services in {perf_counter() - start:.1f} s")
    gc.freeze()
    bradford, scotland = resolve_place("BD1"), resolve_place("Scotland")
    fresh = iter([place for place in choices("GB") if place.latitude is not None])
    searches: dict[str, Callable[[], object]] = {
        "nothing asked": lambda: index.search("", today=TODAY, limit=20),
        "one word that all have": lambda: index.search("counselling", today=TODAY, limit=20),
        "three words": lambda: index.search("harbour tranquiliser bradford", today=TODAY, limit=20),
        "misspelt": lambda: index.search("wihtdrawal grop", today=TODAY, limit=20),
        "a brand": lambda: index.search("Seroxat", today=TODAY, limit=20),
        "a number": lambda: index.search("01632 960123", today=TODAY, limit=20),
        "near BD1": lambda: index.search("", today=TODAY, place=bradford, limit=20),
        "near BD1, one class": lambda: index.near(bradford, DrugClass.BENZODIAZEPINE, today=TODAY, limit=20),
        "near a place not asked before": lambda: index.search(
            "counselling", today=TODAY, place=next(fresh), limit=20
        ),
        "Scotland, three words": lambda: index.search(
            "support groups counselling", today=TODAY, place=scotland, limit=20
        ),
        "no match": lambda: index.search("zzzzqqqq xxxxyyyy", today=TODAY, limit=20),
        "half match": lambda: index.search("counselling zzzzqqqq telephone", today=TODAY, limit=20),
    }
    worst = 0.0
    for name, action in searches.items():
        middle, longest = milliseconds(action)
        worst = max(worst, middle)
        print(f"{name:30} median {middle:6.2f} ms   longest {longest:6.2f} ms")
    print(f"budget {BUDGET_MS:.0f} ms, worst median {worst:.2f} ms")
    return 0 if worst <= BUDGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
