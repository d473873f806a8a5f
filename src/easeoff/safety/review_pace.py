"""Whether the plan goes at a pace that its medicine allows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from easeoff.medicines.model import Confidence, HalfLife
from easeoff.planning.findings import Finding
from easeoff.planning.plan import Plan
from easeoff.quantities import plain, rounded
from easeoff.safety.parts import Case, note, warn

#: After this many half-lives at one dose, about 94 % of the change has happened (arithmetic: 1 - 1/2**4).
HALF_LIVES_TO_SETTLE = 4
ANTIPSYCHOTIC_WARN_DAYS = 70
ANTIPSYCHOTIC_STOP_DAYS = 28
CLOZAPINE_STOP_DAYS = 42
LITHIUM_STOP_DAYS = 28
LITHIUM_WARN_DAYS = 90


def pace(case: Case, plan: Plan) -> Iterator[Finding]:
    """One cut only, a total that is too short for the class, and steps shorter than four half-lives."""
    yield from _single_cut(case, plan)
    yield from _total(case, plan)
    yield from _half_lives(case, plan)


def cuts(plan: Plan) -> int:
    """How many times the dose goes down, the last drop to zero included."""
    return len(plan.steps) + (1 if plan.goal_mg == 0 else 0)


def _single_cut(case: Case, plan: Plan) -> Iterator[Finding]:
    if plan.goal_mg == 0 and cuts(plan) < 2:
        yield case.stop(
            "single-cut",
            "This would be one cut from today's dose to nothing. Coming off needs more than one cut.",
            hazards=("H-040",),
            sources=("nice_ng215", "fda_2020", "hhs_2019"),
        )


def _total(case: Case, plan: Plan) -> Iterator[Finding]:
    if plan.goal_mg > 0 and cuts(plan) == 1 and plan.summary.within_limit:
        # One cut within the limits, to a dose to stay on, is no taper whose length could be judged.
        return
    days = plan.summary.days
    if case.is_a("clozapine") and days < CLOZAPINE_STOP_DAYS:
        yield _too_short(case, days, "6 weeks for clozapine", ("australian_prescriber_switching",))
    elif case.is_a("antipsychotic") and days < ANTIPSYCHOTIC_STOP_DAYS:
        yield _too_short(case, days, "4 weeks for an antipsychotic", ("project_choice",))
    elif case.is_a("antipsychotic") and days < ANTIPSYCHOTIC_WARN_DAYS:
        yield warn(
            "short-antipsychotic-taper",
            f"The whole plan takes {days} days. In 47 trials with people who had schizophrenia for long, relapse"
            " was more frequent when an antipsychotic was reduced in under 10 weeks.",
            ("H-016", "H-045"),
            ("pmc9810020",),
        )
    if case.is_a("lithium") and days < LITHIUM_STOP_DAYS:
        yield _too_short(case, days, "4 weeks for lithium", ("gpnotebook_lithium",))
    elif case.is_a("lithium") and days < LITHIUM_WARN_DAYS:
        yield warn(
            "short-lithium-taper",
            f"The whole plan takes {days} days. Guidance prefers three months for lithium.",
            ("H-016",),
            ("gpnotebook_lithium",),
        )


def _too_short(case: Case, days: int, least: str, sources: tuple[str, ...]) -> Finding:
    return case.stop(
        "too-short",
        f"The whole plan takes {days} days. That is less than {least}.",
        hazards=("H-016", "H-040"),
        sources=sources,
        liftable=False,
    )


def _half_lives(case: Case, plan: Plan) -> Iterator[Finding]:
    known = case.medicine.half_life
    longest = known.longest_hours if known else None
    if known is None or longest is None:
        yield note(
            "half-life-unknown",
            "No half-life is on record here, so we cannot say whether the body has settled before the next"
            " step.",
            ("H-041",),
        )
        return
    # Small cuts are judged by the block that they make up.
    block = plan.method.block_days
    lasts = plan.interval_days if block is None else block
    short = Decimal(lasts * 24) < HALF_LIVES_TO_SETTLE * longest
    if not short:
        return
    text = (
        f"A {'step' if block is None else 'block'} lasts {lasts} {'day' if lasts == 1 else 'days'}, but four half-lives are"
        f" {_days(longest * HALF_LIVES_TO_SETTLE)} (longest half-life on record:"
        f" {_span(longest)}{_of(known)}). The body may not have settled before the next step."
    )
    if known.provenance.confidence is Confidence.UNVERIFIED:
        yield note(
            "interval-below-half-lives",
            f"{text} This half-life has not been checked against its source.",
            ("H-010", "H-041"),
            (known.provenance.source,),
        )
    else:
        yield warn(
            "interval-below-half-lives",
            f"{text} A longer interval is worth asking for.",
            ("H-041",),
            (known.provenance.source,),
        )


def _of(known: HalfLife) -> str:
    if (
        known.metabolite_hours is not None
        and known.metabolite_hours == known.longest_hours
        and known.active_metabolite
    ):
        return f", of {known.active_metabolite}{_chosen_between(known)}"
    return ""


def _chosen_between(known: HalfLife) -> str:
    """Where the source prints a range only, the value is ours, and the range stands beside it."""
    low, high = known.metabolite_low_hours, known.metabolite_high_hours
    if low is None or high is None:
        return ""
    return f"; our choice in a printed range of {_span(low)} to {_span(high)}"


def _span(hours: Decimal) -> str:
    return f"{plain(hours)} hours" if hours < 48 else _days(hours)


def _days(hours: Decimal) -> str:
    return f"{plain(rounded(hours / 24, 1))} days"
