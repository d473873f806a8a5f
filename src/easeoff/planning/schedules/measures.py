"""What a schedule does, step by step: drops in points where a curve may be used, and in percent of the dose.

Where no curve may be used the effect is the share of the starting dose, and is called so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from easeoff.medicines.model import Curve, Medicine, Release
from easeoff.pharmacology import PER_POINT, Scale, ShareOfStart, planning_curve, scale_of, worst_scales
from easeoff.planning.plan import EffectKind
from easeoff.planning.schedules.model import Entry, Schedule
from easeoff.quantities import plain, rounded, to_grid

#: Decimal places of figures about a dose; doses themselves are never rounded.
_PLACES = 2


@dataclass(frozen=True, slots=True)
class Measures:
    """How effect is told for one schedule: the scale, the scales of the band (none without a curve), and the curve."""

    kind: EffectKind
    scale: Scale
    band: tuple[Scale, ...]
    curve: Curve | None


@dataclass(frozen=True, slots=True)
class MeasuredStep:
    """One entry and the change that leads to it, ``None`` for the first.

    ``effect`` is what remains and ``drop`` what goes, in the unit of the whole; ``low_drop`` and ``high_drop`` are the same over the
    other published curves. ``percent_of_current`` is of the dose before, ``percent_of_start`` of the first. A rise is below zero.
    """

    entry: Entry
    effect: Decimal
    drop: Decimal | None
    low_drop: Decimal | None
    high_drop: Decimal | None
    percent_of_current: Decimal | None
    percent_of_start: Decimal | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A schedule with what it does. ``largest`` is the number of the step with the largest drop, counted from 1.

    ``last_drop`` is the drop to zero, ``None`` where the schedule does not end there.
    """

    schedule: Schedule
    kind: EffectKind
    curve: Curve | None
    steps: tuple[MeasuredStep, ...]
    largest: int
    days: int

    @property
    def largest_step(self) -> MeasuredStep:
        """The step with the largest drop."""
        return self.steps[self.largest]

    @property
    def last_step(self) -> MeasuredStep | None:
        """The step to zero."""
        return self.steps[-1] if self.schedule.ends_at_zero else None


def measures_for(
    medicine: Medicine | None,
    start_mg: Decimal,
    release: Release | None = None,
    factor: Fraction | None = Fraction(1),
) -> Measures:
    """The scale for ``medicine`` from ``start_mg``.

    ``release`` is the form taken, where it is known; otherwise the form that the curve was measured on. ``factor`` is how many mg of
    that form 1 mg taken stands for, ``None`` where nobody says, so that no curve is used.
    """
    start = to_grid(start_mg)
    curve = None if medicine is None or factor is None else _curve(medicine, release)
    if medicine is None or curve is None or factor is None:
        return Measures(EffectKind.PERCENT_OF_START, ShareOfStart(start), (), None)
    band = worst_scales(medicine, curve, start, factor)
    return Measures(EffectKind.OCCUPANCY_POINTS, scale_of(curve, start, factor), band, curve)


def _curve(medicine: Medicine, release: Release | None) -> Curve | None:
    releases = (Release.IR, Release.MR, Release.GR) if release is None else (release,)
    found = (planning_curve(medicine, one.value) for one in releases)
    return next((curve for curve in found if curve is not None), None)


def measure(schedule: Schedule, measures: Measures) -> Measured:
    """``schedule`` with the drop of each step."""
    before: Entry | None = None
    steps = []
    for entry in schedule.entries:
        steps.append(_step(schedule.start_mg, before, entry, measures))
        before = entry
    drops = [step.drop for step in steps[1:] if step.drop is not None]
    # Of equal drops the later counts: it falls from the lower dose.
    largest = max(range(len(drops)), key=lambda n: (drops[n], n)) + 1
    return Measured(schedule, measures.kind, measures.curve, tuple(steps), largest, schedule.days)


def _step(start_mg: Decimal, before: Entry | None, entry: Entry, measures: Measures) -> MeasuredStep:
    effect = _figure(measures.scale.effect(to_grid(entry.dose_mg)))
    if before is None:
        return MeasuredStep(entry, effect, None, None, None, None, None)
    change = before.dose_mg - entry.dose_mg
    band = [_fall(scale, before, entry) for scale in measures.band]
    return MeasuredStep(
        entry=entry,
        effect=effect,
        drop=_figure(_fall(measures.scale, before, entry)),
        low_drop=_figure(min(band)) if band else None,
        high_drop=_figure(max(band)) if band else None,
        percent_of_current=_percent(change, before.dose_mg) if before.dose_mg else None,
        percent_of_start=_percent(change, start_mg),
    )


def _fall(scale: Scale, before: Entry, entry: Entry) -> int:
    return scale.effect(to_grid(before.dose_mg)) - scale.effect(to_grid(entry.dose_mg))


def _figure(millionths: int) -> Decimal:
    return Decimal(plain(rounded(Decimal(millionths) / PER_POINT, _PLACES)))


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return Decimal(plain(rounded(part * 100 / whole, _PLACES)))


def over_band(steps: Sequence[MeasuredStep]) -> Decimal | None:
    """The largest drop over every published curve, ``None`` without one."""
    return max((step.high_drop for step in steps if step.high_drop is not None), default=None)
