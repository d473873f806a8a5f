"""What may be recorded of a plan, and what cannot be of a crossover: it would ask for doses or products that nobody chose for two at once."""

from __future__ import annotations

from collections.abc import Mapping

from easeoff.planning.lifecycle.kinds import Kind
from easeoff.planning.lifecycle.moves import allowed
from easeoff.planning.plan import Plan
from easeoff.quantities import EaseoffError

#: What is wrong, and what to do instead.
REFUSED: Mapping[Kind, tuple[str, str]] = {
    Kind.SLOWER: (
        "A crossover has no pace to slow: each exchange waits for the check with your prescriber.",
        "Record hold for as long as you need, and resume once your prescriber has checked.",
    ),
    Kind.EDIT: (
        "The equivalent and the days of a crossover are not changed on the way.",
        "Record hold, and let your prescriber write down how it goes on from what you take now.",
    ),
    Kind.STAY: (
        "Two medicines are taken on the way, so no step of a crossover is a goal.",
        "Record hold for as long as you need. Whether to stay on both is for your prescriber to decide.",
    ),
    Kind.CHANGE_PRODUCT: (
        "No other product is put into a crossover, because it could be taken for the other medicine.",
        "Record hold, and ask your pharmacist for the same product, or your prescriber what to take instead.",
    ),
}


def refuse_in_crossover(plan: Plan, kind: Kind) -> None:
    """Raise `EaseoffError`, one sentence and what to do instead, where ``plan`` is a crossover and has no such event."""
    if plan.crossover is not None and kind in REFUSED:
        raise EaseoffError(*REFUSED[kind])


def recordable(plan: Plan) -> tuple[Kind, ...]:
    """What a person may record for this plan now, in the order of `Kind`."""
    never = REFUSED if plan.crossover is not None else {Kind.EDIT} if plan.method.has_own_pace else ()
    return tuple(kind for kind in allowed(plan.status) if kind not in never)
