"""What is recorded later than it happened: it must never speak of another dose than the one that is taken today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from easeoff.planning.lifecycle import Kind, mark_at, mark_text, step_by_date, taken_text
from easeoff.planning.lifecycle.standing import has_begun
from easeoff.planning.plan import Event, Plan
from easeoff.proposing.happening import Happening
from easeoff.quantities import EaseoffError, format_date

#: For these the first day of a step is said; it may have begun, and no later one.
_NAMES_A_FIRST_DAY = frozenset({Kind.START, Kind.RESUME})
_TODAY = "Record it with today's date and the dose you take now (in the terminal: --taking), and say in the reason when it was."


def as_of_today(plan: Plan, happening: Happening, kind: Kind, today: date) -> Happening:
    """What happened, where its day and today have one dose by the dates. A freeze stands still at today's dose in any case.

    Raises `EaseoffError` where another dose began in between: then only the person can say which one is taken.
    """
    if happening.on >= today or kind in _NAMES_A_FIRST_DAY or not has_begun(plan):
        return happening
    if step_by_date(plan, happening.on) == step_by_date(plan, today):
        return happening
    if kind is Kind.FREEZE:
        since = f"It began on {format_date(happening.on)}."
        return replace(happening, on=today, why=f"{happening.why} {since}".strip())
    if kind in (Kind.ARRIVE, Kind.CLEAR):
        return happening
    raise EaseoffError(
        f"By its dates this plan has come from {taken_text(plan, step_by_date(plan, happening.on))} to"
        f" {taken_text(plan, step_by_date(plan, today))} since {format_date(happening.on)}.",
        _TODAY,
    )


def refuse_running_ahead(made: Plan, event: Event, happening: Happening, today: date) -> None:
    """Raise `EaseoffError` where the new dates would have come to a dose by today that nobody has said is taken."""
    now = step_by_date(made, today)
    taken = event.step or 0 if event.kind in _NAMES_A_FIRST_DAY else step_by_date(made, event.on) - 1
    followed = event.kind == Kind.START and happening.taking == mark_at(made, now)
    if event.kind == Kind.ARRIVE or now <= taken + 1 or followed:
        return
    hint = _TODAY
    if event.kind == Kind.RESUME:
        hint = "Give today, or a day ahead, as the first day of the next dose."
    elif event.kind == Kind.START:
        hint = f'Give today, or a day ahead. If you have followed the plan since then, say that you take that dose now (in the terminal: --taking "{mark_text(made, mark_at(made, now))}").'
    raise EaseoffError(
        f"Counted from that day this plan would have come to {taken_text(made, now)} by today, and nothing says that you take it.",
        hint,
    )
