"""What cannot be recorded of a crossover: it would ask for doses or products that nobody chose for two medicines at once."""

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
    kinds = allowed(plan.status)
    return kinds if plan.crossover is None else tuple(kind for kind in kinds if kind not in REFUSED)
