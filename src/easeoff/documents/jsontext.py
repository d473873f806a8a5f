"""JSON whose numbers are exact: from a ``Decimal``'s digits and back into one, with no float between."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn, TypeAlias

from easeoff.quantities import EaseoffError, plain

JsonValue: TypeAlias = (
    "bool | int | Decimal | str | Sequence[JsonValue] | Mapping[str, JsonValue] | OnOneLine | None"
)


@dataclass(frozen=True, slots=True)
class OnOneLine:
    """A value that is written without line breaks: what is long and seldom read by eye."""

    value: JsonValue


#: Characters; a plan of 60 steps has about 80,000, a micro-taper of ten years five million. `project_choice`: still read at once.
LONGEST_TEXT = 8_000_000
_INDENT = "  "


def json_text(value: JsonValue) -> str:
    """``value`` as indented JSON that ends in a line break. The same value gives the same bytes."""
    return _written(value, "") + "\n"


def _written(value: JsonValue, indent: str) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return plain(value)
    if value is None or isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, OnOneLine):
        return compact(value.value)
    deeper = indent + _INDENT
    if isinstance(value, Mapping):
        rows = [f"{json.dumps(key)}: {_written(item, deeper)}" for key, item in value.items()]
        return _bracketed("{", rows, "}", indent)
    return _bracketed("[", [_written(item, deeper) for item in value], "]", indent)


def compact(value: JsonValue) -> str:
    """``value`` as JSON on one line, with its numbers exact."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return plain(value)
    if value is None or isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, OnOneLine):
        return compact(value.value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)}: {compact(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(compact, value)) + "]"


def canonical(value: JsonValue) -> bytes:
    """``value`` as bytes that are the same for the same value, to be digested and never read: quick, not pretty."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plainly)
    return text.encode("utf-8")


def _plainly(value: object) -> JsonValue:
    if isinstance(value, OnOneLine):
        return value.value
    if isinstance(value, Decimal):
        return plain(value)
    raise TypeError(type(value).__name__)


def _bracketed(opening: str, rows: list[str], closing: str, indent: str) -> str:
    if not rows:
        return opening + closing
    deeper = indent + _INDENT
    return f"{opening}\n{deeper}" + f",\n{deeper}".join(rows) + f"\n{indent}{closing}"


def parsed_json(text: str, *, what: str, longest: int = LONGEST_TEXT) -> JsonValue:
    """The JSON in ``text``, strictly: no repeated names, no NaN, not longer than ``longest`` characters.

    ``what`` names the document in the message of the `EaseoffError` that anything else raises.
    """
    if len(text) > longest:
        raise EaseoffError(f"This {what} is too large to be one: {len(text)} characters.",
                           f"A {what} has fewer than {longest} characters.")  # fmt: skip
    try:
        value: JsonValue = json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_without_repeats
        )
    except EaseoffError:
        raise
    except (ValueError, RecursionError, ArithmeticError):
        raise EaseoffError(f"This {what} is damaged or cut short: it is not complete JSON.",
                           "Save it again from where it came and use the whole file.") from None  # fmt: skip
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _without_repeats(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    named = dict(pairs)
    if len(named) < len(pairs):
        raise ValueError("a name stands twice")
    return named
