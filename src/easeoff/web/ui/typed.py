"""What visitors type, made fit for one line."""

from __future__ import annotations


def one_line(text: str) -> str:
    """``text`` on one line without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
