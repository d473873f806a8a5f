"""What a simulation says, section by section, in the words that page, terminal and paper share.

Figures are rounded to whole numbers, because a model of the average adult is no more exact than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from easeoff.documents.sourcing import confidence_words
from easeoff.documents.steprows import LEFT_OUT, MOST_ROWS, OUTLINE_DAYS
from easeoff.documents.wording import days_text
from easeoff.medicines.kinetics import Depot
from easeoff.pharmacology.kinetics import HOURS_A_DAY
from easeoff.quantities import format_mg
from easeoff.simulating.depots import DepotCourse
from easeoff.simulating.questions import Event, Swing, Upset
from easeoff.simulating.schedules import USUAL_HOUR
from easeoff.simulating.simulation import Simulation
from easeoff.simulating.steps import StepFall

NOT_MEASURED = (
    "This is worked out for an average adult. Nobody has measured your level, and yours may be quite different. The band is where "
    "90 of 100 people would stay, from the lowest to the highest hour of each day. The other 10 would be outside it at times."
)
NOT_WITHDRAWAL = (
    "It does not say how you will feel. We know of no study in which such numbers told who would have withdrawal symptoms, or how bad "
    "they would be."
)
KEEP_TAKING = "Keep taking your medicine as you do now. Nothing here is a way to take it: a plan is agreed with a prescriber."
#: The section that a picture of every other day belongs to.
WAVES_AT = "alternate"
_TINY = 0.5
#: Steps whose numbers a sentence lists; with more it gives their count.
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, and perhaps a table whose first column heads its rows."""

    id: str
    title: str
    sentences: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    folded: bool = False


def sections(found: Simulation) -> tuple[Section, ...]:
    """Everything a simulation says, the most asked for first."""
    return (
        _what_100_is(found),
        *_left_out(found),
        _in_numbers(found),
        _each_step(found),
        _missed(found),
        _stopping(found),
        _every_other_day(found),
        _times_a_day(found),
        _own_tail(found),
        _rests_on(found),
    )


def percent(value: float) -> str:
    """A share in whole percent; ``under 1 %`` where it is less than half of one."""
    return f"{_whole(value)} %"


def points(value: float | None) -> str:
    """Occupancy in whole points, empty where there is no curve."""
    if value is None:
        return ""
    whole = _whole(value)
    return f"{whole} {'point' if whole in ('1', 'under 1') else 'points'}"


def _whole(value: float) -> str:
    return "under 1" if 0 < value < _TINY else str(round(value))


def _dose(mg: float) -> str:
    return format_mg(Decimal(repr(mg)))


def _has_points(found: Simulation) -> bool:
    return found.course.points is not None


def _what_100_is(found: Simulation) -> Section:
    start = _dose(found.stretches[0].mg)
    said = [
        NOT_MEASURED,
        f"Level means how much {found.medicine} is in the blood. 100 % is what there is on {start}, over a whole day; 50 % is half as much.",
    ]
    if _has_points(found):
        said.append(
            "Effect means how much of its place of work in the brain "
            f"({found.known.curve.target if found.known.curve else ''}) the medicine is expected to hold. "
            f"100 points is what {start} does; 0 points is nothing."
        )
    said += [NOT_WITHDRAWAL, *found.known.remarks]
    if _time_assumed(found):
        said.append(
            f"No time of day was given, so each dose is drawn at {int(USUAL_HOUR):02d}:00 (project choice)."
        )
    if found.missed:
        said.append(
            f"{len(found.missed)} missed {'day is' if len(found.missed) == 1 else 'days are'} drawn as you asked."
        )
    return Section("what", "What this shows", tuple(said))


def _left_out(found: Simulation) -> tuple[Section, ...]:
    """What is on record about levels and not in the model, where there is something."""
    said = tuple(
        f"{fact.value} ({confidence_words(fact.provenance.confidence)})" for fact in found.known.left_out
    )
    if not said:
        return ()
    intro = "These change the level in some people or at some doses. The model leaves them out:"
    return (Section("left-out", "Known, but not in this model", (intro, *said)),)


def _time_assumed(found: Simulation) -> bool:
    return all(hour == USUAL_HOUR for stretch in found.stretches for hour, _ in stretch.day)


def _each_step(found: Simulation) -> Section:
    columns = ["Change", "Level", *(["Effect"] if _has_points(found) else []), "Nine tenths done after"]
    shown = _outline(found)
    rows = [_step_row(fall, _has_points(found)) for fall in found.falls if fall.number in shown]
    slow = [fall.number for fall in found.falls if fall.reached is False]
    said = [
        "Each row says where it stood before the change, and where it comes to rest after it.",
        *_left_some_out(found),
    ]
    days = {fall.settled_days for fall in found.falls}
    if len(days) == 1 and None not in days:
        said.append(
            f"After a change the level needs time. Nine tenths of the way are done after about {days_text(next(iter(days)) or 0)}."
        )
    if slow:
        listed = ", ".join(str(number) for number in slow)
        where = f"At step {listed}" if len(slow) <= _MOST_NAMED else f"At {len(slow)} of the steps"
        said.append(
            f"▲ {where} the level is still on its way when the next change comes: changes add up, and what they do comes later."
        )
    else:
        said.append("The level comes to rest before each next change. How you feel may take longer.")
    return Section("steps", "What each step does", tuple(said), tuple(columns), tuple(rows))


def _outline(found: Simulation) -> frozenset[int]:
    """The numbers of the stretches that tables show: all, or of very many the first in every 28 days and the last."""
    if len(found.stretches) <= MOST_ROWS:
        return frozenset(stretch.number for stretch in found.stretches)
    kept, day, last = set[int](), 0, -1
    for stretch in found.stretches:
        if day // OUTLINE_DAYS > last:
            kept.add(stretch.number)
        last = day // OUTLINE_DAYS
        day += stretch.days
    return frozenset((*kept, found.stretches[-1].number))


def _left_some_out(found: Simulation) -> tuple[str, ...]:
    return (LEFT_OUT,) if len(found.stretches) > MOST_ROWS else ()


def _step_row(fall: StepFall, with_points: bool) -> tuple[str, ...]:
    title = f"Step {fall.number}: {_dose(fall.mg)}" if fall.mg else "No more doses: 0 mg"
    cells = [title, f"{percent(fall.level_before)} to {percent(fall.level_after)}"]
    if with_points:
        cells.append(f"{_whole(fall.points_before or 0)} to {points(fall.points_after)}")
    settled = "more than 2 years" if fall.settled_days is None else days_text(fall.settled_days)
    return (*cells, settled if fall.reached is not False else f"{settled} ▲")


def _missed(found: Simulation) -> Section:
    with_points = _has_points(found)
    columns = ("What happens", "Level", *(("Effect",) if with_points else ()), "Back to usual after")
    rows: list[tuple[str, ...]] = []
    for upset in (
        *found.upsets_now,
        *(found.upsets_low if found.upsets_low[0].mg != found.upsets_now[0].mg else ()),
    ):
        cells = [
            f"{_EVENTS[upset.event]}, on {_dose(upset.mg)}",
            _beside(percent(upset.extreme), percent(upset.usual), upset),
        ]
        if with_points:
            cells.append(_beside(points(upset.points_extreme), points(upset.points_usual), upset))
        rows.append((*cells, _hours(upset.back_hours)))
    said = (
        "Never take two doses to make up for one. A double dose stands here only to show what it would do.",
        "Usual is the lowest hour of an ordinary day, for a double dose the highest. Back means within 5 % of the usual course.",
    )
    return Section(
        "missed", "A missed dose, a late one, two at once", said, columns, tuple(rows), folded=True
    )


_EVENTS = {
    Event.MISSED: "One dose missed",
    Event.LATE: "One dose 12 hours late",
    Event.DOUBLE: "Two doses at once",
}


def _beside(found: str, usual: str, upset: Upset) -> str:
    way = "up to" if upset.event is Event.DOUBLE else "down to"
    return f"{way} {found} (usual {usual})"


def _hours(hours: float) -> str:
    if hours < 1:
        return "never far off"
    if hours < 2 * HOURS_A_DAY:
        return f"about {round(hours)} hours"
    return f"about {round(hours / HOURS_A_DAY)} days"


def _stopping(found: Simulation) -> Section:
    last = found.falls[-1]
    days = sum(stretch.days for stretch in found.stretches if stretch.mg and stretch.number)
    with_points = _has_points(found)
    rows = tuple(
        (f"after {days_text(one.days)}", percent(one.level), *((points(one.points),) if with_points else ()))
        for one in found.stopped
    )
    said = [
        f"What would be left if {_dose(found.stretches[0].mg)} were stopped at once. It is shown so that you can see what a plan spreads out, "
        "not as a way to stop."
    ]
    if last.mg == 0:
        said.append(f"Your plan takes {days_text(days)} for the same way down.")
    columns = ("Stopped at once", "Level left", *(("Effect left",) if with_points else ()))
    return Section("stopping", "Stopping today instead", tuple(said), columns, rows, folded=True)


def _swing_row(swing: Swing, with_points: bool) -> tuple[str, ...]:
    cells = [swing.what.capitalize(), f"{percent(swing.low)} to {percent(swing.high)}"]
    if with_points:
        cells.append(f"{_whole(swing.points_low or 0)} to {points(swing.points_high)}")
    return tuple(cells)


def _swing_columns(found: Simulation) -> tuple[str, ...]:
    return (
        "How it is taken",
        "Level, lowest to highest",
        *(("Effect, lowest to highest",) if _has_points(found) else ()),
    )


def _every_other_day(found: Simulation) -> Section:
    _, other, half = found.alternate[:3]
    ratio = (other.high - other.low) / max(half.high - half.low, 1e-9)
    said = [
        f"{_dose(found.stretches[0].mg)} every other day is half the amount, but not an even half: the level goes from "
        f"{percent(other.low)} to {percent(other.high)} and back, {ratio:.1f} times as far as on half the dose every day.",
        "Do not take a medicine on and off unless its own record or your prescriber says so.",
    ]
    rows = tuple(_swing_row(swing, _has_points(found)) for swing in found.alternate)
    return Section(
        "alternate",
        "Every other day, or two days on and one off",
        tuple(said),
        _swing_columns(found),
        rows,
        folded=True,
    )


def _times_a_day(found: Simulation) -> Section:
    said = (
        "The same dose a day, taken at once or shared out evenly.",
        "A plan never changes your times of day. Some forms must not be split: ask your pharmacist.",
    )
    rows = tuple(_swing_row(swing, _has_points(found)) for swing in found.swings)
    return Section(
        "times", "Once, twice or three times a day", said, _swing_columns(found), rows, folded=True
    )


#: A medicine that loses less than this a day by itself spreads a cut over more than a week. Project choice.
_SLOW_DAY_PERCENT = 12.0


def _own_tail(found: Simulation) -> Section:
    a_day = round(found.steepest_day_percent)
    said = [f"If it were stopped at once, the level would lose at most about {a_day} % of itself in one day."]
    if found.steepest_day_percent <= _SLOW_DAY_PERCENT:
        said.append(
            "That is slow: this medicine tapers itself in part. A missed day hardly shows, and what a cut does comes weeks later, "
            "so wait long enough before you judge a step."
        )
    else:
        said.append("That is fast: hardly anything of a cut is softened by the medicine itself.")
    return Section("tail", "How far the medicine carries itself", tuple(said), folded=True)


def _rests_on(found: Simulation) -> Section:
    rows = tuple(
        (figure.what, figure.value, confidence_words(figure.provenance.confidence))
        for figure in found.known.figures
    )
    said = ("One compartment, first-order absorption, steady state before the plan begins.",)
    return Section(
        "figures", "What these numbers rest on", said, ("Figure", "Value", "How sure"), rows, folded=True
    )


def how_to_read(found: Simulation, *, letters: bool = False) -> tuple[str, ...]:
    """For whoever has never seen such a chart; ``letters`` is the one of a terminal, which has no stairs."""
    what = "effect" if _has_points(found) else "level"
    said = [
        "Read it from left to right: on the left is now, on the right the end.",
        *(() if letters else ("The dotted stairs are the dose.",)),
        f"The {'line of #' if letters else 'solid line'} is the {what} in an average adult: it comes down bit by bit after each cut.",
        f"The {'area of :' if letters else 'grey band'} is where 90 of 100 people would stay all day.",
    ]
    if _has_points(found):
        said.append(
            "The line does not follow the dose. At a high dose a cut takes away little of the effect. At a low dose the same cut takes away "
            "much more."
        )
    return tuple(said)


def _in_numbers(found: Simulation) -> Section:
    """The values of the chart, for whoever does not point at it."""
    line, unit = found.course.shown, points if _has_points(found) else percent
    rows, day, shown = list[tuple[str, ...]](), 0, _outline(found)
    for stretch in found.stretches:
        day += stretch.days
        if stretch.number not in shown:
            continue
        mean, low, high = (float(part[day - 1]) for part in (line.day_mean, line.low, line.high))
        name = "Now" if not stretch.number else f"Step {stretch.number}" if stretch.mg else "No more doses"
        week = "before" if not stretch.number else f"{(day - found.lead_days) / 7:.3g}"
        rows.append((f"{name}: {_dose(stretch.mg)}", week, unit(mean), f"{_whole(low)} to {unit(high)}"))
    columns = ("Dose", "Ends in week", "Average adult", "90 of 100 people")
    said = ("Each row is the last day on that dose, as the chart draws it.", *_left_some_out(found))
    return Section("numbers", "The chart in numbers", said, columns, tuple(rows), folded=True)


def level_alternative(found: Simulation) -> str:
    """The chart in words: how it goes down, and where the band lies."""
    line, what = found.course.shown, "effect" if _has_points(found) else "level"
    unit = "points" if _has_points(found) else "percent"
    ends = _ends_of_stretches(found)
    told = ", ".join(f"{round(float(line.day_mean[day]))} at the end of {name}" for name, day in _few(ends))
    middle = len(line.low) // 2
    return (
        f"Expected {what} of {found.medicine} in {unit} of the start, for an average adult: 100 at first, {told}. "
        f"90 of 100 people lie within a band; halfway through it goes from {round(float(line.low[middle]))} to "
        f"{round(float(line.high[middle]))}."
    )


def _ends_of_stretches(found: Simulation) -> list[tuple[str, int]]:
    ends, day = [], 0
    for stretch in found.stretches:
        day += stretch.days
        if stretch.number:
            ends.append(
                (f"step {stretch.number} ({_dose(stretch.mg)})" if stretch.mg else "the plan", day - 1)
            )
    return ends


def _few(ends: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """At most six of them, the last included."""
    every = max(1, -(-(len(ends) - 1) // 5))
    return [*ends[:-1:every], ends[-1]]


def depot_section(depot: Depot, found: DepotCourse) -> Section:
    """A long-acting injection over months."""
    low, high = found.swing
    rows = tuple(
        (
            f"{left.weeks} weeks after the last",
            percent(left.level),
            f"{percent(left.low)} to {percent(left.high)}",
        )
        for left in found.left
    )
    said = (
        NOT_MEASURED,
        f"100 % is the mean level with an injection every {found.every_days} days. Between two injections the level goes from "
        f"{percent(low)} to {percent(high)}.",
        f"If one injection is left out, the level falls to about {percent(found.missed_low)} before the next.",
        "An injection cannot be taken back: what is in the body wears off by itself, and a plan after it has to wait for that.",
        *found.known.remarks,
    )
    return Section("depot", depot.name.capitalize(), said, ("When", "Level left", "90 of 100 people"), rows)
