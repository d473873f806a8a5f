"""The fast engine: days are linear steps between states, hours within a day one matrix product.

The state at midnight goes on by one matrix a day; what is let go within the day adds a fixed vector for each mg. So a
course of years is a short scan over days and one product for all hours, for any number of people at once. Nothing is
ever subtracted, so nothing cancels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from easeoff.pharmacology.kinetics.dosing import Dosing, Piece, pieces_of
from easeoff.pharmacology.kinetics.model import HOURS_A_DAY, Floats, Kinetics, People, chain
from easeoff.pharmacology.kinetics.transitions import transition, with_reservoir

#: From so many people on, a plain loop over the days costs less than doubling.
_MANY = 24


@dataclass(frozen=True, slots=True, eq=False)
class DayMaps:
    """One day, worked out for each person.

    ``step`` (people, n, n): midnight to midnight. ``dose`` (people, pieces, n): what 1 mg of a piece adds by midnight.
    ``from_state`` (people, n, samples) and ``from_dose`` (people, pieces, samples): what acts at each sample.
    ``given`` (days, pieces): mg that go in; ``start`` (people, n): the state at the first midnight.
    """

    step: Floats
    dose: Floats
    from_state: Floats
    from_dose: Floats
    given: Floats
    start: Floats


def fast_levels(kinetics: Kinetics, dosing: Dosing, people: People, samples_a_day: int = 24) -> Floats:
    """What acts, in equivalent mg a day: an array (people, days, samples a day). Takes that much memory."""
    maps = day_maps(kinetics, dosing, people, samples_a_day)
    size = maps.step.shape[-1]
    both = np.empty((len(people), dosing.days, size + maps.given.shape[1]))
    both[:, :, :size] = midnights(maps)
    both[:, :, size:] = maps.given
    out: Floats = both @ np.concatenate([maps.from_state, maps.from_dose], axis=1)
    return out


def day_maps(kinetics: Kinetics, dosing: Dosing, people: People, samples_a_day: int = 24) -> DayMaps:
    """Everything about one day that does not depend on the doses, and the doses cut into pieces."""
    q, per_mg, acts = chain(kinetics, people)
    pieces = pieces_of(dosing.times_h, kinetics)
    hour = HOURS_A_DAY / samples_a_day
    tick = transition(q, hour)
    from_state = np.empty((len(people), len(acts), samples_a_day))
    row = np.broadcast_to(acts, (len(people), 1, len(acts)))
    for sample in range(samples_a_day):
        from_state[:, :, sample] = row[:, 0]
        row = row @ tick
    step = transition(q, HOURS_A_DAY)
    responses = [_response(q, tick, piece, acts, samples_a_day) for piece in pieces]
    scale = per_mg[:, None, None]
    dose = scale * np.stack([end for end, _ in responses], axis=1)
    from_dose = scale * np.stack([seen for _, seen in responses], axis=1)
    given, early = given_by_piece(dosing, pieces)
    start = _settled(q, step, np.einsum("dp,jpn->jdn", early, dose))
    return DayMaps(step, dose, from_state, from_dose, given, start)


def midnights(maps: DayMaps) -> Floats:
    """The state at each midnight (people, days, n), the first day's included."""
    people, size = maps.start.shape
    days = len(maps.given)
    states = np.empty((people, days, size))
    states[:, 0] = maps.start
    if days > 1:
        states[:, 1:] = maps.given[:-1] @ maps.dose
    if people < _MANY:
        _scan_by_doubling(states, maps.step)
    else:
        _scan_by_days(states, maps.step)
    return states


def _scan_by_doubling(states: Floats, step: Floats) -> None:
    """``x[d] += step @ x[d - 1]`` for all days at once: reach 1 day back, then 2, then 4."""
    reach, power = 1, step.transpose(0, 2, 1)
    while reach < states.shape[1]:
        states[:, reach:] += states[:, :-reach] @ power
        reach, power = 2 * reach, power @ power


def _scan_by_days(states: Floats, step: Floats) -> None:
    size = step.shape[-1]
    columns = np.ascontiguousarray(states.transpose(1, 2, 0))
    rows = np.ascontiguousarray(step.transpose(1, 2, 0))
    for day in range(1, len(columns)):
        for row in range(size):
            for column in range(row + 1):
                columns[day, row] += rows[row, column] * columns[day - 1, column]
    states[:] = columns.transpose(2, 0, 1)


def given_by_piece(dosing: Dosing, pieces: tuple[Piece, ...]) -> tuple[Floats, Floats]:
    """mg of each piece by day, from the first day on, and in the period before."""
    period = len(dosing.before_mg)
    given = np.empty((dosing.days, len(pieces)))
    early = np.empty((period, len(pieces)))
    for column, piece in enumerate(pieces):
        doses = dosing.on_days(-piece.days_later, dosing.days - piece.days_later)
        given[:, column] = piece.share * doses[:, piece.slot]
        back = (np.arange(-period, 0) - piece.days_later) % period
        early[:, column] = piece.share * dosing.before_mg[back, piece.slot]
    return given, early


def _settled(q: Floats, step: Floats, added: Floats) -> Floats:
    """The state that repeats itself over the period whose days add ``added`` (people, days, n)."""
    period, size = added.shape[1], q.shape[-1]
    total, power = added[:, 0], step
    for day in range(1, period):
        total = np.einsum("jmn,jn->jm", step, total) + added[:, day]
        power = power @ step
    found = np.empty_like(total)
    for place in range(
        size
    ):  # (1 - P) x = b, from the first compartment down; 1 - exp(-a) without cancelling
        known = np.einsum("jn,jn->j", power[:, place, :place], found[:, :place])
        kept = -np.expm1(q[:, place, place] * HOURS_A_DAY * period)
        found[:, place] = (total[:, place] + known) / kept
    return found


def _response(
    q: Floats, tick: Floats, piece: Piece, acts: Floats, samples_a_day: int
) -> tuple[Floats, Floats]:
    """What one unit of a piece adds: to the state at midnight (people, n), and at each sample (people, samples)."""
    hour = HOURS_A_DAY / samples_a_day
    seen = np.zeros((len(q), samples_a_day))
    state, now = _at_once(q), piece.start_h
    if piece.length_h:
        state, now = np.zeros(q.shape[:2]), piece.start_h
    wide = with_reservoir(q)
    end = piece.start_h + piece.length_h
    for sample in range(samples_a_day + 1):
        until = sample * hour if sample < samples_a_day else HOURS_A_DAY
        if until < piece.start_h:
            continue
        if now < end:
            stop = min(until, end)
            state = _fed(wide, state, piece.length_h, stop - now)
            now = stop
        if now < until:
            whole_tick = until - now == hour
            state = np.einsum("jmn,jn->jm", tick if whole_tick else transition(q, until - now), state)
            now = until
        if sample < samples_a_day:
            seen[:, sample] = state @ acts
    return state, seen


def _at_once(q: Floats) -> Floats:
    state = np.zeros(q.shape[:2])
    state[:, 0] = 1.0
    return state


def _fed(wide: Floats, state: Floats, length_h: float, hours: float) -> Floats:
    """The state after ``hours`` of being fed one unit in ``length_h``."""
    full = np.concatenate([np.full((len(state), 1), 1.0 / length_h), state], axis=1)
    found: Floats = np.einsum("jmn,jn->jm", transition(wide, hours), full)[:, 1:]
    return found
