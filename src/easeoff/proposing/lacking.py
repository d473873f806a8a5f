"""Why a published schedule cannot be taken as it is: the doses that nothing at hand makes, and the rule behind it where there is one."""

from __future__ import annotations

from decimal import Decimal

from easeoff.medicines.schedules import RuleName, ScheduleRule, find_schedule
from easeoff.planning.solving.timetables import Timetable, missing
from easeoff.proposing.situation import Situation
from easeoff.quantities import format_mg, format_percent, from_grid

#: Doses named in one sentence; more are counted. Project choice.
_MOST_NAMED = 12


def cannot_follow(situation: Situation, timetable: Timetable) -> tuple[tuple[str, ...], Decimal]:
    """The reasons, and the highest dose in mg that cannot be made."""
    lacking = missing(timetable, frozenset(situation.bare_search().makeable(situation.at_hand)))
    name = situation.formulary.medicine.name
    if not lacking:
        reason = f"Nothing at hand makes all doses of the schedule with the same products and times of day, for {name}."
        return (reason, *_by_rule(situation)), situation.request.dose
    named = ", ".join(format_mg(from_grid(dose)) for dose in lacking[:_MOST_NAMED])
    if len(lacking) > _MOST_NAMED:
        named += f" and {len(lacking) - _MOST_NAMED} more"
    reason = f"Nothing at hand makes these doses of the schedule: {named} of {name}."
    return (reason, *_by_rule(situation)), from_grid(lacking[0])


def _by_rule(situation: Situation) -> tuple[str, ...]:
    rule = find_schedule(situation.request.settings.schedule or "").rule
    if rule is None:
        return ()
    return (
        f"The schedule follows from a rule. Doses that can be made are looked for with the method {_method(rule)}.",
    )


def _method(rule: ScheduleRule) -> str:
    percent = "" if rule.percent is None else format_percent(rule.percent)
    match rule.name:
        case RuleName.BANDS:
            return "bands, which takes the bands of this schedule by its id"
        case RuleName.SLIDE:
            return f"slide, {percent} a cut"
        case RuleName.MICRO:
            return f"micro, {percent} a month"
        case _:
            return f"{rule.name.value}, {percent} every {rule.days} days"
