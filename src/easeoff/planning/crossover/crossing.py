"""A crossover over what can really be taken of two medicines: the exchanges, and the portions of each at every step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from easeoff.medicines.model import Formulary
from easeoff.planning.methods.crossover import (
    CrossoverChoices,
    Exchange,
    allowed,
    counted,
    crossover_choices,
    exchanges,
)
from easeoff.planning.solving.kits import Kit, Making, Portions
from easeoff.planning.solving.larder import AtHand, Larder

#: Work of making one dose: products, pieces, divided pieces, draws.
_Work = tuple[int, int, int, int]


@dataclass(frozen=True)
class Side:
    """One of the two medicines with what is at hand of it."""

    formulary: Formulary
    larder: Larder
    at_hand: AtHand


@dataclass(frozen=True)
class Crossing:
    """What is to be exchanged: today's doses by time of day in grid units, how much stays, and mg of the incoming for 1 mg."""

    outgoing: Side
    incoming: Side
    starts: tuple[int, ...]
    times: tuple[str, ...]
    keep: int
    parts: int
    ratio: Fraction

    @property
    def near(self) -> Fraction:
        """A loss, in grid units of the incoming medicine, that is taken for the sake of less handling."""
        return sum(self.starts) * self.ratio * Fraction(crossover_choices().near_percent) / 100


@dataclass(frozen=True, slots=True)
class Stage:
    """What is taken after an exchange, by time of day: amounts in grid units of each medicine, and how they are made.

    ``total`` counts both in the outgoing medicine; ``lost`` is how much less that is than before.
    """

    exchange: Exchange
    outgoing: tuple[int, ...]
    incoming: tuple[int, ...]
    portions: tuple[tuple[Portions, Portions], ...]
    total: int
    lost: int


@dataclass(frozen=True, slots=True)
class _Run:
    """The incoming medicine along the exchanges, made from one kit."""

    taken: tuple[tuple[int, ...], ...]
    kit: Kit
    loss: Fraction
    work: _Work


def stages(crossing: Crossing) -> tuple[Stage, ...]:
    """Every exchange with what is then taken. Empty where today's doses, or what is to stay, or any dose of the incoming medicine
    cannot be made.

    The total counted in the outgoing medicine never rises, at no time of day.
    """
    found = _outgoing(crossing)
    if found is None:
        return ()
    kit, steps = found
    run = _incoming(crossing, steps)
    return () if run is None or not any(run.taken[-1]) else tuple(_stages(crossing, kit, steps, run))


def can_leave(crossing: Crossing) -> bool:
    """Whether each of today's doses, and what is to stay, can be made of the outgoing medicine by itself."""
    return _outgoing(crossing) is not None


def made_by_itself(side: Side, doses: Sequence[int]) -> tuple[Portions, ...] | None:
    """How each of these doses (grid units) is made from one kit with the least work; ``None`` where no kit makes them all."""
    best: tuple[_Work, tuple[Portions, ...]] | None = None
    for kit in _kits(side, max(doses)):
        if kit.doses.issuperset(doses):
            making = [_lightest(kit, dose) for dose in doses]
            work = _sum(_work(one) for one in making)
            if best is None or work < best[0]:
                best = (work, tuple(one.portions for one in making))
    return None if best is None else best[1]


def _outgoing(crossing: Crossing) -> tuple[Kit, tuple[Exchange, ...]] | None:
    """The kit that makes every dose of the outgoing medicine with the least work, and the exchanges it allows."""
    best: tuple[_Work, Kit, tuple[Exchange, ...]] | None = None
    side = crossing.outgoing
    for kit in _kits(side, max(crossing.starts)):
        if not kit.doses.issuperset(crossing.starts):
            continue
        steps = tuple(exchanges(crossing.starts, crossing.times, crossing.keep, crossing.parts, kit.doses))
        if sum(s.before - s.after for s in steps) != sum(crossing.starts) - crossing.keep:
            continue
        work = _sum(
            _work(_lightest(kit, dose)) for dose in (*crossing.starts, *(s.after for s in steps)) if dose
        )
        if best is None or work < best[0]:
            best = (work, kit, steps)
    return None if best is None else best[1:]


def _incoming(crossing: Crossing, steps: Sequence[Exchange]) -> _Run | None:
    """The doses of the incoming medicine: the least loss first, within what counts as near the least work."""
    most = int(max(crossing.starts) * crossing.ratio)
    runs = [_run(crossing, steps, kit) for kit in _kits(crossing.incoming, most)]
    return min(runs, key=lambda run: (max(run.loss, crossing.near), run.work), default=None)


def _run(crossing: Crossing, steps: Sequence[Exchange], kit: Kit) -> _Run:
    taken = [0] * len(crossing.starts)
    along: list[tuple[int, ...]] = []
    worst = Fraction(0)
    for step in steps:
        most = allowed(step, taken[step.place], crossing.ratio)
        ideal = taken[step.place] + (step.before - step.after) * crossing.ratio
        taken[step.place] = _nearest(kit, taken[step.place], most, crossing.near)
        worst = max(worst, ideal - taken[step.place])
        along.append(tuple(taken))
    work = _sum(_work(_lightest(kit, dose)) for doses in along for dose in doses if dose)
    return _Run(tuple(along), kit, worst, work)


def _nearest(kit: Kit, least: int, most: int, near: Fraction) -> int:
    """The lightest of the doses close to ``most``, or the closest one; ``least`` where none lies between."""
    between = [dose for dose in kit.doses if least < dose <= most]
    if not between:
        return least
    close = [dose for dose in between if most - dose <= near]
    return min(close, key=lambda dose: (_work(_lightest(kit, dose)), -dose)) if close else max(between)


def _stages(crossing: Crossing, kit: Kit, steps: Sequence[Exchange], run: _Run) -> Iterator[Stage]:
    outgoing, before = list(crossing.starts), sum(crossing.starts)
    for step, taken in zip(steps, run.taken, strict=True):
        outgoing[step.place] = step.after
        total = sum(outgoing) + sum(counted(dose, crossing.ratio) for dose in taken)
        portions = tuple(
            (_portions(kit, a), _portions(run.kit, b)) for a, b in zip(outgoing, taken, strict=True)
        )
        yield Stage(step, tuple(outgoing), taken, portions, total, before - total)
        before = total


def _kits(side: Side, ceiling: int) -> Iterator[Kit]:
    for levels in side.larder.kits(side.at_hand, ceiling):
        yield from levels


def _portions(kit: Kit, dose: int) -> Portions:
    return _lightest(kit, dose).portions if dose else ()


def _lightest(kit: Kit, dose: int) -> Making:
    return min(kit.make(dose).values(), key=lambda making: (_work(making), _names(making)))


def _names(making: Making) -> tuple[str, ...]:
    return tuple(portion.product.id for portion in making.portions)


def _work(making: Making) -> _Work:
    return (len(making.portions), *making.weight)


def _sum(works: Iterator[_Work]) -> _Work:
    products = pieces = divided = draws = 0
    for work in works:
        products, pieces = products + work[0], pieces + work[1]
        divided, draws = divided + work[2], draws + work[3]
    return (products, pieces, divided, draws)


__all__ = ["Crossing", "CrossoverChoices", "Side", "Stage", "can_leave", "made_by_itself", "stages"]
