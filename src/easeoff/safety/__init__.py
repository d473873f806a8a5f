"""What must stop, warn or be said: rules over person, medicine and plan.

Each returns findings that name their hazards and sources.
"""

from easeoff.safety.answers import answer_person
from easeoff.safety.equivalents import MOST_DIAZEPAM_EQUIVALENT_MG, diazepam_equivalent
from easeoff.safety.families import families_of
from easeoff.safety.merging import StopCard, merge_stops
from easeoff.safety.questions import Question, open_questions, questions_for
from easeoff.safety.review import review
from easeoff.safety.screening import apply_override, screen
from easeoff.safety.words import (
    IN_DANGER,
    NOTICE,
    RED_CARD_INTRO,
    START_ONLY_IF,
    keep_taking,
    red_card,
    red_flags,
)

__all__ = [
    "IN_DANGER",
    "MOST_DIAZEPAM_EQUIVALENT_MG",
    "NOTICE",
    "RED_CARD_INTRO",
    "START_ONLY_IF",
    "Question",
    "StopCard",
    "answer_person",
    "apply_override",
    "diazepam_equivalent",
    "families_of",
    "keep_taking",
    "merge_stops",
    "open_questions",
    "questions_for",
    "red_card",
    "red_flags",
    "review",
    "screen",
]
