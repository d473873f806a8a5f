"""What every rule is given, and how a finding is put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from easeoff.medicines.model import Formulary, Medicine
from easeoff.planning.findings import Finding, Level
from easeoff.planning.request import Indication, Person, TaperRequest
from easeoff.safety.families import families_of, members, taken_for
from easeoff.safety.words import stop_text

PRESCRIBER = "your prescriber"
TODAY = "today"
THIS_WEEK = "within a week"
BEFORE_RUNNING_OUT = "before your supply runs out, and within two weeks"
#: Every deadline that a stop gives, the most urgent first.
DEADLINES = (TODAY, THIS_WEEK, BEFORE_RUNNING_OUT)


@dataclass(frozen=True, slots=True)
class Stop(Finding):
    """A stop that still knows its parts, so that several can be told as one. ``text`` holds all of it."""

    reason: str = ""
    contact: str = ""
    by: str = ""


@dataclass(frozen=True)
class Case:
    """One person, one medicine and one wish, as a rule sees them."""

    formulary: Formulary
    request: TaperRequest

    @property
    def medicine(self) -> Medicine:
        """The medicine to be reduced."""
        return self.formulary.medicine

    @property
    def person(self) -> Person:
        """What has been said of the person; ``None`` in a field is not answered, never "no"."""
        return self.request.person

    @cached_property
    def families(self) -> frozenset[str]:
        """The families of the medicine to be reduced."""
        return families_of(self.medicine)

    def is_a(self, *families: str) -> bool:
        """Whether the medicine to be reduced belongs to any of ``families``."""
        return not self.families.isdisjoint(families)

    def beside(self, *families: str) -> tuple[str, ...]:
        """The other medicines that belong to any of ``families``, as written; one taken for another name says so."""
        others = self.person.others or ()
        found = dict.fromkeys(name for family in families for name in members(others, family))
        return tuple(_as_taken(name) for name in found)

    def stop(
        self,
        rule: str,
        reason: str,
        *,
        contact: str = PRESCRIBER,
        by: str = THIS_WEEK,
        hazards: tuple[str, ...],
        sources: tuple[str, ...] = ("project_choice",),
        liftable: bool = True,
        urgent: str = "",
    ) -> Stop:
        """A stop with the words that every stop must say. ``urgent`` is what its text says right after the reason."""
        told = f"{reason} {urgent}".strip()
        text = stop_text(told, self.medicine, self.request.dose, contact, by)
        return Stop(rule, Level.STOP, text, hazards, sources, liftable, reason, contact, by)


def _as_taken(name: str) -> str:
    meant = tuple(meant for _, meant in taken_for(name))
    return f"{name} (taken for {listed(meant)})" if meant else name


def warn(
    rule: str, text: str, hazards: tuple[str, ...], sources: tuple[str, ...] = ("project_choice",)
) -> Finding:
    """A warning."""
    return Finding(rule, Level.WARN, text, hazards, sources)


def note(
    rule: str, text: str, hazards: tuple[str, ...], sources: tuple[str, ...] = ("project_choice",)
) -> Finding:
    """A note."""
    return Finding(rule, Level.NOTE, text, hazards, sources)


#: One rule: yields what it has to say of a case, often nothing.
Rule = Callable[[Case], Iterator[Finding]]


def listed(names: tuple[str, ...]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def only_for_sleep(case: Case) -> bool:
    """Prescribed for sleep by someone who said that there never was psychosis or bipolar disorder."""
    return case.person.indication is Indication.SLEEP and case.person.psychosis is False
