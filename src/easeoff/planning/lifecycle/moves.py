"""What may follow what: the life of a plan as a table. Whatever is not in it is refused in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from easeoff.planning.lifecycle.causes import ASK_FIRST, RED_FLAG, after_a_gap, after_a_red_flag
from easeoff.planning.lifecycle.kinds import Kind
from easeoff.planning.plan import Event, Status
from easeoff.quantities import EaseoffError

_BEFORE = {Kind.FREEZE: Status.FROZEN}
_UNDER_WAY = {
    Kind.STEP_BACK: Status.STEPPED_BACK,
    Kind.STAY: Status.AT_GOAL,
    Kind.GAP: Status.FROZEN,
    Kind.FREEZE: Status.FROZEN,
}
_AFTER = {
    Kind.STEP_BACK: Status.STEPPED_BACK,
    Kind.MISSED: Status.AT_GOAL,
    Kind.GAP: Status.FROZEN,
    Kind.FREEZE: Status.FROZEN,
    Kind.REVIEW: Status.REVIEWED,
}


def _going_on(status: Status) -> dict[Kind, Status]:
    """Dates stand: running, or slowed."""
    same = dict.fromkeys((Kind.EDIT, Kind.MISSED, Kind.CHANGE_PRODUCT, Kind.REVIEW), status)
    return {
        **_UNDER_WAY,
        **same,
        Kind.HOLD: Status.HELD,
        Kind.SLOWER: Status.SLOWED,
        Kind.ARRIVE: Status.AT_GOAL,
    }


def _waiting(status: Status) -> dict[Kind, Status]:
    """No later step has a date: held, or stepped back."""
    same = dict.fromkeys((Kind.SLOWER, Kind.EDIT, Kind.MISSED, Kind.CHANGE_PRODUCT, Kind.REVIEW), status)
    return {**_UNDER_WAY, **same, Kind.RESUME: Status.RUNNING}


#: From each state, what may happen and where it leads. A plan that is cleared goes to where `_cleared` says.
MOVES: Mapping[Status, Mapping[Kind, Status]] = {
    Status.DRAFT: {**_BEFORE, Kind.HAND_OVER: Status.WITH_PRESCRIBER},
    Status.WITH_PRESCRIBER: {**_BEFORE, Kind.AGREE: Status.AGREED},
    Status.AGREED: {**_BEFORE, Kind.START: Status.RUNNING},
    Status.RUNNING: _going_on(Status.RUNNING),
    Status.SLOWED: _going_on(Status.SLOWED),
    Status.HELD: _waiting(Status.HELD),
    Status.STEPPED_BACK: _waiting(Status.STEPPED_BACK),
    Status.FROZEN: {
        Kind.MISSED: Status.FROZEN,
        Kind.GAP: Status.FROZEN,
        Kind.FREEZE: Status.FROZEN,
        Kind.CLEAR: Status.HELD,
    },
    Status.AT_GOAL: _AFTER,
    Status.REVIEWED: {**_AFTER, Kind.MISSED: Status.REVIEWED},
}

_WHY_NOT = {
    Kind.HAND_OVER: "Only a draft is handed over to a prescriber.",
    Kind.AGREE: "Only a plan that is with a prescriber can be agreed.",
    Kind.START: "Only a plan that a prescriber agreed to can be started.",
    Kind.RESUME: "Only a plan that is held, or that went a step back, can be resumed.",
    Kind.ARRIVE: "Only a plan that is running can come to its goal.",
    Kind.CLEAR: "Only a frozen plan can be cleared.",
    Kind.REVIEW: "A review needs a plan that has been started and is not frozen.",
    Kind.SLOWER: "Only a plan that is running, held or stepped back can be slowed.",
    Kind.HOLD: "Only a plan that is running can be held.",
}
_WHAT_NEXT = {
    Status.DRAFT: "Show it to a prescriber first, and record that with hand-over.",
    Status.WITH_PRESCRIBER: "It waits for the prescriber: record agree once they agreed.",
    Status.AGREED: "It has not been started: record start with the first day of the first lower dose.",
    Status.AT_GOAL: "The goal is reached: what can follow is a review.",
    Status.REVIEWED: "The goal is reached and reviewed: what can follow is another review.",
}


def allowed(status: Status) -> tuple[Kind, ...]:
    """What a person may record for a plan in this state, in the order of `Kind`; a gap is recorded as doses missed."""
    return tuple(kind for kind in Kind if kind in MOVES[status] and kind is not Kind.GAP)


def next_status(status: Status, kind: Kind, events: Iterable[Event], begins: Status = Status.DRAFT) -> Status:
    """Where this leads; ``begins`` is the state of the first version. Raises `EaseoffError`, one sentence and a hint, where it may not
    happen now."""
    if kind not in MOVES[status]:
        why = _WHY_NOT.get(kind, f"“{kind}” cannot be recorded for this plan now.")
        may = " ".join(allowed(status))
        raise EaseoffError(
            f"{why} This one is {status.value.split(':')[0]}.",
            _frozen(events) if status is Status.FROZEN
            else _WHAT_NEXT.get(status, f"What can be recorded now: {may}."),
        )  # fmt: skip
    return _cleared(events, begins) if kind is Kind.CLEAR else MOVES[status][kind]


def _frozen(events: Iterable[Event]) -> str:
    happened = tuple(events)
    ask = ASK_FIRST if after_a_gap(happened) else "Contact your prescriber today."
    first = f"{RED_FLAG} " if after_a_red_flag(happened) else ""
    return f"It is frozen. {first}{ask} Record clear once they looked at it."


def _cleared(events: Iterable[Event], begins: Status) -> Status:
    """Back to where it was before it froze; a plan that was on its way waits, so that somebody has to resume it."""
    before = status = begins
    for event in events:
        kind = Kind(event.kind)
        following = before if kind is Kind.CLEAR else MOVES[status][kind]
        if following is Status.FROZEN and status is not Status.FROZEN:
            before = _waits(status)
        status = following
    return before


def _waits(status: Status) -> Status:
    return Status.HELD if status in {Status.RUNNING, Status.SLOWED} else status
