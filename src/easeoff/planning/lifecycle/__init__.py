"""What happens to a plan once it is made: events that are appended, versions that never change, differences in words.

``moves`` is the table of what may follow what, ``standing`` says which dose is taken on a day, ``advancing`` makes the next
version, ``difference`` tells it from the one before, ``suggesting`` says what may be proposed. All pure: the same plan and
event give the same version, for ever.
"""

from easeoff.planning.lifecycle.advancing import advance, replay
from easeoff.planning.lifecycle.difference import Difference, difference
from easeoff.planning.lifecycle.kinds import NEEDS_COURSE, Change, Kind
from easeoff.planning.lifecycle.moves import allowed, next_status
from easeoff.planning.lifecycle.recording import recordable, refuse_in_crossover
from easeoff.planning.lifecycle.standing import review_overdue, step_by_date, step_taken
from easeoff.planning.lifecycle.suggesting import (
    Suggestion,
    Suggestions,
    back_from,
    overdue_words,
    suggestion,
)
from easeoff.planning.lifecycle.taken import dose_at, mark_at, mark_text, step_text, taken_text

__all__ = [
    "NEEDS_COURSE",
    "Change",
    "Difference",
    "Kind",
    "Suggestion",
    "Suggestions",
    "advance",
    "allowed",
    "back_from",
    "difference",
    "dose_at",
    "mark_at",
    "mark_text",
    "next_status",
    "overdue_words",
    "recordable",
    "refuse_in_crossover",
    "replay",
    "review_overdue",
    "step_by_date",
    "step_taken",
    "step_text",
    "suggestion",
    "taken_text",
]
