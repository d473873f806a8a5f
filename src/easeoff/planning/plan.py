"""The plan: immutable values that the page, the terminal, the PDF and the plan file all render.

Dates stand only up to the next review; later steps are an outline without dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from easeoff.medicines.model import Source
from easeoff.planning.findings import Finding
from easeoff.planning.request import BandCut, MethodName, TaperRequest

#: A ramp's interval may shorten, where that is agreed, after so many easy cuts (the SurvivingAntidepressants text via ADFD).
EASY_CUTS = 2


class Status(StrEnum):
    """Where a plan stands. Only a person's recorded event moves it on; `easeoff.planning.lifecycle.moves` says how."""

    DRAFT = "draft"
    WITH_PRESCRIBER = "with prescriber"
    AGREED = "agreed"
    RUNNING = "running"
    HELD = "held"
    STEPPED_BACK = "stepped back"
    SLOWED = "slowed"
    FROZEN = "frozen: contact prescriber"
    AT_GOAL = "at goal"
    REVIEWED = "reviewed"


class EffectKind(StrEnum):
    """The unit of ``effect`` and of the drops."""

    OCCUPANCY_POINTS = "occupancy_points"
    PERCENT_OF_START = "percent_of_start"


@dataclass(frozen=True, slots=True)
class Portion:
    """What is taken of one product at one time. ``amount`` of ``unit``; ``mg`` as labelled.

    ``equivalent_mg`` is in mg of the starting form: order, sums and curves use it. ``low_mg`` and ``high_mg``
    bound what is really delivered (in equivalent mg). ``medicine`` is named where a plan holds two of them. ``device`` is the syringe's id or ``""``; ``how`` says how to measure it.
    """

    product: str
    amount: Decimal
    unit: str
    mg: Decimal
    equivalent_mg: Decimal
    low_mg: Decimal
    high_mg: Decimal
    device: str
    how: str
    medicine: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """Portions at one time of day (``HH:MM``, or ``""`` where no time was said)."""

    time: str
    portions: tuple[Portion, ...]

    @property
    def mg(self) -> Decimal:
        """The intake's dose in mg of the starting form."""
        return sum((p.equivalent_mg for p in self.portions), Decimal(0))


@dataclass(frozen=True, slots=True)
class Step:
    """A dose kept for some days.

    ``effect`` is what remains at this dose and ``drop`` what this step takes away, both in the plan's effect kind;
    ``worst_drop`` is the same over the other published curves, ``None`` where there is no curve.
    ``percent_of_start`` is the dose as a share of the starting dose. ``ideal_mg`` is the lowest dose the
    method alone would allow from the step before, if every dose could be made. ``within`` is false where the drop is over the limits.
    ``distinct`` is false where measuring error blurs this dose with the one before.
    """

    number: int
    start: date | None
    end: date | None
    days: int
    dose_mg: Decimal
    low_mg: Decimal
    high_mg: Decimal
    ideal_mg: Decimal
    intakes: tuple[Intake, ...]
    effect: Decimal
    drop: Decimal
    worst_drop: Decimal | None
    percent_of_start: Decimal
    within: bool
    distinct: bool
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers a step is held to; ``None`` where the method has no such number.

    ``points``: occupancy points. ``percent_of_current``: cap on ``(a-b)/a`` in percent. ``percent_of_start``: the largest drop as a share of
    the starting dose. ``tail_percent_of_start``: the same, at or below ``end_dose_mg``. ``mg``: fixed amount. ``first_cut_percent``: cap on the first cut.
    ``last_steps_mg``: largest cut at or below ``end_dose_mg`` (benzodiazepines).
    """

    points: Decimal | None = None
    percent_of_current: Decimal | None = None
    percent_of_start: Decimal | None = None
    tail_percent_of_start: Decimal | None = None
    mg: Decimal | None = None
    first_cut_percent: Decimal | None = None
    last_steps_mg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MethodAbout:
    """What a method is called in full, how it ends, who uses it, what is known, and where that comes from (source ids)."""

    title: str
    end_rule: str
    used_by: str
    known: str
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Method:
    """The method by its right name, with its base, its limits and its end rule, and why it was chosen.

    ``bands`` are the cuts by dose, ``block_days`` the length of a block of small cuts, ``ramp`` intervals that shorten after easy
    pairs of cuts, ``schedule`` the id of a published one. ``about`` is ``None`` in plans made before it was kept.
    """

    name: MethodName
    base: str
    limits: Limits
    end_dose_mg: Decimal | None
    because: tuple[str, ...]
    bands: tuple[BandCut, ...] = ()
    block_days: int | None = None
    ramp: tuple[int, ...] = ()
    schedule: str | None = None
    about: MethodAbout | None = None

    @property
    def is_timetable(self) -> bool:
        """Whether its doses and days are fixed together: small cuts in blocks, or a published schedule."""
        return self.block_days is not None or self.schedule is not None

    @property
    def has_own_pace(self) -> bool:
        """Whether its cuts and days belong together, so that one number of them cannot be changed alone."""
        return self.is_timetable or self.name is MethodName.BANDS

    def near_steps(self, days: Sequence[int], review: int) -> int:
        """How many of the steps, kept so many ``days`` each, come before the review that is due after ``review`` steps.

        Small cuts count by the block. Before a ramp's first shorter interval stands a review, whatever was asked.
        """
        if self.block_days is not None:
            passed, near = 0, 0
            while near < len(days) and passed < review * self.block_days:
                passed += days[near]
                near += 1
            return near
        most = min(review, EASY_CUTS) if self.ramp else review
        return min(most, len(days))


@dataclass(frozen=True, slots=True)
class StepSupply:
    """What one step takes of a product, in the unit of its line."""

    step: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """How much of one product the dated part of the plan needs. ``packs`` is ``None`` where no pack size is known.

    Amounts are in ``unit``, packs in what the pharmacy counts (mL for drops). ``steps`` share ``amount`` out over the
    steps, ``per_28_days`` over stretches of 28 days from the first day. ``buffer`` comes on top, for ``buffer_days`` at the
    highest use; ``packs`` do not count it, ``packs_with_buffer`` do, and ``leftover`` is what is then over at the end.
    ``reorder_on`` is the day to ask for more. Plans made before these were counted have none of them.
    """

    product: str
    amount: Decimal
    unit: str
    packs: int | None
    pack_size: Decimal | None
    period_days: int
    steps: tuple[StepSupply, ...] = ()
    per_28_days: tuple[Decimal, ...] = ()
    buffer_days: int | None = None
    buffer: Decimal | None = None
    packs_with_buffer: int | None = None
    leftover: Decimal | None = None
    reorder_on: date | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The plan in figures. The last drop is the one to the goal dose."""

    steps: int
    days: int
    largest_drop: Decimal
    last_drop: Decimal
    worst_last_drop: Decimal | None
    effect_kind: EffectKind
    within_limit: bool
    products: tuple[str, ...]
    mean_gap_to_ideal: Decimal
    checked_steps: bool
    checked_largest_drop: bool
    checked_handling: bool


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source that a plan rests on, with the least sure confidence of the figures taken from it."""

    source: Source
    confidence: str


@dataclass(frozen=True, slots=True)
class Course:
    """The way on from the dose taken now, worked out when an event asked for it and kept with the event.

    A replay uses what is kept here, so that newer data never change what somebody already follows. ``steps`` carry no
    dates. ``request`` is the wish they were worked out from; dose and times in it stay those of the very start.
    ``because`` says how it differs from the way before, ``faster`` that somebody asked for more than was agreed.
    """

    engine_version: str
    data_version: str
    request: TaperRequest
    method: Method
    interval_days: int
    goal_mg: Decimal
    steps: tuple[Step, ...]
    last_drop: Decimal
    worst_last_drop: Decimal | None
    within_limit: bool
    checked: bool
    findings: tuple[Finding, ...]
    sources: tuple[CitedSource, ...]
    because: tuple[str, ...]
    faster: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a plan; appended, never edited.

    ``by`` is who decided it, where somebody else has to. ``step`` is the step that was taken on that day (0: the starting
    dose). ``doses`` says how many were missed, ``change`` what changed in the person, ``next_on`` the earliest first day of the next
    step, ``review_steps`` how many steps are dated at a review, or at a start where they count by the block, ``review_on`` the review after the last dose. ``course`` is the
    way on where it was worked out anew, ``supply`` what was then needed from the pharmacy.
    """

    kind: str
    on: date
    why: str
    by: str = ""
    step: int | None = None
    doses: int | None = None
    change: str = ""
    next_on: date | None = None
    review_steps: int | None = None
    review_on: date | None = None
    course: Course | None = None
    supply: tuple[SupplyLine, ...] | None = None


@dataclass(frozen=True, slots=True)
class TableFigure:
    """What today's dose stands for in mg of the other medicine by one named table; shown only, unless ``usable``."""

    table: str
    low_mg: Decimal
    high_mg: Decimal
    usable: bool
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Crossover:
    """What a crossover plan is made of besides its steps.

    ``mg`` of ``medicine`` stand for the whole starting dose, as the prescriber entered it by ``table``. ``figures`` are all tables
    on record, ``low_mg`` to ``high_mg`` the range over those that may be used (``None``: there is none). ``kept_mg`` is what stays
    of the first medicine, ``arrives_mg`` what is then taken of the other. After each exchange a prescriber checks between the
    days ``check_days`` of that step.
    """

    medicine: str
    mg: Decimal
    table: str
    figures: tuple[TableFigure, ...]
    low_mg: Decimal | None
    high_mg: Decimal | None
    kept_mg: Decimal
    arrives_mg: Decimal
    check_days: tuple[int, int]

    @property
    def in_range(self) -> bool:
        """Whether what the prescriber entered lies within the tables that may be used."""
        return self.low_mg is not None and self.high_mg is not None and self.low_mg <= self.mg <= self.high_mg


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps, and what they were made from.

    ``start_intakes`` is today's regimen, before the first step. ``final_drop`` facts of the step to the goal are in ``summary``.
    When the goal is not zero the last step is the goal dose, kept with no end date. ``dated_to`` is the number of the last
    step that may have dates before the next review (``None`` in a first version: then the request says it), the day of the last
    cut counting as a step. In a ``crossover`` doses count in mg of ``medicine``, those of the other by the equivalent entered, rounded
    up to a millionth of a mg. ``first`` is the first version, from which the events lead to this one; a first version has none.
    """

    engine_version: str
    data_version: str
    created_on: date
    request: TaperRequest
    status: Status
    version: int
    replaces: str
    events: tuple[Event, ...]
    medicine: str
    country: str
    method: Method
    interval_days: int
    start_dose_mg: Decimal
    steps: tuple[Step, ...]
    goal_mg: Decimal
    arrives_on: date | None
    review_on: date | None
    summary: Summary
    supply: tuple[SupplyLine, ...]
    findings: tuple[Finding, ...]
    sources: tuple[CitedSource, ...]
    dated_to: int | None = None
    first: Plan | None = None
    crossover: Crossover | None = None

    @property
    def near_steps(self) -> int:
        """How many steps stand before the next review: those with dates, where there are dates."""
        return self.method.near_steps([step.days for step in self.steps], self.request.review)

    def taken_of(self, medicine: str, step: Step) -> Decimal:
        """How much of one medicine a step holds a day, in mg as labelled."""
        every = (portion for intake in step.intakes for portion in intake.portions)
        return sum((p.mg for p in every if (p.medicine or self.medicine) == medicine), Decimal(0))

    @property
    def worst_step(self) -> int:
        """The number of the step with the largest drop; ``len(steps) + 1`` stands for the drop to a goal of zero."""
        drops = [(step.drop, step.number) for step in self.steps]
        if self.goal_mg == 0:
            drops.append((self.summary.last_drop, len(self.steps) + 1))
        return max(drops, key=lambda pair: (pair[0], pair[1]))[1]
