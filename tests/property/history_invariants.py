"""What must hold of every version of a plan, whatever happened to it; recomputed from the versions' own figures."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from brute import Limits
from invariants import limits_of, units

from easeoff.documents import read_plan, write_plan
from easeoff.documents.history import identity, versions
from easeoff.medicines import load_formulary
from easeoff.planning.lifecycle import (
    Kind,
    Suggestion,
    allowed,
    mark_at,
    next_status,
    step_by_date,
    suggestion,
)
from easeoff.planning.methods.in_blocks import block_of
from easeoff.planning.plan import Plan, Status
from easeoff.planning.request import MethodName
from easeoff.proposing import Proposal
from easeoff.proposing.following import Followed, Happening
from easeoff.quantities import EaseoffError

DATED = frozenset({Status.RUNNING, Status.SLOWED})
WAITING = frozenset({Status.HELD, Status.STEPPED_BACK, Status.FROZEN, Status.AT_GOAL, Status.REVIEWED})


def check_version(old: Plan, followed: Followed, proposal: Proposal, said: Happening, today: date) -> None:
    """Every invariant of one new version, made on the day ``today`` of what was ``said``."""
    new = followed.plan
    nothing_is_taken_that_nobody_said(old, new, said, today)
    no_bottle_comes_unasked(old, new)
    the_chain_holds(old, new)
    doses_rise_only_by_a_step_back(new)
    dates_reach_only_to_the_review(new)
    nothing_is_dated_while_waiting(new)
    nothing_goes_faster_unasked(new, limits_of(proposal))
    no_step_is_shorter_than_those_around_it(old, new)
    no_dose_is_come_to_sooner(old, new)
    the_request_is_as_slow_as_the_plan(new)
    the_past_stays(old, new)
    supply_is_what_is_taken(new)
    only_four_things_are_proposed(new)
    assert followed.difference.changes and followed.difference.version == new.version
    assert followed.difference.faster == bool(new.events[-1].course and new.events[-1].course.faster)


def check_file(new: Plan) -> None:
    """Reading and writing gives the same bytes, and the events lead from the first version to this one."""
    text = write_plan(new)
    again = read_plan(text)
    assert again == new and write_plan(again) == text
    every = versions(new)
    assert [v.plan.version for v in every] == list(range(1, new.version + 1))
    assert write_plan(every[-1].plan) == text
    for before, after in pairwise(every):
        assert after.plan.replaces == before.identity


def the_chain_holds(old: Plan, new: Plan) -> None:
    """One event more, one version more, and the name of what it replaces."""
    assert new.version == old.version + 1 and new.replaces == identity(old)
    assert new.events[:-1] == old.events and new.first == (old.first or old)
    assert new.start_dose_mg == old.start_dose_mg and new.medicine == old.medicine
    begins = (old.first or old).status
    assert next_status(old.status, Kind(new.events[-1].kind), old.events, begins) is new.status


def doses_rise_only_by_a_step_back(plan: Plan) -> None:
    """And then by a recorded one, to a dose taken before, never above the start."""
    back = {e.on for e in plan.events if e.kind == Kind.STEP_BACK}
    before = plan.start_dose_mg
    seen = {before}
    assert [s.number for s in plan.steps] == list(range(1, len(plan.steps) + 1))
    for step in plan.steps:
        assert 0 < step.dose_mg <= plan.start_dose_mg
        assert sum((i.mg for i in step.intakes), Decimal(0)) == step.dose_mg
        if step.dose_mg > before:
            assert step.start is not None and not back.isdisjoint({step.start, step.start - timedelta(1)})
            assert step.dose_mg in seen and step.drop == 0
        seen.add(step.dose_mg)
        before = step.dose_mg
    assert not plan.steps or plan.steps[-1].dose_mg >= plan.goal_mg


def dates_reach_only_to_the_review(plan: Plan) -> None:
    """Dates stand one after the other without a gap, from the first step on, and never beyond the review."""
    started = any(e.kind == Kind.START for e in plan.events)
    last = plan.request.review if plan.dated_to is None else plan.dated_to
    dated = [s for s in plan.steps if s.start is not None]
    assert [s.number for s in dated] == list(range(1, len(dated) + 1))
    now = step_by_date(plan, plan.events[-1].on) if started else 0
    assert all(s.number <= max(last, now) for s in dated)
    for before, after in pairwise(dated):
        assert before.start is not None and before.end is not None and after.start is not None
        assert after.start == before.end + timedelta(1) and before.end >= before.start
        assert before.days == (after.start - before.start).days
    if plan.arrives_on is not None and plan.status not in (Status.AT_GOAL, Status.REVIEWED):
        assert len(plan.steps) + (plan.goal_mg == 0) <= last


def nothing_is_dated_while_waiting(plan: Plan) -> None:
    """Held, stepped back, frozen or at the goal: nothing later than what is taken has a date."""
    if plan.status not in WAITING:
        return
    event = plan.events[-1]
    ahead = [s for s in plan.steps if s.start is not None and s.start > event.on + timedelta(1)]
    assert not ahead
    if plan.status is Status.FROZEN:
        assert plan.review_on is None and plan.arrives_on is None


def nothing_goes_faster_unasked(plan: Plan, limits: Limits) -> None:
    """No cut is larger than agreed and none comes sooner, unless a person's own edit said so."""
    assert plan.first is not None
    if any(e.kind == Kind.EDIT for e in plan.events):
        return
    path = [plan.start_dose_mg, *(s.dose_mg for s in plan.steps)]
    for number, (before, after) in enumerate(pairwise(path), 1):
        if after < before:
            assert limits.allows(units(before), units(after)), f"step {number}"
    if plan.goal_mg == 0 and plan.steps:
        assert limits.allows(units(plan.steps[-1].dose_mg), 0)
    begun = [e.next_on for e in plan.events if e.kind == Kind.START]
    if begun and plan.steps and plan.steps[0].start is not None:
        assert plan.steps[0].start >= begun[0], "the first cut comes before the day that was agreed for it"
    shortest = plan.first.interval_days
    for step, following in pairwise(plan.steps):
        if following.start is not None and step.start is not None and following.dose_mg < step.dose_mg:
            assert (following.start - step.start).days >= shortest
    assert plan.interval_days >= shortest


def no_step_is_shorter_than_those_around_it(old: Plan, new: Plan) -> None:
    """Whatever is worked out anew keeps the days that were agreed for doses like its own, unless a prescriber's edit said so.

    A step back leads to doses that lie behind: how long those were really kept says nothing of what was agreed.
    """
    event = new.events[-1]
    if event.course is None or event.kind == Kind.EDIT:
        return
    step_now = event.step or 0
    if not any(s.start is None or s.start >= event.on for s in old.steps[step_now:]):
        return
    agreed = [(s.dose_mg, s.days) for s in old.steps[max(0, step_now - 1) :]]
    for step in new.steps[step_now:]:
        above = [days for dose, days in agreed if dose >= step.dose_mg][-3:]
        below = [days for dose, days in agreed if dose <= step.dose_mg][:3]
        least = old.interval_days if event.kind == Kind.STEP_BACK else min([*above, *below])
        if new.method.ramp:
            least = min(new.method.ramp)  # It shortens by the number of cuts, and there may be more of them.
        assert step.days >= least or _really_kept(old, least), f"step {step.number} lasts {step.days} days"


def _really_kept(old: Plan, days: int) -> bool:
    """Whether a step was ended after just so many days, other than agreed: that says how long it was taken, no more."""
    for earlier, later in pairwise(versions(old)):
        for agreed, kept in zip(earlier.plan.steps, later.plan.steps, strict=False):
            if kept.end is not None and agreed.dose_mg == kept.dose_mg and agreed.days != kept.days == days:
                return True
    return False


def no_dose_is_come_to_sooner(old: Plan, new: Plan) -> None:
    """By its days no dose of a plan with dates is taken earlier than by the version before.

    Other products may make fewer and larger steps within the limits agreed; what has a timetable keeps to it even so.
    """
    event = new.events[-1]
    free = event.kind == Kind.EDIT or (event.kind == Kind.CHANGE_PRODUCT and not new.method.is_timetable)
    if free or old.status not in DATED or new.status not in DATED:
        return
    if event.step is not None and mark_at(old, event.step) < mark_at(old, step_by_date(old, event.on)):
        return  # Less is taken already than the dates gave: that was said, not proposed.
    if any(a.dose_mg == b.dose_mg for a, b in pairwise(old.steps[event.step or 0 :])):
        return  # A rest of a step from before a change of product, followed by the whole step, is taken once.
    before, after = _days_of_doses(old, event.on), _days_of_doses(new, event.on)
    for dose in (d for d, _ in before):
        then = min((on for one, on in before if one <= dose), default=None)
        now = min((on for one, on in after if one <= dose), default=None)
        assert then is None or now is None or now >= then, (
            f"{dose} mg on {now}, and {then} in the version before"
        )


def the_request_is_as_slow_as_the_plan(plan: Plan) -> None:
    """A plan made again from what this version asks for has its blocks, its intervals and its bands."""
    method, asked = plan.method, plan.request
    if method.block_days is not None:
        assert block_of(asked, method.name).days == method.block_days
    assert asked.settings.ramp == method.ramp and not (asked.settings.ramp and asked.every)
    if method.name is MethodName.BANDS and plan.events[-1].course is not None:
        assert asked.settings.bands == method.bands


def nothing_is_taken_that_nobody_said(old: Plan, new: Plan, said: Happening, today: date) -> None:
    """On the day of the record the dose by the dates is the one said, or that of the version before, or with a first day the next."""
    kind = new.events[-1].kind
    if kind in (Kind.STEP_BACK, Kind.ARRIVE):
        return
    before, now = mark_at(old, step_by_date(old, today)), step_by_date(new, today)
    mark = mark_at(new, now)
    if kind in (Kind.START, Kind.RESUME):
        assert mark in (before, said.taking) or now - 1 <= (new.events[-1].step or 0)
        return
    assert mark in (before, said.taking), f"{mark} mg by the dates, {before} before, {said.taking} said"


def no_bottle_comes_unasked(old: Plan, new: Plan) -> None:
    """A liquid that is not in use comes only by a change of product."""
    event = new.events[-1]
    if event.course is None or event.kind == Kind.CHANGE_PRODUCT or new.crossover is not None:
        return
    step = event.step or 0
    assert _liquids(new, step) <= _liquids(old, max(0, step - 1))


def _liquids(plan: Plan, since: int) -> set[str]:
    used = {p.product for s in plan.steps[since:] for i in s.intakes for p in i.portions}
    return used & {p.id for p in load_formulary(plan.medicine, plan.country).products if p.is_liquid}


def _days_of_doses(plan: Plan, since: date) -> list[tuple[Decimal, date]]:
    """Each dose that begins after a day, with its own date, or where it has none yet the day to which the steps before add up."""
    found, following = [], None
    for step in plan.steps:
        begins = step.start or following
        if begins is None:
            return found
        if begins > since:
            found.append((step.dose_mg, begins))
        following = begins + timedelta(step.days)
    if following is not None and plan.goal_mg == 0:
        found.append((Decimal(0), following))
    return found


def the_past_stays(old: Plan, new: Plan) -> None:
    """What was taken before this event is not told anew: neither its dose nor its first day."""
    event = new.events[-1]
    kept = event.step if event.step is not None else 0
    for before, after in zip(old.steps[:kept], new.steps[:kept], strict=True):
        assert (before.dose_mg, before.intakes, before.start) == (after.dose_mg, after.intakes, after.start)


def supply_is_what_is_taken(plan: Plan) -> None:
    """Lines add up over steps and over 28 days, packs hold them with the buffer, and what is over is over."""
    daily: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for step in plan.steps:
        for portion in (p for i in step.intakes for p in i.portions):
            daily[step.number, portion.product] += portion.amount
    for line in plan.supply:
        assert sum((one.amount for one in line.steps), Decimal(0)) == line.amount == sum(line.per_28_days)
        for one in line.steps:
            assert one.amount % daily[one.step, line.product] == 0
        assert line.buffer is not None and line.buffer_days is not None and line.buffer > 0
        assert len(line.per_28_days) == -(-line.period_days // 28)
        if line.packs is not None and line.packs_with_buffer is not None:
            assert line.packs <= line.packs_with_buffer
            assert line.leftover is not None and line.leftover >= line.buffer - (
                1 if line.unit == "drop" else 0
            )


def only_four_things_are_proposed(plan: Plan) -> None:
    """Continue, hold, slower, ask; and what may be recorded may be recorded."""
    on = plan.events[-1].on
    for day in (on, on + timedelta(20), on + timedelta(400)):
        assert suggestion(plan, day).what in set(Suggestion) and suggestion(plan, day).text
    assert {s.value for s in Suggestion} == {"continue", "hold", "slower", "ask"}
    for kind in Kind:
        try:
            next_status(plan.status, kind, plan.events, (plan.first or plan).status)
        except EaseoffError as refused:
            assert refused.message.endswith(".") and refused.hint
            assert kind not in allowed(plan.status)
