"""One request in, one proposal out: screen, solve, check, remedies."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from easeoff.medicines import country_in_words, load_formulary
from easeoff.planning.findings import Finding, Level, OpenQuestion
from easeoff.planning.forms import may_follow
from easeoff.planning.methods import Approach
from easeoff.planning.pace import no_pace_reason
from easeoff.planning.plan import EffectKind, Plan
from easeoff.planning.request import MethodName, TaperRequest
from easeoff.planning.solving.solver import Solution
from easeoff.proposing.achieving import drops_of, figure
from easeoff.proposing.checks import check_request, with_known_names
from easeoff.proposing.crossing import propose_crossover
from easeoff.proposing.drafting import (
    by_weight,
    falls_above_pace,
    question_of_pace,
    question_of_times,
    without_dates,
    without_plan,
)
from easeoff.proposing.gentler import gentler
from easeoff.proposing.lacking import cannot_follow
from easeoff.proposing.proposal import Proposal, Remedy
from easeoff.proposing.remedies import change_of_form, remedies_for, stay_at
from easeoff.proposing.situation import Situation, understand
from easeoff.proposing.unlisted import beads, compounded
from easeoff.proposing.unplannable import why_unplannable
from easeoff.quantities import EaseoffError, format_mg, from_grid, plain, rounded, to_grid
from easeoff.safety import open_questions, review, screen


def plan_taper(request: TaperRequest) -> Proposal:
    """The proposal for ``request``: a plan within its limits, a draft with what would help, or a stop.

    Raises `EaseoffError` (one sentence and a hint) for a request that cannot be meant.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from easeoff import TaperRequest, plan_taper
    >>> proposal = plan_taper(TaperRequest("sertraline", Decimal(100), "GB", today=date(2026, 1, 5)))
    >>> proposal.outcome.value
    'not within limits'
    >>> proposal.blocking_dose_mg
    Decimal('2')
    """
    if request.method is MethodName.CROSSOVER or request.crossover is not None:
        return propose_crossover(request)
    request = with_known_names(request)
    formulary = load_formulary(request.medicine, request.country)
    check_request(formulary, request)
    findings = screen(formulary, request)
    if any(f.level is Level.STOP for f in findings):
        return without_plan(formulary, request, findings, open_questions(formulary, request))
    if not formulary.products:
        reason = f"{formulary.medicine.name.capitalize()} is not in the product list for {country_in_words(formulary.country)}, so nothing can be planned from it."
        return without_plan(formulary, request, findings, open_questions(formulary, request), (reason,))
    questions = open_questions(formulary, request)
    situation = understand(formulary, request, questions_open=bool(questions))
    if situation.form_question is not None:
        questions = (situation.form_question, *questions)
    return _of_the_form_assumed(situation, _propose(situation, findings, questions))


def _of_the_form_assumed(situation: Situation, proposal: Proposal) -> Proposal:
    """Where nothing can be drawn, and the form was never said: the reason holds for the form that was assumed, and says so."""
    if situation.form_question is None or proposal.plan is not None or not proposal.reasons:
        return proposal
    assumed = f"This holds for the form “{situation.form.words}”: which one you take was not said. Answer that question first."
    return replace(proposal, reasons=(*proposal.reasons, assumed))


def _propose(
    situation: Situation, findings: tuple[Finding, ...], questions: tuple[OpenQuestion, ...]
) -> Proposal:
    formulary, request = situation.formulary, situation.request
    if situation.pace is None:
        reason = no_pace_reason(formulary.medicine)
        return without_plan(formulary, request, findings, questions, (reason,))
    times = tuple(question_of_times(situation))
    if times:
        situation = replace(situation, gentle=True)
    approach = situation.approach(situation.at_hand)
    findings = (*findings, *approach.findings)
    questions = (*times, *questions, *question_of_pace(situation, approach))
    goal = situation.goal(situation.at_hand, approach)
    aim = 0 if goal is None else goal
    if not _start_can_be_made(situation):
        return _unmakeable(situation, findings, questions, request.dose, "today's dose of")
    solved = (
        situation.search(approach, aim).solution(situation.at_hand)
        if goal is not None and situation.at_hand.products
        else None
    )
    if solved is None:
        exact = approach.timetable if approach.timetable is not None and approach.timetable.exact else None
        if exact is not None and situation.at_hand.products:
            timetable = exact.down_to(aim)
            why, lacking = cannot_follow(situation, timetable)
            return without_plan(
                formulary,
                request,
                findings,
                questions,
                why,
                remedies_for(situation, approach, timetable.goal, None),
                lacking,
            )
        if goal is not None and situation.at_hand.products:
            return _unmakeable(situation, findings, questions, from_grid(goal), "the goal of")
        remedies = (
            *remedies_for(situation, approach, aim, None),
            *_other_ways(situation, approach, aim, found=False),
        )
        reason = (
            why_unplannable(formulary)
            or f"Nothing at hand can be used to come down from {format_mg(request.dose)} of {formulary.medicine.name} as {situation.form.words}."
        )
        return without_plan(formulary, request, findings, questions, (reason,), remedies, request.dose)
    solution = solved.solution
    plan = situation.plan(approach, aim, solved)
    faster = falls_above_pace(situation, plan)
    findings = (*findings, *faster)
    if faster and not approach.findings:
        questions = (*questions, *question_of_pace(situation, replace(approach, findings=faster)))
    reviewed = review(formulary, request, plan)
    within = solution.shape.within_limit
    blocking = None if within else _blocking_dose(situation, solution)
    remedies = () if blocking is None else _remedies(situation, approach, aim, solution, blocking)
    reasons = _reasons(situation, approach, solution, blocking)
    stopped = any(f.level is Level.STOP for f in reviewed)
    if stopped and blocking is not None:
        # No draft either: it would be a single cut, or as good as one. What would help is still said.
        dose = from_grid(blocking)
        return without_plan(formulary, request, findings, questions, reasons, remedies, dose)
    findings = by_weight((*findings, *reviewed))
    if stopped:
        return without_plan(formulary, request, findings, questions)
    if questions or not within:
        plan = without_dates(plan)
    plan = replace(plan, findings=findings)
    return Proposal(
        request=request,
        plan=plan,
        within_limit=within,
        open_questions=questions,
        findings=findings,
        remedies=remedies,
        blocking_dose_mg=None if blocking is None else from_grid(blocking),
        reasons=reasons,
        gentler=tuple(
            wish for wish in gentler(request, plan) if _is_slower(situation, approach, plan, wish[1])
        ),
        formulary=formulary,
    )


def _remedies(
    situation: Situation, approach: Approach, goal: int, solution: Solution, blocking: int
) -> tuple[Remedy, ...]:
    listed = remedies_for(situation, approach, goal, solution)
    others = _other_ways(situation, approach, goal, found=any(r.within_limit for r in listed))
    staying = stay_at(situation, approach, blocking)
    remedies = (*listed, *others, *(r for r in (staying,) if r is not None))
    return tuple(sorted(remedies, key=lambda remedy: not remedy.within_limit))


def _other_ways(situation: Situation, approach: Approach, goal: int, *, found: bool) -> tuple[Remedy, ...]:
    """What is not in any list; only where nothing listed is enough."""
    if found:
        return ()
    ways = (
        beads(situation, approach, goal),
        change_of_form(situation),
        compounded(situation, approach, goal),
    )
    return tuple(way for way in ways if way is not None)


def _blocking_dose(situation: Situation, solution: Solution) -> int:
    """The highest dose from which nothing at hand leads down within the limits, in grid units."""
    path = (sum(situation.starts), *solution.doses)
    return path[min(solution.over)]


def _is_slower(situation: Situation, approach: Approach, plan: Plan, wish: TaperRequest) -> bool:
    """Whether a slower wish would not be asked back, such as for its length, and gives a plan or a draft that is slower.

    It does, but for three cases that are tried out. Over several times of day tighter limits must be kept: where they cannot be,
    the draft may have one large drop instead of several smaller ones. A timetable over several times of day may end in no plan,
    and so may what stands beside a plan of one cut.
    """
    slower = replace(situation, request=wish)
    try:
        theirs = slower.approach(situation.at_hand)
    except EaseoffError:
        return False
    on_dates = approach.timetable is not None
    only_later = theirs.rule == approach.rule and not on_dates
    if len(plan.steps) > 1 and (len(situation.starts) == 1 or only_later):
        return True
    search = slower.search(theirs, to_grid(plan.goal_mg))
    if len(plan.steps) > 1 and not on_dates:
        found = search.best(situation.at_hand)
        return found is not None and found.within_limit
    solved = search.solution(situation.at_hand)
    return solved is not None and (solved.solution.shape.within_limit or len(solved.solution.doses) > 1)


def _start_can_be_made(situation: Situation) -> bool:
    """Whether some listed product makes today's dose: a liquid can, pieces only in whole numbers or confirmed parts."""
    listed = [
        p
        for p in situation.formulary.products
        if may_follow(situation.formulary, p, situation.form) and not p.counts_another_salt
    ]
    if any(p.is_liquid for p in listed):
        return True
    units = {to_grid(p.mg_per_unit) // (p.parts or 4) for p in listed if p.mg_per_unit is not None}
    return all(_is_sum_of(start, units) for start in situation.starts)


def _is_sum_of(total: int, units: set[int]) -> bool:
    reached = {0}
    frontier = {0}
    while frontier:
        frontier = {s + u for s in frontier for u in units if s + u <= total} - reached
        reached |= frontier
        if total in reached:
            return True
    return False


def _unmakeable(
    situation: Situation,
    findings: tuple[Finding, ...],
    questions: tuple[OpenQuestion, ...],
    dose: Decimal,
    what: str,
) -> Proposal:
    makeable = situation.bare_search().makeable(situation.at_hand)
    wanted = to_grid(dose)
    near = [
        max((d for d in makeable if d < wanted), default=None),
        min((d for d in makeable if d > wanted), default=None),
    ]
    nearest = " and ".join(format_mg(from_grid(d)) for d in near if d is not None)
    reason = why_unplannable(situation.formulary) or (
        f"Nothing at hand makes {what} {format_mg(dose)} of {situation.formulary.medicine.name}."
        + (f" The nearest that can be made: {nearest}." if nearest else "")
    )
    return without_plan(situation.formulary, situation.request, findings, questions, (reason,), (), dose)


def _reasons(
    situation: Situation, approach: Approach, solution: Solution, blocking: int | None
) -> tuple[str, ...]:
    if blocking is None:
        return ()
    of_points = approach.effect_kind is EffectKind.OCCUPANCY_POINTS
    unit = "points, where 100 is what today's dose does" if of_points else "% of the starting dose"
    drops = drops_of(solution, approach, sum(situation.starts))
    worst = figure(max(drops[i] for i in solution.over))
    one_time = f"with up to {situation.request.max_products} products and {situation.request.max_pieces} pieces at one time"
    return (
        f"From {format_mg(from_grid(blocking))} nothing at hand, {one_time}, makes a small enough step: "
        f"the largest drop that cannot be avoided is {plain(worst)} {unit}.{_broken_limit(situation, approach, solution)}",
    )


def _up_to_three_digits(mg: Decimal) -> Decimal:
    """A figure that nobody measures out, rounded up so that it never allows more than the limit does."""
    return mg.quantize(Decimal(1).scaleb(min(0, mg.adjusted() - 2)), ROUND_CEILING) if mg else mg


def _broken_limit(situation: Situation, approach: Approach, solution: Solution) -> str:
    """Which limit the first such step breaks, in percent of the dose before it: in percent of the start alone 2 % can be too much."""
    path = (sum(situation.starts), *solution.doses)
    dose, lower = next(pair for number, pair in enumerate(pairwise(path)) if number in solution.over)
    rule = approach.rule
    if lower >= rule.floor(dose):
        return ""
    share = plain(rounded(Decimal((dose - lower) * 100) / Decimal(dose), 2))
    lowest = format_mg(_up_to_three_digits(from_grid(rule.floor(dose))))
    return (
        f" The step from {format_mg(from_grid(dose))} to {format_mg(from_grid(lower))} takes away {share} % of the dose before it;"
        f" {rule.binding(dose)} allows a fall to {lowest} at most."
    )
