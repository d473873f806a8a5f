"""Facts about real products that the planner must reproduce, each as a clinical sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from easeoff.medicines.model import Release, Tier
from easeoff.planning.plan import Plan
from easeoff.planning.request import Indication, MethodName, Person, Pregnancy, TaperRequest
from easeoff.proposing import Outcome, Proposal, plan_taper

TABLETS = ("GB-sertraline-tablet-25mg", "GB-sertraline-tablet-50mg", "GB-sertraline-tablet-100mg")
#: Someone who answered everything, and for whom nothing is a stop.
ANSWERED = Person(
    indication=Indication.DEPRESSION, age=41, pregnancy=Pregnancy.NO, years=Decimal(3), days_a_week=7, steady=True, others=(),
    alcohol_units=Decimal(0), alcohol_dependence=False, drugs=False, seizures=False, past_withdrawal=False,
    psychosis=False, suicidal=False, crisis=False, liver=False, kidney=False, heart=False, breathing=False, relapse_plan=True,
)  # fmt: skip


def propose(medicine: str, mg: str, country: str = "GB", form: str = "tablet", **changes: Any) -> Proposal:
    """The proposal for coming off ``mg`` a day."""
    plain = TaperRequest(
        medicine, Decimal(mg), country, date(2027, 1, 4), form=form, goal=Decimal(0), person=ANSWERED
    )
    return plan_taper(replace(plain, **changes))


def planned(medicine: str, mg: str, country: str = "GB", form: str = "tablet", **changes: Any) -> Plan:
    """The plan or draft of the same."""
    plan = propose(medicine, mg, country, form, **changes).plan
    assert plan is not None
    return plan


def path(plan: Plan) -> list[Decimal]:
    """Today's dose, every step's, and zero."""
    return [plan.start_dose_mg, *(s.dose_mg for s in plan.steps), Decimal(0)]


def cuts(plan: Plan) -> list[Fraction]:
    """Each cut as percent of the dose before it."""
    return [Fraction(a - b) * 100 / Fraction(a) for a, b in pairwise(path(plan))]


def products_of(plan: Plan) -> set[str]:
    """The ids of every product in the plan."""
    return {p.product for s in plan.steps for i in s.intakes for p in i.portions}


# --- what British products can and cannot do ---------------------------------------------------------------------------


@pytest.mark.hazard("H-033", "H-034")
def test_sertraline_100_in_tablets_only_ends_in_a_drop_of_about_82_points() -> None:
    proposal = propose("sertraline", "100", products=TABLETS)
    assert proposal.plan is not None
    assert round(proposal.plan.summary.last_drop) == 82
    assert proposal.outcome is Outcome.NOT_WITHIN_LIMITS and not proposal.within_limit
    assert proposal.outcome.exit_status == 1


def test_sertraline_100_with_the_licensed_liquid_ends_in_a_drop_of_about_22_points() -> None:
    proposal = propose("sertraline", "100")
    assert proposal.plan is not None
    assert round(proposal.plan.summary.last_drop) == 22
    assert not proposal.within_limit


def test_sertraline_100_with_listed_specials_keeps_every_drop_within_10_points() -> None:
    plan = planned("sertraline", "100", tier=Tier.SPECIAL, limit=Decimal(10))
    assert plan.summary.within_limit and plan.summary.largest_drop <= 10
    assert all(s.within for s in plan.steps)


@pytest.mark.hazard("H-011", "H-033")
def test_beside_sertralines_last_step_of_10_stands_about_24_by_a_third_of_the_ed50() -> None:
    # A last step of exactly 10 points by the preferred fit, from the dose that leaves 10 points.
    from easeoff.medicines import load_medicine
    from easeoff.pharmacology import PER_POINT, planning_curve, scale_of, worst_scales
    from easeoff.quantities import to_grid

    medicine, start = load_medicine("sertraline"), to_grid(Decimal(100))
    curve = planning_curve(medicine, "IR")
    assert curve is not None and curve.ed50_mg is not None
    dose = scale_of(curve, start).lowest_dose(10 * PER_POINT)
    third = Fraction(curve.ed50_mg) / 3
    by_hand = 100 * (dose / (dose + third * 10**6)) / (start / (start + third * 10**6))
    worst = max(s.effect(dose) for s in worst_scales(medicine, curve, start))
    assert 23 <= by_hand <= 25
    assert Fraction(worst, PER_POINT) >= by_hand - Fraction(1, 1000)


@pytest.mark.hazard("H-011")
def test_every_step_of_a_curve_plan_shows_a_worst_drop_that_is_no_smaller() -> None:
    plan = planned("sertraline", "100", tier=Tier.SPECIAL)
    assert all(s.worst_drop is not None and s.worst_drop >= s.drop for s in plan.steps)
    assert plan.summary.worst_last_drop is not None
    assert plan.summary.worst_last_drop >= plan.summary.last_drop


@pytest.mark.hazard("H-002", "H-011")
def test_sertraline_200_never_falls_to_50_at_once() -> None:
    plan = planned("sertraline", "200")
    assert plan.steps[0].dose_mg >= 150
    above = [cut for cut, dose in zip(cuts(plan), path(plan), strict=False) if dose > Decimal("9.1")]
    assert max(above) <= 25


def test_where_the_bottom_is_hopeless_the_top_is_no_faster() -> None:
    plan = planned("sertraline", "200", products=TABLETS)
    over = [s.number for s in plan.steps if not s.within]
    assert len(plan.steps) >= 6, "never a single cut because the last one cannot be kept small"
    for step, cut in zip(plan.steps, cuts(plan), strict=False):
        if step.number not in over:
            assert cut <= 25


# --- the first cut goes by risk ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "most"),
    [
        (replace(ANSWERED, years=Decimal("0.5")), 25),
        (ANSWERED, 15),
        (replace(ANSWERED, past_withdrawal=True), 10),
        (replace(ANSWERED, past_withdrawal=None), 10),
        (replace(ANSWERED, years=None), 10),
        (Person(), 10),
    ],
    ids=[
        "under a year",
        "settled",
        "past withdrawal",
        "withdrawal not answered",
        "years not answered",
        "nothing answered",
    ],
)
@pytest.mark.parametrize(
    ("medicine", "mg"), [("sertraline", "100"), ("mirtazapine", "45"), ("fluoxetine", "20")]
)
def test_the_first_cut_obeys_the_risk(medicine: str, mg: str, person: Person, most: int) -> None:
    plan = planned(medicine, mg, tier=Tier.SPECIAL, person=person)
    assert plan.method.limits.first_cut_percent == most
    if plan.steps[0].within:
        assert cuts(plan)[0] <= most


# --- class rules -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("medicine", "mg", "form", "name", "limit", "cap", "shortest"),
    [
        ("sertraline", "100", "tablet", MethodName.OCCUPANCY, 5, 25, 14),
        ("paroxetine", "20", "tablet", MethodName.OCCUPANCY, 5, 20, 28),
        ("venlafaxine", "75", "MR capsule", MethodName.OCCUPANCY, 5, 20, 28),
        ("duloxetine", "60", "GR capsule", MethodName.OCCUPANCY, 5, 20, 28),
        ("fluoxetine", "20", "capsule", MethodName.PERCENT_CURRENT, None, 25, 28),
        ("mirtazapine", "30", "tablet", MethodName.PERCENT_CURRENT, None, 10, 28),
        ("pregabalin", "150", "capsule", MethodName.PERCENT_CURRENT, None, 10, 28),
        ("olanzapine", "10", "tablet", MethodName.OCCUPANCY, 10, 25, 91),
        ("quetiapine", "300", "tablet", MethodName.PERCENT_CURRENT, None, 25, 91),
    ],
)
def test_each_class_keeps_to_its_own_pace(
    medicine: str, mg: str, form: str, name: MethodName, limit: int | None, cap: int, shortest: int
) -> None:
    plan = planned(medicine, mg, form=form)
    assert plan.method.name is name
    assert plan.method.limits.points == limit
    assert plan.method.limits.percent_of_current == cap
    assert plan.interval_days >= shortest
    for cut, dose, step in zip(cuts(plan), path(plan), plan.steps, strict=False):
        if step.within and plan.method.end_dose_mg is not None and dose > plan.method.end_dose_mg:
            assert cut <= cap


@pytest.mark.parametrize("medicine", ["quetiapine", "fluoxetine", "mirtazapine"])
def test_a_medicine_without_a_usable_curve_is_never_called_occupancy(medicine: str) -> None:
    plan = planned(medicine, "30")
    assert plan.method.name is MethodName.PERCENT_CURRENT
    assert plan.summary.effect_kind.value == "percent_of_start"
    assert plan.method.base == "the current dose", "a percentage carries its base"


def test_a_zopiclone_taker_comes_down_by_quarters_of_the_start() -> None:
    plan = planned("zopiclone", "15")
    assert path(plan) == [Decimal(15), Decimal("11.25"), Decimal("7.5"), Decimal("3.75"), 0]
    assert plan.interval_days == 14 and plan.summary.within_limit


def test_a_benzodiazepine_never_falls_over_a_quarter_in_two_weeks_and_ends_in_half_milligrams() -> None:
    plan = planned("diazepam", "10")
    assert plan.method.limits.last_steps_mg == Decimal("0.5")
    end = plan.method.end_dose_mg
    assert end is not None
    for a, b in pairwise(path(plan)):
        if a > end:
            assert (a - b) * 4 <= a
        else:
            assert a - b <= Decimal("0.5")


@pytest.mark.parametrize(
    ("method", "limit"),
    [
        (MethodName.PERCENT_CURRENT, Decimal(10)),
        (MethodName.PERCENT_START, Decimal(5)),
        (MethodName.FIXED, Decimal(5)),
    ],
)
def test_whatever_the_method_the_last_steps_of_diazepam_are_half_a_milligram_at_most(
    method: MethodName, limit: Decimal
) -> None:
    plan = planned("diazepam", "10", method=method, limit=limit, every=28)
    assert plan.summary.within_limit
    assert path(plan)[-2] <= Decimal("0.5")


# --- forms -------------------------------------------------------------------------------------------------------------


@pytest.mark.hazard("H-004")
@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize(("medicine", "mg", "form", "release"), [
    ("venlafaxine", "150", "MR capsule", Release.MR),
    ("venlafaxine", "150", "MR tablet", Release.MR),
    ("quetiapine", "200", "MR tablet", Release.MR),
    ("duloxetine", "60", "GR capsule", Release.GR),
])  # fmt: skip
def test_who_starts_on_a_slow_release_form_is_never_given_another(
    medicine: str, mg: str, form: str, release: Release, tier: Tier
) -> None:
    proposal = propose(medicine, mg, form=form, tier=tier, halves=True)
    assert proposal.plan is not None
    used = {proposal.formulary.product(p) for p in products_of(proposal.plan)}
    assert {p.release for p in used} == {release}
    assert len({p.form_group for p in used}) == 1
    for step in proposal.plan.steps:
        for intake in step.intakes:
            assert all(p.amount == int(p.amount) for p in intake.portions), "never cut, crushed or opened"


@pytest.mark.hazard("H-007")
def test_eight_milligrams_of_citalopram_drops_count_as_a_ten_milligram_tablet() -> None:
    plan = planned("citalopram", "20")
    portions = [p for s in plan.steps for i in s.intakes for p in i.portions if "drops" in p.product]
    assert portions, "the only licensed way below the smallest tablet"
    for portion in portions:
        assert portion.equivalent_mg == portion.mg * Decimal("1.25")
        assert portion.unit == "drop" and portion.device == "" and portion.amount == portion.mg / 2
    ten = next(s for s in plan.steps if s.dose_mg == 10)
    assert [p.mg for i in ten.intakes for p in i.portions] in ([Decimal(8)], [Decimal(10)])


@pytest.mark.hazard("H-007", "H-011")
def test_the_same_citalopram_regimen_has_the_same_effect_whichever_form_it_is_counted_in() -> None:
    in_tablets = planned("citalopram", "20", form="tablet", goal=Decimal(0))
    in_drops = planned("citalopram", "16", form="drops", goal=Decimal(0))
    if in_drops.method.name is MethodName.OCCUPANCY:
        one_drop_less = [
            (p.steps[-1].effect, p.steps[-1].intakes[0].portions[0].amount) for p in (in_tablets, in_drops)
        ]
        assert one_drop_less[0] == one_drop_less[1]


@pytest.mark.hazard("H-007")
def test_a_drop_of_escitalopram_is_one_milligram_and_counts_as_one_of_the_tablet() -> None:
    plan = planned("escitalopram", "10")
    portions = [p for s in plan.steps for i in s.intakes for p in i.portions if "drops" in p.product]
    assert portions
    assert all(p.amount == p.mg == p.equivalent_mg and p.device == "" for p in portions)


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize(
    "medicine", ["sertraline", "citalopram", "escitalopram", "mirtazapine", "diazepam", "quetiapine"]
)
def test_one_plan_never_holds_two_strengths_of_a_liquid(medicine: str) -> None:
    proposal = propose(medicine, "20", tier=Tier.SPECIAL)
    assert proposal.plan is not None
    used = [proposal.formulary.product(p) for p in products_of(proposal.plan)]
    assert len({p.concentration.mg_per_ml for p in used if p.concentration is not None}) <= 1


@pytest.mark.hazard("H-005", "H-034")
def test_a_british_tablet_is_halved_only_where_brand_and_pharmacist_confirm() -> None:
    whole, halved = (
        planned("sertraline", "100", products=TABLETS, halves=halves) for halves in (False, True)
    )
    amounts = {p.amount for s in whole.steps for i in s.intakes for p in i.portions}
    assert all(a == int(a) for a in amounts)
    assert halved.summary.last_drop < whole.summary.last_drop
    assert path(halved)[-2] == Decimal("12.5")


# --- staying on a lower dose -------------------------------------------------------------------------------------------


@pytest.mark.hazard("H-009")
def test_a_dose_to_stay_on_is_kept_with_no_end_date_and_is_arrived_at_on_its_first_day() -> None:
    plan = planned("sertraline", "100", goal=Decimal(50), limit=Decimal(5), review=12, start=date(2027, 2, 1))
    last = plan.steps[-1]
    assert last.dose_mg == plan.goal_mg == 50
    assert last.start is not None and last.end is None
    assert plan.arrives_on == last.start


@pytest.mark.parametrize("country", ["GB", "US"])
def test_an_antipsychotic_never_comes_down_to_nothing_unless_someone_says_so(country: str) -> None:
    proposal = propose("olanzapine", "10", country, goal=None)
    assert proposal.plan is not None and proposal.plan.goal_mg > 0
    assert "goal" in {q.key for q in proposal.open_questions}


def test_a_slow_release_dose_that_no_slow_release_product_makes_is_asked_back() -> None:
    proposal = propose("paroxetine", "20", "US", "MR tablet")
    assert proposal.plan is None
    assert "20 mg" in " ".join(proposal.reasons)
