"""What the data do not hold: medicines without a curve, a half-life, a liquid or a small dose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from easeoff.medicines import countries
from easeoff.medicines.reporting import data_report
from easeoff.web.medicines.finding import Link, link


@dataclass(frozen=True, slots=True)
class Group:
    """Some medicines under a heading or a sentence."""

    title: str
    links: tuple[Link, ...]


@lru_cache(maxsize=1)
def page(today: date) -> dict[str, object]:
    """What the page needs, worked out once a day."""
    report = data_report(today)
    return {
        "count": report.medicines,
        "version": report.data_version,
        "lists": report.lists,
        "without_curve": _by_reason(report.without_curve),
        "curveless": len(report.without_curve),
        "without_half_life": tuple(map(link, report.without_half_life)),
        "without_liquid": _by_country(report.without_liquid),
        "without_small_dose": _by_country(report.without_small_dose),
        "not_listed": _by_country(report.not_listed),
    }


def _by_reason(reasons: Mapping[str, str]) -> tuple[Group, ...]:
    """Those with the same sentence together, the longest list first."""
    together: dict[str, list[str]] = defaultdict(list)
    for name, reason in reasons.items():
        together[reason.replace(name.capitalize(), "It").replace(name, "it")].append(name)
    ordered = sorted(together.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Group(_for(reason, names), tuple(map(link, names))) for reason, names in ordered)


def _for(reason: str, names: Sequence[str]) -> str:
    """The sentence itself where it is about one medicine; else with “these” for the name."""
    if len(names) == 1:
        return f"{reason.replace(' it,', f' {names[0]},')}"
    return reason.replace(" for it,", " for these,")


def _by_country(names: Mapping[str, Sequence[str]]) -> tuple[Group, ...]:
    return tuple(Group(countries()[code], tuple(map(link, listed))) for code, listed in names.items())
