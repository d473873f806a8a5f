"""Over everything that may be taken: the kit, the marks and the doses that make the best plan.

The doses are chosen from the finest marks. Coarser marks are used where they do just as well, because they are easier to read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter

from easeoff.medicines.model import Product
from easeoff.planning.forms import equivalent_factor
from easeoff.planning.rules import StepRule
from easeoff.planning.solving.handling import packed
from easeoff.planning.solving.kits import Kit, Portions
from easeoff.planning.solving.larder import AtHand, Larder
from easeoff.planning.solving.on_a_timetable import OnATimetable, on_a_timetable
from easeoff.planning.solving.regimens import Regimens, Split
from easeoff.planning.solving.sharing import Descents, Shared, share
from easeoff.planning.solving.solved import Solved, days_by_product, with_portions
from easeoff.planning.solving.solver import Label, Ladder, Shape, solve
from easeoff.planning.solving.splits import splits_of, units_of
from easeoff.planning.solving.timetables import Timetable


@dataclass(frozen=True)
class OnALadder:
    """The doses of one kit for one intake a day, before handling is weighed."""

    ladder: Ladder
    regimens: Regimens

    @property
    def shape(self) -> Shape:
        """What decides between kits before handling does."""
        return self.ladder.shape

    @property
    def label(self) -> Label:
        """The unavoidable drops and the steps."""
        return self.shape.label

    promise = label

    @property
    def within_limit(self) -> bool:
        """Whether some way keeps within the limits."""
        return not self.label[0]

    @property
    def steps(self) -> int:
        """How many steps it takes, the one to the goal included."""
        return self.label[1]

    def solved(self) -> Solved:
        """The way that is kept, with its portions."""
        solution = solve(self.ladder, lambda dose: self.regimens.lightest_ways((dose,)))
        return with_portions(solution, [(dose,) for dose in solution.doses], self.regimens)


#: What one kit makes of it.
Found = OnALadder | Shared | OnATimetable


@dataclass
class Search:
    """One person's way from ``starts`` (grid units by intake) to ``goal``, over whatever is at hand.

    With a ``timetable`` the way is the one that the method asks for, else any within the rule.
    ``keep_times`` leaves no time of day out before the end, ``first`` is the place of the one that goes first.
    What a kit makes of it is worked out once and used for every set of things at hand that is tried.
    """

    larder: Larder
    rule: StepRule
    starts: tuple[int, ...]
    goal: int
    timetable: Timetable | None = None
    keep_times: bool = False
    first: int | None = None
    # Not copied with `replace`: another start or goal makes something else of a kit.
    _known: dict[Kit, Found | None] = field(default_factory=dict, init=False)
    _descents: Descents = field(default_factory=dict, init=False)

    @property
    def _several(self) -> bool:
        return len(self.starts) > 1

    @property
    def start(self) -> int:
        """Today's total in grid units."""
        return sum(self.starts)

    def best(
        self, at_hand: AtHand, liquid: Product | None = None, below: Shape | None = None
    ) -> Found | None:
        """The best doses over these products with the finest marks, or ``None`` where they cannot make the goal.

        With ``liquid`` only the kit with that liquid is looked at; with ``below`` only kits that may leave smaller
        unavoidable drops than that.
        """
        kits = [levels[-1] for levels in self._kits(at_hand, liquid)]
        # A kit whose smallest dose is too large a last step cannot keep within the limits: look at the others first.
        promising = [kit for kit in kits if self._may_end(kit)]
        found = [f for kit in promising or kits if (f := self._promised(kit)) is not None]
        return _best([f for f in found if below is None or f.promise[0] < below.unavoidable])

    def every(self, at_hand: AtHand) -> list[Found]:
        """What each kit of these products makes of it, with the finest marks."""
        return [f for levels in self._kits(at_hand) if (f := self._found(levels[-1])) is not None]

    def may_suffice(self, at_hand: AtHand, liquid: Product | None = None) -> bool:
        """False where no kit of these products has a small enough last dose, which is quick to tell."""
        return any(self._may_end(levels[-1]) for levels in self._kits(at_hand, liquid))

    def _may_end(self, kit: Kit) -> bool:
        if self.timetable is not None and self.timetable.exact:
            return True
        return self.goal > 0 or (kit.smallest is not None and self.rule.floor(kit.smallest) == 0)

    def from_dose(self, dose: int) -> Search:
        """The same way down, begun at a lower dose taken at one time, under the same limits."""
        return Search(self.larder, self.rule, (dose,), self.goal, self.timetable, self.keep_times)

    def solution(self, at_hand: AtHand) -> Solved | None:
        """The best plan over these products, with the least handling among the kits that do equally well."""
        found = [(f, levels) for levels in self._kits(at_hand) if (f := self._found(levels[-1])) is not None]
        best = _best([f for f, _ in found])
        if best is None:
            return None
        equal = [
            (f, levels)
            for f, levels in found
            if f.promise <= best.label and f.label == best.label and f.shape.bin == best.shape.bin
        ]
        solved = [(f.solved(), levels) for f, levels in equal]
        chosen, levels = min(solved, key=lambda pair: pair[0].solution.cost)
        if self.timetable is not None:
            return chosen if self._several else self._with_fewer_products(chosen, at_hand, best)
        return self._with_coarser_marks(chosen, levels)

    def day(self, at_hand: AtHand) -> tuple[Portions, ...] | None:
        """Today's own doses from these products, intake by intake, with the least handling; ``None`` where they cannot make them."""
        made = []
        for levels in self._kits(at_hand):
            for kit in levels:
                regimens = self.larder.regimens(kit)
                ways = regimens.lightest_ways(self.starts) if regimens.can_make(self.starts) else ()
                made += [(packed(way.handling), sorted(way.products), regimens) for way in ways]
                if ways:
                    break  # coarser marks are easier to read
        if not made:
            return None
        _, products, regimens = min(made, key=lambda one: one[:2])
        return regimens.portions(self.starts, frozenset(products))

    def smallest(self, at_hand: AtHand) -> int | None:
        """The smallest dose that can be measured, in grid units."""
        amounts = [c.equivalent for p in at_hand.products for c in self.larder.portions(p, at_hand, 1)]
        return min(amounts, default=None)

    def makeable(self, at_hand: AtHand) -> list[int]:
        """Every day's total below today's that can be made, rising, in grid units; the finest marks."""
        totals: set[int] = set()
        for kits in self._kits(at_hand):
            totals |= self._totals(kits[-1])
        return sorted(totals)

    def _totals(self, kit: Kit) -> frozenset[int]:
        if not self._several:
            return kit.doses - {self.start}
        regimens = self.larder.regimens(kit)
        return frozenset(map(sum, regimens.makeable(self._splits)))

    def _with_coarser_marks(self, solved: Solved, levels: Sequence[Kit]) -> Solved:
        """A plan that is as short, as even in its largest drop and as light to handle, over marks that are easier to read."""
        for kit in levels[:-1]:
            found = self._found(kit)
            shape = solved.solution.shape
            if found is None or found.promise > shape.label:
                continue
            if found.label == shape.label and found.shape == shape:
                coarser = found.solved()
                if coarser.solution.cost[:-1] == solved.solution.cost[:-1]:
                    return coarser
        return solved

    def _promised(self, kit: Kit) -> Found | None:
        """What a kit makes possible at all. A timetable leaves the same drops that nothing avoids as any other way down by its rule,
        and that way is quicker to find."""
        if self.timetable is not None and not self.timetable.exact and not self._several:
            return self._laddered(kit)
        return self._found(kit)

    def _with_fewer_products(self, solved: Solved, at_hand: AtHand, best: Found) -> Solved:
        """On a timetable doses change often: products taken on a few days only are left out where it does as well without them."""
        days = days_by_product(solved)
        kept = [p for p in at_hand.products if p.id in days]
        for rare in sorted(kept, key=lambda p: (days[p.id], p.id)):
            fewer = tuple(p for p in kept if p is not rare)
            found = self._best_kit(replace(at_hand, products=fewer)) if fewer else None
            if found is not None and found.label == best.label and found.shape.bin == best.shape.bin:
                kept, solved = list(fewer), found.solved()
        return solved

    def _best_kit(self, at_hand: AtHand) -> Found | None:
        return _best([f for levels in self._kits(at_hand) if (f := self._found(levels[-1])) is not None])

    def _found(self, kit: Kit) -> Found | None:
        """What the kit makes of it, remembered; ``None`` where it cannot make the goal."""
        if kit not in self._known:
            self._known[kit] = self._find(kit)
        return self._known[kit]

    def _find(self, kit: Kit) -> Found | None:
        if self.timetable is not None:
            splits = self._splits if self._several else None
            return on_a_timetable(self.timetable, self.larder.regimens(kit), splits, self.starts, self.rule)
        if self._several:
            return share(
                self.larder.regimens(kit), self._splits, self.starts, self.goal, self.rule, self._descents
            )
        return self._laddered(kit)

    def _laddered(self, kit: Kit) -> OnALadder | None:
        if self.goal and self.goal not in kit.doses:
            return None
        return OnALadder(
            Ladder(tuple(kit.doses), self.start, self.goal, self.rule), self.larder.regimens(kit)
        )

    @cached_property
    def _splits(self) -> frozenset[Split]:
        """How the day may be shared, whatever is at hand."""
        formulary, form = self.larder.formulary, self.larder.form
        factors = ((p, equivalent_factor(formulary, p, form)) for p in formulary.products)
        listed = tuple((p, f) for p, f in factors if f is not None)
        units = units_of(listed, formulary.devices)
        return splits_of(self.starts, units, keep_times=self.keep_times, first=self.first)

    def _kits(self, at_hand: AtHand, only: Product | None = None) -> Iterator[tuple[Kit, ...]]:
        return self.larder.kits(at_hand, max(self.starts), only)


def _best(found: Sequence[Found]) -> Found | None:
    """The one with the least label, then the least bin, each worked out only where it can still decide."""
    best: Found | None = None
    for one in sorted(found, key=attrgetter("promise")):
        if best is None:
            best = one
        elif one.promise > best.label:
            break
        elif one.label < best.label or (one.label == best.label and one.shape.bin < best.shape.bin):
            best = one
    return best


__all__ = ["Found", "OnALadder", "Search", "Solved"]
