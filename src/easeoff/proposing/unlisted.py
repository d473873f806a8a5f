"""What nobody lists but would do: beads counted from a capsule, or a strength that a pharmacist would have to make."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from easeoff.medicines.model import Policy, Product, Release
from easeoff.planning.forms import PLAIN_FORMS
from easeoff.planning.methods import Approach
from easeoff.planning.solving.solver import Ladder
from easeoff.proposing.concentrations import find_handover
from easeoff.proposing.proposal import Addition, AdditionKind, Remedy
from easeoff.proposing.situation import Situation
from easeoff.quantities import Concentration, format_mg, plain, to_grid

#: Concentrations tried for a liquid made to order, in mg per mL, strongest first. Project choice: round figures.
LIQUIDS_MG_PER_ML = tuple(
    Decimal(x) for x in ("20", "10", "5", "2", "1", "0.5", "0.2", "0.1", "0.05", "0.02", "0.01")
)
#: A second bottle is at most so many times weaker than the first: the further apart, the worse a mix-up. Project choice.
_MOST_TIMES_WEAKER = 10
#: Numbers of beads in the smallest capsule that are tried, fewest first. Project choice: round figures that divide evenly.
_BEADS = (10, 20, 25, 40, 50, 75, 100, 125, 150, 200, 250, 300, 400, 500)


def compounded(situation: Situation, approach: Approach, goal: int) -> Remedy | None:
    """The strongest round concentrations of made-up liquids that would do beside what is at hand: one, or a second
    weaker one for the last part; where neither does, together with one more oral syringe. Plain forms only."""
    form, medicine = situation.form, situation.formulary.medicine
    plain_form = (
        form.release is Release.IR and form.form_group in PLAIN_FORMS and not medicine.never_change_form
    )
    if not plain_form or not situation.formulary.products or medicine.policy is Policy.REFUSE:
        return None
    found = _made_up(situation, approach, goal)
    if found is not None:
        return found
    for device in situation.formulary.devices:
        if device not in situation.at_hand.devices:
            devices = (*situation.at_hand.devices, device)
            with_it = replace(situation, at_hand=replace(situation.at_hand, devices=devices))
            found = _made_up(with_it, approach, goal)
            if found is not None:
                name = f"{device.name[0].upper()}{device.name[1:]}"
                return replace(found, add=(Addition(AdditionKind.DEVICE, device.id, name), *found.add))
    return None


def _made_up(situation: Situation, approach: Approach, goal: int) -> Remedy | None:
    """One concentration, or two one after the other, with just what is at hand."""
    listed = situation.formulary.products
    search = situation.search(approach, goal)
    for strength in LIQUIDS_MG_PER_ML:
        liquid = made_to_order(listed[0], strength)
        found = search.best(situation.at_hand.with_product(liquid), liquid)
        if found is not None and found.within_limit:
            # On a timetable how many steps it takes depends on every dose of it.
            return _remedy((strength,), found.steps if approach.timetable is None else None, second=False)
    for first in (None, *LIQUIDS_MG_PER_ML):
        second = _second_strength(situation, approach, goal, first)
        if second is not None:
            return _remedy((second,) if first is None else (first, second), None, second=True)
    return None


def _second_strength(
    situation: Situation, approach: Approach, goal: int, first: Decimal | None
) -> Decimal | None:
    """The strongest liquid that leads on from where what is at hand, with a ``first`` made-up liquid, gets stuck."""
    pattern = situation.formulary.products[0]
    at_hand = (
        situation.at_hand if first is None else situation.at_hand.with_product(made_to_order(pattern, first))
    )
    for strength in LIQUIDS_MG_PER_ML:
        weaker = first is None or strength < first <= strength * _MOST_TIMES_WEAKER
        if (
            weaker
            and find_handover(situation, approach, goal, at_hand, made_to_order(pattern, strength))
            is not None
        ):
            return strength
    return None


def _remedy(strengths: tuple[Decimal, ...], steps: int | None, *, second: bool) -> Remedy:
    liquids = " and then one of ".join(f"{format_mg(s)} in 1 mL" for s in strengths)
    text = (
        f"A liquid of {liquids}, or weaker, made to order by a pharmacist"
        + (" for the last part, as a second plan" if second else "")
        + ". It is not listed: ask whether it can be made and how long it keeps"
    )
    ids = " then ".join(f"{plain(s)} mg/mL" for s in strengths)
    return Remedy((Addition(AdditionKind.COMPOUNDED, ids, text),), True, None, None, steps, None)


def made_to_order(pattern: Product, strength: Decimal) -> Product:
    """A liquid of ``strength`` mg per mL that nobody lists."""
    return replace(
        pattern,
        id=f"made-to-order-{plain(strength)}mg-per-ml",
        form_group="oral_solution",
        mg_per_unit=None,
        concentration=Concentration(strength, Decimal(1)),
        release=Release.IR,
        parts=1,
        mg_per_drop=None,
        must_dilute=False,
        price=None,
        combination_with=(),
        route="oral",
    )


def beads(situation: Situation, approach: Approach, goal: int) -> Remedy | None:
    """Counting beads, where a record says that some brands hold beads that can be counted: how many a capsule must hold."""
    countable = [
        p
        for p in situation.at_hand.products
        if p.mg_per_unit is not None
        and any(f.name == "bead_countable" and f.value in {"yes", "by_brand"} for f in p.properties)
    ]
    if not countable or len(situation.starts) > 1 or approach.timetable is not None:
        return None
    smallest = min(p.mg_per_unit for p in countable if p.mg_per_unit is not None)
    start = sum(situation.starts)
    for number in _BEADS:
        bead = Fraction(to_grid(smallest), number)
        if bead.denominator != 1:
            continue
        doses = range(bead.numerator, start, bead.numerator)
        shape = Ladder(doses, start, goal, approach.rule).shape
        if shape.within_limit:
            text = (
                f"Counting beads, if a pharmacist confirms that the {format_mg(smallest)} capsule of your brand holds beads that can be counted "
                f"and taken whole, and that there are about {number} or more. This is outside the licence. "
                "Count again at every new box; the number differs between brands"
            )
            return Remedy(
                (Addition(AdditionKind.BEADS, str(number), text),), True, None, None, shape.steps, None
            )
    return None
