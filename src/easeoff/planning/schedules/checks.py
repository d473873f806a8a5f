"""What a schedule is held to: rises, doses nothing listed makes, the class's pace, and the last drop.

Somebody else's schedule is shown with what it breaks, never repaired in silence and never turned into a stop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from easeoff.medicines.model import Formulary, Policy, Product, Release, Tier
from easeoff.pharmacology import ShareOfStart, planning_curve
from easeoff.planning.findings import Finding, Level
from easeoff.planning.forms import StartForm, usable_products
from easeoff.planning.methods import Approach, choose_approach
from easeoff.planning.pace import no_pace_reason, pace_for
from easeoff.planning.plan import EffectKind, Limits
from easeoff.planning.request import TaperRequest
from easeoff.planning.rules import StepRule
from easeoff.planning.schedules.model import Entry, Schedule
from easeoff.planning.solving.larder import AtHand, Larder
from easeoff.planning.solving.search import Search
from easeoff.quantities import format_mg, format_percent, from_grid, plain, to_grid

#: Doses named in one sentence; more are counted. Project choice.
_MOST_NAMED = 6


def check_schedule(
    schedule: Schedule,
    formulary: Formulary,
    today: date,
    *,
    listed: bool = True,
    form: StartForm | None = None,
) -> tuple[Finding, ...]:
    """Every finding on ``schedule``. Without ``listed`` nothing is said of what can be made in the formulary's country.

    Where ``form`` is not known, limits are those of the form that has a curve, and a dose can be made if any form makes it. The pace
    is the gentlest of the class, because nothing is known of the person.
    """
    request = TaperRequest(
        formulary.medicine.name, schedule.start_mg, formulary.country, today, tier=Tier.SPECIAL
    )
    found = [*_who(formulary), *_rises(schedule), *_alternate(schedule, formulary), *_single_cut(schedule)]
    approach = _approach(formulary, request, form or _studied_form(formulary))
    if approach is None:
        found.append(Finding("schedule-no-pace", Level.NOTE, no_pace_reason(formulary.medicine), ("H-013",)))
    else:
        found += [
            *_drops(schedule, approach),
            *_last_drop(schedule, approach),
            *_intervals(schedule, approach),
        ]
    if listed:
        forms = (form,) if form is not None else _listed_forms(formulary)
        found += _unmakeable(schedule, formulary, request, forms)
    return tuple(found)


def _studied_form(formulary: Formulary) -> StartForm:
    releases = (Release.IR, Release.MR, Release.GR)
    release = next((r for r in releases if planning_curve(formulary.medicine, r.value)), Release.IR)
    return StartForm(release, "tablet", assumed=True)


def _listed_forms(formulary: Formulary) -> tuple[StartForm, ...]:
    taken = [
        p for p in formulary.products if p.tier is not None and p.route == "oral" and not p.combination_with
    ]
    return tuple(dict.fromkeys(StartForm(p.release, p.form_group) for p in taken))


def _who(formulary: Formulary) -> Iterator[Finding]:
    medicine = formulary.medicine
    if medicine.policy is not Policy.WITH_PRESCRIBER:
        yield Finding("schedule-policy", Level.WARN, medicine.policy_reason, ("H-013",),
                      (medicine.policy_provenance.source,))  # fmt: skip


def _rises(schedule: Schedule) -> Iterator[Finding]:
    rises = [(a, b) for a, b in pairwise(schedule.entries) if b.dose_mg > a.dose_mg]
    if rises:
        yield Finding("schedule-rise", Level.WARN, f"The dose goes up: {_named(rises)}. Check that this is meant.",
                      ("H-002", "H-023"))  # fmt: skip


def _alternate(schedule: Schedule, formulary: Formulary) -> Iterator[Finding]:
    if not any(entry.alternate_days for entry in schedule.entries):
        return
    name = formulary.medicine.name
    if formulary.medicine.alternate_day:
        yield Finding("schedule-alternate-days", Level.NOTE,
                      f"On some days more is taken than on others. For {name} that is allowed on record, because it leaves the body slowly.",
                      ("H-039",))  # fmt: skip
    else:
        yield Finding("schedule-alternate-days", Level.WARN,
                      f"On some days more is taken than on others. No record allows that for {name}: the level in the body swings from day to day.",
                      ("H-039",))  # fmt: skip


def _single_cut(schedule: Schedule) -> Iterator[Finding]:
    if len(schedule.entries) == 2 and schedule.ends_at_zero:
        yield Finding("schedule-single-cut", Level.WARN,
                      "This is one cut to nothing. Coming off needs more than one cut.", ("H-040",))  # fmt: skip


def _approach(formulary: Formulary, request: TaperRequest, form: StartForm) -> Approach | None:
    pace = pace_for(formulary.medicine, request)
    if pace is None:
        return None
    return choose_approach(formulary, request, pace, form, gentle=True, smallest=None)


def _drops(schedule: Schedule, approach: Approach) -> Iterator[Finding]:
    """Every cut but the last one to nothing that is larger than the class's pace."""
    cuts = [(a, b) for a, b in pairwise(schedule.entries) if b.dose_mg < a.dose_mg]
    over = [(a, b) for a, b in cuts if b.dose_mg > 0 and not _allowed(approach, a, b)]
    if not over:
        return
    count = f"{len(over)} of {len(cuts)} cuts are" if len(over) > 1 else f"1 of {len(cuts)} cuts is"
    if len(cuts) == 1:
        count = "The only cut is"
    yield Finding(
        "schedule-above-pace", Level.WARN,
        f"{count} larger than the gentlest pace we use for this class ({limits_words(approach.method.limits)}): {_named(over)}.",
        ("H-033",), approach.pace.sources,
    )  # fmt: skip


def _last_drop(schedule: Schedule, approach: Approach) -> Iterator[Finding]:
    before = schedule.entries[-2]
    if not schedule.ends_at_zero or _allowed(approach, before, schedule.entries[-1]):
        return
    drop = Decimal(approach.rule.drop(to_grid(before.dose_mg), 0)) / 10**6
    unit = "points" if approach.effect_kind is EffectKind.OCCUPANCY_POINTS else "% of the starting dose"
    yield Finding(
        "schedule-cliff", Level.WARN,
        f"The last cut, from {format_mg(before.dose_mg)} to nothing, is a drop of {plain(drop.quantize(Decimal('0.1')))} {unit}. "
        f"The gentlest pace we use for this class is {limits_words(approach.method.limits)}. Ask for smaller last doses.",
        ("H-040",), approach.pace.sources,
    )  # fmt: skip


def _allowed(approach: Approach, a: Entry, b: Entry) -> bool:
    return approach.rule.allows(to_grid(a.dose_mg), to_grid(b.dose_mg))


def limits_words(limits: Limits) -> str:
    """The limits of a step in a few words."""
    words = []
    if limits.points is not None:
        words.append(f"at most {plain(limits.points)} points")
    if limits.percent_of_current is not None:
        words.append(
            f"{'' if words else 'at most '}{format_percent(limits.percent_of_current)} of the current dose"
        )
    if limits.percent_of_start is not None:
        words.append(
            f"{'' if words else 'at most '}{format_percent(limits.percent_of_start)} of the starting dose"
        )
    if limits.mg is not None:
        words.append(f"{'' if words else 'at most '}{format_mg(limits.mg)}")
    if limits.first_cut_percent is not None:
        words.append(f"first cut {format_percent(limits.first_cut_percent)}")
    ends = (
        []
        if limits.tail_percent_of_start is None
        else [f"{format_percent(limits.tail_percent_of_start)} of the starting dose"]
    )
    if limits.last_steps_mg is not None:
        ends.append(format_mg(limits.last_steps_mg))
    if ends:
        words.append(f"in the last part {' and '.join(ends)}")
    return ", ".join(words)


def _intervals(schedule: Schedule, approach: Approach) -> Iterator[Finding]:
    shortest = approach.pace.days_range[0]
    short = [e for e in schedule.entries if e.days and e.dose_mg > 0 and e.days < shortest]
    if short:
        least = min(e.days or 0 for e in short)
        yield Finding(
            "schedule-short-steps", Level.WARN,
            f"{len(short)} {'dose is' if len(short) == 1 else 'doses are'} kept for less than {shortest} days (the shortest: {least}), "
            f"which is the shortest step we use for this class.",
            ("H-033", "H-041"), approach.pace.sources,
        )  # fmt: skip


def _unmakeable(
    schedule: Schedule, formulary: Formulary, request: TaperRequest, forms: Sequence[StartForm]
) -> Iterator[Finding]:
    wanted = {to_grid(mg) for e in schedule.entries if not e.alternate_days for mg in _at_a_time(e) if mg > 0}
    if not forms:
        yield Finding("schedule-not-listed", Level.WARN,
                      f"Nothing that may be planned with is listed in {formulary.country} for this medicine.", ("H-034",))  # fmt: skip
        return
    if not wanted:
        return  # averages only: what is taken on one day is not written
    missing, helped = set(wanted), set[int]()
    for form in forms:
        products = usable_products(formulary, request, form)
        licensed = tuple(p for p in products if p.tier is Tier.LICENSED)
        missing -= _makeable(licensed, formulary, form, max(wanted), halves=False)
        helped |= _makeable(products, formulary, form, max(wanted), halves=True) if missing else set()
    helped &= missing
    if helped:
        yield Finding(
            "schedule-hard-to-make", Level.NOTE,
            f"{_doses(helped)}: licensed products in {formulary.country} do not make {_it(helped)} from whole pieces or on a syringe. A "
            "special liquid, or halves that a pharmacist confirms, would.", ("H-034",),
        )  # fmt: skip
    if missing - helped:
        left = missing - helped
        yield Finding(
            "schedule-unmakeable", Level.WARN,
            f"{_doses(left)}: no product listed in {formulary.country} makes {_it(left)}, with up to two products and four pieces at one "
            "time.", ("H-034",),
        )  # fmt: skip


def _at_a_time(entry: Entry) -> tuple[Decimal, ...]:
    """What is taken at one time: the parts of the day where they were written, else the whole dose."""
    return tuple(taking.mg for taking in entry.takings) or (entry.dose_mg,)


def _makeable(
    products: tuple[Product, ...], formulary: Formulary, form: StartForm, highest: int, *, halves: bool
) -> set[int]:
    """Every dose up to ``highest`` that these products make with the usual syringes, in grid units."""
    devices = tuple(device for device in formulary.devices if device.default)
    at_hand = AtHand(products, devices, halves=halves, max_products=2, max_pieces=4)
    # A search makes only what is below its start: one unit more lets the highest dose in.
    start = highest + 1
    search = Search(Larder(formulary, form), StepRule(ShareOfStart(start), start), (start,), 0)
    return set(search.makeable(at_hand)) if products else set()


def _it(doses: set[int]) -> str:
    return "it" if len(doses) == 1 else "them"


def _doses(units: set[int]) -> str:
    ordered = sorted(units, reverse=True)
    shown = ", ".join(format_mg(from_grid(u)) for u in ordered[:_MOST_NAMED])
    more = len(ordered) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _named(cuts: Sequence[tuple[Entry, Entry]]) -> str:
    shown = "; ".join(f"{format_mg(a.dose_mg)} to {format_mg(b.dose_mg)}" for a, b in cuts[:_MOST_NAMED])
    more = len(cuts) - _MOST_NAMED
    return f"{shown}; and {more} more" if more > 0 else shown
