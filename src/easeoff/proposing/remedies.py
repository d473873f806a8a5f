"""What would make a plan possible: the smallest sets of additions, each with what it achieves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from heapq import heapify, heappop, heappush
from itertools import combinations, islice

from easeoff.medicines.model import Device, Product, Release, Tier
from easeoff.medicines.portions import parts_allowed
from easeoff.medicines.productwords import supplied_as
from easeoff.planning.findings import Level
from easeoff.planning.forms import may_follow
from easeoff.planning.methods import Approach
from easeoff.planning.request import TaperRequest
from easeoff.planning.solving.larder import AtHand
from easeoff.planning.solving.search import Found
from easeoff.planning.solving.solved import Solved
from easeoff.planning.solving.solver import Shape, Solution
from easeoff.proposing.achieving import achieved
from easeoff.proposing.concentrations import changes_of_concentration
from easeoff.proposing.proposal import Addition, AdditionKind, Remedy
from easeoff.proposing.situation import Situation
from easeoff.quantities import format_date, format_mg, from_grid
from easeoff.safety import review

#: How many remedies are shown, and how many candidates are combined with each other. Project choices.
MOST_SHOWN = 5
MOST_COMBINED = 6
LARGEST_SET = 3
#: One or two more pieces at a time than asked for are offered, never more.
_MORE_PIECES = (1, 2)
_MOST_PIECES = 12


@dataclass(frozen=True)
class Candidate:
    """One thing that could be added, and what it changes."""

    addition: Addition
    to_hand: Callable[[AtHand], AtHand]
    to_request: Callable[[TaperRequest], TaperRequest]
    liquid: Product | None = None

    @property
    def burden(self) -> tuple[int, Decimal]:
        """The easier to get first: halving and habits, then licensed products, then specials; then the price."""
        tier = self.addition.tier.rank + 1 if self.addition.tier is not None else 0
        return (tier, self.addition.price.amount if self.addition.price else Decimal("Infinity"))


@dataclass(frozen=True)
class Tried:
    """A set of candidates and the best doses it makes possible."""

    candidates: tuple[Candidate, ...]
    at_hand: AtHand
    found: Found

    @property
    def unavoidable(self) -> tuple[int, ...]:
        """The drops over the limits that are left, largest first."""
        return self.found.label[0]

    @property
    def least_unavoidable(self) -> tuple[int, ...]:
        """What is left at least, which is quick to tell."""
        return self.found.promise[0]

    @property
    def steps(self) -> int:
        """How many steps it takes."""
        return self.found.steps

    @property
    def burden(self) -> tuple[object, ...]:
        """Smaller sets first, then what is easier to get, then fewer steps."""
        return (len(self.candidates), max(c.burden for c in self.candidates), self.steps)


def remedies_for(
    situation: Situation, approach: Approach, goal: int, base: Solution | None
) -> tuple[Remedy, ...]:
    """The smallest sets of listed additions that keep every step within the limits; where there are none, the
    single ones that help most."""
    # With several intakes a day a trial takes long and sets are not combined: what cannot help alone is left out.
    below = base.shape if base is not None and len(situation.starts) > 1 else None
    trials = _Trials(situation, approach, goal, below)
    singles = trials.all_of([(c,) for c in _candidates(situation)])
    enough = trials.enough_of(singles)
    if not any(_easy(t) for t in enough):
        enough += _minimal_sets(trials, singles)
    remedies = [trials.remedy(t) for t in sorted(enough, key=lambda t: t.burden)[:MOST_SHOWN]]
    if base is not None and not any(_easy(t) and len(t.candidates) == 1 for t in enough):
        remedies += changes_of_concentration(situation, approach, goal, _liquids(situation))
    if remedies:
        return tuple(sorted(smallest_only(remedies), key=remedy_burden)[:MOST_SHOWN])
    helping = trials.helping_most(singles)
    better = (t for t in helping if base is None or t.unavoidable[0] < base.shape.unavoidable[0])
    return tuple(trials.remedy(t) for t in islice((t for t in better if not trials.is_stopped(t)), 2))


def smallest_only(remedies: Sequence[Remedy]) -> list[Remedy]:
    """Without those that hold all of another and more, and each set once, the one with the fewest steps."""
    kept: list[Remedy] = []
    for remedy in sorted(remedies, key=lambda r: (len(r.add), r.steps or 0)):
        ids = {a.id for a in remedy.add}
        if not any({a.id for a in smaller.add} <= ids for smaller in kept):
            kept.append(remedy)
    return kept


def _easy(tried: Tried) -> bool:
    """Whether a set asks for nothing beyond licensed products and habits."""
    return all(c.addition.tier in {None, Tier.LICENSED} for c in tried.candidates)


def remedy_burden(remedy: Remedy) -> tuple[object, ...]:
    """Smaller sets first, then what is easier to get, then fewer steps."""
    hardest = max((a.tier.rank + 1 if a.tier is not None else 0) for a in remedy.add)
    return (len(remedy.add), hardest, remedy.steps or 0)


def further_pieces(request: TaperRequest) -> list[int]:
    """How many pieces at one time could be tried beside those asked for."""
    return [request.max_pieces + more for more in _MORE_PIECES if request.max_pieces + more <= _MOST_PIECES]


def _liquids(situation: Situation) -> list[Product]:
    """Every listed liquid that may be used, at hand or not, one for each strength."""
    listed = [*situation.at_hand.products, *further_products(situation)]
    return [p for p in listed if p.concentration is not None]


class _Trials:
    """Sets of candidates tried under one situation's limits."""

    def __init__(self, situation: Situation, approach: Approach, goal: int, below: Shape | None) -> None:
        self.situation = situation
        self.below = below
        self.approach = approach
        self.goal = goal
        self.search = situation.search(approach, goal)
        self._solved: dict[tuple[Addition, ...], Solved] = {}

    def all_of(self, sets: Sequence[tuple[Candidate, ...]]) -> list[Tried]:
        """Each set with what it makes possible; sets that cannot make the goal at all are left out."""
        tried = []
        for candidates in sets:
            at_hand = self._with(candidates)
            found = self.search.best(at_hand, _new_liquid(candidates), self.below)
            if found is not None:
                tried.append(Tried(candidates, at_hand, found))
        return tried

    def enough_of(self, tried: Sequence[Tried]) -> list[Tried]:
        """Those that keep every step within the limits."""
        return [t for t in tried if t.found.within_limit and not self._is_one_cut(t)]

    def helping_most(self, tried: Sequence[Tried]) -> Iterator[Tried]:
        """Those that do not, the least drops over the limits first; what is left of each is worked out only when it may be next."""
        waiting = [(t.least_unavoidable, False, number) for number, t in enumerate(tried)]
        heapify(waiting)
        while waiting:
            _, is_known, number = heappop(waiting)
            one = tried[number]
            if not is_known:
                heappush(waiting, (one.unavoidable, True, number))
            elif one.unavoidable and not self._is_one_cut(one):
                yield one

    def _is_one_cut(self, tried: Tried) -> bool:
        """One cut to nothing is never a remedy, whatever limits were asked for."""
        return not self.goal and tried.steps == 1

    def sufficient(self, sets: Sequence[tuple[Candidate, ...]]) -> list[Tried]:
        """Those of the sets that keep every step within the limits."""
        possible = [s for s in sets if self.search.may_suffice(self._with(s), _new_liquid(s))]
        return self.enough_of(self.all_of(possible))

    def _with(self, candidates: Sequence[Candidate]) -> AtHand:
        at_hand = self.situation.at_hand
        for candidate in candidates:
            at_hand = candidate.to_hand(at_hand)
        return at_hand

    def is_stopped(self, tried: Tried) -> bool:
        """Whether no draft could be shown of it, because it would be as good as one cut."""
        plan = self.situation.plan(self.approach, self.goal, self._solution(tried))
        reviewed = review(self.situation.formulary, self._wish(tried), plan)
        return any(finding.level is Level.STOP for finding in reviewed)

    def _wish(self, tried: Tried) -> TaperRequest:
        request = self.situation.request
        for candidate in tried.candidates:
            request = candidate.to_request(request)
        return request

    def remedy(self, tried: Tried) -> Remedy:
        """The set with its plan's figures."""
        request: TaperRequest | None = self._wish(tried)
        if self.situation.goal_is_open:
            # Asked again with this addition the draft would go to another dose than the one shown here.
            request = None
        return achieved(
            self._solution(tried).solution,
            self.approach,
            self.situation,
            _additions(tried),
            request,
        )

    def _solution(self, tried: Tried) -> Solved:
        """Its plan, worked out once."""
        additions = _additions(tried)
        if additions not in self._solved:
            solved = self.search.solution(tried.at_hand)
            assert solved is not None
            self._solved[additions] = solved
        return self._solved[additions]


def _additions(tried: Tried) -> tuple[Addition, ...]:
    return tuple(c.addition for c in tried.candidates)


def _new_liquid(candidates: Sequence[Candidate]) -> Product | None:
    return next((c.liquid for c in candidates if c.liquid is not None), None)


def _minimal_sets(trials: _Trials, singles: Sequence[Tried]) -> list[Tried]:
    """Sets of two and three of which no part is enough, of what helps most."""
    enough: list[Tried] = []
    # With several intakes a day each trial is slow: only single additions are tried.
    if len(trials.situation.starts) > 1:
        return enough
    candidates = [t.candidates[0] for t in islice(trials.helping_most(singles), MOST_COMBINED)]
    for size in range(2, LARGEST_SET + 1):
        sets = [s for s in combinations(candidates, size) if _sensible(s) and not _contains_one_of(s, enough)]
        enough += trials.sufficient(sets)
    return enough


def _sensible(candidates: Sequence[Candidate]) -> bool:
    """Two liquids are never in one plan, and a habit is asked for once."""
    kinds = [c.addition.kind for c in candidates if c.addition.kind is not AdditionKind.PRODUCT]
    return len(kinds) == len(set(kinds)) and sum(c.liquid is not None for c in candidates) <= 1


def _contains_one_of(candidates: Sequence[Candidate], enough: Sequence[Tried]) -> bool:
    return any(set(t.candidates) <= set(candidates) for t in enough)


def _candidates(situation: Situation) -> list[Candidate]:
    request, at_hand = situation.request, situation.at_hand
    found = [
        _product_candidate(p, tuple(h.id for h in at_hand.products)) for p in further_products(situation)
    ]
    if not at_hand.halves and any(parts_allowed(p, True) > parts_allowed(p, False) for p in at_hand.products):
        found.append(halves())
    found += [pieces(number) for number in further_pieces(request) if at_hand.products]
    if request.max_products == 2 and len(at_hand.products) > 2:
        found.append(products_in_one_dose())
    if any(p.concentration is not None and p.mg_per_drop is None for p in at_hand.products):
        found += [one_device(d, tuple(h.id for h in at_hand.devices)) for d in further_devices(situation)]
    return found


def further_products(situation: Situation, *, whole: bool = False) -> Iterator[Product]:
    """Listed products not at hand, one for each strength, the easiest to get first. One piece that holds all of today's dose
    leads nowhere down from it; with ``whole`` it counts."""
    at_hand = situation.at_hand.products
    seen = {_strength(p) for p in at_hand}
    listed = [
        p
        for p in situation.formulary.products
        if p.tier is not None and p not in at_hand and may_follow(situation.formulary, p, situation.form)
    ]
    for product in sorted(
        listed, key=lambda p: (p.tier.rank if p.tier else 9, p.must_dilute, _price(p), p.id)
    ):
        strength = _strength(product)
        dose = situation.request.dose
        pointless = product.mg_per_unit is not None and (
            product.mg_per_unit > dose or (product.mg_per_unit == dose and not whole)
        )
        if strength not in seen and not pointless:
            seen.add(strength)
            yield product


def further_devices(situation: Situation) -> list[Device]:
    """Oral syringes on record that are not at hand."""
    have = {d.id for d in situation.at_hand.devices}
    return [d for d in situation.formulary.devices if d.id not in have]


def _strength(product: Product) -> tuple[object, ...]:
    if product.concentration is not None:
        return (product.concentration.mg_per_ml, product.mg_per_drop)
    return (product.mg_per_unit, product.parts)


def _price(product: Product) -> Decimal:
    return product.price.amount if product.price is not None else Decimal("Infinity")


def product_addition(product: Product) -> Addition:
    """A listed product to add, with how it is supplied and how old the list is."""
    assert product.tier is not None
    text = f"{product.name} ({supplied_as(product)}, listed on {format_date(product.listed_on)})"
    return Addition(AdditionKind.PRODUCT, product.id, text, product.tier, product.price)


def _product_candidate(product: Product, at_hand_ids: tuple[str, ...]) -> Candidate:
    return Candidate(
        product_addition(product),
        lambda at_hand: at_hand.with_product(product),
        lambda request: replace(request, products=(*_ids(request, at_hand_ids), product.id)),
        liquid=product if product.is_liquid else None,
    )


def _ids(request: TaperRequest, at_hand_ids: tuple[str, ...]) -> tuple[str, ...]:
    """What is at hand by id, with what another addition has put there already."""
    return at_hand_ids if request.products is None else request.products


def halves() -> Candidate:
    """Dividing tablets, once that is confirmed."""
    return Candidate(
        Addition(
            AdditionKind.HALVES,
            "confirmed",
            "Halving tablets, if your brand has a line and a pharmacist confirms that it may be halved",
        ),
        lambda at_hand: replace(at_hand, halves=True),
        lambda request: replace(request, halves=True),
    )


def pieces(number: int) -> Candidate:
    """More pieces at one time."""
    return Candidate(
        Addition(AdditionKind.PIECES, str(number), f"Up to {number} tablets or capsules at one time"),
        lambda at_hand: replace(at_hand, max_pieces=number),
        lambda request: replace(request, max_pieces=number),
    )


def products_in_one_dose() -> Candidate:
    """Three products at one time."""
    return Candidate(
        Addition(AdditionKind.PRODUCTS_IN_ONE_DOSE, "3", "Three different products in one dose"),
        lambda at_hand: replace(at_hand, max_products=3),
        lambda request: replace(request, max_products=3),
    )


def one_device(device: Device, have: tuple[str, ...]) -> Candidate:
    """One more oral syringe beside those that are there."""
    return Candidate(
        Addition(
            AdditionKind.DEVICE,
            device.id,
            f"{device.name[0].upper()}{device.name[1:]}",
        ),
        lambda at_hand: replace(at_hand, devices=(*at_hand.devices, device)),
        lambda request: replace(
            request, devices=(*(have if request.devices is None else request.devices), device.id)
        ),
    )


def stay_at(situation: Situation, approach: Approach, lowest: int) -> Remedy | None:
    """A longer goal: the lowest dose that can be come to within the limits, to stay on."""
    if lowest >= sum(situation.starts):
        return None
    solved = situation.search(approach, lowest).solution(situation.at_hand)
    if solved is None or not solved.solution.shape.within_limit:
        return None
    dose = from_grid(lowest)
    text = f"Going down to {format_mg(dose)} and staying there for now"
    request = replace(situation.request, goal=dose)
    return achieved(
        solved.solution,
        approach,
        situation,
        (Addition(AdditionKind.STAY_AT, format_mg(dose), text),),
        request,
    )


def change_of_form(situation: Situation) -> Remedy | None:
    """From a slow-release form: plain forms exist, but no record says how to change, so it is named and not planned."""
    plain = [
        p
        for p in situation.formulary.products
        if p.release is Release.IR and p.tier is not None and p.route == "oral" and not p.combination_with
    ]
    if situation.form.release is Release.IR or not plain:
        return None
    text = (
        f"A change from {situation.form.words} to an ordinary tablet or liquid at the same daily dose, made by your prescriber, "
        "who also chooses the times. We hold no record of how this change is done, so it is not planned here. "
        "Once you are steady on the new form, plan again from it"
    )
    return Remedy((Addition(AdditionKind.CHANGE_OF_FORM, "", text),), False, None, None, None, None)
