"""Everything the letter to the prescriber says, as plain texts in the order of the page. It is written as from the person."""

from __future__ import annotations

from easeoff.documents import lettercross as cross
from easeoff.documents import letterwords as words
from easeoff.documents.jsontext import JsonValue
from easeoff.documents.letterways import MOST_WORKED_OUT, is_listed, stuck, ways
from easeoff.documents.needs import (
    PERIOD_DAYS,
    Need,
    code_text,
    is_unlicensed,
    list_price,
    near_steps,
    needs,
    periods,
    quantity_text,
    supply_words,
)
from easeoff.documents.presenting import is_gentlest
from easeoff.documents.recorded import override_sentence
from easeoff.documents.requestfile import JsonObject
from easeoff.documents.steprows import StepRow, step_rows
from easeoff.documents.supplywords import in_hand_text, with_buffer_text
from easeoff.documents.wording import NO_TIME_SAID, days_text, strength_text
from easeoff.medicines import countries
from easeoff.medicines.model import Formulary, Product
from easeoff.planning.plan import EffectKind, Plan
from easeoff.proposing.proposal import Proposal
from easeoff.quantities import format_date, format_mg
from easeoff.safety.beside_every_plan import MOST_DAYS_WHEN_AT_RISK
from easeoff.safety.words import NOTICE, red_flags

OPEN_FIRST = (
    "Please go through the open questions with me, at the end of this page. Until they are answered this is a draft, and nothing"
    " is dispensed on it."
)
#: Periods of 28 days shown side by side: as many as a line holds. Project choice.
_MOST_PERIODS = 3
_SPECIAL = "Special order: {name}, {strength}, unlicensed; strength in mg per mL or mg a piece on the label; the same maker each time."


def letter_data(proposal: Proposal, person: str = "") -> JsonObject:
    """The letter's texts. Raises `EaseoffError` where the plan's products are not known."""
    agree = proposal.plan is not None and proposal.within_limit
    own = _of_a_crossover if proposal.request.crossover is not None else _of_a_reduction
    return {
        "to": f"To my prescriber, {format_date(proposal.request.today)}",
        "name_label": "Name:",
        "name": person,
        "born_label": "Date of birth:",
        "override": override_sentence(proposal.request.override, proposal.findings),
        "stuck": [] if agree else stuck(proposal),
        "ways": [] if agree else ways(proposal),
        "rests": words.rests_on(proposal.plan) if proposal.plan else "",
        "responsibility": words.RESPONSIBILITY,
        "answered": f"Answered: {words.answered(proposal)}.",
        "open": f"Not answered, so {_draft_pace(proposal)}: {words.not_answered(proposal)}."
        if proposal.open_questions
        else "Not answered: nothing.",
        "slip_title": "Reply (please cut off, or scan and send back)",
        "slip": _slip(proposal, agree=agree),
        "slip_fields": words.SLIP_FIELDS,
        "notice": NOTICE,
        "footer": _footer(proposal),
        **own(proposal, agree=agree),
    }  # fmt: skip


def _of_a_reduction(proposal: Proposal, *, agree: bool) -> JsonObject:
    """What the letter says of one medicine that is reduced."""
    plan, formulary = proposal.plan, proposal.formulary
    return {
        "title": _title(proposal, agree=agree),
        "lead": _lead(proposal, agree=agree),
        "asks": _asks(proposal, agree=agree),
        "why_title": words.why_title(plan if agree else None),
        "why": words.why_slow(plan) if plan else "",
        "rate_heads": ("Who", "Rate", "How known"),
        "rates": [list(row) for row in words.rate_rows(plan if agree else None, formulary)],
        "prescribe": _prescribe(plan, formulary) if plan and proposal.may_issue_schedule else None,
        "drops": _drops(plan) if plan and agree else None,
        "watch": [*words.watch(proposal)],
        "red": _red(red_flags(formulary.medicine)),
        "findings": [*words.findings(proposal)],
    }


def _of_a_crossover(proposal: Proposal, *, agree: bool) -> JsonObject:
    """What it says of one medicine that takes the place of another: the equivalent stands where rates stand else."""
    plan = proposal.plan
    elsewhere = cross.TOLD_ELSEWHERE if agree else cross.TOLD_ELSEWHERE | cross.OF_THE_DRAFT
    told = [f.text for f in proposal.findings if f.rule in words.said_rules(proposal) - elsewhere]
    return {
        "title": cross.title(proposal, agree=agree),
        "lead": cross.lead(proposal, _taken(proposal), agree=agree),
        "asks": _crossover_asks(proposal, agree=agree),
        "why_title": "What the named tables say",
        "why": cross.about_tables(proposal),
        "rate_heads": ("Table", cross.dose_counted(proposal), "How known"),
        "rates": [list(row) for row in cross.table_lines(proposal)],
        "prescribe": _prescribe(plan, proposal.formulary) if plan and cross.may_be_prescribed(proposal) else None,
        "drops": None,
        "watch": [*cross.watch(proposal)],
        "red": _red(cross.both_red_flags(proposal)),
        "findings": told,
    }  # fmt: skip


def _red(signs: tuple[str, ...]) -> str:
    return f"Get help now for: {'; '.join(sign[:1].lower() + sign[1:] for sign in signs)}."


def _crossover_asks(proposal: Proposal, *, agree: bool) -> list[str]:
    plan = proposal.plan
    equivalent, reply = cross.ask_for_the_equivalent(proposal), cross.until_then(proposal)
    unanswered = [OPEN_FIRST] if cross.others_are_open(proposal) else []
    if plan is None or not agree:
        more = len(proposal.remedies) - MOST_WORKED_OUT
        others = f" (the proposal has {more} more)" if more > 0 else ""
        return [
            f"Please choose one of the ways below{others}, or talk with me first.",
            equivalent,
            *unanswered,
            reply,
        ]
    first = periods(plan)[0].days
    both = [f"Please prescribe both medicines for the first {first} days as below."]
    course = cross.course(plan, draft=bool(unanswered))
    return [equivalent, course, cross.checks(plan), *(unanswered or both), reply]


def _title(proposal: Proposal, *, agree: bool) -> str:
    taken = f"{proposal.formulary.medicine.name.capitalize()} {format_mg(proposal.request.dose)} a day"
    if agree:
        return f"{taken}: a {_slow(proposal)}reduction, for you to agree or change"
    if is_listed(proposal):
        return f"{taken}: a slow reduction needs more than is at hand; please choose"
    way = "please choose" if proposal.remedies else "please help me find a way"
    return f"{taken}: this cannot be done gently with what is listed; {way}"


def _draft_pace(proposal: Proposal) -> str:
    if is_gentlest(proposal.request):
        return "the gentlest pace is used and this is a draft"
    return "this is a draft, at a pace that I asked for"


def _slow(proposal: Proposal) -> str:
    """``slow `` where that is true of this plan."""
    return "slow " if proposal.plan is None or words.is_slow(proposal.plan) else ""


def _lead(proposal: Proposal, *, agree: bool) -> str:
    request, taken = proposal.request, _taken(proposal)
    goal = "come off it" if not request.goal else f"come down to {format_mg(request.goal)}"
    if agree:
        if proposal.plan is not None and proposal.plan.method.schedule is not None and not _slow(proposal):
            goal += f" by the published schedule {proposal.plan.method.schedule}"
        return f"{taken} and would like to {goal}{' slowly' if _slow(proposal) else ''}, with you."
    where = (
        "With what is at hand"
        if is_listed(proposal)
        else f"With what is listed in {_country(request.country)}"
    )
    ways_out = " These are the ways that would." if any(r.within_limit for r in proposal.remedies) else ""
    return f"{taken} and would like to {goal} slowly, with you. {where} no plan keeps within the limits for this medicine.{ways_out}"


def _taken(proposal: Proposal) -> str:
    """``I take sertraline 50 mg a day (50 mg at 08:00, tablet)``."""
    request = proposal.request
    said = [f"{format_mg(i.mg)} at {i.time}" for i in request.intakes if i.time] + [request.form] * bool(
        request.form
    )
    beside = f" ({', '.join(filter(None, said))})" if said else ""
    return f"I take {proposal.formulary.medicine.name} {format_mg(request.dose)} a day{beside}"


def _country(code: str) -> str:
    name = countries().get(code, code)
    return f"the {name}" if name.startswith(("United ", "Nether")) else name


def _asks(proposal: Proposal, *, agree: bool) -> list[str]:
    dose = format_mg(proposal.request.dose)
    until = f"Until then I keep taking {dose} a day. I do not cut and do not stop by myself."
    answers = [OPEN_FIRST] if proposal.open_questions else []
    reply = f"Please fill in the reply at the foot. {until}"
    if not agree or proposal.plan is None:
        return ["Please choose one of the ways below, or talk with me first.", *answers, reply]
    plan = proposal.plan
    near = near_steps(plan)
    review = f" on {format_date(plan.review_on)}," if plan.review_on else ""
    wish = "look at this draft with me" if answers else "agree to this plan or change it"
    course = (
        f"Please {wish}: from {format_mg(plan.start_dose_mg)} to {format_mg(plan.goal_mg)} a day in"
        f" {plan.summary.steps} steps over {words.months_text(plan.summary.days)}, {words.rhythm_text(plan)}, and only if"
        f" the one before was tolerable. First review{review} after step {near[-1].number}."
    )
    return [
        course,
        *(answers or [f"Please prescribe the first {PERIOD_DAYS} days as below{_at_a_time(plan)}."]),
        reply,
    ]


def _at_a_time(plan: Plan) -> str:
    """With a risk of suicide no more than a week is at home at once."""
    weekly = any(finding.rule == "supply-over-weekly" for finding in plan.findings)
    return f", given out {days_text(MOST_DAYS_WHEN_AT_RISK)} at a time" if weekly else ""


def _slip(proposal: Proposal, *, agree: bool) -> tuple[str, ...]:
    """What can be ticked: a draft with open questions cannot be agreed to as it stands."""
    crossing = proposal.request.crossover is not None
    choices = cross.SLIP_CHOICES if crossing else words.SLIP_CHOICES
    if proposal.may_issue_schedule or (crossing and cross.may_be_prescribed(proposal)):
        return choices
    return choices[1:] if agree else (words.WAY_CHOICE, *choices[1:])


def _drops(plan: Plan) -> JsonObject | None:
    """The drops by the curve and by the worst one; a plan in shares of the dose tells its drop in its rate."""
    if plan.summary.effect_kind is not EffectKind.OCCUPANCY_POINTS:
        return None
    columns = ("", "By the curve planned with", "By the worst published curve")
    return {"columns": columns, "rows": [list(row) for row in words.drop_rows(plan)]}


def _prescribe(plan: Plan, formulary: Formulary) -> JsonObject:
    spans, near = periods(plan), {step.number for step in near_steps(plan)}
    shown = spans[:_MOST_PERIODS]
    wanted = needs(plan, formulary)
    rows: list[JsonValue] = [
        [f"{need.product.name}", _supply(need.product), *(quantity_text(line) for line in need.by_period[:_MOST_PERIODS]),
         list_price(need.product)]
        for need in wanted
    ]  # fmt: skip
    steps: list[JsonValue] = [
        f"{row.name}, {row.when}: {row.dose} a day{_directions(row)}."
        for row in step_rows(plan, formulary)
        if row.number in near
    ]
    heads = [f"Days {p.first + 1} to {p.first + p.days}" for p in shown]
    specials = [
        _SPECIAL.format(name=need.product.name, strength=strength_text(need.product))
        for need in wanted
        if is_unlicensed(need.product)
    ]
    more = (
        f" The supply list has the days from {spans[_MOST_PERIODS].first + 1} on."
        if len(spans) > _MOST_PERIODS
        else ""
    )
    return {
        "columns": ["Product, exactly", "Supply", *heads, "List price"],
        "rows": rows,
        "steps": steps,
        "notes": [_in_hand(wanted) + more, *specials],
    }


def _in_hand(wanted: tuple[Need, ...]) -> str:
    """The packs of every product up to the review, with what is kept at home on top."""
    every = "; ".join(f"{need.product.name} {with_buffer_text(need.in_all)}" for need in wanted)
    return f"In all to the review, with {in_hand_text(wanted[0].in_all)}: {every}."


def _directions(row: StepRow) -> str:
    """The portions of a day: with their times where times were said."""
    if len(row.intakes) == 1:
        only = row.intakes[0]
        return f", {only.text}" if only.when == NO_TIME_SAID else f", {only.when}: {only.text}"
    alike: dict[str, list[str]] = {}
    for intake in row.intakes:
        alike.setdefault(intake.text, []).append(intake.when)
    return ". " + ". ".join(f"{_times(when)}: {text}" for text, when in alike.items())


def _times(when: list[str]) -> str:
    """``At 08:00``, ``At 08:00, 14:00 and 22:00`` for the times at which the same is taken."""
    first, *others = when
    more = [other.removeprefix("at ") for other in others]
    told = " and ".join(filter(None, (", ".join((first, *more[:-1])), *more[-1:])))
    return f"{told[:1].upper()}{told[1:]}"


def _supply(product: Product) -> str:
    code = code_text(product)
    return f"{supply_words(product)}{f'; {code}' if code else ''}"


def _footer(proposal: Proposal) -> str:
    version = f"Plan version {proposal.plan.version}. " if proposal.plan else ""
    return f"{version}Easeoff, data version {proposal.formulary.data_version}."
