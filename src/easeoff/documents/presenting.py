"""A proposal in words, as plain text for page, terminal and paper: headline, method, limits, remedies."""

from __future__ import annotations

from dataclasses import dataclass

from easeoff.documents.crosswords import course_text, dose_text, limits_text, lost_text
from easeoff.documents.steprows import (
    AFTER_REVIEW,
    LARGEST_DROP,
    NOT_DISTINCT,
    OVER_CLASS,
    OVER_LIMIT,
    IntakeRow,
    StepRow,
    effect_text,
    last_drop_within,
    step_rows,
)
from easeoff.documents.wording import days_text, drop_text, intake_text, portion_text
from easeoff.medicines.model import Price
from easeoff.planning.findings import Finding, Level
from easeoff.planning.methods.over_class import goes_over_class
from easeoff.planning.plan import EffectKind, Plan
from easeoff.planning.request import NO_SETTINGS, BandCut, MethodName, TaperRequest
from easeoff.proposing.proposal import Addition, AdditionKind, Outcome, Proposal, Remedy
from easeoff.quantities import format_date, format_mg, format_percent, plain, plural, rounded

__all__ = [
    "AFTER_REVIEW",
    "LARGEST_DROP",
    "NOT_DISTINCT",
    "NOT_YET",
    "OVER_CLASS",
    "OVER_LIMIT",
    "FindingBlock",
    "IntakeRow",
    "StepRow",
    "about_sentences",
    "chart_alternative",
    "course_sentence",
    "effect_text",
    "finding_blocks",
    "headline",
    "intake_text",
    "is_gentlest",
    "last_drop_within",
    "limits_sentence",
    "method_sentence",
    "plan_title",
    "portion_text",
    "price_text",
    "remedy_text",
    "step_rows",
    "until_answered",
    "worst_drop_sentence",
]

#: Stands before the steps of a draft, on page and terminal.
NOT_YET = "What this would look like. Not a plan to follow yet."
NOT_WITHIN_HEADING = "Draft not within your limits"

_METHOD_WORDS = {
    MethodName.OCCUPANCY: "Method: occupancy, which is hyperbolic. Each step is set by how much of the "
    "medicine’s expected effect on its main target it takes away. "
    "One point is one hundredth of that effect at the starting dose.",
    MethodName.PERCENT_CURRENT: "Method: percent of the current dose. Each step takes away at most a share of the "
    "dose before it, so steps in mg get smaller.",
    MethodName.PERCENT_START: "Method: percent of the starting dose. "
    "Each step takes away at most a share of the starting dose.",
    MethodName.FIXED: "Method: fixed amount. Each step takes away at most so many mg.",
    MethodName.BANDS: "Method: bands. How many mg a cut takes away depends on how high the dose is.",
    MethodName.SLIDE: "Method: block slide. A few small cuts, then a rest.",
    MethodName.MICRO: "Method: daily micro-taper. A month’s cut is spread evenly over its days.",
    MethodName.CROSSOVER: "Method: crossover to another medicine. One dose of the day after the other is exchanged.",
    MethodName.TABLE: "Method: published schedule. Its doses and days are those of its source.",
}
_LEVEL_HEADINGS = {Level.STOP: "Stop", Level.WARN: "Warning", Level.NOTE: "Note"}


@dataclass(frozen=True, slots=True)
class FindingBlock:
    """A finding as it is shown: a heading in words, not colour, its text, and what stands behind it."""

    level: Level
    heading: str
    text: str
    rule: str
    hazards: tuple[str, ...]
    sources: tuple[str, ...]


def headline(proposal: Proposal) -> str:
    """What the proposal amounts to, in a sentence or two. A draft not within the limits is headed so."""
    plan = proposal.plan
    if proposal.outcome is Outcome.STOPPED:
        return "No doses are shown. A clinician has to plan this with you."
    if plan is None:
        return "No plan can be drawn with what is listed and asked for."
    if proposal.outcome is Outcome.NOT_WITHIN_LIMITS:
        return f"{NOT_WITHIN_HEADING}. Do not follow it."
    if proposal.outcome is Outcome.DRAFT:
        count = len(proposal.open_questions)
        questions = "1 question is" if count == 1 else f"{count} questions are"
        return f"Draft: {questions} still open. {course_sentence(plan)}"
    return f"A proposal to take to your prescriber. {course_sentence(plan)}"


def no_way_sentence(proposal: Proposal) -> str:
    """What to do where no step keeps within the limits and nothing is known that would help; else empty."""
    if proposal.outcome is not Outcome.NOT_WITHIN_LIMITS or proposal.remedies or proposal.plan is None:
        return ""
    return (
        "Nothing that is listed here, and nothing we know to ask a pharmacist for, makes this gentler. Stay on"
        f" {format_mg(proposal.request.dose)} a day for now, and ask your prescriber or pharmacist for another way. The letter asks them."
    )


def is_gentlest(request: TaperRequest) -> bool:
    """Whether a draft really goes at the gentlest pace of its class: limits, days and methods of one's own are kept as asked."""
    own = (request.method, request.limit, request.cap, request.every, request.end_dose, request.crossover)
    return all(wish is None for wish in own) and request.settings == NO_SETTINGS


def until_answered(request: TaperRequest) -> str:
    """What holds while a question is open."""
    pace = (
        "the pace is the gentlest one"
        if is_gentlest(request)
        else "this is a draft at the pace that you asked for"
    )
    return f"What is not answered is never taken as “no”. Until then {pace}, and no schedule is printed."


def plan_title(plan: Plan) -> str:
    """What a plan that may be issued is called. One that a prescriber let go over the class's pace is not within it."""
    if not goes_over_class(plan):
        return "Plan within its limits"
    if plan.method.schedule is not None and plan.method.name is MethodName.TABLE:
        return "Plan as published, with drops over the limits for this class"
    return "Plan with drops over the limits for this class, as asked for"


def course_sentence(plan: Plan) -> str:
    """From where to where, in how many steps and days."""
    if plan.crossover is not None:
        return course_text(plan)
    steps = "1 step" if plan.summary.steps == 1 else f"{plan.summary.steps} steps"
    course = f"from {format_mg(plan.start_dose_mg)} to {format_mg(plan.goal_mg)} a day"
    return f"{plan.medicine.capitalize()} {course}, in {steps} over {days_text(plan.summary.days)}."


def method_sentence(plan: Plan) -> str:
    """What limits a step, by the method's right name and with its base."""
    method = plan.method
    if plan.crossover is not None:
        return f"{_METHOD_WORDS[method.name]} {method.base}."
    in_detail = method.bands or method.block_days is not None
    if method.schedule is not None and method.about is not None:
        return f"Method: {method.about.title}. {method.base}."
    if method.about is not None and in_detail:
        return f"Method: {method.about.title}. Counted from {method.base}.{_bands_said(method.bands)}"
    return _METHOD_WORDS[method.name]


def _bands_said(bands: tuple[BandCut, ...]) -> str:
    if not bands:
        return ""
    parts: list[str] = []
    for band in bands:
        days = "" if band.days is None else f" every {days_text(band.days)}"
        edge = (
            f"above {format_mg(band.above_mg)}"
            if band.above_mg
            else "below that"
            if parts
            else "at every dose"
        )
        parts.append(f"{edge} {format_mg(band.cut_mg)}{days}")
    return f" One cut takes away at most: {_listed(parts)}."


def about_sentences(plan: Plan) -> tuple[str, ...]:
    """How the method ends, who uses it and what is known of it; nothing for plans made before that was kept."""
    about = plan.method.about
    if about is None:
        return ()
    return (
        f"How it ends: {about.end_rule}",
        f"Who uses it: {about.used_by}",
        f"What is known: {about.known}",
    )


def limits_sentence(plan: Plan) -> str:
    """The limits every step is held to, and whether the plan keeps them."""
    if plan.crossover is not None:
        return limits_text(plan)
    pace = f"Each step lasts at least {days_text(plan.interval_days)}."
    if plan.method.schedule is not None:
        return f"The doses and the days are those of the published schedule {plan.method.schedule}."
    said = _limits_said(plan)
    if plan.method.block_days is not None:
        pace = f"A block lasts {days_text(plan.method.block_days)}, and one step never takes away more than a block does."
    limits = f"Limits for one step: at most {_listed(said)}. " if said else ""
    return f"{limits}{pace}{_kept(plan)}"


def _limits_said(plan: Plan) -> list[str]:
    limits, end = plan.method.limits, plan.method.end_dose_mg
    above, below = (
        (f" above {format_mg(end)}", f" from {format_mg(end)} down") if end is not None else ("", "")
    )
    if plan.method.name is MethodName.OCCUPANCY:
        above = " while the dose is high"
    shares = (
        (limits.percent_of_current, f"of the dose before it{above}"),
        (limits.percent_of_start, "of the starting dose"),
        (limits.tail_percent_of_start, f"of the starting dose{below}"),
        (limits.first_cut_percent, "of the starting dose in the first step"),
    )
    said = [f"{plain(limits.points)} points"] if limits.points is not None else []
    said += [f"{format_percent(rounded(share, 2))} {of}" for share, of in shares if share is not None]
    said += [format_mg(limits.mg)] if limits.mg is not None else []
    return said + ([f"{format_mg(limits.last_steps_mg)}{below}"] if limits.last_steps_mg is not None else [])


def _kept(plan: Plan) -> str:
    if not plan.summary.within_limit:
        return " This draft does not keep within these limits."
    shortest = " No shorter plan keeps within these limits." if plan.summary.checked_steps else ""
    return f" Every step keeps within these limits.{shortest}"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + ", and " + parts[-1]


def dates_sentence(plan: Plan) -> str:
    """How far dates stand, and what is taken once they are over; empty where there are none."""
    if plan.review_on is None:
        return ""
    return (
        f"Dates stand up to your review on {format_date(plan.review_on)}. Until it has taken place, stay on the last of these"
        " doses. After it, dates depend on how it goes."
    )


def worst_drop_sentence(plan: Plan) -> str:
    """Where the largest drop stands and, where other curves exist, how large the last one may be."""
    if plan.crossover is not None:
        return lost_text(plan)
    summary, at = plan.summary, plan.worst_step
    if at > len(plan.steps):
        where, within = f"the last one, to {format_mg(0)}", last_drop_within(plan)
    else:
        step = plan.steps[at - 1]
        where, within = f"step {at}, to {format_mg(step.dose_mg)}", step.within
    largest = drop_text(summary.largest_drop, summary.effect_kind, within=within)
    text = f"The largest drop is {largest}: {where}."
    if summary.worst_last_drop is not None:
        worst = drop_text(summary.worst_last_drop, summary.effect_kind)
        text += f" By other published curves the last drop could be as much as {worst}."
    return text


def finding_blocks(findings: tuple[Finding, ...]) -> tuple[FindingBlock, ...]:
    """The findings, stops first, then warnings, then notes, each in the order given."""
    weight = list(Level)
    ordered = sorted(findings, key=lambda finding: weight.index(finding.level))
    return tuple(
        FindingBlock(f.level, _LEVEL_HEADINGS[f.level], f.text, f.rule, f.hazards, f.sources) for f in ordered
    )


def remedy_text(remedy: Remedy, kind: EffectKind | None = None) -> str:
    """What to add and what it achieves. ``kind`` is the drops' unit; without it no drop is told."""
    told = [f"{remedy.steps} {'step' if remedy.steps == 1 else 'steps'}"] if remedy.steps is not None else []
    if kind is not None and remedy.largest_drop is not None:
        told.append(f"largest drop {drop_text(remedy.largest_drop, kind, within=remedy.within_limit)}")
    if kind is not None and remedy.last_drop is not None:
        told.append(f"last drop {drop_text(remedy.last_drop, kind, within=remedy.within_limit)}")
    additions = ", together with ".join(_addition_text(addition) for addition in remedy.add)
    additions = additions[:1].upper() + additions[1:]
    figures = f": {', '.join(told)}" if told else ""
    if remedy.within_limit:
        return f"{additions}. With this a plan keeps within your limits{figures}."
    return (
        f"{additions}. With this a plan is still not within your limits{figures}."
        if told
        else f"{additions}."
    )


def _addition_text(addition: Addition) -> str:
    price = f" (list price {price_text(addition.price)})" if addition.price is not None else ""
    text = addition.text.rstrip(".")
    if addition.kind is not AdditionKind.PRODUCT:
        text = text[:1].lower() + text[1:]
    return f"{text}{price}"


def price_text(price: Price) -> str:
    """``GBP 9.00 for 28 tablets``."""
    return f"{price.currency} {price.amount:f} for {plain(price.pack_size)} {plural(price.unit, price.pack_size)}"


def chart_alternative(plan: Plan) -> str:
    """The chart in words, for those who do not see it."""
    if plan.crossover is not None:
        return " ".join((course_text(plan), *(f"Step {s.number}: {dose_text(plan, s)}." for s in plan.steps)))
    doses = ", ".join(format_mg(step.dose_mg) for step in plan.steps)
    end = f", then {format_mg(0)}" if plan.goal_mg == 0 else ""
    return f"{course_sentence(plan)} Doses: {doses}{end}. {worst_drop_sentence(plan)}"
