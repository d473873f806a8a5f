"""What must stop, warn or be said where one medicine takes the place of another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from easeoff.medicines import find_medicine, load_formulary
from easeoff.medicines.model import Formulary, Policy
from easeoff.planning.findings import Finding, Level
from easeoff.planning.lifecycle import Kind
from easeoff.planning.methods.crossover import crossover_choices
from easeoff.planning.plan import Plan, TableFigure
from easeoff.planning.request import CrossoverWish, TaperRequest
from easeoff.quantities import format_mg, format_percent, rounded
from easeoff.safety.equivalents import MOST_DIAZEPAM_EQUIVALENT_MG, diazepam_equivalent
from easeoff.safety.families import families_of
from easeoff.safety.parts import TODAY, Case, note, warn
from easeoff.safety.review_guards import guards, went_back
from easeoff.safety.review_products import any_products
from easeoff.safety.screening import apply_override, screen
from easeoff.safety.washouts import washout_between

_SEDATIVES = frozenset({"benzodiazepine", "z_drug"})
_HAZARD = ("H-015",)


def may_cross(outgoing: Formulary, incoming: Formulary) -> bool:
    """Whether a crossover between these two is ever computed: benzodiazepines and z-drugs only."""
    return all(_SEDATIVES & families_of(f.medicine) for f in (outgoing, incoming))


def has_maoi(outgoing: Formulary, incoming: Formulary) -> bool:
    """Whether one of the two is an MAO inhibitor, which never overlaps with anything here."""
    return any("maoi" in families_of(f.medicine) for f in (outgoing, incoming))


def maoi_overlap(outgoing: Formulary, incoming: Formulary, request: TaperRequest) -> Finding:
    """The stop for a change to or from an MAO inhibitor, with the washout where one is on record."""
    stopped, started = outgoing.medicine.name, incoming.medicine.name
    record = washout_between(stopped, started)
    gap = (
        f"The record we have gives at least {record.days} days between the last dose of {stopped} and the first of {started}."
        if record is not None
        else f"How many days must lie between {stopped} and {started} is not on record here, so none is told."
    )
    return Case(outgoing, request).stop(
        "maoi-overlap",
        f"An MAO inhibitor and another medicine of this kind must never overlap: together they can be deadly. {gap} "
        "A specialist plans this change.",
        contact="your prescriber or specialist",
        by=TODAY,
        hazards=("H-013", "H-014", "H-019"),
        sources=("psychiatrienet",),
        liftable=False,
    )


def screen_crossover(outgoing: Formulary, incoming: Formulary, request: TaperRequest) -> tuple[Finding, ...]:
    """Stops and warnings of the change itself; an override in the request has been applied."""
    assert request.crossover is not None
    case = Case(outgoing, request)
    found = (*_stops(case, incoming, request.crossover), *_warnings(case, request.crossover))
    return apply_override(found, request.override)


def _stops(case: Case, incoming: Formulary, wish: CrossoverWish) -> Iterator[Finding]:
    person, name = case.person, incoming.medicine.name
    if name == "diazepam":
        older = crossover_choices().older_age
        reasons = (
            (f"You are {older} or over", person.age is not None and person.age >= older, ("project_choice",)),
            ("You have liver disease", bool(person.liver), ("prescqipp",)),
            ("You have a lung disease or sleep apnoea", bool(person.breathing), ("project_choice",)),
        )
        for reason, holds, sources in reasons:
            if holds:
                yield case.stop(
                    "crossover-to-diazepam",
                    f"{reason}. Diazepam stays in the body for days and builds up, so a specialist decides whether to "
                    "change over to it.",
                    contact="your prescriber or specialist",
                    hazards=("H-015", "H-019"),
                    sources=sources,
                )
    if incoming.medicine.policy is not Policy.WITH_PRESCRIBER:
        yield case.stop(
            "crossover-medicine",
            f"A change to {name} is not planned here. {incoming.medicine.policy_reason.strip()}",
            hazards=("H-013",),
            sources=(incoming.medicine.policy_provenance.source,),
        )
    equivalent = diazepam_equivalent(incoming, wish.mg)
    if equivalent is None and "benzodiazepine" in families_of(incoming.medicine):
        yield case.stop(
            "crossover-equivalent-unknown",
            f"No table that we may use says what {format_mg(wish.mg)} of {name} is in diazepam, so nobody can tell from it whether "
            "the dose is high.",
            hazards=("H-015", "H-035"),
        )
    elif equivalent is not None and equivalent[1] > MOST_DIAZEPAM_EQUIVALENT_MG:
        yield case.stop(
            "crossover-high-dose",
            f"{format_mg(wish.mg)} of {name} stands for up to {format_mg(rounded(equivalent[1], 1))} of diazepam a day. Above "
            f"{format_mg(MOST_DIAZEPAM_EQUIVALENT_MG)} a specialist plans it.",
            hazards=("H-015", "H-035"),
        )


def _warnings(case: Case, wish: CrossoverWish) -> Iterator[Finding]:
    medicine, choices = case.medicine.name, crossover_choices()
    yield warn(
        "crossover-with-prescriber",
        f"Changing from {medicine} to {wish.medicine} is done only with a prescriber, who has entered the equivalent and sees you "
        f"or rings you on day {choices.check_from} to {choices.check_to} after every exchange, before the next one.",
        (*_HAZARD, "H-019"),
        (choices.check_source, "project_choice"),
    )
    yield warn(
        "crossover-sedation",
        f"While you change over you take {medicine} and {wish.medicine} on the same day. Watch for sleepiness, unsteadiness, confusion "
        "or slow breathing, also days later. If someone cannot wake you easily, they ring the emergency number. Do not drive or use "
        "machines until your prescriber says that you may: in many countries it is against the law to drive while a medicine impairs you.",
        (*_HAZARD, "H-046"),
        ("fda_2020", "asam_2025"),
    )
    yield warn(
        "crossover-two-medicines",
        f"For some weeks both {medicine} and {wish.medicine} are at home. Keep the boxes apart and read the name on the box each time. "
        "Take back to the pharmacy what is left of the first one when it is done.",
        ("H-022", "H-023"),
    )


def outside_tables(
    wish: CrossoverWish, span: tuple[Decimal, Decimal] | None, named: TableFigure | None
) -> Finding | None:
    """The warning where the equivalent entered is not what the tables, or the one that was named, say."""
    entered = format_mg(wish.mg)
    if span is None:
        text = f"No table that may be used lists both medicines, so nothing on record stands beside the {entered} that were entered."
    elif not span[0] <= wish.mg <= span[1]:
        text = (
            f"The {entered} of {wish.medicine} that were entered lie outside all tables on record: they give {_span(*span)}. "
            "Look at the unit and the decimal point, and ask the prescriber again."
        )
    elif named is not None and not named.low_mg <= wish.mg <= named.high_mg:
        text = f"The table “{named.table}” gives {_span(named.low_mg, named.high_mg)} and not the {entered} that were entered. Ask the prescriber which is meant."
    else:
        return None
    return warn("crossover-equivalent", text, _HAZARD)


def _span(low: Decimal, high: Decimal) -> str:
    return format_mg(low) if low == high else f"{format_mg(low)} to {format_mg(high)}"


def review_crossover(formulary: Formulary, request: TaperRequest, plan: Plan) -> tuple[Finding, ...]:
    """What a finished crossover plan must stop, warn or say. ``formulary`` holds the products of both."""
    case = Case(formulary, request)
    found = (
        *guards(case, plan),
        *_rising(case, plan),
        *any_products(case, plan),
        *_at_once(plan),
        *_lost(plan),
        *_next(plan),
    )
    return apply_override(found, request.override)


def _rising(case: Case, plan: Plan) -> Iterator[Finding]:
    """The outgoing medicine never rises, whatever the total does."""
    before = plan.start_dose_mg
    for step in plan.steps:
        now = plan.taken_of(plan.medicine, step)
        if now > before and not went_back(plan, step):
            yield case.stop(
                "dose-rises",
                f"This plan contains an error and must not be used. Step {step.number} would raise {plan.medicine}.",
                contact="your prescriber, and report the error",
                hazards=("H-002", "H-021"),
                liftable=False,
            )
        before = now


def _at_once(plan: Plan) -> Iterator[Finding]:
    """Everything changed on one day: no portion by portion."""
    crossover = plan.crossover
    assert crossover is not None
    if len(plan.steps) == 1 and plan.first is None and not crossover.kept_mg:
        yield warn(
            "crossover-at-once",
            f"All of {plan.medicine} would be exchanged for {crossover.medicine} on one day. Withdrawal or too much sleepiness can follow. Ask the "
            "prescriber whether it can go in parts: more times of day, half tablets or a liquid.",
            (*_HAZARD, "H-036"),
        )


def _lost(plan: Plan) -> Iterator[Finding]:
    assert plan.crossover is not None
    lost = plan.start_dose_mg - plan.goal_mg
    if lost <= 0:
        return
    share = format_percent(rounded(lost * 100 / plan.start_dose_mg, 1))
    yield note(
        "crossover-rounded-down",
        f"Where {plan.crossover.medicine} cannot be made exactly it is rounded down, never up. In all the crossover ends {share} lower than "
        "today’s dose, by the equivalent that was entered.",
        ("H-003", "H-015"),
    )


def _next(plan: Plan) -> Iterator[Finding]:
    crossover = plan.crossover
    assert crossover is not None
    if crossover.kept_mg:
        yield warn(
            "crossover-two-left",
            f"At the end two medicines are left: {format_mg(crossover.kept_mg)} of {plan.medicine} and {format_mg(crossover.arrives_mg)} of "
            f"{crossover.medicine}. Which is reduced first is the prescriber's decision, and never both at once. In the rule of the forum "
            f"ADFD, {plan.medicine} goes first.",
            ("H-044",),
            ("adfd_benzodiazepines", "fife_gabapentinoids"),
        )


def words_in_crossover(plan: Plan, kind: Kind) -> tuple[str, ...]:
    """What else to say in a crossover after something was recorded; nothing for one medicine."""
    if plan.crossover is None:
        return ()
    if kind is Kind.STEP_BACK:
        return (
            f"Both medicines change on that day. Some of the {plan.crossover.medicine} you took before is still in your body, so you may be "
            "sleepier at first. Do not drive, and let your prescriber check again before the next exchange.",
        )
    if kind is Kind.ARRIVE and not plan.crossover.kept_mg:
        return (
            f"Take back to the pharmacy what is left of {plan.medicine}, so that it is never taken by mistake.",
        )
    return ()


def screen_all(formulary: Formulary, request: TaperRequest) -> tuple[Finding, ...]:
    """What person and medicine call for; in a crossover also what the change itself does."""
    found = screen(formulary, request)
    if request.crossover is None:
        return found
    incoming = load_formulary(find_medicine(request.crossover.medicine), request.country)
    return (*found, *screen_crossover(formulary, incoming, request))


def stops_in(findings: tuple[Finding, ...]) -> bool:
    """Whether any of them is a stop."""
    return any(finding.level is Level.STOP for finding in findings)
