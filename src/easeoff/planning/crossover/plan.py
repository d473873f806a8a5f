"""From exchanges to the plan that people read. Doses count in mg of the outgoing medicine; every portion names its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from easeoff.medicines import load_bands
from easeoff.medicines.model import Confidence, Formulary, Provenance
from easeoff.planning.build import intakes_of
from easeoff.planning.cited import least_sure
from easeoff.planning.crossover.crossing import Crossing, Side, Stage, made_by_itself
from easeoff.planning.methods.crossover import counted, crossover_choices
from easeoff.planning.methods.registry import record_for
from easeoff.planning.plan import (
    CitedSource,
    Crossover,
    EffectKind,
    Intake,
    Limits,
    Method,
    Plan,
    Portion,
    Status,
    Step,
    Summary,
    TableFigure,
)
from easeoff.planning.request import NO_SETTINGS, CrossoverWish, IntakeDose, MethodName, TaperRequest
from easeoff.planning.solving.kits import Portions
from easeoff.planning.supply import supply_until_review
from easeoff.planning.version import ENGINE_VERSION
from easeoff.quantities import format_mg, from_grid, rounded, to_grid

_PLACES = 2


@dataclass(frozen=True, slots=True)
class CrossoverDraft:
    """Stages with everything they were found from. ``formulary`` holds the products of both medicines."""

    request: TaperRequest
    wish: CrossoverWish
    formulary: Formulary
    crossing: Crossing
    stages: tuple[Stage, ...]
    figures: tuple[TableFigure, ...]
    span: tuple[Decimal, Decimal] | None
    table: str

    @property
    def days(self) -> int:
        """Days between two exchanges."""
        return self.request.every or crossover_choices().days


def build_crossover(draft: CrossoverDraft) -> Plan:
    """The plan as immutable values, with a prescriber from the start. Findings are added by whoever reviews it."""
    request, stages = draft.request, draft.stages
    near = min(request.review, len(stages))
    steps = tuple(_step(draft, number, stage, near) for number, stage in enumerate(stages, 1))
    before_last = draft.days * (len(steps) - 1)
    return Plan(
        engine_version=ENGINE_VERSION,
        data_version=draft.formulary.data_version,
        created_on=request.today,
        request=request,
        status=Status.WITH_PRESCRIBER,
        version=1,
        replaces="",
        events=(),
        medicine=draft.formulary.medicine.name,
        country=draft.formulary.country,
        method=_method(draft),
        interval_days=draft.days,
        start_dose_mg=request.dose,
        steps=steps,
        goal_mg=steps[-1].dose_mg,
        arrives_on=_after(request.start, before_last) if near == len(steps) else None,
        review_on=_after(request.start, draft.days * near),
        summary=_summary(steps, before_last),
        supply=supply_until_review(draft.formulary, steps, near),
        findings=(),
        sources=_sources(draft, steps),
        crossover=_crossover(draft),
    )


def _method(draft: CrossoverDraft) -> Method:
    wish, medicine = draft.wish, draft.formulary.medicine.name
    about = record_for(MethodName.CROSSOVER, NO_SETTINGS).about
    order = "The dose of the night is exchanged first, then the doses of the day from late to early."
    return Method(
        MethodName.CROSSOVER,
        f"{format_mg(draft.request.dose)} of {medicine} a day counted as {format_mg(wish.mg)} of {wish.medicine}, "
        "as the prescriber entered it",
        Limits(percent_of_start=crossover_choices().most_loss_percent),
        None,
        (order, crossover_choices().basis),
        about=about,
    )


def _step(draft: CrossoverDraft, number: int, stage: Stage, near: int) -> Step:
    request, days = draft.request, draft.days
    start, begins = to_grid(request.dose), None
    if number <= near:
        begins = _after(request.start, days * (number - 1))
    last = number == len(draft.stages)
    intakes = tuple(_intakes(draft, stage))
    portions = [portion for intake in intakes for portion in intake.portions]
    drop = percent_lost(stage, start)
    return Step(
        number=number,
        start=begins,
        end=None if last else _after(begins, days - 1),
        days=days,
        dose_mg=from_grid(stage.total),
        low_mg=sum((p.low_mg for p in portions), Decimal(0)),
        high_mg=sum((p.high_mg for p in portions), Decimal(0)),
        ideal_mg=from_grid(stage.total + stage.lost),
        intakes=intakes,
        effect=_percent(stage.total, start),
        drop=drop,
        worst_drop=None,
        percent_of_start=_percent(stage.total, start),
        within=drop <= crossover_choices().most_loss_percent,
        distinct=True,
        because=(_because(draft, stage),),
    )


def _because(draft: CrossoverDraft, stage: Stage) -> str:
    medicine, wish = draft.formulary.medicine.name, draft.wish
    place, exchange = stage.exchange.place, stage.exchange
    at = draft.crossing.times[place]
    before = 0
    for earlier in draft.stages:
        if earlier is stage:
            break
        before = earlier.incoming[place]
    fallen, risen = exchange.before - exchange.after, stage.incoming[place] - before
    return (
        f"{f'At {at}: ' if at else ''}{format_mg(from_grid(fallen))} of {medicine} less, "
        f"{format_mg(from_grid(risen))} of {wish.medicine} more."
    )


def _intakes(draft: CrossoverDraft, stage: Stage) -> Iterator[Intake]:
    times, bands = draft.crossing.times, load_bands()
    first = intakes_of(times, [outgoing for outgoing, _ in stage.portions], bands)
    other = intakes_of(times, [incoming for _, incoming in stage.portions], bands)
    for place, (left, new) in enumerate(zip(first, other, strict=True)):
        named = _of(left, draft.formulary.medicine.name)
        yield Intake(left.time, (*named, *_counted(draft, new, stage.portions[place][1])))


def starting_intakes(plan: Plan, outgoing: Side) -> tuple[Intake, ...] | None:
    """What was taken before a crossover, made from what is at hand of that medicine; ``None`` where that cannot be made."""
    today = plan.request.intakes or (IntakeDose("", plan.start_dose_mg),)
    made = made_by_itself(outgoing, [to_grid(intake.mg) for intake in today])
    if made is None:
        return None
    intakes = intakes_of([intake.time for intake in today], made, load_bands())
    return tuple(Intake(intake.time, _of(intake, plan.medicine)) for intake in intakes)


def _of(intake: Intake, medicine: str) -> tuple[Portion, ...]:
    """Its portions with the medicine's name."""
    return tuple(replace(p, medicine=medicine, how=_named(p.how, medicine)) for p in intake.portions)


def _counted(draft: CrossoverDraft, intake: Intake, made: Portions) -> Iterator[Portion]:
    """The incoming portions counted in the outgoing medicine, so that they add up to what the whole intake counts as."""
    ratio, passed = draft.crossing.ratio, 0
    for portion, choice in zip(intake.portions, made, strict=True):
        upto = counted(passed + choice.equivalent, ratio)
        share = upto - counted(passed, ratio)
        passed += choice.equivalent
        low, high = (counted(to_grid(mg), ratio) for mg in (portion.low_mg, portion.high_mg))
        yield replace(
            portion,
            equivalent_mg=from_grid(share),
            low_mg=from_grid(low),
            high_mg=from_grid(high),
            medicine=draft.wish.medicine,
            how=_named(portion.how, draft.wish.medicine),
        )


def _named(how: str, medicine: str) -> str:
    """How to take it, led by the medicine: two are at home at once."""
    return f"{medicine.capitalize()}: {how[:1].lower()}{how[1:]}" if how else ""


def _summary(steps: Sequence[Step], days: int) -> Summary:
    return Summary(
        steps=len(steps),
        days=days,
        largest_drop=max(step.drop for step in steps),
        last_drop=steps[-1].drop,
        worst_last_drop=None,
        effect_kind=EffectKind.PERCENT_OF_START,
        within_limit=all(step.within for step in steps),
        products=tuple(sorted({p.product for s in steps for i in s.intakes for p in i.portions})),
        mean_gap_to_ideal=rounded(sum((s.drop for s in steps), Decimal(0)) / len(steps), _PLACES),
        checked_steps=False,
        checked_largest_drop=False,
        checked_handling=False,
    )


def _crossover(draft: CrossoverDraft) -> Crossover:
    choices, last = crossover_choices(), draft.stages[-1]
    low, high = draft.span or (None, None)
    return Crossover(
        medicine=draft.wish.medicine,
        mg=draft.wish.mg,
        table=draft.table,
        figures=draft.figures,
        low_mg=low,
        high_mg=high,
        kept_mg=from_grid(sum(last.outgoing)),
        arrives_mg=from_grid(sum(last.incoming)),
        check_days=(choices.check_from, choices.check_to),
    )


def _sources(draft: CrossoverDraft, steps: Sequence[Step]) -> tuple[CitedSource, ...]:
    return least_sure(draft.formulary, _used(draft, steps))


def _used(draft: CrossoverDraft, steps: Sequence[Step]) -> Iterator[Provenance]:
    about = record_for(MethodName.CROSSOVER, NO_SETTINGS).about
    yield from (Provenance(source, Confidence(about.confidence)) for source in about.sources)
    yield from (Provenance(f.source, Confidence(f.confidence)) for f in draft.figures if f.usable)
    portions = [p for s in steps for i in s.intakes for p in i.portions]
    for product_id in {p.product for p in portions}:
        yield Provenance(draft.formulary.product(product_id).source, Confidence.READ)
    devices = {p.device for p in portions}
    for device in draft.formulary.devices:
        if device.id in devices:
            yield from device.provenance
    yield Provenance("project_choice", Confidence.PROJECT_CHOICE)


def percent_lost(stage: Stage, start: int) -> Decimal:
    """What an exchange loses by rounding, in percent of the day's dose at the ``start`` (grid units)."""
    return _percent(stage.lost, start)


def _percent(part: int, whole: int) -> Decimal:
    return rounded(Decimal(part) * 100 / whole, _PLACES)


def _after(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days)
