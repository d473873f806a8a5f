"""How sure we are of a figure, in the words that page, terminal and paper share."""

from __future__ import annotations

from easeoff.medicines.model import Confidence

CONFIDENCE_WORDS = {
    Confidence.READ.value: "read in the work itself or its summary",
    Confidence.SECONDARY.value: "taken from a work that quotes it",
    Confidence.PROJECT_CHOICE.value: "chosen by this project, because nobody published it",
    Confidence.UNVERIFIED.value: "not checked, and not used for any dose",
}

#: The same in a word or two, for narrow columns.
SHORT_CONFIDENCE_WORDS = {
    Confidence.READ: "read",
    Confidence.SECONDARY: "as quoted",
    Confidence.PROJECT_CHOICE: "our choice",
    Confidence.UNVERIFIED: "not checked",
}


def confidence_words(confidence: str) -> str:
    """How sure we are, in words."""
    return CONFIDENCE_WORDS.get(confidence, confidence)
