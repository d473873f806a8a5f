"""Several stops told as one: what to go on taking, whom to contact first and by when, every reason, one list of signs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from easeoff.medicines.model import Medicine
from easeoff.planning.findings import Finding, Level
from easeoff.safety.parts import DEADLINES, Stop
from easeoff.safety.words import as_now, red_flags

#: Stops that someone may be in danger behind: where to turn at once then stands before everything else.
_IN_DANGER = frozenset({"suicidal-thoughts", "recent-crisis"})
_BETWEEN_CONTACTS = re.compile(r", | or | and ")
_EVERY_REASON = "Tell them every reason below."


@dataclass(frozen=True, slots=True)
class StopCard:
    """What someone who is stopped has to know, most urgent first. Each entry of a tuple is one or more sentences."""

    keep: str
    contacts: tuple[str, ...]
    reasons: tuple[str, ...]
    signs: tuple[str, ...]
    in_danger: bool


def merge_stops(findings: Iterable[Finding], medicine: Medicine, dose: Decimal | str) -> StopCard:
    """The stops among ``findings`` as one card.

    The most urgent deadline stands first, with the reasons behind it. Someone who is named with an earlier deadline is
    not named again with a later one: whoever is contacted first is told every reason.
    """
    stops = sorted((f for f in findings if f.level is Level.STOP), key=_urgency)
    reasons = tuple(dict.fromkeys(_reason(stop) for stop in stops))
    return StopCard(
        keep=as_now(dose),
        contacts=_contacts([stop for stop in stops if isinstance(stop, Stop)], several=len(reasons) > 1),
        reasons=reasons,
        signs=red_flags(medicine),
        in_danger=any(stop.rule in _IN_DANGER for stop in stops),
    )


def _urgency(finding: Finding) -> tuple[int, bool]:
    by = finding.by if isinstance(finding, Stop) else ""
    return DEADLINES.index(by) if by in DEADLINES else len(DEADLINES), finding.rule not in _IN_DANGER


def _reason(finding: Finding) -> str:
    return finding.reason if isinstance(finding, Stop) else finding.text


def _contacts(stops: list[Stop], *, several: bool) -> tuple[str, ...]:
    named: set[str] = set()
    by_deadline: dict[str, list[str]] = {}
    for stop in stops:
        people = set(_BETWEEN_CONTACTS.split(stop.contact))
        if named.isdisjoint(people):
            by_deadline.setdefault(stop.by, []).append(stop.contact)
        named |= people
    told = [
        _contact("Contact" if number == 0 else "Also contact", whom, by)
        for number, (by, whom) in enumerate(by_deadline.items())
    ]
    if told and several:
        told[0] = f"{told[0]} {_EVERY_REASON}"
    return tuple(told)


def _contact(start: str, whom: list[str], by: str) -> str:
    """``Contact your prescriber today.``; several stand in a row, so that no "or" runs into an "and"."""
    return f"{start} {whom[0]} {by}." if len(whom) == 1 else f"{start}, {by}: {'; '.join(whom)}."
