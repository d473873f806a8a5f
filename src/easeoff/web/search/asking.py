"""What was typed into the search box, read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from easeoff.directory import LONGEST_QUERY
from easeoff.web.search.found import Kind
from easeoff.web.ui.typed import one_line

#: How long a search may be, in letters: as long as a search for help.
LONGEST = LONGEST_QUERY


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for. ``only`` is the one kind to show in full, or ``None``; ``error`` says what was wrong."""

    text: str = ""
    only: Kind | None = None
    error: str = ""


def read(sent: Mapping[str, str], *, pressed: bool) -> Asked:
    """The search in ``sent``. ``pressed`` says that a button was: then there must be something to look for."""
    text, only = one_line(sent.get("q", "")), sent.get("in", "")
    if len(text) > LONGEST:
        return Asked(text[:LONGEST], error=f"This search is too long. Use at most {LONGEST} letters.")
    if pressed and not text:
        return Asked(error="Write a word first, such as sertraline, brain zaps or Leeds.")
    return Asked(text, Kind(only) if only in set(Kind) else None)
