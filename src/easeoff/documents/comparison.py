"""Schedules laid side by side: what each step takes away, the worst, the last, and what each breaks. Shown, not advised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from easeoff.documents.jsontext import JsonValue, json_text
from easeoff.documents.schedulefile import PlannedSchedule
from easeoff.documents.sourcing import confidence_words
from easeoff.documents.wording import days_text, drop_text, unit_of
from easeoff.medicines import countries, load_formulary, load_medicine, load_sources
from easeoff.medicines.schedules import PublishedSchedule
from easeoff.planning.findings import Finding
from easeoff.planning.plan import EffectKind
from easeoff.planning.schedules.checks import check_schedule
from easeoff.planning.schedules.measures import Measured, MeasuredStep, measure, measures_for, over_band
from easeoff.planning.schedules.model import Schedule
from easeoff.planning.schedules.published import from_published
from easeoff.quantities import format_mg, format_percent, plain, rounded

COMPARISON_FORMAT = "easeoff-comparison/1"
WRITTEN_NOT_ADVICE = "This is what was written, not advice."
WHAT_POINTS_MEAN = (
    "100 points are what the starting dose is expected to do on its main target in the brain. A drop of 20 points takes a fifth of that "
    "away. The figures are averages over people, from a published curve."
)
WHAT_PERCENT_MEANS = (
    "No published curve may be used here, so drops are in percent of the starting dose. That says how much less is taken, and not how "
    "much less it does."
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One schedule of a comparison. ``title`` says whose it is; ``origin`` its source and how sure we are of it, empty for a pasted one.

    ``products`` are ids of what a plan uses. ``checked_in`` is the country whose list the doses were held against, empty for none.
    """

    title: str
    measured: Measured
    findings: tuple[Finding, ...]
    origin: str
    caution: str
    note: str
    products: tuple[str, ...]
    checked_in: str

    @property
    def schedule(self) -> Schedule:
        """The schedule itself."""
        return self.measured.schedule


def compare_written(schedule: Schedule, country: str, today: date) -> Compared:
    """A pasted schedule. ``country`` may be empty: then nothing is said of what can be made."""
    return _compared(schedule.name, schedule, country, today)


def compare_published(record: PublishedSchedule, medicine: str | None, country: str, today: date) -> Compared:
    """A published one; ``medicine`` is whom a rule for any medicine is laid beside."""
    source = next(s for s in load_sources() if s.id == record.provenance.source)
    origin = f"{source.title} ({confidence_words(record.provenance.confidence)})"
    fits = medicine is not None and record.is_for(load_medicine(medicine))
    schedule = from_published(record, medicine if fits else None)
    return _compared(
        f"{record.id}: {record.title}",
        schedule,
        country,
        today,
        origin,
        record.caution,
        " ".join(filter(None, (record.provenance.note, side_by_side(record)))),
    )


def side_by_side(record: PublishedSchedule) -> str:
    """What a published change of medicine has on one clock, as its source gives it; empty for one medicine alone."""
    rows = [_on_one_clock(record, place) for place in range(len(record.steps))] if record.beside else []
    if not rows:
        return ""
    return f"Side by side, as the source has it: {'; '.join(rows)}. Nothing of it is worked out by us."


def _on_one_clock(record: PublishedSchedule, place: int) -> str:
    steps = [(record.medicine or "", record.steps), *record.beside]
    doses = " and ".join(f"{name} {format_mg(of[min(place, len(of) - 1)].mg)}" for name, of in steps)
    days = record.steps[place].days
    return f"{doses} for {days_text(days)}" if days else f"then {doses}"


def compare_plan(planned: PlannedSchedule, country: str, today: date) -> Compared:
    """A plan of ours, in the form that it is taken in."""
    schedule, products = planned.schedule, planned.plan.summary.products
    where = country or planned.plan.country
    medicine = load_medicine(str(schedule.medicine))
    measured = measure(schedule, measures_for(medicine, schedule.start_mg, planned.release, planned.factor))
    same = where == planned.plan.country
    findings = _findings(schedule, where, today, planned if same else None)
    return Compared(schedule.name, measured, findings, "A plan made with Easeoff", "", "", products, where)


def _compared(
    title: str,
    schedule: Schedule,
    country: str,
    today: date,
    origin: str = "",
    caution: str = "",
    note: str = "",
) -> Compared:
    medicine = None if schedule.medicine is None else load_medicine(schedule.medicine)
    measured = measure(schedule, measures_for(medicine, schedule.start_mg))
    findings = _findings(schedule, country, today, None)
    return Compared(title, measured, findings, origin, caution, note, (), country)


def _findings(
    schedule: Schedule, country: str, today: date, planned: PlannedSchedule | None
) -> tuple[Finding, ...]:
    if schedule.medicine is None:
        return ()
    # Pace and limits are the same in every country; only what is listed is not.
    formulary = load_formulary(schedule.medicine, country or next(iter(countries())))
    form = None if planned is None else planned.form
    return check_schedule(schedule, formulary, today, listed=bool(country), form=form)


def figures(compared: Compared) -> tuple[tuple[str, str], ...]:
    """The summary of one schedule as labels and words, the same labels for every schedule."""
    measured, schedule = compared.measured, compared.schedule
    largest, last = measured.largest_step, measured.last_step
    cuts = len(schedule.entries) - 1
    rows = [
        ("Starts at", format_mg(schedule.start_mg)),
        ("Changes of dose", str(cuts)),
        ("Days with an end", days_text(measured.days)),
        ("Largest drop", f"{change_text(largest, measured.kind)}, {_leads_to(measured)}"),
        (
            "Last drop, to nothing",
            "not said how it ends" if last is None else change_text(last, measured.kind),
        ),
        (
            "The last drop over other curves",
            "no curve" if last is None or last.high_drop is None else _band(last),
        ),
        ("The largest drop over other curves", _worst(measured)),
        ("Checked against the list of", countries().get(compared.checked_in, "no country: none was chosen")),
    ]
    if compared.products:
        rows.append(("Products", ", ".join(compared.products)))
    return tuple(rows)


def _leads_to(measured: Measured) -> str:
    step = measured.largest_step
    before = measured.steps[measured.largest - 1].entry
    return f"from {format_mg(before.dose_mg)} to {format_mg(step.entry.dose_mg)}"


def _band(step: MeasuredStep) -> str:
    assert step.low_drop is not None and step.high_drop is not None
    return f"{plain(rounded(step.low_drop, 1))} to {plain(rounded(step.high_drop, 1))} points"


def _worst(measured: Measured) -> str:
    worst = over_band(measured.steps)
    return "no curve" if worst is None else drop_text(worst, EffectKind.OCCUPANCY_POINTS)


def change_text(step: MeasuredStep, kind: EffectKind) -> str:
    """A drop with its unit; a rise is called one."""
    drop = step.drop or Decimal(0)
    if drop < 0:
        figure = rounded(-drop, 1)
        return f"a rise of {plain(figure)} {unit_of(kind, figure)}"
    return drop_text(drop, kind)


@dataclass(frozen=True, slots=True)
class Line:
    """One dose in words: the dose, how long, and what the change to it takes away."""

    dose: str
    days: str
    drop: str
    of_current: str
    of_start: str
    band: str
    largest: bool


def lines_of(measured: Measured) -> tuple[Line, ...]:
    """Every dose of a schedule in words."""
    return tuple(_line(measured, number, step) for number, step in enumerate(measured.steps))


def _line(measured: Measured, number: int, step: MeasuredStep) -> Line:
    entry = step.entry
    alternate = ", on average over alternate days" if entry.alternate_days else ""
    days = "before" if entry.days == 0 else "from then on" if entry.days is None else days_text(entry.days)
    return Line(
        dose=f"{format_mg(entry.dose_mg)}{alternate}",
        days=days,
        drop="" if step.drop is None else change_text(step, measured.kind),
        of_current=""
        if step.percent_of_current is None
        else format_percent(rounded(step.percent_of_current, 1)),
        of_start="" if step.percent_of_start is None else format_percent(rounded(step.percent_of_start, 1)),
        band="" if step.low_drop is None else _band(step),
        largest=number == measured.largest,
    )


def meaning(all_compared: Sequence[Compared]) -> tuple[str, ...]:
    """What the figures of these schedules mean, in plain words."""
    kinds = {compared.measured.kind for compared in all_compared}
    sentences = []
    if EffectKind.OCCUPANCY_POINTS in kinds:
        sentences.append(WHAT_POINTS_MEAN)
    if EffectKind.PERCENT_OF_START in kinds:
        sentences.append(WHAT_PERCENT_MEANS)
    if len(kinds) > 1:
        sentences.append("Points and percent are not the same thing and cannot be set against each other.")
    return tuple(sentences)


def comparison_json(all_compared: Sequence[Compared]) -> str:
    """The comparison as ``easeoff-comparison/1``: doses as decimal strings in mg, figures as numbers."""
    return json_text(
        {
            "format": COMPARISON_FORMAT,
            "words": WRITTEN_NOT_ADVICE,
            "schedules": [_object(compared) for compared in all_compared],
        }
    )


def _object(compared: Compared) -> dict[str, JsonValue]:
    measured, schedule = compared.measured, compared.schedule
    last = measured.last_step
    return {
        "title": compared.title,
        "medicine": schedule.medicine,
        "origin": compared.origin,
        "caution": compared.caution,
        "complete": schedule.complete,
        "effect_kind": measured.kind,
        "days": measured.days,
        "largest_drop": measured.largest_step.drop,
        "largest_at": measured.largest,
        "last_drop": None if last is None else last.drop,
        "last_drop_band": None if last is None or last.low_drop is None else [last.low_drop, last.high_drop],
        "worst_drop": over_band(measured.steps),
        "products": list(compared.products),
        "checked_in": compared.checked_in or None,
        "steps": [_step_object(step) for step in measured.steps],
        "findings": [
            {
                "rule": f.rule,
                "level": f.level,
                "text": f.text,
                "hazards": list(f.hazards),
                "sources": list(f.sources),
            }
            for f in compared.findings
        ],
    }


def _step_object(step: MeasuredStep) -> dict[str, JsonValue]:
    return {
        "dose_mg": plain(step.entry.dose_mg),
        "days": step.entry.days,
        "alternate_days": step.entry.alternate_days,
        "intakes": [{"time": taking.when, "mg": plain(taking.mg)} for taking in step.entry.takings],
        "effect": step.effect,
        "drop": step.drop,
        "low_drop": step.low_drop,
        "high_drop": step.high_drop,
        "percent_of_current": step.percent_of_current,
        "percent_of_start": step.percent_of_start,
    }
