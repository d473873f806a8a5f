"""Dosage text: one sentence for each intake, exact or not at all, in more than one language.

The text is normative: the same step gives the same words in every export, and its version is printed with it.
"""

from easeoff.documents.dosage.languages import LANGUAGES, Language, language
from easeoff.documents.dosage.sentences import intake_dosage, portion_dosage, step_dosage

#: Raised with every change of the words, their order or the rules. The middle number: new cases; the last: corrections.
DOSAGE_TEXT_VERSION = "1.0.0"

__all__ = [
    "DOSAGE_TEXT_VERSION",
    "LANGUAGES",
    "Language",
    "intake_dosage",
    "language",
    "portion_dosage",
    "step_dosage",
]
