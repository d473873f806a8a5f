"""Why a plan is frozen, and what may be said of the dose then: a full dose only where nobody has to decide on it first."""

from __future__ import annotations

from collections.abc import Iterable

from easeoff.planning.lifecycle.kinds import Change, Kind
from easeoff.planning.plan import Event

RED_FLAG = "Get help now. With a red-flag sign a clinician may need to stop or change the medicine at once: take what they say."
ASK_FIRST = "Ask your prescriber or pharmacist today what to take, before you take more."
RESTART = (
    "A prescriber has looked at what happened. Take the dose they said, not one of this plan unless they said that"
    " one. If it is a lower dose, make a new plan from it. If they named no dose, ask today, before you take more."
)
#: After these the person has said anew which dose is taken.
_SAYS_THE_DOSE = frozenset({Kind.RESUME, Kind.STEP_BACK, Kind.CHANGE_PRODUCT, Kind.STAY, Kind.REVIEW})


def after_a_gap(events: Iterable[Event]) -> bool:
    """Whether several doses were missed and no prescriber has looked at it since."""
    return any(event.kind == Kind.GAP for event in _since_cleared(events))


def after_a_red_flag(events: Iterable[Event]) -> bool:
    """Whether a red-flag sign was recorded and no prescriber has looked at it since."""
    return any(event.change == Change.RED_FLAG for event in _since_cleared(events))


def restarting(events: Iterable[Event]) -> bool:
    """Whether a prescriber looked at a gap or a red-flag sign, and nothing recorded since says which dose is taken."""
    gap = waits = False
    for event in events:
        if event.kind == Kind.CLEAR:
            gap, waits = False, gap or waits
        gap = gap or event.kind == Kind.GAP or event.change == Change.RED_FLAG
        waits = waits and event.kind not in _SAYS_THE_DOSE
    return waits


def _since_cleared(events: Iterable[Event]) -> list[Event]:
    since: list[Event] = []
    for event in events:
        since = [] if event.kind == Kind.CLEAR else [*since, event]
    return since
