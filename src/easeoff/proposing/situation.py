"""One request, worked out far enough to be solved: form, products, pace, method, goal."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from easeoff.medicines import load_bands
from easeoff.medicines.model import Formulary
from easeoff.pharmacology import ShareOfStart
from easeoff.planning.build import Draft, build_plan
from easeoff.planning.findings import OpenQuestion
from easeoff.planning.forms import StartForm, start_form, usable_products
from easeoff.planning.methods import Approach, choose_approach
from easeoff.planning.pace import Pace, common_pace, pace_for
from easeoff.planning.plan import Plan
from easeoff.planning.request import TaperRequest
from easeoff.planning.rules import StepRule
from easeoff.planning.solving.larder import AtHand, Larder
from easeoff.planning.solving.search import Search
from easeoff.planning.solving.solved import Solved
from easeoff.planning.solving.timetables import Timetable
from easeoff.planning.times import first_to_go, leaves_fast, sharing_sentence
from easeoff.quantities import EaseoffError, format_mg, from_grid, to_grid

#: Doses of a schedule that are listed in one sentence. Project choice.
_MOST_LISTED = 8
#: Classes that are never taken down to zero unless someone says so.
ASK_THE_GOAL = frozenset({"antipsychotic"})


@dataclass(frozen=True)
class Situation:
    """A request with its form, what is at hand, and the search that plans from it."""

    formulary: Formulary
    request: TaperRequest
    form: StartForm
    form_question: OpenQuestion | None
    at_hand: AtHand
    pace: Pace | None
    gentle: bool
    larder: Larder
    _searches: dict[tuple[StepRule, Timetable | None, int], Search] = field(default_factory=dict)

    @property
    def starts(self) -> tuple[int, ...]:
        """Today's doses by time of day, in grid units."""
        if self.request.intakes:
            return tuple(to_grid(i.mg) for i in self.request.intakes)
        return (to_grid(self.request.dose),)

    @property
    def goal_is_open(self) -> bool:
        """Whether the goal was not said for a medicine that has no default: a draft's own goal depends on what is at hand."""
        return self.request.goal is None and self.formulary.medicine.drug_class in ASK_THE_GOAL

    def approach(self, at_hand: AtHand) -> Approach:
        """The method and its rule with these things at hand. There must be a pace."""
        assert self.pace is not None
        smallest = self.bare_search().smallest(at_hand)
        sharing = self._sharing
        request = replace(self.request, intakes=()) if sharing else self.request
        approach = choose_approach(
            self.formulary, request, self.pace, self.form, gentle=self.gentle, smallest=smallest
        )
        if not sharing:
            return approach
        return replace(approach, method=replace(approach.method, because=(*approach.method.because, sharing)))

    @property
    def _sharing(self) -> str:
        """How the day is shared where that is not as usual; empty for one time of day."""
        if len(self.starts) < 2:
            return ""
        return sharing_sentence(self.request, self.formulary.medicine)

    def bare_search(self) -> Search:
        """A search without limits, to learn what can be made."""
        start = sum(self.starts)
        return self._search(StepRule(ShareOfStart(start), start), 0)

    def search(self, approach: Approach, goal: int) -> Search:
        """The search under the limits of ``approach`` down to ``goal`` (grid units), remembered."""
        key = (approach.rule, approach.timetable, goal)
        if key not in self._searches:
            timetable = None if approach.timetable is None else approach.timetable.down_to(goal)
            self._searches[key] = self._search(approach.rule, goal, timetable)
        return self._searches[key]

    def _search(self, rule: StepRule, goal: int, timetable: Timetable | None = None) -> Search:
        times = tuple(intake.time for intake in self.request.intakes)
        return Search(
            self.larder,
            rule,
            self.starts,
            goal,
            timetable,
            keep_times=leaves_fast(self.formulary.medicine),
            first=first_to_go(self.request, times),
        )

    def goal(self, at_hand: AtHand, approach: Approach) -> int | None:
        """The goal in grid units. Where a class has no default goal and none was said, a draft goes to about a tenth
        of today's dose; ``None`` where nothing below today's dose can be made for that. A published schedule goes where it goes.

        Raises `EaseoffError` for a goal that a published schedule has not."""
        if approach.timetable is not None and approach.timetable.exact:
            return self._published_goal(approach.timetable)
        if self.request.goal is not None:
            return to_grid(self.request.goal)
        if self.formulary.medicine.drug_class not in ASK_THE_GOAL:
            return 0
        lowest = Fraction(common_pace().draft_goal_share) * sum(self.starts)
        makeable = self.bare_search().makeable(at_hand)
        return min((t for t in makeable if t >= lowest), default=None)

    def _published_goal(self, timetable: Timetable) -> int:
        goal = timetable.goal if self.request.goal is None else to_grid(self.request.goal)
        if goal not in timetable.doses:
            listed = ", ".join(format_mg(from_grid(dose)) for dose in timetable.doses[-_MOST_LISTED:])
            doses = f"{'... ' if len(timetable.doses) > _MOST_LISTED else ''}{listed}"
            raise EaseoffError(
                f"The schedule does not stop at {format_mg(from_grid(goal))}.",
                f"Its doses from today's on: {doses}.",
            )
        return goal

    def plan(self, approach: Approach, goal: int, solved: Solved) -> Plan:
        """The plan of a solution found with ``search``."""
        draft = Draft(self.formulary, self.request, approach, solved, goal, load_bands())
        return build_plan(draft)


def understand(formulary: Formulary, request: TaperRequest, *, questions_open: bool) -> Situation:
    """Work out form, products and pace. Raises `EaseoffError` for a form, product or device that is not known."""
    form, question = start_form(formulary, request)
    devices = tuple(
        d
        for d in formulary.devices
        if (d.id in request.devices if request.devices is not None else d.default)
    )
    at_hand = AtHand(
        products=usable_products(formulary, request, form),
        devices=devices,
        halves=request.halves,
        max_products=request.max_products,
        max_pieces=request.max_pieces,
    )
    gentle = questions_open or question is not None
    pace = pace_for(formulary.medicine, request)
    larder = Larder(formulary, form)
    return Situation(formulary, request, form, question, at_hand, pace, gentle, larder)
