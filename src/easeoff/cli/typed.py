"""Single things that are typed: a text, a number, a word out of a set. Unclear ones are asked back."""

from __future__ import annotations

from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from easeoff.cli.terminal import is_harmless
from easeoff.quantities import EaseoffError, parse_number

_Word = TypeVar("_Word", bound=StrEnum)


def tidy(text: str) -> str:
    """``text`` on one line, with single spaces. Raises `EaseoffError` where it has letters that cannot be shown."""
    single = " ".join(text.split())
    if not all(is_harmless(letter) for letter in single):
        raise EaseoffError(
            f"“{single[:40]}” has characters that cannot be shown.", "Type it instead of pasting it."
        )
    return single


def whole_number(text: str, option: str, *, least: int = 1, most: int = 99) -> int:
    """A whole number such as ``28``. Raises `EaseoffError`."""
    hint = f"Give a whole number from {least} to {most}."
    try:
        number = parse_number(tidy(text))
    except EaseoffError as problem:
        raise EaseoffError(f"{option}: {problem.message}", hint) from None
    if number != int(number) or not least <= number <= most:
        raise EaseoffError(f"“{tidy(text)}” cannot be used for {option}.", hint)
    return int(number)


def number_for(text: str, option: str) -> Decimal:
    """A number such as ``12.5``. Raises `EaseoffError` that names the option."""
    try:
        return parse_number(tidy(text))
    except EaseoffError as problem:
        raise EaseoffError(f"{option}: {problem.message}", problem.hint) from None


def word_for(text: str | None, kind: type[_Word], what: str) -> _Word | None:
    """The word of a set that was typed, ``None`` where none was. Raises `EaseoffError`, with the nearest or all of them."""
    if text is None:
        return None
    word = tidy(text).lower()
    try:
        return kind(word)
    except ValueError:
        near = get_close_matches(word, list(kind), n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(kind)}."
        raise EaseoffError(f"“{tidy(text)[:40]}” is not a {what} we have.", hint) from None
