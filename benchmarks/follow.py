"""How fast a plan's history is replayed, against what was promised: ``python benchmarks/follow.py``.

Times are of one process, warm. A life of twenty events, several of which were worked out anew, is replayed from its first version,
every version named and told from the one before.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from cases import ANSWERED

from easeoff.documents import read_plan, write_plan
from easeoff.documents.history import identity, versions
from easeoff.medicines.model import Tier
from easeoff.planning.lifecycle import Kind, mark_at, replay, step_by_date
from easeoff.planning.plan import Plan
from easeoff.planning.request import TaperRequest
from easeoff.proposing import plan_taper
from easeoff.proposing.following import Happening, follow

#: Promised: milliseconds to replay twenty events.
REPLAY_MS = 50
_REPEATS = 7
_TODAY = date(2027, 1, 4)
_BY = "A prescriber; GP; 1234567"
#: Days after the last one, and what happens: twenty events.
_LIFE = (
    (0, Kind.HAND_OVER, {}), (0, Kind.AGREE, {"by": _BY}), (0, Kind.START, {}), (10, Kind.MISSED, {}),
    (8, Kind.HOLD, {}), (6, Kind.RESUME, {}), (25, Kind.STEP_BACK, {}), (20, Kind.RESUME, {}), (50, Kind.REVIEW, {}),
    (10, Kind.SLOWER, {"every": 60}), (10, Kind.FREEZE, {}), (3, Kind.CLEAR, {"by": _BY, "why": "seen"}),
    (1, Kind.RESUME, {}), (9, Kind.HOLD, {}), (9, Kind.RESUME, {}), (20, Kind.MISSED, {}),
    (15, Kind.EDIT, {"by": _BY, "why": "asked for", "every": 42}), (12, Kind.MISSED, {"doses": 3}),
    (1, Kind.CLEAR, {"by": _BY, "why": "seen"}), (2, Kind.RESUME, {}),
)  # fmt: skip


def lived() -> Plan:
    """A plan of 23 steps after twenty events."""
    wish = TaperRequest("mirtazapine", Decimal(30), "GB", _TODAY, form="tablet", tier=Tier.SPECIAL, person=ANSWERED,
                        start=_TODAY, goal=Decimal(0))  # fmt: skip
    plan, on = plan_taper(wish).plan, _TODAY
    assert plan is not None
    for days, kind, more in _LIFE:
        on += timedelta(days)
        if kind is Kind.RESUME and step_by_date(plan, on):
            # After missed doses the dose that is taken now has to be said.
            more = {"taking": mark_at(plan, step_by_date(plan, on))}
        plan = follow(plan, Happening(kind, on, **more), replaces=identity(plan), today=on).plan
    return plan


def best_of(run: Callable[[], object]) -> float:
    """The shortest of some runs, in milliseconds."""
    times = []
    for _ in range(_REPEATS):
        began = time.perf_counter()
        run()
        times.append((time.perf_counter() - began) * 1000)
    return min(times)


def main() -> int:
    plan = lived()
    first = plan.first
    assert first is not None
    text = write_plan(plan)
    replayed = best_of(lambda: list(replay(first, plan.events, identity)))
    print(f"{len(plan.events)} events, {len(plan.steps)} steps, a file of {len(text) / 1000:.0f} kB")
    print(f"    replayed, each version named   {replayed:7.1f} ms  {'kept' if replayed <= REPLAY_MS else 'MISSED'} (promised {REPLAY_MS} ms)")  # fmt: skip
    print(f"    with every difference in words {best_of(lambda: versions(plan)):7.1f} ms")
    print(f"    the file read and checked      {best_of(lambda: read_plan(text)):7.1f} ms")
    print(f"    the file written               {best_of(lambda: write_plan(plan)):7.1f} ms")
    return int(replayed > REPLAY_MS)


if __name__ == "__main__":
    sys.exit(main())
