"""What holds of every crossover: two medicines, one time of day at a time, and a total that never rises."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from test_exports import NOW, START, dated, due
from wishes import SETTLED, TODAY

from easeoff.documents import (
    calendar_file,
    fhir_bundle,
    plan_table,
    proposal_json,
    read_fhir_doses,
    read_fhir_plan,
    read_plan,
    write_plan,
)
from easeoff.documents.fhir import StepStyle
from easeoff.documents.letterdata import letter_data
from easeoff.documents.needs import near_steps
from easeoff.medicines import load_formulary, load_medicine, medicine_names
from easeoff.planning.plan import Plan, Portion
from easeoff.planning.request import CrossoverWish, IntakeDose, MethodName, TaperRequest
from easeoff.proposing import Outcome, Proposal, plan_taper
from easeoff.quantities import EaseoffError

_CLASSES = ("benzodiazepine", "z_drug")
NAMES = tuple(name for name in medicine_names() if load_medicine(name).drug_class in _CLASSES)
TIMES = ("08:00", "13:00", "18:00", "22:00", "01:00")


@st.composite
def crossings(draw: st.DrawFn) -> TaperRequest:
    """A wish to change from one medicine of these classes to another, made of listed pieces at up to four times."""
    first, second = (draw(st.sampled_from(NAMES)) for _ in range(2))
    country = draw(st.sampled_from(("GB", "US", "FR", "CA")))
    listed = [p.mg_per_unit for p in load_formulary(first, country).products if p.mg_per_unit is not None]
    assume(first != second and listed)
    times = sorted(draw(st.sets(st.sampled_from(TIMES), min_size=1, max_size=4)))
    intakes = tuple(
        IntakeDose(time, draw(st.sampled_from(listed)) * draw(st.integers(1, 2))) for time in times
    )
    dose = sum((intake.mg for intake in intakes), Decimal(0))
    mg = Decimal(draw(st.integers(1, 60))) / draw(st.sampled_from((1, 2, 4)))
    keep = draw(st.sampled_from((None, intakes[0].mg)))
    return TaperRequest(
        first,
        dose,
        country,
        today=TODAY,
        intakes=intakes,
        method=MethodName.CROSSOVER,
        goal=None if keep == dose else keep,
        halves=draw(st.booleans()),
        every=draw(st.sampled_from((None, 7, 14))),
        person=draw(st.sampled_from((SETTLED, replace(SETTLED, age=None)))),
        crossover=CrossoverWish(second, mg, "prescriber", draw(st.integers(1, 3))),
    )


def proposed(request: TaperRequest) -> Proposal:
    try:
        return plan_taper(request)
    except EaseoffError as error:
        assert error.message and error.hint, "one sentence and a hint"
        assume(False)
        raise


def portions(plan: Plan) -> Iterator[Portion]:
    return (p for step in plan.steps for intake in step.intakes for p in intake.portions)


def exact_total(request: TaperRequest, doses: dict[tuple[str, str], Fraction]) -> Fraction:
    """Both medicines in mg of the first, by the equivalent as it was entered, without any rounding."""
    assert request.crossover is not None
    ratio = Fraction(request.crossover.mg) / Fraction(request.dose)
    return sum(
        (mg if name == request.medicine else mg / ratio for (_, name), mg in doses.items()), Fraction(0)
    )


@pytest.mark.hazard("H-001", "H-015")
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], max_examples=25)
@given(crossings())
def test_each_way_out_of_a_failing_draft_does_what_it_says(request: TaperRequest) -> None:
    found = proposed(request)
    assume(found.outcome is Outcome.NOT_WITHIN_LIMITS)
    for remedy in found.remedies:
        if remedy.request is not None:
            again = plan_taper(remedy.request)
            assert again.within_limit is remedy.within_limit
            assert remedy.steps == (None if again.plan is None else len(again.plan.steps))
        assert remedy.within_limit or not any(
            other.within_limit and other.request for other in found.remedies
        )


@pytest.mark.hazard("H-009", "H-015", "H-031")
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], max_examples=40)
@given(crossings(), st.booleans())
def test_every_crossover_goes_out_whole_with_each_dose_in_mg_of_its_own_medicine(
    request: TaperRequest, begins: bool
) -> None:
    made = proposed(replace(request, start=START if begins else None))
    assume(made.plan is not None and made.outcome is not Outcome.STOPPED)
    assert made.plan is not None
    made = replace(made, plan=dated(made.plan), within_limit=True, open_questions=())
    plan = made.plan
    assert plan is not None and plan.crossover is not None
    styles: tuple[StepStyle, ...] = ("sequence", "separate")
    for style in styles:
        text = fhir_bundle(made, NOW, steps=style)
        assert read_fhir_plan(text) == plan
        read = Counter((d.day, d.time, d.product, f"{d.mg.normalize():f}") for d in read_fhir_doses(text))
        assert read == due(plan)
    rows = list(csv.DictReader(StringIO(plan_table(made, "steps"), newline="")))
    for row in rows:
        assert Decimal(row["dose"]) == plan.taken_of(row["medicine"], plan.steps[int(row["step"]) - 1])
        assert Decimal(row["low"]) <= Decimal(row["dose"]) <= Decimal(row["high"])
    assert len(rows) == 2 * len(plan.steps)
    for row in csv.DictReader(StringIO(plan_table(made, "portions"), newline="")):
        assert made.formulary.product(row["product"]).medicine == row["medicine"]
    for title in ("neutral", "doses") if begins else ():
        assert b"VEVENT" in calendar_file(made, NOW, titles=title)  # type: ignore[arg-type]
    said = letter_data(made)
    prescribed = said["prescribe"]
    assert isinstance(prescribed, dict)
    names = {
        made.formulary.product(p.product).name
        for s in near_steps(plan)
        for i in s.intakes
        for p in i.portions
    }
    assert {row[0] for row in prescribed["rows"]} == names  # type: ignore[union-attr,index,call-overload]  # fmt: skip


def by_time(plan: Plan) -> Iterator[dict[tuple[str, str], Fraction]]:
    yield {(i.time, plan.medicine): Fraction(i.mg) for i in plan.request.intakes}
    for step in plan.steps:
        found: dict[tuple[str, str], Fraction] = {}
        for intake in step.intakes:
            for portion in intake.portions:
                key = (intake.time, portion.medicine)
                found[key] = found.get(key, Fraction(0)) + Fraction(portion.mg)
        yield found


@pytest.mark.hazard("H-002", "H-003", "H-015", "H-021", "H-044")
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], max_examples=60)
@given(crossings())
def test_the_total_never_rises_and_one_time_of_day_changes_at_a_time(request: TaperRequest) -> None:
    plan = proposed(request).plan
    assume(plan is not None)
    assert plan is not None and plan.crossover is not None
    ratio = Fraction(plan.crossover.mg) / Fraction(request.dose)
    states = list(by_time(plan))
    for before, after in pairwise(states):
        assert exact_total(request, after) <= exact_total(request, before) <= Fraction(request.dose)
        changed = {key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        assert len(changed) == 1
        (time,) = changed
        fallen = before.get((time, plan.medicine), Fraction(0)) - after.get(
            (time, plan.medicine), Fraction(0)
        )
        new = (time, plan.crossover.medicine)
        assert fallen > 0
        assert 0 <= after.get(new, Fraction(0)) - before.get(new, Fraction(0)) <= fallen * ratio
    kept = sum((mg for (_, name), mg in states[-1].items() if name == plan.medicine), Fraction(0))
    assert kept == Fraction(request.goal or 0) == Fraction(plan.crossover.kept_mg)


@pytest.mark.hazard("H-001", "H-004", "H-034")
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], max_examples=60)
@given(crossings())
def test_every_portion_of_both_can_be_made_and_names_its_own_medicine(request: TaperRequest) -> None:
    found = proposed(request)
    plan = found.plan
    assume(plan is not None)
    assert plan is not None
    for portion in portions(plan):
        product = found.formulary.product(portion.product)
        assert product.medicine == portion.medicine
        strength = product.mg_per_drop or product.mg_per_unit
        if portion.unit == "mL":
            assert product.concentration is not None
            assert Fraction(portion.amount) * product.concentration.mg_per_ml == Fraction(portion.mg)
        else:
            assert strength is not None
            assert portion.amount * strength == portion.mg
            assert portion.amount % 1 == 0 or request.halves or product.parts
    for step in plan.steps:
        assert sum((intake.mg for intake in step.intakes), Decimal(0)) == step.dose_mg <= request.dose
    assert found.outcome is not Outcome.PLAN, "without a prescriber on record it is a draft"
    assert write_plan(read_plan(write_plan(plan))) == write_plan(plan)
    assert proposal_json(plan_taper(request)) == proposal_json(found)
