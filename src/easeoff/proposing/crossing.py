"""A crossover from request to proposal: gates first, then the equivalent beside all tables, then what can be made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from easeoff.medicines import load_formulary
from easeoff.medicines.model import Formulary, Release
from easeoff.medicines.schedules import published_schedules
from easeoff.planning.crossover.crossing import Crossing, Side, can_leave, stages
from easeoff.planning.crossover.plan import CrossoverDraft, build_crossover
from easeoff.planning.crossover.tables import OWN_JUDGEMENT, named_table, span_of, table_figures
from easeoff.planning.crossover.two_medicines import with_both
from easeoff.planning.findings import Finding, OpenQuestion
from easeoff.planning.forms import FORM_WORDS, refuse_implausible_dose
from easeoff.planning.methods.crossover import crossover_choices
from easeoff.planning.methods.settings import LONGEST_INTERVAL_DAYS
from easeoff.planning.plan import Plan, TableFigure
from easeoff.planning.request import NO_SETTINGS, CrossoverWish, MethodName, TaperRequest
from easeoff.proposing.checks import check_dose, check_request, with_known_names
from easeoff.proposing.crossing_ways import crossing_remedies
from easeoff.proposing.drafting import by_weight, question_of_times, without_dates, without_plan
from easeoff.proposing.proposal import Proposal
from easeoff.proposing.situation import Situation, understand
from easeoff.quantities import EaseoffError, format_mg, to_grid
from easeoff.safety import open_questions, screen
from easeoff.safety.crossing import (
    has_maoi,
    maoi_overlap,
    may_cross,
    outside_tables,
    review_crossover,
    screen_crossover,
    stops_in,
)


def propose_crossover(request: TaperRequest) -> Proposal:
    """The proposal for a crossover: a draft until a prescriber has recorded that it is theirs.

    Raises `EaseoffError` for a pair of medicines between which nothing is computed, and for what cannot be meant.
    """
    request, wish = _known(request)
    outgoing, incoming = (load_formulary(name, request.country) for name in (request.medicine, wish.medicine))
    _check(outgoing, incoming, request, wish)
    both = with_both(outgoing, incoming)
    findings = screen(outgoing, request)
    questions = open_questions(outgoing, request)
    if has_maoi(outgoing, incoming):
        findings = by_weight((maoi_overlap(outgoing, incoming, request), *findings))
        return without_plan(both, request, findings, questions)
    _refuse_other_classes(outgoing, incoming)
    figures = table_figures(outgoing, incoming, request.dose)
    table = named_table(wish.table, figures)
    findings = (*findings, *screen_crossover(outgoing, incoming, request))
    if stops_in(findings):
        return without_plan(both, request, by_weight(findings), questions)
    span, named = span_of(figures), next((f for f in figures if f.table == table), None)
    outside = outside_tables(wish, span, named)
    findings = findings if outside is None else (*findings, outside)
    situations = _situations(outgoing, incoming, request, wish)
    questions = (*_asked_back(situations[0], request, outside), *questions)
    crossing = _crossing(request, wish, situations)
    plan = _plan(both, request, wish, crossing, figures, table)
    remedies = (
        crossing_remedies(crossing, situations, request)
        if plan is None or not plan.summary.within_limit
        else ()
    )
    if plan is None:
        reason = _cannot(crossing, situations, request, wish)
        return without_plan(both, request, by_weight(findings), questions, (reason,), remedies)
    findings = by_weight((*findings, *review_crossover(both, request, plan)))
    if stops_in(findings):
        return without_plan(both, request, findings, questions)
    within = plan.summary.within_limit
    plan = replace(without_dates(plan) if questions or not within else plan, findings=findings)
    return Proposal(
        request=request,
        plan=plan,
        within_limit=within,
        open_questions=questions,
        findings=findings,
        remedies=remedies,
        blocking_dose_mg=None,
        reasons=() if within else (_too_coarse(plan, wish),),
        gentler=_slower(request, plan),
        formulary=both,
    )


def _known(request: TaperRequest) -> tuple[TaperRequest, CrossoverWish]:
    """The request with known names. Raises `EaseoffError` where it does not say to what."""
    wish = request.crossover
    if wish is None:
        raise EaseoffError(
            "A crossover needs the other medicine and the dose that your prescriber says today's dose stands for.",
            'Add --to "diazepam 20 mg" and --table with the name of the table the prescriber goes by.',
        )
    request = with_known_names(request)
    other = with_known_names(replace(request, medicine=wish.medicine)).medicine
    wish = replace(wish, medicine=other)
    if request.method not in (None, MethodName.CROSSOVER):
        raise EaseoffError(
            f"The method {request.method.value} and a change to {other} ask for two things.",
            "Leave the method out, or the change of medicine.",
        )
    return replace(request, method=MethodName.CROSSOVER, crossover=wish), wish


def _check(outgoing: Formulary, incoming: Formulary, request: TaperRequest, wish: CrossoverWish) -> None:
    check_request(outgoing, request)
    if wish.medicine == request.medicine:
        raise EaseoffError(
            f"It is {wish.medicine} both times.",
            "For another form of it, ask your pharmacist; to come down, leave --to out.",
        )
    check_dose("A dose to change to", wish.mg)
    refuse_implausible_dose(incoming, wish.mg)
    for number, option in (
        (request.limit, "--limit"),
        (request.cap, "--cap"),
        (request.end_dose, "--end-dose"),
    ):
        if number is not None:
            raise EaseoffError(
                f"{option} does not belong to a crossover.", "Nothing is reduced in it: leave it out."
            )
    if request.settings != NO_SETTINGS or request.reduce_first is not None:
        raise EaseoffError(
            "A setting of another method was given.",
            "A crossover takes --to, --table, --parts, --every and --goal.",
        )
    choices = crossover_choices()
    if request.every is not None and not choices.check_to <= request.every <= LONGEST_INTERVAL_DAYS:
        raise EaseoffError(
            f"{request.every} days between two exchanges cannot be used.",
            f"The check comes on day {choices.check_from} to {choices.check_to}: give {choices.check_to} days or more.",
        )
    if wish.parts is not None and not 1 <= wish.parts <= choices.most_parts:
        raise EaseoffError(f"{wish.parts} parts cannot be used.", f"Give 1 to {choices.most_parts}.")


def _refuse_other_classes(outgoing: Formulary, incoming: Formulary) -> None:
    """Between other medicines nothing is computed: published tables are shown. Raises `EaseoffError`."""
    if may_cross(outgoing, incoming):
        return
    pair = (outgoing.medicine.name, incoming.medicine.name)
    ids = [s.id for s in published_schedules() if s.medicine == pair[0] and pair[1] in dict(s.beside)]
    shown = (
        f"A published table is on record. See it side by side with: easeoff compare {' '.join(ids)}"
        if ids
        else "No published table for this change is on record: a prescriber has to plan it."
    )
    raise EaseoffError(
        f"A change from {pair[0]} to {pair[1]} is never worked out here: only between benzodiazepines and z-drugs.",
        shown,
    )


def _situations(
    outgoing: Formulary, incoming: Formulary, request: TaperRequest, wish: CrossoverWish
) -> tuple[Situation, Situation]:
    first, second = _own_products(outgoing, incoming, request)
    here = replace(request, products=first)
    there = replace(
        request,
        medicine=wish.medicine,
        dose=wish.mg,
        form=_plain_form(incoming),
        intakes=(),
        goal=None,
        products=second,
    )
    return understand(outgoing, here, questions_open=True), understand(incoming, there, questions_open=True)


def _plain_form(incoming: Formulary) -> str | None:
    """An ordinary form of the new medicine where slow ones are listed too: nobody takes it yet, and it comes in parts."""
    usable = [
        p for p in incoming.products if p.tier is not None and p.route == "oral" and not p.combination_with
    ]
    plain = {p.form_group for p in usable if p.release is Release.IR}
    if all(p.release is Release.IR for p in usable):
        return None
    return next((words for words, group in FORM_WORDS.items() if group in plain), None)


def _own_products(
    outgoing: Formulary, incoming: Formulary, request: TaperRequest
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """The products asked for, each with its own medicine. Raises `EaseoffError` for one that neither has."""
    if request.products is None:
        return None, None
    mine, theirs = ({p.id for p in f.products} for f in (outgoing, incoming))
    for product in request.products:
        if product not in mine | theirs:
            raise EaseoffError(
                f"“{product[:60]}” is not a product of either medicine listed in {outgoing.country}.",
                f"See the lists with: easeoff medicines {outgoing.medicine.name}",
            )
    split = (tuple(p for p in request.products if p in own) for own in (mine, theirs))
    first, second = (ids or None for ids in split)
    return first, second


def _asked_back(
    situation: Situation, request: TaperRequest, outside: Finding | None
) -> Iterator[OpenQuestion]:
    if situation.form_question is not None:
        yield situation.form_question
    yield from question_of_times(situation)
    if request.override is not None:
        return
    if outside is not None:
        yield OpenQuestion(
            "equivalent",
            f"{outside.text} Has the prescriber confirmed it?",
            "An equivalent that no table bears out can make the dose far too high or too low.",
        )
    yield OpenQuestion(
        "crossover",
        "Has the prescriber entered this equivalent and agreed to change over, and recorded it?",
        "A crossover is always planned with a prescriber. Until then this stays a draft.",
    )


def _crossing(
    request: TaperRequest, wish: CrossoverWish, situations: tuple[Situation, Situation]
) -> Crossing:
    out, into = situations
    return Crossing(
        outgoing=Side(out.formulary, out.larder, out.at_hand),
        incoming=Side(into.formulary, into.larder, into.at_hand),
        starts=out.starts,
        times=tuple(intake.time for intake in request.intakes) or ("",),
        keep=to_grid(request.goal or Decimal(0)),
        parts=wish.parts or (1 if len(out.starts) > 1 else 2),
        ratio=Fraction(wish.mg) / Fraction(request.dose),
    )


def _plan(
    both: Formulary,
    request: TaperRequest,
    wish: CrossoverWish,
    crossing: Crossing,
    figures: tuple[TableFigure, ...],
    table: str,
) -> Plan | None:
    found = stages(crossing)
    if not found:
        return None
    draft = CrossoverDraft(request, wish, both, crossing, found, figures, span_of(figures), table)
    return build_crossover(draft)


def _cannot(
    crossing: Crossing, situations: tuple[Situation, Situation], request: TaperRequest, wish: CrossoverWish
) -> str:
    for situation in situations:
        if not situation.at_hand.products:
            name = situation.formulary.medicine.name
            return f"Nothing at hand can be used of {name} in {situation.formulary.country}."
    if can_leave(crossing):
        return (
            f"Nothing at hand makes a dose of {wish.medicine} that is small enough to take the place of one dose of {request.medicine}: "
            f"{format_mg(wish.mg)} a day is all that the equivalent gives."
        )
    stays = f", or the {format_mg(request.goal)} that are to stay," if request.goal else ""
    return (
        f"Nothing at hand makes each of today's doses of {request.medicine}{stays} by itself, in the form that is taken now. Which dose is "
        f"taken at which time of day has to be known, because {wish.medicine} takes their place one by one."
    )


def _too_coarse(plan: Plan, wish: CrossoverWish) -> str:
    worst = max(plan.steps, key=lambda step: (step.drop, -step.number))
    return (
        f"At step {worst.number} nothing at hand makes {wish.medicine} closely enough: {worst.drop} % of the day's dose would be lost, and "
        f"at most {crossover_choices().most_loss_percent} % may be."
    )


def _slower(request: TaperRequest, plan: Plan) -> tuple[tuple[str, TaperRequest], ...]:
    longer = plan.interval_days * 2
    text = f"More time: {longer} days between two exchanges instead of {plan.interval_days}"
    return ((text, replace(request, every=longer)),)


__all__ = ["OWN_JUDGEMENT", "propose_crossover"]
