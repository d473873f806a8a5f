"""A schedule that somebody else made: doses a day with their days, and nothing that we worked out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from easeoff.quantities import EaseoffError, on_grid


@dataclass(frozen=True, slots=True)
class Taking:
    """What is taken at one time of day. ``when`` is ``HH:MM`` or a word such as ``morning``."""

    when: str
    mg: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """A dose in mg a day, kept so many days.

    ``days`` is 0 for what was taken before the schedule begins, and ``None`` for a last dose without an end.
    ``alternate_days`` marks an average over days on which different doses are taken.
    """

    dose_mg: Decimal
    days: int | None
    alternate_days: bool = False
    takings: tuple[Taking, ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """Entries in order, the dose taken before the first cut foremost.

    ``medicine`` is an INN or ``None``; ``country`` two letters or empty; ``name`` what it is called in a comparison.
    ``complete`` is false where whoever made it did not say how it ends. Raises `EaseoffError` for what is no schedule.
    """

    name: str
    medicine: str | None
    entries: tuple[Entry, ...]
    country: str = ""
    complete: bool = True

    def __post_init__(self) -> None:
        if len(self.entries) < 2:
            raise EaseoffError("A schedule needs two doses or more.", "Write the dose now and the next one.")
        if self.entries[0].dose_mg <= 0:
            raise EaseoffError("A schedule begins above 0 mg.", "Write the dose that is taken now first.")
        for number, entry in enumerate(self.entries):
            _check(entry, is_first=number == 0, is_last=number == len(self.entries) - 1)

    @property
    def start_mg(self) -> Decimal:
        """The dose that the schedule begins from, in mg a day."""
        return self.entries[0].dose_mg

    @property
    def days(self) -> int:
        """Days at doses above zero that have an end."""
        return sum(entry.days or 0 for entry in self.entries if entry.dose_mg > 0)

    @property
    def ends_at_zero(self) -> bool:
        """Whether its last dose is nothing."""
        return self.entries[-1].dose_mg == 0


def _check(entry: Entry, *, is_first: bool, is_last: bool) -> None:
    if entry.dose_mg < 0 or on_grid(entry.dose_mg) is None:
        raise EaseoffError(
            f"{entry.dose_mg} mg is not a dose.", "Give zero or more, with up to six decimals."
        )
    if entry.days is None and not is_last:
        raise EaseoffError("Only the last dose may be without an end.", "Say how many days each dose lasts.")
    if entry.days is not None and (entry.days < 0 or (entry.days == 0 and not is_first)):
        raise EaseoffError(f"A dose cannot last {entry.days} days.", "Give one day or more.")
    if entry.takings and sum(t.mg for t in entry.takings) != entry.dose_mg:
        raise EaseoffError("The parts of a day do not add up to its dose.", "Check the amounts.")
