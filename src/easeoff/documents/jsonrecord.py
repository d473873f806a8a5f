"""Reading a JSON object field by field: each by its type, and each mistake by the field's full name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from easeoff.documents.jsontext import JsonValue
from easeoff.quantities import EaseoffError

_HINT = "Use the file as it was saved."
_Value = TypeVar("_Value")
_Word = TypeVar("_Word", bound=StrEnum)
#: More digits than any amount needs; longer numbers are a sign of damage.
_MOST_DIGITS = 40
_PLAIN_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")


class JsonRecord:
    """One JSON object at a path such as ``steps[2]``: a getter takes a field, `finish` refuses the rest."""

    def __init__(self, value: JsonValue, path: str, what: str) -> None:
        self._path, self._what = path, what
        if not isinstance(value, dict):
            raise self._wrong_type(path or "The whole", "an object in braces")
        self._fields: dict[str, JsonValue] = value
        self._left = set(value)

    def _wrong_type(self, field: str, wanted: str) -> EaseoffError:
        return EaseoffError(f"“{field}” in this {self._what} should be {wanted}.", _HINT)

    def name(self, key: str) -> str:
        """The field's full name, such as ``steps[2].dose_mg``."""
        return f"{self._path}.{key}" if self._path else key

    def refuse(self, key: str, wanted: str) -> EaseoffError:
        """The error for a field whose value is not ``wanted``."""
        return self._wrong_type(self.name(key), wanted)

    def _take(self, key: str) -> JsonValue:
        if key not in self._fields:
            raise EaseoffError(f"“{self.name(key)}” is missing from this {self._what}.", _HINT)
        self._left.discard(key)
        return self._fields[key]

    def has(self, key: str) -> bool:
        """Whether the field is there at all: some came later, and older files are without them."""
        return key in self._fields

    def is_null(self, key: str) -> bool:
        """Whether the field stands there as null."""
        return self._take(key) is None

    def maybe(self, key: str, getter: Callable[[str], _Value]) -> _Value | None:
        """``None`` for null, otherwise what ``getter`` reads."""
        return None if self.is_null(key) else getter(key)

    def optional(self, key: str, getter: Callable[[str], _Value]) -> _Value | None:
        """``None`` where the field does not stand there at all, as in files from before it was known."""
        return getter(key) if key in self._fields else None

    def text(self, key: str) -> str:
        """A string that can be written as UTF-8."""
        value = self._take(key)
        if not isinstance(value, str):
            raise self.refuse(key, "a text")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise self.refuse(key, "a text of whole characters") from None
        return value

    def amount(self, key: str) -> Decimal:
        """A decimal string of zero or more in plain digits, such as ``"12.5"``."""
        value = self._take(key)
        if not isinstance(value, str) or len(value) > _MOST_DIGITS or not _PLAIN_NUMBER.fullmatch(value):
            raise self.refuse(key, 'an amount in quotation marks, such as "12.5"')
        return Decimal(value)

    def number(self, key: str) -> Decimal:
        """A JSON number."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.refuse(key, "a number, such as 4.8")
        number = Decimal(value)
        if abs(number.adjusted()) > _MOST_DIGITS or len(number.as_tuple().digits) > _MOST_DIGITS:
            raise self.refuse(key, "a number, such as 4.8")
        return number

    def whole(self, key: str) -> int:
        """A whole number of zero or more."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**9:
            raise self.refuse(key, "a whole number of zero or more, such as 28")
        return value

    def flag(self, key: str) -> bool:
        """true or false."""
        value = self._take(key)
        if not isinstance(value, bool):
            raise self.refuse(key, "true or false")
        return value

    def date(self, key: str) -> date:
        """A civil date, ``2027-01-04``."""
        value = self._take(key)
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise self.refuse(key, 'a date, such as "2027-01-04"')

    def one_of(self, key: str, words: type[_Word]) -> _Word:
        """One word of a fixed list."""
        value = self._take(key)
        if not isinstance(value, str) or value not in [word.value for word in words]:
            raise self.refuse(key, "one of " + ", ".join(f'"{word.value}"' for word in words))
        return words(value)

    def record(self, key: str) -> JsonRecord:
        """An object within this one."""
        return JsonRecord(self._take(key), self.name(key), self._what)

    def records(self, key: str) -> tuple[JsonRecord, ...]:
        """A list of objects."""
        items = enumerate(self._list(key))
        return tuple(JsonRecord(item, f"{self.name(key)}[{place}]", self._what) for place, item in items)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        items = self._list(key)
        listed = JsonRecord({str(i): item for i, item in enumerate(items)}, self.name(key), self._what)
        return tuple(listed.text(str(i)) for i in range(len(items)))

    def amounts(self, key: str) -> tuple[Decimal, ...]:
        """A list of decimal strings."""
        items = self._list(key)
        listed = JsonRecord({str(i): item for i, item in enumerate(items)}, self.name(key), self._what)
        return tuple(listed.amount(str(i)) for i in range(len(items)))

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        items = self._list(key)
        listed = JsonRecord({str(i): item for i, item in enumerate(items)}, self.name(key), self._what)
        return tuple(listed.whole(str(i)) for i in range(len(items)))

    def _list(self, key: str) -> list[JsonValue]:
        value = self._take(key)
        if not isinstance(value, list):
            raise self.refuse(key, "a list")
        return value

    def finish(self) -> None:
        """Refuse any field that nobody asked for: a name we do not know may mean something we would lose."""
        for key in self._fields:
            if key in self._left:
                raise EaseoffError(f"“{self.name(key)}” is not a field of a {self._what}.",
                                   "It may come from a later version of Easeoff.")  # fmt: skip
