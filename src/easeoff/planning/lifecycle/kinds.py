"""What can happen to a plan."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Everything that can be recorded; each makes a new version. The words are those of ``easeoff follow``."""

    HAND_OVER = "hand-over"  #: shown to a prescriber
    AGREE = "agree"  #: a prescriber agreed
    START = "start"  #: the first lower dose has a day
    HOLD = "hold"  #: this dose goes on, nothing later has a date
    RESUME = "resume"  #: after a hold or a step back
    STEP_BACK = "step-back"  #: back to the last dose that was tolerable
    SLOWER = "slower"  #: more time, or smaller steps
    EDIT = "edit"  #: limits that somebody chose, also faster ones: flagged
    STAY = "stay"  #: this dose is the goal now
    MISSED = "missed"  #: one dose missed
    GAP = "gap"  #: several doses missed
    CHANGE_PRODUCT = "change-product"  #: the same dose from something else
    FREEZE = "freeze"  #: something about the person has changed
    CLEAR = "clear"  #: a prescriber looked at it and lets the plan go on
    ARRIVE = "arrive"  #: the goal is reached
    REVIEW = "review"  #: the review has taken place


#: These keep the way on that was worked out for them with the event.
NEEDS_COURSE = frozenset({Kind.STEP_BACK, Kind.SLOWER, Kind.EDIT, Kind.CHANGE_PRODUCT})


class Change(StrEnum):
    """What may change in a person, so that the plan is frozen."""

    PREGNANCY = "pregnancy"
    MEDICINE = "medicine"
    ILLNESS = "illness"
    RED_FLAG = "red-flag"
    OTHER = "other"
