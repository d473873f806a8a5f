"""Why a step has its dose and its days, in words."""

from __future__ import annotations

from decimal import Decimal

from easeoff.planning.methods import Approach
from easeoff.planning.plan import EASY_CUTS
from easeoff.planning.solving.solver import Solution
from easeoff.quantities import format_mg, from_grid, plain, rounded

_PLACES = 2


def ideal_mg(approach: Approach, solution: Solution, number: int, before: int) -> Decimal:
    """What the method alone would like best for step ``number``: the timetable's dose, or the lowest that the rule allows."""
    ideal = solution.ideals[number - 1] if solution.ideals else approach.rule.floor(before)
    if approach.timetable is not None and approach.timetable.exact:
        return from_grid(ideal)
    return Decimal(plain(rounded(from_grid(ideal), _PLACES)))


def reasons(
    approach: Approach, solution: Solution, number: int, before: int, dose: int, days: int
) -> tuple[str, ...]:
    """Why step ``number`` goes from ``before`` to ``dose`` and stays there ``days`` days."""
    ideal = format_mg(ideal_mg(approach, solution, number, before))
    within = number - 1 not in solution.over
    if not within:
        return (_over(approach, before),)
    if approach.timetable is None:
        return (_by_rule(approach, before, dose, ideal), *_of_ramp(approach, number, days))
    if approach.timetable.exact:
        return (f"{format_mg(from_grid(dose))} is the dose of the published schedule.",)
    return (*_waiting(solution, number, before), _by_timetable(solution, number, dose, ideal))


def _over(approach: Approach, before: int) -> str:
    today = format_mg(from_grid(before))
    floor = format_mg(Decimal(plain(rounded(from_grid(approach.rule.floor(before)), _PLACES))))
    return (
        f"From {today} the limits allow a fall to {floor} at most, "
        f"and nothing at hand makes a dose from there up to {today}. This drop is over {approach.rule.binding(before)}."
    )


def _by_rule(approach: Approach, before: int, dose: int, ideal: str) -> str:
    made = format_mg(from_grid(dose))
    if approach.rule.floor(before) == dose:
        return f"The limits allow a fall to {made}, and that dose can be made."
    return f"The limits allow a fall to {ideal} at most. {made} can be made and keeps within them."


def _of_ramp(approach: Approach, number: int, days: int) -> tuple[str, ...]:
    """A shorter interval is a question, never something that happens by itself."""
    ramp = approach.method.ramp
    if not ramp or number <= EASY_CUTS or (number - 1) % EASY_CUTS or (number - 1) // EASY_CUTS >= len(ramp):
        return ()
    longer = ramp[(number - 1) // EASY_CUTS - 1]
    return (
        f"{days} days from here only if the last {EASY_CUTS} cuts brought hardly any symptoms and your prescriber agrees. Else stay with "
        f"{longer} days or longer.",
    )


def _waiting(solution: Solution, number: int, before: int) -> tuple[str, ...]:
    if number > 1 or not solution.waiting:
        return ()
    days = f"{solution.waiting} day" + ("" if solution.waiting == 1 else "s")
    return (
        f"The method comes to a dose that can be made {days} after its start. Begin once {format_mg(from_grid(before))} has been steady "
        "for that long.",
    )


def _by_timetable(solution: Solution, number: int, dose: int, ideal: str) -> str:
    made = format_mg(from_grid(dose))
    if solution.ideals[number - 1] == dose:
        return f"The method asks for {made} on this day, and that dose can be made."
    return f"The method asks for {ideal} on this day. {made} is the next dose above it that can be made within the limits."
