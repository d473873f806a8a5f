"""The life of a crossover as a state machine: two medicines, and no version that raises what both count as together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest
from histories import PRESCRIBER, happening, later, record
from history_invariants import (
    check_file,
    dates_reach_only_to_the_review,
    nothing_is_dated_while_waiting,
    only_four_things_are_proposed,
    supply_is_what_is_taken,
    the_chain_holds,
    the_past_stays,
)
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from wishes import SETTLED, TODAY

from easeoff.documents import write_plan
from easeoff.documents.wording import product_of
from easeoff.planning.crossover.two_medicines import formulary_of
from easeoff.planning.lifecycle import Kind, mark_at
from easeoff.planning.lifecycle.recording import REFUSED
from easeoff.planning.plan import Plan, Step
from easeoff.planning.request import (
    CrossoverWish,
    Indication,
    IntakeDose,
    MethodName,
    Override,
    TaperRequest,
)
from easeoff.proposing import plan_taper
from easeoff.proposing.following import Happening
from easeoff.quantities import EaseoffError

_BY = Override("A prescriber", "GP", "1234567", "hard to take down", TODAY)


def _asked(medicine: str, dose: str, to: str, mg: str, times: str = "", **more: object) -> TaperRequest:
    intakes = tuple(IntakeDose(time, D(dose) / len(times.split())) for time in times.split())
    return TaperRequest(
        medicine, D(dose), "GB", TODAY, start=TODAY, intakes=intakes, method=MethodName.CROSSOVER, override=_BY,
        person=replace(SETTLED, indication=Indication.ANXIETY), crossover=CrossoverWish(to, D(mg), "prescriber"),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


#: Three times a day, a part that stays, once a day in parts with a loss at each, and one with none.
WISHES = (
    _asked("alprazolam", "1.5", "diazepam", "20", "08:00 14:00 22:00"),
    _asked("alprazolam", "1.5", "diazepam", "20", "08:00 14:00 22:00", goal=D("0.5"), every=14, review=1),
    _asked("alprazolam", "2", "diazepam", "20", "07:00 12:00 17:00 22:00", review=2),
    _asked("lorazepam", "2", "diazepam", "20", "08:00 22:00", halves=True),
)


@cache
def firsts() -> tuple[Plan, ...]:
    """Their plans, with a prescriber on record."""
    found = [plan_taper(wish) for wish in WISHES]
    assert all(proposal.may_issue_schedule for proposal in found)
    return tuple(proposal.plan for proposal in found if proposal.plan is not None)


def total(plan: Plan, step: Step) -> Fraction:
    """Both medicines in mg of the first by the equivalent that was entered, without any rounding."""
    assert plan.crossover is not None
    ratio = Fraction(plan.crossover.mg) / Fraction(plan.start_dose_mg)
    return (
        Fraction(plan.taken_of(plan.medicine, step))
        + Fraction(plan.taken_of(plan.crossover.medicine, step)) / ratio
    )


def check_doses(plan: Plan) -> None:
    """The total falls or stays, and the first medicine falls at each step, but for a recorded step back to what was taken."""
    backs = sum(event.kind == Kind.STEP_BACK for event in plan.events)
    before, mark, seen, rises = Fraction(plan.start_dose_mg), plan.start_dose_mg, {plan.start_dose_mg}, 0
    for step in plan.steps:
        now, taken = total(plan, step), mark_at(plan, step.number)
        assert now <= Fraction(plan.start_dose_mg)
        if taken > mark:
            rises += 1
            assert taken in seen and step.drop == 0
        else:
            assert taken < mark and now <= before
        seen.add(taken)
        before, mark = now, taken
    assert rises <= backs
    assert plan.crossover is not None and mark == plan.crossover.kept_mg


def check_makeable(plan: Plan) -> None:
    """Every portion of both is of its own medicine, and its product's strength gives its mg."""
    formulary = formulary_of(plan)
    for step in plan.steps:
        for portion in (p for intake in step.intakes for p in intake.portions):
            assert product_of(portion, formulary).medicine == portion.medicine


def check_waiting(plan: Plan) -> None:
    """No exchange comes sooner after the one before than was agreed."""
    first = plan.first or plan
    for step, following in pairwise(plan.steps):
        if step.start and following.start and mark_at(plan, following.number) < mark_at(plan, step.number):
            assert (following.start - step.start).days >= first.interval_days


class CrossoverLife(RuleBasedStateMachine):
    """One crossover, and days that go by."""

    plan: Plan
    today: date = TODAY

    @initialize(number=st.integers(0, len(WISHES) - 1), start=st.booleans())
    def proposed(self, number: int, start: bool) -> None:
        self.plan = firsts()[number]
        for kind in (Kind.AGREE, Kind.START) if start else ():
            self.plan = record(self.plan, Happening(kind, TODAY, by=PRESCRIBER), TODAY).plan

    @rule(data=st.data())
    def something_happens(self, data: st.DataObject) -> None:
        one = happening(self.plan, self.today, lambda options: data.draw(st.sampled_from(tuple(options))))
        before = write_plan(self.plan)
        try:
            followed = record(self.plan, one, self.today)
        except EaseoffError as refused:
            assert refused.message and refused.hint, "one sentence and a hint"
            assert write_plan(self.plan) == before
            return
        assert one.kind not in REFUSED
        old, self.plan = self.plan, followed.plan
        assert write_plan(old) == before, "the older version stays as it is"
        the_chain_holds(old, self.plan)
        the_past_stays(old, self.plan)
        assert followed.difference.changes and not followed.difference.faster

    @rule(data=st.data())
    def days_go_by(self, data: st.DataObject) -> None:
        self.today = later(self.today, lambda options: data.draw(st.sampled_from(tuple(options))))

    @invariant()
    def it_holds_together(self) -> None:
        if not hasattr(self, "plan"):
            return
        check_doses(self.plan)
        check_makeable(self.plan)
        check_waiting(self.plan)
        check_file(self.plan)
        if self.plan.events:
            dates_reach_only_to_the_review(self.plan)
            nothing_is_dated_while_waiting(self.plan)
            supply_is_what_is_taken(self.plan)
            only_four_things_are_proposed(self.plan)


CrossoverLife.TestCase.settings = settings(max_examples=12, stateful_step_count=14, deadline=None)
TestCrossoverLife = pytest.mark.hazard("H-002", "H-015", "H-021", "H-022")(CrossoverLife.TestCase)


def test_the_total_of_one_of_them_never_moves_so_a_dose_alone_would_not_tell_its_steps_apart() -> None:
    assert any(len({step.dose_mg for step in plan.steps}) == 1 for plan in firsts())
