"""The best way down from the dose that is taken now, under agreed limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from easeoff.medicines import load_bands
from easeoff.planning.build import Draft, intakes_of, last_drops, steps_from
from easeoff.planning.methods import Approach
from easeoff.planning.plan import Course, Intake, Limits, Step
from easeoff.planning.request import TaperRequest
from easeoff.planning.solving.kits import Portions
from easeoff.planning.solving.search import Search
from easeoff.planning.solving.timetables import Asked
from easeoff.planning.times import first_to_go
from easeoff.planning.version import ENGINE_VERSION
from easeoff.proposing.now import Now, as_first_agreed
from easeoff.proposing.situation import Situation, understand
from easeoff.quantities import EaseoffError, to_grid


@dataclass(frozen=True)
class Rest:
    """The way down that was found: its approach, what it was built from, and its steps at every time of day.

    ``waiting``: how many days later than its timetable the first step comes, because its first doses cannot be made.
    """

    now: Now
    approach: Approach
    draft: Draft
    steps: tuple[Step, ...]
    waiting: int

    @property
    def within(self) -> bool:
        """Whether every step keeps within the limits."""
        return self.draft.solution.shape.within_limit

    def course(self, wish: TaperRequest, because: str, *, faster: bool = False) -> Course:
        """The course of these steps; it says why they were worked out anew."""
        plan, method = self.now.plan, self.approach.method
        last, worst_last = last_drops(self.draft, to_grid(self.now.dose))
        return Course(
            engine_version=ENGINE_VERSION,
            data_version=self.now.formulary.data_version,
            request=wish,
            method=plan.method if plan.method.is_timetable else replace(method, because=plan.method.because),
            interval_days=self.approach.days if self.approach.timetable is None else plan.interval_days,
            goal_mg=plan.goal_mg,
            steps=self.steps,
            last_drop=last,
            worst_last_drop=worst_last,
            within_limit=self.within,
            # A timetable is followed, not shortened: nothing is claimed of other ways.
            checked=self.approach.timetable is None,
            findings=(*plan.findings, *(f for f in self.approach.findings if f not in plan.findings)),
            sources=plan.sources,
            because=(because,),
            faster=faster,
        )


def rest_of(now: Now, wish: TaperRequest, to: Decimal | None = None, *, named: bool = False) -> Rest | None:
    """The best way down from now to ``to``, or to the goal; ``None`` where nothing at hand leads there, or nothing is left to do.

    Only where the products of ``wish`` were ``named`` for this very change may a liquid come in that is not in use.
    """
    goal = to_grid(now.plan.goal_mg if to is None else to)
    if to_grid(now.dose) <= goal:
        return None
    situation = understand(now.formulary, as_first_agreed(now.plan, wish), questions_open=False)
    if not named:
        situation = _without_new_liquids(now, situation)
    if situation.pace is None or not situation.at_hand.products:
        return None
    approach = _as_agreed(now, situation.approach(situation.at_hand))
    solved = replace(search_from(now, situation, approach), goal=goal).solution(situation.at_hand)
    if solved is None:
        return None
    taken = tuple(i for i in now.intakes if i.mg)
    waiting = solved.solution.waiting
    solved = replace(solved, solution=replace(solved.solution, waiting=0))
    draft = Draft(
        now.formulary, replace(wish, intakes=taken, start=None), approach, solved, goal, load_bands()
    )
    steps = steps_from(draft, to_grid(now.dose), *now.band)
    everywhere = tuple(replace(s, intakes=all_times(now, s.intakes)) for s in steps)
    return Rest(now, approach, draft, everywhere, waiting)


def _as_agreed(now: Now, approach: Approach) -> Approach:
    """A timetable goes on as it was agreed, with every day that was added to it since: the doses ahead, and the days of each."""
    timetable = approach.timetable
    if timetable is None:
        return approach
    ahead = [Asked(to_grid(step.dose_mg), step.days) for step in now.plan.steps[now.step :]]
    if now.plan.goal_mg == 0:
        ahead.append(Asked(0, 0))
    return replace(approach, timetable=replace(timetable, asked=tuple(ahead)))


def search_from(now: Now, situation: Situation, approach: Approach) -> Search:
    """The search down from what is taken now, over the times of day that still hold a dose."""
    starts = tuple(to_grid(i.mg) for i in now.intakes if i.mg)
    search = situation.search(approach, to_grid(now.plan.goal_mg))
    first = first_to_go(situation.request, tuple(i.time for i in now.intakes if i.mg))
    return replace(search, starts=starts, first=first)


def _without_new_liquids(now: Now, situation: Situation) -> Situation:
    """A new way on never brings a bottle unasked, neither a second concentration nor a first one."""
    kept = tuple(p for p in situation.at_hand.products if not p.is_liquid or p.id in now.in_use)
    return replace(situation, at_hand=replace(situation.at_hand, products=kept))


def made_of(now: Now, portions: Sequence[Portions]) -> tuple[Intake, ...]:
    """Today's dose from these portions."""
    taken = [i.time for i in now.intakes if i.mg]
    return all_times(now, intakes_of(taken, portions, load_bands()))


def all_times(now: Now, intakes: Sequence[Intake]) -> tuple[Intake, ...]:
    """With the times of day at which nothing is taken any more."""
    made = iter(intakes)
    return tuple(next(made) if i.mg else Intake(i.time, ()) for i in now.intakes)


def refuse_looser(new: Limits, agreed: Limits) -> None:
    """Newer data may hold other limits: what was agreed is never exceeded by a plan that was worked out anew."""
    for field in fields(Limits):
        before, now = getattr(agreed, field.name), getattr(new, field.name)
        if before is not None and (now is None or now > before):
            raise EaseoffError(
                "The limits on record have changed since this plan was agreed, so it cannot be worked out anew.",
                "Hold or slow it as it stands, or make a new plan and take it to your prescriber.",
            )
