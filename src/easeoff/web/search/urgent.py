"""Words after which the way to help in a crisis comes first."""

from __future__ import annotations

from easeoff.directory.folding import words

#: Project choice: rather too many than too few. Nothing is concluded from them, counted or kept.
_WORDS = frozenset({
    "999", "911", "112", "988", "crisis", "die", "dying", "dead", "emergency", "emergencies", "kill", "overdose", "overdosed",
    "overdosing", "sos", "suicidal", "suicide", "suicides", "urgent",
})  # fmt: skip
_PHRASES = (
    "end it all",
    "end my life",
    "harm myself",
    "hurt myself",
    "self harm",
    "took too many",
)


def is_urgent(text: str) -> bool:
    """Whether ``text`` may come from someone in danger."""
    typed = words(text)
    line = f" {' '.join(typed)} "
    return not _WORDS.isdisjoint(typed) or any(f" {phrase} " in line for phrase in _PHRASES)
