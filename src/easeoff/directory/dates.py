"""Calendar months, and dates in words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from easeoff.quantities import MONTHS, format_date


def months_after(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def in_words(day: date) -> str:
    """``3 May 2026``."""
    return format_date(day)


def partial_in_words(text: str) -> str:
    """An ISO date, year-month or year in words: ``2026-01`` gives ``January 2026``. Other text stays as it is."""
    parts = text.split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        return text
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return text
    words = [str(numbers[0])]
    if len(numbers) > 1:
        words.insert(0, MONTHS[numbers[1] - 1])
    if len(numbers) > 2:
        words.insert(0, str(numbers[2]))
    return " ".join(words)
