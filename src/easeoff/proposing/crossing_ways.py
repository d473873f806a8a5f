"""What would make a crossover possible: the smallest sets of additions for either medicine, each with what it achieves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from easeoff.medicines.model import Product, Release, Tier
from easeoff.medicines.portions import parts_allowed
from easeoff.planning.crossover.crossing import Crossing, Stage, stages
from easeoff.planning.crossover.plan import percent_lost
from easeoff.planning.methods.crossover import crossover_choices
from easeoff.planning.request import TaperRequest
from easeoff.planning.solving.larder import AtHand
from easeoff.proposing.proposal import Addition, AdditionKind, Remedy
from easeoff.proposing.remedies import (
    LARGEST_SET,
    MOST_SHOWN,
    Candidate,
    further_devices,
    further_pieces,
    further_products,
    halves,
    one_device,
    pieces,
    product_addition,
    products_in_one_dose,
    remedy_burden,
    smallest_only,
)
from easeoff.proposing.situation import Situation
from easeoff.proposing.unlisted import LIQUIDS_MG_PER_ML, made_to_order
from easeoff.quantities import format_mg, plain

#: Sets that are tried with one more addition: those that help most. Project choice.
_MOST_CARRIED_ON = 4
#: Where today's doses, or any dose of the new medicine, cannot be made at all it is worse than any loss.
_NOTHING = Decimal(1000)
_Sides = tuple[AtHand, AtHand]


@dataclass(frozen=True)
class Way:
    """One thing that could be added: what it changes of what is at hand of both medicines, and of the request."""

    addition: Addition
    to_sides: Callable[[_Sides], _Sides]
    to_request: Callable[[TaperRequest], TaperRequest]

    @property
    def burden(self) -> int:
        """The easier to get first: halving and habits, then licensed products, then specials."""
        return 0 if self.addition.tier is None else self.addition.tier.rank + 1


@dataclass(frozen=True)
class Tried:
    """A set of ways, and the exchanges that it makes possible; none where it is not enough for any."""

    ways: tuple[Way, ...]
    stages: tuple[Stage, ...]
    start: int

    @cached_property
    def losses(self) -> tuple[Decimal, ...]:
        """What each exchange loses, in percent of the day's dose at the start."""
        return tuple(percent_lost(stage, self.start) for stage in self.stages)

    @property
    def worst(self) -> Decimal:
        """The largest of them."""
        return max(self.losses, default=_NOTHING)

    @property
    def within(self) -> bool:
        """Whether every exchange keeps within the limit."""
        return self.worst <= crossover_choices().most_loss_percent

    @property
    def rank(self) -> tuple[object, ...]:
        """The nearest to the limit first, then what is easier to get."""
        return (self.worst, max((way.burden for way in self.ways), default=0), len(self.stages))


def crossing_remedies(
    crossing: Crossing, situations: tuple[Situation, Situation], request: TaperRequest
) -> tuple[Remedy, ...]:
    """The smallest sets of listed additions that keep every exchange within the limit; where there are none, a liquid made to
    order, and else the single ones that help most."""
    trials = _Trials(crossing, request)
    base, ways = trials.of(()), tuple(_ways(situations, request))
    singles = [trials.of((way,)) for way in ways]
    enough = [tried for tried in singles if tried.within]
    if not any(max(way.burden for way in tried.ways) <= 1 for tried in enough):
        enough += _larger_sets(trials, base, singles, ways)
    if enough:
        remedies = smallest_only([trials.remedy(tried) for tried in enough])
        return tuple(sorted(remedies, key=remedy_burden)[:MOST_SHOWN])
    made_up = _made_to_order(trials, situations[1])
    better = sorted((t for t in singles if t.worst < base.worst), key=lambda t: t.rank)[:2]
    return (*(() if made_up is None else (made_up,)), *(trials.remedy(tried) for tried in better))


class _Trials:
    """Sets of additions tried for one crossover."""

    def __init__(self, crossing: Crossing, request: TaperRequest) -> None:
        self.crossing = crossing
        self.request = request

    def of(self, ways: tuple[Way, ...]) -> Tried:
        """The set with what it makes possible."""
        sides = (self.crossing.outgoing.at_hand, self.crossing.incoming.at_hand)
        for way in ways:
            sides = way.to_sides(sides)
        return self.with_sides(ways, sides)

    def with_sides(self, ways: tuple[Way, ...], sides: _Sides) -> Tried:
        """The exchanges with these things at hand."""
        outgoing = replace(self.crossing.outgoing, at_hand=sides[0])
        incoming = replace(self.crossing.incoming, at_hand=sides[1])
        found = stages(replace(self.crossing, outgoing=outgoing, incoming=incoming))
        return Tried(ways, found, sum(self.crossing.starts))

    def remedy(self, tried: Tried) -> Remedy:
        """The set with its plan's figures."""
        request = self.request
        for way in tried.ways:
            request = way.to_request(request)
        return Remedy(
            add=tuple(way.addition for way in tried.ways),
            within_limit=tried.within,
            largest_drop=tried.worst if tried.stages else None,
            last_drop=tried.losses[-1] if tried.stages else None,
            steps=len(tried.stages) or None,
            request=request,
        )


def _larger_sets(trials: _Trials, base: Tried, singles: Sequence[Tried], ways: Sequence[Way]) -> list[Tried]:
    """Sets of two and three that keep within the limit, of which no part does: those that help most, with one more each."""
    enough: list[Tried] = []
    carried = _best([t for t in singles if not t.within], base)
    for _ in range(2, LARGEST_SET + 1):
        larger = [trials.of((*t.ways, way)) for t in carried for way in ways if _sensible(t.ways, way)]
        enough += [t for t in larger if t.within and _is_smallest(trials, t)]
        carried = _best([t for t in larger if not t.within], base)
    return enough


def _best(tried: Sequence[Tried], base: Tried) -> list[Tried]:
    """Those that help most. Where today's doses cannot be made nothing else helps before that is done."""
    return sorted((t for t in tried if t.worst < base.worst), key=lambda t: t.rank)[:_MOST_CARRIED_ON]


def _sensible(ways: Sequence[Way], more: Way) -> bool:
    """A habit is asked for once, and nothing twice."""
    same = [way for way in ways if way.addition.kind is more.addition.kind]
    return not same or (
        more.addition.kind is AdditionKind.PRODUCT
        and more.addition.id not in {way.addition.id for way in same}
    )


def _is_smallest(trials: _Trials, tried: Tried) -> bool:
    parts = (tuple(w for w in tried.ways if w is not left_out) for left_out in tried.ways)
    return not any(trials.of(part).within for part in parts)


def _ways(situations: tuple[Situation, Situation], request: TaperRequest) -> Iterator[Way]:
    """Everything that could be added, for either medicine or both."""
    for side, situation in enumerate(situations):
        own = tuple(product.id for product in situation.at_hand.products)
        ids = frozenset(product.id for product in situation.formulary.products)
        for product in further_products(situation, whole=True):
            yield _product_way(side, product, own, ids)
    at_hand = [product for situation in situations for product in situation.at_hand.products]
    if not request.halves and any(parts_allowed(p, True) > parts_allowed(p, False) for p in at_hand):
        yield _for_both(halves())
    yield from (_for_both(pieces(number)) for number in further_pieces(request))
    if request.max_products == 2 and len(at_hand) > 2:
        yield _for_both(products_in_one_dose())
    if any(p.concentration is not None and p.mg_per_drop is None for p in at_hand):
        have = tuple(device.id for device in situations[0].at_hand.devices)
        yield from (_for_both(one_device(device, have)) for device in further_devices(situations[0]))


def _for_both(candidate: Candidate) -> Way:
    return Way(
        candidate.addition,
        lambda sides: (candidate.to_hand(sides[0]), candidate.to_hand(sides[1])),
        candidate.to_request,
    )


def _product_way(side: int, product: Product, own: tuple[str, ...], ids: frozenset[str]) -> Way:
    def to_sides(sides: _Sides) -> _Sides:
        if side == 0:
            return sides[0].with_product(product), sides[1]
        return sides[0], sides[1].with_product(product)

    def to_request(request: TaperRequest) -> TaperRequest:
        """What was at hand of this medicine is named too, once: else it would be the new product alone."""
        named = request.products or ()
        at_hand = () if ids.intersection(named) else own
        return replace(request, products=(*named, *at_hand, product.id))

    return Way(product_addition(product), to_sides, to_request)


def _made_to_order(trials: _Trials, incoming: Situation) -> Remedy | None:
    """The strongest round concentration of the new medicine, made to order, that would do beside what is at hand. Plain forms only."""
    listed, medicine = incoming.formulary.products, incoming.formulary.medicine
    if not listed or incoming.form.release is not Release.IR or medicine.never_change_form:
        return None
    outgoing = trials.crossing.outgoing.at_hand
    for strength in LIQUIDS_MG_PER_ML:
        liquid = replace(made_to_order(listed[0], strength), tier=Tier.SPECIAL)
        tried = trials.with_sides((), (outgoing, incoming.at_hand.with_product(liquid)))
        if tried.within:
            text = (
                f"A liquid of {medicine.name} with {format_mg(strength)} in 1 mL, or weaker, made to order by a pharmacist. It is not listed: ask"
                " whether it can be made and how long it keeps"
            )
            addition = Addition(AdditionKind.COMPOUNDED, f"{plain(strength)} mg/mL", text)
            return Remedy((addition,), True, tried.worst, tried.losses[-1], len(tried.stages), None)
    return None
