"""A source in one line, and how sure we are of what was taken from it."""

from __future__ import annotations

from easeoff.medicines.model import Confidence, Provenance, Source


def source_line(source: Source, confidence: str = "") -> str:
    """Title, address and, where known, how sure we are."""
    address = f", {source.doi_or_url}" if source.doi_or_url else ""
    return f"{source.title.rstrip('.')}{address}" + (f" ({confidence})" if confidence else "")


def origin(provenance: Provenance) -> str:
    """The source's id, and how sure we are where it is not the work itself."""
    if provenance.confidence is Confidence.PROJECT_CHOICE and provenance.source == Confidence.PROJECT_CHOICE:
        return "[project_choice]"
    return f"[{provenance.source}, {provenance.confidence.value}]"
