"""The ways out of a draft that cannot keep its limits, each with what it would mean to prescribe."""

from __future__ import annotations

from decimal import Decimal

from easeoff.documents.jsontext import JsonValue
from easeoff.documents.needs import (
    PERIOD_DAYS,
    list_price,
    needs,
    periods,
    quantity_text,
    supply_words,
)
from easeoff.documents.presenting import remedy_text
from easeoff.documents.requestfile import JsonObject
from easeoff.documents.wording import days_text, drop_text
from easeoff.planning.plan import EffectKind, Plan
from easeoff.proposing import plan_taper
from easeoff.proposing.proposal import Addition, AdditionKind, Proposal, Remedy
from easeoff.quantities import EaseoffError, format_mg, format_ml, rounded

#: Ways for which the plan is worked out, so that its first products can be named: more would not fit a page. Project choice.
MOST_WORKED_OUT = 3
_NOT_LISTED = frozenset(
    {AdditionKind.COMPOUNDED, AdditionKind.BEADS, AdditionKind.CHANGE_OF_FORM, AdditionKind.STAY_AT}
)


def ways(proposal: Proposal) -> list[JsonValue]:
    """Each remedy as a numbered way, then staying on today's dose: that is always one.

    While questions are open nothing is named to be dispensed. A crossover has the tables on its page too, so it shows the first few.
    """
    shown = proposal.remedies if proposal.request.crossover is None else proposal.remedies[:MOST_WORKED_OUT]
    kind = proposal.plan.summary.effect_kind if proposal.plan else None
    found: list[JsonValue] = [
        _way(remedy, kind, proposal, worked_out=number < MOST_WORKED_OUT and not proposal.open_questions)
        for number, remedy in enumerate(shown)
    ]
    dose = format_mg(proposal.request.dose)
    found.append({
        "text": f"Staying on {dose} a day for now, and looking again when more can be had. Nothing is then changed.",
        "first": "",
    })  # fmt: skip
    return found


def _way(remedy: Remedy, kind: EffectKind | None, proposal: Proposal, *, worked_out: bool) -> JsonObject:
    text = remedy_text(remedy, kind).replace("your limits", "the limits")
    return {"text": text, "first": _first(remedy, proposal) if worked_out else ""}


def _first(remedy: Remedy, proposal: Proposal) -> str:
    """What the first 28 days of this way need, by name and amount; empty where that is not known."""
    made_up = next((a for a in remedy.add if a.kind is AdditionKind.COMPOUNDED), None)
    if made_up is not None:
        return _special_order(made_up, proposal)
    plan = _plan_of(remedy)
    if plan is None:
        return ""
    needed = [
        f"{need.product.name}, {quantity_text(need.by_period[0])} ({supply_words(need.product)}; {list_price(need.product)})"
        for need in needs(plan, proposal.formulary)
        if need.by_period and need.by_period[0] is not None
    ]
    worst = plan.summary.worst_last_drop if plan.goal_mg == (proposal.request.goal or 0) else None
    last = (
        ""
        if worst is None
        else f" By the worst curve its last drop is {drop_text(worst, plan.summary.effect_kind)}."
    )
    first = "the first plan" if remedy.is_second_plan(proposal.request) else "this"
    return (
        f"For {days_text(periods(plan)[0].days)} of {first}, nothing in hand on top: {'; '.join(needed)}.{last}"
        if needed
        else ""
    )


def _plan_of(remedy: Remedy) -> Plan | None:
    if remedy.request is None or not remedy.within_limit:
        return None
    try:
        return plan_taper(remedy.request).plan
    except EaseoffError:
        return None


def _special_order(made_up: Addition, proposal: Proposal) -> str:
    """A text to order the first made-up liquid by; the volume is what today's dose would take at most."""
    strength = Decimal(made_up.id.split(" ")[0])
    name, dose, wish = proposal.formulary.medicine.name, proposal.request.dose, proposal.request.crossover
    if wish is not None:
        name, dose = wish.medicine, wish.mg
    most = rounded(dose * PERIOD_DAYS / strength, 1)
    return (
        f"Special-order text: {name} oral liquid {made_up.id.split(' then ')[0]}, unlicensed special; for {PERIOD_DAYS} days at most"
        f" {format_ml(most)}. Label in mg per mL; one maker; shelf life once opened to be stated."
    )


def stuck(proposal: Proposal) -> list[str]:
    """Why it cannot be done, and what the listed products alone would lead to."""
    said = list(proposal.reasons)
    plan = proposal.plan
    if plan is None or proposal.within_limit or plan.crossover is not None:
        return said
    summary = plan.summary
    worst = (
        ""
        if summary.worst_last_drop is None
        else f", by the worst published curve {drop_text(summary.worst_last_drop, summary.effect_kind)}"
    )
    last = drop_text(summary.last_drop, summary.effect_kind, within=False)
    said.append(
        f"With what is at hand the best draft takes {summary.steps} steps and still ends with a drop of {last}{worst}. I do not ask"
        " for that."
    )
    return said


def is_listed(proposal: Proposal) -> bool:
    """Whether some way needs nothing but what is listed, down to the goal that was asked for."""
    return any(
        remedy.within_limit and all(a.kind not in _NOT_LISTED for a in remedy.add)
        for remedy in proposal.remedies
    )
