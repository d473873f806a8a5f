"""The life of a plan as a state machine: whatever is recorded, in whatever order, no version breaks an invariant."""

from __future__ import annotations

import json
from datetime import date
from random import Random

import pytest
from histories import PRESCRIBER, begun, happening, later, proposals, record
from history_invariants import check_file, check_version
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from wishes import TODAY

from easeoff.documents import read_plan, write_plan
from easeoff.planning.lifecycle import Kind
from easeoff.planning.plan import Plan, Status
from easeoff.proposing import Proposal
from easeoff.proposing.following import Happening
from easeoff.quantities import EaseoffError


class Life(RuleBasedStateMachine):
    """One plan, and days that go by."""

    plan: Plan
    proposal: Proposal
    today: date = TODAY

    @initialize(number=st.integers(0, 99), start=st.booleans())
    def proposed(self, number: int, start: bool) -> None:
        self.proposal = proposals()[number % len(proposals())]
        assert self.proposal.plan is not None
        self.plan = begun(self.proposal) if start else self.proposal.plan

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
        check_version(self.plan, followed, self.proposal, one, self.today)
        assert write_plan(self.plan) == before, "the older version stays as it is"
        self.plan = followed.plan

    @rule(data=st.data())
    def days_go_by(self, data: st.DataObject) -> None:
        self.today = later(self.today, lambda options: data.draw(st.sampled_from(tuple(options))))

    @rule()
    def something_about_the_person_changes(self) -> None:
        ill = Happening(Kind.FREEZE, self.today, why="ill")
        try:
            followed = record(self.plan, ill, self.today)
        except EaseoffError:
            return
        assert followed.plan.status is Status.FROZEN
        check_version(self.plan, followed, self.proposal, ill, self.today)
        self.plan = followed.plan

    @invariant()
    def the_file_holds_it(self) -> None:
        if hasattr(self, "plan"):
            check_file(self.plan)


Life.TestCase.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
TestLife = pytest.mark.hazard("H-012", "H-017", "H-021", "H-022", "H-030")(Life.TestCase)


def test_enough_wishes_can_be_followed() -> None:
    """The histories mean something only where there are plans of several kinds to follow."""
    names = {(p.request.medicine, p.request.country) for p in proposals()}
    assert len(names) >= 7
    assert any(p.plan and p.plan.goal_mg == 0 for p in proposals())
    assert any(len(p.request.intakes) > 1 for p in proposals())


def test_random_lives_come_to_every_state() -> None:
    """The long run's histories reach every state of the table."""
    seen: set[Status] = set()
    for seed in range(120):
        seen |= set(life(seed))
    assert seen == set(Status)


def life(seed: int) -> list[Status]:
    """The states that one random life goes through."""
    random = Random(seed)
    proposal = random.choice(proposals())
    plan, today, found = begun(proposal), TODAY, [Status.DRAFT, Status.WITH_PRESCRIBER, Status.AGREED]
    for _ in range(12):
        today = later(today, random.choice)
        try:
            plan = record(plan, happening(plan, today, random.choice), today).plan
        except EaseoffError:
            continue
        found.append(plan.status)
    return found


@pytest.mark.hazard("H-002", "H-030")
def test_a_later_version_that_was_changed_by_hand_is_refused() -> None:
    plan = begun(proposals()[0])
    text = write_plan(plan)
    whole = json.loads(text)
    for change in (
        lambda w: w["steps"][1].update(days=7),
        lambda w: w.update(status="held"),
        lambda w: w["events"].pop(),
        lambda w: w["first"]["steps"].pop(),
        lambda w: w["events"][-1].update(on="2027-01-01"),
        lambda w: w.pop("first"),
        lambda w: w["events"][-1].update(kind="teleport"),
        lambda w: w["events"][-1].update(step=99, kind="hold"),
        lambda w: w["events"].append({"kind": "freeze", "on": "2027-03-01", "why": "", "change": "weather"}),
    ):
        changed = json.loads(json.dumps(whole))
        change(changed)
        with pytest.raises(EaseoffError) as refused:
            read_plan(json.dumps(changed))
        assert refused.value.hint
    assert read_plan(text) == plan
    assert PRESCRIBER in text
