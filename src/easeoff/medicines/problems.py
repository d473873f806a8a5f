"""Collecting what is wrong with the data, and the checks that all files share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from easeoff.medicines.files import DataError
from easeoff.medicines.model import Confidence
from easeoff.quantities import EaseoffError


@dataclass(frozen=True, slots=True)
class DataProblem:
    """One fault: in which file (path inside the data folder), at which record, and what is wrong."""

    file: str
    where: str
    what: str


@dataclass(slots=True)
class Checker:
    """The faults found so far, and the ids that records may refer to."""

    sources: frozenset[str] = frozenset()
    medicines: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    problems: list[DataProblem] = field(default_factory=list)
    file: str = ""

    def report(self, where: str, what: str) -> None:
        """Note one fault of the file that is being checked."""
        self.problems.append(DataProblem(self.file, where, what))

    def ensure(self, holds: bool, where: str, what: str) -> None:
        """Note a fault unless ``holds``."""
        if not holds:
            self.report(where, what)

    @contextmanager
    def reading(self, file: str) -> Iterator[None]:
        """Check one file; what cannot be read in it becomes a fault, never an exception."""
        self.file = file
        with self.record(file):
            yield

    @contextmanager
    def record(self, where: str) -> Iterator[None]:
        """Check one record; what cannot be read in it becomes a fault, and the next record is still checked."""
        try:
            yield
        except DataError as error:
            self.report(error.where, error.what)
        except EaseoffError as error:
            self.report(where, str(error))
        except (OSError, UnicodeDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
            self.report(where, f"it cannot be read ({type(error).__name__}: {error})")

    def keys(self, record: Mapping[str, Any], kinds: Mapping[str, Callable[[Any], bool]], where: str,
             optional: frozenset[str] = frozenset()) -> bool:  # fmt: skip
        """Whether a record has exactly the keys of ``kinds``, each of its kind; faults are noted."""
        before = len(self.problems)
        for key in record.keys() - kinds.keys():
            self.report(where, f"“{key}” is not a key that is known here")
        for key, kind in kinds.items():
            if key in record:
                self.ensure(kind(record[key]), where, f"“{key}” may not be {record[key]!r}")
            elif key not in optional:
                self.report(where, f"“{key}” is missing")
        return len(self.problems) == before

    def origin(self, record: Mapping[str, Any], where: str) -> None:
        """The source must be on record and the confidence one of our words."""
        source, confidence = record.get("source"), record.get("confidence")
        self.ensure(source in self.sources, where, f"source {source!r} is not in sources.toml")
        self.ensure(confidence in list(Confidence), where, f"confidence {confidence!r} is not a word we use")


def text(value: Any) -> bool:
    """A string that says something."""
    return isinstance(value, str) and bool(value.strip())


def words(value: Any) -> bool:
    """A list of strings."""
    return isinstance(value, list) and all(text(item) for item in value)


def flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def positive(value: Any) -> bool:
    """An exact number above zero: an integer or a ``Decimal``, never a float."""
    return (
        isinstance(value, int | Decimal)
        and not isinstance(value, bool)
        and Decimal(value).is_finite()
        and value > 0
    )


def fraction(value: Any) -> bool:
    """An exact number from 0 up to but not 1."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and 0 <= value < 1


def day(value: Any) -> bool:
    """A civil date."""
    return type(value) is date


def tables(value: Any) -> bool:
    """A list of tables."""
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def table(value: Any) -> bool:
    """One table."""
    return isinstance(value, dict)


#: Where a figure comes from.
ORIGIN: dict[str, Callable[[Any], bool]] = {"source": text, "confidence": text, "note": text}
