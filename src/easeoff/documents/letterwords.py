"""The letter's own sentences, and the parts that both kinds of letter say alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from easeoff.documents.presenting import limits_sentence
from easeoff.documents.sourcing import SHORT_CONFIDENCE_WORDS
from easeoff.documents.steprows import last_drop_within
from easeoff.documents.wording import days_text, drop_text
from easeoff.medicines.guidelines import guideline_rates
from easeoff.medicines.model import Confidence, Formulary
from easeoff.planning.findings import Level
from easeoff.planning.methods.over_class import goes_over_class
from easeoff.planning.plan import EffectKind, Plan
from easeoff.planning.request import MethodName, Person
from easeoff.proposing.proposal import Proposal
from easeoff.quantities import format_mg, format_percent, plain, rounded
from easeoff.safety import questions_for

#: Guidelines beside a plan: as many as a page has room for. Project choice.
_MOST_RATES = 4
RESPONSIBILITY = (
    "Whoever prescribes an unlicensed special, or has a licensed product divided or diluted outside its licence, takes"
    " responsibility for that. The plan is a proposal until you agree; goal, rate, product and supply interval are yours to choose."
)
SLIP_CHOICES = (
    "I agree with this as it stands.",
    "I agree, with these changes:",
    "I would like to talk first, on:",
    "I cannot do this. Please turn to:",
)
WAY_CHOICE = "I choose way number:"
SLIP_FIELDS = ("Name, role, registration number", "Signature", "Date")
_SHORT = {
    "indication": "what it was prescribed for", "age": "age", "pregnancy": "pregnancy or breastfeeding", "years": "years taken",
    "days_a_week": "days a week", "steady": "steady dose for a month", "others": "other medicines",
    "alcohol_units": "alcohol", "alcohol_dependence": "alcohol dependence or withdrawal ever",
    "drugs": "other drugs", "seizures": "seizure ever", "past_withdrawal": "severe withdrawal before",
    "psychosis": "psychosis or bipolar ever", "suicidal": "thoughts of ending life", "crisis": "crisis in six months",
    "liver": "liver disease", "kidney": "kidney disease", "heart": "heart or thyroid disease",
    "breathing": "lung disease or sleep apnoea", "relapse_plan": "early-sign plan and contact",
}  # fmt: skip
_SAID = {
    "indication": "prescribed for {}", "age": "age {}", "pregnancy": "pregnancy or breastfeeding {}", "years": "taken for {} years",
    "days_a_week": "on {} days a week", "others": "other medicines {}", "alcohol_units": "{} units of alcohol a week",
}  # fmt: skip
#: Open things that no question about the person stands for.
_SHORT_OPEN = {
    "form": "form taken now",
    "goal": "goal dose",
    "intakes": "times of day",
    "pace": "agreement to go faster",
    "crossover": "your own record of this change",
    "equivalent": "the equivalent, which no table bears out",
}


def why_title(plan: Plan | None) -> str:
    """The heading over the reasons: only a plan that keeps the class's pace is called slow."""
    slow = plan is None or is_slow(plan)
    return "Why slowly, and what guidelines say" if slow else "How fast this is, and what guidelines say"


def is_slow(plan: Plan) -> bool:
    """Whether it keeps the class's pace and is no published schedule, so that the letter may call it slow."""
    return plan.method.name is not MethodName.TABLE and not goes_over_class(plan)


def _how_fast(plan: Plan) -> str:
    """What a plan takes away that is as published, or faster than the class's pace."""
    summary = plan.summary
    whose = (
        f"The doses and days are those of the published schedule {plan.method.schedule}, as published."
        if plan.method.name is MethodName.TABLE
        else "This plan is faster than the pace that is used here for this class: its limits were asked for."
    )
    before = (
        plan.steps[-1 if plan.goal_mg == 0 else -2].dose_mg if len(plan.steps) > 1 else plan.start_dose_mg
    )
    last = drop_text(summary.last_drop, summary.effect_kind, within=summary.within_limit)
    largest = drop_text(summary.largest_drop, summary.effect_kind, within=summary.within_limit)
    more = "" if summary.largest_drop == summary.last_drop else f" Its largest drop is {largest}."
    over = (
        " Drops over our limits for this class are marked on the schedule." if goes_over_class(plan) else ""
    )
    return f"{whose} Its last step, from {format_mg(before)} to {format_mg(plan.goal_mg)}, takes away {last}.{more}{over}"


def _ends_small(plan: Plan) -> bool:
    """Whether the last step is smaller in mg than any before it, or as small."""
    doses = [
        plan.start_dose_mg,
        *(step.dose_mg for step in plan.steps),
        *([Decimal(0)] if plan.goal_mg == 0 else []),
    ]
    cuts = [a - b for a, b in pairwise(doses)]
    return len(cuts) > 1 and cuts[-1] < cuts[0]


def rhythm_text(plan: Plan) -> str:
    """How often a step comes: ``a step every 28 days``, or with the rests of a slide ``..., but every fourth lasts 21 days``."""
    days = [step.days for step in (plan.steps if plan.goal_mg == 0 else plan.steps[:-1])]
    lengths = sorted(set(days)) or [plan.interval_days]
    if len(lengths) == 1:
        return f"a step every {days_text(lengths[0])}"
    rested = _rests(days)
    if rested is not None:
        return rested
    return f"steps of {plain(lengths[0])} to {days_text(lengths[-1])}"


def _rests(days: list[int]) -> str | None:
    """The rests of a slide, and from which step on it goes otherwise because not every dose can be made; ``None`` for no such pattern."""
    short = days[0]
    place = next((n for n, kept in enumerate(days, 1) if kept > short), 0)
    if place not in _ORDINALS:
        return None
    pattern = (*days[: place - 1], long := days[place - 1])
    holds = next((n for n, kept in enumerate(days) if kept != pattern[n % place]), len(days))
    if holds < 2 * place:
        return None
    told = f"a step every {days_text(short)}, but every {_ORDINALS[place]} lasts {days_text(long)}"
    rest = sorted(set(days[holds:]))
    if not rest:
        return told
    span = days_text(rest[0]) if len(rest) == 1 else f"{plain(rest[0])} to {days_text(rest[-1])}"
    return f"{told}; from step {holds + 1} on, where fewer doses can be made, steps last {span}"


_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}


def why_slow(plan: Plan) -> str:
    """Why a reduction goes slowly, and slower in mg at the end, from this plan's own figures; of a fast one how fast it is."""
    if not is_slow(plan):
        return _how_fast(plan)
    half = _nearest_half(plan)
    small = _ends_small(plan)
    if plan.summary.effect_kind is EffectKind.OCCUPANCY_POINTS and half is not None:
        dose, left = half
        return (
            f"The effect does not fall with the dose in a straight line. By the published curve {format_mg(dose)} a day still"
            f" do {plain(rounded(left, 0))} % of what {format_mg(plan.start_dose_mg)} do, so equal cuts in mg are small at the top and"
            f" very large at the end.{' That is why the last steps are so small.' if small else ''}"
        )
    if plan.method.name is MethodName.PERCENT_CURRENT:
        return (
            "Equal cuts in mg take an ever larger share of what is left, and the last one takes all of it. Each step here is held"
            f" to a share of the dose before it instead{', so the last steps are small' if small else ''}."
        )
    return (
        f"Each dose is kept for at least {days_text(plan.interval_days)}, so that what a cut does can show before the next one, and no"
        " cut is larger than the limit below."
    )


def _nearest_half(plan: Plan) -> tuple[Decimal, Decimal] | None:
    """The dose of the plan whose remaining effect is nearest to half, with that effect in percent."""
    by_distance = sorted(plan.steps, key=lambda step: (abs(step.effect - 50), step.number))
    return (by_distance[0].dose_mg, by_distance[0].effect) if by_distance else None


def plan_rate(plan: Plan) -> str:
    """This plan's own rate, in the words in which guidelines give theirs."""
    doses = (plan.start_dose_mg, *(step.dose_mg for step in plan.steps))
    cuts = [(_share(before, after), before, after) for before, after in pairwise(doses)]
    if not cuts:
        return f"From {format_mg(doses[0])} to {format_mg(plan.goal_mg)} at once."
    largest, before, after = max(cuts, key=lambda cut: cut[0])
    last = f", then {format_mg(doses[-1])} to {format_mg(0)}" if plan.goal_mg == 0 else ""
    drop = drop_text(plan.summary.largest_drop, plan.summary.effect_kind, within=plan.summary.within_limit)
    return (
        f"At most {drop} a step; {rhythm_text(plan)}. Of the current dose: {_percent(cuts[0][0])} in the first step,"
        f" {_percent(largest)} at most ({format_mg(before)} to {format_mg(after)}){last}."
        f" {plan.summary.steps} steps, {months_text(plan.summary.days)}."
    )


def _share(before: Decimal, after: Decimal) -> Decimal:
    return (before - after) * 100 / before


def _percent(share: Decimal) -> str:
    return format_percent(rounded(share, 0))


def months_text(days: int) -> str:
    """``about 21 months``; days where it is under two months."""
    return (
        days_text(days)
        if days < 61
        else f"about {plain(rounded(Decimal(days * 12) / Decimal('365.25'), 0))} months"
    )


def rate_rows(plan: Plan | None, formulary: Formulary) -> list[tuple[str, str, str]]:
    """Who, says what, how we know it: this plan first, where there is one, then the guidelines that speak of the medicine."""
    rows = [
        (rate.who, rate.says, SHORT_CONFIDENCE_WORDS[rate.provenance.confidence])
        for rate in guideline_rates(formulary.medicine)[:_MOST_RATES]
    ]
    none = ("Guidelines", "No guideline on record here gives a rate in numbers for this medicine.", "")
    ours = [("This plan", plan_rate(plan), "worked out")] if plan is not None else []
    return ours + (rows or [none])


def drop_rows(plan: Plan) -> list[tuple[str, str, str]]:
    """The largest and the last drop, by the preferred curve and by the least favourable published one."""
    summary, kind = plan.summary, plan.summary.effect_kind
    worst = [step.worst_drop for step in plan.steps if step.worst_drop is not None]
    worst += [summary.worst_last_drop] if summary.worst_last_drop is not None else []
    largest = drop_text(summary.largest_drop, kind, within=summary.within_limit)
    last = drop_text(summary.last_drop, kind, within=last_drop_within(plan))
    largest_worst = drop_text(max(worst), kind) if worst else "no other curve"
    last_worst = (
        drop_text(summary.worst_last_drop, kind) if summary.worst_last_drop is not None else "no other curve"
    )
    return [("Largest drop", largest, largest_worst), ("Last drop", last, last_worst)]


def rests_on(plan: Plan) -> str:
    """How many of the plan's sources were read, quoted by others, or are choices of this project."""
    counts = Counter(cited.confidence for cited in plan.sources)
    told = [
        f"{counts[confidence.value]} {one if counts[confidence.value] == 1 else more}"
        for confidence, one, more in _HOW_KNOWN
        if counts[confidence.value]
    ]
    number = len(plan.sources)
    sources = "one source" if number == 1 else f"{number} sources"
    listed = " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))
    return f"Of the plan’s {sources} {listed}. {limits_sentence(plan)}"


_HOW_KNOWN = (
    (Confidence.READ, "was read", "were read"),
    (Confidence.SECONDARY, "is known as others quote it", "are known as others quote them"),
    (
        Confidence.PROJECT_CHOICE,
        "is our own choice, because nobody published a figure",
        "are our own choices, because nobody published a figure",
    ),
)


def answered(proposal: Proposal) -> str:
    """What the person answered, in one line: figures, then yes, then no."""
    person, medicine = proposal.request.person, proposal.formulary.medicine
    said: list[str] = []
    yes: list[str] = []
    no: list[str] = []
    for question in questions_for(medicine):
        value = getattr(person, question.key)
        if value is True or value is False:
            (yes if value else no).append(_SHORT[question.key])
        elif value is not None:
            said.append(_SAID[question.key].format(_value_text(question.key, person)))
    parts = [", ".join(said), f"yes: {', '.join(yes)}" if yes else "", f"no: {', '.join(no)}" if no else ""]
    return "; ".join(part for part in parts if part) or "nothing"


def _value_text(key: str, person: Person) -> str:
    value = getattr(person, key)
    if key == "others":
        return ", ".join(value) or "none"
    return plain(value) if isinstance(value, Decimal | int) else str(value)


def not_answered(proposal: Proposal) -> str:
    """What is still open, by short names; empty where nothing is."""
    names = {**_SHORT, **_SHORT_OPEN}
    return ", ".join(names.get(question.key, question.key) for question in proposal.open_questions)


def watch(proposal: Proposal) -> Iterator[str]:
    """What to look out for between the steps and after the last one, from the findings of this proposal."""
    for rule in ("relapse-or-withdrawal", "relapse-watch"):
        yield from (finding.text for finding in proposal.findings if finding.rule == rule)


#: Findings that stand in the letter in other words, or are for the person's daily life only.
_TOLD_ELSEWHERE = frozenset({"relapse-or-withdrawal", "relapse-watch", "how-sure", "last-step", "missed-dose", "one-change-at-a-time",
                             "unlicensed-product"})  # fmt: skip


def findings(proposal: Proposal) -> list[str]:
    """Every warning and note that the letter does not say in other words."""
    return [finding.text for finding in proposal.findings if finding.rule in said_rules(proposal)]


def said_rules(proposal: Proposal) -> frozenset[str]:
    """The rules whose findings stand in the letter as they are."""
    return frozenset(f.rule for f in proposal.findings if f.level is not Level.STOP) - _TOLD_ELSEWHERE
