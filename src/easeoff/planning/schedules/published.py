"""From a published record to a schedule, and the same doses again from the rule that the source prints."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from math import floor

from easeoff.medicines.schedules import PublishedSchedule, PublishedStep, RuleName, ScheduleRule
from easeoff.planning.methods.blocks import Block, Kept, blocks_from
from easeoff.planning.schedules.model import Entry, Schedule
from easeoff.quantities import exact_decimal


def from_published(record: PublishedSchedule, medicine: str | None = None) -> Schedule:
    """``record`` as a schedule; ``medicine`` is whom a rule for any medicine is laid beside."""
    entries = tuple(Entry(step.mg, step.days, step.alternate_days) for step in record.steps)
    return Schedule(record.id, record.medicine or medicine, entries, record.country, record.complete)


def reproduce(record: PublishedSchedule) -> tuple[PublishedStep, ...] | None:
    """The steps that the record's own rule gives from its first dose, or ``None`` where it has no rule."""
    if record.rule is None:
        return None
    first = record.steps[0]
    following = islice(_MAKERS[record.rule.name](Fraction(first.mg), record.rule), len(record.steps) - 1)
    steps = [first]
    for dose, days in following:
        steps.append(PublishedStep(_shown(dose, record.rule), days if dose else None))
    return tuple(steps)


def _shown(dose: Fraction, rule: ScheduleRule) -> Decimal:
    exact = exact_decimal(dose)
    if rule.places is None:
        assert exact is not None, "a rule whose doses never end says how many decimals are shown"
        return exact
    whole = floor(dose * 10**rule.places + Fraction(1, 2))
    return Decimal(whole).scaleb(-rule.places)


def _bands(start: Fraction, rule: ScheduleRule) -> Iterator[Kept]:
    dose = start
    while dose > 0:
        band = next(band for band in rule.bands if dose > Fraction(band.above_mg))
        dose = max(dose - Fraction(band.cut_mg), Fraction(band.above_mg))
        yield dose, band.days


def _percent_start(start: Fraction, rule: ScheduleRule) -> Iterator[Kept]:
    cut, dose = start * _share(rule), start
    while dose > 0:
        dose = max(dose - cut, Fraction(0))
        yield dose, rule.days or 0


def _percent_current(start: Fraction, rule: ScheduleRule) -> Iterator[Kept]:
    dose = start
    end = Fraction(rule.end_mg or 0)
    while dose > end:
        dose -= dose * _share(rule)
        last = rule.end_days if dose <= end else None
        yield dose, last or rule.days or 0
    yield Fraction(0), 0


def _slide(start: Fraction, rule: ScheduleRule) -> Iterator[Kept]:
    days, cuts = rule.days or 1, rule.cuts or 1
    return blocks_from(start, Block(_share(rule), cuts, days, (rule.hold_days or days) - days))


def _micro(start: Fraction, rule: ScheduleRule) -> Iterator[Kept]:
    days = rule.days or 1
    return blocks_from(start, Block(_share(rule) / days, days, 1))


def _share(rule: ScheduleRule) -> Fraction:
    return Fraction(rule.percent or 0) / 100


_MAKERS = {
    RuleName.BANDS: _bands,
    RuleName.PERCENT_START: _percent_start,
    RuleName.PERCENT_CURRENT: _percent_current,
    RuleName.SLIDE: _slide,
    RuleName.MICRO: _micro,
}
