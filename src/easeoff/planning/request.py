"""What is asked for: typed, frozen, and all of it kept in the plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from easeoff.medicines.model import Tier


class MethodName(StrEnum):
    """What limits a step. Only *occupancy* may be called hyperbolic."""

    OCCUPANCY = "occupancy"
    PERCENT_CURRENT = "percent-current"
    PERCENT_START = "percent-start"
    FIXED = "fixed"
    BANDS = "bands"
    SLIDE = "slide"
    MICRO = "micro"
    TABLE = "table"
    CROSSOVER = "crossover"


class Base(StrEnum):
    """What a percentage is of. A percentage without its base means nothing."""

    CURRENT = "current"
    START = "start"
    BLOCK = "block"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class BandCut:
    """Above ``above_mg`` one cut takes at most ``cut_mg`` and stops at that edge; ``days`` ``None`` means as for the others."""

    above_mg: Decimal
    cut_mg: Decimal
    days: int | None = None


@dataclass(frozen=True, slots=True)
class MethodSettings:
    """What some methods need beyond a limit and an interval; ``None`` or empty means not said.

    ``schedule`` is the id of a published schedule. ``cuts`` and ``hold`` (days more after the last cut) shape a block of the slide.
    ``half_then`` is the percent of the starting dose from which a share is of that level. ``ramp`` are intervals in days that shorten,
    only when asked for, after each pair of easy cuts. ``at_least`` is the least length of the whole in days. ``unit`` is the smallest
    piece in mg at half of which halving ends.
    """

    base: Base | None = None
    bands: tuple[BandCut, ...] = ()
    schedule: str | None = None
    cuts: int | None = None
    hold: int | None = None
    half_then: Decimal | None = None
    ramp: tuple[int, ...] = ()
    at_least: int | None = None
    unit: Decimal | None = None


#: Nothing said.
NO_SETTINGS = MethodSettings()


class Pregnancy(StrEnum):
    """Answers to: pregnant, could be, or breastfeeding?"""

    NO = "no"
    PREGNANT = "pregnant"
    POSSIBLE = "possible"
    TRYING = "trying"
    BREASTFEEDING = "breastfeeding"


class Indication(StrEnum):
    """What the medicine was prescribed for."""

    DEPRESSION = "depression"
    ANXIETY = "anxiety"
    OCD = "ocd"
    PTSD = "ptsd"
    SLEEP = "sleep"
    PAIN = "pain"
    PSYCHOSIS = "psychosis"
    BIPOLAR = "bipolar"
    EPILEPSY = "epilepsy"
    ALCOHOL = "alcohol"
    MUSCLE_SPASM = "spasm"
    MENOPAUSE = "menopause"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Person:
    """What has been said of the person. ``None`` means not answered, which is never read as "no".

    ``others`` are the other medicines taken, in lower case; an empty tuple means none, ``None`` not answered.
    ``tapering`` are those that are being reduced now. ``years`` is how long the medicine has been taken; ``alcohol_units`` is a week's.
    """

    indication: Indication | None = None
    age: int | None = None
    pregnancy: Pregnancy | None = None
    years: Decimal | None = None
    days_a_week: int | None = None
    steady: bool | None = None
    others: tuple[str, ...] | None = None
    alcohol_units: Decimal | None = None
    alcohol_dependence: bool | None = None
    drugs: bool | None = None
    seizures: bool | None = None
    past_withdrawal: bool | None = None
    psychosis: bool | None = None
    suicidal: bool | None = None
    crisis: bool | None = None
    liver: bool | None = None
    kidney: bool | None = None
    heart: bool | None = None
    breathing: bool | None = None
    relapse_plan: bool | None = None
    tapering: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A prescriber takes responsibility for lifting the stops. Shown on every page and paper."""

    name: str
    role: str
    registration: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class IntakeDose:
    """How much is taken now at one time of day. ``time`` is ``HH:MM``, or ``""`` for "once a day, no time said"."""

    time: str
    mg: Decimal


@dataclass(frozen=True, slots=True)
class CrossoverWish:
    """Another medicine in place of today's, portion by portion, as the prescriber enters it; the equivalent is never ours.

    ``mg`` of ``medicine`` a day stand for the whole of today's dose, by ``table``: a named table on record, or ``"prescriber"``
    for the prescriber's own judgement. Each time of day is exchanged in ``parts`` equal parts; ``None``: in one where there are several
    times of day, in two where there is only one, so that not everything changes on one day.
    """

    medicine: str
    mg: Decimal
    table: str
    parts: int | None = None


@dataclass(frozen=True, slots=True)
class TaperRequest:
    """One wish, complete. Amounts in mg; ``every`` in days; ``today`` is given, never read from a clock.

    ``form`` is the form taken now, such as ``"MR capsule"`` or ``"tablet"``. ``limit`` is in the unit of the method:
    points, percent, or mg. ``end_dose`` ends the percent-of-current part. ``goal`` ``None`` means not said.
    ``reduce_first`` is the time of day whose dose goes first, ``None`` for all evenly. ``settings`` are what some methods need besides.
    ``crossover`` belongs to the method of that name; ``goal`` is then how much of today's medicine stays.
    ``products`` and ``devices`` restrict what is at hand to these ids; ``None`` does not restrict.
    """

    medicine: str
    dose: Decimal
    country: str
    today: date
    form: str | None = None
    intakes: tuple[IntakeDose, ...] = ()
    method: MethodName | None = None
    limit: Decimal | None = None
    cap: Decimal | None = None
    every: int | None = None
    end_dose: Decimal | None = None
    goal: Decimal | None = None
    tier: Tier = Tier.LICENSED
    products: tuple[str, ...] | None = None
    devices: tuple[str, ...] | None = None
    halves: bool = False
    max_products: int = 2
    max_pieces: int = 4
    start: date | None = None
    review: int = 3
    person: Person = field(default_factory=Person)
    override: Override | None = None
    reduce_first: str | None = None
    settings: MethodSettings = NO_SETTINGS
    crossover: CrossoverWish | None = None
