"""Where a followed plan stands, and what was agreed for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from easeoff.medicines.model import Formulary
from easeoff.planning.lifecycle import dose_at
from easeoff.planning.plan import Plan
from easeoff.planning.request import IntakeDose, MethodName, MethodSettings, TaperRequest
from easeoff.quantities import EaseoffError, plain

#: Which of the agreed limits the request's ``limit`` stands for.
_LIMIT_OF = {
    MethodName.OCCUPANCY: "points",
    MethodName.PERCENT_CURRENT: "percent_of_current",
    MethodName.PERCENT_START: "percent_of_start",
    MethodName.FIXED: "mg",
}


_UNITS = {
    MethodName.OCCUPANCY: " points",
    MethodName.PERCENT_CURRENT: " % of the dose before",
    MethodName.PERCENT_START: " % of the starting dose",
    MethodName.FIXED: " mg",
}


class NoSuchPlan(EaseoffError):  # noqa: N818
    """Nothing at hand makes the way that was asked for."""


@dataclass(frozen=True)
class Now:
    """Where a plan stands: what is taken at each time of day at ``step``, and what this version knows of the medicine.

    ``uses_from`` is the step from which on the plan's products count as in use, where that is another one: whoever goes back to an
    earlier dose does not go back to what has been replaced since.
    """

    plan: Plan
    step: int
    formulary: Formulary
    uses_from: int | None = None

    @property
    def dose(self) -> Decimal:
        """The dose of the day in mg."""
        return dose_at(self.plan, self.step)

    @property
    def intakes(self) -> tuple[IntakeDose, ...]:
        """The dose at each time of day, those at which nothing is taken any more too."""
        if self.step:
            return tuple(IntakeDose(i.time, i.mg) for i in self.plan.steps[self.step - 1].intakes)
        return self.plan.request.intakes or (IntakeDose("", self.plan.start_dose_mg),)

    @property
    def in_use(self) -> frozenset[str]:
        """The products of the dose taken now and of every step ahead."""
        since = self.step if self.uses_from is None else self.uses_from
        ahead = self.plan.steps[max(0, since - 1) :]
        return frozenset(p.product for s in ahead for i in s.intakes for p in i.portions)

    @property
    def band(self) -> tuple[Decimal, Decimal]:
        """Between what the dose that is really delivered lies."""
        if self.step:
            return self.plan.steps[self.step - 1].low_mg, self.plan.steps[self.step - 1].high_mg
        return self.plan.start_dose_mg, self.plan.start_dose_mg


def agreed_limit(plan: Plan) -> Decimal | None:
    """The limit of a step in the unit of the plan's method; ``None`` for a method that has none such."""
    name = _LIMIT_OF.get(plan.method.name)
    limit: Decimal | None = None if name is None else getattr(plan.method.limits, name)
    return limit


def wish_of(plan: Plan) -> TaperRequest:
    """The plan's own request with what was agreed written out, so that newer defaults change nothing.

    A timetable keeps its own numbers: what "every" and "limit" mean for a block of small cuts is not a step's.
    """
    if plan.method.is_timetable:
        return replace(plan.request, method=plan.method.name)
    cap = (
        plan.method.limits.percent_of_current
        if plan.method.name is MethodName.OCCUPANCY
        else plan.request.cap
    )
    return replace(
        plan.request,
        method=plan.method.name,
        limit=agreed_limit(plan),
        cap=cap,
        # A ramp says itself how long its steps last.
        every=None if plan.method.ramp else plan.interval_days,
        settings=_settings_of(plan),
    )


def as_first_agreed(plan: Plan, wish: TaperRequest) -> TaperRequest:
    """``wish`` with the days that small cuts in blocks were agreed with. What was added since stands in the steps themselves, and may
    come to more than a timetable can be made of."""
    if plan.method.block_days is None:
        return wish
    first = (plan.first or plan).request
    return replace(wish, every=first.every, settings=first.settings)


def _settings_of(plan: Plan) -> MethodSettings:
    if plan.method.name is not MethodName.BANDS:
        return plan.request.settings
    # Plans made before the days of every band were written out: the longest of the plan is never too short.
    longest = max((step.days for step in plan.steps), default=plan.interval_days)
    bands = tuple(replace(band, days=band.days or longest) for band in plan.method.bands)
    return replace(plan.request.settings, bands=bands)


def limit_words(plan: Plan, limit: Decimal) -> str:
    """A limit of the plan's method with its unit and base: ``5 points``, ``10 % of the dose before``."""
    return f"{plain(limit)}{_UNITS.get(plan.method.name, '')}"
